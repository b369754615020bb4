"""Geometries put right one by one where the whole array cannot be: a broken one must not take its neighbours along."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry
from shapely.errors import GEOSException


def made_valid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return (n,) geometries made valid; None where GEOS finds no way, such as areas that fell together to lines."""
    try:
        return np.asarray(shapely.make_valid(shapes), dtype=object)
    except GEOSException:
        out = np.empty(len(shapes), dtype=object)
        out[:] = [_one(shape) for shape in shapes]
        return out


def _one(shape: Geometry | None) -> Geometry | None:
    try:
        return shapely.make_valid(shape)
    except GEOSException:
        pass  # the other way is blind to what stops this one
    try:
        return shapely.make_valid(shape, method="structure")
    except GEOSException:
        return None
