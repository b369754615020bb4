"""Line of sight: what observers see of the plane, or of a target height, among opaque obstacles.

Exact but for the disc, whose rim is a polygon of 128 chords: it lies up to 0.0003 of the radius inside the
circle and the area is 0.04 % too small, never too large. Walls and shadows are straight lines as they are.

The method casts, for each wall that an observer faces, the shadow behind it, and takes the union of the
shadows from the disc. Walls that stand wholly behind others are dropped first with a circular depth buffer,
so that far reaches in dense blocks stay cheap; dropping them changes nothing, for their shadow is hidden too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.errors import BadGeometry, OutOfRange, WrongShape
from spatial.shadows import Edges, Floats, Ints, depths, discs, endless, stands_out, stretched
from spatial.shapes import Geometries, areas_only, polygon_parts

Progress = Callable[[int, int], object]

SEEN, ON_WALL, ON_ROOF, INSIDE = "seen", "on_wall", "on_roof", "inside"

_OFF_WALL_M = 0.05
_AT_ONCE = 64
_SLIVER_M2 = 1e-6


def visible_polygons(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries,
    *,
    radius_m: ArrayLike,
    heading_deg: ArrayLike | None = None,
    hfov_deg: ArrayLike | None = None,
) -> Geometries:
    """Return what each observer sees of the plane among opaque obstacles.

    observers    (n, 2) metres, x east, y north
    obstacles    (m,) opaque Polygons in the same plane; they may touch and overlap
    radius_m     scalar or (n,), how far one sees
    heading_deg  scalar or (n,), clockwise from north; None or NaN looks all round
    hfov_deg     scalar or (n,), the plan angle of the sector, not the lens's own; needed with a heading
    Returns      (n,) Polygons, valid; empty for an observer inside an obstacle. One who stands on a wall,
                 or nearer than 0.05 m, is moved 0.05 m off it
    Raises       WrongShape if the arrays do not pair up; OutOfRange for a radius or angle not positive, or
                 a heading without an angle; BadGeometry for an observer without finite coordinates or an obstacle that is no area
    Source       shadows cast from edges; rim error as this module states
    """
    count = len(obstacles)
    areas, _codes = sight(
        observers,
        obstacles,
        obstacle_height_m=np.full(count, np.inf),
        observer_height_m=1.0,
        target_height_m=0.0,
        radius_m=radius_m,
        heading_deg=heading_deg,
        hfov_deg=hfov_deg,
    )
    return _largest_parts(areas)


def sight(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries,
    *,
    obstacle_height_m: ArrayLike,
    observer_height_m: ArrayLike,
    target_height_m: ArrayLike,
    radius_m: ArrayLike,
    heading_deg: ArrayLike | None = None,
    hfov_deg: ArrayLike | None = None,
    wall_m: float = _OFF_WALL_M,
    progress: Progress | None = None,
) -> tuple[Geometries, NDArray[np.str_]]:
    """Return where each observer sees a target at a height, among obstacles with heights, on flat ground.

    obstacles          (m,) Polygons or MultiPolygons
    obstacle_height_m  scalar or (m,), over the same ground; infinity is a wall without top
    observer_height_m  scalar or (n,), not below the target
    target_height_m    scalar or (n,); obstacles not higher than it hide nothing
    wall_m             an observer inside an obstacle, but no deeper than this, hangs on its wall
    progress           called as progress(done, n) now and then
    Returns            (n,) Polygons or MultiPolygons, valid, empty where nothing is seen; and (n,) codes:
                       `seen`; `on_wall` (moved to 0.05 m off the wall); `on_roof` (over an obstacle lower
                       than the observer, which hides what lies under its roof's edge); `inside` (empty)
    The other arguments, errors and the source are those of `visible_polygons`; OutOfRange also for an
    observer below the target or a height that is NaN.
    """
    eyes = _observers(observers)
    count = len(eyes)
    eye_m, target_m = _each(observer_height_m, count), _each(target_height_m, count)
    radius = _each(radius_m, count)
    if not ((eye_m >= target_m).all() and (radius > 0.0).all() and np.isfinite(radius).all()):
        raise OutOfRange("an observer stands below its target, or a radius is not positive and finite")
    heading, angle = _sectors(heading_deg, hfov_deg, count)
    walls = _Walls.of(obstacles, obstacle_height_m)
    eyes, codes = _stand(eyes, walls, target_m=target_m, eye_m=eye_m, wall_m=wall_m)
    areas = np.full(count, shapely.Polygon(), dtype=object)
    for start in range(0, count, _AT_ONCE):
        chosen = np.arange(start, min(start + _AT_ONCE, count))
        looking = chosen[codes[chosen] != INSIDE]
        watch = _Watch(eyes[looking], eye_m[looking], target_m[looking], radius[looking])
        areas[looking] = _look(watch, walls, heading=heading[looking], angle=angle[looking])
        if progress is not None:
            progress(int(chosen[-1]) + 1, count)
    return areas, codes


def stand_off(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries,
    *,
    obstacle_height_m: ArrayLike,
    observer_height_m: ArrayLike,
    target_height_m: ArrayLike,
    wall_m: float = _OFF_WALL_M,
) -> tuple[Floats, NDArray[np.str_]]:
    """Return where observers stand once those on walls are moved off them, and their codes.

    For a caller that lays other shapes round the same place. The arguments are those of `sight`.
    Returns    (n, 2) metres and (n,) codes as `sight` gives them
    """
    eyes = _observers(observers)
    walls = _Walls.of(obstacles, obstacle_height_m)
    target_m, eye_m = _each(target_height_m, len(eyes)), _each(observer_height_m, len(eyes))
    return _stand(eyes, walls, target_m=target_m, eye_m=eye_m, wall_m=wall_m)


@dataclass(frozen=True, slots=True, eq=False)
class _Walls:
    """Obstacles taken apart: Polygons, their heights and their edges, the solid to the left of each edge."""

    parts: Geometries
    height_m: Floats
    start: Floats
    end: Floats
    first: Ints
    tree: shapely.STRtree

    @classmethod
    def of(cls, obstacles: Sequence[object] | Geometries, height_m: ArrayLike) -> _Walls:
        """Take obstacles apart; an empty or missing one has no part."""
        heights = _each(height_m, len(obstacles))
        if np.isnan(heights).any():
            raise OutOfRange("an obstacle's height is NaN: assume one before")
        parts, origin = polygon_parts(obstacles)
        rings, owner = shapely.get_rings(parts, return_index=True)
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        joined = ring[1:] == ring[:-1]
        counts = np.bincount(owner[ring[1:][joined]], minlength=len(parts))
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        return cls(
            parts, heights[origin], corners[:-1][joined], corners[1:][joined], first, shapely.STRtree(parts)
        )

    def within(self, eyes: Floats, distance_m: float | Floats) -> tuple[Ints, Ints]:
        """Return pairs (observer, part) no farther apart than a distance, sorted by observer."""
        eye, part = self.tree.query(shapely.points(eyes), predicate="dwithin", distance=distance_m)
        order = np.lexsort((part, eye))
        return eye[order], part[order]


@dataclass(frozen=True, slots=True, eq=False)
class _Watch:
    """Observers at one time: places, heights of eye and target, and reach."""

    eyes: Floats
    eye_m: Floats
    target_m: Floats
    radius: Floats


def _look(watch: _Watch, walls: _Walls, *, heading: Floats, angle: Floats) -> Geometries:
    """Return the visible areas of some observers, none of them inside an obstacle."""
    eye, part = walls.within(watch.eyes, watch.radius)
    hides = walls.height_m[part] > watch.target_m[eye]
    eye, part = eye[hides], part[hides]
    tall = walls.height_m[part] >= watch.eye_m[eye]
    front, back = _facing(walls, eye, part, watch.eyes)
    depth = depths(front.take(tall[front.pair]), watch.radius, heading=heading, angle=angle)
    front = front.take(stands_out(front, depth))
    # A low obstacle counts if a wall of it is seen, or if the observer looks down on it from its own roof.
    alive = shapely.contains_xy(walls.parts[part], *watch.eyes[eye].T)
    alive[front.pair] = True
    low = ~tall & alive
    walled, behind = front.take(tall[front.pair]), back.take(low[back.pair])
    factor = _stretch(watch, eye, walls.height_m[part])[behind.pair]
    far = factor * behind.nearest_m() >= watch.radius[behind.eye]
    whole = walled.join(behind.take(far))
    owner = np.concatenate([whole.eye, behind.eye[~far], eye[low]])
    shadows = [
        endless(whole, watch.radius),
        stretched(behind.take(~far), factor[~far]),
        _moved(walls.parts[part[low]], -watch.eyes[eye[low]]),
    ]
    open_view = discs(watch.radius, heading=heading, angle=angle)
    seen = shapely.difference(open_view, _unions(np.concatenate(shadows), owner, count=len(open_view)))
    return _moved(_tidy(seen), watch.eyes)


def _facing(walls: _Walls, eye: Ints, part: Ints, eyes: Floats) -> tuple[Edges, Edges]:
    """Return the edges that turn their outer side to the observer, and those that turn away."""
    counts = walls.first[part + 1] - walls.first[part]
    pair = np.repeat(np.arange(len(part)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    edge = walls.first[part][pair] + within
    owner = eye[pair]
    start, end = walls.start[edge] - eyes[owner], walls.end[edge] - eyes[owner]
    turn = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]
    # The solid lies left of start -> end: the observer stands left of an edge that turns away from him.
    front, back = turn < 0.0, turn > 0.0
    return (
        Edges(owner[front], pair[front], end[front], start[front]),
        Edges(owner[back], pair[back], start[back], end[back]),
    )


def _stretch(watch: _Watch, eye: Ints, height_m: Floats) -> Floats:
    """Return how far a shadow reaches on the target plane, as a multiple of the distance of the edge."""
    over = watch.eye_m[eye] - height_m
    drop = watch.eye_m[eye] - watch.target_m[eye]
    factor = np.full(len(eye), np.inf)
    np.divide(drop, over, out=factor, where=over > 0.0)
    return factor


def _unions(shapes: Geometries, owner: Ints, *, count: int) -> Geometries:
    """Return the union of the shapes of each owner, empty where it has none."""
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(count + 1))
    joined = np.full(count, shapely.Polygon(), dtype=object)
    for index in np.flatnonzero(np.diff(bounds)):
        joined[index] = shapely.union_all(shapes[order[bounds[index] : bounds[index + 1]]])
    return joined


def _stand(
    eyes: Floats, walls: _Walls, *, target_m: Floats, eye_m: Floats, wall_m: float
) -> tuple[Floats, NDArray[np.str_]]:
    """Move observers on walls off them, and say how each stands."""
    codes = np.full(len(eyes), SEEN, dtype="<U8")
    stood = eyes.copy()
    eye, part = walls.within(eyes, _OFF_WALL_M)
    for index in np.unique(eye[walls.height_m[part] > target_m[eye]]):
        spot = shapely.Point(eyes[index])
        around = walls.tree.query(spot, predicate="dwithin", distance=wall_m + 1.0)
        around = around[walls.height_m[around] > target_m[index]]
        # One outline for all: a party wall is no way out, nor is a slit narrower than the step off the wall.
        solid = shapely.union_all(walls.parts[around]).buffer(_OFF_WALL_M * 1.0001, join_style="mitre")
        way_out = shapely.shortest_line(spot, solid.boundary)
        if way_out.length <= wall_m + 2.0 * _OFF_WALL_M:
            stood[index] = way_out.coords[-1]
            codes[index] = ON_WALL
        else:
            under = around[shapely.contains(walls.parts[around], spot)]
            codes[index] = INSIDE if (walls.height_m[under] >= eye_m[index]).any() else ON_ROOF
    return stood, codes


def _tidy(areas: Geometries) -> Geometries:
    """Drop what overlay left of lines and slivers; a single part becomes a Polygon."""
    whole = areas_only(areas, least_m2=_SLIVER_M2)
    single = shapely.get_num_geometries(whole) == 1
    whole[single] = shapely.get_geometry(whole[single], 0)
    return whole


def _largest_parts(areas: Geometries) -> Geometries:
    """Return each area's largest Polygon; empty where there is none."""
    parts, index = shapely.get_parts(areas, return_index=True)
    order = np.lexsort((-shapely.area(parts), index))
    owners, first = np.unique(index[order], return_index=True)
    largest = np.full(len(areas), shapely.Polygon(), dtype=object)
    largest[owners] = parts[order][first]
    return largest


def _moved(shapes: Geometries, shift: Floats) -> Geometries:
    """Return shapes moved by (n, 2) metres."""
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    return np.asarray(shapely.set_coordinates(shapes.copy(), coordinates + shift[index]), dtype=object)


def _observers(observers: ArrayLike) -> Floats:
    eyes = np.asarray(observers, dtype=np.float64)
    if eyes.size == 0:
        eyes = eyes.reshape(0, 2)
    if eyes.ndim != 2 or eyes.shape[1] != 2:
        raise WrongShape(f"observers have shape {eyes.shape}, not (n, 2)")
    if not np.isfinite(eyes).all():
        raise BadGeometry("an observer has no finite place")
    return eyes


def _each(numbers: ArrayLike, count: int) -> Floats:
    array = np.asarray(numbers, dtype=np.float64)
    if array.ndim > 1 or (array.ndim == 1 and len(array) != count):
        raise WrongShape(f"{array.shape} numbers for {count} rows")
    return np.broadcast_to(array, count).astype(np.float64)


def _sectors(heading_deg: ArrayLike | None, hfov_deg: ArrayLike | None, count: int) -> tuple[Floats, Floats]:
    """Return headings and plan angles; whoever has no heading looks all round."""
    heading = _each(np.nan if heading_deg is None else heading_deg, count)
    # No angle beside a heading is a mistake, not a fisheye: to look all round is said by having no heading.
    angle = _each(np.nan if hfov_deg is None else hfov_deg, count)
    angle = np.where(np.isnan(heading), 360.0, angle)
    if not (angle > 0.0).all():
        raise OutOfRange("a heading wants the sector's plan angle, and it must be positive")
    return np.nan_to_num(heading), np.minimum(angle, 360.0)
