"""Circles and fans of rays on scenes whose areas are known on paper: where a fan is right, and where it is wrong."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from spatial.edges import Walls
from spatial.errors import OutOfRange, WrongShape
from spatial.fans import circles, fans, three_ways

HERE = [(0.0, 0.0)]
# A square ring of wall, its inner side 10 m from the middle.
COURT = shapely.box(-12, -12, 12, 12) - shapely.box(-10, -10, 10, 10)


def fan(*walls: shapely.Geometry, radius_m: float = 50.0, step_deg: float = 1.0) -> shapely.Polygon:
    return fans(HERE, Walls.of(list(walls)), radius_m=radius_m, step_deg=step_deg)[0]


def test_open_ground_gives_a_polygon_of_as_many_corners_as_rays() -> None:
    # n triangles of two radii: n / 2 r^2 sin(360 / n degrees).
    assert fan().area == pytest.approx(360 / 2 * 50.0**2 * np.sin(np.radians(1.0)), rel=1e-12)
    corners = shapely.get_coordinates(fan(step_deg=90.0, radius_m=10.0))
    assert corners == pytest.approx(np.array([(0, 10), (10, 0), (0, -10), (-10, 0), (0, 10)]), abs=1e-12)


def test_a_court_is_filled_to_its_corners_when_rays_go_into_them() -> None:
    # Rays of 1 degree go through all four corners, at 45 degrees: the fan is the whole court.
    assert fan(COURT).area == pytest.approx(400.0, rel=1e-12)
    # Every 60 degrees none does; two rays end at 0 and 10, four at x = 10 and y = 10 / tan 60.
    up = 10.0 / np.tan(np.radians(60.0))
    hexagon = shapely.Polygon([(0, 10), (10, up), (10, -up), (0, -10), (-10, -up), (-10, up)])
    assert fan(COURT, step_deg=60.0).symmetric_difference(hexagon).area == pytest.approx(0.0, abs=1e-9)


def test_what_stands_between_two_rays_is_missed() -> None:
    """A pole of 0.2 m, 40 m away at 0.5 degrees: rays are 0.7 m apart there, and none meets it."""
    at = 40.0 * np.array([np.sin(np.radians(0.5)), np.cos(np.radians(0.5))])
    pole = shapely.box(*(at - 0.1), *(at + 0.1))
    assert fan(pole).equals(fan())
    assert three_ways(HERE, Walls.of([pole]), radius_m=50.0, wall_m=0.05)["fan_wrong_m2"][0] > 1.0


def test_a_wall_that_one_ray_meets_is_widened_to_its_neighbours() -> None:
    """A sheet across the ray to the north alone, 10 m away: the fan loses two whole triangles, less what stays before it."""
    sheet = shapely.box(-0.05, 10.0, 0.05, 10.1)
    lost = fan().area - fan(sheet).area
    # Two triangles of sides 50 and 50 become two of sides 50 and 10.
    assert lost == pytest.approx(50.0 * 40.0 * np.sin(np.radians(1.0)), rel=1e-12)


def test_no_ray_slips_between_walls_that_share_a_corner() -> None:
    # Two squares touch in one point, right on the ray to the north-east.
    walls = [shapely.box(5, 10, 10, 15), shapely.box(10, 5, 15, 10)]
    corners = shapely.get_coordinates(fan(*walls))
    assert tuple(corners[45]) == pytest.approx((10.0, 10.0), abs=1e-9)


def test_the_first_wall_counts_and_walls_behind_or_out_of_reach_do_not() -> None:
    near, far = shapely.box(-100, 20, 100, 21), shapely.box(-100, 30, 100, 31)
    assert fan(near, far).equals(fan(near))
    # To the north 20 m, to the south the whole radius.
    corners = shapely.get_coordinates(fan(near, far))
    assert tuple(corners[0]) == pytest.approx((0.0, 20.0))
    assert tuple(corners[180]) == pytest.approx((0.0, -50.0))
    assert fan(shapely.box(-5, 50.5, 5, 60)).equals(fan())


def test_nothing_depends_on_the_order_or_on_the_other_observers() -> None:
    rng = np.random.default_rng(3)
    boxes = [shapely.box(x, y, x + 4, y + 4) for x, y in rng.uniform(-60, 60, (40, 2))]
    eyes = np.array([(200.0, 0.0), (0.0, 200.0)]) + rng.uniform(-1, 1, (2, 2))
    both = fans(eyes, Walls.of(boxes), radius_m=220.0)
    assert shapely.equals_exact(both, fans(eyes[::-1], Walls.of(boxes[::-1]), radius_m=220.0)[::-1]).all()
    assert shapely.is_valid(both).all()


def test_no_observers_and_wrong_ones() -> None:
    assert len(fans([], Walls.of([COURT]), radius_m=50.0)) == len(circles([], radius_m=50.0)) == 0
    with pytest.raises(WrongShape):
        fans([1.0, 2.0, 3.0], Walls.of([]), radius_m=50.0)
    for step, radius in ((0.0, 50.0), (-1.0, 50.0), (7.0, 50.0), (180.0, 50.0), (1.0, 0.0), (1.0, np.inf)):
        with pytest.raises(OutOfRange):
            fans(HERE, Walls.of([]), radius_m=radius, step_deg=step)


def test_three_ways_of_a_court_an_open_place_and_the_inside_of_a_house() -> None:
    house = shapely.box(980, -20, 1020, 20)
    table = three_ways(
        [(0, 0), (500, 0), (1000, 0)], Walls.of([COURT, house], [3.0, 3.0]), radius_m=50.0, wall_m=1.0
    )
    court, free, inside = (row for _, row in table.iterrows())
    assert table["stands"].tolist() == ["seen", "seen", "inside"]
    # The walls are as high as you like: a court of 20 m by 20 m, whatever the roofs.
    assert (court["seen_m2"], court["fan_m2"]) == pytest.approx((400.0, 400.0))
    assert court["circle_m2"] == pytest.approx(np.pi * 2500.0, rel=1e-5)
    assert court["circle_wrong_m2"] == pytest.approx(court["circle_m2"] - 400.0)
    assert court["fan_wrong_m2"] == pytest.approx(0.0, abs=1e-9)
    # Nothing stands about: the circle is right, the fan lacks what its chords cut off.
    assert free["circle_wrong_m2"] == pytest.approx(0.0, abs=1e-6)
    # Rays that do not end in a corner of the rim stick out of its chords by less than a hair: 3.8e-6 of the radius.
    assert free["fan_wrong_m2"] == pytest.approx(free["seen_m2"] - fan().area, abs=0.01)
    assert (inside["seen_m2"], inside["fan_m2"], inside["fan_wrong_m2"]) == (0.0, 0.0, 0.0)
    assert inside["circle_wrong_m2"] == pytest.approx(inside["circle_m2"])


def test_a_fan_tells_more_of_what_is_seen_the_more_rays_it_has() -> None:
    rng = np.random.default_rng(5)
    walls = Walls.of([shapely.box(x, y, x + 3, y + 3) for x, y in rng.uniform(3, 40, (30, 2))])
    seen = three_ways(HERE, walls, radius_m=50.0, wall_m=0.05)["seen"][0]
    wrong = [
        shapely.symmetric_difference(fans(HERE, walls, radius_m=50.0, step_deg=step)[0], seen).area
        for step in (10.0, 1.0, 0.1, 0.02)
    ]
    assert wrong[0] > 2 * wrong[1] > 4 * wrong[2] > 8 * wrong[3]
    assert wrong[3] < 1e-3 * seen.area
