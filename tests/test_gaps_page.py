"""Gaps: what may be chosen on the toy database, and the page cut by day, dong, zone, purpose and light."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import computing, gaps_parts, livemap, phrases_gaps, session
from app.services import coverage, gaps, working
from etl.errors import DatabaseUnreachable
from tests import answers
from tests import city_in_database as toy_city
from tests.city_in_database import Door, quiet
from tests.pages import page_text, visited
from tests.toy_world import COARSE

# --- what may be chosen


def test_the_days_are_year_s_ends_since_the_first_camera_and_the_registry_s_day(drawn: Door) -> None:
    days = ["2010-12-31", "2011-12-31", "2012-12-31", "2013-06-30"]
    assert gaps.choices(drawn("staff"))["days"] == days


def test_a_day_is_missing_for_a_class_until_it_is_computed_for_it(drawn: Door) -> None:
    db = drawn()
    ends = [date(2010, 12, 31), date(2011, 12, 31), date(2012, 12, 31)]
    told: list[tuple[str, int, int]] = []
    coverage.coverage(db, at=ends[1], sampling=COARSE, progress=quiet)
    assert gaps.missing(drawn("staff"), "observe") == [ends[0], ends[2], date(2013, 6, 30)]
    runs = coverage.through(db, [ends[0], ends[2]], sampling=COARSE, progress=lambda *step: told.append(step))
    assert told == [("Days", 0, 2), ("Days", 1, 2), ("Days", 2, 2)]
    assert [gaps.latest(drawn("staff"), at=ends[n])["run_id"] for n in (0, 2)] == runs  # type: ignore[index]
    assert gaps.missing(drawn("staff"), "observe") == [date(2013, 6, 30)]
    assert len(gaps.missing(drawn("staff"), "recognise")) == 4


def test_dong_zones_and_purposes_of_the_latest_day(drawn: Door) -> None:
    staff = drawn("staff")
    offered = gaps.choices(staff)
    assert [row["name_en"] for row in offered["dong"]] == ["East", "West"]  # by their Korean names
    (west, south), (east, north) = offered["dong"][0]["bounds"]
    # East is the half from 50 m to 100 m east of the corner, 60 m deep. North of a projection's axis is not quite
    # north of the globe: metres tell to the centimetre.
    assert (west, south) == pytest.approx(toy_city.lonlat(staff, 50, 0), abs=1e-7)
    assert (east, north) == pytest.approx(toy_city.lonlat(staff, 100, 60), abs=1e-7)
    assert len(offered["zones"]) == 2
    assert sorted(offered["purposes"]) == ["crime_prevention", "disaster", "traffic_enforcement"]


def test_a_database_without_cameras_offers_today_alone(make_city: Callable[[], Any]) -> None:
    with toy_city.opened(make_city()) as door:
        offered = gaps.choices(door("staff"))
    assert len(offered["days"]) == 1
    assert (offered["dong"], offered["zones"], offered["purposes"]) == ([], {}, [])


# --- the page


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


DAYS = ("2010-12-31", "2011-12-31", "2013-06-30")


def run_of(*listed: dict[str, Any]) -> dict[str, Any]:
    """Return a computation whose one dong has 20 km, 40 % seen by day and 10 % at night; one zone; one purpose."""
    share = {"share": 0.4, "low": 0.3, "high": 0.5, "certain": 0.2, "possible": 0.7}
    dark = {"share": 0.1, "low": 0.05, "high": 0.15, "certain": 0.01, "possible": 0.6}
    dong = {"code": "K1", "name_ko": "가운데동", "name_en": "Middle-dong", "length_m": 20_000.0}
    only = {"share": 0.02, "low": 0.01, "high": 0.03}
    zone = {
        "zone_id": 3,
        "kind": "flood",
        "name": "냇가",
        "name_en": "Brook",
        "cameras": {"certain": 2, "possible": 5},
    }
    run = answers.coverage(*(row | {"dong": row.get("dong", "K1")} for row in listed))
    run["night"]["by_dong"] = [{"code": "K1", "length_m": 20_000.0, **dark}]
    return run | {
        "by_dong": [dong | share],
        "zones": [zone | share],
        "purposes": [{"purpose": "disaster", "cameras": 14, **share, "only": only}],
    }


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(working, "working", lambda _db, _run: None)


@pytest.fixture
def drawn_map(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what the map of the last run was told."""
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given["data"]))
    return caught


def _page() -> None:
    from app.views import gaps

    gaps.page()


