"""When shifts begin and end, also in the night the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from etl.shifts import Shifts, Span, read_shifts

SEOUL, HELSINKI = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Helsinki")
DAY = date(2013, 6, 30)


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_three_shifts_of_eight_hours_belong_to_the_day_they_begin_on() -> None:
    # Seoul is nine hours ahead: 06:00 there is 21:00 of the day before.
    assert Shifts().spans(DAY, DAY, SEOUL) == [
        Span(0, _utc(2013, 6, 29, 21), _utc(2013, 6, 30, 5)),
        Span(1, _utc(2013, 6, 30, 5), _utc(2013, 6, 30, 13)),
        Span(2, _utc(2013, 6, 30, 13), _utc(2013, 6, 30, 21)),
    ]


@pytest.mark.parametrize(
    ("day", "hours"),
    # The clocks of Helsinki go from 03:00 to 04:00 on 31 March 2013 and back on 27 October: the night before each.
    [(date(2013, 3, 30), 7), (date(2013, 10, 26), 9), (date(2013, 10, 25), 8)],
)
def test_a_night_in_which_the_clocks_change_is_an_hour_shorter_or_longer(day: date, hours: int) -> None:
    night = Shifts().spans(day, day, HELSINKI)[2]
    assert night.until - night.since == timedelta(hours=hours)
    assert night.until.astimezone(HELSINKI).time() == time(6)


def test_shifts_leave_no_gap_through_a_year() -> None:
    spans = Shifts((time(2, 30), time(9), time(21, 15))).spans(date(2013, 1, 1), date(2013, 12, 31), HELSINKI)
    assert len(spans) == 3 * 365
    assert all(left.until == right.since for left, right in pairwise(spans))
    assert all(span.since < span.until for span in spans)
    assert [span.shift for span in spans[:4]] == [0, 1, 2, 0]


def test_one_shift_lasts_the_whole_day() -> None:
    (span,) = Shifts((time(7),)).spans(DAY, DAY, SEOUL)
    assert span.until - span.since == timedelta(hours=24)
    assert Shifts((time(7),)).clocks(0) == ("07:00", "07:00")


def test_clocks_tell_when_a_shift_begins_and_ends() -> None:
    assert [Shifts().clocks(n) for n in range(3)] == [
        ("06:00", "14:00"),
        ("14:00", "22:00"),
        ("22:00", "06:00"),
    ]


def test_a_file_says_when_they_begin() -> None:
    assert read_shifts({}) == Shifts()
    assert read_shifts({"starts": ["07:00", "19:30"]}).starts == (time(7), time(19, 30))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"starts": []}, "from 1 to 12"),
        ({"starts": ["07:00", "07:00"]}, "must rise"),
        ({"starts": ["22:00", "06:00"]}, "must rise"),
        ({"starts": ["24:00"]}, 'times such as "06:00"'),
        ({"starts": [7]}, 'times such as "06:00"'),
        ({"starts": "07:00"}, "expects times"),
        ({"begin": ["07:00"]}, "does not know begin"),
    ],
)
def test_a_wrong_section_is_named(section: dict[str, object], said: str) -> None:
    with pytest.raises((ValueError, TypeError), match=said):
        read_shifts(section)
