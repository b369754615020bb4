"""Lines of a feed become rows: whatever their encoding, and also when they cannot be read."""

from __future__ import annotations

import json

import pytest

from etl.feed_lines import LINE_BYTES, Event, call_of, health_of


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_a_call_is_known_by_english_and_korean_names_alike() -> None:
    english = line(id="7001", at="2026-11-26 19:40", class_code="102", urgency="C0", lat=37.5791, lon=126.90)
    korean = line(
        접수번호="7001", 접수일시="2026-11-26 19:40", 사건코드="102", 긴급도="C0", 위도=37.5791, 경도="126.90"
    )
    cells = {
        "incident_key": "7001",
        "occurred_at": "2026-11-26 19:40",
        "class_code": "102",
        "urgency": "C0",
        "lat": "37.5791",
    }
    assert call_of(english) == Event("call", cells | {"lon": "126.9"}, about="7001")
    assert call_of(korean) == Event("call", cells | {"lon": "126.90"}, about="7001")


def test_numbers_keep_their_digits() -> None:
    told = call_of(b'{"id": 201399900000900001, "lat": 37.50, "lon": 1e2}')
    assert told.cells == {"incident_key": "201399900000900001", "lat": "37.50", "lon": "1e2"}


def test_what_nobody_declared_is_not_read() -> None:
    told = call_of(line(id="1", at="2026-11-26 19:40", 신고자명="홍길동", memo="빨간 옷", nested={"id": "2"}))
    assert told.cells == {"incident_key": "1", "occurred_at": "2026-11-26 19:40"}


@pytest.mark.parametrize(
    ("fields", "table"),
    [
        ({"id": "1", "closing_code": "101"}, "closing"),
        ({"id": "1", "at": "2026-11-26 19:40", "closing_code": "101"}, "call"),
        ({"bell": "B-0012", "at": "2026-11-26 19:40"}, "call"),
    ],
)
def test_what_a_line_is_its_fields_say(fields: dict[str, str], table: str) -> None:
    assert call_of(line(**fields)).table == table


def test_two_bells_are_two_things_and_one_bell_at_one_moment_is_one() -> None:
    first, again = (call_of(line(bell="B-1", at="2026-11-26 19:40")).about for _ in range(2))
    assert first == again != call_of(line(bell="B-2", at="2026-11-26 19:40")).about


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_lines_are_read_in_their_encoding(encoding: str) -> None:
    told = call_of('{"접수번호": "9", "주소": "골목로 3"}'.encode(encoding))
    assert (told.cells, told.fault) == ({"incident_key": "9", "address": "골목로 3"}, "")


@pytest.mark.parametrize(
    ("raw", "fault", "kept"),
    [
        (b'{"id": "3", "at": "2026-11-26 19:40", "memo": "he ran', "BAD_LINE", {"incident_key": "3", "occurred_at": "2026-11-26 19:40"}),
        (b'["id", "3"]', "BAD_LINE", {}),
        (b"null", "BAD_LINE", {}),
        (b"[" * 100_000, "LONG_CELL", {}),
        (b"[" * 60_000, "BAD_LINE", {}),
        (b'{"id": "4", "lat": 37.5 \xff\xfe\x81', "BAD_TEXT", {"incident_key": "4", "lat": "37.5"}),
        (b'{"id": "5", "memo": "' + b"x" * LINE_BYTES + b'"}', "LONG_CELL", {"incident_key": "5"}),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_keeps_what_it_shows(raw: bytes, fault: str, kept: dict[str, str]) -> None:
    told = call_of(raw)
    assert (told.table, told.fault, dict(told.cells)) == ("call", fault, kept)


def test_what_no_database_takes_is_left_out() -> None:
    told = call_of(b'{"id": "6\\u0000", "address": "\\ud800 3", "lat": NaN, "lon": true}')
    assert told.cells == {"incident_key": "6", "address": "? 3"}


def test_health_is_known_by_the_names_of_monitoring_systems() -> None:
    english = health_of(
        line(camera="C-1-2", state="down", since="2026-11-26T19:40:00+09:00", reason="no signal")
    )
    assert english == Event(
        "status",
        {"mgmt_no": "C-1-2", "status": "down", "since": "2026-11-26T19:40:00+09:00", "cause": "no signal"},
        about="C-1-2 ",
    )
    korean = health_of(line(관리번호="C-1", 카메라순번=2, 상태="고장", 고장일시="2026-11-26 19:40"))
    assert korean.cells == {"mgmt_no": "C-1", "head_no": "2", "status": "고장", "since": "2026-11-26 19:40"}
