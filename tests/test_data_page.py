"""What is loaded and how old it is: ages on paper, refusals in words, and the rows themselves for the steward alone."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from app import phrases_holdings, session
from app.services import holdings, look_into
from app.services.holdings import NoReason
from etl.jobs import JOBS
from etl.rhythm import RHYTHMS
from tests import city_in_database as toy_city
from tests.city_in_database import Door
from tests.pages import page_text, visited

# The toy city's registry speaks of 2013-06-30: 183 days on it is to be checked again, on 2013-12-30.
REGISTRY = "2013-06-30"


def _source(found: dict[str, Any], name: str) -> dict[str, Any]:
    (row,) = [row for row in found["sources"] if row["source"] == name]
    return row


def test_a_source_is_stale_when_its_day_has_passed(living: Door) -> None:
    db = living("staff")
    cameras = _source(holdings.holdings(db, now=date(2013, 12, 30)), "cameras")
    assert (cameras["state"], cameras["day"], cameras["due_on"]) == ("fresh", REGISTRY, "2013-12-30")
    assert cameras["age_days"] == 183
    late = holdings.holdings(db, now=date(2013, 12, 31))
    assert _source(late, "cameras")["state"] == "stale"
    # The urgent ones first; what was never loaded has no age at all.
    assert late["sources"][0]["source"] == "cameras"
    lamps = _source(late, "lamps")
    assert (lamps["state"], lamps["age_days"], lamps["day"]) == ("never", None, None)


def test_every_source_has_its_interval() -> None:
    assert RHYTHMS.keys() == {job.source for job in JOBS}


def test_what_was_refused_is_counted_by_source_and_reason(living: Door) -> None:
    found = holdings.holdings(living("staff"))
    assert found["reasons"] == [
        {"source": "cameras", "code": "BLANK_MANAGER", "n": 2},
        {"source": "cameras", "code": "BAD_COUNT", "n": 1},
    ]
    # The same file once more counts once.
    again = """insert into meta.batch (source, file_name, status, reference_date, rows_in, unchanged, quarantined, reasons, invented)
        select source, file_name, status, reference_date, rows_in, 3, 2, reasons, invented from meta.batch"""
    toy_city.alter(living, again)
    assert holdings.holdings(living("staff"))["reasons"] == found["reasons"]


def test_what_is_known_has_its_denominator(living: Door) -> None:
    found = holdings.holdings(living("staff"))
    known = {row["what"]: (row["known"], row["of"]) for row in found["missing"]}
    # Three cameras, two with a heading; two buildings of measured height; two streets of known width and light.
    assert (known["heading"], known["lens"], known["ir_range"]) == ((2, 3), (3, 3), (0, 3))
    assert (known["building_measured"], known["alley_width"], known["alley_lit"]) == ((2, 2), (2, 2), (2, 2))
    assert found["absent"] == ["terrain", "lamps", "bells"]


def test_refused_rows_are_read_for_a_purpose_and_leave_a_trace(living: Door) -> None:
    db = living("staff")
    batch = holdings.holdings(db)["loads"][0]["batch_id"]
    with pytest.raises(NoReason):
        holdings.refused_rows(db, batch, purpose="  ")
    trace = text("select who, purpose, rows from meta.access_log where object = 'meta.refusal'")
    with living("owner").engine.connect() as connection:
        assert connection.execute(trace).all() == []
    rows = holdings.refused_rows(db, batch, purpose="mend the registry", who="lee")
    assert [(row["row_no"], row["reasons"]) for row in rows] == [
        (4, ["BAD_COUNT", "BLANK_MANAGER"]),
        (5, ["BLANK_MANAGER"]),
    ]
    with living("owner").engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(trace)] == [("lee", "mend the registry", 2)]


@pytest.mark.parametrize(
    ("days", "korean", "english"),
    [
        (None, "–", "–"),
        (0, "0일", "0 days"),
        (1, "1일", "1 day"),
        (729, "729일", "729 days"),
        (4713, "12.9년", "12.9 years"),
    ],
)
def test_ages_in_words(days: int | None, korean: str, english: str) -> None:
    assert (phrases_holdings.age(days, "ko"), phrases_holdings.age(days, "en")) == (korean, english)


# -- the page ---------------------------------------------------------------------------------------------------------

SOURCE = {
    "source": "cameras", "state": "stale", "day": REGISTRY, "age_days": 200, "every_days": 183, "due_on": "2013-12-30",
    "loaded_on": "2013-07-01", "file": "registry.csv", "rows": 542,
}  # fmt: skip
LOAD = {
    "batch_id": 7, "source": "cameras", "file_name": "registry.csv", "file_sha256": "ab" * 32, "encoding": "cp949",
    "form": "korean-2018", "rows_in": 1542, "inserted": 1540, "updated": 0, "unchanged": 0, "quarantined": 2,
    "duplicates": 0, "outside": 0, "retired": 0, "reasons": {"BAD_COUNT": 2}, "repaired": {"SWAPPED": 1}, "status": "done",
    "loaded_on": "2013-07-01",
}  # fmt: skip
HELD: dict[str, Any] = {
    "at": "2014-01-16", "invented": True, "network_day": REGISTRY, "sources": [SOURCE], "loads": [LOAD],
    "reasons": [{"source": "cameras", "code": "BAD_COUNT", "n": 2}], "absent": ["terrain"], "alarms": [],
    "missing": [{"what": "heading", "known": 310, "of": 893}, {"what": "building_height", "known": 0, "of": None}],
}  # fmt: skip


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "holdings", lambda _db: HELD)


def _data_page() -> None:
    from app.views import data

    data.page()


_run = partial(visited, _data_page)


@pytest.mark.usefixtures("held")
def test_the_page_says_what_is_out_of_date_and_what_is_missing() -> None:
    test = _run()
    assert "Of 1 sources 1 are out of date; none is missing." in page_text(test)
    assert "Never loaded: terrain (dem)." in page_text(test)
    sources, known = (frame.value for frame in test.dataframe)
    assert list(sources["state"]) == ["out of date"] and list(sources["age"]) == ["200 days"]
    # What was never loaded has no share: a dash, no zero.
    assert list(known["known"]) == ["310 / 893", "–"] and list(known["share"]) == ["34.7 %", "–"]
    assert "golmok load cameras" in test.code[0].value
    assert list(_run("ko").dataframe[0].value["due"]) == ["2013년 12월 30일"]


@pytest.mark.usefixtures("held")
def test_a_load_is_opened_by_its_address() -> None:
    test = _run(part="loads", load="7")
    loads, set_aside, mended, reasons = (frame.value for frame in test.dataframe)
    assert list(loads["rows_in"]) == ["1,542"]
    assert list(set_aside["reason"]) == ["The number of cameras is not a possible count."]
    assert list(mended["reason"]) == ["Latitude and longitude were swapped; put right."]
    assert list(reasons["count"]) == ["2"]
    assert "abababababab" in page_text(test)
    assert "7" in test.query_params["load"]


@pytest.mark.usefixtures("held")
def test_the_steward_says_what_for_before_a_row_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def refused_rows(_db: object, batch_id: int, **options: Any) -> list[dict[str, Any]]:
        asked.append({"batch_id": batch_id, **options})
        return [{"row_no": 4, "reasons": ["BAD_COUNT"], "raw": {"table": "registry", "카메라대수": "0"}}]

    monkeypatch.setattr(holdings, "refused_rows", refused_rows)
    test = _run(part="loads", load="7")
    test.button(key="data_read").click().run()
    assert asked == [] and "Say what for" in test.warning[0].value
    test.text_input(key="data_purpose").set_value("mend the registry").run()
    test.button(key="data_read").click().run()
    assert asked == [{"batch_id": 7, "purpose": "mend the registry", "who": None}]
    assert "카메라대수: 0" in [cell for frame in test.dataframe for cell in frame.value.get("content", ())]


@pytest.mark.usefixtures("held")
def test_who_is_no_steward_reads_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    test = _run(part="loads", load="7")
    assert "data_read" not in {button.key for button in test.button}
    assert "for the data steward" in page_text(test)


def test_before_the_first_load_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = HELD | {"loads": [], "sources": [], "reasons": []}
    monkeypatch.setattr(holdings, "holdings", lambda _db: empty)
    assert "Nothing has been loaded yet." in page_text(_run())
    assert "No row was set aside." in _run(part="loads").success[0].value


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read without a database to compare with."""
    look = look_into.look_into_bytes
    monkeypatch.setattr(
        look_into, "look_into_bytes", lambda _db, content, **given: look(None, content, **given)
    )


@pytest.mark.usefixtures("alone")
def test_a_dropped_file_is_told_in_full() -> None:
    test = _run(part="look")
    registry = "관리기관명,설치목적구분,카메라대수,위도,경도\n가람구청,생활방범,2,37.500001,127.000001\n,생활방범,1,37.5001,127.0002"
    test.file_uploader(key="look_file").set_value(
        ("registry.csv", registry.encode("cp949"), "text/csv")
    ).run()
    assert not test.exception
    assert "2 cameras at 1 places; the heading of 0 is known." in page_text(test)
    faults, known, checks = (frame.value for frame in test.dataframe)
    assert list(faults["columns"]) == ["관리기관명"] and list(faults["rows"]) == ["2"]
    assert known["share"].iloc[0] == "0.0 %"
    assert list(checks["unknown"]) == ["2"]


@pytest.mark.usefixtures("alone")
def test_a_dropped_file_that_is_none_gets_a_sentence() -> None:
    test = _run(part="look")
    test.file_uploader(key="look_file").set_value(("registry.xlsx", b"PK\x03\x04", "application/zip")).run()
    assert test.error[0].value == (
        "This file cannot be read. The archive cannot be read. (File is not a zip file)"
    )
