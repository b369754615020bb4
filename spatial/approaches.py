"""The ways to a place: junctions and ends of streets from which one comes to it. Light to import: numpy alone.

Sections of street meet where an end of one touches another, or where two cross. What passes over a bridge is taken to
meet what it crosses: lists of streets do not tell.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Ends that lie this near to a street touch it: lists round to centimetres, surveys err by a hand.
_TOUCH_M = 0.3


@dataclass(frozen=True, slots=True)
class Approach:
    """A junction or an end of a street near a place.

    east_m, north_m  where it lies, metres in the plane of the sections
    along_m          how far it is to the place along the streets
    section          by which section one leaves it for the place, its number in the list
    dead_end         whether no other street leads on from it
    """

    east_m: float
    north_m: float
    along_m: float
    section: int
    dead_end: bool


@dataclass(frozen=True, slots=True)
class _Street:
    """Ways between neighbouring nodes: to whom, how many metres, by which section; and how many ways meet at each."""

    nodes: Floats
    ways: dict[int, list[tuple[int, float, int]]]
    meet: dict[int, int]


def approaches(
    place: tuple[float, float],
    sections: Sequence[Floats],
    *,
    reach_m: float,
    ends_m: float,
    snap_m: float,
) -> list[Approach]:
    """Return the junctions and ends within reach of a place along the streets, the nearest first.

    place     east and north, metres in one plane with the sections
    sections  (n, 2) points of a middle line each, at least two
    reach_m   how far along the streets
    ends_m    the first junctions or ends on either side count up to this distance; not below reach_m
    snap_m    a place farther than this from every street has no approach
    A point where just two sections join leads nowhere else and is none.
    """
    lines = [line for line in sections if len(line) > 1]
    if not lines:
        return []
    numbers = [number for number, line in enumerate(sections) if len(line) > 1]
    pieces = _Pieces.of(lines)
    here = pieces.near(np.array([place], dtype=np.float64), within_m=snap_m)
    if not len(here.piece):
        return []
    nearest = int(np.argmin(here.off_m))
    street = _street(pieces, start=(int(here.piece[nearest]), float(here.along_m[nearest])))
    found = [
        Approach(
            float(street.nodes[node, 0]),
            float(street.nodes[node, 1]),
            along_m,
            numbers[section],
            street.meet[node] == 1,
        )
        for node, (along_m, section, first) in _reached(street, limit_m=max(reach_m, ends_m)).items()
        if street.meet[node] != 2 and (along_m <= reach_m or first)
    ]
    return sorted(found, key=lambda each: (each.along_m, each.east_m, each.north_m))


@dataclass(frozen=True, slots=True)
class _Near:
    """Points that lie near pieces, a row a pair: both numbers, how far off, and where along its section, metres."""

    point: NDArray[np.int64]
    piece: NDArray[np.int64]
    off_m: Floats
    along_m: Floats


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Straight pieces of all sections, a row each: begin, end, number of the section, metres of it before the piece."""

    begin: Floats
    end: Floats
    section: NDArray[np.int64]
    before_m: Floats

    @classmethod
    def of(cls, lines: Sequence[Floats]) -> _Pieces:
        lengths = [np.hypot(*np.diff(line, axis=0).T) for line in lines]
        return cls(
            np.concatenate([line[:-1] for line in lines]),
            np.concatenate([line[1:] for line in lines]),
            np.repeat(np.arange(len(lines)), [len(each) for each in lengths]),
            np.concatenate([np.cumsum(each) - each for each in lengths]),
        )

    def near(self, points: Floats, *, within_m: float) -> _Near:
        """Return which points (n, 2) lie within a distance of which pieces."""
        low, high = self._boxes()
        # Few boxes hold a point: asked coordinate by coordinate, for that is many times faster than to measure all.
        meet = np.ones((len(points), len(low)), dtype=bool)
        for axis in (0, 1):
            meet &= low[:, axis] - within_m <= points[:, None, axis]
            meet &= points[:, None, axis] <= high[:, axis] + within_m
        point, piece = np.nonzero(meet)
        run = (self.end - self.begin)[piece]
        square = np.maximum((run**2).sum(axis=1), 1e-18)
        gap = points[point] - self.begin[piece]
        share = np.clip((gap * run).sum(axis=1) / square, 0.0, 1.0)
        off_m = np.hypot(*(gap - share[:, None] * run).T)
        kept = off_m <= within_m
        along_m = self.before_m[piece] + share * np.sqrt(square)
        return _Near(point[kept], piece[kept], off_m[kept], along_m[kept])

    def _boxes(self) -> tuple[Floats, Floats]:
        return np.minimum(self.begin, self.end), np.maximum(self.begin, self.end)

    def crossings(self) -> Floats:
        """Return where pieces of different sections cross, (n, 2)."""
        run = self.end - self.begin
        low, high = self._boxes()
        meet = self.section[:, None] < self.section
        for axis in (0, 1):
            meet &= low[:, None, axis] <= high[:, axis]
            meet &= low[:, axis] <= high[:, None, axis]
        one, other = np.nonzero(meet)
        gap = self.begin[other] - self.begin[one]
        area = _cross(run[one], run[other])
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # parallel ones give no number, and cross nowhere
            s, t = _cross(gap, run[other]) / area, _cross(gap, run[one]) / area
        cross = (s > 0.0) & (s < 1.0) & (t > 0.0) & (t < 1.0)
        points: Floats = self.begin[one[cross]] + s[cross, None] * run[one[cross]]
        return points


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], dtype=np.float64)


