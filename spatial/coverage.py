"""Shares of what is seen, each with its denominator and range; nothing here knows how sight was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from spatial import cells
from spatial.beliefs import Beliefs, Headings
from spatial.chances import drawn_counts
from spatial.doubts import COMMON_CHANCE
from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.frames import require_same_crs
from spatial.sightings import Pairs, Sightings, require_draws_of, seen_in_draws, unseen_by_step
from spatial.types import Share

# Pairs times draws held at once: some 80 MB with all intermediate arrays.
_BLOCK = 4_000_000

SHARE_COLUMNS = ("share", "low", "high", "certain", "possible", "weight", "seen")


def share(found: Sightings, weights: ArrayLike, headings: Headings) -> Share:
    """Return the share of all weight that at least one camera sees.

    found     who sees what, of one density class
    weights   (points,) metres, square metres or counts; their sum is the denominator
    headings  one draw of every unknown heading per column (`beliefs.draw`)
    Returns   the expected value, exactly; the 2.5 and 97.5 percentiles of the draws, outward; and the bounds that hold
              whatever the headings and the variants of the optics: seen for certain, and seen if every camera looked
              every way at once. Where the
              percentiles miss the expected value (few draws, or a rare sight), the nearer one is moved out to it.
              All NaN when there is no weight.
    Raises    WrongShape if the weights or the headings belong to something else, OutOfRange below zero
    """
    return share_of_draws(found, weights, shares_by_draw(found, weights, headings))


def shares_by_draw(found: Sightings, weights: ArrayLike, headings: Headings) -> NDArray[np.float64]:
    """Return the share (draws,) of all weight that is seen in each draw; NaN when there is no weight."""
    members, _ = _undivided(found, weights)
    whole = float(members.sum())
    drawn: NDArray[np.float64] = seen_by_draw(found, members, headings)[0, :, 0]
    return drawn / (whole if whole > 0.0 else np.nan)


def share_of_draws(found: Sightings, weights: ArrayLike, drawn: ArrayLike) -> Share:
    """Return what `share` does, from the draws that `shares_by_draw` gave for the same sightings and weights."""
    members, _ = _undivided(found, weights)
    by_draw = np.asarray(drawn, dtype=np.float64)[:, np.newaxis] * members.sum()
    row = share_rows(found, members, by_draw).iloc[0]
    return Share(*(float(row[column]) for column in SHARE_COLUMNS[:5]))


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a share moved, in parts of one: expected, and the 95 % interval over the unknown headings."""

    change: float
    low: float
    high: float

    @property
    def may_be_none(self) -> bool:
        """Say whether the interval holds zero."""
        return self.low <= 0.0 <= self.high


def change_between(before: ArrayLike, after: ArrayLike, *, expected: float) -> Change:
    """Return the change of a share and the interval of its paired difference.

    before, after  (draws,) as `shares_by_draw` gives them, drawn with one seed: a camera that stands on both days
                   then looks the same way on both, and its heading bears on the change no more than it must
    expected       the difference of the two shares; the interval reaches out to it where the draws miss it
    Raises         WrongShape unless both are of the same draws, at least one
    """
    first, last = (np.asarray(drawn, dtype=np.float64) for drawn in (before, after))
    if first.shape != last.shape or first.ndim != 1 or not len(first):
        raise WrongShape(f"{first.shape} draws before, {last.shape} after")
    low, high = np.percentile(last - first, [2.5, 97.5])
    return Change(expected, float(min(low, expected)), float(max(high, expected)))


def shares_by(found: Sightings, weights: ArrayLike, headings: Headings, *, by: ArrayLike) -> pd.DataFrame:
    """Return the share of each group of points, all from the same draws.

    by       (points,) the group of each point; a missing one puts the point in none
    Returns  share, low, high, certain, possible (as `share` gives them), weight (the group's denominator) and
             seen (expected weight seen), indexed by group, ascending
    """
    members, groups = memberships(weights, by)
    by_draw = seen_by_draw(found, members, headings)[0]
    return share_rows(found, members, by_draw).set_axis(groups, axis=0)


