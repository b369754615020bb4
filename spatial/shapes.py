"""Repair and reshape areas: valid, flat, in one part or in a MultiPolygon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import BadGeometry

Geometries = NDArray[np.object_]

_POLYGON, _MULTIPOLYGON = 3, 6


def polygon_parts(areas: Sequence[object] | Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """Take areas apart into single valid Polygons.

    areas      (n,) Polygons or MultiPolygons, also invalid, with height, empty or None
    Returns    (m,) flat valid Polygons, outer rings counter-clockwise, and (m,) the index each came from;
               empty and None give no part, lines left over from a repair are dropped
    Raises     BadGeometry if one is neither Polygon nor MultiPolygon
    """
    shapes = np.asarray(areas, dtype=object)
    kinds = shapely.get_type_id(shapes)
    if not np.isin(kinds, (-1, _POLYGON, _MULTIPOLYGON)).all():
        raise BadGeometry("areas must be Polygons or MultiPolygons")
    flat = shapely.force_2d(shapes)
    broken = ~shapely.is_valid(flat) & (kinds >= 0)
    flat[broken] = shapely.make_valid(flat[broken], method="structure")
    # A repair may give a collection of areas and lines: taking parts twice reaches the polygons in it.
    outer, outer_index = shapely.get_parts(flat, return_index=True)
    parts, inner_index = shapely.get_parts(outer, return_index=True)
    keep = (shapely.get_type_id(parts) == _POLYGON) & ~shapely.is_empty(parts)
    return shapely.orient_polygons(parts[keep]), outer_index[inner_index[keep]]


def multipolygons(parts: Geometries, index: NDArray[np.intp], *, count: int) -> Geometries:
    """Gather Polygons into (count,) MultiPolygons by their index; an index without parts gives an empty one."""
    gathered = np.full(count, shapely.MultiPolygon(), dtype=object)
    order = np.argsort(index, kind="stable")
    shapely.multipolygons(parts[order], indices=index[order], out=gathered)
    return gathered


def areas_only(shapes: Geometries, *, least_m2: float = 0.0) -> Geometries:
    """Keep of each geometry the Polygons of more than `least_m2`, as (n,) MultiPolygons, empty if none."""
    outer, outer_index = shapely.get_parts(shapes, return_index=True)
    parts, inner_index = shapely.get_parts(outer, return_index=True)
    keep = (shapely.get_type_id(parts) == _POLYGON) & (shapely.area(parts) > least_m2)
    return multipolygons(parts[keep], outer_index[inner_index[keep]], count=len(shapes))
