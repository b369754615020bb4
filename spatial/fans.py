"""Sight as simpler tools draw it, to be held against the exact one: a circle, and a fan of rays. No share rests on these."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.edges import Floats, Walls
from spatial.errors import OutOfRange, WrongShape
from spatial.shapes import Geometries
from spatial.visibility import CHORDS, INSIDE, stand_off, visible_polygons

# A fan of fewer rays has no area.
_FEWEST_RAYS = 3


def circles(observers: ArrayLike, *, radius_m: float) -> Geometries:
    """Return the disc (n,) about each observer (n, 2), with the corners of an unhindered `visible_polygons`."""
    middles = shapely.points(_places(observers))
    return np.asarray(shapely.buffer(middles, radius_m, quad_segs=CHORDS // 4), dtype=object)


def fans(observers: ArrayLike, walls: Walls, *, radius_m: float, step_deg: float = 1.0) -> Geometries:
    """Return the fan of rays of each observer: a ray every so many degrees ends at the first wall, and the ends are joined.

    observers  (n, 2) metres, off the walls (`visibility.stand_off`); from inside a wall a ray goes as far as its inner side
    walls      opaque whatever their heights
    radius_m   how far a ray goes that meets no wall
    step_deg   between rays, the first to the north; it must part the circle, into 3 rays at least
    Returns    (n,) Polygons; what stands between two rays is missed, and walls are cut off from one ray to the next
    Raises     OutOfRange for such a step or a radius not positive, WrongShape if the observers are no places
    """
    rays = round(360.0 / step_deg) if step_deg > 0.0 else 0
    if rays < _FEWEST_RAYS or abs(rays * step_deg - 360.0) > 1e-9 or not 0.0 < radius_m < np.inf:
        raise OutOfRange(f"no fan has rays every {step_deg} degrees, {radius_m} m long")
    turn = 2.0 * np.pi * np.arange(rays) / rays
    way = np.column_stack([np.sin(turn), np.cos(turn)])
    places = _places(observers)
    # A loop, as each observer has walls of its own: some milliseconds each, and a table of rays by edges at a time.
    lengths = [np.minimum(_first_wall(eye, way, walls, radius_m), radius_m) for eye in places]
    ends = places[:, None, :] + np.reshape(lengths, (-1, rays, 1)) * way
    joined: Geometries = shapely.polygons(ends)
    return joined


def three_ways(
    observers: ArrayLike, walls: Walls, *, radius_m: float, wall_m: float, step_deg: float = 1.0
) -> pd.DataFrame:
    """Return circle, fan and exact view of each observer, all round and of one radius, with their areas.

    wall_m     as `visibility.sight`: an observer no deeper in a wall stands before it
    step_deg   between the rays of the fan
    Returns    a row an observer: `stands` (the code of `visibility.stand_off`); `circle`, `fan` and `seen`, Polygons,
               fan and view empty for an observer inside a wall; `circle_m2`, `fan_m2`, `seen_m2`; `circle_wrong_m2` and
               `fan_wrong_m2`, the ground claimed that is not seen and seen that is not claimed, together
    """
    eyes, stands = stand_off(
        observers, walls.with_height(np.inf), observer_height_m=1.0, target_height_m=0.0, wall_m=wall_m
    )
    rays = fans(eyes, walls, radius_m=radius_m, step_deg=step_deg)
    rays[stands == INSIDE] = shapely.Polygon()
    shapes = {
        "circle": circles(eyes, radius_m=radius_m),
        "fan": rays,
        "seen": visible_polygons(eyes, walls, radius_m=radius_m),
    }
    table = pd.DataFrame({"stands": stands, **{name: list(each) for name, each in shapes.items()}})
    for name, each in shapes.items():
        table[f"{name}_m2"] = shapely.area(each)
    for name in ("circle", "fan"):
        wrong = shapely.symmetric_difference(shapes[name], shapes["seen"])
        table[f"{name}_wrong_m2"] = shapely.area(wrong)
    return table


def _places(observers: ArrayLike) -> Floats:
    places = np.asarray(observers, dtype=np.float64)
    if places.size == 0:
        return places.reshape(0, 2)
    if places.ndim != 2 or places.shape[1] != 2:
        raise WrongShape(f"observers have shape {places.shape}, not (n, 2)")
    return places


def _first_wall(eye: Floats, way: Floats, walls: Walls, radius_m: float) -> Floats:
    """Return how far (rays,) it is along each way (rays, 2) to the first wall, infinity where there is none in reach."""
    start, end = _edges(walls.polygons(walls.near(shapely.Point(eye), radius_m)), eye)
    if not len(start):
        return np.full(len(way), np.inf)
    # An edge is met where its ends lie on either side of the ray. The end that two edges share has one side for both,
    # so that no ray slips through a corner.
    side_a, side_b = (np.outer(way[:, 0], p[:, 1]) - np.outer(way[:, 1], p[:, 0]) for p in (start, end))
    met = (side_a * side_b <= 0.0) & (side_a != side_b)
    share = side_a / np.where(met, side_a - side_b, 1.0)
    along = way @ start.T * (1.0 - share) + way @ end.T * share
    return np.asarray(np.where(met & (along >= 0.0), along, np.inf).min(axis=1))


def _edges(parts: Geometries, eye: Floats) -> tuple[Floats, Floats]:
    """Return the ends of all edges, (e, 2) each, from the observer."""
    corners, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
    joined: NDArray[np.bool_] = ring[1:] == ring[:-1]
    return corners[:-1][joined] - eye, corners[1:][joined] - eye
