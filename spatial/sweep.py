"""The compiled heart of sight: for each observer the nearest wall in every direction, as a ring of corners.

A rotational sweep turned about: instead of a ray that meets wall after wall, each wall that faces the observer is
laid over the view, the nearest first, and most of the far ones are found to be hidden at their first look. The
answer is the same, exact but for the rim, and no order of events can go wrong.

The rim is a polygon with `chords` sides, its corners on the circle and one of them north. Walls are cut by that
polygon, not by the circle, so that two views of the same place differ by walls alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled
from spatial.edges import Grid, boxes_near
from spatial.envelope import (
    AX,
    AY,
    BX,
    BY,
    COLUMNS,
    GX,
    GY,
    KA,
    KB,
    KEY,
    NEAR2,
    RIM,
    SEG,
    X,
    Y,
    insert,
    key_of,
    put,
    shows,
    tidy,
    turn_of,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# Pieces of the view narrower than this, seen from the nearest wall, would not survive the rounding of coordinates
# of 1e6 m; nobody looks through them.
_NARROW_M = 1e-8
_FLAT = 1e-13
# Up to so many are sorted one by one.
_FEW = 128


class Watch(NamedTuple):
    """Observers: places, heights, reach, and the sides of their sectors (unit vectors, counter-clockwise)."""

    eyes: Floats
    eye_m: Floats
    target_m: Floats
    radius: Floats
    start: Floats
    end: Floats
    whole: NDArray[np.bool_]


class Rim(NamedTuple):
    """The corners of the rim of radius 1, counter-clockwise from north, and the middles of its sides."""

    corner: Floats
    side: Floats
    inner: float


def rim_of(chords: int) -> Rim:
    """Return a rim of so many chords."""
    step = 2.0 * np.pi / chords
    turn = np.pi / 2.0 + step * np.arange(chords)
    middle = turn + step / 2.0
    corner = np.column_stack([np.cos(turn), np.sin(turn)])
    return Rim(corner, np.column_stack([np.cos(middle), np.sin(middle)]), float(np.cos(step / 2.0)))


class View(NamedTuple):
    """Views of some observers: corners from the observer, the first of each ring repeated, and low obstacles.

    Ring i is xy[first[i]:first[i + 1]]; low part[k] stands in the view of observer eye[k].
    """

    xy: Floats
    first: Ints
    eye: Ints
    part: Ints


@compiled
def _side(rim: Rim, x: float, y: float) -> int:
    """Return the side of the rim in a direction."""
    chords = len(rim.side)
    turn = (np.arctan2(y, x) - 0.5 * np.pi) / (2.0 * np.pi)
    return int((turn - np.floor(turn)) * chords) % chords


@compiled
def _cut(rim: Rim, radius: float, ax: float, ay: float, bx: float, by: float, u: float, way: float) -> float:
    """Return how far along a to b the rim is passed inwards, coming from u and going on or (way -1) back; else 2."""
    dx, dy = bx - ax, by - ay
    for _ in range(8):
        x, y = ax + u * dx, ay + u * dy
        side = _side(rim, x, y)
        over = x * rim.side[side, 0] + y * rim.side[side, 1] - radius * rim.inner
        if over <= 1e-14 * radius:
            return u
        slope = way * (dx * rim.side[side, 0] + dy * rim.side[side, 1])
        if slope >= 0.0:
            return 2.0
        u -= way * over / slope
    return u


@compiled
def _clip(rim: Rim, radius: float, ax: float, ay: float, bx: float, by: float) -> tuple[float, float]:
    """Return the part of the way from a to b that lies within the rim; from 1 to 0 if none does."""
    dx, dy = bx - ax, by - ay
    inner = (radius * rim.inner) ** 2
    low, high = 0.0, 1.0
    square, half = dx * dx + dy * dy, ax * dx + ay * dy
    root = half * half - square * (ax * ax + ay * ay - radius * radius)
    if root <= 0.0:
        return 1.0, 0.0
    if ax * ax + ay * ay >= inner:
        low = _cut(rim, radius, ax, ay, bx, by, max(0.0, (-half - np.sqrt(root)) / square), 1.0)
    if bx * bx + by * by >= inner:
        high = _cut(rim, radius, ax, ay, bx, by, min(1.0, (-half + np.sqrt(root)) / square), -1.0)
    if low < high and high <= 1.0:
        return low, high
    return 1.0, 0.0


@compiled
def _add(
    segs: Floats, n: int, rim: Rim, radius: float, zero: float, ends: tuple[float, float, float, float]
) -> int:
    """Add the segment from a counter-clockwise to b as far as it lies in reach; return the new number."""
    ax, ay, bx, by = ends
    dx, dy = bx - ax, by - ay
    area = ax * by - ay * bx
    square = dx * dx + dy * dy
    share = min(max(-(ax * dx + ay * dy) / square, 0.0), 1.0)
    near2 = (ax + share * dx) ** 2 + (ay + share * dy) ** 2
    if near2 >= radius * radius:
        return n
    inner = (radius * rim.inner) ** 2
    if ax * ax + ay * ay >= inner or bx * bx + by * by >= inner:
        low, high = _clip(rim, radius, ax, ay, bx, by)
        if low >= high:
            return n
        if high < 1.0:
            bx, by = ax + high * dx, ay + high * dy
        if low > 0.0:
            ax, ay = ax + low * dx, ay + low * dy
    segs[n, AX], segs[n, AY], segs[n, BX], segs[n, BY] = ax, ay, bx, by
    scale = 1.0 / area
    segs[n, GX], segs[n, GY] = dy * scale, -dx * scale
    segs[n, KA], segs[n, KB] = key_of(ax, ay, zero), key_of(bx, by, zero)
    segs[n, NEAR2] = near2
    return n + 1


@compiled
def _gather(
    grid: Grid, watch: Watch, i: int, rim: Rim, parts: Ints, zero: float
) -> tuple[Floats, int, Ints, int]:
    """Return the segments that face observer i: those that hide all behind them, then those of low parts.

    Returns  segments; how many of them hide all; the part of each low one; how many there are in all
    """
    x, y = watch.eyes[i]
    room = 0
    for p in parts:
        room += grid.corner[grid.rings[p + 1]] - grid.corner[grid.rings[p]]
    segs, lows = np.empty((room, COLUMNS)), np.empty((room, COLUMNS))
    owner = np.empty(room, dtype=np.intp)
    n, m, radius = 0, 0, watch.radius[i]
    for p in parts:
        height = grid.height_m[p]
        if height <= watch.target_m[i]:
            continue
        factor = np.inf
        if height < watch.eye_m[i]:
            factor = (watch.eye_m[i] - watch.target_m[i]) / (watch.eye_m[i] - height)
        for r in range(grid.rings[p], grid.rings[p + 1]):
            bx, by = grid.xy[grid.corner[r], 0] - x, grid.xy[grid.corner[r], 1] - y
            for c in range(grid.corner[r] + 1, grid.corner[r + 1]):
                ax, ay = grid.xy[c, 0] - x, grid.xy[c, 1] - y
                # The solid lies left of the ring: an edge that turns clockwise shows its outer side.
                if ax * by - ay * bx > _FLAT * ((ax - bx) ** 2 + (ay - by) ** 2):
                    k = _add(segs, n, rim, radius, zero, (ax, ay, bx, by))
                    if k > n and factor * np.sqrt(segs[n, NEAR2]) < radius:
                        lows[m] = segs[n]
                        owner[m] = p
                        m += 1
                    else:
                        n = k
                bx, by = ax, ay
    segs[n : n + m] = lows[:m]
    return segs, n, owner, n + m


@compiled
def _spans(segs: Floats, e: int, limit: float) -> tuple[float, float, float, float]:
    """Return the keys between which segment e is in the view: a span, and another if it crosses the start."""
    ka, kb = segs[e, KA], segs[e, KB]
    if kb >= ka:
        return ka, min(kb, limit), 0.0, 0.0
    if ka - kb < 1.0:  # no wider than rounding
        return 0.0, 0.0, 0.0, 0.0
    return ka, limit, 0.0, min(kb, limit)


@compiled
def _ends(
    segs: Floats, e: int, k0: float, k1: float, watch: Watch, i: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the directions of two keys at which segment e begins or ends, or the view."""
    start, end = (segs[e, AX], segs[e, AY]), (segs[e, BX], segs[e, BY])
    if k0 != segs[e, KA]:
        start = (watch.start[i, 0], watch.start[i, 1])
    if k1 != segs[e, KB]:
        end = (watch.end[i, 0], watch.end[i, 1])
    return start, end


