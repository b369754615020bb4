"""What each camera adds: the weight that it sees and nobody else does, expected exactly and over the draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import Headings
from spatial.chances import drawn_counts
from spatial.doubts import COMMON_CHANCE
from spatial.errors import OutOfRange, WrongShape
from spatial.sightings import Pairs, Sightings, require_draws_of, seen_in_draws, unseen_by_step

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Pairs worked on at once, each in all variants of its optics; and pairs times draws.
_PAIRS_AT_ONCE = 200_000
_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """What camera (n,) alone adds at point (n,): the chance (n,) that it sees the point and no other camera does."""

    point: Ints
    camera: Ints
    chance: Floats

    def of(self, weights: ArrayLike, *, cameras: int) -> Floats:
        """Return the expected weight (cameras,) that each camera alone sees, all others being on."""
        weight = np.asarray(weights, dtype=np.float64)
        sums = np.bincount(self.camera, weights=weight[self.point] * self.chance, minlength=cameras)
        return np.asarray(sums, dtype=np.float64)


def alone(found: Sightings) -> Gain:
    """Return the chance that a camera is the only one to see a point, for each pair in which it is above 0.

    It is what is lost when the camera is taken away and all others stay: the chance that nobody else sees the point,
    less the chance that nobody does. The law is that of `Sightings.p_seen`: poles are independent given the common
    causes, heads of a pole look apart. The reach of a turning camera adds nothing.
    """
    surely = np.bincount(found.certain.point, minlength=found.points)
    parts = [*_sole(found, surely), *_doubtful(found, surely)]
    point, camera, chance = (np.concatenate(each) for each in zip(*parts, strict=True))
    # Products of rounded chances may pass 0 by a hair.
    real = chance > 1e-12
    return Gain(point[real], camera[real], chance[real])


def _sole(found: Sightings, surely: Ints) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield the points that one camera sees for sure, with the chance that no doubtful one sees them too."""
    sole = found.certain.take(surely[found.certain.point] == 1)
    unseen = unseen_by_step(found.possible, found.beliefs, points=found.points) @ COMMON_CHANCE
    yield sole.point, sole.camera, unseen[sole.point]


def _doubtful(found: Sightings, surely: Ints) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield each doubtful pair at points that nobody sees for sure.

    Every pair makes a place of its own, at which all pairs of its point but itself are asked: so one pass of the
    compiled kernel leaves each of them out in turn.
    """
    pairs = found.possible.take(surely[found.possible.point] == 0)
    whole = unseen_by_step(pairs, found.beliefs, points=found.points) @ COMMON_CHANCE
    starts = np.searchsorted(pairs.point, pairs.point)
    counts = np.searchsorted(pairs.point, pairs.point, side="right") - starts
    for first, last in _blocks(counts):
        some = np.arange(first, last)
        place = np.repeat(np.arange(last - first), counts[some])
        begins = np.cumsum(counts[some]) - counts[some]
        member = starts[some][place] + np.arange(len(place)) - begins[place]
        others = member != some[place]
        rest = pairs.take(member[others]).at(place[others])
        without = unseen_by_step(rest, found.beliefs, points=last - first) @ COMMON_CHANCE
        yield pairs.point[some], pairs.camera[some], without - whole[pairs.point[some]]


def _blocks(counts: Ints) -> Iterator[tuple[int, int]]:
    """Yield first and last of runs of pairs whose places hold so many pairs at once."""
    sums = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = sums[first - 1] if first else 0
        last = max(int(np.searchsorted(sums, before + _PAIRS_AT_ONCE, side="right")), first + 1)
        yield first, last
        first = last


def alone_by_draw(found: Sightings, weights: ArrayLike, headings: Headings) -> Floats:
    """Return the weight (cameras, draws) that each camera alone sees in each draw.

    weights  (points,); the rows are in the order of `found.camera_ids`
    Raises   WrongShape if weights or headings belong to something else, OutOfRange for a negative weight
    """
    require_draws_of(found, headings)
    weight = _checked(found, weights)
    out = np.zeros((len(found.camera_ids), headings.draws))
    surely = np.bincount(found.certain.point, minlength=found.points)
    of_point = np.full(found.points, -1, dtype=np.int64)
    of_point[found.certain.point] = found.certain.camera
    quiet = surely == 1
    quiet[found.possible.point] = False
    np.add.at(out, of_point[quiet], weight[quiet][:, np.newaxis])
    for pairs in point_blocks(found.possible, headings.draws):
        seen = seen_in_draws(pairs, headings)
        starts = np.flatnonzero(np.diff(pairs.point, prepend=-1))
        points = pairs.point[starts]
        counts = drawn_counts(seen, starts) + surely[points][:, np.newaxis]
        group = np.searchsorted(points, pairs.point)
        np.add.at(out, pairs.camera, (seen & (counts[group] == 1)) * weight[pairs.point][:, np.newaxis])
        sole = surely[points] == 1
        unshared = (counts[sole] == 1) * weight[points[sole]][:, np.newaxis]
        np.add.at(out, of_point[points[sole]], unshared)
    return out


def expected_of(found: Sightings, weights: ArrayLike) -> Floats:
    """Return the expected weight (cameras,) that each camera sees, whoever else does. Raises as `alone_by_draw`."""
    weight, cameras = _checked(found, weights), len(found.camera_ids)
    sure = np.bincount(found.certain.camera, weights=weight[found.certain.point], minlength=cameras)
    may = weight[found.possible.point] * found.chances()
    return np.asarray(sure + np.bincount(found.possible.camera, weights=may, minlength=cameras))


def point_blocks(pairs: Pairs, draws: int) -> Iterator[Pairs]:
    """Yield pairs in blocks of whole points, so that memory does not grow with their number; none for no pairs."""
    if not len(pairs):
        return
    starts = np.flatnonzero(np.diff(pairs.point, prepend=-1))
    at_once = max(1, _BLOCK // draws)
    cuts = np.unique(np.searchsorted(starts, np.arange(0, len(pairs), at_once)))
    ends = np.append(starts, len(pairs))
    for first, last in zip(cuts, [*cuts[1:], len(starts)], strict=True):
        yield pairs.take(np.arange(ends[first], ends[last]))


def _checked(found: Sightings, weights: ArrayLike) -> Floats:
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    if not np.all(weight >= 0.0):
        raise OutOfRange("weights must be zero or more")
    return weight
