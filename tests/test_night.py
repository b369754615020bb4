"""Night on the toy street: lamps, infrared along the slant, and what nobody knows."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from spatial.errors import OutOfRange, UnknownClass, WrongShape
from spatial.night import at_night, in_infrared, ir_factor, lit_by_lamps
from spatial.optics import DENSITY_CLASSES
from spatial.sightings import sightings
from spatial.types import NightRules
from tests import toy

RULES = NightRules()


def test_factors_of_the_handbook():
    told = {
        code: ir_factor(code, RULES) for code in ("monitor", "detect", "observe", "recognise", "identify")
    }
    assert told == {"monitor": 1.0, "detect": 1.0, "observe": 0.7, "recognise": 0.5, "identify": 0.35}
    # The Korean installation standard of 2012: a face at 15 m by day, at 5 m by night.
    assert told["identify"] == pytest.approx(5 / 15, abs=0.02)


def test_classes_of_2025_take_the_factor_of_the_class_of_2015_that_their_density_reaches():
    codes = [each.code for each in DENSITY_CLASSES if each.standard_version == 2025]
    factors = [ir_factor(code, RULES, standard_version=2025) for code in codes]
    # 20, 40, 80, 125, 250, 500, 1500 px/m: monitor, detect, observe, recognise, identify twice, inspect.
    assert factors == [1.0, 1.0, 0.7, 0.5, 0.35, 0.35, 0.35]
    with pytest.raises(UnknownClass):
        ir_factor("discern", RULES)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lamp_radius_m": 0.0},
        {"lamp_radius_m": np.nan},
        {"detect": 1.1},
        {"identify": 0.6},
        {"inspect": -0.1},
    ],
)
def test_rules_that_cannot_be(wrong):
    with pytest.raises(OutOfRange):
        NightRules(**wrong)


def test_lamps_light_a_circle():
    places = [(0.0, 0.0), (12.5, 0.0), (12.6, 0.0), (30.0, 40.0)]
    assert lit_by_lamps(places, [(0.0, 0.0)], radius_m=12.5).tolist() == [True, True, False, False]
    assert lit_by_lamps(places, [(0.0, 0.0), (30.0, 50.0)], radius_m=12.5).tolist() == [
        True,
        True,
        False,
        True,
    ]
    assert lit_by_lamps(places, [], radius_m=12.5).tolist() == [False] * 4
    assert lit_by_lamps([], [(0.0, 0.0)], radius_m=12.5).tolist() == []


def test_infrared_is_counted_along_the_slant():
    # 3 m up, 4 m away: 5 m of light are just enough.
    assert in_infrared([4.0, 4.1], height_m=3.0, ir_range_m=5.0, factor=1.0).tolist() == [True, False]
    assert in_infrared([4.0, 4.1], height_m=3.0, ir_range_m=10.0, factor=0.5).tolist() == [True, False]
    # None, and unknown, are no light.
    assert in_infrared([1.0, 1.0], height_m=3.0, ir_range_m=[0.0, np.nan], factor=1.0).tolist() == [
        False,
        False,
    ]


def street():
    """Return who sees the ten middles (5, 15 .. 95) of street L1: 1 surely the first three, 2 may four about 50."""
    places = toy.points(*((5.0 + 10.0 * n, 0.0) for n in range(10)))
    return sightings(places, toy.drawn_fields(), toy.cameras())


def test_by_day_as_drawn():
    day = street()
    assert day.certain.point.tolist() == [0, 1, 2]
    assert day.possible.point.tolist() == [3, 4, 5, 6]
    assert day.camera_ids.tolist() == [1, 2, 3]


NOBODY_LIT = np.zeros(10, dtype=bool)
HEIGHTS = np.full(3, 6.0)


def test_at_night_each_sees_as_far_as_its_own_light():
    # Observe: 0.7 of 25 m is 17.5 m along the slant, 16.4 in plan: the middles at 5 and 15 m. Camera 2: 0.7 of 10 m,
    # 7 m along the slant, 3.6 in plan: not the middles 5 and 15 m off.
    night = at_night(street(), NOBODY_LIT, ir_range_m=[25.0, 10.0, 0.0], height_m=HEIGHTS, factor=0.7)
    assert night.certain.point.tolist() == [0, 1]
    assert night.possible.point.tolist() == []
    assert (night.points, night.camera_ids.tolist()) == (10, [1, 2, 3])


def test_a_lamp_lights_for_every_camera_but_gives_nobody_a_view():
    lit = lit_by_lamps([(5.0 + 10.0 * n, 0.0) for n in range(10)], [(30.0, 0.0), (95.0, 0.0)], radius_m=12.5)
    assert np.flatnonzero(lit).tolist() == [2, 3, 8, 9]
    night = at_night(street(), lit, ir_range_m=[0.0, np.nan, np.nan], height_m=HEIGHTS, factor=0.7)
    assert night.certain.point.tolist() == [2]
    assert night.possible.point.tolist() == [3]
    assert night.sight()[9] == "none"  # lit, and seen by nobody


def test_an_unknown_range_claims_none_but_for_the_upper_bound():
    unknown = {"ir_range_m": [np.nan, np.nan, 0.0], "height_m": HEIGHTS, "factor": 0.7}
    assert not at_night(street(), NOBODY_LIT, **unknown).possibly_seen().any()
    most = at_night(street(), NOBODY_LIT, **unknown, unknown_reach=True)
    # All that cameras 1 and 2 see by day.
    assert most.possibly_seen().tolist() == [True] * 7 + [False] * 3


def test_with_light_everywhere_night_is_day():
    day = street()
    night = at_night(day, ~NOBODY_LIT, ir_range_m=np.zeros(3), height_m=HEIGHTS, factor=0.35)
    for part in ("certain", "possible", "reach"):
        assert getattr(night, part).point.tolist() == getattr(day, part).point.tolist()
    assert night.p_seen() == pytest.approx(day.p_seen())


def test_more_light_never_sees_less():
    day, rng = street(), np.random.default_rng(3)
    for _ in range(50):
        lit, ranges, factor = rng.random(10) < 0.3, rng.uniform(0.0, 60.0, 3), rng.uniform(0.2, 1.0)
        less = at_night(day, lit, ir_range_m=ranges, height_m=HEIGHTS, factor=factor * 0.7)
        more = at_night(day, lit | (rng.random(10) < 0.2), ir_range_m=ranges, height_m=HEIGHTS, factor=factor)
        assert np.all(less.p_seen() <= more.p_seen() + 1e-12)
        assert np.all(more.p_seen() <= day.p_seen() + 1e-12)


def test_light_of_other_places_or_cameras_is_refused():
    with pytest.raises(WrongShape):
        at_night(street(), NOBODY_LIT[:9], ir_range_m=np.zeros(3), height_m=HEIGHTS, factor=1.0)
    with pytest.raises(WrongShape):
        at_night(street(), NOBODY_LIT, ir_range_m=np.zeros(2), height_m=HEIGHTS, factor=1.0)


def test_nobody_and_nothing():
    nobody = sightings(toy.points(), toy.fields([]), toy.cameras().iloc[:0])
    night = at_night(nobody, np.zeros(0, dtype=bool), ir_range_m=[], height_m=[], factor=1.0)
    assert (night.points, len(night.camera_ids), len(night.certain)) == (0, 0, 0)


def test_a_question_about_one_place_pays_for_no_frame():
    heavy = "{'geopandas', 'pandas', 'numba', 'scipy'}"
    code = f"import sys, spatial.night, spatial.presets, spatial.zones; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