@compiled
def _near_first(segs: Floats, n: int) -> Ints:
    """Return the order of the first n segments by their distance; as they come where it is the same."""
    if n > _FEW:
        return np.argsort(segs[:n, NEAR2], kind="mergesort")
    order, near2 = np.empty(n, dtype=np.intp), np.empty(n)
    for e in range(n):
        mine, k = segs[e, NEAR2], e
        while k > 0 and near2[k - 1] > mine:
            near2[k], order[k] = near2[k - 1], order[k - 1]
            k -= 1
        near2[k], order[k] = mine, e
    return order


@compiled
def _envelope(segs: Floats, n: int, watch: Watch, i: int, limit: float) -> tuple[Floats, int]:
    """Return the pieces of the view among the first n segments, and their number."""
    order = _near_first(segs, n)
    size = 4 * n + 16
    while True:
        pieces, spare = np.empty((size, 4)), np.empty((size, 4))
        put(pieces, 0, 0.0, watch.start[i, 0], watch.start[i, 1], RIM)
        put(pieces, 1, limit, watch.end[i, 0], watch.end[i, 1], RIM)
        count = 1
        for e in order:
            k0, k1, k2, k3 = _spans(segs, e, limit)
            if k1 > k0:
                d0, d1 = _ends(segs, e, k0, k1, watch, i)
                count = insert(pieces, count, spare, segs, e, k0, d0, k1, d1)
            if k3 > k2 and count > 0:
                d0, d1 = _ends(segs, e, k2, k3, watch, i)
                d0 = (watch.start[i, 0], watch.start[i, 1])
                count = insert(pieces, count, spare, segs, e, k2, d0, k3, d1)
            if count < 0:
                break
        if count > 0:
            return pieces, count
        size *= 2


