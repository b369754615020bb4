"""Who sees what: the toy city by hand, the draws of headings, and the samples they stand on."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.beliefs import draw_headings
from spatial.errors import BadGeometry, MissingColumn, NotMetric, OutOfRange, UnknownClass
from spatial.samples import groups_of, sample_alleys, sample_area, weigh_alike
from spatial.sightings import seen_in_draws, sightings
from tests import toy


def test_alleys_are_cut_into_equal_pieces_that_sum_to_their_length() -> None:
    # 100 m in pieces of at most 30 m: four of 25 m; 60 m: two of 30 m.
    points = sample_alleys(toy.alleys(), step_m=30.0)
    assert points["alley_id"].tolist() == [1, 1, 1, 1, 2, 2]
    assert points["offset_m"].tolist() == [12.5, 37.5, 62.5, 87.5, 15.0, 45.0]
    assert points["weight"].tolist() == [25.0] * 4 + [30.0] * 2
    assert shapely.get_coordinates(points.geometry.to_numpy()[4]).tolist() == [[200_050.0, 550_015.0]]


@given(st.floats(0.05, 300.0), st.floats(0.3, 40.0))
def test_pieces_are_never_longer_than_the_step(length_m: float, step_m: float) -> None:
    line = gpd.GeoDataFrame(
        {"alley_id": [7]}, geometry=[shapely.LineString([(0, 0), (length_m, 0)])], crs=toy.SRID
    )
    weight = sample_alleys(line, step_m=step_m)["weight"]
    assert weight.max() <= step_m * (1 + 1e-8)
    assert weight.sum() == pytest.approx(length_m)
    assert len(weight) - 1 < length_m / step_m  # no more pieces than needed


def test_alleys_without_length_or_of_another_type() -> None:
    alleys = toy.alleys()
    alleys.loc[0, "geometry"] = toy.place(shapely.LineString([(0, 0), (0, 0)]))
    assert sample_alleys(alleys)["alley_id"].unique().tolist() == [2]
    assert len(sample_alleys(toy.alleys().iloc[:0])) == 0
    alleys.loc[0, "geometry"] = toy.place(shapely.MultiLineString([[(0, 0), (1, 0)]]))
    with pytest.raises(BadGeometry):
        sample_alleys(alleys)
    with pytest.raises(OutOfRange):
        sample_alleys(toy.alleys(), step_m=0.0)
    with pytest.raises(MissingColumn):
        sample_alleys(toy.alleys().drop(columns="alley_id"))
    with pytest.raises(NotMetric):
        sample_alleys(toy.alleys().to_crs(4326))


def test_open_ground_is_the_district_less_its_buildings() -> None:
    # Each dong is 50 m x 60 m = 3000 m2 with one house of 600 m2 in it.
    points = sample_area(toy.district(), step_m=10.0, open_to=toy.buildings(), key="code")
    assert points.groupby("code")["weight"].sum().round(9).to_dict() == {"E": 2400.0, "W": 2400.0}
    # 30 cells of 10 m a dong, of which the house takes 6: 24 points of 100 m2.
    assert points["weight"].round(9).unique().tolist() == [100.0]
    assert not points.intersects(toy.buildings().union_all()).any()


def test_area_smaller_than_a_cell_is_one_point_and_a_covered_one_is_none() -> None:
    small = gpd.GeoDataFrame(geometry=[toy.place(shapely.box(1, 1, 2, 3))], crs=toy.SRID)
    points = sample_area(small, step_m=50.0)
    assert (points["weight"].tolist(), points["area"].tolist()) == ([2.0], [0])
    assert points.within(small.geometry[0]).all()
    under_roof = gpd.GeoDataFrame(geometry=[toy.place(shapely.box(12, 12, 20, 20))], crs=toy.SRID)
    assert len(sample_area(under_roof, open_to=toy.buildings())) == 0
    with pytest.raises(MissingColumn):
        sample_area(small, key="zone_id")


def test_points_belong_to_the_area_that_holds_them() -> None:
    spots = toy.points((10, 5), (50, 5), (80, 5), (80, 70))
    spots.index = [3, 5, 7, 9]
    owner = groups_of(spots, toy.district(), key="code")
    assert owner.index.tolist() == [3, 5, 7, 9]
    # The second lies on the border: the first row wins. The last lies outside.
    assert owner.tolist()[:3] == ["W", "W", "E"]
    assert owner.isna().tolist() == [False, False, False, True]
    assert weigh_alike(spots)["weight"].tolist() == [1.0] * 4


def test_toy_city_pair_by_pair() -> None:
    points = sample_alleys(toy.alleys(), step_m=10.0)  # L1: positions 0..9, L2: 10..15
    found = sightings(points, toy.drawn_fields(), toy.cameras())
    assert found.camera_ids.tolist() == [1, 2, 3]
    assert found.certain.point.tolist() == [0, 1, 2, 15]
    assert found.certain.camera.tolist() == [0, 0, 0, 2]
    assert found.possible.point.tolist() == [3, 4, 5, 6, 10, 11]
    assert found.possible.bearing_deg.tolist() == pytest.approx([270, 270, 90, 90, 0, 0])
    assert found.possible.distance_m.tolist() == pytest.approx([15, 5, 5, 15, 5, 15])
    assert found.possible.to_deg == pytest.approx([45.0] * 6)
    assert found.possible.p_sees() == pytest.approx([0.25] * 6)
    assert found.reach.point.tolist() == [13, 14]  # 15 is seen at home already
    kinds = ["certain"] * 3 + ["possible"] * 4 + ["none"] * 3 + ["possible"] * 2 + ["none"] + ["possible"] * 2
    assert found.sight().tolist() == [*kinds, "certain"]
    assert found.p_seen() == pytest.approx([1, 1, 1, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0.25, 0.25, 0, 0, 0, 1])


def test_only_keeps_the_list_of_cameras() -> None:
    points = sample_alleys(toy.alleys(), step_m=10.0)
    found = sightings(points, toy.drawn_fields(), toy.cameras()).only([2])
    assert found.camera_ids.tolist() == [1, 2, 3]
    assert (len(found.certain), len(found.possible), len(found.reach)) == (0, 6, 0)


def test_within_keeps_the_list_of_places() -> None:
    points = sample_alleys(toy.alleys(), step_m=10.0)
    found = sightings(points, toy.drawn_fields(), toy.cameras())
    first = np.arange(len(points)) < 4
    kept = found.within(first)
    assert kept.points == found.points
    assert kept.possibly_seen().tolist() == (found.possibly_seen() & first).tolist()
    assert kept.p_seen() == pytest.approx(np.where(first, found.p_seen(), 0.0))


def test_two_cameras_see_a_point_unless_both_look_away() -> None:
    cameras = toy.cameras().assign(camera_id=[1, 2, 3])
    rows = [toy.field(number, shapely.box(0, 0, 100, 60), sight="possible") for number in (1, 2)]
    found = sightings(toy.points((50, 30)), toy.fields(rows), cameras)
    assert found.p_seen() == pytest.approx([1 - 0.75**2])


def test_blind_zone_is_no_sight_for_a_fixed_camera_but_a_ptz_may_tilt() -> None:
    rows = [toy.field(number, shapely.box(0, -5, 100, 60), sight="possible", near_m=8.0) for number in (2, 3)]
    cameras = toy.cameras()
    beneath_fixed = sightings(toy.points((50, 5)), toy.fields(rows[:1]), cameras)
    assert beneath_fixed.sight().tolist() == ["none"]
    beneath_ptz = sightings(toy.points((50, 55)), toy.fields(rows[1:]), cameras)
    assert beneath_ptz.sight().tolist() == ["possible"]
    assert (len(beneath_ptz.possible), len(beneath_ptz.reach)) == (0, 1)


def test_no_points_no_fields_no_cameras() -> None:
    none = sightings(toy.points(), toy.drawn_fields(), toy.cameras())
    assert (none.points, len(none.certain), none.p_seen().tolist()) == (0, 0, [])
    blind = sightings(toy.points((5, 0)), toy.fields([]), toy.cameras())
    assert blind.sight().tolist() == ["none"]
    unmanned = sightings(toy.points((5, 0)), toy.drawn_fields(), toy.cameras().iloc[:0])
    assert unmanned.sight().tolist() == ["none"]
    empty = toy.fields([toy.field(1, shapely.Polygon())])
    assert sightings(toy.points((5, 0)), empty, toy.cameras()).sight().tolist() == ["none"]


def test_refuses_to_mix_density_classes() -> None:
    rows = [
        toy.field(1, shapely.box(0, -2, 30, 2)),
        toy.field(1, shapely.box(0, -2, 60, 2), density_class="detect"),
    ]
    spot = toy.points((45, 0))
    with pytest.raises(UnknownClass):
        sightings(spot, toy.fields(rows), toy.cameras())
    with pytest.raises(UnknownClass):
        sightings(spot, toy.fields(rows), toy.cameras(), density_class="identify")
    for density_class, sight in (("observe", "none"), ("detect", "certain")):
        found = sightings(spot, toy.fields(rows), toy.cameras(), density_class=density_class)
        assert found.sight().tolist() == [sight]
    with pytest.raises(MissingColumn):
        sightings(spot, toy.drawn_fields(), toy.cameras().drop(columns="kind"))


def test_draws_are_seeded_and_follow_the_set_of_cameras() -> None:
    first = draw_headings([3, 1, 2], draws=5, seed=1)
    again = draw_headings([1, 2, 3, 3], draws=5, seed=1)
    assert first.camera_ids.tolist() == [1, 2, 3]
    assert np.array_equal(first.ticks, again.ticks)
    assert first.draws == 5
    assert not np.array_equal(first.ticks, draw_headings([1, 2, 3], draws=5, seed=2).ticks)
    assert draw_headings([], draws=5, seed=1).ticks.shape == (0, 5)
    for asked in ({"draws": 0, "seed": 1}, {"draws": 5, "seed": -1}, {"draws": 5, "seed": 2**64}):
        with pytest.raises(OutOfRange):
            draw_headings([1], **asked)


@given(st.sets(st.integers(0, 2**40), min_size=1, max_size=9), st.integers(0, 2**64 - 1), st.integers(1, 9))
def test_a_draw_depends_on_seed_camera_and_draw_alone(cameras: set[int], seed: int, draws: int) -> None:
    """Whatever other cameras there are and however often is drawn, a camera looks where it looked."""
    many = draw_headings([*cameras, 7], draws=9, seed=seed)
    for camera in cameras:
        alone = draw_headings([camera], draws=draws, seed=seed).ticks[0]
        row = many.camera_ids.tolist().index(camera)
        assert many.ticks[row, :draws].tolist() == alone.tolist()


def test_draws_are_the_published_generator_counted_by_camera() -> None:
    # Key: the seed. Counter: 0 and up in the first word, the camera in the third. A 64-bit word is two draws.
    words = np.random.Philox(key=3, counter=[0, 0, 12, 0]).random_raw(2)
    drawn = draw_headings([12], draws=4, seed=3).ticks[0].astype(np.int64) % 2**32
    assert drawn.tolist() == [int(half) for word in words for half in (word % 2**32, word // 2**32)]


def test_draws_are_uniform_and_cameras_look_apart() -> None:
    ticks = draw_headings(np.arange(1000), draws=400, seed=1).ticks.astype(np.float64)
    # 400,000 draws in 16 sectors: 25,000 each, with a standard error of 153; five of them.
    sectors = np.histogram(ticks, bins=16, range=(-(2.0**31), 2.0**31))[0]
    assert np.abs(sectors - 25_000).max() < 5 * 153
    # Of 400 draws the correlation of two independent rows has a standard error of 0.05; neighbours by number.
    turns = ticks / 2.0**31
    beside = (turns[1:] * turns[:-1]).mean(axis=1) * 3.0
    assert np.abs(beside).max() < 5 * 0.05
    assert abs(beside.mean()) < 5 * 0.05 / np.sqrt(999)
    assert len(np.unique(ticks[:, 0])) > 990


@given(st.floats(0.0, 359.99), st.floats(0.0, 170.0), st.floats(1.0, 180.0), st.integers(0, 2**32 - 1))
def test_a_draw_sees_what_the_angle_says(bearing: float, lower: float, wide: float, seed: int) -> None:
    points = toy.points((5, 0))
    cameras = toy.cameras().iloc[1:2]
    found = sightings(
        points, toy.fields([toy.field(2, shapely.box(0, -9, 99, 9), sight="possible")]), cameras
    )
    pairs = found.possible.take(np.array([0]))
    pairs.bearing_deg[0], pairs.from_deg[0], pairs.to_deg[0] = bearing, lower, min(lower + wide, 180.0)
    headings = draw_headings([2], draws=50, seed=seed)
    heading_deg = headings.ticks[0].astype(float) * 360.0 / 2**32
    off = np.abs((bearing - heading_deg + 180.0) % 360.0 - 180.0)
    clear = (np.abs(off - pairs.from_deg[0]) > 1e-6) & (np.abs(off - pairs.to_deg[0]) > 1e-6)
    expected = (off >= pairs.from_deg[0]) & (off <= pairs.to_deg[0])
    assert np.array_equal(seen_in_draws(pairs, headings)[0][clear], expected[clear])
