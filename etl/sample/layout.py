"""The flat plan: a plane cut again and again by straight lines into blocks, alleys and lots.

Each cut ends on lines that are there already and leaves a node on them, so that the streets are a graph from the
first: lines meet at shared points only. Faces stay convex.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeAlias

XYPair: TypeAlias = tuple[float, float]

EDGE = -1
"""Label of a side that is no street: the rim of the plane, or a line between lots."""
_SNAP_M = 9.0


@dataclass(slots=True)
class Line:
    """A straight street of the plan; `stops` are (share of the way, node) and grow with each cut that ends here."""

    start: XYPair
    end: XYPair
    rank: str
    width_m: float
    stops: list[tuple[float, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Face:
    """A convex polygon, counter-clockwise; `sides[i]` names the line of the side from corner i, or EDGE."""

    corners: tuple[XYPair, ...]
    sides: tuple[int, ...]


@dataclass(slots=True)
class Draft:
    """The plan while it is drawn: nodes and lines only ever grow."""

    nodes: list[XYPair] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def area(face: Face) -> float:
    """Return the area in m²."""
    ring = face.corners
    return 0.5 * sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def middle(face: Face) -> XYPair:
    """Return the mean of the corners."""
    count = len(face.corners)
    return sum(c[0] for c in face.corners) / count, sum(c[1] for c in face.corners) / count


def frame(face: Face) -> tuple[float, float, float]:
    """Return the angle of the longest side in radians, and the extents in metres along and across it."""
    ring = face.corners
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    dx, dy = max(((b[0] - a[0], b[1] - a[1]) for a, b in pairs), key=lambda d: d[0] * d[0] + d[1] * d[1])
    angle = math.atan2(dy, dx)
    cos, sin = math.cos(angle), math.sin(angle)
    along = [x * cos + y * sin for x, y in ring]
    across = [y * cos - x * sin for x, y in ring]
    return angle, max(along) - min(along), max(across) - min(across)


def across(face: Face, share: float, turn: float) -> tuple[XYPair, float]:
    """Return a point and an angle that cut the longer extent at this share, turned by so many radians."""
    angle, length, depth = frame(face)
    if depth > length:
        angle += math.pi / 2.0
    cos, sin = math.cos(angle), math.sin(angle)
    reach = [x * cos + y * sin for x, y in face.corners]
    x, y = middle(face)
    shift = min(reach) + share * (max(reach) - min(reach)) - (x * cos + y * sin)
    return (x + shift * cos, y + shift * sin), angle + math.pi / 2.0 + turn


def street_cut(
    draft: Draft, face: Face, cut: tuple[XYPair, float], *, rank: str, width_m: float, reach: float = 1.0
) -> tuple[Face, Face] | None:
    """Cut a face by a street and return its two parts; None if the cut would miss or run along a side.

    A reach below 1 makes a dead end: the street stops at that share of the way, the lots are parted all the way.
    """
    ends = _ends(draft, face, cut)
    if ends is None:
        return None
    (first, one, _), (second, two, _) = ends
    if reach < 1.0 and not _is_street(draft, face.sides[first]):
        first, one, second, two = second, two, first, one
    if reach < 1.0 and not _is_street(draft, face.sides[first]):
        return None
    line = Line(one, two, rank, width_m)
    line.stops.append((0.0, _stop(draft, face.sides[first], one)))
    tip = one[0] + reach * (two[0] - one[0]), one[1] + reach * (two[1] - one[1])
    line.stops.append((reach, _stop(draft, face.sides[second], two) if reach >= 1.0 else _node(draft, tip)))
    draft.lines.append(line)
    return _parted(face, ends, len(draft.lines) - 1)


def lot_cut(face: Face, cut: tuple[XYPair, float]) -> tuple[Face, Face] | None:
    """Cut a face by a line between lots, which is no street."""
    ends = _ends(None, face, cut)
    return None if ends is None else _parted(face, ends, EDGE)


def _ends(
    draft: Draft | None, face: Face, cut: tuple[XYPair, float]
) -> tuple[tuple[int, XYPair, int], tuple[int, XYPair, int]] | None:
    """Find (side, point, corner or -1) where the cut leaves the face, drawn to nodes near by."""
    (px, py), angle = cut
    nx, ny = -math.sin(angle), math.cos(angle)
    away = [(x - px) * nx + (y - py) * ny for x, y in face.corners]
    found = []
    for i, (here, a) in enumerate(zip(face.corners, away, strict=True)):
        j = (i + 1) % len(away)
        if (a < 0.0) != (away[j] < 0.0):
            share, there = a / (a - away[j]), face.corners[j]
            point = here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])
            found.append(_drawn(draft, face, i, point))
    if len(found) != 2 or math.dist(found[0][1], found[1][1]) < 4.0:
        return None
    one, two = found
    count = len(away)
    touched = [{s, (s + 1) % count} if corner < 0 else {corner} for s, _, corner in found]
    if one[2] >= 0 and two[2] >= 0 and (one[2] - two[2]) % count in (1, count - 1):
        return None
    if (one[2] >= 0) != (two[2] >= 0) and touched[0] & touched[1]:
        return None
    return one, two


def _drawn(draft: Draft | None, face: Face, side: int, point: XYPair) -> tuple[int, XYPair, int]:
    snap = _SNAP_M if draft is not None else 1.5
    after = (side + 1) % len(face.corners)
    for corner in (side, after):
        if math.dist(face.corners[corner], point) < snap:
            return side, face.corners[corner], corner
    if draft is not None and face.sides[side] != EDGE:
        for _, node in draft.lines[face.sides[side]].stops:
            place = draft.nodes[node]
            if math.dist(place, point) < snap and _between(face.corners[side], face.corners[after], place):
                return side, place, -1
    return side, point, -1


def _is_street(draft: Draft, side: int) -> bool:
    return side != EDGE and draft.lines[side].rank != "dead"


def _between(a: XYPair, b: XYPair, p: XYPair) -> bool:
    whole = math.dist(a, b)
    return whole - 0.01 < math.dist(a, p) + math.dist(p, b) < whole + 0.01


def _node(draft: Draft, place: XYPair) -> int:
    draft.nodes.append(place)
    return len(draft.nodes) - 1


def _stop(draft: Draft, side: int, place: XYPair) -> int:
    """Return the node at this place of a line, a new one if there is none."""
    if side == EDGE:
        return _node(draft, place)
    line = draft.lines[side]
    for _, node in line.stops:
        if math.dist(draft.nodes[node], place) < 1e-6:
            return node
    node = _node(draft, place)
    line.stops.append((math.dist(line.start, place) / math.dist(line.start, line.end), node))
    return node


def _parted(
    face: Face, ends: tuple[tuple[int, XYPair, int], tuple[int, XYPair, int]], line: int
) -> tuple[Face, Face]:
    """Walk the ring from one end of the cut to the other, both ways round."""
    corners: list[XYPair] = []
    sides: list[int] = []
    marks = [-1, -1]
    for i, (corner, side) in enumerate(zip(face.corners, face.sides, strict=True)):
        for which, (_, _, at) in enumerate(ends):
            if at == i:
                marks[which] = len(corners)
        corners.append(corner)
        sides.append(side)
        for which, (on, point, at) in enumerate(ends):
            if on == i and at < 0:
                marks[which] = len(corners)
                corners.append(point)
                sides.append(side)
    return _walk(corners, sides, (marks[0], marks[1]), line), _walk(
        corners, sides, (marks[1], marks[0]), line
    )


def _walk(corners: list[XYPair], sides: list[int], span: tuple[int, int], line: int) -> Face:
    count = (span[1] - span[0]) % len(corners)
    picked = [(span[0] + k) % len(corners) for k in range(count + 1)]
    return Face(tuple(corners[k] for k in picked), (*(sides[k] for k in picked[:-1]), line))
