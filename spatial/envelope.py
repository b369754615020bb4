"""The nearest wall in every direction: a lower envelope of segments round an observer at (0, 0).

Directions are vectors, kept as they come: a corner's direction is the corner itself, so that nothing is rounded.
Their order is a key, 0 at the start of the view and growing counter-clockwise up to 4 for the whole turn. A
segment from a counter-clockwise to b lies at distance 1 / (g . d) in direction d, with g linear in its ends:
between two directions two segments cross at most once, and the signs at both ends say all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

RIM = -1
# Columns of a segment: its ends, its g, the keys of its ends, the square of its least distance.
AX, AY, BX, BY, GX, GY, KA, KB, NEAR2 = range(9)
COLUMNS = 9

# Two walls count as one where their distances differ by less than this share.
_SAME = 1e-12


class Pieces(NamedTuple):
    """Where each piece of the envelope begins (key and direction) and which segment it shows; the last one ends it."""

    key: Floats
    x: Floats
    y: Floats
    seg: Ints


@compiled
def pieces_for(size: int) -> Pieces:
    """Return room for so many pieces."""
    return Pieces(np.empty(size), np.empty(size), np.empty(size), np.empty(size, dtype=np.intp))


@compiled
def turn_of(x: float, y: float) -> float:
    """Return a number that grows with the angle of a direction, 0 east, 1 north, below 4."""
    size = abs(x) + abs(y)
    if y >= 0.0:
        return y / size if x >= 0.0 else 1.0 - x / size
    return 2.0 - y / size if x < 0.0 else 3.0 + x / size


@compiled
def key_of(x: float, y: float, zero: float) -> float:
    """Return the key of a direction in a view that starts at the turn `zero`."""
    key = turn_of(x, y) - zero
    return key + 4.0 if key < 0.0 else key


@compiled
def put(pieces: Pieces, at: int, key: float, x: float, y: float, seg: int) -> None:
    """Write one piece."""
    pieces.key[at] = key
    pieces.x[at] = x
    pieces.y[at] = y
    pieces.seg[at] = seg


@compiled
def locate(pieces: Pieces, count: int, key: float) -> int:
    """Return the piece that holds a key: the last that does not begin after it."""
    low, high = 0, count
    while high - low > 1:
        middle = (low + high) // 2
        if pieces.key[middle] <= key:
            low = middle
        else:
            high = middle
    return low


@compiled
def lead(segs: Floats, new: int, old: int, x: float, y: float) -> float:
    """Return how much nearer segment `new` is than `old` in a direction, as 1/distance; 0 where they meet."""
    if old == RIM:
        return 1.0
    mine = segs[new, GX] * x + segs[new, GY] * y
    lead = mine - (segs[old, GX] * x + segs[old, GY] * y)
    return 0.0 if abs(lead) <= _SAME * abs(mine) else lead


@compiled
def shows(
    pieces: Pieces,
    count: int,
    segs: Floats,
    e: int,
    k0: float,
    d0: tuple[float, float],
    k1: float,
    d1: tuple[float, float],
) -> bool:
    """Say whether any of segment e between two directions stands before the envelope."""
    j = locate(pieces, count, k0)
    x, y = d0
    while True:
        if lead(segs, e, pieces.seg[j], x, y) > 0.0:
            return True
        j += 1
        if j > count or pieces.key[j] >= k1:
            return lead(segs, e, pieces.seg[j - 1], d1[0], d1[1]) > 0.0
        x, y = pieces.x[j], pieces.y[j]
        if lead(segs, e, pieces.seg[j - 1], x, y) > 0.0:
            return True


@compiled
def insert(
    pieces: Pieces,
    count: int,
    spare: Pieces,
    segs: Floats,
    e: int,
    k0: float,
    d0: tuple[float, float],
    k1: float,
    d1: tuple[float, float],
) -> int:
    """Lay segment e over the envelope between two directions; return the new number of pieces, -1 if no room."""
    if k1 <= k0:
        return count
    first = locate(pieces, count, k0)
    size = len(spare.key)
    n, j, won = 0, first, False
    put(spare, 0, pieces.key[first], pieces.x[first], pieces.y[first], pieces.seg[first])
    if pieces.key[first] < k0:
        n = 1
    lk, lx, ly = k0, d0[0], d0[1]
    while True:
        if n + 4 > size:
            return -1
        last = pieces.key[j + 1] >= k1
        rk, rx, ry = (k1, d1[0], d1[1]) if last else (pieces.key[j + 1], pieces.x[j + 1], pieces.y[j + 1])
        old = pieces.seg[j]
        left, right = lead(segs, e, old, lx, ly), lead(segs, e, old, rx, ry)
        before = old if left < 0.0 or (left == 0.0 and right <= 0.0) else e
        after = old if right < 0.0 or (right == 0.0 and left <= 0.0) else e
        won = won or before == e or after == e
        if n == 0 or spare.seg[n - 1] != before:
            put(spare, n, lk, lx, ly, before)
            n += 1
        if after != before and left * right < 0.0:
            share = abs(left) / (abs(left) + abs(right))
            cx, cy = lx + share * (rx - lx), ly + share * (ry - ly)
            ck = key_of(cx, cy, _zero(lk, lx, ly))
            if not lk <= ck <= rk:
                ck = lk if share < 0.5 else rk
            put(spare, n, ck, cx, cy, after)
            n += 1
        if last:
            break
        j, lk, lx, ly = j + 1, rk, rx, ry
    if not won:
        return count
    if pieces.key[j + 1] > k1 and spare.seg[n - 1] != pieces.seg[j]:
        put(spare, n, k1, d1[0], d1[1], pieces.seg[j])
        n += 1
    return _splice(pieces, count, spare, first, j + 1, n)


@compiled
def _zero(key: float, x: float, y: float) -> float:
    """Return the turn at which the view starts, from a direction whose key is known."""
    zero = turn_of(x, y) - key
    return zero + 4.0 if zero < 0.0 else zero


@compiled
def _splice(pieces: Pieces, count: int, spare: Pieces, first: int, stop: int, n: int) -> int:
    """Put n pieces in the place of first:stop; the end piece moves too."""
    shift = n - (stop - first)
    if count + shift + 1 > len(pieces.key):
        return -1
    if shift > 0:
        for k in range(count, stop - 1, -1):
            put(pieces, k + shift, pieces.key[k], pieces.x[k], pieces.y[k], pieces.seg[k])
    elif shift < 0:
        for k in range(stop, count + 1):
            put(pieces, k + shift, pieces.key[k], pieces.x[k], pieces.y[k], pieces.seg[k])
    for k in range(n):
        put(pieces, first + k, spare.key[k], spare.x[k], spare.y[k], spare.seg[k])
    return count + shift


@compiled
def tidy(pieces: Pieces, count: int, least: float) -> int:
    """Join neighbours that show the same segment and pieces narrower than a key; return the number left."""
    n = 0
    for i in range(count):
        narrow = pieces.key[i + 1] - pieces.key[i] < least
        if n > 0 and (narrow or pieces.seg[n - 1] == pieces.seg[i]):
            continue
        if n == 0 and narrow and i + 1 < count:
            pieces.seg[i] = pieces.seg[i + 1]
        put(pieces, n, pieces.key[i], pieces.x[i], pieces.y[i], pieces.seg[i])
        n += 1
    put(pieces, n, pieces.key[count], pieces.x[count], pieces.y[count], RIM)
    return n
