"""Line of sight: what observers see of the plane, or of a target height, among opaque obstacles.

Exact but for the disc, whose rim is a polygon with `chords` corners on the circle. With the default of 1152 it lies
up to 3.8e-6 of the radius inside the circle and the area is 5e-6 too small, never too large. Walls and shadows are
straight lines as they are.

Obstacles as high as the observer hide all behind them: a compiled sweep finds the nearest one in every direction.
So does a lower one whose shadow reaches beyond the rim. Of the rest, those that stand in the view cast shadows that
end, and these are cut out of it as polygons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.compiled import threads
from spatial.edges import Floats, Ints, Walls
from spatial.errors import BadGeometry, OutOfRange, WrongShape
from spatial.rim import Rim, rim_of
from spatial.rooms import room_of
from spatial.shadows import cast
from spatial.shapes import Geometries, areas_only
from spatial.sweep import View, Watch, near_walls, views

Progress = Callable[[int, int], object]
Answer = TypeVar("Answer")

SEEN, ON_WALL, ON_ROOF, INSIDE, INDOOR = "seen", "on_wall", "on_roof", "inside", "indoor"

# Chords of a rim's full circle: the least round number that keeps the area within 1e-5.
CHORDS = 1152

_OFF_WALL_M = 0.05
_AT_ONCE = 64
_BLOCK = 2048
# Each thread has several blocks, so that none waits long for the last of the others.
_ROUNDS = 8
_SLIVER_M2 = 1e-6
# A sector that leaves no more than this open has no sides.
_ALL_ROUND_DEG = 360.0 - 1e-7


def visible_polygons(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries | Walls,
    *,
    radius_m: ArrayLike,
    heading_deg: ArrayLike | None = None,
    hfov_deg: ArrayLike | None = None,
    indoor: ArrayLike = False,
    chords: int = CHORDS,
) -> Geometries:
    """Return what each observer sees of the plane among opaque obstacles.

    observers    (n, 2) metres, x east, y north
    obstacles    (m,) opaque Polygons in the same plane; they may touch and overlap. Or `Walls`, prepared once
                 for several calls
    radius_m     scalar or (n,), how far one sees; 0 sees nothing
    heading_deg  scalar or (n,), clockwise from north; None or NaN looks all round
    hfov_deg     scalar or (n,), the plan angle of the sector, not the lens's own; needed with a heading
    indoor       bool or (n,): an observer inside an obstacle looks about in it
    chords       corners of the rim's full circle, a multiple of 4
    Returns      (n,) Polygons, valid; empty for an observer inside an obstacle who is not `indoor`. One who stands
                 on a wall, or nearer than 0.05 m, is moved 0.05 m off it
    Raises       WrongShape if the arrays do not pair up; OutOfRange for a radius below 0 or not finite, an angle not
                 positive, or a heading without an angle; BadGeometry for an observer without finite coordinates or
                 an obstacle that is no area
    Source       rotational sweep, after Asano (1985); rim error as this module states
    """
    endless = obstacles.with_height(np.inf) if isinstance(obstacles, Walls) else Walls.of(obstacles)
    areas, _codes = sight(
        observers,
        endless,
        observer_height_m=1.0,
        target_height_m=0.0,
        radius_m=radius_m,
        heading_deg=heading_deg,
        hfov_deg=hfov_deg,
        indoor=indoor,
        chords=chords,
    )
    return areas


def sight(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries | Walls,
    *,
    obstacle_height_m: ArrayLike | None = None,
    observer_height_m: ArrayLike,
    target_height_m: ArrayLike,
    radius_m: ArrayLike,
    heading_deg: ArrayLike | None = None,
    hfov_deg: ArrayLike | None = None,
    indoor: ArrayLike = False,
    wall_m: float = _OFF_WALL_M,
    chords: int = CHORDS,
    progress: Progress | None = None,
) -> tuple[Geometries, NDArray[np.str_]]:
    """Return where each observer sees a target at a height, among obstacles with heights, on flat ground.

    obstacles          (m,) Polygons or MultiPolygons; or `Walls`, prepared once, which bring their heights
    obstacle_height_m  scalar or (m,), over the same ground; infinity is a wall without top
    observer_height_m  scalar or (n,), not below the target
    target_height_m    scalar or (n,); obstacles not higher than it hide nothing
    wall_m             an observer inside an obstacle, but no deeper than this, hangs on its wall
    progress           called as progress(done, n) now and then
    Returns            (n,) Polygons or MultiPolygons, valid, empty where nothing is seen; and (n,) codes:
                       `seen`; `on_wall` (moved to 0.05 m off the wall); `on_roof` (over an obstacle lower
                       than the observer, which hides what lies under its roof's edge); `inside` (empty);
                       `indoor` (inside, and asked to look about: its walls bound the view, `rooms.room_of`)
    The other arguments, errors and the source are those of `visible_polygons`; OutOfRange also for an
    observer below the target or a height that is NaN. The order of obstacles and observers plays no part.
    Any thread may call this; it takes as many threads as numba is set to.
    """
    walls = _walls(obstacles, obstacle_height_m)
    watch, codes = posted(
        observers,
        walls,
        levels=(observer_height_m, target_height_m),
        radius_m=radius_m,
        sector=(heading_deg, hfov_deg),
        wall_m=wall_m,
        chords=chords,
    )
    count = len(watch.eyes)
    rim = rim_with(chords)
    look = partial(_look, watch, walls, rim, codes)
    size = _AT_ONCE if progress else min(max(-(-count // (threads() * _ROUNDS)), _AT_ONCE), _BLOCK)
    blocks = [np.arange(at, min(at + size, count)) for at in range(0, count, size)]
    areas = np.full(count, shapely.Polygon(), dtype=object)
    for block, seen in zip(blocks, in_threads(look, blocks), strict=True):
        areas[block] = seen
        if progress is not None:
            progress(int(block[-1]) + 1, count)
    for index in np.flatnonzero((codes == INSIDE) & (_each(indoor, count) > 0.0)):
        areas[index], codes[index] = _indoors(some_of(watch, np.array([index])), walls, rim)
    return areas, codes


def posted(
    observers: ArrayLike,
    walls: Walls,
    *,
    levels: tuple[ArrayLike, ArrayLike],
    radius_m: ArrayLike,
    sector: tuple[ArrayLike | None, ArrayLike | None],
    wall_m: float = _OFF_WALL_M,
    chords: int = CHORDS,
) -> tuple[Watch, NDArray[np.str_]]:
    """Return the observers checked and stood off their walls, for a kernel, and their codes.

    levels     heights of observer and target; sector  heading and plan angle. All as `sight` takes them
    Raises     as `sight`
    """
    eyes = _observers(observers)
    count = len(eyes)
    eye_m, target_m = (_each(level, count) for level in levels)
    radius = _each(radius_m, count)
    if not ((eye_m >= target_m).all() and (radius >= 0.0).all() and np.isfinite(radius).all()):
        raise OutOfRange("an observer stands below its target, or a radius is below 0 or not finite")
    if chords < 4 or chords % 4:
        raise OutOfRange("the corners of a rim are a multiple of 4")
    start, end, whole = _sectors(*sector, count)
    eyes, codes = _stand(eyes, walls, target_m=target_m, eye_m=eye_m, wall_m=wall_m)
    return Watch(eyes, eye_m, target_m, radius, start, end, whole), codes


def stand_off(
    observers: ArrayLike,
    obstacles: Sequence[object] | Geometries | Walls,
    *,
    obstacle_height_m: ArrayLike | None = None,
    observer_height_m: ArrayLike,
    target_height_m: ArrayLike,
    wall_m: float = _OFF_WALL_M,
) -> tuple[Floats, NDArray[np.str_]]:
    """Return where observers stand once those on walls are moved off them, and their codes.

    For a caller that lays other shapes round the same place. The arguments are those of `sight`.
    Returns    (n, 2) metres and (n,) codes as `sight` gives them
    """
    eyes = _observers(observers)
    walls = _walls(obstacles, obstacle_height_m)
    target_m, eye_m = _each(target_height_m, len(eyes)), _each(observer_height_m, len(eyes))
    return _stand(eyes, walls, target_m=target_m, eye_m=eye_m, wall_m=wall_m)


def _walls(obstacles: Sequence[object] | Geometries | Walls, height_m: ArrayLike | None) -> Walls:
    """Return obstacles prepared; those that are bring their heights, the others need them."""
    if isinstance(obstacles, Walls):
        if height_m is not None:
            raise WrongShape("prepared obstacles bring their heights")
        return obstacles
    if height_m is None:
        raise WrongShape("obstacles without heights")
    return Walls.of(obstacles, height_m)


def in_threads(look: Callable[[Ints], Answer], blocks: Sequence[Ints]) -> Iterator[Answer]:
    """Yield what `look` finds for each block, in order; kernels and overlays let other threads run."""
    if len(blocks) < 2 or threads() < 2:
        yield from map(look, blocks)
        return
    with ThreadPoolExecutor(threads()) as pool:
        yield from pool.map(look, blocks)


@lru_cache(maxsize=8)
def rim_with(chords: int) -> Rim:
    """Return the rim with so many chords, made once."""
    return rim_of(chords)


def _look(watch: Watch, walls: Walls, rim: Rim, codes: NDArray[np.str_], chosen: Ints) -> Geometries:
    """Return the visible areas of some observers, empty for those inside an obstacle or without reach."""
    areas = np.full(len(chosen), shapely.Polygon(), dtype=object)
    looking = np.flatnonzero((codes[chosen] != INSIDE) & (watch.radius[chosen] > 0.0))
    some = some_of(watch, chosen[looking])
    view = views(walls.grid, some, rim)
    seen = _polygons(view.xy, view.first)
    lows = _with_roofs(view, walls, some, np.flatnonzero(codes[chosen[looking]] == ON_ROOF))
    if len(lows[0]):
        shapes, owner = cast(walls, some, lows)
        dimmed = np.unique(owner)
        seen[dimmed] = _tidy(shapely.difference(seen[dimmed], _unions(shapes, owner)))
    areas[looking] = seen
    return areas


def _indoors(one: Watch, walls: Walls, rim: Rim) -> tuple[shapely.Geometry, str]:
    """Return what one observer inside an obstacle sees of it, and the code; still `inside` in a slit between two."""
    spot = shapely.Point(one.eyes[0])
    room = room_of(walls, spot, eye_m=float(one.eye_m[0]), radius_m=float(one.radius[0]))
    if room is None:
        return shapely.Polygon(), INSIDE
    eyes, codes = _stand(one.eyes, room, target_m=one.target_m, eye_m=one.eye_m, wall_m=_OFF_WALL_M)
    if codes[0] == INSIDE:
        return shapely.Polygon(), INSIDE
    return _look(one._replace(eyes=eyes), room, rim, codes, np.array([0]))[0], INDOOR


def some_of(watch: Watch, chosen: Ints) -> Watch:
    """Return some of the observers."""
    return Watch(
        watch.eyes[chosen],
        watch.eye_m[chosen],
        watch.target_m[chosen],
        watch.radius[chosen],
        watch.start[chosen],
        watch.end[chosen],
        watch.whole[chosen],
    )


def _polygons(xy: Floats, first: Ints) -> Geometries:
    """Return a Polygon a ring, xy[first[i]:first[i + 1]]; empty where a ring has no corner."""
    shapes = np.full(len(first) - 1, shapely.Polygon(), dtype=object)
    some = np.flatnonzero(np.diff(first))
    rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(some)), np.diff(first)[some]))
    shapes[some] = shapely.polygons(rings)
    return shapes


def _with_roofs(view: View, walls: Walls, some: Watch, roofed: Ints) -> tuple[Ints, Ints]:
    """Return the low obstacles in each view, those also on which the observer stands, as sorted pairs."""
    eye, part = [view.eye], [view.part]
    for i in roofed:
        under = walls.near(shapely.Point(some.eyes[i]), 0.0)
        height = walls.grid.height_m[under]
        under = under[(height > some.target_m[i]) & (height < some.eye_m[i])]
        eye.append(np.full(len(under), i, dtype=np.intp))
        part.append(under)
    pairs = np.column_stack([np.concatenate(eye), np.concatenate(part)])
    if len(roofed):
        pairs = np.unique(pairs, axis=0)
    return pairs[:, 0], pairs[:, 1]


def _unions(shapes: Geometries, owner: Ints) -> Geometries:
    """Return the union of the shapes of each owner that has any, by owner."""
    order = np.argsort(owner, kind="stable")
    _owners, row, counts = np.unique(owner[order], return_inverse=True, return_counts=True)
    first = np.cumsum(counts) - counts
    table = np.full((len(counts), int(counts.max())), None, dtype=object)
    table[row, np.arange(len(order)) - first[row]] = shapes[order]
    whole = table[:, 0]
    several = counts > 1
    whole[several] = shapely.union_all(table[several], axis=1)
    return whole


def _stand(
    eyes: Floats, walls: Walls, *, target_m: Floats, eye_m: Floats, wall_m: float
) -> tuple[Floats, NDArray[np.str_]]:
    """Move observers on walls off them, and say how each stands."""
    codes = np.full(len(eyes), SEEN, dtype="<U8")
    stood = eyes.copy()
    for index in np.flatnonzero(near_walls(walls.grid, (eyes, target_m), _OFF_WALL_M)):
        spot = shapely.Point(eyes[index])
        around = walls.near(spot, wall_m + 1.0)
        height = walls.grid.height_m[around]
        way_out = _way_out(spot, walls.polygons(around[height > target_m[index]]))
        if way_out.length <= wall_m + 2.0 * _OFF_WALL_M:
            stood[index], codes[index] = way_out.coords[-1], ON_WALL
            continue
        # Over lower roofs on all sides; he may still hang on the wall of a taller neighbour.
        way_out = _way_out(spot, walls.polygons(around[height >= eye_m[index]]))
        if way_out.length <= wall_m + 2.0 * _OFF_WALL_M:
            stood[index], codes[index] = way_out.coords[-1], ON_ROOF
        else:
            codes[index] = INSIDE
    return stood, codes


def _way_out(spot: shapely.Point, parts: Geometries) -> shapely.LineString:
    """Return the shortest line out of obstacles to 0.05 m off their walls, of no length for who is out of them.

    One outline for all: a party wall is no way out, nor is a slit narrower than the step off the wall.
    """
    solid = shapely.union_all(parts).buffer(_OFF_WALL_M * 1.0001, join_style="mitre")
    if not solid.intersects(spot):
        return shapely.LineString([spot, spot])
    return shapely.shortest_line(spot, solid.boundary)


def _tidy(areas: Geometries) -> Geometries:
    """Drop what overlay left of lines and slivers; a single part becomes a Polygon."""
    whole = areas_only(areas, least_m2=_SLIVER_M2)
    single = shapely.get_num_geometries(whole) == 1
    whole[single] = shapely.get_geometry(whole[single], 0)
    return whole


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


def _sectors(
    heading_deg: ArrayLike | None, hfov_deg: ArrayLike | None, count: int
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return the sides of sectors, unit vectors counter-clockwise, and who looks all round."""
    heading = _each(np.nan if heading_deg is None else heading_deg, count)
    # No angle beside a heading is a mistake, not a fisheye: to look all round is said by having no heading.
    angle = _each(np.nan if hfov_deg is None else hfov_deg, count)
    angle = np.where(np.isnan(heading), 360.0, angle)
    if not (angle > 0.0).all():
        raise OutOfRange("a heading wants the sector's plan angle, and it must be positive")
    whole = angle >= _ALL_ROUND_DEG
    left = np.radians(90.0 - np.nan_to_num(heading) - angle / 2.0)
    right = np.radians(90.0 - np.nan_to_num(heading) + angle / 2.0)
    start, end = (
        np.column_stack([np.cos(left), np.sin(left)]),
        np.column_stack([np.cos(right), np.sin(right)]),
    )
    start[whole] = end[whole] = (1.0, 0.0)
    return start, end, whole
