"""Wedges of a view: the directions between which no corner lies, and what is seen in each, exact along walls.

A view is cut into wedges by every corner of an obstacle within `CORNERS_M` and by as many even directions as the
ground needs. In a wedge its middle ray decides (`profile`). An end made by a wall is that straight wall between the two
directions that bound the wedge; an end of a shadow is the roof's edge that casts it, drawn out; an end made by the
ground is held at its distance, half-way to that of the next wedge. Farther obstacles count where a middle ray meets them: to half a wedge.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from spatial.compiled import compiled
from spatial.edges import Floats, Grid, Ints
from spatial.envelope import key_of
from spatial.profile import FAR, FAR_BY, GROUND, NEAR, NEAR_BY, RIM, WEDGE, Hits, Ray, march
from spatial.rim import Rim, clip, rim_distance
from spatial.sweep import Watch
from spatial.terrain import Surface, level_at

# Corners within this distance bound wedges; it holds the reach of every fixed camera. Beyond, a ray stands for half a
# wedge to either side: at 2,000 m, with 2048 directions, for 3 m, where a building is some 10 m wide.
CORNERS_M = 250.0

# Directions nearer than this (of the turn's 4) are one: a tenth of a micrometre at 100 m.
_NARROW = 1e-9
_RADIAL = 1e-13

# Columns of an edge, its ends counter-clockwise from the observer: ends, keys, which of the parts in reach, +1 outer side
# or -1 inner side.
AX, AY, BX, BY, KA, KB, PART, WAY = range(8)
# Columns of a stretch beside those of `profile`: its ends where the wedge begins (right) and ends (left).
NEAR_R, NEAR_L, FAR_R, FAR_L = range(5, 9)
COLUMNS = 9


class One(NamedTuple):
    """One observer of those on watch, his rim, and the turn at which his view starts."""

    watch: Watch
    i: int
    rim: Rim
    zero: float


class Fan(NamedTuple):
    """The wedges of a view: n + 1 directions that bound them, counter-clockwise, their distance to the rim, n middles."""

    way: Floats
    rim_m: Floats
    middle: Floats
    middle_key: Floats
    whole: bool


@compiled
def edges_of(grid: Grid, one: One, parts: Ints) -> Floats:
    """Return the edges of parts that hide something of the target, as far as they lie in the observer's reach."""
    watch, i, rim, zero = one
    x, y = watch.eyes[i]
    room = 0
    for p in parts:
        room += grid.corner[grid.rings[p + 1]] - grid.corner[grid.rings[p]]
    edges = np.empty((room, 8))
    n = 0
    for k in range(len(parts)):
        p = parts[k]
        if grid.height_m[p] <= watch.target_m[i]:
            continue
        for r in range(grid.rings[p], grid.rings[p + 1]):
            for c in range(grid.corner[r], grid.corner[r + 1] - 1):
                # The solid lies left of the ring: an edge that turns clockwise shows its outer side.
                bx, by = grid.xy[c, 0] - x, grid.xy[c, 1] - y
                ax, ay = grid.xy[c + 1, 0] - x, grid.xy[c + 1, 1] - y
                area, way = ax * by - ay * bx, 1.0
                if abs(area) <= _RADIAL * ((ax - bx) ** 2 + (ay - by) ** 2):
                    continue
                if area < 0.0:
                    ax, ay, bx, by, way = bx, by, ax, ay, -1.0
                low, high = clip(rim, watch.radius[i], (ax, ay, bx, by))
                if low >= high:
                    continue
                dx, dy = bx - ax, by - ay
                edges[n, AX], edges[n, AY] = ax + low * dx, ay + low * dy
                edges[n, BX], edges[n, BY] = ax + high * dx, ay + high * dy
                edges[n, KA] = key_of(edges[n, AX], edges[n, AY], zero)
                edges[n, KB] = key_of(edges[n, BX], edges[n, BY], zero)
                edges[n, PART], edges[n, WAY] = k, way
                n += 1
    return edges[:n]


