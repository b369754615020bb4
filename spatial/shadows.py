"""What one observer meets: the open disc, the edges that stand out, and the shadows they cast.

All coordinates are metres from the observer, who stands at (0, 0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.shapes import Geometries

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

_BINS = 720
_BIN = 2.0 * np.pi / _BINS
_TINY = 1e-12
_CHORDS = 128


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges as seen from their observer at (0, 0): from `low` counter-clockwise to `high`, under 180 degrees."""

    eye: Ints
    pair: Ints
    low: Floats
    high: Floats

    def take(self, chosen: Flags) -> Edges:
        """Return some of the edges."""
        return Edges(self.eye[chosen], self.pair[chosen], self.low[chosen], self.high[chosen])

    def join(self, more: Edges) -> Edges:
        """Return these edges and more, in this order."""
        return Edges(
            np.concatenate([self.eye, more.eye]),
            np.concatenate([self.pair, more.pair]),
            np.concatenate([self.low, more.low]),
            np.concatenate([self.high, more.high]),
        )

    def distance_m(self) -> Floats:
        """Return the perpendicular distance of each edge's line from the observer."""
        return _cross(self.low, self.high) / _lengths(self.high - self.low)

    def nearest_m(self) -> Floats:
        """Return the distance of each edge's nearest point."""
        along = self.high - self.low
        share = np.clip(
            -np.einsum("ij,ij->i", self.low, along) / np.einsum("ij,ij->i", along, along), 0.0, 1.0
        )
        return _lengths(self.low + share[:, None] * along)


@dataclass(frozen=True, slots=True, eq=False)
class _Slices:
    """Edges cut by the bins of the depth buffer: nearest and farthest distance in each slice."""

    edge: Ints
    cell: Ints
    whole: Flags
    near_m: Floats
    far_m: Floats


def _slices(edges: Edges) -> _Slices:
    """Cut edges by bins of equal angle. A slice is `whole` if the edge crosses its bin from side to side."""
    low = np.arctan2(edges.low[:, 1], edges.low[:, 0])
    span = np.arctan2(_cross(edges.low, edges.high), np.einsum("ij,ij->i", edges.low, edges.high))
    first = np.floor(low / _BIN).astype(np.intp)
    counts = np.floor((low + span) / _BIN).astype(np.intp) - first + 1
    edge = np.repeat(np.arange(len(low)), counts)
    cell = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = np.maximum(cell * _BIN, low[edge])
    finish = np.minimum((cell + 1) * _BIN, (low + span)[edge])
    whole = (cell * _BIN >= low[edge]) & ((cell + 1) * _BIN <= (low + span)[edge])
    # Along a line the distance is foot / cos(angle off the foot): least at the foot, growing to either side.
    along = edges.high - edges.low
    foot = np.arctan2(-along[:, 0], along[:, 1])[edge]
    one = (begin - foot + np.pi) % (2.0 * np.pi) - np.pi
    two = one + (finish - begin)
    perpendicular = edges.distance_m()[edge]
    near = perpendicular / np.maximum(np.cos(np.clip(0.0, one, two)), _TINY)
    far = perpendicular / np.maximum(np.minimum(np.cos(one), np.cos(two)), _TINY)
    return _Slices(edge, cell % _BINS, whole, near, far)


def depths(tall: Edges, radius: Floats, *, heading: Floats, angle: Floats) -> Floats:
    """Return for each observer and bin how far one can possibly see there; 0 outside his sector."""
    centres = (np.arange(_BINS) + 0.5) * _BIN
    off = np.abs((centres - np.radians(90.0 - heading)[:, None] + np.pi) % (2.0 * np.pi) - np.pi)
    inside = off <= np.radians(angle)[:, None] / 2.0 + _BIN
    depth = np.where(inside, radius[:, None], 0.0)
    cut = _slices(tall)
    slot = tall.eye[cut.edge] * _BINS + cut.cell
    np.minimum.at(depth.reshape(-1), slot[cut.whole], cut.far_m[cut.whole])
    return depth


def stands_out(edges: Edges, depth: Floats) -> Flags:
    """Return which edges are not wholly behind the depth buffer. Doubtful ones stay: they cost only time."""
    cut = _slices(edges)
    shows = cut.near_m <= depth[edges.eye[cut.edge], cut.cell] * (1.0 + 1e-9) + 1e-6
    return np.bincount(cut.edge[shows], minlength=len(edges.eye)) > 0


def endless(edges: Edges, radius: Floats) -> Geometries:
    """Return the shadows of edges out to beyond the radius: five corners, so that no chord cuts back in."""
    low_m, high_m = _lengths(edges.low), _lengths(edges.high)
    low, high = edges.low / low_m[:, None], edges.high / high_m[:, None]
    middle = low + high
    middle /= _lengths(middle)[:, None]
    # The bisector of the angle meets the edge here.
    between = edges.distance_m() / np.maximum(_cross(_unit(edges.high - edges.low), middle) * -1.0, _TINY)
    rim = 1.5 * radius[edges.eye]
    corners = [
        edges.low,
        low * np.maximum(rim, 1.01 * low_m)[:, None],
        middle * np.maximum(rim, 1.01 * between)[:, None],
        high * np.maximum(rim, 1.01 * high_m)[:, None],
        edges.high,
    ]
    return np.asarray(shapely.polygons(np.stack(corners, axis=1)), dtype=object)


def stretched(edges: Edges, factor: Floats) -> Geometries:
    """Return the shadows of edges lower than the eye: between the edge and its image, `factor` times as far."""
    far_low, far_high = edges.low * factor[:, None], edges.high * factor[:, None]
    corners = np.stack([edges.low, far_low, far_high, edges.high], axis=1)
    return np.asarray(shapely.polygons(corners), dtype=object)


def discs(radius: Floats, *, heading: Floats | None = None, angle: Floats | None = None) -> Geometries:
    """Return discs and sectors round (0, 0), their rims drawn with chords from point to point of the circle.

    Without headings and plan angles (degrees) all are discs; a radius of 0 gives an empty area.
    """
    turn = np.linspace(0.0, 2.0 * np.pi, _CHORDS, endpoint=False)
    rim = np.column_stack([np.sin(turn), np.cos(turn)])
    areas = np.full(len(radius), shapely.Polygon(), dtype=object)
    areas[radius > 0.0] = shapely.polygons(radius[radius > 0.0][:, None, None] * rim)
    if heading is None or angle is None:
        return areas
    for index in np.flatnonzero(angle < 360.0):
        half, axis = np.radians(angle[index]) / 2.0, np.radians(heading[index])
        steps = max(2, int(np.ceil(half / np.pi * _CHORDS)) + 1)
        arc = axis + np.linspace(-half, half, steps)
        points = radius[index] * np.column_stack([np.sin(arc), np.cos(arc)])
        areas[index] = shapely.Polygon(np.vstack([[0.0, 0.0], points]))
    return areas


def _cross(one: Floats, two: Floats) -> Floats:
    return one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]


def _unit(vectors: Floats) -> Floats:
    return vectors / _lengths(vectors)[:, None]


def _lengths(vectors: Floats) -> Floats:
    return np.asarray(np.hypot(vectors[:, 0], vectors[:, 1]))
