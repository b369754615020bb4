"""Line of sight among a few boxes whose shadows are solved by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from spatial.errors import BadGeometry, OutOfRange, WrongShape
from spatial.visibility import CHORDS, sight, stand_off, visible_polygons

# The rim is a polygon of chords, so that a disc loses this share of its area and nothing else is approximate.
RIM = CHORDS / (2.0 * np.pi) * np.sin(2.0 * np.pi / CHORDS)

HOUSE = box(10.0, -5.0, 20.0, 5.0)


def seen(observer, obstacles, radius_m, **more):
    (area,) = visible_polygons([observer], obstacles, radius_m=radius_m, **more)
    assert area.is_valid
    assert area.geom_type == "Polygon"
    return area


def heights(observer, obstacles, obstacle_height_m, *, eye_m=6.0, target_m=0.0, radius_m=100.0, **more):
    areas, codes = sight(
        [observer],
        obstacles,
        obstacle_height_m=obstacle_height_m,
        observer_height_m=eye_m,
        target_height_m=target_m,
        radius_m=radius_m,
        **more,
    )
    assert areas[0].is_valid
    return areas[0], codes[0]


def test_open_ground_is_a_disc():
    assert seen((3, 4), [], 50.0).area == pytest.approx(np.pi * 2500.0 * RIM, rel=1e-9)
    assert np.pi * 2500.0 * (1.0 - RIM) < 1e-5 * np.pi * 2500.0  # as the module states


def test_one_house_hides_a_sector_less_the_triangle_before_it():
    # The front wall x = 10, y -5..5 spans 2 atan(1/2); before it a triangle of 10 * 10 / 2 stays open.
    angle = 2.0 * np.arctan(0.5)
    exact = 900.0 * np.pi - (angle / 2.0 * 900.0 - 50.0)
    area = seen((0, 0), [HOUSE], 30.0)
    assert area.area == pytest.approx(exact, rel=5e-4)
    assert area.area <= exact
    assert not area.contains(shapely.Point(25, 0))
    assert area.covers(shapely.Point(25, 12.6))  # the edge of the shadow passes (25, 12.5)
    assert not area.covers(shapely.Point(25, 12.4))


def test_walls_within_the_disc_are_exact():
    # In a closed court 20 x 20 m nothing is approximate: the whole court is seen, no more.
    walls = box(-15, -15, 15, 15).difference(box(-10, -10, 10, 10))
    assert seen((3, -2), [walls], 60.0).area == pytest.approx(400.0, rel=1e-12)


def test_gap_between_two_houses():
    # Two houses leave 2 m at x = 10..12; behind, at x = 30, the open strip is y -3..3 to the far corners' rays.
    upper, lower = box(10, 1, 12, 40), box(10, -40, 12, -1)
    area = seen((0, 0), [upper, lower], 36.0)
    behind = area.intersection(shapely.LineString([(30, -50), (30, 50)]))
    assert behind.length == pytest.approx(2.0 * 30.0 / 12.0, rel=1e-9)  # the rays touch (12, 1) and (12, -1)


def test_hidden_houses_change_nothing():
    small = [box(25 + 3 * i, -2, 27 + 3 * i, 2) for i in range(5)]
    alone, together = seen((0, 0), [HOUSE], 60.0), seen((0, 0), [HOUSE, *small], 60.0)
    assert together.equals(alone)


def test_sector():
    area = seen((0, 0), [], 20.0, heading_deg=90.0, hfov_deg=60.0)
    assert area.area == pytest.approx(np.pi * 400.0 / 6.0, rel=1e-3)
    assert area.covers(shapely.Point(19, 0))
    assert not area.covers(shapely.Point(-1, 0))
    assert area.bounds[1] == pytest.approx(-10.0)  # 20 sin 30


def test_sector_with_a_house():
    # Headings 60..120 hold the house whole: a sector of 60 degrees less the shadow.
    area = seen((0, 0), [HOUSE], 30.0, heading_deg=90.0, hfov_deg=60.0)
    angle = 2.0 * np.arctan(0.5)
    assert area.area == pytest.approx((np.pi / 6.0 - angle / 2.0) * 900.0 + 50.0, rel=2e-3)


def test_some_look_one_way_and_some_all_round():
    ways = visible_polygons(
        [(0, 0), (0, 0)], [], radius_m=[10.0, 20.0], heading_deg=[np.nan, 0.0], hfov_deg=90.0
    )
    assert shapely.area(ways) == pytest.approx([np.pi * 100.0, np.pi * 100.0], rel=1e-3)


@pytest.mark.parametrize("hfov_deg", [None, np.nan])
def test_a_heading_without_an_angle_is_refused(hfov_deg):
    with pytest.raises(OutOfRange, match="plan angle"):
        visible_polygons([(0, 0)], [], radius_m=10.0, heading_deg=90, hfov_deg=hfov_deg)


def test_whoever_looks_all_round_needs_no_angle():
    area = visible_polygons([(0, 0)], [], radius_m=10.0, heading_deg=[np.nan])[0]
    assert area.area == pytest.approx(np.pi * 100.0, rel=1e-3)


def test_low_house_hides_a_strip_behind_it():
    # A house of 3 m under an eye at 6 m doubles distances: hidden is x 10..20 with half width x / 2, then to
    # x = 40 with half width 10: 10 * (5 + 10) + 20 * 20 = 550 m2. The ground beyond shows again.
    area, code = heights((0, 0), [HOUSE], 3.0)
    assert np.pi * 1e4 * RIM - area.area == pytest.approx(550.0, rel=1e-9)
    assert area.covers(shapely.Point(40.1, 0))
    assert not area.covers(shapely.Point(39.9, 0))
    assert code == "seen"


@pytest.mark.parametrize("height_m", [6.0, 7.0, np.inf, 5.99])
def test_house_as_high_as_the_eye_hides_all_behind(height_m):
    # At 5.99 m the shadow is 600 times as long as the distance: out of the disc.
    area, _ = heights((0, 0), [HOUSE], height_m)
    assert area.area == pytest.approx(seen((0, 0), [HOUSE], 100.0).area, rel=1e-12)


def test_house_no_higher_than_the_target_hides_nothing():
    area, _ = heights((0, 0), [HOUSE], 1.6, target_m=1.6)
    assert area.area == pytest.approx(np.pi * 1e4 * RIM, rel=1e-9)


def test_target_height_shortens_the_shadow():
    # z 1.5, h 3, H 6: factor (6 - 1.5) / (6 - 3) = 1.5: the shadow ends at x = 30.
    area, _ = heights((0, 0), [HOUSE], 3.0, target_m=1.5)
    assert area.covers(shapely.Point(30.1, 0))
    assert not area.covers(shapely.Point(29.9, 0))


def test_each_target_and_eye_of_its_own():
    areas, _ = sight(
        [(0, 0), (0, 0)],
        [HOUSE],
        obstacle_height_m=[3.0],
        observer_height_m=[6.0, 4.0],
        target_height_m=[0.0, 0.0],
        radius_m=100.0,
    )
    hidden = np.pi * 1e4 * RIM - shapely.area(areas)
    # H 4 gives factor 4: the sides run along y = x / 2 from x = 10 to 40, then level at 20 m to x = 80.
    assert hidden == pytest.approx([550.0, (40.0**2 - 10.0**2) / 2.0 + 40.0 * 40.0], rel=1e-9)


def test_inside_on_the_wall_and_on_the_roof():
    deep, code = heights((15, 0), [HOUSE], 9.0)
    assert (deep.is_empty, code) == (True, "inside")
    wall, code = heights((10, 0), [HOUSE], 9.0)
    assert code == "on_wall"
    assert wall.area == pytest.approx(np.pi * 1e4 / 2, rel=0.01)  # the half plane before the wall
    assert wall.covers(shapely.Point(9, 0))
    assert not wall.covers(shapely.Point(21, 0))
    # From the roof of 3 m, 5 m from each wall, an eye at 6 m sees the ground from 10 m on: 20 x 20 m are hidden.
    roof, code = heights((15, 0), [HOUSE], 3.0)
    assert code == "on_roof"
    assert np.pi * 1e4 * RIM - roof.area == pytest.approx(400.0, rel=1e-9)


def test_a_camera_drawn_into_its_wall_hangs_on_it():
    area, code = heights((10.8, 0), [HOUSE], 9.0, wall_m=1.0)
    assert code == "on_wall"
    assert area.covers(shapely.Point(9, 0))
    assert heights((11.5, 0), [HOUSE], 9.0, wall_m=1.0)[1] == "inside"


def test_a_party_wall_is_no_way_out():
    # Between two houses that share the wall x = 20 the nearest wall leads into the neighbour's.
    (moved,), (code,) = stand_off(
        [(20, 4.5)],
        [HOUSE, box(20, -5, 30, 5)],
        obstacle_height_m=9.0,
        observer_height_m=6.0,
        target_height_m=0.0,
        wall_m=1.0,
    )
    assert code == "on_wall"
    assert moved == pytest.approx([20.0, 5.05], abs=1e-4)


def test_courtyard():
    ring = HOUSE.difference(box(12, -3, 18, 3))
    assert seen((15, 0), [ring], 40.0).area == pytest.approx(36.0, rel=1e-12)


def test_broken_and_manifold_obstacles():
    bow = Polygon([(10, -5), (20, 5), (20, -5), (10, 5)])  # crosses itself: two triangles
    pair = MultiPolygon([box(10, -5, 20, 5), box(-20, -5, -10, 5)])
    areas, _ = sight(
        [(0, 0)],
        [bow, pair, None, Polygon()],
        obstacle_height_m=9.0,
        observer_height_m=6.0,
        target_height_m=0.0,
        radius_m=30.0,
    )
    both = 2.0 * (np.arctan(0.5) * 900.0 - 50.0)
    assert areas[0].area == pytest.approx(np.pi * 900.0 - both, rel=1e-3)


def test_nobody_looks():
    assert visible_polygons([], [HOUSE], radius_m=10.0).shape == (0,)
    areas, codes = sight(
        np.empty((0, 2)), [], obstacle_height_m=[], observer_height_m=[], target_height_m=0.0, radius_m=[]
    )
    assert (len(areas), len(codes)) == (0, 0)


def test_refusals():
    with pytest.raises(WrongShape):
        visible_polygons([(0, 0, 0)], [], radius_m=10.0)
    with pytest.raises(WrongShape):
        visible_polygons([(0, 0)], [], radius_m=[10.0, 20.0])
    with pytest.raises(BadGeometry):
        visible_polygons([(0, np.nan)], [], radius_m=10.0)
    with pytest.raises(BadGeometry):
        visible_polygons([(0, 0)], [shapely.Point(1, 1)], radius_m=10.0)
    for radius_m in (-1.0, np.nan, np.inf):
        with pytest.raises(OutOfRange):
            visible_polygons([(0, 0)], [], radius_m=radius_m)
    with pytest.raises(OutOfRange):
        heights((0, 0), [HOUSE], np.nan)
    with pytest.raises(OutOfRange):
        heights((0, 0), [HOUSE], 3.0, eye_m=1.0, target_m=1.6)


def test_progress_reaches_the_whole():
    told: list[tuple[int, int]] = []
    sight(
        np.zeros((130, 2)),
        [HOUSE],
        obstacle_height_m=9.0,
        observer_height_m=6.0,
        target_height_m=0.0,
        radius_m=30.0,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(64, 130), (128, 130), (130, 130)]


def test_against_rays():
    # An independent way: a point is seen if the straight line to it touches no house (2.5-D: is under it).
    rng = np.random.default_rng(3)
    houses, tops = blocks(rng, 40)
    areas, codes = sight(
        [(0, 0)], houses, obstacle_height_m=tops, observer_height_m=6.0, target_height_m=0.0, radius_m=60.0
    )
    assert codes[0] == "seen"
    for _ in range(1500):
        distance, turn = 59.0 * np.sqrt(rng.uniform()), rng.uniform(0.0, 2.0 * np.pi)
        point = shapely.Point(distance * np.cos(turn), distance * np.sin(turn))
        ray = shapely.LineString([(0, 0), point])
        hidden = False
        for house, top in zip(houses, tops, strict=True):
            crossing = ray.intersection(house)
            if not crossing.is_empty:
                # The sight line sinks from 6 m to 0: over the last bit of the house it is lowest.
                far = max(np.hypot(*c) for c in shapely.get_coordinates(crossing))
                hidden |= top > 6.0 * (1.0 - far / distance) + 1e-12
        if areas[0].boundary.distance(point) > 1e-6:
            assert areas[0].contains(point) != hidden


def blocks(rng, count):
    """Return houses round the origin that may touch and overlap, none within 2 m, and their heights."""
    houses = []
    while len(houses) < count:
        x, y = rng.uniform(-50, 50, 2)
        house = shapely.affinity.rotate(
            box(x, y, x + rng.uniform(3, 14), y + rng.uniform(3, 14)), rng.uniform(0, 90)
        )
        if house.distance(shapely.Point(0, 0)) > 2.0:
            houses.append(house)
    return houses, rng.choice([2.0, 3.0, 5.0, 6.0, 9.0, 15.0], count)


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 25))
def test_one_more_obstacle_never_adds_view(seed, count):
    houses, tops = blocks(np.random.default_rng(seed), count + 1)
    before, _ = heights((0, 0), houses[:-1], tops[:-1], radius_m=45.0)
    after, _ = heights((0, 0), houses, tops, radius_m=45.0)
    assert after.difference(before).area < 1e-6


@settings(max_examples=40, deadline=None)
@given(seeds, st.floats(0.0, 360.0), st.floats(-3e5, 3e5), st.floats(-3e5, 6e5))
def test_turning_and_moving_the_city_turns_and_moves_the_view(seed, turn_deg, east_m, north_m):
    houses, tops = blocks(np.random.default_rng(seed), 20)
    walls = box(-58, -58, 58, 58).difference(box(-55, -55, 55, 55))  # closed, so that the rim plays no part

    def moved(shape):
        return shapely.affinity.translate(
            shapely.affinity.rotate(shape, turn_deg, origin=(0, 0)), east_m, north_m
        )

    here, _ = heights((0, 0), [*houses, walls], [*tops, 99.0])
    there, _ = heights((east_m, north_m), [moved(s) for s in (*houses, walls)], [*tops, 99.0])
    assert there.area == pytest.approx(here.area, abs=1e-4)
    assert there.symmetric_difference(moved(here)).area < 1e-3


@settings(max_examples=30, deadline=None)
@given(seeds, st.floats(0.0, 360.0), st.floats(1.0, 360.0))
def test_a_sector_is_that_part_of_the_disc(seed, heading_deg, hfov_deg):
    houses, tops = blocks(np.random.default_rng(seed), 20)
    whole, _ = heights((0, 0), houses, tops, radius_m=45.0)
    open_sector = seen((0, 0), [], 45.0, heading_deg=heading_deg, hfov_deg=hfov_deg)
    part, _ = heights((0, 0), houses, tops, radius_m=45.0, heading_deg=heading_deg, hfov_deg=hfov_deg)
    # The chords of sector and disc differ; nothing else may.
    inner = shapely.Point(0, 0).buffer(44.9, quad_segs=64)
    difference = part.symmetric_difference(whole.intersection(open_sector)).intersection(inner)
    assert difference.area < 1e-3


def test_without_reach_nothing_is_seen():
    (none, some) = visible_polygons([(0, 0), (0, 0)], [HOUSE], radius_m=[0.0, 5.0])
    assert (none.is_empty, none.geom_type) == (True, "Polygon")
    assert some.area == pytest.approx(np.pi * 25.0 * RIM, rel=1e-9)
    area, code = heights((0, 0), [HOUSE], 3.0, radius_m=0.0)
    assert (area.is_empty, code) == (True, "seen")


def test_indoors_one_looks_about_the_room():
    area, code = heights((15, 0), [HOUSE], 9.0, radius_m=40.0, indoor=True)
    assert (area.area, code) == (pytest.approx(100.0, rel=1e-12), "indoor")
    # Reach and sector hold indoors as outdoors: a quarter of a disc of 3 m.
    area, _ = heights((15, 0), [HOUSE], 9.0, radius_m=3.0, indoor=True, heading_deg=90.0, hfov_deg=90.0)
    assert area.area == pytest.approx(np.pi * 9.0 / 4.0, rel=1e-4)


def test_indoors_each_is_asked_apart_and_who_is_outside_is_not_changed():
    areas, codes = sight(
        [(15, 0), (15, 1), (0, 0)],
        [HOUSE],
        obstacle_height_m=9.0,
        observer_height_m=6.0,
        target_height_m=0.0,
        radius_m=30.0,
        indoor=[True, False, True],
    )
    assert codes.tolist() == ["indoor", "inside", "seen"]
    assert areas[1].is_empty
    assert areas[2].equals(heights((0, 0), [HOUSE], 9.0, radius_m=30.0)[0])


def test_indoors_another_building_that_reaches_in_hides():
    # From (12, 0) its front x = 15, y -2..2 hides |y| < 2/3 (x - 12) to the walls: 31.5 m2 to x = 19.5, then 5 m2.
    pier = box(15, -2, 22, 2)
    assert seen((12, 0), [HOUSE, pier], 40.0, indoor=True).area == pytest.approx(63.5, rel=1e-12)
    # Of 3 m under an eye at 6 m it hides to twice the distance: the same to x = 18, then |y| < 4: 18 + 16 m2.
    assert heights((12, 0), [HOUSE, pier], [9.0, 3.0], indoor=True)[0].area == pytest.approx(66.0, rel=1e-9)


def test_indoors_a_court_lies_behind_its_wall():
    ring = HOUSE.difference(box(14, -1, 16, 1))
    area = seen((12, 0), [ring], 40.0, indoor=True)
    assert not area.covers(shapely.Point(15, 0))
    assert not area.covers(shapely.Point(19, 0))
    assert area.covers(shapely.Point(15, 3))
    # In the court one is outdoors.
    assert seen((15, 0), [ring], 40.0, indoor=True).area == pytest.approx(4.0, rel=1e-12)


def test_a_slit_between_two_houses_is_no_room():
    # 0.06 m wide: too narrow to be moved into, and in neither house.
    area, code = heights(
        (10, 0), [box(0, -20, 9.97, 20), box(10.03, -20, 20, 20)], 9.0, indoor=True, radius_m=5.0
    )
    assert (area.is_empty, code) == (True, "inside")
