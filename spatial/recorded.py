"""Which part of an area each camera sees, and which any of them: what could have been recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spatial.errors import WrongShape
from spatial.sightings import Sightings

COLUMNS = ("certain", "share", "possible")


def parts(found: Sightings, weights: ArrayLike, *, most: Sightings | None = None) -> pd.DataFrame:
    """Return which part of all weight each camera sees.

    found    who sees what, of one density class
    weights  (points,) square metres or metres
    most     who might see what, for the upper bound, of the same points and cameras; None: `found`
    Returns  certain (its aim is known), share (expected) and possible (whichever way it looks, the reach of a turning camera
             with it), 0..1, indexed by camera_id; NaN when there is no weight
    Raises   WrongShape if weights or `most` belong to something else
    """
    weight = _checked(found, weights, most)
    cameras = len(found.camera_ids)
    sure = np.bincount(found.certain.camera, weights=weight[found.certain.point], minlength=cameras)
    chance = weight[found.possible.point] * found.chances()
    may = np.bincount(found.possible.camera, weights=chance, minlength=cameras)
    # A camera counts for a point once, in the strongest way: the three lists share no pair.
    wide = np.zeros(cameras)
    upper = most or found
    for pairs in (upper.certain, upper.possible, upper.reach):
        wide += np.bincount(pairs.camera, weights=weight[pairs.point], minlength=cameras)
    whole = _whole(weight)
    rows = {"certain": sure / whole, "share": (sure + may) / whole, "possible": wide / whole}
    return pd.DataFrame(rows, index=pd.Index(found.camera_ids, name="camera_id"))


def together(found: Sightings, weights: ArrayLike, *, most: Sightings | None = None) -> dict[str, float]:
    """Return which part of all weight at least one camera sees: certain, share and possible, as `parts` does of each."""
    weight = _checked(found, weights, most)
    whole = _whole(weight)
    return {
        "certain": float(weight @ found.certainly_seen()) / whole,
        "share": float(weight @ found.p_seen()) / whole,
        "possible": float(weight @ (most or found).possibly_seen()) / whole,
    }


def _whole(weight: NDArray[np.float64]) -> float:
    return float(weight.sum()) if weight.sum() > 0.0 else float("nan")


def _checked(found: Sightings, weights: ArrayLike, most: Sightings | None) -> NDArray[np.float64]:
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    if most is not None and (
        most.points != found.points or not np.array_equal(most.camera_ids, found.camera_ids)
    ):
        raise WrongShape("the upper bound is of other points or cameras")
    return weight
