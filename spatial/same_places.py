"""Which places of two lists are the same: each of one with at most one of the other, the nearest together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from spatial.errors import WrongShape

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# What no pair costs, in `within_m`: a pair more is always worth farther pairs.
_FAR = 1.0e6


def paired(
    one: Floats, other: Floats, *, within_m: float, turned_deg: Floats | None = None
) -> tuple[Whole, Whole]:
    """Return the positions (k,), (k,) of the places that are the same: as many pairs as can be, then the nearest.

    one, other  (n, 2), (m, 2) metres
    turned_deg  (n, m) how far apart they look; of pairs that lie equally near the one that is turned less is taken
    Raises      WrongShape for arrays that do not fit
    """
    if one.ndim != 2 or other.ndim != 2 or one.shape[1] != 2 or other.shape[1] != 2:
        raise WrongShape(f"places are (n, 2), not {one.shape} and {other.shape}")
    if turned_deg is not None and turned_deg.shape != (len(one), len(other)):
        raise WrongShape(f"{turned_deg.shape} turns for {len(one)} and {len(other)} places")
    apart_m = np.hypot(*(one[:, np.newaxis] - other[np.newaxis]).transpose(2, 0, 1))
    near = apart_m <= within_m
    # A thousandth of the way for half a turn: it decides only where the ways are equal, heads of one pole for instance.
    turn = 0.0 if turned_deg is None else turned_deg / 180.0 * within_m / 1000.0
    first, second = linear_sum_assignment(np.where(near, apart_m + turn, _FAR * max(within_m, 1.0)))
    kept = near[first, second]
    return first[kept].astype(np.int64), second[kept].astype(np.int64)
