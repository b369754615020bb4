"""Line of sight over terrain: what observers see of the ground, or of a target over it, among obstacles that stand on it.

The eye stands on the ground at its place, the target on the ground at its own; the ground hides, and so do walls and
roofs. A place is seen when the straight line from the eye to the target passes over all of them, so that along one
ray places may be seen again and again. Walls within 250 m are exact as in `visibility`, and so are the shadows of
roofs on level and on evenly sloping ground, but where two of them cross. What the ground itself hides is as exact as
the ground: between rays a quarter of a cell apart at the rim (1/2048 of the turn, where that is more), walked in steps
of a quarter of a cell, its outline is a straight line.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.compiled import compiled, threads
from spatial.edges import Floats, Grid, Ints, Walls, boxes_near
from spatial.envelope import turn_of
from spatial.profile import START_M
from spatial.rim import Rim
from spatial.rings import Rings, rings_of, smooth, thin
from spatial.shapes import Geometries, areas_only
from spatial.sweep import Watch, touches
from spatial.terrain import Ground, Surface, feet_of, level_at
from spatial.visibility import CHORDS, INSIDE, ON_ROOF, Progress, in_threads, posted, rim_with
from spatial.wedges import PART, Fan, One, edges_of, fan_of, hits_of, stretches

# On which ground a field of view was computed: all of it known; beyond an edge of the known taken to go on level; none.
TERRAIN, PART_TERRAIN, FLAT = "terrain", "part-terrain", "flat"

# A view has even directions as far apart as this share of a cell at its rim, but not many more of them than _MOST.
_SIDE_CELLS = 0.25
_MOST = 2048
_AT_ONCE = 16
_LEAST_M2 = 1e-4


def sight_over(
    observers: ArrayLike,
    walls: Walls,
    ground: Ground,
    *,
    observer_height_m: ArrayLike,
    target_height_m: ArrayLike,
    radius_m: ArrayLike,
    heading_deg: ArrayLike | None = None,
    hfov_deg: ArrayLike | None = None,
    wall_m: float = 0.05,
    chords: int = CHORDS,
    progress: Progress | None = None,
) -> tuple[Geometries, NDArray[np.str_], NDArray[np.str_]]:
    """Return where each observer sees a target at a height over the ground, past the ground and obstacles on it.

    observers          (n, 2) metres in the CRS of walls and ground
    walls              obstacles with their heights, each over the mean of the ground along its outline; one over
                       which an observer stands counts from the ground at his place
    ground             where it is not known a ray goes on level with what it knew last
    observer_height_m  scalar or (n,), over the ground at the observer; not below target_height_m
    Returns            (n,) Polygons or MultiPolygons, valid, empty where nothing is seen; (n,) codes as `sight`;
                       and (n,) TERRAIN, PART_TERRAIN (a ray left the known ground), or FLAT: the ground at the
                       observer is not known, nothing was computed and the area is empty
    The other arguments and errors are those of `visibility.sight`, and on level ground so is the answer, but where
    the shadows of two roofs cross: there it holds to a wedge between two corners.
    """
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
    areas = np.full(count, shapely.Polygon(), dtype=object)
    on = np.where(np.isnan(ground.height_m(watch.eyes)), FLAT, TERRAIN).astype("<U12")
    looking = np.flatnonzero((codes != INSIDE) & (on != FLAT) & (watch.radius > 0.0))
    feet = feet_of(ground.surface, walls.grid)
    look = partial(_look, watch, walls.grid, (ground.surface, feet), codes == ON_ROOF, rim_with(chords))
    size = min(max(-(-len(looking) // (4 * threads())), 1), _AT_ONCE)
    blocks = [looking[at : at + size] for at in range(0, len(looking), size)]
    for k, (seen, whole) in enumerate(in_threads(look, blocks)):
        areas[blocks[k]] = seen
        on[blocks[k][~whole]] = PART_TERRAIN
        if progress is not None:
            progress(int(blocks[k][-1]) + 1, count)
    return areas, codes, on


def _look(
    watch: Watch,
    grid: Grid,
    ground: tuple[Surface, Floats],
    roofed: NDArray[np.bool_],
    rim: Rim,
    chosen: Ints,
) -> tuple[Geometries, NDArray[np.bool_]]:
    """Return what some observers see, and for which of them all the ground was known."""
    areas = np.full(len(chosen), shapely.Polygon(), dtype=object)
    whole = np.zeros(len(chosen), dtype=np.bool_)
    for k, i in enumerate(chosen):
        rings, whole[k] = _view(grid, watch, int(i), ground, bool(roofed[i]), rim)
        areas[k] = _area(rings, watch.eyes[i])
    return areas, whole


def _area(rings: Rings, eye: Floats) -> object:
    """Return the area that rings bound, a Polygon or a MultiPolygon."""
    if not len(rings.area):
        return shapely.Polygon()
    ring = np.repeat(np.arange(len(rings.area)), np.diff(rings.first))
    lines = np.atleast_1d(np.asarray(shapely.linearrings(rings.xy + eye, indices=ring), dtype=object))
    # An area's outer ring comes before its holes.
    order = np.lexsort((~rings.outer, rings.area))
    owner = np.unique(rings.area[order], return_inverse=True)[1]
    parts = np.asarray(shapely.polygons(lines[order], indices=owner), dtype=object)
    area = _one_of(parts[shapely.area(parts) > _LEAST_M2])
    if area.is_valid:
        return area
    # A ring that touches itself in a point is taken apart there; parts that overlap by rounding become one.
    whole = shapely.union_all(shapely.make_valid(parts, method="structure"))
    return _one_of(shapely.get_parts(areas_only(np.array([whole]), least_m2=_LEAST_M2)[0]))


def _one_of(parts: Geometries) -> shapely.Polygon | shapely.MultiPolygon:
    """Return Polygons as one area."""
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))


@compiled
def _view(
    grid: Grid, watch: Watch, i: int, ground: tuple[Surface, Floats], roofed: bool, rim: Rim
) -> tuple[Rings, bool]:
    """Return the rings of what observer i sees, and whether all the ground was known."""
    surface, feet = ground
    x, y = watch.eyes[i]
    parts = boxes_near(grid, (x, y), watch.radius[i])
    zero = 0.0 if watch.whole[i] else turn_of(watch.start[i, 0], watch.start[i, 1])
    one = One(watch, i, rim, zero)
    edges = edges_of(grid, one, parts)
    fan = fan_of(one, edges, _even(watch.radius[i], surface.cell_m, len(rim.side)))
    lift = np.empty(len(parts))
    depth = np.zeros(len(fan.middle), dtype=np.intp)
    foot = level_at(surface, x, y)
    for k in range(len(parts)):
        p = parts[k]
        under = roofed and grid.height_m[p] > watch.target_m[i] and touches(grid, p, (x, y, START_M))
        if under:
            _start_in(depth, grid, p, (x, y), fan)
        # How far he is over the roof under him is known better than how far over the mean of the ground about it.
        stands = foot if under or np.isnan(feet[p]) else feet[p]
        lift[k] = stands - foot + grid.height_m[p] - watch.eye_m[i]
    lift_m = np.empty(len(edges))
    for e in range(len(edges)):
        lift_m[e] = lift[int(edges[e, PART])]
    hits = hits_of(fan, edges, (lift_m, depth))
    seen, whole = stretches((surface, (x, y, watch.eye_m[i], watch.target_m[i])), fan, (edges, hits))
    seen = thin(seen)
    smooth(seen, fan, surface.cell_m)
    return rings_of(seen, fan), whole


@compiled
def _start_in(depth: Ints, grid: Grid, p: int, spot: tuple[float, float], fan: Fan) -> None:
    """Count the part for the middle rays that begin in it: all, but for an observer over its wall, who looks out too."""
    x, y = spot
    for w in range(len(fan.middle)):
        there = (x + START_M * fan.middle[w, 0], y + START_M * fan.middle[w, 1], 0.0)
        depth[w] += int(touches(grid, p, there))


@compiled
def _even(radius_m: float, cell_m: float, chords: int) -> int:
    """Return how many even directions a view has: a multiple of its rim's chords."""
    wanted = min(2.0 * np.pi * radius_m / (_SIDE_CELLS * cell_m), float(_MOST))
    return chords * max(int(np.ceil(wanted / chords)), 1)
