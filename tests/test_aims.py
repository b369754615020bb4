"""Beliefs in the database: streets, what people find, taken back again; and what `checks` makes of them."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from app.services import aims, checks, coverage, find, glances, verify
from app.services import fields as fields_service
from etl.db import Database
from etl.store import frames
from spatial.errors import UnknownClass
from tests.city_in_database import DAY, Door, alter, lonlat, quiet
from tests.toy_world import COARSE


def believe(db: Database) -> int:
    fields_service.refresh(db, progress=quiet)
    return aims.refresh(db, progress=quiet)


def row(db: Database, camera_id: int = 2) -> pd.Series:
    """Return what is believed of a camera."""
    return frames.aim_beliefs(db, DAY).set_index("camera_id").loc[camera_id]


def chances(belief: pd.Series, name: str = "heading_sums") -> np.ndarray:
    return np.diff(np.asarray(belief[name]))


def round_about(p: np.ndarray, heading_deg: float, width_deg: float = 30.0) -> float:
    """Return the chance of a heading within a width of one."""
    middle = np.arange(72) * 5.0 + 2.5
    return float(p[np.abs((middle - heading_deg + 180.0) % 360.0 - 180.0) <= width_deg].sum())


def test_streets_turn_the_camera_whose_heading_nobody_knows(living: Door) -> None:
    db = living()
    assert believe(db) == 3
    assert believe(db) == 0  # nothing changed
    p = chances(row(db))
    # Camera 2 stands where the street goes west and east and the lane north: each alike, nothing to the south but what
    # cameras do that keep to no street.
    along = [round_about(p, heading) for heading in (270.0, 90.0, 0.0)]
    assert along == pytest.approx([along[0]] * 3, abs=1e-6)
    assert along[0] > 0.2
    assert round_about(p, 180.0) < 0.1
    (told,) = json.loads(row(db)["sources"])
    # Camera 1 of known heading looks along the street: one more than the ten of the assumption.
    assert (told["source"], told["learned_from"]) == ("streets", 1)
    assert told["weight"] == aims.habit(db).weight


def test_a_check_sharpens_and_taken_back_leaves_no_trace(living: Door) -> None:
    db = living()
    believe(db)
    before = chances(row(db))
    lon, lat = lonlat(db, 62.0, 0.0)  # 12 m east of camera 2, on the street
    asked = find.nearest(db, lon, lat, at=DAY)
    kept = verify.check(db, "c2", lat=lat, lon=lon, seen=True, by="Kim", on=DAY)
    assert aims.refresh(db, progress=quiet) == 3
    after = row(db)
    assert round_about(chances(after), 90.0) > 0.85
    # What was believed without it stands beside it, and the source is named with its day.
    assert chances(after, "unchecked_heading_sums") == pytest.approx(before)
    told = json.loads(after["sources"])
    assert [(each["source"], each.get("on")) for each in told[1:]] == [("check", "2013-06-30")]
    # The click knows it too.
    chance = {c["camera_key"]: c["p_sees"] for c in find.nearest(db, lon, lat, at=DAY)["cameras"]}["c2"]
    assert chance > 0.85 > {c["camera_key"]: c["p_sees"] for c in asked["cameras"]}["c2"]
    verify.undo(db, kept["evidence_id"], by="Kim")
    assert aims.refresh(db, progress=quiet) == 3
    assert chances(row(db)) == pytest.approx(before)


def test_not_seen_turns_it_away_and_a_measured_heading_turns_it_there(living: Door) -> None:
    db = living()
    believe(db)
    east, west = lonlat(db, 62.0, 0.0), lonlat(db, 38.0, 0.0)
    verify.check(db, "c2", lat=east[1], lon=east[0], seen=False, on=DAY)
    believe(db)
    p = chances(row(db))
    assert round_about(p, 90.0) < 0.05 < 0.3 < round_about(p, 270.0)
    verify.survey(db, "c2", heading_deg=270.0, spread_deg=3.0, on=DAY)
    believe(db)
    assert round_about(chances(row(db)), 270.0, 12.0) > 0.95
    assert west


def test_a_check_of_a_turning_camera_or_of_a_place_behind_walls_tells_nothing(living: Door) -> None:
    db = living()
    believe(db)
    before = {camera: chances(row(db, camera)) for camera in (2, 3)}
    lon, lat = lonlat(db, 50.0, 40.0)
    verify.check(db, "c3", lat=lat, lon=lon, seen=True, on=DAY)
    behind = lonlat(db, 25.0, 45.0)  # behind house A
    verify.check(db, "c2", lat=behind[1], lon=behind[0], seen=True, on=DAY)
    believe(db)
    for camera, p in before.items():
        assert chances(row(db, camera)) == pytest.approx(p)


def test_coverage_says_what_the_checks_narrowed(living: Door) -> None:
    db = living()
    first = coverage.coverage(db, sampling=COARSE, progress=quiet)["aims"]
    assert (first["unknown"], first["rests_on"], first["narrowed_by"]) == (1, {"streets": 1}, 0.0)
    assert first["even"]["share"] < first["unchecked"]["share"]
    lon, lat = lonlat(db, 62.0, 0.0)
    verify.check(db, "c2", lat=lat, lon=lon, seen=True, on=DAY)
    after = coverage.coverage(db, sampling=COARSE, progress=quiet)
    assert after["aims"]["rests_on"] == {"check": 1, "streets": 1}
    assert after["aims"]["unchecked"] == first["unchecked"]
    # Nothing is assumed of these lenses but the heading: aims are the only error beside the rim.
    assert (after["aims"]["errors"]["height"], after["aims"]["errors"]["lens"]) == (0.0, 0.0)
    assert after["aims"]["errors"]["aim"] < first["errors"]["aim"]


def test_checks_ask_where_the_answer_decides(living: Door) -> None:
    db = living()
    found = checks.checks(db, sampling=COARSE, progress=quiet)
    (asked,) = found["checks"]
    assert (asked["camera_key"], asked["order"], found["left"], found["walk_m"]) == ("c2", 1, 0, 0.0)
    assert 0.0 < asked["p_sees"] < 1.0
    assert 0.0 < asked["tells"] <= 1.0
    assert 0.0 < found["narrows_by"] <= 1.0
    assert found["unknown"] == 1
    # It is a place on a street that the camera may see, as far off as it says.
    assert asked["alley"] in ("L1", "L2")
    assert 5.0 <= asked["distance_m"] <= 25.0
    with pytest.raises(UnknownClass):
        checks.checks(db, density_class="perfect", progress=quiet)


def test_nothing_to_check(living: Door) -> None:
    db = living()
    alter(living, "update core.camera_state set heading_deg = 10 where heading_deg is null")
    none = checks.checks(db, sampling=COARSE, progress=quiet)
    assert (none["checks"], none["walk_m"], none["narrows_by"]) == ([], 0.0, None)
    alter(living, "delete from core.alley")
    with pytest.raises(checks.NothingToCheck):
        checks.checks(db, sampling=COARSE, progress=quiet)


def test_a_glance_from_the_screen_counts_at_once(living: Door) -> None:
    db = living()
    believe(db)
    before = round_about(chances(row(db)), 90.0)
    lon, lat = lonlat(db, 62.0, 0.0)
    kept = glances.record(db, "c2", lat=lat, lon=lon, seen=True, by="Lee")
    assert (kept["seen"], kept["recorded_by"], kept["source"]) == (True, "Lee", "check")
    assert round_about(chances(row(db)), 90.0) > 0.85 > before