def _visit(
    monkeypatch: pytest.MonkeyPatch, run: dict[str, Any] | None, **address: str
) -> tuple[AppTest, list[dict[str, Any]]]:
    """Open the page by an address; return it with all that was asked of the service."""
    asked: list[dict[str, Any]] = []

    def latest(_db: object, **options: Any) -> dict[str, Any] | None:
        asked.append(options)
        return run

    monkeypatch.setattr(gaps, "latest", latest)
    monkeypatch.setattr(gaps, "choices", lambda _db: answers.choices(*DAYS))
    monkeypatch.setattr(gaps, "missing", lambda _db, _class: [date.fromisoformat(day) for day in DAYS])
    return visited(_page, **address), asked


def _address(test: AppTest) -> dict[str, str]:
    """Return the page's address by name: what the visit began with stands in it as text, what the page wrote as lists."""
    asked = {name: test.query_params[name] for name in test.query_params}
    return {name: value if isinstance(value, str) else value[-1] for name, value in asked.items()}


def test_the_slider_stops_at_each_day_and_the_last_is_shown_first(monkeypatch: pytest.MonkeyPatch) -> None:
    test, asked = _visit(monkeypatch, run_of())
    slider = test.select_slider(key="at")
    assert slider.options == ["end of 2010", "end of 2011", "30 June 2013"]
    assert asked[-1] == {"density_class": "observe", "at": date(2013, 6, 30)}
    slider.set_value("2010-12-31").run()
    assert asked[-1]["at"] == date(2010, 12, 31)
    assert _address(test)["at"] == "2010-12-31"


def test_an_address_is_believed_where_it_names_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    test, asked = _visit(
        monkeypatch, run_of(), at="2011-12-31", dong="K1", purpose="disaster", light="night", list="dong"
    )
    assert asked[-1]["at"] == date(2011, 12, 31)
    assert (test.selectbox(key="dong").value, test.selectbox(key="purpose").value) == ("K1", "disaster")
    for name, value in (("light", "night"), ("list", "dong"), ("dong", "K1"), ("purpose", "disaster")):
        assert _address(test)[name] == value
    test, asked = _visit(
        monkeypatch, run_of(), at="1999-12-31", dong="K9", purpose="x", light="dusk", list="all"
    )
    assert asked[-1]["at"] == date(2013, 6, 30)
    # What is shown by itself is not worth a word in the address.
    assert set(_address(test)) == {"lang", "class", "at"}


def test_one_day_alone_leaves_nothing_to_slide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "DAYS", ("2013-06-30",))
    test, _ = _visit(monkeypatch, run_of())
    assert not test.select_slider
    assert _address(test)["at"] == "2013-06-30"


def test_a_dong_has_its_own_share_gaps_and_place(
    monkeypatch: pytest.MonkeyPatch, drawn_map: dict[str, Any]
) -> None:
    inside, outside = answers.gap(1, risk=0.1, length_m=300.0), answers.gap(2, risk=0.9, length_m=20.0)
    test, _ = _visit(monkeypatch, run_of(inside, outside | {"dong": "K2"}), dong="K1")
    assert "40.0 % of 20.0 km of alleys in Middle-dong is seen." in page_text(test)
    assert "95 % interval 30.0–50.0 %; at least 20.0 %, at most 70.0 %." in page_text(test)
    table = test.dataframe[0].value
    assert list(table["alley"]) == ["가람로"]
    assert "dong" not in table  # all lie in the one
    assert drawn_map["marks"]["dong"] == "K1"
    assert drawn_map["focus"]["bounds"] == answers.choices()["dong"][0]["bounds"]


def test_the_whole_district_tells_each_gap_s_dong(monkeypatch: pytest.MonkeyPatch) -> None:
    test, _ = _visit(monkeypatch, run_of(answers.gap(1, risk=0.1, length_m=30.0)), lang="ko")
    assert list(test.dataframe[0].value["dong"]) == ["가운데동"]


def test_a_dong_without_a_gap_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = answers.gap(1, risk=0.1, length_m=30.0) | {"dong": "K2"}
    test, _ = _visit(monkeypatch, run_of(elsewhere), dong="K1")
    assert test.success[0].value == "In this dong there is no alley that no camera can see."
    test, _ = _visit(monkeypatch, run_of())
    assert test.success[0].value == "At this class there is no gap."


