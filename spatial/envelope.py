"""The nearest wall in every direction: a lower envelope of segments round an observer at (0, 0).

Directions are vectors, kept as they come: a corner's direction is the corner itself, so that nothing is rounded.
Their order is a key, 0 at the start of the view and growing counter-clockwise up to 4 for the whole turn. A
segment from a counter-clockwise to b lies at distance 1 / (g . d) in direction d, with g linear in its ends:
between two directions two segments cross at most once, and the signs at both ends say all.
"""

from __future__ import annotations

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


# Columns of a piece: the key and direction at which it begins, and the segment it shows. The last one only ends.
KEY, X, Y, SEG = range(4)


@compiled
def turn_of(x: float, y: float) -> float:
    """Return a number that grows with the angle of a direction, 0 east, 1 north, below 4."""
    east = x / (abs(x) + abs(y))
    return 1.0 - east if y >= 0.0 else 3.0 + east


@compiled
def key_of(x: float, y: float, zero: float) -> float:
    """Return the key of a direction in a view that starts at the turn `zero`."""
    key = turn_of(x, y) - zero
    return key + 4.0 if key < 0.0 else key


@compiled
def put(pieces: Floats, at: int, key: float, x: float, y: float, seg: float) -> None:
    """Write one piece."""
    pieces[at, KEY] = key
    pieces[at, X] = x
    pieces[at, Y] = y
    pieces[at, SEG] = seg


@compiled
def locate(pieces: Floats, count: int, key: float) -> int:
    """Return the piece that holds a key: the last that does not begin after it."""
    low, left = 0, count
    while left > 1:
        half = left // 2
        low = low + half if pieces[low + half, KEY] <= key else low
        left -= half
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
    pieces: Floats,
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
        if lead(segs, e, int(pieces[j, SEG]), x, y) > 0.0:
            return True
        j += 1
        if j > count or pieces[j, KEY] >= k1:
            return lead(segs, e, int(pieces[j - 1, SEG]), d1[0], d1[1]) > 0.0
        x, y = pieces[j, X], pieces[j, Y]
        if lead(segs, e, int(pieces[j - 1, SEG]), x, y) > 0.0:
            return True


@compiled
def insert(
    pieces: Floats,
    count: int,
    spare: Floats,
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
    size = len(spare)
    n, j, won = 0, first, False
    put(spare, 0, pieces[first, KEY], pieces[first, X], pieces[first, Y], pieces[first, SEG])
    if pieces[first, KEY] < k0:
        n = 1
    lk, lx, ly = k0, d0[0], d0[1]
    while True:
        if n + 4 > size:
            return -1
        last = pieces[j + 1, KEY] >= k1
        rk, rx, ry = (k1, d1[0], d1[1]) if last else (pieces[j + 1, KEY], pieces[j + 1, X], pieces[j + 1, Y])
        old = int(pieces[j, SEG])
        left, right = lead(segs, e, old, lx, ly), lead(segs, e, old, rx, ry)
        before = old if left < 0.0 or (left == 0.0 and right <= 0.0) else e
        after = old if right < 0.0 or (right == 0.0 and left <= 0.0) else e
        won = won or before == e or after == e
        if n == 0 or spare[n - 1, SEG] != before:
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
    if pieces[j + 1, KEY] > k1 and spare[n - 1, SEG] != pieces[j, SEG]:
        put(spare, n, k1, d1[0], d1[1], pieces[j, SEG])
        n += 1
    return _splice(pieces, count, spare, first, j + 1, n)


@compiled
def _zero(key: float, x: float, y: float) -> float:
    """Return the turn at which the view starts, from a direction whose key is known."""
    zero = turn_of(x, y) - key
    return zero + 4.0 if zero < 0.0 else zero


@compiled
def _splice(pieces: Floats, count: int, spare: Floats, first: int, stop: int, n: int) -> int:
    """Put n pieces in the place of first:stop; the end piece moves too."""
    shift = n - (stop - first)
    if count + shift + 1 > len(pieces):
        return -1
    if shift > 0:
        for k in range(count, stop - 1, -1):
            put(pieces, k + shift, pieces[k, KEY], pieces[k, X], pieces[k, Y], pieces[k, SEG])
    elif shift < 0:
        for k in range(stop, count + 1):
            put(pieces, k + shift, pieces[k, KEY], pieces[k, X], pieces[k, Y], pieces[k, SEG])
    for k in range(n):
        put(pieces, first + k, spare[k, KEY], spare[k, X], spare[k, Y], spare[k, SEG])
    return count + shift


@compiled
def tidy(pieces: Floats, count: int, least: float) -> int:
    """Join neighbours that show the same segment and pieces narrower than a key; return the number left."""
    n = 0
    for i in range(count):
        narrow = pieces[i + 1, KEY] - pieces[i, KEY] < least
        if n > 0 and (narrow or pieces[n - 1, SEG] == pieces[i, SEG]):
            continue
        if n == 0 and narrow and i + 1 < count:
            pieces[i, SEG] = pieces[i + 1, SEG]
        put(pieces, n, pieces[i, KEY], pieces[i, X], pieces[i, Y], pieces[i, SEG])
        n += 1
    put(pieces, n, pieces[count, KEY], pieces[count, X], pieces[count, Y], RIM)
    return n
