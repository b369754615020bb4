"""Where cameras could stand in the toy city, and what each aim would see."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from spatial.candidates import aims, as_cameras, most_promising, mounts, reach_m
from spatial.errors import BadGeometry, MissingColumn, OutOfRange, WrongShape
from spatial.fov import fields_of_view
from spatial.samples import sample_alleys
from spatial.sightings import sightings
from spatial.siting import maximal_cover
from tests import toy
from tests.toy import LENS


def where(sites: gpd.GeoDataFrame) -> list[tuple[float, float, str]]:
    xy = shapely.get_coordinates(sites.geometry.to_numpy()) - toy.CORNER
    return [(float(x), float(y), place) for (x, y), place in zip(xy, sites["place"], strict=True)]


def test_mounts_of_the_toy_city() -> None:
    # L1 in halves of 50 m, L2 in halves of 30 m; L2 ends on the middle of L1, a crossing of three arms.
    assert where(mounts(toy.alleys(), every_m=50.0)) == [
        (0.0, 0.0, "end"),
        (50.0, 0.0, "corner"),
        (50.0, 30.0, "between"),
        (50.0, 60.0, "end"),
        (100.0, 0.0, "end"),
    ]


def test_bends_of_thirty_degrees_count() -> None:
    # Turns by 45 degrees at (10, 0) and by 11.3 back at (20, 10).
    line = toy.place(shapely.LineString([(0, 0), (10, 0), (20, 10), (30, 25)]))
    street = gpd.GeoDataFrame({"alley_id": [1]}, geometry=[line], crs=toy.SRID)
    places = where(mounts(street, every_m=999.0))
    assert places == [(0.0, 0.0, "end"), (10.0, 0.0, "bend"), (30.0, 25.0, "end")]


def test_mounts_refuse() -> None:
    with pytest.raises(OutOfRange):
        mounts(toy.alleys(), every_m=0.0)
    with pytest.raises(BadGeometry):
        mounts(toy.buildings())
    assert len(mounts(toy.alleys().iloc[:0])) == 0


def test_most_promising_by_hand() -> None:
    sites = mounts(toy.alleys(), every_m=50.0)
    demand = toy.points((95, 0), (99, 3), (50, 35), (0, 90))
    kept = most_promising(sites, demand, [1.0, 1.0, 1.5, 9.0], reach_m=10.0, most=9)
    assert kept["site_id"].tolist() == [4, 2]
    assert kept["within_reach"].tolist() == [2.0, 1.5]
    assert most_promising(sites, demand, [1.0, 1.0, 1.5, 9.0], reach_m=10.0, most=1)["site_id"].tolist() == [
        4
    ]
    assert len(most_promising(sites, demand, np.zeros(4), reach_m=10.0, most=9)) == 0
    with pytest.raises(WrongShape):
        most_promising(sites, demand, [1.0], reach_m=10.0, most=9)


def test_candidates_are_cameras_of_unknown_heading() -> None:
    cameras = as_cameras(mounts(toy.alleys(), every_m=50.0), LENS)
    assert set(toy.cameras().columns) == set(cameras.columns)
    assert cameras["heading_deg"].isna().all()
    assert cameras["camera_id"].tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(MissingColumn):
        as_cameras(toy.points((0, 0)), LENS)


def test_aims_and_plan_by_hand() -> None:
    # One mount at the crossing (50, 0) that reaches 20 m each way and sees 45 degrees to either side.
    site = gpd.GeoDataFrame({"site_id": [0]}, geometry=[toy.place(shapely.Point(50, 0))], crs=toy.SRID)
    points = sample_alleys(toy.alleys(), step_m=10.0)
    fields = toy.fields([toy.field(0, shapely.box(30, -20, 70, 20), sight="possible")])
    found = sightings(points, fields, as_cameras(site, LENS))
    cover, frame = aims(found, headings_deg=(0.0, 90.0, 180.0, 270.0))
    assert frame["camera_id"].tolist() == [0] * 4
    assert frame["heading_deg"].tolist() == [0.0, 90.0, 180.0, 270.0]
    # Positions 3, 4 lie to the west, 5, 6 to the east on L1; 10, 11 to the north on L2.
    assert [np.flatnonzero(column).tolist() for column in cover.toarray().T] == [[10, 11], [5, 6], [], [3, 4]]
    # The lane is worth twice the street, so it is looked at first; then east, the lower column of a tie.
    worth = points["weight"] * np.where(points["alley_id"] == 2, 2.0, 1.0)
    plan = maximal_cover(cover, worth, p=2)
    assert frame["heading_deg"].iloc[plan.chosen].tolist() == [0.0, 90.0]
    assert (plan.covered_weight, plan.proved_optimal) == (60.0, True)


def test_what_has_an_aim_is_no_candidate() -> None:
    points = sample_alleys(toy.alleys(), step_m=10.0)
    with pytest.raises(WrongShape):
        aims(sightings(points, toy.drawn_fields(), toy.cameras()))


def test_an_aim_sees_what_a_camera_turned_that_way_sees() -> None:
    """Windows cut from one all-round view agree with the footprint of each heading, walls and blind zone and all."""
    site = gpd.GeoDataFrame({"site_id": [7]}, geometry=[toy.place(shapely.Point(50, 5))], crs=toy.SRID)
    points = sample_alleys(toy.alleys(), step_m=0.5)
    free = as_cameras(site, LENS)
    headings = (0.0, 20.0, 90.0, 200.0, 275.0)
    asked = {"classes": ["observe"], "defaults": LENS}
    cover, _ = aims(
        sightings(points, fields_of_view(free, toy.buildings(), **asked), free), headings_deg=headings
    )
    assert cover.sum() > 0
    for column, heading in enumerate(headings):
        turned = free.assign(heading_deg=heading)
        fields = fields_of_view(turned, toy.buildings(), **asked)
        seen = sightings(points, fields, turned).certainly_seen()
        # A point may fall either side of an edge that is drawn with chords: at most two of 320.
        assert (seen != (cover[:, [column]].toarray().ravel() > 0)).sum() <= 2, heading


def test_reach_is_the_far_corner_of_the_footprint() -> None:
    # A lens of 90 degrees (1920 px: 960 px focal) at tilt 0, 5 m up: observe (62.5 px/m) ends 15.36 m ahead, where
    # the picture is 15.36 m wide to either side.
    lens = replace(
        LENS, focal_mm=2.0, sensor_w_mm=4.0, image_w_px=1920, image_h_px=1920, height_m=5.0, tilt_deg=0.0
    )
    assert reach_m(lens, "observe") == pytest.approx(15.36 * np.sqrt(2.0))
    # The picture begins 5 m ahead (45 degrees down); identify would end at 3.84 m.
    assert reach_m(lens, "identify") == 0.0
    assert reach_m(replace(lens, max_range_m=10.0), "detect") == pytest.approx(10.0 * np.sqrt(2.0))


@pytest.mark.parametrize("density_class", ["detect", "observe", "recognise"])
def test_no_aim_gains_more_than_what_lies_within_reach(density_class: str) -> None:
    sites = mounts(toy.alleys(), every_m=10.0)
    points = sample_alleys(toy.alleys(), step_m=1.0)
    weight = points["weight"].to_numpy()
    kept = most_promising(sites, points, weight, reach_m=reach_m(LENS, density_class), most=99)
    poles = as_cameras(kept, LENS)
    views = fields_of_view(poles, toy.buildings(), classes=[density_class], defaults=LENS)
    cover, frame = aims(sightings(points, views, poles, density_class=density_class))
    within = kept.set_index("site_id")["within_reach"]
    gain = weight @ cover.toarray()
    assert gain.max() > 0.0
    assert np.all(gain <= within.loc[frame["camera_id"]].to_numpy() + 1e-9)