def _street(pieces: _Pieces, *, start: tuple[int, float]) -> _Street:
    """Return the street graph; node 0 is the place, on a piece so many metres along its section."""
    nodes = _nodes(pieces)
    section = int(pieces.section[start[0]])
    stops: list[list[tuple[float, int]]] = [[] for _ in range(int(pieces.section[-1]) + 1)]
    touch = pieces.near(nodes, within_m=_TOUCH_M)
    for node, number, along_m in zip(touch.point, pieces.section[touch.piece], touch.along_m, strict=True):
        stops[number].append((float(along_m), int(node) + 1))
    ways: dict[int, list[tuple[int, float, int]]] = {node: [] for node in range(len(nodes) + 1)}
    meet = dict.fromkeys(ways, 0)
    for number, along in enumerate(stops):
        met = _once(along)
        for (_, a), (_, b) in pairwise(met):
            meet[a] += 1
            meet[b] += 1
        if number == section:
            met = sorted([*met, (start[1], 0)])
        for (before_m, a), (after_m, b) in pairwise(met):
            ways[a].append((b, after_m - before_m, number))
            ways[b].append((a, after_m - before_m, number))
    meet[0] = 2
    return _Street(np.vstack([np.full(2, np.nan), nodes]), ways, meet)


def _once(along: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Return the stops in order, one that two pieces of a bend share told once."""
    met: list[tuple[float, int]] = []
    for stop in sorted(along):
        if not (met and met[-1][1] == stop[1] and stop[0] - met[-1][0] <= 2.0 * _TOUCH_M):
            met.append(stop)
    return met


def _nodes(pieces: _Pieces) -> Floats:
    """Return ends of sections and crossings, those that touch each other told once."""
    first = np.flatnonzero(np.diff(pieces.section, prepend=-1))
    last = np.flatnonzero(np.diff(pieces.section, append=-1))
    points = np.vstack([pieces.begin[first], pieces.end[last], pieces.crossings()])
    # Most ends meet to the centimetre: told once, a quarter of them is left to measure.
    points = np.unique(np.round(points, 2), axis=0)
    near = np.hypot(*np.moveaxis(points[:, None] - points, 2, 0)) <= _TOUCH_M
    return np.asarray(points[np.argmax(near, axis=1) == np.arange(len(points))], dtype=np.float64)


def _reached(street: _Street, *, limit_m: float) -> dict[int, tuple[float, int, bool]]:
    """Return each node within a distance of the place: metres, by which section, and whether no junction lies between."""
    found: dict[int, tuple[float, int, bool]] = {}
    queue: list[tuple[float, int, int, bool]] = [(0.0, 0, -1, True)]
    while queue:
        along_m, node, section, first = heapq.heappop(queue)
        if node in found:
            continue
        found[node] = (along_m, section, first)
        onward = first and (node == 0 or street.meet[node] == 2)
        for other, length_m, by in street.ways[node]:
            if other not in found and along_m + length_m <= limit_m:
                heapq.heappush(queue, (along_m + length_m, other, by, onward))
    found.pop(0)
    return found