def test_night_says_what_is_seen_by_day_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # By night half of the ladder: 15.7 % of 41.3 km; by day 31.4 %: 6,484 m more.
    test, _ = _visit(monkeypatch, run_of(), light="night")
    text = page_text(test)
    assert "At night 15.7 % of 41.3 km of alleys is seen." in text
    assert "By day 31.4 % is seen: 6,484 m of it is not seen at night (expected)." in text
    # In the dong 40 % less 10 % of 20 km.
    test, _ = _visit(monkeypatch, run_of(), light="night", dong="K1", lang="ko")
    assert "밤에는 가운데동 골목 20.0 km 가운데 10.0 %가 보입니다." in page_text(test)
    assert "낮에 보이는 골목 6,000 m는 밤에 보이지 않습니다" in page_text(test)


def test_night_that_cannot_be_said_has_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of()
    run["night"] |= {"reason_code": "no_light", "by_dong": []}
    test, _ = _visit(monkeypatch, run, light="night")
    assert "What is seen at night needs lamps" in page_text(test)
    older = run_of()
    older["night"].pop("by_dong")
    test, _ = _visit(monkeypatch, older, light="night", dong="K1")
    assert "This computation holds no night by dong" in page_text(test)


def test_the_ladder_follows_the_light(monkeypatch: pytest.MonkeyPatch) -> None:
    test, _ = _visit(monkeypatch, run_of(), list="classes")
    assert "55.0 %" in page_text(test)
    test.segmented_control(key="light").set_value("night").run()
    assert "27.5 %" in page_text(test) and "55.0 %" not in page_text(test)


def test_a_purpose_has_its_share_and_its_cameras_on_the_map(
    monkeypatch: pytest.MonkeyPatch, drawn_map: dict[str, Any]
) -> None:
    test, _ = _visit(monkeypatch, run_of(), purpose="disaster")
    said = (
        "The 14 cameras for disaster alone see 40.0 % of the district&#x27;s alleys (95 % interval 30.0–50.0 %); 2.0 % "
        "(1.0–3.0 %) is seen by them only."
    )
    assert said in page_text(test)
    assert drawn_map["marks"]["purpose"] == "disaster"
    assert drawn_map["legend"][1]["text"] == "Camera: disaster"
    test, _ = _visit(monkeypatch, run_of(), purpose="crime_prevention")
    assert "There was no camera for crime prevention as at this date." in page_text(test)
    older = run_of()
    older.pop("purposes")
    test, _ = _visit(monkeypatch, older, purpose="disaster", list="purposes")
    assert "This computation holds no figures by purpose" in page_text(test)


def test_lists_of_dong_zones_and_purposes(monkeypatch: pytest.MonkeyPatch) -> None:
    test, _ = _visit(monkeypatch, run_of(), list="dong")
    (row,) = test.dataframe[0].value.to_dict("records")
    assert (row["dong"], row["seen"], row["span"]) == ("Middle-dong", "40.0 %", "30.0–50.0 %")
    assert (row["night"], row["by_day"], row["length"]) == ("10.0 %", "6,000 m", "20.0 km")
    test, _ = _visit(monkeypatch, run_of(), list="zones", lang="ko")
    (row,) = test.dataframe[0].value.to_dict("records")
    assert (row["zone"], row["kind"], row["sure"], row["may"]) == ("냇가", "침수 위험 구역", "2", "5")
    test, _ = _visit(monkeypatch, run_of(), list="purposes")
    (row,) = test.dataframe[0].value.to_dict("records")
    assert (row["purpose"], row["cameras"], row["alone"], row["only"]) == (
        "disaster",
        "14",
        "40.0 %",
        "2.0 %",
    )


def test_lists_that_are_empty_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = run_of() | {"by_dong": [], "zones": []}
    for name, said in (("dong", "No outlines of dong are loaded."), ("zones", "There is no hazard zone")):
        test, _ = _visit(monkeypatch, empty, list=name)
        assert said in test.info[0].value


def test_a_gap_and_a_zone_in_the_address_are_gone_to(
    monkeypatch: pytest.MonkeyPatch, drawn_map: dict[str, Any]
) -> None:
    found = [answers.gap(n, risk=1.0 / n, length_m=50.0) for n in (1, 2, 3)]
    test, _ = _visit(monkeypatch, run_of(*found), gap="2")
    assert drawn_map["focus"]["geometry"] == found[1]["geometry"]
    assert "Selected: no. 2, unnamed, 50 m, risk 0.5" in page_text(test)
    assert _address(test)["gap"] == "2"
    # One that is not in the list is nowhere to go.
    test, _ = _visit(monkeypatch, run_of(*found), gap="9")
    assert drawn_map["focus"] is None
    assert "gap" not in _address(test)
    _visit(monkeypatch, run_of(*found), list="zones", zone="3")
    assert drawn_map["marks"]["zone"] == 3
    assert drawn_map["focus"]["bounds"] == answers.choices()["zones"][3]


