"""Who made the difference between two days: what each change did to the expected metres seen.

A change is a swap of views: a camera's field of view as it was against as it is, or those of the cameras round a
building without it against those with it. Nothing here knows which of the two it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import WrongShape
from spatial.sightings import Pairs, Sightings

Views = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Swap:
    """What one change does to the views of either day; a view that the change does not touch is in none of these.

    made_out, made_in      views that go, and that come, when the change alone is made to the earlier day
    undone_out, undone_in  views that go, and that come, when the change alone is undone from the later day
    """

    made_out: Views
    made_in: Views
    undone_out: Views
    undone_in: Views


def contributions(
    found: Sightings, weights: ArrayLike, swaps: Sequence[Swap], *, before: ArrayLike, after: ArrayLike
) -> NDArray[np.float64]:
    """Return by how much each change (n,) moved the expected weight seen.

    found          who sees what, of all views that occur: `camera_ids` are numbers of views
    weights        (points,) metres
    before, after  the views of the earlier and of the later day

    The contribution of a change is the mean of two figures that do not depend on any order: what it adds when it alone
    is made to the earlier day, and what is lost when it alone is undone from the later. Told backwards in time, each
    changes its sign. It is Shapley's value wherever no more than two changes meet in one place (Shapley 1953: the mean
    over all orders); what three or more do together is left to the caller as the remainder.
    Raises         WrongShape if the weights belong to other points
    """
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    earlier, later = (np.unique(np.asarray(views, dtype=np.int64)) for views in (before, after))
    places = _Places(found)
    out = np.zeros(len(swaps))
    for n, swap in enumerate(swaps):
        made = places.gain(weight, earlier, goes=swap.made_out, comes=swap.made_in)
        undone = places.gain(weight, later, goes=swap.undone_out, comes=swap.undone_in)
        out[n] = (made - undone) / 2.0
    return out


class _Places:
    """Which points each view bears on: a change is weighed at those alone, however large the district."""

    def __init__(self, found: Sightings) -> None:
        self.found = found
        camera = np.concatenate([found.certain.camera, found.possible.camera])
        order = np.argsort(camera, kind="stable")
        self._point = np.concatenate([found.certain.point, found.possible.point])[order]
        self._ends = np.searchsorted(camera[order], np.arange(len(found.camera_ids) + 1))

    def gain(self, weight: NDArray[np.float64], views: Views, *, goes: Views, comes: Views) -> float:
        """Return what the expected weight gains when views go and others come."""
        points = self._of(np.concatenate([goes, comes]))
        if not len(points):
            return 0.0
        here, swapped = at_points(self.found, points), np.union1d(np.setdiff1d(views, goes), comes)
        return expected(here, weight[points], swapped) - expected(here, weight[points], views)

    def _of(self, views: Views) -> NDArray[np.int64]:
        columns = np.searchsorted(self.found.camera_ids, views)
        parts = [self._point[self._ends[each] : self._ends[each + 1]] for each in columns]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)


def at_points(found: Sightings, points: NDArray[np.int64]) -> Sightings:
    """Return the sightings of these points (ascending) alone, numbered in their order; reach and cells are left out."""
    nobody = found.reach.take(np.empty(0, dtype=np.int64))
    certain, possible = (_pairs_at(pairs, points) for pairs in (found.certain, found.possible))
    return replace(found, points=len(points), certain=certain, possible=possible, reach=nobody, cell=None)


def _pairs_at(pairs: Pairs, points: NDArray[np.int64]) -> Pairs:
    first = np.searchsorted(pairs.point, points)
    count = np.searchsorted(pairs.point, points, side="right") - first
    number = np.repeat(np.arange(len(points)), count)
    within = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return replace(pairs.take(first[number] + within), point=number)


def expected(found: Sightings, weights: ArrayLike, views: ArrayLike) -> float:
    """Return the expected weight that these views see together."""
    return float(np.asarray(weights, dtype=np.float64) @ found.only(views).p_seen())


def settled(deltas: ArrayLike, whole: float, *, digits: int = 1) -> tuple[NDArray[np.float64], float]:
    """Return the contributions rounded, and what is left of the whole once they are taken off.

    The rounded contributions and the remainder sum to the rounded whole: nothing is lost in rounding.
    """
    rounded = np.asarray(np.round(np.asarray(deltas, dtype=np.float64), digits) + 0.0, dtype=np.float64)
    return rounded, round(round(whole, digits) - float(rounded.sum()), digits) + 0.0


def groups_apart(touched: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the numbers of changes in groups: two changes that touch one thing never share a group.

    touched  for each change what it touches
    """
    groups: list[list[int]] = []
    taken: list[set[int]] = []
    for n, things in enumerate(touched):
        free = next((g for g, held in enumerate(taken) if held.isdisjoint(things)), len(groups))
        if free == len(groups):
            groups.append([])
            taken.append(set())
        groups[free].append(n)
        taken[free].update(things)
    return groups