@compiled
def fan_of(one: One, edges: Floats, even: int) -> Fan:
    """Return the wedges of an observer: as many even directions all round, and every corner that is near.

    even  a multiple of the rim's chords
    """
    watch, i, rim, zero = one
    limit = 4.0 if watch.whole[i] else key_of(watch.end[i, 0], watch.end[i, 1], zero)
    way = np.empty((even + 2 * len(edges) + 2, 3))
    way[0, 0], way[0, 1], way[0, 2] = 0.0, watch.start[i, 0], watch.start[i, 1]
    n = 1
    for k in range(even):
        turn = 0.5 * np.pi + 2.0 * np.pi * k / even
        n = _direction(way, n, limit, zero, np.cos(turn), np.sin(turn))
    for e in range(len(edges)):
        for x, y in ((edges[e, AX], edges[e, AY]), (edges[e, BX], edges[e, BY])):
            far = np.hypot(x, y)
            if far <= CORNERS_M:
                n = _direction(way, n, limit, zero, x / far, y / far)
    way[n, 0], way[n, 1], way[n, 2] = limit, watch.end[i, 0], watch.end[i, 1]
    order = np.argsort(way[:n, 0], kind="mergesort")
    kept = np.empty((n + 1, 2))
    count, key = 0, -1.0
    for k in order:
        if way[k, 0] - key > _NARROW:
            kept[count, 0], kept[count, 1], key = way[k, 1], way[k, 2], way[k, 0]
            count += 1
    kept[count] = way[n, 1:]
    return _fan(kept[: count + 1], watch.whole[i], rim, watch.radius[i], zero)


@compiled
def _direction(way: Floats, n: int, limit: float, zero: float, x: float, y: float) -> int:
    """Add a direction within the view, neither its start nor its end; return the new number."""
    key = key_of(x, y, zero)
    if _NARROW < key < limit - _NARROW:
        way[n, 0], way[n, 1], way[n, 2] = key, x, y
        return n + 1
    return n


@compiled
def _fan(way: Floats, whole: bool, rim: Rim, radius: float, zero: float) -> Fan:
    """Return the wedges between directions."""
    n = len(way) - 1
    far, middle, key = np.empty(n + 1), np.empty((n, 2)), np.empty(n)
    for k in range(n + 1):
        far[k] = rim_distance(rim, radius, (way[k, 0], way[k, 1]))
    for k in range(n):
        x, y = way[k, 0] + way[k + 1, 0], way[k, 1] + way[k + 1, 1]
        middle[k, 0], middle[k, 1] = x / np.hypot(x, y), y / np.hypot(x, y)
        key[k] = key_of(x, y, zero)
    return Fan(way, far, middle, key, whole)


@compiled
def distance(edges: Floats, e: int, way: tuple[float, float]) -> float:
    """Return how far edge e lies in a direction; beside the edge, how far its nearer end."""
    x, y = way
    ax, ay, bx, by = edges[e, AX], edges[e, AY], edges[e, BX], edges[e, BY]
    if ax * y - ay * x <= 0.0:
        return float(np.hypot(ax, ay))
    if x * by - y * bx <= 0.0:
        return float(np.hypot(bx, by))
    return float((ax * by - ay * bx) / (x * (by - ay) - y * (bx - ax)))


@compiled
def _between(fan: Fan, edges: Floats, e: int) -> tuple[int, int, int]:
    """Return which middles edge e crosses: first, end, and the end of those after the start of the view if it lies over it."""
    n = len(fan.middle)
    first = int(np.searchsorted(fan.middle_key, edges[e, KA]))
    end = int(np.searchsorted(fan.middle_key, edges[e, KB]))
    if edges[e, KB] >= edges[e, KA]:
        return first, end, 0
    # An edge takes less than half the turn: keys 2 apart the wrong way are a start of the view between its ends.
    return (first, n, end) if edges[e, KA] - edges[e, KB] > 2.0 else (0, 0, 0)


