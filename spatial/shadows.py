"""Discs and sectors to lay round a place, and the shadows of obstacles lower than the observer."""

from __future__ import annotations

import numpy as np
import shapely

from spatial.compiled import compiled
from spatial.edges import Floats, Grid, Ints, Walls
from spatial.shapes import Geometries, areas_only
from spatial.sweep import Watch

DISC_CHORDS = 128


def cast(walls: Walls, watch: Watch, pairs: tuple[Ints, Ints]) -> tuple[Geometries, Ints]:
    """Return what each part hides from an observer who is higher: itself, and the ground behind it.

    pairs      (k,) observers and (k,) parts lower than they and higher than the target
    Returns    (s,) valid Polygons, one a pair or several that overlap; and (s,) the observer of each
    Source     the ground behind a roof's edge at distance s is hidden up to s (H - z) / (H - h)
    """
    eye, part = pairs
    drop = watch.eye_m[eye] - watch.target_m[eye]
    factor = drop / (watch.eye_m[eye] - walls.grid.height_m[part])
    xy, first = _outlines(walls.grid, watch.eyes, eye, part, factor)
    plain = np.diff(first) > 0
    ring = np.repeat(np.arange(int(plain.sum())), np.diff(first)[plain])
    simple = shapely.polygons(shapely.linearrings(xy, indices=ring))
    quads, pair = _behind(walls.grid, watch.eyes, eye[~plain], part[~plain], factor[~plain])
    shapes = np.concatenate([simple, walls.polygons(part[~plain]), shapely.polygons(quads)])
    # A sliver seen end on may cross itself by rounding.
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = areas_only(shapely.make_valid(shapes[crossed], method="structure"))
    return shapes, np.concatenate([eye[plain], eye[~plain], eye[~plain][pair]])


@compiled
def _outlines(grid: Grid, eyes: Floats, eye: Ints, part: Ints, factor: Floats) -> tuple[Floats, Ints]:
    """Return rings of the shadows, closed; none where the part has holes or hides a ray more than once."""
    room = 0
    for p in part:
        room += grid.corner[grid.rings[p] + 1] - grid.corner[grid.rings[p]] + 2
    xy = np.empty((room, 2))
    first = np.zeros(len(part) + 1, dtype=np.intp)
    for k in range(len(part)):
        n = 0
        if grid.rings[part[k] + 1] == grid.rings[part[k]] + 1:
            r = grid.rings[part[k]]
            corners = grid.xy[grid.corner[r] : grid.corner[r + 1]]
            n = _outline(corners, eyes[eye[k], 0], eyes[eye[k], 1], factor[k], xy[first[k] :])
        first[k + 1] = first[k] + n
    return xy[: first[-1]].copy(), first


@compiled
def _outline(corners: Floats, x: float, y: float, factor: float, ring: Floats) -> int:
    """Write the shadow of a ring met by each ray once: its near side, and its far side drawn out. Return its size."""
    count = len(corners) - 1
    begin, changes = -1, 0
    facing = _facing(corners, count - 1, x, y)
    for k in range(count):
        before, facing = facing, _facing(corners, k, x, y)
        if facing != before:
            changes += 1
            if facing:
                begin = k
    if changes != 2:
        return 0
    n, facing = 0, True
    for step in range(count + 1):
        k = (begin + step) % count
        if facing or step == count:
            if step == count:
                ring[n, 0] = x + factor * (corners[k, 0] - x)
                ring[n, 1] = y + factor * (corners[k, 1] - y)
            else:
                ring[n] = corners[k]
            n += 1
            if step < count and not _facing(corners, k, x, y):
                facing = False
                ring[n, 0] = x + factor * (corners[k, 0] - x)
                ring[n, 1] = y + factor * (corners[k, 1] - y)
                n += 1
        else:
            ring[n, 0] = x + factor * (corners[k, 0] - x)
            ring[n, 1] = y + factor * (corners[k, 1] - y)
            n += 1
    ring[n] = ring[0]
    return n + 1


@compiled
def _facing(corners: Floats, k: int, x: float, y: float) -> bool:
    """Say whether the edge from corner k on shows its outer side to (x, y)."""
    ax, ay = corners[k, 0] - x, corners[k, 1] - y
    bx, by = corners[k + 1, 0] - x, corners[k + 1, 1] - y
    return bool(ax * by - ay * bx < 0.0)


def _behind(grid: Grid, eyes: Floats, eye: Ints, part: Ints, factor: Floats) -> tuple[Floats, Ints]:
    """Return the shadows of the edges that turn away, (q, 4, 2) corners, and the pair of each."""
    quads, pairs = [np.empty((0, 4, 2))], [np.empty(0, dtype=np.intp)]
    for k in range(len(part)):
        for r in range(grid.rings[part[k]], grid.rings[part[k] + 1]):
            ring = grid.xy[grid.corner[r] : grid.corner[r + 1]] - eyes[eye[k]]
            start, end = ring[:-1], ring[1:]
            away = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0] > 0.0
            near, far = start[away], end[away]
            quad = np.stack([near, factor[k] * near, factor[k] * far, far], axis=1)
            quads.append(quad + eyes[eye[k]])
            pairs.append(np.full(len(quad), k, dtype=np.intp))
    return np.concatenate(quads), np.concatenate(pairs)


def discs(radius: Floats) -> Geometries:
    """Return discs round (0, 0), their rims drawn with chords from point to point of the circle.

    A radius of 0 gives an empty area.
    """
    turn = np.linspace(0.0, 2.0 * np.pi, DISC_CHORDS, endpoint=False)
    rim = np.column_stack([np.sin(turn), np.cos(turn)])
    areas = np.full(len(radius), shapely.Polygon(), dtype=object)
    areas[radius > 0.0] = shapely.polygons(radius[radius > 0.0][:, None, None] * rim)
    return areas
