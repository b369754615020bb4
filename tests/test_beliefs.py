"""Beliefs of where cameras look: by hand, by law, and against brute force over headings and draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial import beliefs as believing
from spatial.beliefs import (
    BINS,
    believed,
    draw,
    lobes_p,
    nothing_known,
    sees_by_heading,
    with_glance,
    with_headings,
    with_tilt,
)
from spatial.chances import chances_of, unseen_of, window_of, windows_of
from spatial.doubts import COMMON, COMMON_CHANCE, TILT_CHANCE, TILTS, VARIANTS
from spatial.errors import OutOfRange, WrongShape
from spatial.optics import aim_window

ONE = np.zeros(1, dtype=np.int64)


def test_nothing_known_is_even_and_every_camera_hangs_alone() -> None:
    even = nothing_known([7, 3, 3])
    assert even.camera_ids.tolist() == [3, 7]
    assert even.heading_p.tolist() == [[1 / 72] * 72] * 2
    assert even.tilt_p.tolist() == [[1 / 6, 4 / 6, 1 / 6]] * 2
    assert np.isnan(even.heading_deg).all()
    assert len(set(even.pole)) == 2
    assert even.offset.tolist() == [0.0, 0.0]
    assert nothing_known([]).sums.shape == (0, 73)


def test_heads_of_a_pole_look_evenly_apart() -> None:
    beliefs = nothing_known([1, 2, 3, 4, 5, 6], pole=[9, 9, 4, 9, 9, 7])
    assert beliefs.offset.tolist() == [0.0, 0.25, 0.0, 0.5, 0.75, 0.0]
    # Some of them are taken out: the others look where they looked.
    assert beliefs.take(beliefs.camera_ids > 1).offset.tolist() == [0.25, 0.0, 0.5, 0.75, 0.0]


def test_lobes_by_hand() -> None:
    # One standard deviation of 5 degrees round 2.5: the bin 0..5 holds what lies within half of it, 0.38292.
    p = lobes_p([(2.5, 5.0, 1.0)])
    assert p.sum() == pytest.approx(1.0)
    assert p[0] == pytest.approx(0.382925, abs=1e-6)
    assert p[1] == pytest.approx(p[-1]) == pytest.approx(0.241730, abs=1e-6)
    two = lobes_p([(2.5, 5.0, 3.0), (182.5, 5.0, 1.0)])
    assert (two[0], two[36]) == pytest.approx((0.75 * p[0], 0.25 * p[0]))
    # So wide a lobe is no lobe.
    assert lobes_p([(90.0, 180.0, 1.0)]) == pytest.approx(1 / 72, rel=0.02)
    for wrong in ([], [(0.0, 0.0, 1.0)], [(0.0, 5.0, -1.0)], [(0.0, 5.0, 0.0)]):
        with pytest.raises(OutOfRange):
            lobes_p(wrong)


def test_evidence_multiplies_and_doubt_mixes_it_with_nothing() -> None:
    north = np.where(np.arange(BINS) < 18, 1.0, 0.0)  # it says: 0 to 90 degrees
    sure = with_headings(nothing_known([5]), 5, north, weight=1.0)
    assert sure.heading_p[0, :18] == pytest.approx([1 / 18] * 18)
    half = with_headings(nothing_known([5]), 5, 99.0 * north, weight=0.5)  # a factor plays no part
    # Half the time it tells nothing: 1/2 + 1/2 * 1/4 in the quarter.
    assert half.heading_p[0, :18].sum() == pytest.approx(0.625)
    assert half.heading_p[0, 18:].sum() == pytest.approx(0.375)
    # What no heading can have given tells nothing; a weight of 0 neither.
    for told in (with_headings(sure, 5, 1.0 - north, weight=1.0), with_headings(sure, 5, north, weight=0.0)):
        assert told.heading_p == pytest.approx(sure.heading_p)
    with pytest.raises(OutOfRange):
        with_headings(sure, 5, north, weight=1.1)
    with pytest.raises(WrongShape):
        with_headings(sure, 6, north, weight=1.0)


def test_a_glance_splits_the_headings() -> None:
    # A place due east, seen within 10 degrees of the heading: bins 80..100.
    sees = sees_by_heading(90.0, np.array([[0.0, 10.0]]))
    assert sees.shape == (1, BINS)
    assert sees[0].nonzero()[0].tolist() == [16, 17, 18, 19]
    yes = with_glance(nothing_known([1]), 1, sees, seen=True, weight=1.0)
    assert yes.heading_p[0, 16:20] == pytest.approx([0.25] * 4)
    no = with_glance(nothing_known([1]), 1, sees, seen=False, weight=1.0)
    assert no.heading_p[0, 16:20].tolist() == [0.0] * 4
    # A window that only touches a bin in part is seen in part of it.
    assert sees_by_heading(0.0, np.array([[0.0, 4.0]]))[0][[0, 71, 1]] == pytest.approx([0.8, 0.8, 0.0])
    assert sees_by_heading(0.0, np.array([[1.0, 0.0]])).sum() == 0.0
    assert sees_by_heading(10.0, np.array([[0.0, 180.0]])) == pytest.approx(np.ones((1, BINS)))


def test_a_glance_tells_of_the_tilt_and_the_pole_shares_it() -> None:
    # Only the flat tilt sees so far, whatever the heading: the answer is all about the tilt.
    windows = np.tile([[0.0, 180.0], [1.0, 0.0], [1.0, 0.0]], (COMMON, 1))
    beliefs = nothing_known([1, 2, 3], pole=[8, 8, 9])
    yes = with_glance(beliefs, 1, sees_by_heading(0.0, windows), seen=True, weight=1.0)
    assert yes.tilt_p == pytest.approx(np.array([[1, 0, 0], [1, 0, 0], TILT_CHANCE.tolist()]))
    assert yes.heading_p == pytest.approx(beliefs.heading_p)
    steeper = with_tilt(beliefs, 3, [0.0, 0.0, 1.0], weight=0.5)
    assert steeper.tilt_p[2] == pytest.approx([1 / 12, 4 / 12, 1 / 12 + 0.5])


def test_a_known_heading_stays_and_tells_of_the_tilt_what_it_sees() -> None:
    # The flat tilt sees a place 30 degrees off, the others do not; camera 1 looks north, its mate is not known.
    windows = np.tile([[0.0, 40.0], [0.0, 10.0], [0.0, 10.0]], (COMMON, 1))
    beliefs = nothing_known([1, 2], heading_deg=[0.0, np.nan], pole=[8, 8])
    yes = with_glance(beliefs, 1, sees_by_heading(30.0, windows), seen=True, weight=1.0, mates=1.0)
    assert yes.tilt_p == pytest.approx(np.array([[1.0, 0.0, 0.0]] * 2))
    assert yes.heading_p.tolist() == beliefs.heading_p.tolist()
    assert with_headings(beliefs, 1, lobes_p([(90.0, 5.0, 1.0)]), weight=1.0, mates=1.0) is beliefs


def test_a_window_is_the_aim_window_of_optics() -> None:
    rng = np.random.default_rng(1)
    for distance, near, far, slope, offset in rng.uniform(0, 40, (300, 5)) * [1, 0.4, 1, 0.03, 0.1]:
        low, high = aim_window(distance, near_m=near, far_m=far, slope=slope, offset_m=offset)
        mine = window_of(distance, (near, far, slope, offset))
        if high <= low:
            assert mine == (1.0, 0.0)
        else:
            assert mine == pytest.approx((np.degrees(low), np.degrees(high)))


@st.composite
def believed_heads(draw_one: st.DrawFn) -> tuple[believing.Beliefs, np.ndarray, np.ndarray]:
    """Return beliefs of some heads on one or two poles, bearings and windows of a pair each."""
    count = draw_one(st.integers(1, 5))
    rng = np.random.default_rng(draw_one(st.integers(0, 2**32)))
    beliefs = nothing_known(np.arange(count), pole=rng.integers(1, 3, count))
    for camera in range(count):
        lobes = [(rng.uniform(0, 360), rng.uniform(5, 60), 1.0) for _ in range(2)]
        beliefs = with_headings(beliefs, camera, lobes_p(lobes), weight=0.8)
    low = rng.uniform(0, 60, count) * rng.integers(0, 2, count)
    return beliefs, rng.uniform(0, 360, count), np.column_stack([low, low + rng.uniform(0, 90, count)])


@given(believed_heads())
def test_chances_are_those_of_many_headings(case: tuple[believing.Beliefs, np.ndarray, np.ndarray]) -> None:
    beliefs, bearing, windows = case
    count = len(bearing)
    cameras = np.arange(count)
    tilts = (COMMON_CHANCE, beliefs.tilt_p)
    exact = chances_of((cameras, bearing, windows[:, None]), (beliefs.heading_deg, beliefs.sums), tilts)
    # 20,000 numbers u, evenly: each head looks where its sums reach u plus its offset.
    u = (np.arange(20_000) + 0.5) / 20_000
    edges = np.arange(BINS + 1) * 5.0
    seen = np.zeros((count, len(u)), dtype=bool)
    for head in range(count):
        heading = np.interp((u + beliefs.offset[head]) % 1.0, beliefs.sums[head], edges)
        off = np.abs((bearing[head] - heading + 180.0) % 360.0 - 180.0)
        seen[head] = (off >= windows[head, 0]) & (off <= windows[head, 1])
    assert exact == pytest.approx(seen.mean(axis=1), abs=1e-3)
    aim = (beliefs.heading_deg, beliefs.sums, beliefs.pole, beliefs.offset)
    unseen = unseen_of((np.zeros(count, dtype=np.int64), cameras, bearing, windows[:, None]), aim, tilts)
    by_pole = [1.0 - seen[beliefs.pole == pole].any(axis=0).mean() for pole in np.unique(beliefs.pole)]
    assert unseen[0] == pytest.approx(np.prod(by_pole), abs=1e-3)


def test_two_heads_that_look_apart_see_more_than_two_that_do_not_care() -> None:
    # Each sees a quarter of the circle. Half a turn apart they never see the same place: 1/2, not 1 - (3/4)^2.
    window = np.array([[[0.0, 45.0]]] * 2)
    tilts = (COMMON_CHANCE, np.tile(TILT_CHANCE, (2, 1)))
    pair = (np.zeros(2, dtype=np.int64), np.arange(2), np.array([10.0, 10.0]), window)
    for pole, expected in ([1, 1], 0.5), ([1, 2], 0.75**2):
        beliefs = nothing_known([0, 1], pole=pole)
        aim = (beliefs.heading_deg, beliefs.sums, beliefs.pole, beliefs.offset)
        assert unseen_of(pair, aim, tilts)[0] == pytest.approx([expected] * COMMON)


def test_known_headings_see_or_do_not_by_variant() -> None:
    # Heading 0, place at 20 degrees: seen where the window reaches 20, in the first tilt of each common step.
    windows = np.tile([[0.0, 30.0], [0.0, 10.0], [1.0, 0.0]], (COMMON, 1))[None]
    beliefs = nothing_known([4], heading_deg=[0.0])
    found = chances_of(
        (ONE, np.array([20.0]), windows), (beliefs.heading_deg, beliefs.sums), (COMMON_CHANCE, beliefs.tilt_p)
    )
    assert found == pytest.approx([1 / 6])


def test_draws_follow_beliefs_poles_and_variants() -> None:
    east = with_headings(nothing_known([1, 2, 3], pole=[5, 5, 6]), 1, lobes_p([(90.0, 8.0, 1.0)]), weight=1.0)
    east = with_headings(east, 2, lobes_p([(90.0, 8.0, 1.0)]), weight=1.0)
    drawn = draw(east, draws=4000, seed=3)
    heading = drawn.ticks.astype(float) * 360.0 / 2**32 % 360.0
    # Both heads of the pole have the same belief, and never the same number: one looks left of the middle when the
    # other looks right of it.
    for head in (0, 1):
        assert heading[head].mean() == pytest.approx(90.0, abs=0.5)
        assert heading[head].std() == pytest.approx(8.0, abs=0.5)
    assert ((heading[0] < 90.0) != (heading[1] < 90.0)).mean() > 0.99
    assert heading[2].std() > 95.0
    assert drawn.variant is not None
    common, tilt = drawn.variant // TILTS, drawn.variant % TILTS
    # Height and lens are wrong for all alike, the tilt for a pole alike.
    assert (common == common[0]).all()
    assert (tilt[0] == tilt[1]).all()
    assert (tilt[0] != tilt[2]).any()
    assert np.bincount(common[0], minlength=COMMON) / 4000 == pytest.approx(COMMON_CHANCE, abs=0.03)
    assert drawn.variant.max() < VARIANTS
    known = draw(nothing_known([1], heading_deg=[123.0]), draws=3, seed=1)
    assert known.ticks.astype(float) * 360.0 / 2**32 == pytest.approx(np.full((1, 3), 123.0), abs=1e-6)


def test_many_heads_of_doubted_optics_are_seen_as_their_draws_see() -> None:
    # A pole of 80 heads, one of 14 of which every third heading is known, and one camera alone; narrow windows off the
    # middle, another for each variant: the heads of the first pole alone make up to 320 stretches of u.
    rng = np.random.default_rng(7)
    pole = np.concatenate([np.full(80, 1), np.full(14, 2), [3]])
    count = len(pole)
    known = np.where((pole == 2) & (np.arange(count) % 3 == 0), rng.uniform(0, 360, count), np.nan)
    beliefs = nothing_known(np.arange(count), heading_deg=known, pole=pole)
    for camera in range(count):
        beliefs = with_headings(beliefs, camera, lobes_p([(rng.uniform(0, 360), 30.0, 1.0)]), weight=0.6)
    beliefs = with_tilt(beliefs, 0, [0.7, 0.2, 0.1], weight=1.0)
    # Of each pole the heads are few enough to leave something unseen.
    width = np.where(pole == 1, 0.6, np.where(pole == 2, 4.0, 60.0))[:, None]
    low = np.repeat(rng.uniform(1.0, 40.0, (count, 1)), VARIANTS, axis=1)
    windows = np.stack([low, low + width * np.linspace(0.2, 1.8, VARIANTS)], axis=2)
    bearing = rng.uniform(0, 360, count)
    pair = (np.zeros(count, dtype=np.int64), np.arange(count), bearing, windows)
    aim = (beliefs.heading_deg, beliefs.sums, beliefs.pole, beliefs.offset)
    exact = unseen_of(pair, aim, (COMMON_CHANCE, beliefs.tilt_p))[0] @ COMMON_CHANCE
    drawn = draw(beliefs, draws=40_000, seed=5)
    assert drawn.variant is not None
    off = np.abs((bearing[:, None] - drawn.ticks * (360.0 / 2**32) + 180.0) % 360.0 - 180.0)
    window = windows[np.arange(count)[:, None], drawn.variant]
    seen = ((off >= window[..., 0]) & (off <= window[..., 1])).any(axis=0)
    # One standard deviation of the mean of 40,000 is at most 0.0025.
    assert 0.1 < exact < 0.9
    assert exact == pytest.approx(1.0 - seen.mean(), abs=0.01)


def test_each_common_step_is_drawn_as_often_as_it_should_be() -> None:
    # 400 / 36 = 11.1: blindly there are 2 to 27 draws of an outermost step, and the ends of the interval jump between seeds.
    one = nothing_known([1])
    counted = []
    for seed in range(200):
        variant = draw(one, draws=400, seed=seed).variant
        assert variant is not None
        counted.append(np.bincount(variant[0] // TILTS, minlength=COMMON))
    assert np.abs(np.array(counted) - 400 * COMMON_CHANCE).max() < 3.0
    # The seed gives the start: over many seeds no step is favoured.
    assert np.mean(counted, axis=0) / 400 == pytest.approx(COMMON_CHANCE, rel=0.02)


def test_draws_do_not_depend_on_how_many_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    beliefs = nothing_known(np.arange(5), heading_deg=[np.nan] * 4 + [20.0], pole=[1, 1, 2, 2, 2])
    whole = draw(beliefs, draws=7, seed=2)
    monkeypatch.setattr(believing, "_AT_ONCE", 2)
    parts = draw(beliefs, draws=7, seed=2)
    assert whole.variant is not None and parts.variant is not None
    assert (parts.ticks.tolist(), parts.variant.tolist()) == (whole.ticks.tolist(), whole.variant.tolist())
    assert draw(nothing_known([]), draws=3, seed=1).ticks.shape == (0, 3)


def test_a_pole_looks_where_it_looked_whatever_others_there_are() -> None:
    all_of = draw(nothing_known([1, 2, 9], pole=[5, 5, 7]), draws=50, seed=11)
    some = draw(nothing_known([1, 2], pole=[5, 5]), draws=20, seed=11)
    assert all_of.ticks[:2, :20].tolist() == some.ticks.tolist()
    assert all_of.variant is not None and some.variant is not None
    assert all_of.variant[:2, :20].tolist() == some.variant.tolist()


def test_what_is_told_of_cameras_and_what_is_not() -> None:
    cameras = pd.DataFrame({"camera_id": [3, 1], "site_id": [8, 8], "heading_deg": [np.nan, 40.0]})
    p = lobes_p([(10.0, 20.0, 1.0)])
    told = pd.DataFrame(
        {
            "camera_id": [3, 77],
            "heading_sums": [np.concatenate([[0.0], np.cumsum(p)])] * 2,
            "tilt_p": [[0.2, 0.3, 0.5]] * 2,
        }
    )
    beliefs = believed(cameras, told)
    assert beliefs.camera_ids.tolist() == [1, 3]
    assert beliefs.heading_deg[0] == 40.0
    assert beliefs.heading_p[1] == pytest.approx(p)
    assert beliefs.tilt_p.tolist() == [TILT_CHANCE.tolist(), [0.2, 0.3, 0.5]]
    assert beliefs.of([3]).heading_p[0] == pytest.approx(p)
    with pytest.raises(WrongShape):
        beliefs.of([2])
    assert believed(cameras, told.iloc[:0]).heading_p == pytest.approx(1 / BINS)


def test_windows_of_many_rows() -> None:
    shapes = np.array([[[0.0, 20.0, 1.0, 0.0]] * 2, [[0.0, 5.0, 1.0, 0.0]] * 2])
    found = windows_of(np.array([10.0, 10.0]), np.array([0, 1]), shapes)
    assert found.tolist() == [[[0.0, pytest.approx(45.0)]] * 2, [[1.0, 0.0]] * 2]
