"""How evenly something is spread over the parts of a district."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import OutOfRange, WrongShape


def gini(shares: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Return Gini's coefficient (draws,) of shares (draws, parts), each part weighing as much as its weight (parts,).

    0: every part has the same share; near 1: one small part has everything. It is half the mean difference of two
    units of weight, in parts of the mean: sum of w_i w_j |x_i - x_j| over 2 W^2 m.
    NaN where nothing is seen anywhere, and without weight.
    Raises   WrongShape unless there is a weight a part, OutOfRange for a negative one
    Source   Gini (1912); weighted as in Lerman and Yitzhaki (1989), Improving the accuracy of estimates of Gini
    """
    share = np.atleast_2d(np.asarray(shares, dtype=np.float64))
    weight = np.asarray(weights, dtype=np.float64)
    if weight.ndim != 1 or share.shape[1] != len(weight):
        raise WrongShape(f"{weight.shape} weights for {share.shape} shares")
    if not np.all(weight >= 0.0):
        raise OutOfRange("weights must be zero or more")
    whole = weight.sum()
    if not whole > 0.0:
        return np.full(len(share), np.nan)
    mean = share @ weight / whole
    apart = np.abs(share[:, :, np.newaxis] - share[:, np.newaxis, :])
    spread = np.einsum("i,dij,j->d", weight, apart, weight) / (2.0 * whole * whole)
    return np.where(mean > 0.0, spread / np.where(mean > 0.0, mean, 1.0), np.nan)
