"""From the stretches seen in each wedge to the rings round them: walked from node to node, no overlay.

On each direction between two wedges the ends of their stretches are nodes. The far and the near end of a stretch are
edges across its wedge; where only one of two wedges sees, the direction itself is an edge between two nodes. All run
with what is seen to their left. At a node each edge that arrives goes on with the one that bounds the same corner of
what is seen, so that areas that touch in a point stay apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled
from spatial.edges import Floats, Ints
from spatial.profile import FAR_BY, GROUND, LEAST_M, NEAR_BY, WEDGE
from spatial.wedges import FAR_L, FAR_R, NEAR_L, NEAR_R, Fan

# Nodes nearer than this on a direction are one; a corner that bends a ring by less is none.
_SAME_M = 1e-6


class Rings(NamedTuple):
    """Closed rings xy[first[k]:first[k + 1]], the area each belongs to, and whether it is its outer one."""

    xy: Floats
    first: Ints
    area: Ints
    outer: NDArray[np.bool_]


class _Net(NamedTuple):
    """Edges: two a stretch (2 i far, 2 i + 1 near), then those along directions. Start, the edge that follows, a stretch.

    `kin` joins stretches that hang together: each names another one, the last itself.
    """

    start: Floats
    after: Ints
    stretch: Ints
    kin: Ints


@compiled
def thin(seen: Floats) -> Floats:
    """Return the stretches without slivers; two that touch on both sides become one."""
    out = np.empty_like(seen)
    n = 0
    for i in range(len(seen)):
        if (seen[i, FAR_R] - seen[i, NEAR_R]) + (seen[i, FAR_L] - seen[i, NEAR_L]) < LEAST_M:
            continue
        if n > 0 and out[n - 1, WEDGE] == seen[i, WEDGE]:
            gap = (seen[i, NEAR_R] - out[n - 1, FAR_R]) + (seen[i, NEAR_L] - out[n - 1, FAR_L])
            if gap < LEAST_M:
                out[n - 1, FAR_BY], out[n - 1, FAR_R], out[n - 1, FAR_L] = (
                    seen[i, FAR_BY],
                    seen[i, FAR_R],
                    seen[i, FAR_L],
                )
                continue
        out[n] = seen[i]
        n += 1
    return out[:n]


@compiled
def _starts(seen: Floats, wedges: int) -> Ints:
    """Return where the stretches of each wedge begin."""
    first = np.zeros(wedges + 1, dtype=np.intp)
    for i in range(len(seen)):
        first[int(seen[i, WEDGE]) + 1] += 1
    return np.cumsum(first)


@compiled
def _sides_of(fan: Fan, k: int) -> tuple[int, int]:
    """Return the wedges right and left of direction k; -1 where there is none."""
    n = len(fan.middle)
    if fan.whole:
        return (k - 1) % n, k
    return k - 1, (k if k < n else -1)


@compiled
def _end(seen: Floats, first: Ints, wedge: int, k: int, left: bool) -> float:
    """Return the k-th end of the stretches of a wedge, near to far, on its left or right direction."""
    if wedge < 0 or k >= 2 * (first[wedge + 1] - first[wedge]):
        return np.inf
    column = (FAR_L if left else FAR_R) if k % 2 else (NEAR_L if left else NEAR_R)
    return float(seen[first[wedge] + k // 2, column])


@compiled
def smooth(seen: Floats, fan: Fan, cell_m: float) -> None:
    """Let ends of neighbouring wedges that have the same cause meet half-way, where they lie within a cell."""
    first = _starts(seen, len(fan.middle))
    for line in range(len(fan.middle) + (0 if fan.whole else 1)):
        right, left = _sides_of(fan, line)
        if right < 0 or left < 0:
            continue
        a, b = 0, 0
        while True:
            mine, other = _end(seen, first, right, a, True), _end(seen, first, left, b, False)
            if np.isinf(mine) or np.isinf(other):
                break
            if a % 2 == b % 2 and abs(mine - other) <= cell_m:
                i, j = first[right] + a // 2, first[left] + b // 2
                by, to = (FAR_BY, FAR_R) if a % 2 else (NEAR_BY, NEAR_R)
                half = 0.5 * (mine + other)
                # Not past the next end of either: their order is what the rings rest on.
                free = half <= min(
                    _end(seen, first, right, a + 1, True), _end(seen, first, left, b + 1, False)
                )
                if free and seen[i, by] == seen[j, by] and seen[i, by] >= GROUND:
                    seen[i, to + 1] = seen[j, to] = half
                    a, b = a + 1, b + 1
                    continue
            if mine <= other:
                a += 1
            else:
                b += 1


@compiled
def _root(kin: Ints, i: int) -> int:
    """Return the stretch that stands for all that hang together with i."""
    while kin[i] != i:
        kin[i] = kin[kin[i]]
        i = kin[i]
    return i


@compiled
def _net(seen: Floats, fan: Fan) -> tuple[_Net, int]:
    """Return the edges of all rings and their number."""
    n, lines = len(seen), len(fan.middle) + (0 if fan.whole else 1)
    first = _starts(seen, len(fan.middle))
    room = 2 * n + 4 * n + 4
    net = _Net(np.empty((room, 2)), np.full(room, -1), np.full(room, -1), np.arange(n))
    count = 2 * n
    for line in range(lines):
        count = _join(net, count, seen, first, (fan.way[line, 0], fan.way[line, 1]), _sides_of(fan, line))
    return net, count


@compiled
def _join(
    net: _Net, count: int, seen: Floats, first: Ints, way: tuple[float, float], sides: tuple[int, int]
) -> int:
    """Join the edges that meet on one direction, node by node from near to far; return the number of edges."""
    right, left = sides
    a, b, below = 0, 0, -1
    wheel = np.empty(64, dtype=np.intp)
    while True:
        spot = min(_end(seen, first, right, a, True), _end(seen, first, left, b, False))
        if np.isinf(spot):
            return count
        a0, b0 = a, b
        while _end(seen, first, right, a, True) <= spot + _SAME_M:
            a += 1
        while _end(seen, first, left, b, False) <= spot + _SAME_M:
            b += 1
        if a - a0 + b - b0 + 2 > len(wheel):
            wheel = np.empty(2 * (a - a0 + b - b0 + 2), dtype=np.intp)
        above = -1
        if a % 2 and b % 2:
            net.kin[_root(net.kin, first[right] + a // 2)] = _root(net.kin, first[left] + b // 2)
        elif a % 2 or b % 2:
            above = count
            net.stretch[above] = first[left] + b // 2 if b % 2 else first[right] + a // 2
            count += 1
        n = _spoke(wheel, 0, above, bool(b % 2))
        n = _spokes(wheel, n, 2 * first[left], (b - 1, b0 - 1), True)
        n = _spoke(wheel, n, below, not b0 % 2)
        n = _spokes(wheel, n, 2 * first[right], (a0, a), False)
        _turn(net, wheel, n, (spot * way[0], spot * way[1]))
        below = above


# Round a node, counter-clockwise: outwards along the direction, the left wedge from far to near, inwards, the right wedge
# from near to far. An edge that arrives is put on the wheel as -2 - edge.
@compiled
def _spoke(wheel: Ints, n: int, edge: int, leaves: bool) -> int:
    """Put an edge, unless it is -1, on the wheel round a node; return how many there are."""
    if edge < 0:
        return n
    wheel[n] = edge if leaves else -2 - edge
    return n + 1


@compiled
def _spokes(wheel: Ints, n: int, base: int, ends: tuple[int, int], left: bool) -> int:
    """Put the edges of one wedge on the wheel: of its ends first..last, not with the last, forwards or backwards.

    Far edges leave a node into the left wedge, near ones arrive; on the right it is the other way round.
    """
    k, last = ends
    while k != last:
        n = _spoke(wheel, n, base + 2 * (k // 2) + (1 - k % 2), bool(k % 2) == left)
        k += -1 if left else 1
    return n


@compiled
def _turn(net: _Net, wheel: Ints, n: int, spot: tuple[float, float]) -> None:
    """Let each edge that arrives at a node go on with the one before it on the wheel, which leaves."""
    for k in range(n):
        if wheel[k] < 0:
            net.after[-2 - wheel[k]] = wheel[k - 1 if k > 0 else n - 1]
        else:
            net.start[wheel[k], 0], net.start[wheel[k], 1] = spot


@compiled
def rings_of(seen: Floats, fan: Fan) -> Rings:
    """Return the rings round what is seen, from the observer, outer ones counter-clockwise, holes clockwise."""
    net, count = _net(seen, fan)
    xy = np.empty((2 * count + 4, 2))
    first, area, outer = np.zeros(count + 1, np.intp), np.empty(count, np.intp), np.zeros(count, np.bool_)
    done = np.zeros(count, dtype=np.bool_)
    rings = 0
    for edge in range(count):
        if done[edge]:
            continue
        at, n = first[rings], 0
        stretch = edge // 2 if edge < 2 * len(seen) else net.stretch[edge]
        while not done[edge]:
            done[edge] = True
            n = _corner(xy[at:], n, net.start[edge, 0], net.start[edge, 1])
            edge = net.after[edge]
        n = _closed(xy[at:], n)
        if n < 4:
            continue
        first[rings + 1], area[rings] = at + n, _root(net.kin, stretch)
        outer[rings] = _turns_left(xy[at : at + n])
        rings += 1
    return Rings(xy[: first[rings]], first[: rings + 1], area[:rings], outer[:rings])


@compiled
def _corner(ring: Floats, n: int, x: float, y: float) -> int:
    """Add a corner to a ring; the last one goes if the ring does not bend there."""
    if n > 0 and abs(ring[n - 1, 0] - x) + abs(ring[n - 1, 1] - y) < _SAME_M:
        return n
    if n > 1:
        dx, dy = x - ring[n - 2, 0], y - ring[n - 2, 1]
        ex, ey = ring[n - 1, 0] - ring[n - 2, 0], ring[n - 1, 1] - ring[n - 2, 1]
        if abs(dx * ey - dy * ex) <= _SAME_M * np.hypot(dx, dy) and dx * ex + dy * ey > 0.0:
            n -= 1
    ring[n, 0], ring[n, 1] = x, y
    return n + 1


@compiled
def _closed(ring: Floats, n: int) -> int:
    """Close a ring; return its number of corners, the first counted twice, or 0 if there is nothing in it."""
    while n > 1 and abs(ring[n - 1, 0] - ring[0, 0]) + abs(ring[n - 1, 1] - ring[0, 1]) < _SAME_M:
        n -= 1
    if n < 3:
        return 0
    ring[n] = ring[0]
    return n + 1


@compiled
def _turns_left(ring: Floats) -> bool:
    """Say whether a closed ring runs counter-clockwise."""
    total = 0.0
    for k in range(len(ring) - 1):
        total += ring[k, 0] * ring[k + 1, 1] - ring[k + 1, 0] * ring[k, 1]
    return total > 0.0
