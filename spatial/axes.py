"""Which way a street runs at a point of it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import MissingColumn
from spatial.frames import require_same_crs

# How far to either side of a point the street is taken to run straight.
_HALF_M = 1.0


def axes_of(points: gpd.GeoDataFrame, alleys: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the unit vectors (n, 2), east and north, of the alley at each point, in the direction of its line.

    points  alley_id, missing for a point that lies on no alley
    Returns NaN for such a point, and for one of an alley that is unknown or has no length
    Raises  MissingColumn, NotMetric
    """
    require_same_crs(points, alleys)
    if "alley_id" not in points.columns or "alley_id" not in alleys.columns:
        raise MissingColumn("points or alleys lack alley_id")
    axes = np.full((len(points), 2), np.nan)
    if alleys.empty:
        return axes
    line = alleys.drop_duplicates("alley_id").set_index("alley_id").geometry
    at = line.index.get_indexer(points["alley_id"])
    some = np.flatnonzero(at >= 0)
    lines, places = line.to_numpy()[at[some]], points.geometry.to_numpy()[some]
    offset = shapely.line_locate_point(lines, places)
    # A negative distance would be measured from the line's other end.
    before = shapely.line_interpolate_point(lines, np.maximum(offset - _HALF_M, 0.0))
    after = shapely.line_interpolate_point(lines, offset + _HALF_M)
    step = shapely.get_coordinates(after) - shapely.get_coordinates(before)
    length = np.hypot(step[:, 0], step[:, 1])
    axes[some] = np.where(
        length[:, np.newaxis] > 0.0, step / np.where(length > 0.0, length, 1.0)[:, np.newaxis], np.nan
    )
    return axes
