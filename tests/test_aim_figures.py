"""What shares rest on as to aims, on the toy world: evidence, what it narrows, and each error alone, on paper."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from app import aim_figures
from app.figures import Gauge, measure
from app.world import AIM_COLUMNS, Sampling, World
from spatial.beliefs import BINS
from spatial.doubts import TILT_CHANCE, VARIANTS
from tests import toy
from tests.city_in_database import quiet
from tests.toy_world import COARSE, without, world

MANY = Sampling(alley_step_m=10.0, area_step_m=10.0, draws=20_000, seed=1)
EVEN = np.arange(BINS + 1) / BINS
# One standard deviation of a three-point rule with nodes -1, 0, 1, each a piece of 10 m of 160 m.
ONE_PIECE = np.sqrt(1 / 3) / 16


def aims_of(city: World, sampling: Sampling = COARSE) -> dict[str, Any]:
    return aim_figures.aims(Gauge(city, "observe", sampling), blocked=None)


def told(*rows: tuple[int, np.ndarray, np.ndarray, list[str]]) -> pd.DataFrame:
    """Return beliefs: camera, sums of its headings with and without what people found, sources of evidence."""
    cells = [
        [camera, now, TILT_CHANCE, before, TILT_CHANCE, json.dumps([{"source": name} for name in sources])]
        for camera, now, before, sources in rows
    ]
    return pd.DataFrame(cells, columns=list(AIM_COLUMNS))


def looking(heading_deg: float) -> np.ndarray:
    """Return the sums of a belief that a camera looks into one bin, whose lower edge is given."""
    return (np.arange(BINS + 1) * 5.0 > heading_deg).astype(float)


def doubted(axis: int) -> World:
    """Return a world where one camera, looking east, sees 10, 20 or 30 m of L1 by the step of its height, lens or tilt."""
    far = np.broadcast_to(np.array([10.0, 20.0, 30.0]).reshape(np.roll((3, 1, 1), axis)), (3, 3, 3)).ravel()
    table = np.column_stack([np.zeros(VARIANTS), far, np.ones(VARIANTS), np.zeros(VARIANTS)])
    row = toy.field(1, shapely.box(0, -2, 30, 2), sight="possible", far_m=20.0, variants=table)
    fields = toy.fields([row]).assign(variants=pd.Series([table], dtype=object))
    usual = world()
    return world(cameras=usual.cameras[usual.cameras["camera_id"] == 1], fields=fields)


def test_headings_alone_widen_the_range_where_no_lens_is_doubted() -> None:
    errors = aims_of(world(), MANY)["errors"]
    assert (errors["height"], errors["lens"], errors["step_m"]) == (0.0, 0.0, 10.0)
    # Camera 2 adds an arm of 20 of 160 m three times in four: a Bernoulli number of 0.75.
    assert errors["aim"] == pytest.approx(1.96 * 20 / 160 * np.sqrt(0.75 * 0.25), rel=0.02)


def test_known_headings_leave_no_error_of_aim() -> None:
    usual = world()
    errors = aims_of(world(cameras=usual.cameras[usual.cameras["camera_id"] != 2]))["errors"]
    assert (errors["aim"], errors["height"], errors["lens"]) == (0.0, 0.0, 0.0)


def test_rim_is_what_the_chords_of_a_disc_leave_out() -> None:
    # Of a disc with 128 chords: its area is 128 / 2 sin(360 / 128 degrees) of the squared radius.
    lacks = 1.0 - 64.0 * np.sin(2.0 * np.pi / 128) / np.pi
    assert aims_of(world())["errors"]["rim"] == pytest.approx(lacks, abs=5e-7)


@pytest.mark.parametrize(("axis", "name"), [(0, "height"), (1, "lens")])
def test_a_common_cause_is_told_apart_from_the_other(axis: int, name: str) -> None:
    errors = aims_of(doubted(axis))["errors"]
    # One camera: 1, 2 or 3 of 16 pieces, with chances of a sixth, two thirds, a sixth.
    assert errors[name] == pytest.approx(1.96 * ONE_PIECE, abs=1e-6)
    assert [errors[other] for other in ("aim", "height", "lens") if other != name] == [0.0, 0.0]


def test_tilt_is_the_affair_of_the_pole_and_counts_with_aim() -> None:
    errors = aims_of(doubted(2), MANY)["errors"]
    assert (errors["height"], errors["lens"]) == (0.0, 0.0)
    assert errors["aim"] == pytest.approx(1.96 * ONE_PIECE, rel=0.03)


def test_evidence_counts_cameras_of_unknown_heading_alone() -> None:
    beliefs = told((1, EVEN, EVEN, ["streets"]), (2, EVEN, EVEN, ["streets", "check", "check"]))
    found = aims_of(world(aims=beliefs))
    assert (found["unknown"], found["rests_on"]) == (1, {"check": 1, "streets": 1})
    assert aims_of(world())["rests_on"] == {}


def test_what_people_found_narrows_the_range() -> None:
    """A check says that camera 2 looks east: 40 + 20 m of 160 are seen, whatever the draw."""
    found = aims_of(world(aims=told((2, looking(90.0), EVEN, ["check"]))))
    before = {"share": pytest.approx(55 / 160, abs=1e-6), "low": 0.25, "high": 0.375}
    for name in ("even", "unchecked"):
        assert {key: found[name][key] for key in before} == before
    assert (found["narrowed_by"], found["errors"]["aim"]) == (1.0, 0.0)
    answer = measure(
        world(aims=told((2, looking(90.0), EVEN, []))), "observe", sampling=COARSE, progress=quiet
    )
    assert [answer.answer["alleys"][name] for name in ("share", "low", "high")] == [0.375] * 3


def test_without_findings_the_range_is_that_of_streets_and_registry() -> None:
    city = world(aims=told((2, looking(270.0), looking(270.0), ["view_text"])))
    found = aims_of(city)
    gauge = Gauge(city, "observe", COARSE)
    assert found["unchecked"]["share"] == pytest.approx(gauge.share("alleys").share, abs=1e-6) == 0.375
    assert found["even"]["share"] == pytest.approx(55 / 160, abs=1e-6)
    # No width before, none now: nothing to take a part of.
    assert found["narrowed_by"] is None
    assert aims_of(world(aims=told((2, EVEN, EVEN, []))))["narrowed_by"] == 0.0


def test_without_streets_it_is_null_with_the_reason() -> None:
    answer = measure(world(**without("alleys")), "observe", sampling=COARSE, progress=quiet).answer
    aims = answer["aims"]
    assert (aims["unknown"], aims["errors"], aims["narrowed_by"]) == (1, None, None)
    assert set(aims["even"].values()) == set(aims["unchecked"].values()) == {None}
    assert (aims["reason_code"], bool(aims["reason"])) == ("no_streets", True)
