"""What several owners see at once: shared weight, exactly expected, with its interval over the draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import Headings
from spatial.errors import WrongShape
from spatial.explain import at_points
from spatial.marginal import point_blocks
from spatial.sightings import Pairs, Sightings, require_draws_of, seen_in_draws

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Who sees what together, of one weight (metres of alley, say).

    owners   the owners, ascending
    matrix   (o, o) expected weight that both see; on the diagonal what each sees
    only     (o,) expected weight that this owner sees and no other does
    several  expected weight that two owners or more see
    drawn_seen, drawn_only  (o, draws) the same in each draw;  drawn_several (draws,)
    """

    owners: tuple[str, ...]
    matrix: Floats
    only: Floats
    several: float
    drawn_seen: Floats
    drawn_only: Floats
    drawn_several: Floats

    def share_too(self) -> pd.DataFrame:
        """Return which share of what each owner sees others see too: share, low, high, by owner; NaN where it sees
        nothing."""
        seen = np.diagonal(self.matrix)
        share = _too(self.only, seen)
        drawn = _too(self.drawn_only, self.drawn_seen)
        low, high = np.empty(len(seen)), np.empty(len(seen))
        for owner, row in enumerate(drawn):
            low[owner], high[owner] = interval(row, expected=share[owner])
        return pd.DataFrame(
            {"share": share, "low": low, "high": high}, index=pd.Index(self.owners, name="owner")
        )


def _too(only: Floats, seen: Floats) -> Floats:
    """Return 1 - only / seen; NaN where nothing is seen."""
    some = seen > 0.0
    return np.where(some, np.clip(1.0 - only / np.where(some, seen, 1.0), 0.0, 1.0), np.nan)


def interval(drawn: ArrayLike, *, expected: float) -> tuple[float, float]:
    """Return the ends of the 95 % interval of draws, outward, reaching out to the expected value; draws of nothing
    (NaN) are left aside. NaN twice when there is no other."""
    known = np.asarray(drawn, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not len(known) or not np.isfinite(expected):
        return float("nan"), float("nan")
    low = np.percentile(known, 2.5, method="lower")
    high = np.percentile(known, 97.5, method="higher")
    return float(min(low, expected)), float(max(high, expected))


def shared(found: Sightings, weights: ArrayLike, headings: Headings, *, owner: ArrayLike) -> Shared:
    """Return what the owners of cameras see each, together and alone.

    owner    (cameras,) names, in the order of `found.camera_ids`
    weights  (points,)
    The expected weights are exact: two owners both see a point with the chance of the one, plus that of the other,
    less that of either; an owner is alone there with the chance of anybody less that of anybody else.
    Raises   WrongShape if owners, weights or headings belong to something else
    """
    require_draws_of(found, headings)
    names, weight = np.asarray(owner, dtype=object), np.asarray(weights, dtype=np.float64)
    if names.shape != found.camera_ids.shape or weight.shape != (found.points,):
        raise WrongShape(f"{names.shape} owners and {weight.shape} weights do not belong to these sightings")
    codes, owners = pd.factorize(names, sort=True)
    count = len(owners)
    touched = np.unique(np.concatenate([found.certain.point, found.possible.point]))
    seen = _Seen(at_points(found, touched), weight[touched], codes)
    matrix = np.diag([seen.by([one], seen.where(one)) for one in range(count)]).reshape(count, count)
    for one in range(count):
        for other in range(one):
            both = np.intersect1d(seen.where(one), seen.where(other))
            each = seen.by([one], both) + seen.by([other], both)
            matrix[one, other] = matrix[other, one] = max(each - seen.by([one, other], both), 0.0)
    only = np.asarray([seen.alone(one, count) for one in range(count)], dtype=np.float64)
    several = max(seen.by(range(count), np.arange(len(touched))) - float(only.sum()), 0.0)
    drawn = _drawn(seen, headings, count=count)
    return Shared(tuple(str(name) for name in owners), matrix, only, several, *drawn)


class _Seen:
    """The expected weight that cameras of some owners see, at some points."""

    def __init__(self, found: Sightings, weight: Floats, codes: Ints) -> None:
        self.found, self.weight, self.codes = found, weight, codes

    def where(self, owner: int) -> Ints:
        """Return the points that an owner's cameras bear on."""
        mine = self.codes == owner
        parts = [pairs.point[mine[pairs.camera]] for pairs in (self.found.certain, self.found.possible)]
        return np.unique(np.concatenate(parts))

    def by(self, owners: Iterable[int], points: Ints) -> float:
        """Return the expected weight that these owners see at these points."""
        cameras = self.found.camera_ids[np.isin(self.codes, list(owners))]
        here = at_points(self.found, points).only(cameras)
        return float(self.weight[points] @ here.p_seen()) if len(points) else 0.0

    def alone(self, owner: int, count: int) -> float:
        """Return the expected weight that an owner sees and no other does."""
        points, others = self.where(owner), [one for one in range(count) if one != owner]
        return max(self.by(range(count), points) - self.by(others, points), 0.0)


def _drawn(seen: _Seen, headings: Headings, *, count: int) -> tuple[Floats, Floats, Floats]:
    """Return the weight in each draw that each owner sees, that it alone sees, and that several see."""
    found, weight, codes = seen.found, seen.weight, seen.codes
    sees, only = np.zeros((count, headings.draws)), np.zeros((count, headings.draws))
    several = np.zeros(headings.draws)
    sure = np.zeros((found.points, count), dtype=bool)
    sure[found.certain.point, codes[found.certain.camera]] = True
    still = np.ones(found.points, dtype=bool)
    still[found.possible.point] = False
    owners = sure.sum(axis=1)
    sees += (weight[still] @ sure[still])[:, np.newaxis]
    only += (weight[still] @ (sure[still] & (owners[still] == 1)[:, np.newaxis]))[:, np.newaxis]
    several += weight[still & (owners >= 2)].sum()
    for pairs in point_blocks(found.possible, headings.draws):
        points, by_owner = _looked(pairs, headings, sure=sure, codes=codes)
        number, metres = by_owner.sum(axis=0), weight[points]
        for one in range(count):
            sees[one] += metres @ by_owner[one]
            only[one] += metres @ (by_owner[one] & (number == 1))
        several += metres @ (number >= 2)
    return sees, only, several


def _looked(
    pairs: Pairs, headings: Headings, *, sure: NDArray[np.bool_], codes: Ints
) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the points of some pairs and whether each owner sees each in each draw: (owners, points, draws)."""
    points, group = np.unique(pairs.point, return_inverse=True)
    by_owner = np.repeat(sure[points].T[:, :, np.newaxis], headings.draws, axis=2)
    order = np.lexsort((group, codes[pairs.camera]))
    owner, place = codes[pairs.camera][order], group[order]
    starts = np.flatnonzero((np.diff(owner, prepend=-1) != 0) | (np.diff(place, prepend=-1) != 0))
    any_of = np.logical_or.reduceat(seen_in_draws(pairs.take(order), headings), starts, axis=0)
    by_owner[owner[starts], place[starts]] |= any_of
    return points, by_owner
