"""Points on what a camera may look at against people's will: just outside of walls, and on open ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import OutOfRange
from spatial.shapes import Geometries, polygon_parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A point of a wall stands this far before it: on the wall itself it would lie half in the house.
BEFORE_M = 0.25
# Corners nearer than this to a straight wall do not break it: maps put vertices where neighbours end.
_STRAIGHT_M = 0.1


@dataclass(frozen=True, slots=True)
class WallPoints:
    """Points before walls, some to each wall.

    xy          (n, 2) metres, `BEFORE_M` before the wall
    facing_deg  (n,) clockwise from north: straight away from the wall
    metres      (n,) of the wall that the point stands for
    wall        (n,) number of the wall, 0, 1, ... in the order of the shapes; walls of which no point is left are skipped
    shape       (n,) the shape that the wall is of
    """

    xy: Floats
    facing_deg: Floats
    metres: Floats
    wall: Ints
    shape: Ints

    def take(self, chosen: NDArray[np.bool_]) -> WallPoints:
        """Return the chosen points; the walls keep their numbers."""
        return WallPoints(
            self.xy[chosen],
            self.facing_deg[chosen],
            self.metres[chosen],
            self.wall[chosen],
            self.shape[chosen],
        )


def wall_points(shapes: Geometries, *, step_m: float, least_m: float = 2.0) -> WallPoints:
    """Part each straight wall of at least `least_m` into equal pieces of at most `step_m` and stand before their middles.

    shapes   (m,) Polygons or MultiPolygons, metres; walls of courtyards are walls too, and face into the court
    Raises   OutOfRange unless step_m is positive; BadGeometry for other geometries
    """
    require_step(step_m)
    parts, part_shape = polygon_parts(shapes)
    simple = shapely.orient_polygons(shapely.simplify(parts, _STRAIGHT_M))
    rings, ring_part = shapely.get_rings(simple, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    along = np.flatnonzero(ring[1:] == ring[:-1])
    start, way = xy[along], xy[along + 1] - xy[along]
    length = np.hypot(way[:, 0], way[:, 1])
    tall = length >= max(least_m, 1e-9)
    start, way, length = start[tall], way[tall], length[tall]
    pieces = np.ceil(length / step_m).astype(np.int64)
    wall = np.repeat(np.arange(len(length)), pieces)
    order = np.arange(len(wall)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (order + 0.5) / pieces[wall]
    # Rings run with the house on their left: outside is to the right.
    outward = np.column_stack([way[:, 1], -way[:, 0]]) / length[:, np.newaxis]
    return WallPoints(
        start[wall] + share[:, np.newaxis] * way[wall] + BEFORE_M * outward[wall],
        (np.degrees(np.arctan2(outward[:, 0], outward[:, 1])) % 360.0)[wall],
        (length / pieces)[wall],
        wall,
        part_shape[ring_part[ring[along[tall]]]][wall],
    )


def ground_points(shapes: Geometries, *, step_m: float) -> tuple[Floats, Ints]:
    """Lay a grid over areas: the middles of its cells (n, 2) in each area, and the area (n,) that each lies in.

    Lines of the grid lie on whole multiples of `step_m`. A middle in two areas belongs to the first. An area in which
    no middle lies has one point of its own inside.
    Raises   OutOfRange unless step_m is positive
    """
    require_step(step_m)
    shapes = np.asarray(shapes, dtype=object)
    if not len(shapes):
        return np.empty((0, 2)), np.empty(0, dtype=np.int64)
    first = np.floor(np.nan_to_num(shapely.bounds(shapes)) / step_m).astype(np.int64)
    columns, rows = first[:, 2] - first[:, 0] + 1, first[:, 3] - first[:, 1] + 1
    cells = np.where(shapely.is_empty(shapes), 0, columns * rows)
    area = np.repeat(np.arange(len(shapes)), cells)
    order = np.arange(len(area)) - np.repeat(np.cumsum(cells) - cells, cells)
    cell = np.column_stack([
        first[area, 0] + order % columns[area], first[area, 1] + order // columns[area],
    ])  # fmt: skip
    middle = (cell + 0.5) * step_m
    shapely.prepare(shapes)
    held = shapely.contains_xy(shapes[area], middle[:, 0], middle[:, 1])
    area, cell, middle = area[held], cell[held], middle[held]
    _, once = np.unique(cell, axis=0, return_index=True)
    once.sort()
    return _with_one_each(shapes, middle[once], area[once])


def within(xy: Floats, shapes: Geometries) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie in or on one of the shapes."""
    found = np.zeros(len(xy), dtype=bool)
    if len(xy) and len(shapes):
        found[shapely.STRtree(shapes).query(shapely.points(xy), predicate="intersects")[0]] = True
    return found


def require_step(step_m: float) -> None:
    """Raise OutOfRange unless a step is positive and finite."""
    if not (np.isfinite(step_m) and step_m > 0.0):
        raise OutOfRange(f"step_m must be positive, not {step_m}")


def as_points(columns: Mapping[str, object], xy: Floats, like: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame of points (n, 2) in the CRS of another frame, rows numbered anew."""
    return gpd.GeoDataFrame(dict(columns), geometry=shapely.points(xy), crs=like.crs)


def _with_one_each(shapes: Geometries, xy: Floats, area: Ints) -> tuple[Floats, Ints]:
    """Add a point inside to each area that has none, and order all by area."""
    bare = np.setdiff1d(np.flatnonzero(~shapely.is_empty(shapes)), area)
    own = shapely.get_coordinates(shapely.point_on_surface(shapes[bare]))
    every, whose = np.concatenate([xy, own]), np.concatenate([area, bare])
    order = np.argsort(whose, kind="stable")
    return every[order], whose[order]
