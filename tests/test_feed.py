"""Lines of a feed in the tables: placed, counted, closed, refused with their reason, and told to who listens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.quality import quality
from etl import feed as feeding
from etl.feed import Feed
from etl.load import load, replay
from etl.replay import NotReplayable
from etl.results import LoadResult
from etl.store import live
from etl.tails import Tail
from tests.database import TestCity
from tests.feed_city import BELL, LAT, LON, ONE, TWO, append, ask, call, do, lay_out, now

FILE = "접수번호,접수일시,사건코드,사건종별,긴급도,종결코드,위도,경도,신고자전화번호\n"


class Desk:
    """A feed of calls, a file that they are appended to, and the database as its owner and as the app."""

    def __init__(self, place: TestCity, folder: Path) -> None:
        self.folder = folder
        self.owner, self.loader, self.staff = place.open("owner"), place.open("loader"), place.open("staff")
        lay_out(self.owner, self.loader, folder)
        self.feeds = {name: Feed(self.loader, name) for name in ("incidents", "status")}

    def say(self, *told: dict[str, object] | bytes, source: str = "incidents") -> list[LoadResult]:
        """Append lines and take them; return what became of them, load by load."""
        file = self.folder / f"{source}.jsonl"
        append(file, told)
        tail, done = Tail(file), []
        with self.loader.arrow() as connection:
            while lines := tail.lines():
                if not tail.placed:
                    feeding.place(connection, self.feeds[source], tail)
                    continue
                result = feeding.take(connection, self.feeds[source], tail, lines=lines)
                assert result is not None and result.balanced
                done.append(result)
        return done

    def counts(self, result: LoadResult) -> tuple[int, int, int, int, int]:
        return (result.rows_in, result.inserted, result.updated, result.unchanged, result.quarantined)

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        return ask(self.owner, sql)

    def events(self) -> list[tuple[object, object]]:
        return [
            (row["kind"], row["incident_key"] or row["camera_key"])
            for row in live.events_since(self.staff, 0)
        ]


@pytest.fixture
def desk(place: TestCity, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(place, tmp_path)
    yield made
    for db in (made.owner, made.loader, made.staff):
        db.close()


def test_a_call_is_placed_told_and_accounted_for(desk: Desk) -> None:
    (result,) = desk.say(call("7001"))
    assert desk.counts(result) == (1, 1, 0, 0, 0)
    assert desk.events() == [("incident", "7001")]
    (row,) = live.open_incidents(desk.staff, role="operator", purpose="on shift", who="op01")
    assert (row["class_code"], row["class_name"], row["urgency"], row["origin"], row["placed_by"]) == (
        "102", "강도", 0, "112", "coordinates")  # fmt: skip
    assert (row["lon"], row["lat"]) == (pytest.approx(LON, abs=1e-7), pytest.approx(LAT, abs=1e-7))


def test_a_call_whose_place_is_none_is_open_without_one(desk: Desk) -> None:
    # Two decimals lie hundreds of metres off, zeros nowhere: a list would refuse the row, the board has to show the call.
    rough, zeros = call("7021", lat=37.58, lon=126.94), call("7022", lat=0, lon=0)
    results = desk.say(rough, zeros)
    assert sum(result.inserted for result in results) == 2
    assert sum(result.repaired.get("VALUE_DROPPED", 0) for result in results) == 2
    told = live.open_incidents(desk.staff, role="operator", purpose="on shift", who="op01")
    assert {(row["incident_key"], row["lat"], row["lon"]) for row in told} == {
        ("7021", None, None), ("7022", None, None)}  # fmt: skip


def test_a_bell_is_an_incident_at_its_place(desk: Desk) -> None:
    desk.say(
        {"bell": "b-0012", "at": "2026-11-26T19:40:00+09:00"},
        {"bell": "B-0012", "id": "7002", "at": now(), "urgency": "C0"},
    )
    first, second = desk.asked(
        "select incident_key, class_code, class_name, urgency, origin, placed_by, bell_key,"
        " geom = (select geom from core.bell) from core.incident order by occurred_at"
    )
    assert first == ("bell-B-0012-20261126T104000Z", "503", "비상벨", 1, "bell", "bell", "B-0012", True)
    assert second == ("7002", "503", "비상벨", 0, "112", "bell", "B-0012", True)


def test_a_bell_that_nobody_knows_is_refused_until_it_is_loaded(desk: Desk) -> None:
    (result,) = desk.say({"bell": "B-0099", "id": "7003", "at": "2026-11-26T19:40:00+09:00"})
    assert result.reasons == {"UNKNOWN_BELL": 1}
    do(
        desk.owner,
        BELL.replace("B-0012", "B-0099"),
        "insert into meta.batch (source, status) values ('bells', 'done')",
    )
    (again,) = desk.say({"bell": "B-0099", "id": "7003", "at": "2026-11-26T19:40:00+09:00"})
    assert desk.counts(again) == (1, 1, 0, 0, 0)
    assert desk.asked("select reasons, line_no, repaired_row_no, repaired_by from meta.refusal where row_key = '7003'") == [
        (["UNKNOWN_BELL"], 1, 2, "key")]  # fmt: skip


def test_a_closing_closes_and_an_older_file_opens_nothing_again(desk: Desk) -> None:
    desk.say(call("7004", at="2026-11-26 19:40"))
    (closed,) = desk.say({"id": "7004", "closing_code": "101"})
    assert desk.counts(closed) == (1, 0, 1, 0, 0)
    file = desk.folder / "calls.csv"
    file.write_text(FILE + f"7004,2026-11-26 19:40,102,강도,C0,,{LAT},{LON},\n", encoding="utf-8")
    assert load(desk.loader, "incidents", file).unchanged == 1
    assert desk.asked("select closing_code from core.incident") == [("101",)]
    assert desk.counts(desk.say({"id": "7004", "closing_code": "101"})[0]) == (1, 0, 0, 1, 0)


def test_a_call_and_its_closing_may_come_together_and_a_false_one_is_marked(desk: Desk) -> None:
    (result,) = desk.say(call("7005"), {"id": "7005", "end_cd": "601"})
    assert desk.counts(result) == (2, 1, 1, 0, 0)
    assert desk.asked("select closing_code, false_alarm from core.incident") == [("601", True)]
    assert desk.events() == [("incident", "7005"), ("closed", "7005")]


def test_exercises_and_repeated_calls_are_never_open(desk: Desk) -> None:
    desk.say(
        call("7006", class_code="507"), call("7007", closing_code="708"), call("7008", closing_code="604")
    )
    assert live.open_incidents(desk.staff, role="operator", purpose="on shift", who="op01") == []
    assert desk.events() == [("closed", "7007")]


def test_a_closing_of_nothing_is_refused_and_a_daily_number_means_the_last_one(desk: Desk) -> None:
    assert desk.say({"id": "12", "closing_code": "101"})[0].reasons == {"UNKNOWN_INCIDENT": 1}
    desk.say(call("12", at="2026-11-20 10:00"), call("13", at="2026-11-20 10:00"))
    desk.say(call("12", at="2026-11-26 10:00"))
    desk.say({"id": "12", "closing_code": "101"})
    assert desk.asked("select incident_key, closing_code from core.incident order by 1") == [
        ("12", None), ("12@20261126", "101"), ("13", None)]  # fmt: skip


def test_what_is_told_twice_of_one_call_goes_one_after_the_other(desk: Desk) -> None:
    results = desk.say(
        call("7009", at="2026-11-26 19:40"), call("7010"), call("7009", at="2026-11-26 19:40", urgency="C1")
    )
    assert [desk.counts(each) for each in results] == [(2, 2, 0, 0, 0), (1, 0, 1, 0, 0)]
    assert desk.asked("select urgency from core.incident where incident_key = '7009'") == [(1,)]


def test_bad_lines_are_kept_with_reason_and_line_and_the_good_ones_go_on(desk: Desk) -> None:
    (result,) = desk.say(call("7011"), b'{"id": "7012", "at": "2026', b"", call(""), call("7013", at="soon"))
    assert desk.counts(result) == (4, 1, 0, 0, 3)
    assert result.reasons == {"BAD_LINE": 1, "BLANK_KEY": 1, "BAD_TIME": 1}
    assert desk.asked("select line_no, reasons[1], raw ->> 'incident_key' from meta.refusal where reasons[1] = 'BAD_LINE'") == [
        (2, "BAD_LINE", "7012")]  # fmt: skip
    desk.say(call("7012"))
    assert desk.asked("select repaired_as from meta.refusal where row_key = '7012'") == [("taken",)]


def test_lines_of_other_encodings_come_in_and_a_huge_one_is_refused(desk: Desk) -> None:
    line = '{"id": "%s", "접수일시": "2026-11-26 19:40", "사건종별": "강도"}'
    huge = b'{"id": "7032", "memo": "' + b"x" * 100_000 + b'"}'
    (result,) = desk.say((line % "7030").encode("utf-8-sig"), (line % "7031").encode("cp949"), huge)
    assert (desk.counts(result), result.reasons) == ((3, 2, 0, 0, 1), {"LONG_CELL": 1})
    assert desk.asked("select distinct class_name from core.incident") == [("강도",)]


def test_a_call_from_a_clock_that_is_ahead_is_taken_and_open(desk: Desk) -> None:
    desk.say(call("7033", at=(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()))
    assert len(live.open_incidents(desk.staff, role="operator", purpose="on shift", who="op01")) == 1


def test_all_lines_of_a_day_are_one_load(desk: Desk) -> None:
    desk.say(call("7014"), call("7015"))
    desk.say(b"{", call("7016"))
    (found,) = desk.asked(
        "select rows_in, inserted, quarantined, reasons, status, notes -> 'feed' ->> 'day' = reference_date::text,"
        " (select count(*) from raw.source_row r where r.batch_id = b.batch_id) from meta.batch b where form = 'feed'"
    )
    assert found == (4, 3, 1, {"BAD_LINE": 1}, "done", True, 4)


def test_a_call_is_the_same_row_by_file_and_by_feed(desk: Desk) -> None:
    file = desk.folder / "calls.csv"
    file.write_text(FILE + f"7017,2026-11-26 19:40,102,강도,C0,,{LAT},{LON},\n", encoding="utf-8")
    load(desk.loader, "incidents", file)
    assert desk.counts(desk.say(call("7017", at="2026-11-26T19:40:00+09:00"))[0]) == (1, 0, 0, 1, 0)


def test_persons_are_scrubbed_as_of_a_file(desk: Desk) -> None:
    (result,) = desk.say(
        call("7018", phone="010-1234-5678", 신고자명="홍길동", class_name="홍길동씨 폭행", 신고내용="빨간 옷")
    )
    (content,) = desk.asked(
        "select content::text from raw.source_row r join meta.batch using (batch_id) where form = 'feed'"
    )
    assert not any(word in str(content) for word in ("1234", "홍길동", "빨간"))
    assert desk.asked("select caller ~ '^hash-', class_name from core.incident") == [(True, "강도")]
    assert result.notes["withheld"] == {"class_name": 1}


def test_a_refused_row_of_a_sensitive_class_does_not_tell_its_bell(desk: Desk) -> None:
    desk.say(
        {"bell": "B-0099", "id": "7019", "at": now(), "class_code": "106"},
        {"bell": "B-0098", "id": "7020", "at": now()},
    )
    batch = desk.asked("select max(batch_id) from meta.batch")[0][0]
    assert desk.asked(f"select raw ->> 'bell_no' from api.read_refusals({batch}, 'test')") == [
        ("",),
        ("B-0098",),
    ]


def test_a_feed_is_not_run_again(desk: Desk) -> None:
    (result,) = desk.say(call("7021"))
    assert result.batch_id is not None
    with pytest.raises(NotReplayable, match="is of a feed"):
        replay(desk.loader, result.batch_id)


def test_who_is_behind_takes_nothing_twice(desk: Desk) -> None:
    append(desk.folder / "both.jsonl", [call("7022"), call("7023")])
    mine, other = Tail(desk.folder / "both.jsonl"), Tail(desk.folder / "both.jsonl")
    with desk.loader.arrow() as connection:
        for tail in (mine, other):
            tail.lines()
            feeding.place(connection, desk.feeds["incidents"], tail)
        assert feeding.take(connection, desk.feeds["incidents"], other, lines=other.lines()[:1]) is not None
        assert feeding.take(connection, desk.feeds["incidents"], mine, lines=mine.lines()) is None
        feeding.place(connection, desk.feeds["incidents"], mine)
        assert len(mine.lines()) == 1


# Health


def down(camera: str, since: str = "2026-11-20 10:00", **fields: object) -> dict[str, object]:
    return {"camera": camera, "state": "down", "since": since} | fields


def test_health_of_cameras_comes_as_lines(desk: Desk) -> None:
    results = desk.say(
        down(f"{TWO}-2", reason="no signal"),
        down(ONE),
        {"camera": ONE, "state": "OK", "since": "2026-11-21T10:00:00+09:00"},
        source="status",
    )
    assert [desk.counts(each) for each in results] == [(2, 2, 0, 0, 0), (1, 0, 1, 0, 0)]
    assert desk.asked(
        "select camera_key, upper_inf(down_during), reason from core.camera_status join core.camera using (camera_id) order by 1"
    ) == [(f"{ONE}-1", False, None), (f"{TWO}-2", True, "no signal")]
    # the one that ended did not last into the last day, but it did as far as anybody knew before
    first, second, last = desk.events()
    assert sorted([first, second]) == [("health", f"{ONE}-1"), ("health", f"{TWO}-2")]
    assert last == ("health", f"{ONE}-1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (down("404"), "UNKNOWN_CAMERA"),
        (down(TWO), "UNKNOWN_CAMERA"),
        (down(ONE, since="2099-01-01 10:00"), "BAD_TIME"),
        (down(ONE, since="in an hour"), "BAD_TIME"),
        (down(ONE, state="dusty"), "UNKNOWN_KIND"),
        (down(ONE, head="x"), "BAD_NUMBER"),
    ],
    ids=["unknown", "which of two", "far ahead", "no time", "no state", "no head"],
)
def test_health_that_cannot_be_is_refused(desk: Desk, line: dict[str, object], reason: str) -> None:
    assert desk.say(line, source="status")[0].reasons == {reason: 1}


def test_an_outage_that_is_still_to_come_is_refused(desk: Desk) -> None:
    moment = dt.datetime.now(dt.UTC)
    ahead, slack = ((moment + dt.timedelta(minutes=n)).isoformat() for n in (60, 1))
    assert desk.say(down(ONE, since=ahead), source="status")[0].reasons == {"FUTURE_TIME": 1}
    assert desk.say(down(ONE, since=slack), source="status")[0].inserted == 1


def test_up_without_down_and_what_is_repeated_change_nothing(desk: Desk) -> None:
    up = {"camera": ONE, "state": "up", "since": "2026-11-21 10:00"}
    assert desk.counts(desk.say(up, source="status")[0]) == (1, 0, 0, 1, 0)
    desk.say(down(ONE), source="status")
    desk.say(up, source="status")
    for line in (down(ONE), up):
        assert desk.counts(desk.say(line, source="status")[0]) == (1, 0, 0, 1, 0)
    assert desk.asked("select upper_inf(down_during) from core.camera_status") == [(False,)]


def test_a_file_may_end_an_outage_and_begin_the_next(desk: Desk) -> None:
    desk.say(down(ONE), source="status")
    file = desk.folder / "health.csv"
    file.write_text(
        f"camera,state,since\n{ONE}-1,up,2026-11-21 10:00\n{ONE}-1,down,2026-11-22 10:00\n", encoding="utf-8"
    )
    result = load(desk.loader, "health", file)
    assert desk.counts(result) == (2, 1, 1, 0, 0)
    assert desk.asked(
        "select upper_inf(down_during) from core.camera_status order by lower(down_during)"
    ) == [(False,), (True,)]


def test_health_makes_no_field_of_view_stale(desk: Desk) -> None:
    stale = "select s::text from core.stale_fields('2026-11-26', 'v1', 60) s order by 1"
    before = desk.asked(stale)
    assert len(before) == 3
    desk.say(down(ONE), source="status")
    assert desk.asked(stale) == before


def test_the_sheet_of_quality_tells_of_the_last_file_not_of_the_feed(desk: Desk) -> None:
    file = desk.folder / "calls.csv"
    file.write_text(FILE + f"7017,2026-11-26 19:40,102,강도,C0,,{LAT},{LON},\n", encoding="utf-8")
    load(desk.loader, "incidents", file)
    desk.say(call("7018"), b"{")
    (sheet,) = quality(desk.staff, "incidents")["sheets"]
    assert (sheet["file"], sheet["rows"]) == ("calls.csv", 1)
    assert [each["rows_in"] for each in sheet["history"]] == [2, 1]