@compiled
def hits_of(fan: Fan, edges: Floats, roofs: tuple[Floats, Ints]) -> Hits:
    """Return what the middle rays meet; roofs: elevation of that of each edge over the eye, and over how many a ray begins."""
    lift_m, depth = roofs
    n = len(fan.middle)
    first = np.zeros(n + 1, dtype=np.intp)
    for e in range(len(edges)):
        low, end, wrapped = _between(fan, edges, e)
        for turn in range(2):
            for w in range(0 if turn else low, wrapped if turn else end):
                first[w + 1] += 1
    first = np.cumsum(first)
    filled = np.zeros(n, dtype=np.intp)
    at_m, edge = np.empty(first[n]), np.empty(first[n], dtype=np.intp)
    for e in range(len(edges)):
        low, end, wrapped = _between(fan, edges, e)
        for turn in range(2):
            for w in range(0 if turn else low, wrapped if turn else end):
                mine = distance(edges, e, (fan.middle[w, 0], fan.middle[w, 1]))
                k = first[w] + filled[w]
                while k > first[w] and at_m[k - 1] > mine:
                    at_m[k], edge[k] = at_m[k - 1], edge[k - 1]
                    k -= 1
                at_m[k], edge[k] = mine, e
                filled[w] += 1
    lift, way = np.empty(len(edge)), np.empty(len(edge), dtype=np.int8)
    for k in range(len(edge)):
        lift[k], way[k] = lift_m[edge[k]], np.int8(edges[edge[k], WAY])
    return Hits(first, at_m, edge, lift, way, depth)


@compiled
def stretches(
    place: tuple[Surface, tuple[float, float, float, float]], fan: Fan, walls: tuple[Floats, Hits]
) -> tuple[Floats, bool]:
    """Return what is seen in each wedge, near to far, and whether all the ground was known.

    place  the ground; the observer's x and y, the height of his eye over the ground and that of the target
    walls  edges, and where rays meet them
    """
    (surface, spot), (edges, hits) = place, walls
    x, y, over_m, target_m = spot
    eye_m = level_at(surface, x, y) + over_m
    step = 0.25 * surface.cell_m
    known = True
    out = np.empty((4 * len(fan.middle) + 64, COLUMNS))
    n = 0
    for w in range(len(fan.middle)):
        east, north = fan.middle[w]
        far = _across(fan, w)
        room = n + int(far / step) + hits.first[w + 1] - hits.first[w] + 4
        if room > len(out):
            grown = np.empty((2 * room, COLUMNS))
            grown[:n] = out[:n]
            out = grown
        ray = Ray(x, y, east, north, far, step, eye_m, target_m)
        n, sure = march((surface, ray), (hits, w), (out, n))
        known = known and sure
    _sides(out, n, fan, edges)
    return out[:n], known


@compiled
def _across(fan: Fan, w: int) -> float:
    """Return how far the rim lies along the middle of a wedge: no corner of the rim lies in it."""
    ax, ay = fan.rim_m[w] * fan.way[w, 0], fan.rim_m[w] * fan.way[w, 1]
    bx, by = fan.rim_m[w + 1] * fan.way[w + 1, 0], fan.rim_m[w + 1] * fan.way[w + 1, 1]
    x, y = fan.middle[w]
    return float((ax * by - ay * bx) / (x * (by - ay) - y * (bx - ax)))


@compiled
def _sides(out: Floats, n: int, fan: Fan, edges: Floats) -> None:
    """Write where the ends of each stretch lie on the two directions that bound its wedge, in their order."""
    wedge, right, left = -1, 0.0, 0.0
    for i in range(n):
        w = int(out[i, WEDGE])
        if w != wedge:
            wedge, right, left = w, 0.0, 0.0
        for end, by, to in ((NEAR, NEAR_BY, NEAR_R), (FAR, FAR_BY, FAR_R)):
            cause = int(out[i, by])
            right = max(right, _side(out[i, end], cause, fan, (w, w), edges))
            left = max(left, _side(out[i, end], cause, fan, (w, w + 1), edges))
            out[i, to], out[i, to + 1] = right, left


@compiled
def _side(at_m: float, cause: int, fan: Fan, where: tuple[int, int], edges: Floats) -> float:
    """Return where an end seen at a distance on the middle of a wedge lies on a bounding direction."""
    w, k = where
    if cause == RIM:
        return float(fan.rim_m[k])
    if cause == GROUND:
        return float(min(at_m, fan.rim_m[k]))
    mine = distance(edges, cause, (fan.middle[w, 0], fan.middle[w, 1]))
    there = distance(edges, cause, (fan.way[k, 0], fan.way[k, 1]))
    return float(min(at_m * there / mine, fan.rim_m[k]))
