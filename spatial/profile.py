"""One ray over the ground: where along it a target is seen past the ground, walls and roofs before it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled
from spatial.edges import Floats, Ints
from spatial.terrain import Surface, level_at

# What ends a stretch: the number of an edge, or one of these.
GROUND, RIM = -1, -2
# Columns of a stretch: its wedge; distance and cause of its near and its far end.
WEDGE, NEAR, NEAR_BY, FAR, FAR_BY = range(5)

# Stretches and gaps shorter than this are none.
LEAST_M = 1e-3
_EVEN = 1e-12
# Over what an observer stands is decided so far from him along a ray; edges nearer than that are under his foot.
START_M = 1e-6


class Ray(NamedTuple):
    """Where a ray starts, its unit direction, how far it goes and in which steps; elevation of the eye, height of the target."""

    x: float
    y: float
    east: float
    north: float
    far_m: float
    step_m: float
    eye_m: float
    target_m: float


class Hits(NamedTuple):
    """Edges that rays cross, the nearest first: distance, edge, elevation of its roof over the eye, +1 in or -1 out.

    Those of wedge w are first[w]:first[w + 1]; its ray begins over depth[w] obstacles, START_M from the observer.
    """

    first: Ints
    at_m: Floats
    edge: Ints
    lift_m: Floats
    way: NDArray[np.int8]
    depth: Ints


@compiled
def _shown(line: tuple[float, float], best: float, s0: float, s1: float) -> tuple[float, float]:
    """Return the part of s0..s1 in which a target is seen over the steepest sight line so far.

    line  a, b: the target's elevation over the eye at s is a + b s. Its slope a / s + b rises or falls throughout,
          so that it passes the steepest one at most once.
    """
    a, b = line
    if best == -np.inf:
        return s0, s1
    first = a / s0 + b if s0 > 0.0 else (-np.inf if a < 0.0 else np.inf)
    near, far = first >= best - _EVEN, a / s1 + b >= best - _EVEN
    if near == far:
        return s0, (s1 if near else s0)
    cross = min(max(a / (best - b), s0), s1)
    return (s0, cross) if near else (cross, s1)


@compiled
def _note(out: Floats, n: int, wedge: int, near: tuple[float, int], far: tuple[float, int]) -> int:
    """Write a stretch between two distances with their causes, or lengthen the last one that it continues.

    Returns the number of stretches; one without length is not written.
    """
    if far[0] <= near[0]:
        return n
    if n > 0 and out[n - 1, WEDGE] == wedge:
        if near[0] - out[n - 1, FAR] < LEAST_M:
            out[n - 1, FAR], out[n - 1, FAR_BY] = far
            return n
        if out[n - 1, FAR] - out[n - 1, NEAR] < LEAST_M:
            n -= 1
    out[n, WEDGE] = wedge
    out[n, NEAR], out[n, NEAR_BY] = near
    out[n, FAR], out[n, FAR_BY] = far
    return n + 1


@compiled
def _ahead(surface: Surface, ray: Ray, s: float, height_m: float) -> tuple[float, float, bool]:
    """Return the next step after s, the height there, and whether it is known; where not, it goes on level."""
    further = s + ray.step_m
    if further > ray.far_m - LEAST_M:
        further = ray.far_m
    there = level_at(surface, ray.x + further * ray.east, ray.y + further * ray.north)
    return (further, height_m, False) if np.isnan(there) else (further, there, True)


@compiled
def _close(out: Floats, n: int, wedge: int, far_m: float) -> int:
    """End the last stretch of a ray at the rim, or drop it if it is none; return the number of stretches."""
    if n > 0 and out[n - 1, WEDGE] == wedge:
        if out[n - 1, FAR] >= far_m:
            out[n - 1, FAR_BY] = RIM
        if out[n - 1, FAR] - out[n - 1, NEAR] < LEAST_M:
            return n - 1
    return n


@compiled
def march(over: tuple[Surface, Ray], met: tuple[Hits, int], found: tuple[Floats, int]) -> tuple[int, bool]:
    """Add the stretches of one ray to those found; return their number and whether all its ground was known.

    over   the ground and the ray
    met    what rays meet, and the wedge of this one
    The ground is a straight line between steps. A place under a roof is not seen. `found` has room for three more
    stretches than the ray has steps and hits.
    """
    (surface, ray), (hits, wedge), (out, n) = over, met, found
    k, depth, best, cause = hits.first[wedge], hits.depth[wedge], -np.inf, GROUND
    s, born, from_s, from_h = 0.0, GROUND, 0.0, level_at(surface, ray.x, ray.y)
    to_s, to_h, known = _ahead(surface, ray, 0.0, from_h)
    whole = known
    while True:
        at_hit = k < hits.first[wedge + 1] and hits.at_m[k] <= to_s
        s1 = max(hits.at_m[k], s) if at_hit else to_s
        if depth == 0 and s1 > s:
            slope = (to_h - from_h) / (to_s - from_s)
            line = (from_h - slope * from_s - ray.eye_m + ray.target_m, slope)
            low, high = _shown(line, best, s, s1)
            n = _note(out, n, wedge, (low, born if low <= s else cause), (high, cause))
            if at_hit and n > 0 and out[n - 1, WEDGE] == wedge and out[n - 1, FAR] == s1:
                out[n - 1, FAR_BY] = hits.edge[k]
        s, born = s1, cause
        if at_hit:
            if hits.lift_m[k] > best * s:
                best, cause = hits.lift_m[k] / s, hits.edge[k]
            depth += hits.way[k] if hits.at_m[k] > START_M else 0
            born = hits.edge[k]
            k += 1
            continue
        if to_h - ray.eye_m > best * s:
            best, cause = (to_h - ray.eye_m) / s, GROUND
        if s >= ray.far_m:
            return _close(out, n, wedge, ray.far_m), whole
        from_s, from_h = to_s, to_h
        to_s, to_h, known = _ahead(surface, ray, from_s, from_h)
        whole = whole and known
