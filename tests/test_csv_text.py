"""CSV that Korean Excel opens and that carries no formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.csv_text import csv_bytes, harmless


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example","click")',
        "+1+2",
        "-2+3",
        "@SUM(A1)",
        "＝1+1",
        "-",
    ],
)
def test_what_begins_like_a_formula_is_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\t=1+1", "'=1+1"),  # what hides behind a tab, a line break or a space is seen too
        ("\r=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("가로\r\n세로", "가로 세로"),
        ("골목로 1-2", "골목로 1-2"),
        ("-3.5", "-3.5"),
        ("+82", "+82"),
        ("1e5", "1e5"),
        ("-3.5-", "'-3.5-"),
        ("", ""),
    ],
)
def test_numbers_and_plain_text_stay(text: str, left: str) -> None:
    assert harmless(text) == left


@given(st.text())
def test_no_cell_begins_like_a_formula_whatever_the_text(text: str) -> None:
    ((cell, _),) = list(csv.reader(io.StringIO(csv_bytes(["head", "x"], [[text, 1]]).decode("utf-8-sig"))))[
        1:
    ]
    if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")):
        float(cell)  # a number, or this raises


def test_excel_s_mark_and_line_ends() -> None:
    made = csv_bytes(["동", "길이 (m)"], [["까치동", -3.5], ["말, 동", None]])
    assert made == '\ufeff동,길이 (m)\r\n까치동,-3.5\r\n"말, 동",\r\n'.encode()


def test_pandas_reads_it_back_as_it_was() -> None:
    rows = [["까치동", -3.5, date(2013, 6, 30), ["a", "b"]], ["닭동", float("nan"), None, []]]
    read = pd.read_csv(io.BytesIO(csv_bytes(["dong", "tilt_deg", "day", "further"], rows)))
    assert read["tilt_deg"].tolist()[0] == -3.5
    assert read["tilt_deg"].isna().tolist() == [False, True]
    assert read["day"].tolist()[0] == "2013-06-30"
    assert read["further"].tolist()[0] == "a b"


@pytest.mark.parametrize("text", ["\u200b=1+1", "\ufeff=1+1", "\u202e@x"])
def test_what_no_one_sees_hides_no_formula(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless("\ufe661").startswith("'")  # a small equals sign
