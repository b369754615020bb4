"""Why a camera does not see: a lens of slope 1 from 2 m to 20 m, 6 m up, and what stands before it."""

from __future__ import annotations

import numpy as np
import pytest

from spatial.errors import WrongShape
from spatial.likely import likely_heading
from spatial.reasons import REASONS, Crossing, Optics, density_if_turned_px_per_m, why_unseen

# At forward distance d the picture is d wide to either side: a quarter of the circle.
QUARTER = np.array([[2.0, 20.0, 1.0, 0.0]])
EAST = Optics(QUARTER, 90.0, all_round=False)
UNKNOWN = Optics(QUARTER, None, all_round=False)
TURNS = Optics(QUARTER, 90.0, all_round=True)
# Line of sight from 6 m to the ground 10 m off: 3 m high in the middle.
LOW, TALL = Crossing(2.9, 4.0, 5.0), Crossing(3.1, 4.0, 5.0)


def asked(
    distance_m: float, bearing_deg: float, optics: Optics | None, *crossings: Crossing, **more: object
) -> str:
    code = why_unseen(distance_m, bearing_deg, optics=optics, eye_m=6.0, crossings=crossings, **more)  # type: ignore[arg-type]
    assert code in REASONS
    return code


@pytest.mark.parametrize(
    ("distance_m", "bearing_deg", "optics", "code"),
    [
        # The corner of the picture lies hypot(20, 20) = 28.3 m off.
        (28.4, 90.0, EAST, "too_far"),
        (28.4, 90.0, UNKNOWN, "too_far"),
        # One that turns reaches a disc.
        (20.1, 270.0, TURNS, "too_far"),
        (1.9, 90.0, EAST, "too_near"),
        (1.9, 90.0, TURNS, "too_near"),
        # 45 degrees to either side, and half a metre of doubt: 2.9 degrees at 10 m.
        (10.0, 138.0, EAST, "looks_elsewhere"),
        (10.0, 137.0, EAST, "not_told"),
        (10.0, 270.0, EAST, "looks_elsewhere"),
        (10.0, 270.0, UNKNOWN, "not_told"),
        (10.0, 270.0, TURNS, "not_told"),
        # North is next to 359 degrees.
        (10.0, 359.0, Optics(QUARTER, 20.0, all_round=False), "not_told"),
        (10.0, 90.0, Optics(np.array([[5.0, 3.0, 1.0, 0.0]]), 90.0, all_round=False), "class_nowhere"),
        (10.0, 90.0, Optics(np.empty((0, 4)), 90.0, all_round=False), "not_told"),
        (10.0, 90.0, None, "not_told"),
    ],
)
def test_the_lens_alone(distance_m: float, bearing_deg: float, optics: Optics | None, code: str) -> None:
    assert asked(distance_m, bearing_deg, optics) == code


def test_a_building_hides_what_lies_below_the_line_over_its_far_edge() -> None:
    assert asked(10.0, 90.0, EAST, TALL) == "wall"
    assert asked(10.0, 90.0, EAST, LOW) == "not_told"
    assert asked(10.0, 90.0, EAST, LOW, TALL) == "wall"
    # The place lies in the building: the line ends on its ground.
    assert asked(10.0, 90.0, EAST, Crossing(0.1, 8.0, 10.0)) == "wall"
    # The lens decides first.
    assert asked(40.0, 90.0, EAST, TALL) == "too_far"


def test_over_terrain_what_no_wall_hides_the_ground_does() -> None:
    assert asked(10.0, 90.0, EAST, over_terrain=True) == "slope"
    assert asked(10.0, 90.0, EAST, LOW, over_terrain=True) == "hidden"
    assert asked(10.0, 90.0, EAST, TALL, over_terrain=True) == "wall"


def test_the_wall_that_a_camera_hangs_on_does_not_count_but_the_house_does() -> None:
    own, through = Crossing(9.0, 0.0, 0.8), Crossing(9.0, 0.0, 8.0)
    assert asked(10.0, 90.0, EAST, own, stands="on_wall") == "not_told"
    assert asked(10.0, 90.0, EAST, own) == "wall"
    assert asked(10.0, 90.0, EAST, through, stands="on_wall") == "wall"
    assert asked(10.0, 90.0, EAST, stands="inside") == "indoors"


def test_variants_of_a_doubted_lens_count_each() -> None:
    doubted = Optics(np.vstack([QUARTER, [[2.0, 40.0, 1.0, 0.0]]]), None, all_round=False)
    assert asked(30.0, 0.0, doubted) == "not_told"
    assert asked(30.0, 0.0, UNKNOWN) == "too_far"


def test_the_density_it_would_have_if_it_looked_there() -> None:
    # 10 m off the picture is 20 m wide: 1920 / 20.
    assert density_if_turned_px_per_m(10.0, QUARTER, image_w_px=1920.0) == pytest.approx(96.0)
    assert density_if_turned_px_per_m(0.0, QUARTER, image_w_px=1920.0) is None
    assert density_if_turned_px_per_m(10.0, None, image_w_px=1920.0) is None
    assert density_if_turned_px_per_m(10.0, QUARTER, image_w_px=None) is None


def test_the_likeliest_quarter_of_the_circle() -> None:
    even = np.linspace(0.0, 1.0, 73)
    assert likely_heading(even) == (45.0, pytest.approx(0.25))
    # All of it between 350 and 20 degrees: the sector that first holds it, clockwise from north, ends at 20.
    chances = np.zeros(72)
    chances[[70, 71, 0, 1, 2, 3]] = 1 / 6
    sums = np.concatenate([[0.0], np.cumsum(chances)])
    heading, p = likely_heading(sums)
    assert (heading, p) == (335.0, pytest.approx(1.0))
    # Of alike sectors the first from north: the bins from 0 to 10 degrees.
    assert likely_heading(sums, width_deg=10.0) == (5.0, pytest.approx(2 / 6))
    with pytest.raises(WrongShape):
        likely_heading([0.0, 1.0])
