"""The rim of a view, a polygon of chords: what lies within it, and the ring of corners that a view makes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled, inlined
from spatial.envelope import AX, AY, BX, BY, KEY, RIM, SEG, X, Y

Floats = NDArray[np.float64]

# Corners nearer than this are one, and narrower gaps are none: they would not survive the rounding of coordinates of
# 1e6 m, and nobody looks through them.
NARROW_M = 1e-8


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


@inlined
def _side(rim: Rim, x: float, y: float) -> int:
    """Return the side of the rim in a direction."""
    chords = len(rim.side)
    turn = (np.arctan2(y, x) - 0.5 * np.pi) / (2.0 * np.pi)
    return int((turn - np.floor(turn)) * chords) % chords


@inlined
def rim_distance(rim: Rim, radius: float, way: tuple[float, float]) -> float:
    """Return how many times a direction reaches to the rim; of a unit vector, metres."""
    x, y = way
    side = _side(rim, x, y)
    return float(radius * rim.inner / (x * rim.side[side, 0] + y * rim.side[side, 1]))


@inlined
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


@inlined
def clip(rim: Rim, radius: float, ends: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the part of the way from a to b that lies within the rim; from 1 to 0 if none does."""
    ax, ay, bx, by = ends
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
def _push(ring: Floats, n: int, x: float, y: float) -> int:
    """Add a corner unless it is the last one again; return the new number."""
    if n > 0 and abs(ring[n - 1, 0] - x) + abs(ring[n - 1, 1] - y) < NARROW_M:
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
    far = rim_distance(rim, radius, (x, y))
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
def ring_of(view: tuple[Floats, int], segs: Floats, reach: tuple[Rim, float, bool]) -> Floats:
    """Return the closed ring of a view (pieces and their number), counter-clockwise.

    reach  the rim, its radius, and whether the view goes all round; if not, the observer is a corner of the ring
    """
    pieces, count = view
    rim, radius, whole = reach
    ring = np.empty((2 * count + 2 * len(rim.side) + 8, 2))
    n = 0 if whole else _push(ring, 0, 0.0, 0.0)
    for i in range(count):
        e = int(pieces[i, SEG])
        if e == RIM:
            n = _push_arc(ring, n, rim, radius, pieces, i)
        else:
            n = _push_wall(ring, n, segs, e, pieces[i, X], pieces[i, Y])
            n = _push_wall(ring, n, segs, e, pieces[i + 1, X], pieces[i + 1, Y])
    while n > 1 and abs(ring[n - 1, 0] - ring[0, 0]) + abs(ring[n - 1, 1] - ring[0, 1]) < NARROW_M:
        n -= 1
    ring[n] = ring[0]
    return ring[: n + 1] if n > 2 else ring[:0]
