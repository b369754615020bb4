"""Months, days and moments as files write them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dates import days, moments, months


@pytest.mark.parametrize(
    ("text", "day", "excel"),
    [
        ("201703", "2017-03-01", False), ("2017-03", "2017-03-01", False), ("2017.3", "2017-03-01", False),
        ("2017-03-15", "2017-03-01", False), ("2017년 3월", "2017-03-01", False), ("2017", "2017-01-01", False),
        ("200910.0", "2009-10-01", False), ("17-Mar", "2017-03-01", True), ("Mar-17", "2017-03-01", True),
        ("98-Dec", "1998-12-01", True), ("1905-07", "1905-07-01", False),
        ("201913", None, False), ("", None, False), ("가", None, False), ("0", None, False),
    ],
)  # fmt: skip
def test_months(text: str, day: str | None, excel: bool) -> None:
    found = months(pd.Series([text], dtype="str")).iloc[0]
    assert (None if pd.isna(found["day"]) else str(found["day"].date())) == day
    assert found["excel"] == excel


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)))
def test_every_spelling_of_a_month_gives_its_first_day(day: dt.date) -> None:
    spelled = [day.strftime("%Y%m"), day.strftime("%Y-%m"), f"{day.year}.{day.month}", day.isoformat()]
    assert set(months(pd.Series(spelled, dtype="str"))["day"].dt.date) == {day.replace(day=1)}


def test_days() -> None:
    found = days(pd.Series(["2013-12-31", "20131231", "2013.12.31 10:00", "2013-02-30", ""], dtype="str"))
    assert [None if pd.isna(day) else day.date().isoformat() for day in found] == ["2013-12-31"] * 3 + [
        None
    ] * 2


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        # Seoul is nine hours ahead of UTC, without summer time since 1988
        ("2013-01-01 08:59:59", "2012-12-31 23:59:59"),
        ("2013-01-01 9:05", "2013-01-01 00:05:00"),
        ("2013-01-01T09:00:00Z", "2013-01-01 09:00:00"),
        ("2013-01-01T09:00:00+02:00", "2013-01-01 07:00:00"),
        ("20130101 0900", "2013-01-01 00:00:00"),
        # 24:00 is the next day's midnight: 15:00 UTC of the same day
        ("2012-12-31 24:00:00", "2012-12-31 15:00:00"),
        ("2013-01-01 24:30:00", None), ("2013-01-01 25:00", None), ("2013-01-01", None), ("", None),
        ("2013-02-30 10:00", None), ("2013-01-01 10:61", None),
    ],
)  # fmt: skip
def test_moments(text: str, utc: str | None) -> None:
    found = moments(pd.Series([text], dtype="str"), zone="Asia/Seoul").iloc[0]
    assert (None if pd.isna(found["at"]) else found["at"].strftime("%Y-%m-%d %H:%M:%S")) == utc
    assert found["midnight"] == (utc is not None and "24:00" in text)


def test_a_skipped_hour_is_no_time_and_a_repeated_one_the_first() -> None:
    # Helsinki 2013: 31 March 03:00-04:00 does not exist, 27 October 03:30 comes twice (00:30 and 01:30 UTC)
    found = moments(pd.Series(["2013-03-31 03:30", "2013-10-27 03:30"], dtype="str"), zone="Europe/Helsinki")[
        "at"
    ]
    assert pd.isna(found[0])
    assert found[1].strftime("%H:%M") == "00:30"


def test_nothing_gives_nothing() -> None:
    empty = pd.Series([], dtype="str")
    assert len(months(empty)) == len(days(empty)) == len(moments(empty, zone="Asia/Seoul")) == 0
