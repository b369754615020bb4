"""Shares, ranges, k-fold and gaps of the toy city, worked out on paper."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial import coverage
from spatial.beliefs import Headings, draw_headings
from spatial.coverage import (
    buffer_share,
    change_between,
    k_fold,
    memberships,
    seen_by_draw,
    share,
    share_rows,
    shares_by,
    shares_by_draw,
)
from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.fov import fields_of_view
from spatial.gaps import gaps
from spatial.samples import groups_of, sample_alleys
from spatial.sightings import Sightings, sightings
from tests import toy
from tests.toy import LENS


@pytest.fixture
def points() -> gpd.GeoDataFrame:
    return sample_alleys(toy.alleys(), step_m=10.0)


@pytest.fixture
def found(points: gpd.GeoDataFrame) -> Sightings:
    return sightings(points, toy.drawn_fields(), toy.cameras())


def draws(count: int = 2000, seed: int = 7) -> Headings:
    return draw_headings([1, 2, 3], draws=count, seed=seed)


def test_share_of_alleys_by_hand(points: gpd.GeoDataFrame, found: Sightings) -> None:
    # Of 160 m: surely 30 + 10; possibly 60 of camera 2 and 20 that the PTZ reaches: 120.
    # Camera 2 sees 20 m with chance 3/4 and none with 1/4: a draw is 60/160 or 40/160, expected 55/160.
    figure = share(found, points["weight"], draws())
    assert (figure.certain, figure.possible) == (0.25, 0.75)
    assert (figure.low, figure.high) == (0.25, 0.375)
    assert figure.share == pytest.approx(55 / 160, abs=1e-12)


def test_the_share_is_exact_and_the_draws_agree(points: gpd.GeoDataFrame, found: Sightings) -> None:
    shares = {share(found, points["weight"], draws(30, seed)).share for seed in range(9)}
    assert len(shares) == 1
    assert shares.pop() == pytest.approx(55 / 160, abs=1e-12)
    # Standard error of 2000 draws of a step of 1/8 at 3/4: 0.0012; four of them.
    drawn = shares_by_draw(found, points["weight"], draws())
    assert drawn.shape == (2000,)
    assert set(drawn.round(9)) == {0.25, 0.375}
    assert drawn.mean() == pytest.approx(55 / 160, abs=0.005)


def test_a_range_that_misses_the_expected_share_reaches_out_to_it(
    points: gpd.GeoDataFrame, found: Sightings
) -> None:
    # One draw has no width. Looking south camera 2 sees nothing, looking east 20 m: 40 or 60 of 160 m.
    for tick, low, high in ((-(2**31), 0.25, 55 / 160), (2**30, 55 / 160, 0.375)):
        one = Headings(np.array([1, 2, 3]), np.full((3, 1), tick, dtype=np.int32))
        figure = share(found, points["weight"], one)
        assert (figure.low, figure.share, figure.high) == pytest.approx((low, 55 / 160, high))


def test_groups_are_exact_too(points: gpd.GeoDataFrame, found: Sightings) -> None:
    # Of L1 surely 30 m and 40 m one time in four; of L2 surely 10 m and 20 m one time in four.
    rows = shares_by(found, points["weight"], draws(10), by=points["alley_id"])
    assert rows["share"].tolist() == pytest.approx([40 / 100, 15 / 60], abs=1e-12)
    assert rows["seen"].tolist() == pytest.approx([40.0, 15.0])


def test_the_change_is_of_the_same_draws() -> None:
    # Day one: camera 1 sees 30 of 100 m for sure, camera 2 of unknown heading the 20 m beside it now and then.
    # Day two: a camera 0, sorted before both, sees 10 m more for sure. Whatever camera 2 does: 10 m.
    rows = [
        toy.field(1, shapely.box(0, -2, 30, 2)),
        toy.field(2, shapely.box(30, -2, 50, 2), sight="possible"),
        toy.field(0, shapely.box(90, -2, 101, 2)),
    ]
    points = sample_alleys(toy.alleys().iloc[:1], step_m=10.0)
    cameras = toy.cameras().iloc[[0, 1, 2]].assign(camera_id=[1, 2, 0])
    days = []
    for count in (2, 3):
        stand = cameras.iloc[:count]
        found = sightings(points, toy.fields(rows[:count]), stand)
        headings = draw_headings(stand["camera_id"], draws=400, seed=1)
        days.append(
            (
                share(found, points["weight"], headings),
                shares_by_draw(found, points["weight"], headings),
            )
        )
    (before, drawn_before), (after, drawn_after) = days
    assert before.high > after.low  # the two ranges overlap, as each holds all that camera 2 may do
    moved = change_between(drawn_before, drawn_after, expected=after.share - before.share)
    assert (moved.low, moved.change, moved.high) == pytest.approx((0.1, 0.1, 0.1))
    assert not moved.may_be_none


def test_change_by_hand() -> None:
    # Differences 0.00, 0.01 .. 1.00: the percentiles are 0.025 and 0.975.
    after = np.linspace(0.0, 1.0, 101)
    moved = change_between(np.zeros(101), after, expected=0.5)
    assert (moved.change, moved.low, moved.high) == pytest.approx((0.5, 0.025, 0.975))
    assert not moved.may_be_none
    assert change_between(after, after[::-1], expected=0.0).may_be_none
    # An expected change that the draws miss widens the interval to it.
    assert change_between([0.0], [0.1], expected=-0.1).low == -0.1
    with pytest.raises(WrongShape):
        change_between([0.0], [0.1, 0.2], expected=0.1)
    with pytest.raises(WrongShape):
        change_between([], [], expected=0.1)


def test_each_draw_sees_one_arm_or_none(points: gpd.GeoDataFrame, found: Sightings) -> None:
    # Headings north, east, south, west: 20 m of L2, 20 m of L1, nothing, 20 m of L1.
    ticks = np.array([[0], [2**30], [-(2**31)], [-(2**30)]], dtype=np.int32).T
    headings = Headings(np.array([1, 2, 3]), np.repeat(ticks, 3, axis=0))
    members, groups = memberships(points["weight"], points["alley_id"])
    assert groups.tolist() == [1, 2]
    assert seen_by_draw(found, members, headings)[0].tolist() == [[30, 30], [50, 10], [30, 10], [50, 10]]


def test_same_seed_same_numbers(points: gpd.GeoDataFrame, found: Sightings) -> None:
    first, second = (share(found, points["weight"], draws(40, seed=3)) for _ in range(2))
    assert first == second


def test_blocks_change_nothing(
    points: gpd.GeoDataFrame, found: Sightings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = k_fold(found, points["weight"], draws(50))
    monkeypatch.setattr(coverage, "_BLOCK", 1)  # one pair at a time
    pd.testing.assert_frame_equal(whole, k_fold(found, points["weight"], draws(50)))


def test_groups_share_the_draws_and_sum_to_the_whole(points: gpd.GeoDataFrame, found: Sightings) -> None:
    headings = draws(60)
    rows = shares_by(found, points["weight"], headings, by=points["alley_id"])
    assert rows.index.tolist() == [1, 2]
    assert rows["weight"].tolist() == [100.0, 60.0]
    assert rows["certain"].tolist() == [0.3, pytest.approx(1 / 6)]
    assert rows["possible"].tolist() == [0.7, pytest.approx(5 / 6)]
    whole = share(found, points["weight"], headings)
    assert rows["seen"].sum() / 160 == pytest.approx(whole.share)


def test_points_in_no_group_count_nowhere(points: gpd.GeoDataFrame, found: Sightings) -> None:
    west = groups_of(points, toy.district().iloc[:1], key="code")  # x <= 50: L1 to its middle, and L2
    rows = shares_by(found, points["weight"], draws(20), by=west)
    assert rows.index.tolist() == ["W"]
    assert rows.loc["W", "weight"] == 110.0
    assert rows.loc["W", "certain"] == pytest.approx(40 / 110)


def test_many_groupings_from_one_pass(points: gpd.GeoDataFrame, found: Sightings) -> None:
    headings = draws(30)
    by_alley, _ = memberships(points["weight"], points["alley_id"])
    whole, _ = memberships(points["weight"], np.zeros(len(points)))
    both = sp.csr_array(sp.vstack([by_alley, whole]))
    rows = share_rows(found, both, seen_by_draw(found, both, headings)[0])
    assert rows["weight"].tolist() == [100.0, 60.0, 160.0]
    assert rows["share"].iloc[2] == pytest.approx(share(found, points["weight"], headings).share)


def test_one_agency_alone_stands_on_the_same_draws(points: gpd.GeoDataFrame, found: Sightings) -> None:
    headings = draws(80)
    cameras = toy.cameras()
    alone = {
        agency: share(found.only(own["camera_id"]), points["weight"], headings)
        for agency, own in cameras.groupby("agency")
    }
    assert (alone["north"].share, alone["north"].possible) == (0.25, 60 / 160)
    assert alone["south"].certain == 0.0
    # No metre is seen by both, so the two agencies sum to all together, draw by draw.
    together = share(found, points["weight"], headings).share
    assert alone["north"].share + alone["south"].share == pytest.approx(together)


def test_known_headings_leave_no_range() -> None:
    points = sample_alleys(toy.alleys(), step_m=10.0)
    found = sightings(points, toy.fields([toy.field(1, shapely.box(0, -2, 30, 2))]), toy.cameras())
    figure = share(found, points["weight"], draws(10))
    assert (figure.certain, figure.low, figure.share, figure.high, figure.possible) == (30 / 160,) * 5


def test_k_fold_by_hand() -> None:
    # Cameras 1 and 3 surely see 0..30 and 20..50 of L1; camera 2 sees 20..30 one time in four.
    rows = [
        toy.field(1, shapely.box(0, -2, 30, 2)),
        toy.field(3, shapely.box(20, -2, 50, 2)),
        toy.field(2, shapely.box(20, -2, 30, 2), sight="possible"),
    ]
    points = sample_alleys(toy.alleys().iloc[:1], step_m=10.0)
    found = sightings(points, toy.fields(rows), toy.cameras())
    folds = k_fold(found, points["weight"], draws(4000))
    assert folds.index.tolist() == [1, 2, 3]
    assert folds["share"].tolist()[:2] == pytest.approx([0.5, 0.1])
    alone = toy.fields([toy.field(2, shapely.box(20, -2, 30, 2), sight="possible")])
    few = k_fold(sightings(points, alone, toy.cameras()), points["weight"], draws(7))
    assert few.loc[1, "share"] == pytest.approx(0.1 * 0.25, abs=1e-12)  # exact, however few the draws
    assert folds.loc[3, "share"] == pytest.approx(0.1 * 0.25, abs=0.003)
    assert (folds.loc[3, "low"], folds.loc[3, "high"]) == (0.0, 0.1)
    # (30 + 30 + 10 / 4) camera metres over 100 m.
    assert folds["cameras"].tolist() == pytest.approx([0.625] * 3)


def test_no_weight_no_share(points: gpd.GeoDataFrame, found: Sightings) -> None:
    assert math.isnan(share(found, np.zeros(len(points)), draws(5)).share)
    nowhere = sightings(points.iloc[:0], toy.drawn_fields(), toy.cameras())
    assert math.isnan(share(nowhere, [], draws(5)).possible)
    assert k_fold(nowhere, [], draws(5))["share"].isna().all()
    assert len(shares_by(nowhere, [], draws(5), by=[])) == 0


def test_refuses_what_does_not_pair_up(points: gpd.GeoDataFrame, found: Sightings) -> None:
    with pytest.raises(WrongShape):
        share(found, [1.0], draws(5))
    with pytest.raises(OutOfRange):
        share(found, -points["weight"], draws(5))
    with pytest.raises(WrongShape):
        share(found, points["weight"], draw_headings([1, 2], draws=5, seed=1))
    with pytest.raises(WrongShape):
        seen_by_draw(found, sp.csr_array((1, 3)), draws(5))


def test_circles_overstate() -> None:
    # Circles of 10 m round (0,0), (50,0), (50,60): pieces with a middle within 10 m: 5; 45, 55; and 5, 55 of L2.
    points = sample_alleys(toy.alleys(), step_m=10.0)
    assert buffer_share(points, toy.cameras(), radius_m=10.0) == 50 / 160
    assert buffer_share(points, toy.cameras(), radius_m=5.0) == 50 / 160  # the rim belongs to the circle
    assert buffer_share(points, toy.cameras().iloc[:0]) == 0.0
    assert math.isnan(buffer_share(points.iloc[:0], toy.cameras()))
    with pytest.raises(MissingColumn):
        buffer_share(points.drop(columns="weight"), toy.cameras())


def test_gaps_by_hand(points: gpd.GeoDataFrame, found: Sightings) -> None:
    blind = gaps(points, found.possibly_seen(), toy.alleys())
    assert blind[["alley_id", "from_m", "to_m", "length_m"]].to_numpy().tolist() == [
        [1, 70, 100, 30],
        [2, 20, 30, 10],
    ]
    assert blind.geometry.iloc[0].equals(toy.place(shapely.LineString([(70, 0), (100, 0)])))
    assert blind.geometry.iloc[1].equals(toy.place(shapely.LineString([(50, 20), (50, 30)])))


def test_gaps_are_ranked_by_risk_metres(points: gpd.GeoDataFrame, found: Sightings) -> None:
    # Risk 1 on the lane, 0.25 on the street: 10 m x 1 outranks 30 m x 0.25 = 7.5.
    risk = np.where(points["alley_id"] == 2, 1.0, 0.25)
    blind = gaps(points, found.possibly_seen(), toy.alleys(), risk=risk)
    assert blind["alley_id"].tolist() == [2, 1]
    assert blind["risk"].tolist() == [1.0, 0.25]
    assert blind["risk_m"].tolist() == [10.0, 7.5]
    assert gaps(points, found.possibly_seen(), toy.alleys(), shortest_m=20.0)["alley_id"].tolist() == [1]


def test_gaps_of_seen_and_of_blind_alleys(points: gpd.GeoDataFrame) -> None:
    assert len(gaps(points, np.ones(16, dtype=bool), toy.alleys())) == 0
    # Two blind alleys that meet are two gaps, and each is the whole alley.
    blind = gaps(points, np.zeros(16, dtype=bool), toy.alleys())
    assert blind["length_m"].tolist() == [100.0, 60.0]
    assert blind.geometry.length.tolist() == [100.0, 60.0]
    assert len(gaps(points.iloc[:0], [], toy.alleys())) == 0
    with pytest.raises(WrongShape):
        gaps(points, [True], toy.alleys())
    with pytest.raises(MissingColumn):
        gaps(points.drop(columns="offset_m"), np.ones(16, dtype=bool), toy.alleys())


@given(st.data())
@settings(deadline=None)
def test_covered_and_gap_are_the_whole(data: st.DataObject) -> None:
    alleys = toy.alleys()
    points = sample_alleys(alleys, step_m=data.draw(st.floats(2.0, 40.0)))
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points))))
    blind = gaps(points, seen, alleys)
    assert blind["length_m"].sum() + points["weight"][seen].sum() == pytest.approx(160.0)
    assert blind.geometry.length.tolist() == pytest.approx((blind["to_m"] - blind["from_m"]).tolist())
    # Maximal: no two gaps of one alley touch.
    for _, own in blind.sort_values("from_m").groupby("alley_id"):
        assert (own["from_m"].to_numpy()[1:] - own["to_m"].to_numpy()[:-1] > 1.0).all()


@given(
    st.lists(st.tuples(st.integers(0, 2), st.floats(-20, 90), st.booleans()), max_size=6), st.integers(0, 99)
)
@settings(deadline=None, max_examples=50)
def test_range_is_in_order_whatever_is_seen(rows: list[tuple[int, float, bool]], seed: int) -> None:
    areas = [
        toy.field(camera + 1, shapely.box(west, -10, west + 25, 40), sight="certain" if sure else "possible")
        for camera, west, sure in rows
    ]
    points = sample_alleys(toy.alleys(), step_m=5.0)
    found = sightings(points, toy.fields(areas), toy.cameras())
    figure = share(found, points["weight"], draws(20, seed))
    assert figure.certain <= figure.low <= figure.share <= figure.high <= figure.possible
    folds = k_fold(found, points["weight"], draws(20, seed))["share"]
    assert folds.is_monotonic_decreasing
    assert folds.loc[1] == pytest.approx(figure.share)


def test_expected_share_is_the_mean_over_all_headings_of_the_true_footprint() -> None:
    """Turn camera 2 through the circle in steps of 3 degrees: its mean share is what the chances say."""
    points = sample_alleys(toy.alleys(), step_m=1.0)
    free = toy.cameras().iloc[1:2]
    asked = {"classes": ["observe"], "defaults": LENS}
    expected = sightings(points, fields_of_view(free, toy.buildings(), **asked), free).p_seen().mean()
    shares = []
    for heading in np.arange(0.0, 360.0, 3.0):
        turned = free.assign(heading_deg=heading)
        found = sightings(points, fields_of_view(turned, toy.buildings(), **asked), turned)
        shares.append(found.certainly_seen().mean())
    assert expected > 0.02
    assert np.mean(shares) == pytest.approx(expected, rel=0.02)
