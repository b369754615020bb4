"""The compiled heart of sight: for each observer the nearest wall in every direction, as a ring of corners.

A rotational sweep turned about: instead of a ray that meets wall after wall, each wall that faces the observer is
laid over the view, the nearest first, and most of the far ones are found to be hidden at their first look. The
answer is the same, exact but for the rim, and no order of events can go wrong.

The rim is a polygon with `chords` sides, its corners on the circle and one of them north. Walls are cut by that
polygon, not by the circle, so that two views of the same place differ by walls alone.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled, inlined
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
    NEAR2,
    RIM,
    Span,
    insert,
    key_of,
    put,
    shows,
    tidy,
    turn_of,
)
from spatial.rim import NARROW_M, Rim, clip, ring_of

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Number = TypeVar("Number", bound=np.generic)

_FLAT = 1e-13
# Up to so many are sorted one by one.
_FEW = 128
# Room is made for so many corners a view at first.
_CORNERS = 448


class Watch(NamedTuple):
    """Observers: places, heights, reach, and the sides of their sectors (unit vectors, counter-clockwise)."""

    eyes: Floats
    eye_m: Floats
    target_m: Floats
    radius: Floats
    start: Floats
    end: Floats
    whole: NDArray[np.bool_]


class View(NamedTuple):
    """Views of some observers: corners, the first of each ring repeated, and low obstacles.

    Ring i is xy[first[i]:first[i + 1]]; low part[k] stands in the view of observer eye[k].
    """

    xy: Floats
    first: Ints
    eye: Ints
    part: Ints


@inlined
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
        low, high = clip(rim, radius, (ax, ay, bx, by))
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
def _spans(segs: Floats, e: int, watch: Watch, i: int, limit: float) -> tuple[Span, Span]:
    """Return where segment e is in the view of observer i: a span, and another if it crosses the start."""
    ka, kb = segs[e, KA], segs[e, KB]
    start = (watch.start[i, 0], watch.start[i, 1])
    end_key, end = kb, (segs[e, BX], segs[e, BY])
    if kb > limit:
        end_key, end = limit, (watch.end[i, 0], watch.end[i, 1])
    second = (0.0, start[0], start[1], end_key, end[0], end[1])
    none = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    if kb >= ka:
        return (ka, segs[e, AX], segs[e, AY], end_key, end[0], end[1]), none
    if ka - kb < 1.0:  # no wider than rounding
        return none, none
    return (ka, segs[e, AX], segs[e, AY], limit, watch.end[i, 0], watch.end[i, 1]), second


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
        put(pieces, 0, (0.0, watch.start[i, 0], watch.start[i, 1], RIM))
        put(pieces, 1, (limit, watch.end[i, 0], watch.end[i, 1], RIM))
        count = 1
        for e in order:
            one, two = _spans(segs, e, watch, i, limit)
            count = insert((pieces, count, spare), (segs, e), one)
            if count > 0 and two[3] > 0.0:
                count = insert((pieces, count, spare), (segs, e), two)
            if count < 0:
                break
        if count > 0:
            return pieces, count
        size *= 2


@compiled
def _seen(view: tuple[Floats, int], segs: Floats, e: int, spans: tuple[Span, Span]) -> bool:
    """Say whether anything of segment e stands in the view."""
    one, two = spans
    if one[3] > one[0] and shows(view, (segs, e), one):
        return True
    return two[3] > two[0] and shows(view, (segs, e), two)


@compiled
def _more(array: NDArray[Number], needed: int) -> NDArray[Number]:
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
    xy: Floats = np.empty((_CORNERS * count, 2))
    low: Ints = np.empty((count, 2), dtype=np.intp)
    first = np.zeros(count + 1, dtype=np.intp)
    lows = 0
    for i in range(count):
        radius = watch.radius[i]
        zero = 0.0 if watch.whole[i] else turn_of(watch.start[i, 0], watch.start[i, 1])
        limit = 4.0 if watch.whole[i] else key_of(watch.end[i, 0], watch.end[i, 1], zero)
        parts = boxes_near(grid, (watch.eyes[i, 0], watch.eyes[i, 1]), radius)
        segs, n, owner, total = _gather(grid, watch, i, rim, parts, zero)
        pieces, found = _envelope(segs, n, watch, i, limit)
        for e in range(n, total):
            part = owner[e - n]
            if lows > 0 and low[lows - 1, 0] == i and low[lows - 1, 1] == part:
                continue
            if _seen((pieces, found), segs, e, _spans(segs, e, watch, i, limit)):
                low = _more(low, lows + 1)
                low[lows, 0], low[lows, 1] = i, part
                lows += 1
        nearest = np.sqrt(segs[:n, NEAR2].min()) if n > 0 else radius
        found = tidy(pieces, found, NARROW_M / max(nearest, 0.01))
        ring = ring_of((pieces, found), segs, (rim, radius, watch.whole[i]))
        xy = _more(xy, first[i] + len(ring))
        for k in range(len(ring)):
            xy[first[i] + k, 0], xy[first[i] + k, 1] = (
                ring[k, 0] + watch.eyes[i, 0],
                ring[k, 1] + watch.eyes[i, 1],
            )
        first[i + 1] = first[i] + len(ring)
    return View(xy[: first[count]].copy(), first, low[:lows, 0].copy(), low[:lows, 1].copy())


@compiled
def near_walls(grid: Grid, observers: tuple[Floats, Floats], distance_m: float) -> NDArray[np.bool_]:
    """Say which observers stand in an obstacle higher than their target, or nearer to one than a distance.

    observers  (n, 2) places and (n,) heights of their targets
    """
    eyes, target_m = observers
    near = np.zeros(len(eyes), dtype=np.bool_)
    for i in range(len(eyes)):
        x, y = eyes[i]
        for p in boxes_near(grid, (x, y), distance_m):
            if grid.height_m[p] > target_m[i] and touches(grid, p, (x, y, distance_m)):
                near[i] = True
                break
    return near


@compiled
def touches(grid: Grid, p: int, about: tuple[float, float, float]) -> bool:
    """Say whether a place (x, y) lies in a part or no farther from its rings than a distance, the third of `about`."""
    x, y, distance_m = about
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
