"""The nightly run on the toy city: what cameras lost since the last, why, and what a killed run leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import shapely

from app.lost_view import Night, compare, optics_text, views, with_optics
from app.services import coverage, nightly
from app.services import fields as fields_service
from etl.store import frames
from spatial.changes import OPTICS, camera_changes
from tests import toy
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.test_history import BATCH, LOAD, NEW_HOUSE, NEW_YEAR
from tests.toy_world import COARSE, ladder_rows

WALL = NEW_HOUSE.replace("200045, 550020, 200055, 550025", "200010, 549994, 200012, 550006")


def run(door: Door) -> dict[str, Any]:
    answer = nightly.nightly(door(), sampling=COARSE, progress=quiet)
    return dict(json.loads(json.dumps(answer, allow_nan=False)))


def build_wall(door: Door) -> None:
    """Build a house across the street, 10 m before camera 1."""
    alter(door, LOAD.format(day=NEW_YEAR) + WALL.format(batch=BATCH))


def test_the_first_run_says_so_and_the_second_that_nothing_changed(living: Door) -> None:
    first = run(living)
    assert (first["first"], first["last_run"], first["went_on_from"]) == (True, None, None)
    assert (first["fields_computed"], first["cameras"]) == (3, {"n": 3, "lost": 0, "gained": 0})
    assert (first["at"], first["coverage"]["class"], first["invented"]) == ("2013-06-30", "observe", True)
    figures = coverage.coverage(living(), sampling=COARSE, progress=quiet)
    assert first["coverage"]["share"] == figures["alleys"]["share"]
    assert first["coverage_run_id"] == figures["run_id"]
    second = run(living)
    assert (second["first"], second["fields_computed"]) == (False, 0)
    assert (second["lost"], second["gained"], second["aims"]) == ([], [], [])
    began = datetime.fromisoformat(first["started_at"])
    assert began < datetime.fromisoformat(second["last_run"]) < datetime.fromisoformat(second["started_at"])


def test_a_house_that_was_built_is_why_a_camera_lost_view(living: Door) -> None:
    run(living)
    before = seen(living, "c1")
    build_wall(living)
    answer = run(living)
    (row,) = answer["lost"]
    assert (row["camera_key"], row["site"], answer["cameras"]) == (
        "c1",
        "s1",
        {"n": 3, "lost": 1, "gained": 0},
    )
    assert row["why"] == [{"change": "new", "building_key": "C", "name": "새 집"}]
    assert row["before_m2"] == pytest.approx(before.area, abs=0.05)
    assert row["after_m2"] == pytest.approx(seen(living, "c1").area, abs=0.05)
    assert row["lost_m2"] == pytest.approx(row["before_m2"] - row["after_m2"], abs=0.11)
    assert row["share_lost"] == pytest.approx(row["lost_m2"] / row["before_m2"], abs=1e-3)
    # Torn down again, the view comes back, for the same reason.
    alter(living, "delete from core.building where building_key = 'C'")
    again = run(living)
    (back,) = again["gained"]
    assert (again["lost"], back["gained_m2"]) == ([], row["lost_m2"])
    assert back["why"] == [{"change": "gone", "building_key": "C", "name": "새 집"}]


def seen(door: Door, key: str) -> shapely.Geometry:
    """Return what a camera sees of the class of the nightly run."""
    db = door()
    day = coverage.network_day(db)
    fields, cameras = frames.fields(db, day, "observe"), frames.cameras(db, day)
    state = cameras.set_index("camera_key")["state_id"][key]
    return fields[(fields["state_id"] == state) & fields["counts"]].geometry.iloc[0]


def test_a_camera_that_was_turned_lost_what_it_saw(living: Door) -> None:
    run(living)
    alter(living, "update core.camera_state set heading_deg = 270 where heading_deg = 90")
    (row,) = run(living)["lost"]
    assert (row["camera_key"], row["why"], row["share_lost"]) == ("c1", [{"change": "re_aimed"}], 1.0)
    # To the east house A stands in a corner of the picture, to the west nothing does.
    assert row["gained_m2"] > row["lost_m2"] == row["before_m2"]


def test_an_aim_that_became_known_is_no_loss(living: Door) -> None:
    """What camera 2 may see round it is more than what it does see; it lost nothing by being surveyed."""
    run(living)
    alter(
        living,
        "update core.camera_state set heading_deg = 90, aim_source = 'survey' where heading_deg is null",
    )
    answer = run(living)
    assert (answer["lost"], answer["gained"]) == ([], [])
    (row,) = answer["aims"]
    assert (row["change"], row["site"]) == ("aim_known", "s2")


def test_cameras_that_came_and_went(living: Door) -> None:
    alter(living, "update core.camera_state set status = 'retired' where heading_deg = 180")
    run(living)
    alter(
        living,
        "update core.camera_state set status = case heading_deg when 90 then 'retired' else 'active' end",
    )
    answer = run(living)
    assert [(row["camera_key"], row["after_m2"], row["why"]) for row in answer["lost"]] == [
        ("c1", 0.0, [{"change": "retired"}])
    ]
    assert [(row["camera_key"], row["share_lost"], row["why"]) for row in answer["gained"]] == [
        ("c3", None, [{"change": "added"}])
    ]
    assert answer["cameras"]["n"] == 2


def test_a_killed_run_leaves_the_last_to_compare_with(living: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    run(living)
    build_wall(living)
    with monkeypatch.context() as patch:
        patch.setattr(nightly, "_since", stop)
        with pytest.raises(KeyboardInterrupt):
            run(living)
    answer = run(living)
    # The fields were computed before it was killed, and are not computed again; the loss is told all the same.
    assert (answer["fields_computed"], [row["camera_key"] for row in answer["lost"]]) == (0, ["c1"])
    assert answer["last_run"] < answer["went_on_from"] < answer["started_at"]
    assert run(living)["went_on_from"] is None


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_another_engine_is_told_as_the_reason(living: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    run(living)
    monkeypatch.setattr(fields_service, "ENGINE", "another")
    alter(living, "update core.field_of_view set geom = st_multi(st_makeenvelope(0, 0, 1, 1, 5186))")
    # The stored fields are computed anew, to the same areas: nothing is lost, whatever they were called.
    assert run(living)["lost"] == []


def night(*, engine: str = "one", width_m: float = 30.0) -> Night:
    rows = [row for row in ladder_rows() if row["density_class"] == "observe"]
    rows[0] = toy.field(1, shapely.box(0, -2, width_m, 2))
    cameras = toy.cameras().assign(camera_key=["c1", "c2", "c3"])
    none = toy.buildings().iloc[:0].assign(building_key=[], name=[])
    return Night(views(cameras, toy.fields(rows)), none, engine)


@pytest.mark.parametrize(
    ("engine", "terrain", "why"),
    [("one", False, "unknown"), ("one", True, "terrain"), ("other", True, "assumptions")],
)
def test_why_where_neither_camera_nor_building_changed(engine: str, terrain: bool, why: str) -> None:
    told = compare(night(), night(engine=engine, width_m=20.0), defaults=toy.LENS, terrain=terrain)
    (row,) = told["lost"]
    # A strip 4 m wide is 10 m shorter.
    assert (row["camera_key"], row["lost_m2"], row["gained_m2"], row["why"]) == (
        "c1",
        40.0,
        0.0,
        [{"change": why}],
    )


def test_less_than_a_square_metre_is_no_news() -> None:
    told = compare(night(), night(width_m=29.8), defaults=toy.LENS, terrain=False)
    assert (told["lost"], told["gained"]) == ([], [])


def test_the_reach_of_a_turning_camera_is_no_view() -> None:
    seen_by = night().cameras.set_index("camera_id")
    assert seen_by.geometry.area.round(6).to_dict() == {1: 120.0, 2: 1600.0, 3: 20.0}
    assert seen_by["sight"].to_dict() == {1: "certain", 2: "possible", 3: "certain"}


def test_what_is_known_of_optics_comes_back_as_it_was() -> None:
    cameras = toy.cameras()
    kept = cameras[["camera_id", "site_id"]].assign(optics=optics_text(cameras))
    back = with_optics(kept)
    assert set(OPTICS) <= set(back.columns)
    assert camera_changes(cameras, back).empty
    assert camera_changes(with_optics(kept.iloc[:0]), cameras.iloc[:0]).empty


def test_a_district_without_a_row_has_a_night_too(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        first, second = run(door), run(door)
    assert (first["first"], second["first"], second["cameras"]["n"]) == (True, False, 0)
    assert (second["coverage"]["share"], second["lost"], second["gained"]) == (None, [], [])
