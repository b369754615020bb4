"""The nearest wall in every direction: a lower envelope of segments round an observer at (0, 0).

Directions are vectors, kept as they come: a corner's direction is the corner itself, so that nothing is rounded.
Their order is a key, 0 at the start of the view and growing counter-clockwise up to 4 for the whole turn. A
segment from a counter-clockwise to b lies at distance 1 / (g . d) in direction d, with g linear in its ends:
between two directions two segments cross at most once, and the signs at both ends say all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled, inlined

Floats = NDArray[np.float64]
# Key and direction at which a stretch of the view begins, and at which it ends.
Span = tuple[float, float, float, float, float, float]

RIM = -1
# Columns of a segment: its ends, its g, the keys of its ends, the square of its least distance.
AX, AY, BX, BY, GX, GY, KA, KB, NEAR2 = range(9)
COLUMNS = 9

# Two walls count as one where their distances differ by less than this share.
_SAME = 1e-12


# Columns of a piece: the key and direction at which it begins, and the segment it shows. The last one only ends.
KEY, X, Y, SEG = range(4)


@inlined
def turn_of(x: float, y: float) -> float:
    """Return a number that grows with the angle of a direction, 0 east, 1 north, below 4."""
    east = x / (abs(x) + abs(y))
    return 1.0 - east if y >= 0.0 else 3.0 + east


@inlined
def key_of(x: float, y: float, zero: float) -> float:
    """Return the key of a direction in a view that starts at the turn `zero`."""
    key = turn_of(x, y) - zero
    return key + 4.0 if key < 0.0 else key


@inlined
def put(pieces: Floats, at: int, piece: tuple[float, float, float, float]) -> None:
    """Write one piece."""
    pieces[at, KEY], pieces[at, X], pieces[at, Y], pieces[at, SEG] = piece


@inlined
def locate(pieces: Floats, count: int, key: float) -> int:
    """Return the piece that holds a key: the last that does not begin after it."""
    low, left = 0, count
    while left > 1:
        half = left // 2
        low = low + half if pieces[low + half, KEY] <= key else low
        left -= half
    return low


@inlined
def lead(segs: Floats, pair: tuple[int, int], way: tuple[float, float]) -> float:
    """Return how much nearer the first segment of a pair is than the second in a direction, as 1/distance.

    0 where they meet; any segment is nearer than the rim, by which all are cut.
    """
    new, old = pair
    if old == RIM:
        return 1.0
    mine = segs[new, GX] * way[0] + segs[new, GY] * way[1]
    lead = mine - (segs[old, GX] * way[0] + segs[old, GY] * way[1])
    return 0.0 if abs(lead) <= _SAME * abs(mine) else lead


@compiled
def shows(view: tuple[Floats, int], wall: tuple[Floats, int], span: Span) -> bool:
    """Say whether anything of a segment (their table, its row) stands before the envelope in a span."""
    pieces, count = view
    segs, e = wall
    j = locate(pieces, count, span[0])
    way = (span[1], span[2])
    while True:
        if lead(segs, (e, int(pieces[j, SEG])), way) > 0.0:
            return True
        j += 1
        if j > count or pieces[j, KEY] >= span[3]:
            return lead(segs, (e, int(pieces[j - 1, SEG])), (span[4], span[5])) > 0.0
        way = (pieces[j, X], pieces[j, Y])
        if lead(segs, (e, int(pieces[j - 1, SEG])), way) > 0.0:
            return True


@inlined
def insert(view: tuple[Floats, int, Floats], wall: tuple[Floats, int], span: Span) -> int:
    """Lay a segment (their table, its row) over the envelope in a span; return the new number of pieces.

    view  the pieces, their number, and as much room again to work in. Returns -1 if there is too little of it
    """
    pieces, count, spare = view
    segs, e = wall
    k0, x0, y0, k1, x1, y1 = span
    if k1 <= k0:
        return count
    j = first = locate(pieces, count, k0)
    _copy(pieces, first, spare, 0)
    n = 1 if pieces[first, KEY] < k0 else 0
    lk, lx, ly, won = k0, x0, y0, False
    while True:
        if n + 4 > len(spare):
            return -1
        last = pieces[j + 1, KEY] >= k1
        rk, rx, ry = (k1, x1, y1) if last else (pieces[j + 1, KEY], pieces[j + 1, X], pieces[j + 1, Y])
        old = int(pieces[j, SEG])
        left, right = lead(segs, (e, old), (lx, ly)), lead(segs, (e, old), (rx, ry))
        won = won or left > 0.0 or right > 0.0
        n = _between(spare, n, (lk, lx, ly, rk, rx, ry), (left, right, e, old))
        if last:
            break
        j, lk, lx, ly = j + 1, rk, rx, ry
    if not won:
        return count
    if pieces[j + 1, KEY] > k1 and spare[n - 1, SEG] != pieces[j, SEG]:
        put(spare, n, (k1, x1, y1, pieces[j, SEG]))
        n += 1
    return _splice(pieces, count, spare, first, j + 1, n)


@inlined
def _between(spare: Floats, n: int, span: Span, leads: tuple[float, float, int, int]) -> int:
    """Add what shows where a new and an old segment meet in a span: one of them, or each on its side."""
    lk, lx, ly, rk, rx, ry = span
    left, right, new, old = leads
    before = old if left < 0.0 or (left == 0.0 and right <= 0.0) else new
    after = old if right < 0.0 or (right == 0.0 and left <= 0.0) else new
    if n == 0 or spare[n - 1, SEG] != before:
        put(spare, n, (lk, lx, ly, before))
        n += 1
    if after != before and left * right < 0.0:
        share = abs(left) / (abs(left) + abs(right))
        x, y = lx + share * (rx - lx), ly + share * (ry - ly)
        key = key_of(x, y, _zero(lk, lx, ly))
        if not lk <= key <= rk:
            key = lk if share < 0.5 else rk
        put(spare, n, (key, x, y, after))
        n += 1
    return n


@inlined
def _zero(key: float, x: float, y: float) -> float:
    """Return the turn at which the view starts, from a direction whose key is known."""
    zero = turn_of(x, y) - key
    return zero + 4.0 if zero < 0.0 else zero


@inlined
def _copy(source: Floats, i: int, target: Floats, k: int) -> None:
    """Write one piece as another."""
    put(target, k, (source[i, KEY], source[i, X], source[i, Y], source[i, SEG]))


@inlined
def _splice(pieces: Floats, count: int, spare: Floats, first: int, stop: int, n: int) -> int:
    """Put n pieces in the place of first:stop; the end piece moves too."""
    shift = n - (stop - first)
    if count + shift + 1 > len(pieces):
        return -1
    if shift > 0:
        for k in range(count, stop - 1, -1):
            _copy(pieces, k, pieces, k + shift)
    elif shift < 0:
        for k in range(stop, count + 1):
            _copy(pieces, k, pieces, k + shift)
    for k in range(n):
        _copy(spare, k, pieces, first + k)
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
        _copy(pieces, i, pieces, n)
        n += 1
    _copy(pieces, count, pieces, n)
    return n
