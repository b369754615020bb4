"""Coverage, gaps, status and sources on the toy city: what they answer, what they keep, what they compute anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest

from app.figures import measure
from app.services import coverage, gaps, loading, plan, status
from app.services.plan import NothingToPlan
from app.world import Sampling
from etl.db import Database
from etl.store import frames
from spatial.errors import UnknownClass
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.toy_world import COARSE, DAY, world

NAMES = ("share", "low", "high", "certain", "possible")


@pytest.fixture
def bare(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """An empty database."""
    with opened(make_city()) as door:
        yield door


def test_the_command_leaves_out_the_lines_of_gaps() -> None:
    gap = {"gap_id": 1, "lat": 37.12345678, "lon": 126.1, "risk": 12.34567, "risk_mean": None, "geometry": {}}
    told = coverage.without_shapes({"class": "observe", "gaps": [gap]})
    shown = {"gap_id": 1, "lat": 37.123457, "lon": 126.1, "risk": 12.346, "risk_mean": None}
    assert told == {"class": "observe", "gaps": [shown]}
    assert "geometry" in gap


def computed(db: Database, **asked: Any) -> dict[str, Any]:
    return coverage.coverage(db, sampling=COARSE, progress=quiet, **asked)


def test_gaps_are_none_until_coverage_was_computed(living: Door) -> None:
    staff = living("staff")
    assert gaps.latest(staff) is None
    run = computed(living())
    shown = gaps.latest(staff)
    assert shown is not None
    assert (shown["run_id"], shown["gaps"]) == (run["run_id"], run["gaps"])
    assert gaps.latest(staff, "recognise") is None
    assert gaps.latest(staff, at=date(2012, 12, 31)) is None


def test_coverage_of_the_database_is_that_of_the_frames(drawn: Door) -> None:
    db = drawn()
    run = computed(db)
    # The frames' numbers are solved by hand in test_figures; the day is the registry's, the beliefs the database's.
    aims = frames.aim_beliefs(db, date(2013, 6, 30))
    paper = measure(world(aims=aims), "observe", sampling=COARSE, progress=quiet).answer
    # Camera 2 stands where three streets meet and sees 20 m along each. Seven of ten look along one: 0.7 + 0.3 * 3 / 4,
    # but for the tails of the lobes, in place of 3 / 4 when nothing is known.
    assert run["aims"]["rests_on"] == {"streets": 1}
    assert run["alleys"]["seen_m"] == pytest.approx(40.0 + 20.0 * (0.7 + 0.3 * 0.75), abs=0.05)
    assert run["aims"]["even"]["share"] == pytest.approx(55 / 160, abs=1e-6)
    assert (run["at"], run["class"], run["cameras"], run["sites"]) == ("2013-06-30", "observe", 3, 3)
    assert run["fields_computed"] == 0
    for theme in ("basis", "alleys", "ladder", "area", "incidents", "buffer50m", "k_fold"):
        assert run[theme] == paper[theme]
    assert [row | {"agency": row["agency"]} for row in run["agencies"]] == paper["agencies"]
    assert [zone["level"] for zone in run["zones"]] == [1, None]
    assert [[zone[name] for name in NAMES] for zone in run["zones"]] == [
        [zone[name] for name in NAMES] for zone in paper["zones"]
    ]
    assert (run["invented"], run["draws"], run["step_m"], run["standard_version"]) == (
        True,
        400,
        10.0,
        "2015",
    )
    assert json.loads(json.dumps(run, default=str))["alleys"]["length_m"] == 160.0


def test_the_shares_of_a_run_stand_in_the_database_with_their_denominators(
    drawn: Door,
) -> None:
    db = drawn()
    run = computed(db)
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select * from api.coverage_share where run_id = %s", (run["run_id"],)
        ).mappings()
        kept = {(row["theme"], row["key"]): row for row in rows}
    alleys = kept["alleys", "observe"]
    assert (alleys["certain"], alleys["possible"], alleys["weight"], alleys["unit"]) == (
        0.25,
        0.75,
        160.0,
        "m",
    )
    assert (kept["area", "observe"]["weight"], kept["area", "observe"]["unit"]) == (4800.0, "m2")
    assert kept["ladder", "identify"]["share"] == 0.0
    assert {key for theme, key in kept if theme == "dong"} == {"E", "W"}
    assert kept["agency", "north"]["share"] == 0.25


def test_a_run_names_the_loads_that_it_rests_on(living: Door) -> None:
    db = living()
    ((registry,),) = asked(db, "select batch_id from api.batch")
    # a load that fails brings no row, one that is done and changed something makes another run
    alter(living, "insert into meta.batch (source, status) values ('lamps', 'failed')")
    first = computed(db)
    assert first["loads"] == [registry]
    assert computed(db)["run_id"] == first["run_id"]
    alter(living, "insert into meta.batch (source, status, rows_in, inserted) values ('lamps', 'done', 1, 1)")
    ((lamps,),) = asked(db, "select batch_id from api.batch where source = 'lamps' and status = 'done'")
    second = computed(db)
    assert second["run_id"] != first["run_id"]
    assert second["loads"] == [registry, lamps]
    shown = gaps.latest(living("staff"))
    assert shown is not None
    assert shown["loads"] == [registry, lamps]


def asked(db: Database, sql: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_the_same_inputs_are_not_computed_again(drawn: Door) -> None:
    db = drawn()
    first, again = computed(db), computed(db)
    assert first["run_id"] == again["run_id"]
    finer = coverage.coverage(db, sampling=Sampling(5.0, 10.0, 400, 1), progress=quiet)
    assert finer["run_id"] != first["run_id"]
    assert computed(db, density_class="recognise")["run_id"] != first["run_id"]


def test_coverage_as_at_an_earlier_day(drawn: Door) -> None:
    db = drawn()
    # In 2011 camera 2, the one of unknown heading, did not stand: 40 of 160 m, and no range.
    before = computed(db, at=date(2011, 12, 31))
    assert (before["cameras"], before["basis"]["survey"]) == (2, 2)
    assert [before["alleys"][name] for name in NAMES] == [0.25, 0.25, 0.25, 0.25, 60 / 160]
    # Of the 12 months before that day there are no incidents.
    assert before["incidents"]["n"] == 0
    assert before["incidents"]["share"] is None
    # But some are loaded, of later days: nobody is told to load any.
    assert "incidents" not in before["load_next"]
    nobody = computed(db, at=date(2010, 2, 28))
    assert (nobody["cameras"], nobody["alleys"]["reason_code"]) == (0, "no_cameras")


def test_a_new_building_makes_its_neighbours_stale_and_them_alone(living: Door) -> None:
    db = living()
    first = computed(db)
    assert first["fields_computed"] == 3
    assert computed(db)["fields_computed"] == 0
    # 145 m north of camera 3, more than 200 m from the others; what is assumed reaches 150 m.
    house = "st_multi(st_makeenvelope(200045, 550205, 200055, 550210, 5186))"
    alter(living, f"insert into core.building (building_key, height_m, geom) values ('far', 9, {house})")
    second = computed(db)
    assert second["fields_computed"] == 1
    assert second["run_id"] != first["run_id"]
    # A house on the lane, 30 m from all three, stands in camera 3's home picture.
    house = "st_multi(st_makeenvelope(200048, 550030, 200052, 550034, 5186))"
    alter(living, f"insert into core.building (building_key, height_m, geom) values ('near', 9, {house})")
    third = computed(db)
    assert third["fields_computed"] == 3
    assert third["alleys"]["certain"] <= second["alleys"]["certain"]
    assert third["alleys"]["possible"] < second["alleys"]["possible"]


def test_terrain_stands_in_the_way_of_cameras_and_candidates(living: Door) -> None:
    db = living()
    flat, flat_plan = computed(db), plan.plan(db, cameras=1, progress=quiet)
    assert flat["models"] == {"pinhole+flat": 3}
    # Dykes of 30 m, one every 30 m, both ways: who stands between them sees no farther than the next.
    dyke = np.arange(70) % 3 == 0
    heights = np.where(dyke | dyke[:, None], 30.0, 0.0).astype("<f4")
    outline = "st_makeenvelope(199700, 549700, 200400, 550400, 5186)"
    tile = f"'t', 10, 70, 70, 199700, 550400, '\\x{heights.tobytes().hex()}', 'one', {outline}"
    columns = "tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, row_hash, geom"
    alter(living, f"insert into core.terrain ({columns}) values ({tile})")
    hilly = computed(db)
    assert (hilly["fields_computed"], hilly["models"]) == (3, {"pinhole+terrain": 3})
    assert hilly["alleys"]["possible"] < flat["alleys"]["possible"]
    assert plan.plan(db, cameras=1, progress=quiet)["chosen"][0]["metres"] < flat_plan["chosen"][0]["metres"]
    alter(
        living,
        "update core.terrain set elevation_m = overlay(elevation_m placing '\\x00' from 1), row_hash = 'two'",
    )
    assert computed(db)["fields_computed"] == 3


def test_inputs_that_come_back_bring_their_figures_back(living: Door) -> None:
    db = living()
    first = computed(db)
    alter(
        living,
        "update core.camera_state set heading_deg = 270 where aim_source = 'survey' and kind = 'fixed'",
    )
    turned = computed(db)
    assert turned["alleys"]["certain"] != first["alleys"]["certain"]
    alter(
        living, "update core.camera_state set heading_deg = 90 where aim_source = 'survey' and kind = 'fixed'"
    )
    back = computed(db)
    assert back["alleys"] == first["alleys"]
    shown = gaps.latest(living("staff"))
    assert shown is not None
    assert shown["alleys"] == first["alleys"]


def test_coverage_without_ground_says_why(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        toy_city.lay_out(door("owner"), toy_city.NETWORK, toy_city.OUTLINE)
        run = computed(door())
        assert (run["alleys"]["share"], run["alleys"]["reason_code"]) == (None, "no_streets")
        assert (run["area"]["open_m2"], run["area"]["reason_code"]) == (6000.0, "no_buildings")
        assert run["buffer50m"]["of"] == "open ground"
        assert run["buffer50m"]["share"] > 0.9
        assert {"streets", "buildings", "incidents"} <= set(run["load_next"])
        with pytest.raises(NothingToPlan):
            plan.plan(door(), cameras=1, progress=quiet)


def test_coverage_of_an_empty_database(bare: Door) -> None:
    run = computed(bare())
    assert (run["cameras"], run["alleys"]["share"], run["area"]["share"]) == (0, None, None)
    assert run["load_next"][0] == "cameras"
    with pytest.raises(UnknownClass):
        computed(bare(), density_class="sharp")


def test_status(drawn: Door) -> None:
    known = status.status(drawn("staff"), at=DAY)
    assert known["invented"] is True
    assert (known["district"]["srid"], known["district"]["area_m2"]) == (5186, pytest.approx(6000.0))
    assert known["counts"] == {
        "agencies": 2,
        "sites": 3,
        "cameras": 3,
        "headings_known": 2,
        "alleys": 2,
        "buildings": 2,
        "flood_zones": 1,
        "wildfire_zones": 1,
        "incidents": 9,  # all that happened up to that evening
        "police_records": 4,
        "speakers": 1,
    }
    assert [load["source"] for load in known["loads"]] == ["cameras"]


def test_what_can_be_loaded_is_listed() -> None:
    known = loading.known_sources()
    assert {"cameras", "juso", "layer"} <= {row["source"] for row in known}
    assert all(row["takes"] for row in known)
