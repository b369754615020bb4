"""How long calls waited for a first view, by shift: exact seconds, small counts withheld, nothing by person.

Ten calls come on the morning of 4 March 2013 in Seoul, at 09:00, 09:01, ... 09:09. Of the first six a camera is opened 10, 20, ...
60 seconds later, and an operator sees the place of the first five 5 seconds after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from typer.testing import CliRunner

from app import printing_watch, session
from app.cli import cli
from app.services import WrongUse, shifts
from etl import db as db_module
from etl.db import Database
from tests.city_in_database import NETWORK, Door, lay_out, opened
from tests.database import TestCity
from tests.pages import visited

MORNING, NEXT, EVENING = date(2013, 3, 4), date(2013, 3, 5), date(2013, 3, 6)
CALL = """
insert into core.incident (incident_key, occurred_at, class_code, origin, {flag} geom)
select '{name}' || n, '{begin}'::timestamptz + n * interval '1 minute', '101', '112', {value}
    st_setsrid(st_makepoint(200050, 550000), 5186)
from generate_series(0, {last}) n
"""
OPENED = """
insert into meta.camera_opening (at, who, camera_id, incident_key, place)
select i.occurred_at + {after}, 'Kim', c.camera_id, i.incident_key, i.geom
from core.incident i, core.camera c, substring(i.incident_key from '[0-9]+$') number (n)
where i.incident_key like '{name}%%' and n::int <= {last} and c.camera_key = 'c1'
"""
SEEN = """
insert into meta.sighting (at, late_s, who, camera_id, incident_key, place, density_class, told, seen)
select i.occurred_at + {after}, {late}, 'Kim', c.camera_id, i.incident_key, i.geom, 'observe', 'certain', {seen}
from core.incident i, core.camera c, substring(i.incident_key from '[0-9]+$') number (n)
where i.incident_key like '{name}%%' and n::int <= {last} and c.camera_key = 'c1'
"""
TENS = "(n::int + 1) * interval '10 seconds'"


def call(name: str, begin: str, last: int, flag: str | None = None) -> str:
    return CALL.format(
        name=name, begin=begin, last=last, flag=f"{flag}," if flag else "", value="true," if flag else ""
    )


@pytest.fixture
def door(place: TestCity) -> Iterator[Door]:
    """The three cameras of the toy city and the ten calls."""
    with opened(place) as door:
        lay_out(
            door("owner"),
            NETWORK,
            call("m", "2013-03-04 09:00+09", 9),
            OPENED.format(name="m", last=5, after=TENS),
            SEEN.format(name="m", last=4, after=f"{TENS} + interval '7 seconds'", late=2, seen=True),
        )
        yield door


@pytest.fixture
def staff(door: Door) -> Database:
    return door("staff")


def test_a_shift_tells_median_and_percentile_of_the_first_view_and_the_first_sight(staff: Database) -> None:
    answer = shifts.shifts(staff, MORNING, MORNING)
    morning, evening, night = answer["shifts"]
    assert morning == {
        "from": "06:00", "to": "14:00", "incidents": 10, "opened": 6, "unopened": 4, "seen": 5,
        # 10, 20, ... 60: the middle is 35, and 0.9 of the way from 10 to 60 is 55
        "opened_median_s": 35.0, "opened_p90_s": 55.0,
        # 15, 25, ... 55, for the key was pressed 2 s before it was written
        "seen_median_s": 35.0, "seen_p90_s": 51.0,
    }  # fmt: skip
    assert {night["incidents"], evening["incidents"]} == {0}
    assert night["opened_median_s"] is None
    assert answer["all"] == {name: value for name, value in morning.items() if name not in ("from", "to")}


def test_a_shift_belongs_to_the_days_clocks_of_the_district(door: Door, staff: Database) -> None:
    # 22:00 to 06:00: a call at 03:00 of the 5th is of the night that began on the 4th.
    lay_out(door("owner"), call("n", "2013-03-05 03:00+09", 4))
    assert shifts.shifts(staff, MORNING, MORNING)["shifts"][2]["incidents"] == 5
    assert shifts.shifts(staff, NEXT, NEXT)["all"]["incidents"] == 0


def test_times_of_fewer_than_five_and_counts_of_one_and_two_are_not_told(door: Door, staff: Database) -> None:
    lay_out(door("owner"), call("e", "2013-03-06 15:00+09", 5), OPENED.format(name="e", last=3, after=TENS))
    answer = shifts.shifts(staff, EVENING, EVENING)
    row = answer["shifts"][1]
    # Four had a view: no time. Two had none: "<3", and the four that would give them away are withheld.
    assert (row["opened_median_s"], row["opened_p90_s"]) == (None, None)
    assert (row["incidents"], row["opened"], row["unopened"], row["seen"]) == (6, "withheld", "<3", 0)
    assert (answer["all"]["opened"], answer["all"]["unopened"]) == ("withheld", "<3")


def test_one_call_alone_is_not_told_even_by_its_total(door: Door, staff: Database) -> None:
    lay_out(
        door("owner"), call("one", "2013-03-06 23:00+09", 0), OPENED.format(name="one", last=0, after=TENS)
    )
    answer = shifts.shifts(staff, MORNING, EVENING)
    morning, _, night = answer["shifts"]
    assert (night["incidents"], night["opened"], night["opened_median_s"]) == ("<3", "<3", None)
    # Eleven less ten would be one.
    assert (morning["incidents"], answer["all"]["incidents"]) == ("withheld", "withheld")


def test_the_first_of_several_counts_and_what_is_too_late_or_denied_does_not(
    door: Door, staff: Database
) -> None:
    lay_out(
        door("owner"),
        call("e", "2013-03-06 15:00+09", 9),
        OPENED.format(name="e", last=9, after="interval '40 seconds'"),
        OPENED.format(name="e", last=9, after="interval '90 seconds'"),
        SEEN.format(name="e", last=9, after="interval '50 seconds'", late=0, seen=False),
        SEEN.format(name="e", last=9, after="interval '25 hours'", late=0, seen=True),
    )
    row = shifts.shifts(staff, EVENING, EVENING)["shifts"][1]
    assert (row["opened"], row["opened_median_s"], row["opened_p90_s"]) == (10, 40.0, 40.0)
    assert (row["seen"], row["seen_median_s"]) == (0, None)


def test_a_sighting_that_was_taken_back_is_none(door: Door, staff: Database) -> None:
    lay_out(
        door("owner"),
        "insert into meta.sighting_undone (sighting_id) select sighting_id from meta.sighting",
    )
    assert shifts.shifts(staff, MORNING, MORNING)["shifts"][0]["seen"] == 0


def test_a_view_before_the_clock_of_the_call_is_at_once(door: Door, staff: Database) -> None:
    lay_out(
        door("owner"),
        call("e", "2013-03-06 15:00+09", 9),
        OPENED.format(name="e", last=9, after="interval '-3 seconds'"),
    )
    assert shifts.shifts(staff, EVENING, EVENING)["shifts"][1]["opened_median_s"] == 0.0


@pytest.mark.parametrize("flag", ["exercise", "false_alarm", "repeat_call"])
def test_what_was_no_call_is_left_out(door: Door, staff: Database, flag: str) -> None:
    lay_out(door("owner"), call("x", "2013-03-04 10:00+09", 6, flag))
    assert shifts.shifts(staff, MORNING, MORNING)["all"]["incidents"] == 10


def test_a_call_known_to_the_day_alone_has_no_seconds(door: Door, staff: Database) -> None:
    lay_out(
        door("owner"),
        call("d", "2013-03-04 09:00+09", 6),
        "update core.incident set time_precision = 'day' where incident_key like 'd%%'",
    )
    assert shifts.shifts(staff, MORNING, MORNING)["all"]["incidents"] == 10


def test_a_period_that_ends_before_it_begins_is_wrong_use(staff: Database) -> None:
    with pytest.raises(WrongUse, match="2013-03-05 to 2013-03-04"):
        shifts.shifts(staff, NEXT, MORNING)


def test_no_name_is_in_any_answer(staff: Database) -> None:
    told = json.dumps([shifts.shifts(staff, MORNING, MORNING), shifts.doubts(staff)])
    assert "Kim" not in told


def test_the_command_prints_a_line_a_shift(
    door: Door, staff: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    monkeypatch.setattr(db_module, "open_database", lambda *_given, **_options: staff)
    asked = ["shifts", "--from", "2013-03-04", "--to", "2013-03-04"]
    printed = CliRunner().invoke(cli, asked)
    assert printed.exit_code == 0, printed.output
    (line,) = [line for line in printed.output.splitlines() if line.startswith("06:00–14:00")]
    assert line.split("  ")[0] == "06:00–14:00"
    assert [cell.strip() for cell in line.split("  ") if cell.strip()] == [
        "06:00–14:00", "10", "6", "4", "35 s", "55 s", "5", "35 s", "51 s",
    ]  # fmt: skip
    assert json.loads(CliRunner().invoke(cli, [*asked, "--json"]).output)["all"]["opened"] == 6
    empty = CliRunner().invoke(cli, ["shifts", "--from", "2013-03-05", "--to", "2013-03-05"])
    assert "No calls from 5 March 2013 to 5 March 2013." in empty.output


def test_grounds_tell_the_auditor_who_why_and_which_cameras(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = door("owner")
    lay_out(
        owner,
        "insert into meta.emergency_ground (at, minutes, ground, who, reason, incident_key, radius_m)"
        " values ('2013-03-04 23:30+09', 60, 'life_body_property', 'Lee', 'a child is missing', 'm1', 100)",
    )
    answer = shifts.emergency_grounds(owner, MORNING, MORNING)
    (entry,) = answer["entries"]
    told = {
        name: entry[name]
        for name in ("ground", "article", "who", "reason", "incident_key", "openings", "cameras")
    }
    assert told == {
        "ground": "life_body_property", "article": "18-2-3", "who": "Lee", "reason": "a child is missing",
        "incident_key": "m1", "openings": 0, "cameras": [],
    }  # fmt: skip
    assert shifts.emergency_grounds(owner, NEXT, NEXT)["n"] == 0
    printing_watch.grounds(answer, owner.district.zone)
    printed = capsys.readouterr().out
    assert "2013-03-04 23:30" in printed
    assert "00:30" in printed
    assert "a child is missing" in printed


def test_doubts_are_printed_with_their_counts(
    door: Door, staff: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    printing_watch.doubts(shifts.doubts(staff))
    assert "안 보인다는 답을 받은 것이 없습니다" in capsys.readouterr().out
    denied = SEEN.format(name="m0", last=0, after="interval '9 hours'", late=0, seen=False)
    lay_out(door("owner"), denied)
    printing_watch.doubts(shifts.doubts(staff))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("c1")]
    assert line.split()[:3] == ["c1", "1", "0"]
    assert "2013년 3월 4일" in line


def _shifts() -> None:
    from app import shift_parts

    shift_parts.draw()


def test_the_page_of_data_tells_the_last_twelve_months(
    door: Door, staff: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "shared_database", lambda: staff)
    monkeypatch.setattr(shifts, "today", lambda _db: date(2014, 3, 4))
    assert not visited(_shifts).dataframe  # a day later, the calls are out of it
    monkeypatch.setattr(shifts, "today", lambda _db: date(2014, 3, 3))
    test = visited(_shifts)
    first, *_, every = test.dataframe[0].value.to_dict("records")
    assert (first["shift"], first["opened"], first["unopened"], first["first_view"]) == (
        "06:00–14:00",
        "6",
        "4",
        "35 s",
    )
    assert (every["shift"], every["incidents"]) == ("all", "10")


def _page() -> None:
    from app import doubt_parts

    doubt_parts.draw()


def test_the_page_of_data_lists_what_operators_denied(
    door: Door, staff: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "shared_database", lambda: staff)
    assert not visited(_page).dataframe
    lay_out(door("owner"), SEEN.format(name="m0", last=0, after="interval '9 hours'", late=0, seen=False))
    test = visited(_page)
    assert test.warning[0].value.startswith(
        "Cameras told to see a place certainly, of which operators said that they do not: 1."
    )
    (row,) = test.dataframe[0].value.to_dict("records")
    assert row == {"camera": "c1", "denied": "1", "confirmed": "0", "last_denied": "4 March 2013"}
