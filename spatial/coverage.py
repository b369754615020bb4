"""Shares of what is seen, each with its denominator and range; nothing here knows how sight was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.frames import require_same_crs
from spatial.sightings import Headings, Sightings, require_draws_of, seen_in_draws
from spatial.types import Share

# Pairs times draws held at once: some 80 MB with all intermediate arrays.
_BLOCK = 4_000_000

SHARE_COLUMNS = ("share", "low", "high", "certain", "possible", "weight", "seen")


def share(found: Sightings, weights: ArrayLike, headings: Headings) -> Share:
    """Return the share of all weight that at least one camera sees.

    found     who sees what, of one density class
    weights   (points,) metres, square metres or counts; their sum is the denominator
    headings  one draw of every unknown heading per column (`sightings.draw_headings`)
    Returns   the mean over the draws, the 2.5 and 97.5 percentiles, and the hard bounds: seen for certain, and
              seen if every camera looked every way at once. All NaN when there is no weight.
    Raises    WrongShape if the weights or the headings belong to something else, OutOfRange below zero
    """
    whole = np.zeros(found.points, dtype=np.int64)
    row = shares_by(found, weights, headings, by=whole).reindex([0]).iloc[0]
    return Share(*(float(row[column]) for column in SHARE_COLUMNS[:5]))


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
    """Sum up the draws (draws, groups) of `seen_by_draw` as one row of shares a group."""
    weight = np.asarray(members.sum(axis=1)).ravel()
    whole = np.where(weight > 0.0, weight, np.nan)
    certain = members @ found.certainly_seen().astype(np.float64) / whole
    possible = members @ found.possibly_seen().astype(np.float64) / whole
    drawn = by_draw / whole
    mean = np.clip(drawn.mean(axis=0), certain, possible)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    # Of very few draws the mean may lie outside its percentiles, and rounding may pass a bound by a hair.
    rows = {
        "share": mean,
        "low": np.clip(low, certain, mean),
        "high": np.clip(high, mean, possible),
        "certain": certain,
        "possible": possible,
        "weight": weight,
        "seen": np.nan_to_num(mean) * weight,
    }
    return pd.DataFrame(rows)


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
    columns = sp.csc_array(members)
    surely = np.bincount(found.certain.point, minlength=found.points)
    drawn = np.zeros(found.points, dtype=bool)
    drawn[found.possible.point] = True
    out = np.empty((len(at_least), headings.draws, members.shape[0]))
    for level, cameras in enumerate(at_least):
        out[level] = columns @ ((surely >= cameras) & ~drawn).astype(np.float64)
    for point, counted in _counts_by_block(found, headings):
        total = counted + surely[point][:, np.newaxis]
        part = columns[:, point]
        for level, cameras in enumerate(at_least):
            out[level] += (part @ (total >= cameras).astype(np.float64)).T
    return out


def k_fold(
    found: Sightings, weights: ArrayLike, headings: Headings, *, at_least: Sequence[int] = (1, 2, 3)
) -> pd.DataFrame:
    """Return the share seen by at least k cameras, for each k.

    Returns  share, low, high indexed by k; `cameras`, the same in each row, is the expected number of cameras
             that see a unit of weight (exact, not drawn). NaN when there is no weight.
    """
    members, _ = memberships(weights, np.zeros(found.points, dtype=np.int64))
    weight = np.asarray(weights, dtype=np.float64)
    whole = weight.sum() if weight.sum() > 0.0 else np.nan
    by_draw = seen_by_draw(found, members, headings, at_least=at_least)
    drawn = (by_draw.sum(axis=2) if members.shape[0] else np.zeros(by_draw.shape[:2])) / whole
    low, high = np.percentile(drawn, [2.5, 97.5], axis=1)
    mean = drawn.mean(axis=1)
    expected = weight[found.certain.point].sum() + weight[found.possible.point] @ found.possible.p_sees()
    rows = {"share": mean, "low": np.minimum(low, mean), "high": np.maximum(high, mean)}
    return pd.DataFrame({**rows, "cameras": expected / whole}, index=pd.Index(at_least, name="k"))


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


def _counts_by_block(
    found: Sightings, headings: Headings
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield points (n,) and how many cameras of unknown aim see each in each draw (n, draws), block by block."""
    pairs = found.possible
    if not len(pairs):
        return
    starts = np.flatnonzero(np.diff(pairs.point, prepend=-1))
    at_once = max(1, _BLOCK // headings.draws)
    cuts = np.unique(np.searchsorted(starts, np.arange(0, len(pairs), at_once)))
    for first, last in zip(cuts, [*cuts[1:], len(starts)], strict=True):
        begin = starts[first]
        end = starts[last] if last < len(starts) else len(pairs)
        seen = seen_in_draws(pairs.take(np.arange(begin, end)), headings)
        counted = np.add.reduceat(seen, starts[first:last] - begin, axis=0, dtype=np.int64)
        yield pairs.point[starts[first:last]], counted
