"""Start: the day to compare with, the dividend, the state, the ages; and the page for each state of a district."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import session, start_parts
from app.phrases_start import age
from app.services import coverage, demo, dividend, nightly
from app.services import start as service
from app.services.dividend import Before
from etl.errors import DatabaseUnreachable
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.toy_world import COARSE

END_2012 = date(2012, 12, 31)


@pytest.fixture
def bare(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """An empty database."""
    with opened(make_city()) as door:
        yield door


# --- the day to compare with


def test_then_is_the_first_year_s_end_at_which_all_agencies_had_a_camera(living: Door) -> None:
    # North has cameras since March 2010, South since May 2012; the registry speaks of 30 June 2013.
    assert dividend.before(living("staff")) == Before(END_2012, joined=2, of=2)


def test_where_an_agency_came_this_year_most_of_them_will_do() -> None:
    ends = [date(year, 12, 31) for year in (2009, 2010, 2011)]
    now = date(2012, 6, 30)
    held = {ends[0]: {"a"}, ends[1]: {"a", "b"}, ends[2]: {"a", "b", "c"}, now: {"a", "b", "c", "d"}}
    assert dividend._first_together(held, ends, now) == Before(ends[2], joined=3, of=4)
    # An agency that has gone meanwhile is none of today's.
    held = {ends[0]: {"x", "y", "a"}, ends[1]: {"a", "b"}, now: {"a", "b"}}
    assert dividend._first_together(held, ends, now) == Before(ends[1], joined=2, of=2)


def test_one_agency_has_nothing_to_be_joined_with(living: Door) -> None:
    ends = [date(2010, 12, 31)]
    assert (
        dividend._first_together({ends[0]: {"a"}, date(2011, 6, 30): {"a"}}, ends, date(2011, 6, 30)) is None
    )
    assert dividend._first_together({}, [], date(2011, 6, 30)) is None
    alter(living, "update core.camera_state set agency_id = (select min(agency_id) from core.agency)")
    assert dividend.before(living("staff")) is None
    assert dividend.keep(living(), sampling=COARSE, progress=quiet) is None


# --- the dividend


def test_the_dividend_before_anything_is_computed(drawn: Door) -> None:
    found = dividend.dividend(drawn("staff"))
    assert (found["now"], found["before"], found["before_day"]) == (None, None, "2012-12-31")
    assert found["agencies"] == []


def test_the_dividend_of_both_days(drawn: Door) -> None:
    db = drawn()
    now = coverage.coverage(db, sampling=COARSE, progress=quiet)
    dividend.keep(db, sampling=COARSE, progress=quiet)
    found = dividend.dividend(drawn("staff"))
    assert (found["now"]["at"], found["now"]["share"]) == ("2013-06-30", now["alleys"]["share"])
    assert (found["before"]["at"], found["before"]["cameras"]) == ("2012-12-31", 3)
    assert (found["before"]["joined"], found["before"]["of"]) == (2, 2)
    # Cameras 1 and 3 are North's: 30 m and 10 m of 160, for sure. The three stood on both days.
    north, south = found["agencies"]
    assert (north["agency"], north["agency_en"], north["now"]["cameras"]) == ("north", "North", 2)
    assert north["now"] == north["before"] == {"cameras": 2, "share": 0.25, "low": 0.25, "high": 0.25}
    assert south["now"]["cameras"] == 1
    assert south["now"]["share"] < found["now"]["share"]


def test_the_nightly_run_keeps_what_start_compares_with(living: Door) -> None:
    assert dividend.dividend(living("staff"))["before"] is None
    nightly.nightly(living(), sampling=COARSE, progress=quiet)
    assert dividend.dividend(living("staff"))["before"]["at"] == "2012-12-31"


def test_the_demo_keeps_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    monkeypatch.setattr(demo.sample, "write_files", lambda *_given, **_options: None)
    monkeypatch.setattr(demo, "load_files", lambda *_given, **_options: [])
    monkeypatch.setattr(demo.coverage, "coverage", lambda *_given, **_options: {"gaps": []})
    monkeypatch.setattr(demo.dividend, "keep", lambda db, **_options: kept.append(db))
    monkeypatch.setattr(demo.status, "status", lambda _db: {})
    door: Any = object()
    demo.fill(door, demo.Path("nowhere"), progress=quiet)
    assert kept == [door]


# --- the state


def test_the_state_in_figures(living: Door) -> None:
    known = service.start(living("staff"))
    state = known["state"]
    assert (state["at"], state["cameras"], state["sites"], state["agencies"]) == ("2013-06-30", 3, 3, 2)
    # Two rows of the registry were refused, one of them for two reasons.
    assert state["refused"] == 2
    assert state["headings"] == {"known": 2, "streets": None, "unknown": None}
    coverage.coverage(living(), sampling=COARSE, progress=quiet)
    # Camera 2 stands at the crossing of the two streets.
    assert service.start(living("staff"))["state"]["headings"] == {"known": 2, "streets": 1, "unknown": 0}


def test_an_empty_district_has_a_state_too(bare: Door) -> None:
    known = service.start(bare("staff"))
    assert (known["state"]["cameras"], known["state"]["refused"], known["sources"]) == (0, 0, [])
    assert (known["dividend"]["now"], known["dividend"]["before_day"]) == (None, None)


def _load(source: str, of: date | None, status: str = "done") -> dict[str, Any]:
    from datetime import UTC, datetime

    started = datetime(2013, 7, 1, tzinfo=UTC)
    return {"source": source, "reference_date": of, "status": status, "started_at": started}


def test_of_each_source_the_last_load_counts_and_the_oldest_comes_first() -> None:
    now = date(2013, 7, 1)
    loads = [  # the last first
        _load("lamps", date(2013, 6, 30), status="refused"),
        _load("lamps", date(2012, 6, 29)),
        _load("cameras", date(2013, 6, 30)),
        _load("cameras", date(2009, 1, 1)),
        _load("dem", None),
    ]
    rows = service.sources(loads, now)
    # 29 June 2012 to 1 July 2013 are 367 days; 366 would still be within the year.
    assert [(row["source"], row["days"], row["stale"]) for row in rows] == [
        ("lamps", 367, True),
        ("cameras", 1, False),
        ("dem", None, False),
    ]
    assert (rows[2]["reference_date"], rows[2]["loaded_on"]) == (None, "2013-07-01")


@pytest.mark.parametrize(
    ("days", "korean", "english"),
    [
        (0, "0일", "0 days"),
        (1, "1일", "1 day"),
        (60, "60일", "60 days"),
        (61, "2개월", "2 months"),
        (730, "23개월", "23 months"),
        (731, "2년", "2 years"),
        (None, "–", "–"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(
    days: int | None, korean: str, english: str
) -> None:
    assert (age(days, "ko"), age(days, "en")) == (korean, english)


# --- the page


def share(share: float | None, spread: float = 0.01, *, cameras: int = 10) -> dict[str, Any]:
    low, high = (None, None) if share is None else (share - spread, share + spread)
    return {"cameras": cameras, "share": share, "low": low, "high": high}


def whole(at: str, value: float, cameras: int) -> dict[str, Any]:
    bounds = {"certain": 0.01, "possible": 0.5, "length_m": 41_300.0, "at": at, "reason_code": None}
    return share(value, cameras=cameras) | bounds


def known(**changes: Any) -> dict[str, Any]:
    """Return what `start` gives: together 31.4 %, the larger of two agencies 20 % alone; at the end of 2010 half of it."""
    agencies = [
        {"agency": "행정과", "agency_en": "Affairs", "now": share(0.20), "before": share(0.10)},
        {"agency": "재난과", "agency_en": None, "now": share(0.05), "before": None},
    ]
    worth = {
        "class": "observe",
        "now": whole("2013-12-31", 0.314, 893),
        "before": whole("2010-12-31", 0.157, 454) | {"joined": 1, "of": 2},
        "before_day": "2010-12-31",
        "agencies": agencies,
    }
    headings = {"known": 310, "streets": 583, "unknown": 0}
    state = {
        "at": "2013-12-31",
        "cameras": 893,
        "sites": 376,
        "agencies": 2,
        "headings": headings,
        "refused": 42,
    }
    rows = [
        {
            "source": name,
            "reference_date": f"201{n}-06-30",
            "loaded_on": "2013-07-01",
            "days": 400 - n,
            "stale": n < 2,
        }
        for n, name in enumerate(("cameras", "survey", "lamps", "police", "juso"))
    ]
    whole_answer = {
        "dividend": worth | changes.pop("dividend", {}),
        "state": state,
        "sources": rows,
        "alarms": [],
    }
    return whole_answer | changes


def _page() -> None:
    from app.views import start

    start.page()


@pytest.fixture(autouse=True)
def _district(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")


def _run(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], lang: str = "en") -> AppTest:
    monkeypatch.setattr(session, "shared_database", object)
    monkeypatch.setattr(service, "start", lambda _db: answer)
    return visited(_page, lang)


def test_the_page_says_what_looking_together_is_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    text = page_text(_run(monkeypatch, known()))
    said = "Together: 31.4 % of 41.3 km of alleys seen. Largest agency alone: 20.0 %."
    assert said in text
    assert (
        "Now: 31 December 2013, 893 cameras. 95 % interval 30.4–32.4 %; at least 1.0 %, at most 50.0 %."
        in text
    )
    assert "Then: 31 December 2010, 454 cameras;" in text
    assert "1 of today&#x27;s 2 agencies had one" in text
    korean = page_text(_run(monkeypatch, known(), "ko"))
    assert "함께 보면 골목 41.3 km 가운데 31.4 %, 가장 큰 부서 혼자서는 20.0 %가 보입니다." in korean
    assert "지금의 2개 부서 가운데 1개 부서" in korean


def test_the_bars_are_a_table_with_both_days(monkeypatch: pytest.MonkeyPatch) -> None:
    text = page_text(_run(monkeypatch, known()))
    assert "All together" in text and "Affairs" in text and "재난과" in text
    # 31.4 of a scale to 50: the bar is 62.8 % wide, its bracket from 30.4 to 32.4.
    assert 'style="width:62.80%"' in text
    assert 'style="left:60.80%;width:4.00%"' in text
    # The second agency had no camera then: a dash, and no bar.
    row = text[text.index("재난과") : text.index("</tr>", text.index("재난과"))]
    assert row.count("–") == 3  # its range now, and share and range then
    assert row.count("golmok-seen") == 1


@pytest.mark.parametrize(
    ("most", "top"), [(0.0464, 0.05), (0.05, 0.05), (0.051, 0.1), (0.62, 1.0), (0.0012, 0.002)]
)
def test_the_scale_ends_at_a_round_number_that_holds_every_range(most: float, top: float) -> None:
    rows = [("all", ({"share": most, "low": 0.0, "high": most}, None))]
    assert start_parts._top(rows) == pytest.approx(top)


def test_a_day_that_is_not_computed_yet_is_said_and_no_column_stands_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = page_text(_run(monkeypatch, known(dividend={"before": None})))
    assert "Coverage as at 31 December 2010, the day to compare with, is not computed yet" in text
    assert "Then" not in text and "golmok-thin" not in text
    none = page_text(_run(monkeypatch, known(dividend={"before": None, "before_day": None})))
    assert "There is no earlier year to compare with" in none


def test_one_agency_is_compared_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = known(
        dividend={"before": None, "before_day": None, "agencies": known()["dividend"]["agencies"][:1]}
    )
    assert "One agency has cameras." in page_text(_run(monkeypatch, alone))


def test_nothing_computed_and_nothing_loaded_are_two_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = known(dividend={"now": None, "before": None, "agencies": []})
    assert "golmok coverage" in _run(monkeypatch, empty).info[0].value
    empty["state"] |= {"cameras": 0, "headings": {"known": 0, "streets": None, "unknown": None}}
    assert "golmok load cameras" in _run(monkeypatch, empty | {"sources": []}).info[0].value
    assert "Nothing is loaded yet." in page_text(_run(monkeypatch, empty | {"sources": []}))


def test_without_streets_the_reason_stands_where_the_share_would(monkeypatch: pytest.MonkeyPatch) -> None:
    now = whole("2013-12-31", 0.3, 5) | {
        "share": None,
        "low": None,
        "high": None,
        "reason_code": "no_streets",
    }
    text = page_text(_run(monkeypatch, known(dividend={"now": now, "before": None})))
    assert "Alley coverage needs streets" in text
    assert "golmok-dividend" not in text


def test_the_state_and_the_oldest_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    test = _run(monkeypatch, known())
    text = page_text(test)
    for part in ("893", "376", "310 (35 %)", "42", "The other 583 count by the chance of each heading"):
        assert part in text
    assert "2 of 5 sources are more than a year old" in text
    (folded,) = test.expander
    assert folded.label == "All 5 sources"
    korean = page_text(_run(monkeypatch, known(), "ko"))
    assert "카메라 대장" in korean and "2010년 6월 30일" in korean


def _page_with_doors() -> None:
    import streamlit

    from app import session
    from app.views import start

    doors = {
        name: streamlit.Page(start.page, title=name, url_path=name, default=name == "start")
        for name in ("start", "find", "gaps")
    }
    session.keep_pages(doors)
    streamlit.navigation(list(doors.values()), position="hidden")
    start.page()


def _doors(test: AppTest) -> list[str]:
    test.query_params["lang"] = "en"
    test.run()
    assert not test.exception
    return [link.proto.page for link in test.get("page_link")]


def test_a_door_leads_only_where_this_visitor_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "shared_database", object)
    monkeypatch.setattr(service, "start", lambda _db: known())
    # Plan, Report and Data are not this visitor's: no door, and none to where he stands.
    assert _doors(AppTest.from_function(_page_with_doors, default_timeout=20)) == ["find", "gaps"]


def test_a_lost_database_is_a_sentence_and_the_doors_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_db: object) -> None:
        raise DatabaseUnreachable("socket gone")

    monkeypatch.setattr(session, "shared_database", object)
    monkeypatch.setattr(session, "forget_database", lambda: None)
    monkeypatch.setattr(service, "start", fails)
    test = AppTest.from_function(_page_with_doors, default_timeout=20)
    assert _doors(test) == ["find", "gaps"]
    assert "golmok db up" in test.error[0].value
    assert "Which cameras see this place now?" in page_text(test)
