"""Odd signs, spreadsheet damage and change flags: each is put right or refused, and counted under its code."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pandas as pd
import pytest

from etl import camera_steps as cam
from etl import steps as st
from etl.dates import days, months, serial_days
from etl.hangul import odd_rows, oddities, tidy
from etl.lenses import pixels
from etl.rows import REASON, REPAIRED, Door
from etl.spreadsheet import excel_text

DOOR = Door(5186, "Asia/Seoul", dt.date(2020, 1, 1))


def cells(*told: str, name: str = "x") -> pd.DataFrame:
    return pd.DataFrame({name: list(told), REPAIRED: [""] * len(told)}, dtype="str")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("가람 12-3", ()), ("a  b", ()), ("１２동", ("FULL_WIDTH",)), (unicodedata.normalize("NFD", "가"), ("DECOMPOSED_HANGUL",)),
        ("가\u00a0나", ("HIDDEN_MARKS",)), ("가\u200b", ("HIDDEN_MARKS",)), ("가\x07", ("CONTROL_MARKS",)),
        ("가\ue123", ("PRIVATE_MARKS",)), ("가\ufffd", ("LOST_MARKS",)), ("１\u3000\x01", ("FULL_WIDTH", "HIDDEN_MARKS", "CONTROL_MARKS")),
    ],
)  # fmt: skip
def test_what_is_odd_in_the_signs(text: str, codes: tuple[str, ...]) -> None:
    assert oddities(text) == codes


def test_the_text_step_notes_what_it_put_right_and_leaves_what_is_lost() -> None:
    good, refused = st.text()(cells("１２", "가", "가\ufffd", "가\ue123나"), DOOR)
    assert refused.empty
    assert good["x"].tolist() == ["12", "가", "가\ufffd", "가나"]
    assert good[REPAIRED].tolist() == ["FULL_WIDTH", "", "LOST_MARKS", "PRIVATE_MARKS"]
    assert tidy("📷 골목") == "📷 골목"
    assert odd_rows(cells("가", "나")) == {}


def test_days_that_a_spreadsheet_counted() -> None:
    told = pd.Series(["42795", "32873", "73051", "20173", "4279", ""], dtype="str")
    assert serial_days(told).dt.date.tolist()[0] == dt.date(2017, 3, 1)
    assert serial_days(told).isna().tolist() == [False, True, True, True, True, True]
    assert days(told).dt.date.tolist()[0] == dt.date(2017, 3, 1)
    found = months(pd.Series(["42795", "1905-07-09", "1905-07", "201703"], dtype="str"))
    assert found["day"].dt.date.tolist() == [
        dt.date(2017, 3, 1),
        dt.date(2017, 1, 1),
        dt.date(1905, 7, 1),
        dt.date(2017, 3, 1),
    ]
    assert found["serial"].tolist() == [True, True, False, False]


def test_the_date_steps_count_them() -> None:
    good, _ = st.day("x")(cells("42795", "2017-03-01", "73050"), DOOR)
    assert good["x"].tolist() == [dt.date(2017, 3, 1), dt.date(2017, 3, 1), None]
    assert good[REPAIRED].tolist() == ["EXCEL_SERIAL", "", "VALUE_DROPPED"]
    good, _ = st.month("x")(cells("42795", "17-Mar"), DOOR)
    assert good[REPAIRED].tolist() == ["EXCEL_SERIAL", "EXCEL_MONTH"]


def test_text_in_a_spreadsheets_wrapping() -> None:
    good, _ = excel_text()(cells('="0123"', '=""', "=1+1", '="a"&"b"', "0123"), DOOR)
    assert good["x"].tolist() == ["0123", "", "=1+1", '="a"&"b"', "0123"]
    assert good[REPAIRED].tolist() == ["EXCEL_TEXT", "EXCEL_TEXT", "", "", ""]


def test_change_flags_that_nobody_knows() -> None:
    good, refused = cam.change_flags()(cells("I", "u", "D", "", "-", "폐지", "X", name="change"), DOOR)
    assert len(good) == 6
    assert refused[REASON].tolist() == ["UNKNOWN_CHANGE"]


@pytest.mark.parametrize(
    ("text", "count", "odd"),
    [("200만 화소", 2_000_000, False), ("200만화소급", 2_000_000, False), ("2백만 화소", 2_000_000, True),
     ("2 Megapixel", 2_000_000, True), ("2000000 pixels", 2_000_000, True), ("2,000,000", 2_000_000, True),
     ("고화질", None, False)],
)  # fmt: skip
def test_units_of_pixels(text: str, count: int | None, odd: bool) -> None:
    assert pixels(text) == (count, odd)
