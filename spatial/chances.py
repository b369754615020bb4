"""Compiled arithmetic of chances: when a camera of uncertain aim sees a place, and whether anybody does.

A camera sees a place when its heading is off the bearing by an angle within a window, to either side. The window
depends on the variant of its optics (`spatial.doubts`). Headings of a belief are bins; a heading is found from a
number u of 0..1 through their sums. Heads of one pole share u, each at an offset of its own, so that they look apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Degrees; 32 bits where there are many variants, else 64. From above to says that no heading will do.
Windows = NDArray[np.float32] | NDArray[np.float64]
Ticks = NDArray[np.uint32]

_AT_THE_POLE_M = 1e-9
# Stretches of u at which one head sees a place: up to two windows, each in two parts where it passes 1.
_SPANS = 4


@compiled
def window_of(distance_m: float, footprint: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the angles off the heading, degrees, between which a place is in the footprint; from 1 to 0 for none.

    footprint  near_m, far_m, slope, offset_m
    The same formula as `optics.aim_window`.
    """
    near_m, far_m, slope, offset_m = footprint
    distance = max(distance_m, _AT_THE_POLE_M)
    sine = offset_m / (distance * np.sqrt(1.0 + slope * slope))
    side = np.pi if sine >= 1.0 else np.arctan(slope) + np.arcsin(max(sine, -1.0))
    near = np.arccos(min(max(near_m / distance, -1.0), 1.0))
    far = np.arccos(min(max(far_m / distance, -1.0), 1.0))
    high = min(side, near)
    if high <= far:
        return 1.0, 0.0
    return np.degrees(far), np.degrees(high)


@compiled
def windows_of(distance_m: Floats, row: Ints, footprints: Floats) -> Floats:
    """Return the windows (n, v, 2) of n pairs; footprints (rows, v, 4) near, far, slope, offset; row (n,) of each."""
    count, variants = len(distance_m), footprints.shape[1]
    found = np.empty((count, variants, 2))
    for n in range(count):
        for v in range(variants):
            near, far, slope, offset = footprints[row[n], v]
            low, high = window_of(distance_m[n], (near, far, slope, offset))
            found[n, v, 0], found[n, v, 1] = low, high
    return found


@compiled
def _below(sums: Floats, turn: float) -> float:
    """Return the chance of a heading between north and `turn` turns on, which may be any number of turns."""
    whole = np.floor(turn)
    at = (turn - whole) * (len(sums) - 1)
    k = min(int(at), len(sums) - 2)
    return float(whole + sums[k] + (at - k) * (sums[k + 1] - sums[k]))


@compiled
def _add_window(spans: Floats, n: int, start: float, length: float, offset: float) -> int:
    """Add a stretch of the circle of u, cut in two where it passes 1; return the new number."""
    if length <= 0.0:
        return n
    begin = start - offset
    begin -= np.floor(begin)
    end = begin + min(length, 1.0)
    spans[n, 0], spans[n, 1] = begin, min(end, 1.0)
    n += 1
    if end > 1.0:
        spans[n, 0], spans[n, 1] = 0.0, end - 1.0
        n += 1
    return n


@compiled
def _add_head(
    spans: Floats, n: int, sums: Floats, bearing: float, low: float, high: float, offset: float
) -> int:
    """Add the stretches of u at which a head sees a place that bears so many degrees from it."""
    if high <= low:
        return n
    if low == 0.0:
        first = _below(sums, (bearing - high) / 360.0)
        return _add_window(spans, n, first, _below(sums, (bearing + high) / 360.0) - first, offset)
    for a, b in ((bearing - high, bearing - low), (bearing + low, bearing + high)):
        first = _below(sums, a / 360.0)
        n = _add_window(spans, n, first, _below(sums, b / 360.0) - first, offset)
    return n


@compiled
def _covered(spans: Floats, n: int) -> float:
    """Return how much of 0..1 the first n spans cover together; they are sorted in place."""
    for i in range(1, n):
        begin, end, k = spans[i, 0], spans[i, 1], i
        while k > 0 and spans[k - 1, 0] > begin:
            spans[k, 0], spans[k, 1] = spans[k - 1, 0], spans[k - 1, 1]
            k -= 1
        spans[k, 0], spans[k, 1] = begin, end
    total, reached = 0.0, 0.0
    for i in range(n):
        if spans[i, 1] > reached:
            total += spans[i, 1] - max(spans[i, 0], reached)
            reached = spans[i, 1]
    return min(total, 1.0)


@compiled
def _aimed_sees(heading: float, bearing: float, low: float, high: float) -> bool:
    """Say whether a camera of known heading has the bearing in its window."""
    off = abs((bearing - heading + 180.0) % 360.0 - 180.0)
    return low <= off <= high