@compiled
def _seen(pieces: Floats, count: int, segs: Floats, e: int, watch: Watch, i: int, limit: float) -> bool:
    """Say whether anything of segment e stands in the view."""
    k0, k1, k2, k3 = _spans(segs, e, limit)
    if k1 > k0:
        d0, d1 = _ends(segs, e, k0, k1, watch, i)
        if shows(pieces, count, segs, e, k0, d0, k1, d1):
            return True
    if k3 > k2:
        _d0, d1 = _ends(segs, e, k2, k3, watch, i)
        return shows(pieces, count, segs, e, k2, (watch.start[i, 0], watch.start[i, 1]), k3, d1)
    return False


@compiled
def _push(ring: Floats, n: int, x: float, y: float) -> int:
    """Add a corner unless it is the last one again; return the new number."""
    if n > 0 and abs(ring[n - 1, 0] - x) + abs(ring[n - 1, 1] - y) < _NARROW_M:
        return n
    ring[n, 0] = x
    ring[n, 1] = y
    return n + 1


@compiled
def _push_wall(ring: Floats, n: int, segs: Floats, e: int, x: float, y: float) -> int:
    """Add the point of segment e in a direction; always a point of the segment, whatever was rounded."""
    ax, ay, bx, by = segs[e, AX], segs[e, AY], segs[e, BX], segs[e, BY]
    off_a, off_b = ax * y - ay * x, x * by - y * bx
    if off_a <= 0.0:
        return _push(ring, n, ax, ay)
    if off_b <= 0.0:
        return _push(ring, n, bx, by)
    share = off_a / (off_a + off_b)
    return _push(ring, n, ax + share * (bx - ax), ay + share * (by - ay))


@compiled
def _push_rim(ring: Floats, n: int, rim: Rim, radius: float, x: float, y: float) -> int:
    """Add the point of the rim in a direction."""
    side = _side(rim, x, y)
    far = radius * rim.inner / (x * rim.side[side, 0] + y * rim.side[side, 1])
    return _push(ring, n, far * x, far * y)


@compiled
def _push_arc(ring: Floats, n: int, rim: Rim, radius: float, pieces: Floats, at: int) -> int:
    """Add the rim along one piece."""
    x, y, end_x, end_y = pieces[at, X], pieces[at, Y], pieces[at + 1, X], pieces[at + 1, Y]
    n = _push_rim(ring, n, rim, radius, x, y)
    chords = len(rim.side)
    first, last = _side(rim, x, y), _side(rim, end_x, end_y)
    corners = last - first if last >= first else last - first + chords
    if corners > chords // 2 and pieces[at + 1, KEY] - pieces[at, KEY] < 1.0:
        corners = 0  # both ends at one corner, rounded to either side of it
    if corners < chords // 2 and pieces[at + 1, KEY] - pieces[at, KEY] > 3.0:
        corners += chords
    corner, filled = first, n
    for _ in range(corners):
        corner = corner + 1 if corner + 1 < chords else 0
        x, y = radius * rim.corner[corner, 0], radius * rim.corner[corner, 1]
        if n > filled:
            ring[n, 0], ring[n, 1] = x, y
            n += 1
        else:
            n = _push(ring, n, x, y)
    return _push_rim(ring, n, rim, radius, end_x, end_y)