def share_rows(found: Sightings, members: sp.csr_array, by_draw: NDArray[np.float64]) -> pd.DataFrame:
    """Sum up the draws (draws, groups) of `seen_by_draw` as one row of shares a group, as `share` gives them."""
    weight = np.asarray(members.sum(axis=1)).ravel()
    whole = np.where(weight > 0.0, weight, np.nan)
    certain = members @ found.certainly_seen().astype(np.float64) / whole
    possible = members @ found.possibly_seen().astype(np.float64) / whole
    # Rounding may pass a bound by a hair.
    expected = np.clip(_expected(found, members) / whole, certain, possible)
    low, high = _interval(by_draw / whole)
    rows = {
        "share": expected,
        "low": np.clip(low, certain, expected),
        "high": np.clip(high, expected, possible),
        "certain": certain,
        "possible": possible,
        "weight": weight,
        "seen": np.nan_to_num(expected) * weight,
    }
    return pd.DataFrame(rows)


def _interval(drawn: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends (n,) of the 95 % intervals of draws (draws, n), each the drawn figure next outward.

    An outermost step of the common causes has a chance of 1 in 36: between it and the next one there is nothing to
    interpolate.
    """
    return np.percentile(drawn, 2.5, axis=0, method="lower"), np.percentile(
        drawn, 97.5, axis=0, method="higher"
    )


def memberships(weights: ArrayLike, by: ArrayLike) -> tuple[sp.csr_array, pd.Index]:
    """Return the weights as a sparse matrix (groups, points) and the groups in ascending order.

    Stack several of them with scipy.sparse.vstack to have many groupings from one pass over the draws.
    """
    weight = np.asarray(weights, dtype=np.float64)
    codes, groups = pd.factorize(np.asarray(by), sort=True)
    if weight.ndim != 1 or weight.shape != codes.shape:
        raise WrongShape(f"{weight.shape} weights for {codes.shape} groups")
    if not np.all(weight >= 0.0):
        raise OutOfRange("weights must be zero or more")
    member = np.flatnonzero(codes >= 0)
    return sp.csr_array(
        (weight[member], (codes[member], member)), shape=(len(groups), len(weight))
    ), pd.Index(groups)


def seen_by_draw(
    found: Sightings, members: sp.csr_array, headings: Headings, *, at_least: Sequence[int] = (1,)
) -> NDArray[np.float64]:
    """Return the weight of each group that is seen in each draw: (len(at_least), draws, groups).

    members   (groups, points) weights, as `memberships` gives them
    at_least  by how many cameras a point must be seen, one figure each
    The draws are walked in blocks of points, so memory does not grow with the number of pairs.
    """
    require_draws_of(found, headings)
    if members.shape[1] != found.points:
        raise WrongShape(f"weights of {members.shape[1]} points for sightings of {found.points}")
    surely = np.bincount(found.certain.point, minlength=found.points)
    alone = surely.copy()
    alone[found.possible.point] = 0
    # What no camera of uncertain sight bears on is seen in each draw or in none.
    always = np.stack([members @ (alone >= cameras).astype(np.float64) for cameras in at_least])
    like = np.repeat(always[:, None], headings.draws, axis=1)
    return cells.added(
        found,
        members,
        lambda part: _drawn(part, headings, at_least),
        like=like,
        cameras=cells.drawn(headings),
        about=f"drawn {tuple(at_least)} {members.shape[0]}".encode(),
    )


def _drawn(part: cells.Part, headings: Headings, at_least: Sequence[int]) -> NDArray[np.float64]:
    """Return the weight (levels, draws, groups) seen in each draw in one cell."""
    out = np.zeros((len(at_least), headings.draws, part.members.shape[0]))
    for point, counted in _counts_by_block(part.pairs, headings):
        total = counted + part.surely[point][:, np.newaxis]
        members = part.members[:, point]
        for level, cameras in enumerate(at_least):
            out[level] += (members @ (total >= cameras).astype(np.float64)).T
    return out


def _expected(found: Sightings, members: sp.csr_array) -> NDArray[np.float64]:
    """Return the expected weight (groups,) that somebody sees, exactly."""
    known = found.certainly_seen()
    open_to = known.copy()
    open_to[found.possible.point] = False
    return cells.added(
        found,
        members,
        lambda part: _expected_of(part, found.beliefs),
        like=members @ open_to.astype(np.float64),
        cameras=cells.believed(found),
        about=f"expected {members.shape[0]}".encode(),
    )


def _expected_of(part: cells.Part, beliefs: Beliefs) -> NDArray[np.float64]:
    """Return the expected weight (groups,) that somebody sees in one cell."""
    unseen = unseen_by_step(part.pairs, beliefs, points=len(part.point)) @ COMMON_CHANCE
    return np.asarray(part.members @ np.where(part.surely > 0, 1.0, 1.0 - unseen))


def k_fold(
    found: Sightings, weights: ArrayLike, headings: Headings, *, at_least: Sequence[int] = (1, 2, 3)
) -> pd.DataFrame:
    """Return the share seen by at least k cameras, for each k.

    Returns  share, low, high indexed by k; `cameras`, the same in each row, is the expected number of cameras
             that see a unit of weight. NaN when there is no weight. The share of k = 1 and `cameras` are exact,
             the shares of more are means over the draws.
    """
    members, weight = _undivided(found, weights)
    whole = weight.sum() if weight.sum() > 0.0 else np.nan
    drawn = seen_by_draw(found, members, headings, at_least=at_least).sum(axis=2) / whole
    low, high = _interval(drawn.T)
    once = float(weight @ found.p_seen()) / whole
    # Nobody is seen by two who is not seen by one, though the draws of two may chance to be many.
    levels = np.asarray(at_least)
    expected = np.where(levels == 1, once, np.minimum(drawn.mean(axis=1), np.where(levels > 1, once, 1.0)))
    cameras = weight[found.certain.point].sum() + weight[found.possible.point] @ found.chances()
    rows = {"share": expected, "low": np.minimum(low, expected), "high": np.maximum(high, expected)}
    return pd.DataFrame({**rows, "cameras": cameras / whole}, index=pd.Index(at_least, name="k"))


def buffer_share(points: gpd.GeoDataFrame, cameras: gpd.GeoDataFrame, *, radius_m: float = 50.0) -> float:
    """Return the share of weight within a circle round any camera: what others publish, and too much.

    No optics, no walls: it stands beside the true share to show by how much the circle overstates.
    points   weight and geometry; cameras: points. NaN when there is no weight.
    """
    require_same_crs(points, cameras)
    if "weight" not in points.columns:
        raise MissingColumn("points lack weight")
    weight = points["weight"].to_numpy(dtype=np.float64)
    if not weight.sum() > 0.0:
        return float("nan")
    if not len(cameras):
        return 0.0
    tree = KDTree(shapely.get_coordinates(cameras.geometry.to_numpy()))
    apart, _ = tree.query(
        shapely.get_coordinates(points.geometry.to_numpy()), distance_upper_bound=radius_m * 1.001
    )
    return float(weight[apart <= radius_m].sum() / weight.sum())


def _undivided(found: Sightings, weights: ArrayLike) -> tuple[sp.csr_array, NDArray[np.float64]]:
    """Return the weights as one group (1, points), also of no points, and as an array."""
    weight = np.asarray(weights, dtype=np.float64)
    members, _ = memberships(weight, np.zeros(found.points, dtype=np.int64))
    return (members if members.shape[0] else sp.csr_array((1, found.points))), weight


def _counts_by_block(
    pairs: Pairs, headings: Headings
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield points (n,) and how many cameras of unknown aim see each in each draw (n, draws), block by block."""
    if not len(pairs):
        return
    starts = np.flatnonzero(np.diff(pairs.point, prepend=-1))
    at_once = max(1, _BLOCK // headings.draws)
    cuts = np.unique(np.searchsorted(starts, np.arange(0, len(pairs), at_once)))
    for first, last in zip(cuts, [*cuts[1:], len(starts)], strict=True):
        begin = starts[first]
        end = starts[last] if last < len(starts) else len(pairs)
        seen = seen_in_draws(pairs.take(np.arange(begin, end)), headings)
        counted = drawn_counts(seen, starts[first:last] - begin)
        yield pairs.point[starts[first:last]], counted
