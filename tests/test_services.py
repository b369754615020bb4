"""The use cases on the toy city in a database: what they answer, what they keep, what they compute anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.figures import Sampling, measure
from app.services import coverage, find, gaps, grounds, loading, plan, report, status
from app.services.find import UnknownIncidentClass
from app.services.plan import NothingToPlan
from app.services.report import PeriodWrong
from app.words import sentence
from etl.db import Database
from etl.store.coverage import run_shares
from spatial.errors import OutOfRange, UnknownClass
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.toy_world import COARSE, DAY, world

NAMES = ("share", "low", "high", "certain", "possible")


def quiet(_label: str, _done: int, _total: int) -> None:
    """Take no notice of progress."""


def opened(city: TestCity) -> Iterator[Callable[..., Database]]:
    doors: list[Database] = []

    def door(role: Any = "loader") -> Database:
        doors.append(city.open(role))
        return doors[-1]

    yield door
    for each in doors:
        each.close()


@pytest.fixture(scope="module")
def drawn(city: TestCity) -> Iterator[Callable[..., Database]]:
    """The toy city with its hand-drawn fields of view: every figure of it is known on paper."""
    for door in opened(city):
        toy_city.lay_out(door("owner"))
        toy_city.draw_fields(door())
        yield door


@pytest.fixture
def living(make_city: Callable[[], TestCity]) -> Iterator[Callable[..., Database]]:
    """A toy city of its own, whose fields of view are still to be computed."""
    for door in opened(make_city()):
        toy_city.lay_out(door("owner"))
        yield door


@pytest.fixture
def bare(make_city: Callable[[], TestCity]) -> Iterator[Callable[..., Database]]:
    """An empty database."""
    yield from opened(make_city())


def alter(door: Callable[..., Database], statement: str) -> None:
    with door("owner").engine.begin() as connection:
        connection.exec_driver_sql(statement)


def computed(db: Database, **asked: Any) -> dict[str, Any]:
    return coverage.coverage(db, sampling=COARSE, progress=quiet, **asked)


def asked(db: Database, east_m: float, north_m: float, **options: Any) -> dict[str, Any]:
    lon, lat = toy_city.lonlat(db, east_m, north_m)
    return find.nearest(db, lon, lat, **({"at": DAY} | options))


def test_gaps_are_none_until_coverage_was_computed(living: Callable[..., Database]) -> None:
    staff = living("staff")
    assert gaps.latest(staff) is None
    run = computed(living())
    shown = gaps.latest(staff)
    assert shown is not None
    assert (shown["run_id"], shown["gaps"]) == (run["run_id"], run["gaps"])
    assert gaps.latest(staff, "recognise") is None
    assert gaps.latest(staff, at=date(2012, 12, 31)) is None


def test_coverage_of_the_database_is_that_of_the_frames(drawn: Callable[..., Database]) -> None:
    run = computed(drawn())
    # The frames' numbers are solved by hand in test_figures; the day is the registry's.
    paper = measure(world(), "observe", sampling=COARSE, progress=quiet).answer
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
    drawn: Callable[..., Database],
) -> None:
    db = drawn()
    run = computed(db)
    kept = {(str(row["theme"]), str(row["key"])): row for row in run_shares(db, run["run_id"])}
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


def test_the_same_inputs_are_not_computed_again(drawn: Callable[..., Database]) -> None:
    db = drawn()
    first, again = computed(db), computed(db)
    assert first["run_id"] == again["run_id"]
    finer = coverage.coverage(db, sampling=Sampling(5.0, 10.0, 400, 1), progress=quiet)
    assert finer["run_id"] != first["run_id"]
    assert computed(db, density_class="recognise")["run_id"] != first["run_id"]


def test_coverage_as_at_an_earlier_day(drawn: Callable[..., Database]) -> None:
    db = drawn()
    # In 2011 camera 2, the one of unknown heading, did not stand: 40 of 160 m, and no range.
    before = computed(db, at=date(2011, 12, 31))
    assert (before["cameras"], before["basis"]["survey"]) == (2, 2)
    assert [before["alleys"][name] for name in NAMES] == [0.25, 0.25, 0.25, 0.25, 60 / 160]
    # Of the 12 months before that day there are no incidents.
    assert before["incidents"]["n"] == 0
    assert before["incidents"]["share"] is None
    nobody = computed(db, at=date(2010, 2, 28))
    assert (nobody["cameras"], nobody["alleys"]["reason_code"]) == (0, "no_cameras")


def test_a_new_building_makes_its_neighbours_stale_and_them_alone(living: Callable[..., Database]) -> None:
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


def test_inputs_that_come_back_bring_their_figures_back(living: Callable[..., Database]) -> None:
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
    for door in opened(make_city()):
        toy_city.lay_out(door("owner"), toy_city.NETWORK, toy_city.OUTLINE)
        run = computed(door())
        assert (run["alleys"]["share"], run["alleys"]["reason_code"]) == (None, "no_streets")
        assert (run["area"]["open_m2"], run["area"]["reason_code"]) == (6000.0, "no_buildings")
        assert run["buffer50m"]["of"] == "open ground"
        assert run["buffer50m"]["share"] > 0.9
        assert {"streets", "buildings", "incidents"} <= set(run["load_next"])
        with pytest.raises(NothingToPlan):
            plan.plan(door(), cameras=1, progress=quiet)


def test_coverage_of_an_empty_database(bare: Callable[..., Database]) -> None:
    run = computed(bare())
    assert (run["cameras"], run["alleys"]["share"], run["area"]["share"]) == (0, None, None)
    assert run["load_next"][0] == "cameras"
    with pytest.raises(UnknownClass):
        computed(bare(), density_class="sharp")


def test_nearest_when_one_sees_for_certain(drawn: Callable[..., Database]) -> None:
    found = asked(drawn("staff"), 5, 0)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("seen", 1, 0)
    assert (found["stale"], found["invented"], found["at"]) == (0, True, "2013-06-30")
    first = found["cameras"][0]
    assert (first["camera_key"], first["sight"], first["p_sees"], first["sees"]) == (
        "c1",
        "certain",
        1.0,
        True,
    )
    # 5 m ahead the drawn picture is 2 x 5 m wide: 1920 / 10 px/m, beyond recognise (125), short of identify (250).
    assert (first["distance_m"], first["turn_to_deg"], first["density_px_per_m"]) == (5.0, 90.0, 192.0)
    assert (first["class"], first["status"], first["basis"], first["agency"]) == (
        "recognise", "working", "survey", "north",
    )  # fmt: skip
    # The others fill up by distance: 45 m and 75 m.
    assert [row["camera_key"] for row in found["cameras"]] == ["c1", "c2", "c3"]
    assert [row["sight"] for row in found["cameras"][1:]] == ["none", "none"]
    assert [row["distance_m"] for row in found["cameras"][1:]] == [45.0, 75.0]


def test_nearest_when_one_may(drawn: Callable[..., Database]) -> None:
    found = asked(drawn("staff"), 35, 0)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("may", 0, 1)
    first = found["cameras"][0]
    # The picture is a quarter of the circle; 15 m ahead 1920 / 30 px/m.
    assert (first["camera_key"], first["sight"], first["p_sees"], first["sees"]) == (
        "c2",
        "possible",
        0.25,
        False,
    )
    assert (first["density_px_per_m"], first["class"], first["heading_deg"]) == (64.0, "observe", None)
    assert first["turn_to_deg"] == 270.0


def test_nearest_when_nobody_does(drawn: Callable[..., Database]) -> None:
    found = asked(drawn("staff"), 90, 0, k=2)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("none", 0, 0)
    assert [row["camera_key"] for row in found["cameras"]] == ["c2", "c3"]
    assert {row["sight"] for row in found["cameras"]} == {"none"}
    assert found["cameras"][0]["density_px_per_m"] is None


def test_a_turned_ptz_may_see_but_does_not_now(drawn: Callable[..., Database]) -> None:
    at_home, in_reach = asked(drawn("staff"), 50, 55), asked(drawn("staff"), 50, 40)
    assert (at_home["cameras"][0]["camera_key"], at_home["cameras"][0]["sees"]) == ("c3", True)
    first = in_reach["cameras"][0]
    assert (first["camera_key"], first["sight"], first["sees"]) == ("c3", "possible", False)


def test_k_fills_up_and_never_hides_who_sees(drawn: Callable[..., Database]) -> None:
    staff = drawn("staff")
    for k in (1, 2, 3, 100):
        assert len(asked(staff, 5, 0, k=k)["cameras"]) == min(k, 3)
    # At the crossing of reaches both 2 (may) and 3 (may, when turned) are listed though one was asked for.
    assert [row["sight"] for row in asked(staff, 35, 0, k=1)["cameras"]] == ["possible"]


def test_a_finer_class_sees_less(drawn: Callable[..., Database]) -> None:
    staff = drawn("staff")
    assert asked(staff, 5, 0, density_class="recognise")["headline_code"] == "seen"
    assert asked(staff, 15, 0, density_class="recognise")["headline_code"] == "none"
    assert asked(staff, 15, 0, density_class="detect")["headline_code"] == "seen"


def test_a_camera_that_is_down_does_not_see(drawn: Callable[..., Database]) -> None:
    outage = "tstzrange('2013-06-30 00:00+09', '2013-07-01 00:00+09')"
    alter(
        drawn,
        "insert into core.camera_status (camera_id, down_during, reason)"
        f" select camera_id, {outage}, 'lightning' from core.camera where camera_key = 'c1'",
    )
    try:
        found = asked(drawn("staff"), 5, 0)
        first = found["cameras"][0]
        assert (first["camera_key"], first["status"], first["sight"], first["sees"]) == (
            "c1", "down", "certain", False,
        )  # fmt: skip
        assert (found["seen_by"], found["headline_code"]) == (0, "none")
        assert asked(drawn("staff"), 5, 0, at=date(2013, 6, 29))["seen_by"] == 1
    finally:
        alter(drawn, "delete from core.camera_status")


def test_as_at_a_day_before_the_camera_stood(drawn: Callable[..., Database]) -> None:
    found = asked(drawn("staff"), 35, 0, at=date(2012, 4, 30))
    assert (found["headline_code"], [row["camera_key"] for row in found["cameras"]]) == ("none", ["c1", "c3"])
    assert asked(drawn("staff"), 35, 0, at=date(2010, 2, 28))["cameras"] == []


def test_use_follows_the_purpose(drawn: Callable[..., Database]) -> None:
    def allowed(incident_class: str | None) -> dict[str, Any]:
        found = asked(drawn("staff"), 5, 0, incident_class=incident_class)
        return {row["camera_key"]: row["use"]["allowed"] for row in found["cameras"]}

    assert allowed(None) == {"c1": None, "c2": None, "c3": None}
    # Camera 2 is for disasters, and further for crime prevention.
    assert allowed("101") == {"c1": True, "c2": True, "c3": False}
    assert allowed("401") == {"c1": False, "c2": False, "c3": True}
    assert allowed("609") == {"c1": False, "c2": True, "c3": False}
    # Nothing that stands here was installed for an inquiry.
    assert allowed("601") == {"c1": False, "c2": False, "c3": False}
    found = asked(drawn("staff"), 5, 0, incident_class="101")
    assert [row["use"]["ground"] for row in found["cameras"]] == ["25-1-2", "25-1-3", "25-1-4"]


def test_every_known_incident_class_has_an_answer() -> None:
    for code in map(str, range(100, 700)):
        assert grounds.is_known(code)
        assert isinstance(grounds.purposes_for(code), tuple)
    assert not any(map(grounds.is_known, ("", "99", "700", "1011", "abc", "10a", "-01")))


@pytest.mark.parametrize(
    ("options", "error", "code"),
    [
        ({"incident_class": "999"}, UnknownIncidentClass, 2),
        ({"density_class": "sharp"}, UnknownClass, 2),
    ],
)
def test_wrong_questions_are_refused(
    drawn: Callable[..., Database], options: dict[str, str], error: type[Exception], code: int
) -> None:
    with pytest.raises(error) as refused:
        asked(drawn("staff"), 5, 0, **options)
    assert sentence(refused.value, "en")[1] == code


def test_a_place_off_the_globe_is_refused(drawn: Callable[..., Database]) -> None:
    with pytest.raises(OutOfRange):
        find.nearest(drawn("staff"), 126.9, 91.0)


def test_stale_fields_are_said(living: Callable[..., Database]) -> None:
    # Nothing was computed yet: nobody is known to see anything, and the answer says that three are out of date.
    before = asked(living("staff"), 5, 0)
    assert (before["headline_code"], before["stale"]) == ("none", 3)
    computed(living())
    assert asked(living("staff"), 5, 0)["stale"] == 0


def test_plan(living: Callable[..., Database]) -> None:
    db = living()
    one, three = (plan.plan(db, cameras=n, progress=quiet) for n in (1, 3))
    assert (one["at"], one["class"], one["invented"]) == ("2013-06-30", "observe", True)
    assert (len(one["chosen"]), len(three["chosen"])) == (1, 3)
    for found in (one, three):
        assert 0.0 <= found["before"] <= found["after"] <= found["bound"] + 1e-6
        assert found["bound"] <= 1.0
        gained = sum(camera["gain"] for camera in found["chosen"])
        assert found["after"] - found["before"] == pytest.approx(gained, abs=1e-5)
        assert found["gap"] == pytest.approx((found["bound"] - found["after"]) / found["bound"], abs=2e-6)
    # The first of three is the one chosen alone, and each next one adds no more than the one before it.
    assert three["chosen"][0] == one["chosen"][0]
    gains = [camera["gain"] for camera in three["chosen"]]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0.0
    west, south = toy_city.lonlat(db, -1, -1)
    east, north = toy_city.lonlat(db, 101, 61)
    for camera in three["chosen"]:
        assert west < camera["lon"] < east
        assert south < camera["lat"] < north
        assert camera["heading_deg"] % 45.0 == 0.0
        assert camera["metres"] > 0.0
        assert camera["alley"] in ("L1", "L2")
        assert camera["price_won"] == 20_000_000


def test_a_budget_buys_whole_cameras(living: Callable[..., Database]) -> None:
    db = living()
    # 20 million won a camera: 50 million buy two, 19.9 million none.
    bought = plan.plan(db, budget_won=50_000_000, progress=quiet)
    assert bought["chosen"] == plan.plan(db, cameras=2, progress=quiet)["chosen"]
    assert bought["cost_won"] == 40_000_000
    poor = plan.plan(db, budget_won=19_900_000, progress=quiet)
    assert (poor["chosen"], poor["cost_won"]) == ([], 0)
    assert poor["before"] == poor["after"]


def test_report_figures(drawn: Callable[..., Database]) -> None:
    db = drawn()
    given = report.figures(db, date(2013, 1, 1), DAY, progress=quiet)
    assert given["period"] == {"since": "2013-01-01", "until": "2013-06-30"}
    assert (given["invented"], given["edition"]) == (True, "committee")
    assert given["history"] == [
        {"date": "2010-12-31", "sites": 2, "cameras": 2},
        {"date": "2011-12-31", "sites": 2, "cameras": 2},
        {"date": "2012-12-31", "sites": 3, "cameras": 3},
        {"date": "2013-01-01", "sites": 3, "cameras": 3},
        {"date": "2013-06-30", "sites": 3, "cameras": 3},
    ]
    # Two supplies in January, by the clocks of the district; one on the last evening; July's is out.
    supplied = [(row["month"], row["n"]) for row in given["supplies"]["by_month"] if row["n"]]
    assert given["supplies"]["n"] == 3
    assert supplied == [("2013-01", 2), ("2013-06", 1)]
    assert given["incidents"]["n"] == 4
    assert given["coverage"]["at"] == "2013-06-30"
    assert given["coverage_before"]["at"] == "2013-01-01"
    # In the 12 months up to 1 January fell the first two, and the one that is too old for June.
    assert given["coverage_before"]["incidents"]["n"] == 3
    assert given["status"]["counts"]["cameras"] == 3
    assert given["refusals"] == [{"reason": "BLANK_MANAGER", "n": 2}, {"reason": "BAD_COUNT", "n": 1}]
    assert [(row["source"], row["rows_in"], row["quarantined"]) for row in given["loads"]] == [
        ("cameras", 5, 2)
    ]


def test_composition_of_the_network(drawn: Callable[..., Database]) -> None:
    given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
    parts = given["cameras"]
    assert sorted((row["purpose"], row["legal_ground"], row["n"]) for row in parts["by_purpose"]) == [
        ("crime_prevention", "25-1-2", 1),
        ("disaster", "25-1-3", 1),
        ("traffic_enforcement", "25-1-4", 1),
    ]
    assert parts["by_kind"] == [{"kind": "fixed", "n": 2}, {"kind": "ptz", "n": 1}]
    # Camera 2 is one year old, the others three.
    assert parts["by_age"] == [{"years": "0-2", "n": 1}, {"years": "3-5", "n": 2}]
    north, south = given["agencies"]
    assert (north["agency"], north["agency_en"], north["cameras"]) == ("north", "North", 2)
    assert (south["agency"], south["cameras"]) == ("south", 1)
    assert north["wildfire_alone"] == 0.0


def test_a_report_gives_the_same_figures_twice(drawn: Callable[..., Database]) -> None:
    def told() -> str:
        given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
        return json.dumps(report.told(given, "committee"), default=str, sort_keys=True)

    assert told() == told()


def test_a_committee_gets_no_place_of_a_gap(drawn: Callable[..., Database]) -> None:
    given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
    shown = report.told(given, "committee")
    assert shown["coverage"]["gaps"]
    for gap in (*shown["coverage"]["gaps"], *shown["coverage_before"]["gaps"]):
        assert not {"lat", "lon", "geometry"} & set(gap)
    assert "lat" in report.told(given, "internal")["coverage"]["gaps"][0]


def test_a_period_that_ends_before_it_begins(drawn: Callable[..., Database]) -> None:
    with pytest.raises(PeriodWrong) as refused:
        report.figures(drawn(), date(2013, 7, 1), DAY, progress=quiet)
    assert sentence(refused.value, "en")[1] == 2


def test_a_written_report(drawn: Callable[..., Database], tmp_path: Path) -> None:
    written = report.write(drawn(), date(2013, 1, 1), DAY, out=tmp_path / "r.html", lang="en", progress=quiet)
    assert {"out", "sha256", "pages", "figures", "invented"} <= set(written)
    assert len(written["sha256"]) == 64
    assert "invented" in Path(written["out"]).read_text(encoding="utf-8")


def test_status(drawn: Callable[..., Database]) -> None:
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
