"""Circle, fan and truth of the toy city: the areas are sectors less triangles, worked out on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import shapely

from app.services.three_ways import ThreeWays, compare
from app.services.verify import UnknownCamera
from tests import city_in_database as toy_city
from tests.city_in_database import Door, opened, quiet
from tests.database import TestCity

WHOLE = np.pi * 2500.0
# Behind house A, from camera 1: the sector between the corners (40, 10) and (10, 30), less the two triangles that lie
# before the house, over its south side from (10, 10) to (40, 10) and its west side from (10, 10) to (10, 30).
BEHIND_A = 1250.0 * (np.arctan2(30, 10) - np.arctan2(10, 40)) - 150.0 - 100.0
# From camera 3, 30 m north of both houses: the sector from (10, 49.0), where the side passes the circle, to (40, 30).
SIDE = np.sqrt(2400.0)
BEHIND_FROM_NORTH = 1250.0 * (np.arctan2(40, 30) - np.arctan2(10, SIDE)) - 450.0 - 5.0 * (SIDE - 30.0)
SEEN = [WHOLE - BEHIND_A, WHOLE - 2 * BEHIND_A, WHOLE - 2 * BEHIND_FROM_NORTH]


def fan_of_camera_1() -> float:
    """Return the area of 360 triangles between rays: house A stands from 18.4 to 76.0 degrees."""
    turn = np.radians(np.arange(361) % 360)
    west, south = 10.0 / np.maximum(np.sin(turn), 1e-9), 10.0 / np.maximum(np.cos(turn), 1e-9)
    met = (turn > np.arctan2(10, 30)) & (turn < np.arctan2(40, 10))
    ray = np.where(met, np.where(turn < np.pi / 4, west, south), 50.0)
    return float(np.sum(ray[:-1] * ray[1:]) * np.sin(np.radians(1.0)) / 2)


@pytest.fixture(scope="module")
def found(drawn: Door) -> ThreeWays:
    return compare(drawn(), progress=quiet)


def test_areas_of_the_three_cameras(found: ThreeWays) -> None:
    table = found.cameras
    assert table["camera_key"].tolist() == ["c1", "c2", "c3"]
    assert (found.at, found.radius_m, found.inside) == (toy_city.DAY, 50.0, 0)
    # 1152 chords leave 5e-6 of a circle out; walls are exact.
    assert table["circle_m2"].tolist() == pytest.approx([WHOLE] * 3, rel=1e-5)
    assert table["seen_m2"].tolist() == pytest.approx(SEEN, rel=1e-5)
    assert table["circle_times"].tolist() == pytest.approx([WHOLE / seen for seen in SEEN], rel=1e-5)
    assert table["fan_m2"].iloc[0] == pytest.approx(fan_of_camera_1(), rel=1e-9)
    assert table["fan_off"].iloc[0] == pytest.approx(fan_of_camera_1() / SEEN[0] - 1.0, abs=1e-5)


def test_wrong_ground_is_at_least_what_the_area_is_off(found: ThreeWays) -> None:
    table = found.cameras
    assert (table["fan_wrong"] >= table["fan_off"].abs() - 1e-9).all()
    # Camera 2 stands between mirrored houses, each as A from camera 1, and both see no more than open ground beside.
    assert table["fan_wrong"].iloc[1] > table["fan_wrong"].iloc[0] > 0.0


def test_medians_are_of_the_middle_camera(found: ThreeWays) -> None:
    assert found.medians["circle_times"] == pytest.approx(WHOLE / SEEN[0], rel=1e-5)
    assert found.medians["fan_wrong"] == found.cameras["fan_wrong"].median()
    assert found.medians["fan_off"] == found.cameras["fan_off"].abs().median()


def test_the_most_telling_camera_is_drawn_from_its_pole(found: ThreeWays) -> None:
    scene = found.scene
    assert scene is not None
    wrong = found.cameras["fan_wrong"] * found.cameras["seen_m2"]
    assert scene.row["camera_key"] == found.cameras["camera_key"][wrong.idxmax()] == "c2"
    assert scene.circle.bounds == pytest.approx((-50, -50, 50, 50))
    assert scene.seen.area == pytest.approx(SEEN[1], rel=1e-5)
    # Both houses, cut to the picture, to either side of the pole.
    houses = [shapely.box(-40, 10, -10, 30), shapely.box(10, 10, 40, 30)]
    drawn_m2 = shapely.area(shapely.symmetric_difference(sorted(scene.walls, key=lambda w: w.bounds), houses))
    assert drawn_m2.tolist() == pytest.approx([0.0, 0.0], abs=1e-6)
    # Two ways to draw the same disc less the same two houses agree in what lies near the pole.
    near = shapely.Point(0, 0).buffer(9)
    assert scene.fan.contains(near) and scene.seen.contains(near)


def test_a_camera_by_its_number(drawn: Door) -> None:
    db = drawn()
    named = compare(db, camera="c1", progress=quiet).scene
    assert named is not None
    assert named.seen.area == pytest.approx(SEEN[0], rel=1e-5)
    by_id = compare(db, camera=str(named.row["camera_id"]), radius_m=5.0, progress=quiet).scene
    # Nothing stands within 5 m.
    assert by_id is not None and by_id.row["circle_times"] == pytest.approx(1.0)
    assert len(by_id.walls) == 0
    with pytest.raises(UnknownCamera):
        compare(db, camera="c9", progress=quiet)


def test_fewer_rays_are_wrong_on_more_ground(drawn: Door, found: ThreeWays) -> None:
    coarse = compare(drawn(), step_deg=10.0, progress=quiet)
    assert coarse.medians["circle_times"] == found.medians["circle_times"]
    assert (coarse.cameras["fan_wrong"] > found.cameras["fan_wrong"]).all()


def test_a_camera_inside_a_house_is_counted_and_left_out(living: Door) -> None:
    toy_city.alter(
        living,
        "update core.site set geom = st_setsrid(st_makepoint(200025, 550020), 5186) where site_key = 's1'",
    )
    found = compare(living(), progress=quiet)
    assert (found.inside, found.cameras["camera_key"].tolist()) == (1, ["c2", "c3"])
    with pytest.raises(UnknownCamera):
        compare(living(), camera="c1", progress=quiet)


def test_without_cameras_or_buildings(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        none = compare(door(), at=toy_city.DAY, progress=quiet)
        assert (none.cameras.empty, none.inside, none.scene) == (True, 0, None)
        assert none.medians == {"circle_times": None, "fan_off": None, "fan_wrong": None}
        toy_city.lay_out(door("owner"), toy_city.NETWORK)
        free = compare(door(), progress=quiet)
        assert free.cameras["circle_times"].tolist() == pytest.approx([1.0] * 3)
        assert free.scene is not None and len(free.scene.walls) == 0
