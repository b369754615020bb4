"""Hard cases of sight one by one: each is a view that must equal another, or an area known by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity, box

from spatial.visibility import sight, visible_polygons

HOUSE = box(10.0, -5.0, 20.0, 5.0)
EYE = (0.0, 0.0)
FAR = np.array([1.0e6, 0.55e6])


def view(obstacles, *, eye=EYE, radius_m=40.0, tops=None, **more):
    """Return what one sees in the plane, or at 6 m over the ground among obstacles of given heights."""
    if tops is None:
        (area,) = visible_polygons([eye], obstacles, radius_m=radius_m, **more)
    else:
        (area,), _ = sight(
            [eye],
            obstacles,
            obstacle_height_m=tops,
            observer_height_m=6.0,
            target_height_m=0.0,
            radius_m=radius_m,
            **more,
        )
    assert area.is_valid
    return area


def same(one, two):
    return one.symmetric_difference(two).area < 1e-9


@pytest.mark.parametrize("corner", [(10, -5), (10, 5), (20, -5), (20, 5)])
def test_on_a_corner_three_quarters_are_open(corner):
    # Moved 0.05 m off one of the walls, which is 10 m long: beyond its far end opens an angle of atan(0.05 / 10), and
    # before it a triangle of 0.25 m2.
    (area,), (code,) = sight(
        [corner],
        [HOUSE],
        obstacle_height_m=9.0,
        observer_height_m=6.0,
        target_height_m=0.0,
        radius_m=50.0,
    )
    assert code == "on_wall"
    angle = 1.5 * np.pi + np.arctan(0.05 / 10.0)
    assert area.area == pytest.approx(angle * 1250.0 + 0.25, rel=1e-5)


@pytest.mark.parametrize("tops", [None, 9.0, 3.0])
def test_a_house_in_two_with_a_shared_wall_is_one_house(tops):
    halves = [box(10, -5, 15, 5), box(15, -5, 20, 5)]
    assert same(view(halves, tops=tops), view([HOUSE], tops=tops))
    rows = [box(10, -5, 20, -1), box(10, -1, 20, 2), box(10, 2, 20, 5)]  # fronts in one line
    assert same(view(rows, tops=tops), view([HOUSE], tops=tops))


@pytest.mark.parametrize("tops", [None, 9.0, 3.0])
def test_houses_that_touch_in_a_corner_let_nobody_through(tops):
    touching = [box(10, -5, 20, 0), box(20, 0, 30, 5)]
    expected = box(10, -5, 20, 0).union(box(20, 0, 30, 5))
    assert same(view(touching, tops=tops), view([expected], tops=tops))
    # In the plane, from across the corner (20, 0) nothing is seen between the two.
    if tops is None:
        assert view(touching, eye=(15.0, 5.0)).intersection(box(20, -30, 60, -0.001)).area < 1e-9


@pytest.mark.parametrize("tops", [None, 9.0, 3.0])
def test_doubled_corners_and_corners_on_a_side_change_nothing(tops):
    doubled = Polygon([(10, -5), (10, -5), (15, -5), (20, -5), (20, 5), (20, 5), (12, 5), (10, 5), (10, 1.7)])
    assert same(view([doubled], tops=tops), view([HOUSE], tops=tops))


@pytest.mark.parametrize("tops", [None, 9.0, 3.0])
def test_the_same_house_twice_and_parts_of_one_are_no_more(tops):
    assert view([HOUSE, HOUSE], tops=tops).equals(view([HOUSE], tops=tops))
    pair = [box(10, -5, 20, 5), box(-20, -5, -10, 5)]
    assert view([MultiPolygon(pair)], tops=tops).equals(view(pair, tops=tops))


def test_a_sliver_hides_as_a_wall_of_no_width():
    # 1e-7 m thick, 10 m wide, 10 m away: hidden is its sector less the triangle before it. Seen end on it hides nothing.
    thin = Polygon([(10, -5), (10 + 1e-7, -5), (10 + 1e-7, 5), (10, 5)])
    angle = 2.0 * np.arctan(0.5)
    open_m2 = view([]).area
    assert open_m2 - view([thin]).area == pytest.approx((angle * 1600.0 - 100.0) / 2.0, rel=1e-5)
    end_on = Polygon([(10, -1e-7), (20, -1e-7), (20, 1e-7), (10, 1e-7)])
    assert view([end_on]).area == pytest.approx(open_m2, rel=1e-6)


def test_a_hole_is_seen_only_from_within():
    ring = box(10, -8, 26, 8).difference(box(13, -5, 23, 5))
    assert same(view([ring]), view([box(10, -8, 26, 8)]))
    assert view([ring], eye=(18.0, 0.0)).area == pytest.approx(100.0, rel=1e-12)


def test_a_wall_in_line_with_the_eye_hides_its_end_alone():
    # The wall's line, y = 0, passes through the eye; of the house only the front, x = 10, y 0..5, is seen.
    area = view([box(10, 0, 20, 5)])
    assert area.covers(Point(30, -0.001))
    assert not area.covers(Point(30, 0.001))


@pytest.mark.parametrize("heading_deg", [0.0, 360.0, -360.0])
def test_a_sector_through_north_is_one_piece(heading_deg):
    north = box(-5, 10, 5, 20)
    area = view([north], heading_deg=heading_deg, hfov_deg=90.0)
    # A quarter of the disc less the house's sector, plus the triangle before it: as in the east.
    east = view([HOUSE], heading_deg=90.0, hfov_deg=90.0)
    assert area.geom_type == "Polygon"
    assert area.area == pytest.approx(east.area, rel=1e-6)


@pytest.mark.parametrize("tops", [None, 9.0, 3.0])
def test_far_from_the_origin_the_view_is_the_same(tops):
    # Coordinates of 1e6 m are kept to 1e-10 m: over a rim of 250 m that is far below a square millimetre.
    there = view([affinity.translate(HOUSE, *FAR)], eye=tuple(FAR), tops=tops)
    assert affinity.translate(there, *-FAR).symmetric_difference(view([HOUSE], tops=tops)).area < 1e-6


def test_no_obstacle_no_reach_nobody():
    assert view([]).area == pytest.approx(np.pi * 1600.0, rel=1e-5)
    assert view([None, Polygon()]).equals(view([]))
    assert view([HOUSE], radius_m=0.0).is_empty
    assert view([HOUSE], radius_m=1e-3).area == pytest.approx(np.pi * 1e-6, rel=1e-5)
    assert len(visible_polygons(np.empty((0, 2)), [HOUSE], radius_m=5.0)) == 0
    assert shapely.is_empty(visible_polygons([(15, 0)], [HOUSE], radius_m=5.0)).all()