@compiled
def _ring(pieces: Floats, count: int, segs: Floats, rim: Rim, radius: float, whole: bool) -> Floats:
    """Return the closed ring of the view, counter-clockwise; a sector's has the observer in it."""
    ring = np.empty((2 * count + 2 * len(rim.side) + 8, 2))
    n = 0 if whole else _push(ring, 0, 0.0, 0.0)
    for i in range(count):
        e = int(pieces[i, SEG])
        if e == RIM:
            n = _push_arc(ring, n, rim, radius, pieces, i)
        else:
            n = _push_wall(ring, n, segs, e, pieces[i, X], pieces[i, Y])
            n = _push_wall(ring, n, segs, e, pieces[i + 1, X], pieces[i + 1, Y])
    while n > 1 and abs(ring[n - 1, 0] - ring[0, 0]) + abs(ring[n - 1, 1] - ring[0, 1]) < _NARROW_M:
        n -= 1
    ring[n] = ring[0]
    return ring[: n + 1] if n > 2 else ring[:0]


@compiled
def _more(array: Floats, needed: int) -> Floats:
    """Return an array of rows with room for so many, and what it held."""
    if needed <= len(array):
        return array
    grown = np.empty((2 * needed, array.shape[1]), dtype=array.dtype)
    grown[: len(array)] = array
    return grown


@compiled
def views(grid: Grid, watch: Watch, rim: Rim) -> View:
    """Return what observers see, none of them inside an obstacle as high as he; low obstacles hide nothing yet."""
    count = len(watch.eyes)
    xy, low = np.empty((64 * count, 2)), np.empty((count, 2), dtype=np.intp)
    first = np.zeros(count + 1, dtype=np.intp)
    lows = 0
    for i in range(count):
        radius = watch.radius[i]
        zero = 0.0 if watch.whole[i] else turn_of(watch.start[i, 0], watch.start[i, 1])
        limit = 4.0 if watch.whole[i] else key_of(watch.end[i, 0], watch.end[i, 1], zero)
        parts = boxes_near(grid, watch.eyes[i, 0], watch.eyes[i, 1], radius)
        segs, n, owner, total = _gather(grid, watch, i, rim, parts, zero)
        pieces, found = _envelope(segs, n, watch, i, limit)
        for e in range(n, total):
            part = owner[e - n]
            if lows > 0 and low[lows - 1, 0] == i and low[lows - 1, 1] == part:
                continue
            if _seen(pieces, found, segs, e, watch, i, limit):
                low = _more(low, lows + 1)
                low[lows, 0], low[lows, 1] = i, part
                lows += 1
        nearest = np.sqrt(segs[:n, NEAR2].min()) if n > 0 else radius
        found = tidy(pieces, found, _NARROW_M / max(nearest, 0.01))
        ring = _ring(pieces, found, segs, rim, radius, watch.whole[i])
        xy = _more(xy, first[i] + len(ring))
        xy[first[i] : first[i] + len(ring)] = ring
        first[i + 1] = first[i] + len(ring)
    return View(xy[: first[count]].copy(), first, low[:lows, 0].copy(), low[:lows, 1].copy())


@compiled
def near_walls(grid: Grid, eyes: Floats, target_m: Floats, distance_m: float) -> NDArray[np.bool_]:
    """Say which observers stand in an obstacle higher than their target, or nearer to one than a distance."""
    near = np.zeros(len(eyes), dtype=np.bool_)
    for i in range(len(eyes)):
        x, y = eyes[i]
        for p in boxes_near(grid, x, y, distance_m):
            if grid.height_m[p] > target_m[i] and _touches(grid, p, x, y, distance_m):
                near[i] = True
                break
    return near


@compiled
def _touches(grid: Grid, p: int, x: float, y: float, distance_m: float) -> bool:
    """Say whether a place lies in a part or no farther from its rings than a distance."""
    inside = False
    for r in range(grid.rings[p], grid.rings[p + 1]):
        ax, ay = grid.xy[grid.corner[r], 0] - x, grid.xy[grid.corner[r], 1] - y
        for c in range(grid.corner[r] + 1, grid.corner[r + 1]):
            bx, by = grid.xy[c, 0] - x, grid.xy[c, 1] - y
            dx, dy = bx - ax, by - ay
            square = dx * dx + dy * dy
            share = min(max(-(ax * dx + ay * dy) / square, 0.0), 1.0) if square > 0.0 else 0.0
            if (ax + share * dx) ** 2 + (ay + share * dy) ** 2 <= distance_m * distance_m:
                return True
            if (ay > 0.0) != (by > 0.0) and (ax * by - ay * bx > 0.0) == (by > ay):
                inside = not inside
            ax, ay = bx, by
    return inside
