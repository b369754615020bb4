"""Outlines of areas as flat arrays: no object is made of what is sound already, and that is nearly all of a city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.compiled import compiled, inlined
from spatial.errors import BadGeometry
from spatial.shapes import Geometries, polygon_parts

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_POLYGON, _MULTIPOLYGON = 3, 6

# Rings of more corners go to the library: each edge is held against each other.
_MOST_CORNERS = 64
# Of a sign of (a - c) x (b - c): beyond this share of its terms it is certain (Shewchuk 1997, bound A).
_UNSURE = 3.4e-16

UNSURE, LEFT, RIGHT = 0, 1, 2


class Outlines(NamedTuple):
    """Valid parts of areas. Part p has the rings rings[p]:rings[p + 1], ring r the corners corner[r]:corner[r + 1].

    Rings are closed, the first of a part is its outer one, the solid to the left. `box` holds west, south, east
    and north of each part, `origin` the area it came from, ascending.
    """

    xy: Floats
    corner: Ints
    rings: Ints
    box: Floats
    origin: Ints


def outlines(areas: Sequence[object] | Geometries) -> Outlines:
    """Return the outlines of the same parts, in the same order, as `polygon_parts`, without making them.

    areas    (n,) Polygons or MultiPolygons, also invalid, with height, empty or None
    Raises   BadGeometry if one is neither Polygon nor MultiPolygon
    """
    shapes = np.asarray(areas, dtype=object)
    kinds = shapely.get_type_id(shapes)
    if not np.isin(kinds, (-1, _POLYGON, _MULTIPOLYGON)).all():
        raise BadGeometry("areas must be Polygons or MultiPolygons")
    counts = shapely.get_num_coordinates(shapes)
    plain = (kinds == _POLYGON) & (shapely.get_num_interior_rings(shapes) == 0) & (counts > 0)
    whole = bool(plain.all())
    corner = _starts(counts if whole else counts[plain])
    xy = shapely.get_coordinates(shapes if whole else shapes[plain])
    box = np.empty((len(corner) - 1, 4))
    sound = _sound(xy, corner, box)
    if whole and sound.all():
        return Outlines(xy, corner, np.arange(len(corner)), box, np.arange(len(shapes)))
    origin = np.flatnonzero(plain)[sound]
    rest = np.setdiff1d(np.arange(len(shapes)), origin, assume_unique=True)
    kept = Outlines(xy, corner, np.arange(len(corner)), box, np.flatnonzero(plain))
    return _merged(taken(kept, np.flatnonzero(sound)), _repaired(shapes[rest], rest))


def taken(given: Outlines, chosen: Ints) -> Outlines:
    """Return some of the parts, in the order asked for."""
    xy, corner, rings = rings_of(given.xy, given.corner, given.rings, chosen)
    return Outlines(xy, corner, rings, given.box[chosen], given.origin[chosen])


def polygons(xy: Floats, corner: Ints, rings: Ints) -> Geometries:
    """Return the Polygons whose outlines these are."""
    of_ring = np.repeat(np.arange(len(corner) - 1), np.diff(corner))
    lines = np.asarray(shapely.linearrings(xy, indices=of_ring), dtype=object)
    # Each ring with the number of its part: the first of a part is the outer one.
    of_part = np.repeat(np.arange(len(rings) - 1), np.diff(rings))
    return np.asarray(shapely.polygons(lines, indices=of_part), dtype=object)


def _starts(counts: NDArray[np.integer]) -> Ints:
    """Return where each of so many begins, and where the last ends."""
    starts = np.zeros(len(counts) + 1, dtype=np.intp)
    np.cumsum(counts, out=starts[1:])
    return starts


def _repaired(shapes: Geometries, origin: Ints) -> Outlines:
    """Return the outlines of areas that the library takes apart."""
    parts, index = polygon_parts(shapes)
    rings, owner = shapely.get_rings(parts, return_index=True)
    return Outlines(
        shapely.get_coordinates(rings),
        _starts(shapely.get_num_coordinates(rings)),
        np.searchsorted(owner, np.arange(len(parts) + 1)),
        shapely.bounds(parts).reshape(-1, 4),
        origin[index],
    )


def _merged(one: Outlines, two: Outlines) -> Outlines:
    """Return the parts of both, by origin."""
    both = Outlines(
        np.concatenate([one.xy, two.xy]),
        np.concatenate([one.corner, two.corner[1:] + one.corner[-1]]),
        np.concatenate([one.rings, two.rings[1:] + one.rings[-1]]),
        np.concatenate([one.box, two.box]),
        np.concatenate([one.origin, two.origin]),
    )
    return taken(both, np.argsort(both.origin, kind="stable"))


@compiled
def rings_of(xy: Floats, corner: Ints, rings: Ints, chosen: Ints) -> tuple[Floats, Ints, Ints]:
    """Return xy, corner and rings of the chosen parts, one after the other."""
    of_part = np.zeros(len(chosen) + 1, dtype=np.intp)
    room = 0
    for k in range(len(chosen)):
        first, last = rings[chosen[k]], rings[chosen[k] + 1]
        of_part[k + 1] = of_part[k] + last - first
        room += corner[last] - corner[first]
    of_ring = np.zeros(of_part[-1] + 1, dtype=np.intp)
    to = np.empty((room, 2))
    ring = n = 0
    for k in range(len(chosen)):
        for r in range(rings[chosen[k]], rings[chosen[k] + 1]):
            for c in range(corner[r], corner[r + 1]):
                to[n, 0], to[n, 1] = xy[c, 0], xy[c, 1]
                n += 1
            ring += 1
            of_ring[ring] = n
    return to, of_ring, of_part


@compiled
def _sound(xy: Floats, corner: Ints, box: Floats) -> NDArray[np.bool_]:
    """Say which rings are certainly valid; lay their solid to the left, and write the box of each down."""
    sound = np.zeros(len(corner) - 1, dtype=np.bool_)
    for r in range(len(sound)):
        first, last = corner[r], corner[r + 1] - 1
        lowest = _bound(xy, first, last, box[r])
        if last - first > _MOST_CORNERS or not _simple(xy, first, last):
            continue
        turn = _turn(xy, lowest - 1 if lowest > first else last - 1, lowest, lowest + 1)
        if turn == 0:
            continue
        sound[r] = True
        if turn < 0:
            for k in range((last - first + 1) // 2):
                for axis in range(2):
                    xy[first + k, axis], xy[last - k, axis] = xy[last - k, axis], xy[first + k, axis]
    return sound


@inlined
def _bound(xy: Floats, first: int, last: int, box: Floats) -> int:
    """Write the box of a ring; return its westernmost corner, the southernmost of several."""
    west = east = xy[first, 0]
    south = north = xy[first, 1]
    lowest = first
    for c in range(first + 1, last):
        x, y = xy[c, 0], xy[c, 1]
        if x < west or (x == west and y < xy[lowest, 1]):
            lowest = c
        west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
    box[0], box[1], box[2], box[3] = west, south, east, north
    return lowest


@inlined
def _turn(xy: Floats, a: int, b: int, c: int) -> int:
    """Return 1 if a, b, c certainly turn left, -1 if right, 0 if that is not certain."""
    left = (xy[a, 0] - xy[c, 0]) * (xy[b, 1] - xy[c, 1])
    right = (xy[a, 1] - xy[c, 1]) * (xy[b, 0] - xy[c, 0])
    unsure = _UNSURE * (abs(left) + abs(right))
    if left - right > unsure:
        return 1
    return -1 if right - left > unsure else 0


@inlined
def _simple(xy: Floats, first: int, last: int) -> bool:
    """Say whether a closed ring certainly neither meets itself nor turns back; False also where it is not certain."""
    if last - first < 3:
        return False
    for i in range(first, last):
        following = i + 2 if i + 2 <= last else first + 1
        ahead = (xy[i + 1, 0] - xy[i, 0]) * (xy[following, 0] - xy[i + 1, 0])
        ahead += (xy[i + 1, 1] - xy[i, 1]) * (xy[following, 1] - xy[i + 1, 1])
        # An edge and the next meet in their corner alone if they turn, or go straight on.
        if _turn(xy, i, i + 1, following) == 0 and not ahead > 0.0:
            return False
        for j in range(i + 2, last if i > first else last - 1):
            if not _apart(xy, i, j):
                return False
    return True


@inlined
def _apart(xy: Floats, i: int, j: int) -> bool:
    """Say whether the edges from corners i and j on certainly have no point in common."""
    for axis in range(2):
        a, b, c, d = xy[i, axis], xy[i + 1, axis], xy[j, axis], xy[j + 1, axis]
        if max(a, b) < min(c, d) or max(c, d) < min(a, b):
            return True
    side = _turn(xy, i, i + 1, j) * _turn(xy, i, i + 1, j + 1)
    return side > 0 or _turn(xy, j, j + 1, i) * _turn(xy, j, j + 1, i + 1) > 0
