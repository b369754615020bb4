"""How a camera is turned to a place: tilt, preset and the ground between the middles of cells."""

from __future__ import annotations

import math

import pytest

from spatial.towards import between_middles, cell_before, nearest_heading, off_deg, tilt_to_deg


def test_the_tilt_looks_down_from_a_pole_and_up_a_slope() -> None:
    assert tilt_to_deg(10.0, 10.0) == pytest.approx(45.0)
    assert tilt_to_deg(10.0, 0.0) == 0.0
    assert tilt_to_deg(10.0, -10.0) == pytest.approx(-45.0)
    # Under its pole it looks straight down.
    assert tilt_to_deg(0.0, 4.0) == pytest.approx(90.0)


def test_headings_lie_apart_by_the_shorter_way_round() -> None:
    assert off_deg(350.0, 10.0) == pytest.approx(20.0)
    assert off_deg(10.0, 190.0) == pytest.approx(180.0)
    assert nearest_heading([90.0, 340.0, 0.0], 355.0) == 2
    assert nearest_heading([90.0, 270.0], 0.0) == 0
    assert nearest_heading([], 0.0) is None


def test_between_the_middles_the_ground_is_bilinear() -> None:
    corners = (10.0, 20.0, 30.0, 60.0)
    assert between_middles(corners, east=0.0, south=0.0) == 10.0
    assert between_middles(corners, east=0.5, south=0.5) == pytest.approx(30.0)
    # One that does not count need not be known; one that does must.
    assert between_middles((10.0, math.nan, math.nan, math.nan), east=0.0, south=0.0) == 10.0
    assert between_middles((10.0, math.nan, 30.0, 60.0), east=0.1, south=0.0) is None


@pytest.mark.parametrize(
    ("cells", "count", "first", "beyond"),
    [(2.5, 10, 2, 0.0), (2.75, 10, 2, 0.25), (0.1, 10, 0, 0.0), (9.9, 10, 8, 1.0), (0.7, 1, 0, 0.0)],
)
def test_the_cell_before_a_place_and_at_the_rim_the_last_but_one(
    cells: float, count: int, first: int, beyond: float
) -> None:
    found = cell_before(cells, count)
    assert found[0] == first
    assert found[1] == pytest.approx(beyond)
