"""What assumed optics might be instead: height, lens and tilt at three steps each, and how likely each step is.

Height and lens are common causes: who assumes 5 m for a whole network is wrong for all of it alike, so one step
holds for every camera of which they are assumed. Tilt is the fitter's affair: each pole has a step of its own.
The steps are the nodes of a three-point Gauss-Hermite rule, which keeps the moments of a normal distribution up to
the fifth: the expectation of whatever bends no more than that over the spread is exact.
Source: Abramowitz and Stegun (1964), 25.4.46, n = 3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.types import Doubts

Floats = NDArray[np.float64]

_NODES = np.array([-np.sqrt(3.0), 0.0, np.sqrt(3.0)])
_CHANCES = np.array([1.0, 4.0, 1.0]) / 6.0

# Steps of the common causes (height by lens), of the tilt, and all together: variant = common * TILTS + tilt.
COMMON, TILTS = 9, 3
VARIANTS = COMMON * TILTS

COMMON_CHANCE: Floats = np.outer(_CHANCES, _CHANCES).ravel()
TILT_CHANCE: Floats = _CHANCES

_LOWEST_M = 0.5
_STEEPEST_DEG = 90.0


class Optics(NamedTuple):
    """Optics of n cameras in v variants, (n, v) each."""

    height_m: Floats
    focal_mm: Floats
    tilt_deg: Floats


def variants(
    height_m: ArrayLike,
    focal_mm: ArrayLike,
    tilt_deg: ArrayLike,
    *,
    assumed: NDArray[np.bool_],
    doubts: Doubts,
) -> Optics:
    """Return the optics of n cameras in all variants; what is known is the same in each.

    height_m, focal_mm, tilt_deg  (n,) known or assumed
    assumed   (n, 3) whether height, lens and tilt are assumed
    Returns   (n, VARIANTS) each; no step takes a height below 0.5 m or a tilt out of 0..90
    """
    given = (np.asarray(numbers, dtype=np.float64)[:, None] for numbers in (height_m, focal_mm, tilt_deg))
    height, lens, tilt = given
    high, long, steep = (grid.ravel() for grid in np.meshgrid(_NODES, _NODES, _NODES, indexing="ij"))
    doubt = np.asarray(assumed, dtype=np.float64)
    lifted = height + doubts.height_m * high * doubt[:, :1]
    turned = tilt + doubts.tilt_deg * steep * doubt[:, 2:]
    return Optics(
        np.maximum(lifted, np.minimum(height, _LOWEST_M)),
        lens * np.exp(np.log1p(doubts.focal_share) * long * doubt[:, 1:2]),
        np.clip(turned, np.minimum(tilt, 0.0), _STEEPEST_DEG),
    )


def tilt_steps(tilt_deg: float, doubts: Doubts) -> Floats:
    """Return the tilts (TILTS,) that an assumed one may be."""
    return np.clip(tilt_deg + doubts.tilt_deg * _NODES, min(tilt_deg, 0.0), _STEEPEST_DEG)


def doubted(assumed: NDArray[np.bool_], doubts: Doubts) -> NDArray[np.bool_]:
    """Return of which cameras (n,) some assumption may be off: (n, 3) assumed, and a doubt that is not 0."""
    spreads = np.array([doubts.height_m, doubts.focal_share, doubts.tilt_deg])
    return np.asarray((np.asarray(assumed, dtype=bool) & (spreads > 0.0)).any(axis=1))
