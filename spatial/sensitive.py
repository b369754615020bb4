"""Baths, toilets, changing rooms: which options of siting see one, and so are none.

The law forbids to look inside (PIPA article 25, paragraph 2, whatever the camera is for). We forbid two views:
`inside`, open ground of such a place, seen at `detect` or better: that somebody is there is too much already; and
`entrance`, the ground before its walls, seen at `recognise` or better: who goes in is nobody's business. The second is
stricter than the law, on purpose. Which wall has the door stands in no open file, so each counts as an entrance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import BadGeometry, MissingColumn, WrongShape
from spatial.facades import as_points, ground_points, wall_points, within
from spatial.frames import require_same_crs
from spatial.shapes import Geometries, areas_only

# The least class at which a part of a place may not be seen.
CLASS_OF = {"inside": "detect", "entrance": "recognise"}
# A place told by a point alone, with no building there: so far about it is its entrance.
AROUND_M = 2.0
# A building no farther than this from the point is the place's.
_AT_M = 3.0
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def sensitive_points(
    places: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, *, step_m: float = 2.0
) -> gpd.GeoDataFrame:
    """Return the points of sensitive places that no camera may see, each with the least class that forbids.

    places   Points, Polygons or MultiPolygons; a point stands for the building that holds it or lies within 3 m, the
             nearest one; where none does, for a circle of `AROUND_M` round it
    Returns  place (row number in `places`), part (inside | entrance), density_class (`CLASS_OF` of the part), and the
             point. What lies in a building is seen by nobody and has no point
    Raises   BadGeometry for other geometries, OutOfRange unless step_m is positive, NotMetric
    """
    require_same_crs(places, buildings)
    roofs = buildings.geometry.to_numpy()
    shapes = _shapes(places.geometry.to_numpy(), roofs)
    inner, held = ground_points(areas_only(shapes), step_m=step_m)
    clear = ~within(inner, roofs)
    walls = wall_points(shapes, step_m=step_m, least_m=0.0)
    walls = walls.take(~within(walls.xy, roofs))
    part = np.repeat(["inside", "entrance"], (int(clear.sum()), len(walls.xy)))
    columns = {
        "place": np.concatenate([held[clear], walls.shape]).astype(np.int64),
        "part": part,
        "density_class": np.array([CLASS_OF[each] for each in part], dtype=object),
    }
    return as_points(columns, np.concatenate([inner[clear], walls.xy]), places)


def forbidden(covers: Mapping[str, Any], points: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which options (options,) see what no camera may see.

    covers  density class -> scipy.sparse (points, options), nonzero where the option sees the point at that class or
            better; the classes in `CLASS_OF`
    points  as `sensitive_points` gives them
    Raises  MissingColumn; WrongShape if a class of the points has no cover or a cover does not pair up
    """
    if "density_class" not in points.columns:
        raise MissingColumn("points lack density_class")
    told = points["density_class"].to_numpy()
    wanted = set(CLASS_OF.values())
    if lacking := wanted - set(covers):
        raise WrongShape(f"no cover at {', '.join(sorted(lacking))}")
    options = {covers[code].shape[1] for code in wanted}
    if len(options) != 1 or any(covers[code].shape[0] != len(points) for code in wanted):
        raise WrongShape("covers do not pair up with the points, or with each other")
    found = np.zeros(options.pop(), dtype=bool)
    for code in wanted:
        pairs = covers[code].tocoo()
        found[pairs.col[(pairs.data != 0) & (told[pairs.row] == code)]] = True
    return found


def _shapes(places: Geometries, roofs: Geometries) -> Geometries:
    """Return an area for each place: its own, its building's, or a circle."""
    kinds = shapely.get_type_id(places)
    points = np.flatnonzero(kinds == shapely.GeometryType.POINT)
    if not np.isin(kinds, [shapely.GeometryType.POINT, *_AREAS]).all():
        raise BadGeometry("sensitive places must be Points, Polygons or MultiPolygons")
    shapes = places.copy()
    shapes[points] = shapely.buffer(places[points], AROUND_M)
    if len(points) and len(roofs):
        own, roof = shapely.STRtree(roofs).query_nearest(
            places[points], max_distance=_AT_M, all_matches=False
        )
        shapes[points[own]] = roofs[roof]
    return shapes