def test_a_gap_of_one_computation_is_no_gap_of_another(
    monkeypatch: pytest.MonkeyPatch, drawn_map: dict[str, Any]
) -> None:
    found = [answers.gap(n, risk=1.0 / n, length_m=50.0) for n in (1, 2)]
    runs = {date(2013, 6, 30): run_of(*found), date(2010, 12, 31): run_of(*found) | {"run_id": 8}}
    test, _ = _visit(monkeypatch, runs[date(2013, 6, 30)], gap="2")
    monkeypatch.setattr(gaps, "latest", lambda _db, **options: runs[options["at"]])
    test.select_slider(key="at").set_value("2010-12-31").run()
    assert drawn_map["filter"]["run_id"] == 8
    assert drawn_map["focus"] is None
    assert "gap" not in _address(test)


def test_a_row_of_a_list_is_the_choice_above_the_map() -> None:
    import streamlit as st

    st.session_state["t"] = {"selection": {"rows": [1]}}
    gaps_parts._take("dong", "t", ["K1", "K2"])
    assert st.session_state["dong"] == "K2"
    st.session_state["t"] = {"selection": {"rows": []}}
    gaps_parts._take("dong", "t", ["K1", "K2"])
    assert st.session_state["dong"] == "all"
    st.session_state.clear()


# --- what is not computed yet


def test_a_day_that_is_not_computed_may_be_computed_by_who_plans(
    monkeypatch: pytest.MonkeyPatch, drawn_map: dict[str, Any]
) -> None:
    begun: list[tuple[str, Any]] = []
    monkeypatch.setattr(computing, "begin", lambda name, work: bool(begun.append((name, work))))
    test, _ = _visit(monkeypatch, None, at="2010-12-31")
    assert "golmok coverage --class observe --at 2010-12-31" in test.info[0].value
    # The map shows the cameras of that day, and no gaps.
    assert drawn_map["filter"] == {"density_class": "observe", "at": "2010-12-31"}
    assert "gaps" not in drawn_map["layers"]
    test.button(key="compute").click().run()
    ((name, work),) = begun
    assert name == "coverage observe 2010-12-31"
    assert (work.func, work.keywords) == (
        coverage.coverage,
        {"density_class": "observe", "at": date(2010, 12, 31)},
    )
    # It could not begin, as another one goes on.
    assert "Another computation is running" in test.warning[0].value


def test_all_days_that_are_missing_may_be_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, Any]] = []
    monkeypatch.setattr(computing, "begin", lambda name, work: bool(begun.append((name, work))))
    test, _ = _visit(monkeypatch, None)
    assert test.button(key="compute_all").label == "All 3 days that are missing"
    test.button(key="compute_all").click().run()
    ((name, work),) = begun
    assert (name, work.func) == ("coverage observe through the years", coverage.through)
    assert work.keywords == {"density_class": "observe", "days": [date.fromisoformat(day) for day in DAYS]}


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_others_are_told_the_command(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({role}))
    test, _ = _visit(monkeypatch, None)
    assert "golmok coverage" in test.info[0].value
    assert not {"compute", "compute_all"} & {button.key for button in test.button}


def test_a_computation_that_goes_on_is_watched_and_one_that_failed_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "coverage observe 2013-06-30"
    going = computing.Job(name, step="Coverage", done=3, total=8)
    monkeypatch.setitem(computing._jobs, name, going)
    test, _ = _visit(monkeypatch, None)
    (bar,) = test.get("progress")
    assert bar.proto.value == 37  # 3 of 8
    assert bar.proto.text == "Computing 30 June 2013 at class observe. Coverage"
    going.tell(computing.DAYS, 1, 4)
    test, _ = _visit(monkeypatch, None)
    (bar,) = test.get("progress")
    assert bar.proto.text == "Computing 30 June 2013 at class observe. 1 of 4 days are done."
    going.ended, going.error = True, DatabaseUnreachable("socket gone")
    test, _ = _visit(monkeypatch, None)
    assert "It could not be computed." in test.error[0].value
    assert "socket gone" in test.error[0].value
    assert test.button(key="compute")


def test_a_day_is_named_by_its_year_where_it_ends_one() -> None:
    assert phrases_gaps.day_name("2010-12-31", "ko") == "2010년 말"
    assert phrases_gaps.day_name("2013-06-30", "ko") == "2013년 6월 30일"