@compiled
def chances_of(
    pair: tuple[Ints, Floats, Windows],
    aim: tuple[Floats, Floats],
    weights: tuple[Floats, Floats],
) -> Floats:
    """Return the chance (n,) that each pair's camera sees its place, over headings and variants.

    pair     camera (n,), bearing_deg (n,), windows (n, v, 2)
    aim      heading_deg (c,), NaN where it is not known; sums (c, bins + 1) of the chances of the bins
    weights  chance of each common step (s,), and of each tilt by camera (c, t); v = s * t, or 1
    """
    camera, bearing, windows = pair
    heading, sums = aim
    common, tilt = weights
    found = np.zeros(len(camera))
    spans = np.empty((_SPANS, 2))
    steps = tilt.shape[1] if windows.shape[1] > 1 else 1
    for n in range(len(camera)):
        c = camera[n]
        for v in range(windows.shape[1]):
            weight = 1.0 if windows.shape[1] == 1 else common[v // steps] * tilt[c, v % steps]
            low, high = windows[n, v]
            if not np.isnan(heading[c]):
                found[n] += weight * _aimed_sees(heading[c], bearing[n], low, high)
            else:
                found[n] += weight * _covered(spans, _add_head(spans, 0, sums[c], bearing[n], low, high, 0.0))
    return found


@compiled
def unseen_of(
    pair: tuple[Ints, Ints, Floats, Windows],
    aim: tuple[Floats, Floats, Ints, Floats],
    weights: tuple[Floats, Floats],
) -> Floats:
    """Return the chance (places, s) that nobody sees each of the places that occur, given each common step.

    pair     point (n,) ascending, camera (n,), bearing_deg (n,), windows (n, v, 2)
    aim      heading_deg (c,), sums (c, bins + 1), pole (c,), offset (c,) of each head on its pole
    weights  as `chances_of`
    Poles are independent; heads of a pole see a place at the stretches of u that theirs cover together.
    """
    point, camera = pair[0], pair[1]
    pole, common = aim[2], weights[0]
    starts = np.flatnonzero(np.diff(point)) + 1
    unseen = np.ones((len(starts) + (len(point) > 0), len(common)))
    bounds = np.concatenate((np.zeros(1, dtype=np.int64), starts, np.full(1, len(point))))
    # However many heads a pole has, there is room for all that may see one place.
    spans = np.empty((_SPANS * np.diff(bounds).max(), 2))
    for k in range(len(unseen)):
        start, stop = bounds[k], bounds[k + 1]
        for first in range(start, stop):
            if _met(pole, camera, start, first):
                continue
            for s in range(len(common)):
                if pair[3].shape[1] == 1 and s > 0:
                    unseen[k, s] = unseen[k, 0]
                else:
                    unseen[k, s] *= max(1.0 - _pole_sees(pair, aim, weights[1], (first, stop, s), spans), 0.0)
    return unseen


@compiled
def _met(pole: Ints, camera: Ints, start: int, first: int) -> bool:
    """Say whether a pole was met already among the pairs from start on."""
    before = False
    for other in range(start, first):
        before = before or pole[camera[other]] == pole[camera[first]]
    return before


@compiled
def _pole_sees(
    pair: tuple[Ints, Ints, Floats, Windows],
    aim: tuple[Floats, Floats, Ints, Floats],
    tilt: Floats,
    where: tuple[int, int, int],
    spans: Floats,
) -> float:
    """Return the chance that any head of a pole sees a place: pairs from first to stop, at a common step."""
    _point, camera, bearing, windows = pair
    heading, sums, pole, offset = aim
    first, stop, s = where
    steps = tilt.shape[1] if windows.shape[1] > 1 else 1
    seen = 0.0
    for t in range(steps):
        v = s * steps + t if windows.shape[1] > 1 else 0
        n, surely = 0, False
        for other in range(first, stop):
            c = camera[other]
            if pole[c] != pole[camera[first]]:
                continue
            low, high = windows[other, v]
            if not np.isnan(heading[c]):
                surely = surely or _aimed_sees(heading[c], bearing[other], low, high)
            else:
                n = _add_head(spans, n, sums[c], bearing[other], low, high, offset[c])
        weight = 1.0 if steps == 1 else tilt[camera[first], t]
        seen += weight * (1.0 if surely else _covered(spans, n))
    return seen


@compiled
def drawn_seen(
    pair: tuple[Ints, NDArray[np.int32], Ticks], drawn: tuple[NDArray[np.int32], NDArray[np.uint8]]
) -> NDArray[np.bool_]:
    """Return (n, draws) whether each pair's camera, as drawn, sees its place.

    pair   camera (n,), bearing (n,), windows (n, v, 2), all angles in ticks (2**32 a turn); from above to is none
    drawn  heading (c, draws) in ticks, and variant (c, draws)
    """
    camera, bearing, windows = pair
    heading, variant = drawn
    seen = np.empty((len(camera), heading.shape[1]), dtype=np.bool_)
    single = windows.shape[1] == 1
    for n in range(len(camera)):
        c = camera[n]
        for j in range(heading.shape[1]):
            v = 0 if single else variant[c, j]
            # 32-bit differences wrap round by themselves; half a turn has no positive twin and is right unsigned.
            off = np.uint32(abs(np.int64(np.int32(bearing[n] - heading[c, j]))))
            seen[n, j] = windows[n, v, 0] <= off <= windows[n, v, 1]
    return seen


@compiled
def drawn_counts(seen: NDArray[np.bool_], starts: Ints) -> NDArray[np.int64]:
    """Return how many rows of `seen` (n, draws) are true in each group that begins at `starts` (g,)."""
    counts = np.zeros((len(starts), seen.shape[1]), dtype=np.int64)
    for g in range(len(starts)):
        stop = starts[g + 1] if g + 1 < len(starts) else len(seen)
        for n in range(starts[g], stop):
            for j in range(seen.shape[1]):
                counts[g, j] += seen[n, j]
    return counts
