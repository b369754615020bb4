"""Addresses of machines and of persons go before anything is stored."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.scrub import disarm, holds_formula, scrub, scrub_all, scrub_frame


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("골목동 12-3 방범(172.16.0.1)", "골목동 12-3 방범"),
        ("골목동 12-3 (IP: 192.168.10.20) 앞", "골목동 12-3 앞"),
        ("골목동 10.0.0.7:8080 옆", "골목동 옆"),
        ("rtsp://admin:golmok@10.1.2.3:554/live 골목동", "골목동"),
        ("골목동 cam-12.golmok.local 앞", "골목동 앞"),
        ("골목동 id=admin pw:1234 앞", "골목동 앞"),
        ("골목동 00:1a:2b:3c:4d:5e 앞", "골목동 앞"),
        ("담당 010-1234-5678", "담당"),
        ("담당 +82-10-1234-5678", "담당"),
        ("담당 01012345678", "담당"),
        ("관리실 02-123-4567 앞", "관리실 앞"),
        ("someone@golmok.example.org 문의", "문의"),
        ("800101-1234567", ""),
        ("골목동 admin/pw@10.83.0.1 앞", "골목동 앞"),
        ("골목동 172.16.7\u200b.7 앞", "골목동 앞"),
        ("골목동 １７２．１６．８．８ 앞", "골목동 앞"),
        ("골목동 ١٧٢.١٦.٨.٨ 앞", "골목동 앞"),
        ("골목동 172 . 16 . 9 . 9 앞", "골목동 앞"),
        ("골목동 172.016.009.009 앞", "골목동 앞"),
        ("골목동 fe80::1ff:fe23:4567:890a 앞", "골목동 앞"),
        ("골목동 ::1 앞", "골목동 앞"),
        ("담당 010 - 7777 - 8888", "담당"),
        ("담당 010–7777–8888", "담당"),
        ("담당 (010)7777-8888", "담당"),
        ("담당 ０１０－７７７７－８８８８", "담당"),
        ("담당 +821077778888", "담당"),
        ("담당 010\u200b-7777-\x078888", "담당"),
    ],
)
def test_what_goes(text: str, clean: str) -> None:
    assert scrub(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "골목로 12-3", "37.5790123", "127.0101012", "2013-12-31 10:11:12", "202631200000001", "3.1.2", "2020.1.2",
        "골목동 12-3번지 3층", "100.5m 앞", "24:00:00", "A-1.2",
        "20. 1. 2. 10시", "1·2·3·4호기", "가::나", "２층　복도", "17-Mar", "가\u200b나",
    ],
)  # fmt: skip
def test_what_stays(text: str) -> None:
    assert scrub(text) == text


@given(st.lists(st.integers(0, 255), min_size=4, max_size=4), st.text("가나다 ()-", max_size=8))
def test_no_address_of_a_machine_survives(octets: list[int], around: str) -> None:
    address = ".".join(map(str, octets))
    assert address not in scrub(f"{around} {address} {around}")


@given(st.text(max_size=60))
def test_scrubbing_twice_is_scrubbing_once(text: str) -> None:
    once = scrub(text)
    assert scrub(once) == once


@pytest.mark.parametrize(
    "key",
    ["202631200000001234", "2013-12-31 10:11:12", "37.5790123", "126.9368", "062-201-0001", "201399-1000001",
     "osm-n1234567890", "99110-0123", "A-1.2", "20130105", "1.5e3"],
)  # fmt: skip
def test_keys_numbers_and_days_stay(key: str) -> None:
    assert scrub(key, key=True) == key


@pytest.mark.parametrize(
    "key", ["10.77.0.5", "010-7777-8888", "01077778888", "800101-1234567", "１０．８６．０．１", "fe80::1"]
)
def test_an_address_in_the_column_of_a_key_goes(key: str) -> None:
    assert scrub(key, key=True) == ""


def test_names_of_columns_and_notes_are_scrubbed() -> None:
    rows = pd.DataFrame({"비고": ["가"], "비고 10.0.0.1": ["나"], "010-1234-5678": ["다"]}, dtype="str")
    assert scrub_frame(rows).columns.tolist() == ["비고", "비고_2", "column_3", "repaired"]
    assert scrub_all({"a 10.0.0.1": ["b 10.0.0.2", 3]}) == {"a": ["b", 3]}


def test_a_frame_notes_the_row_and_leaves_keys_and_offices_alone() -> None:
    rows = pd.DataFrame(
        {"key": ["062-201-0001", "b"], "phone": ["02-123-4567", ""], "address": ["가 10.0.0.1", "나"]},
        index=pd.Index([1, 2]), dtype="str",
    )  # fmt: skip
    out = scrub_frame(rows, offices=["phone"], exact=["key"])
    assert out["key"].tolist() == ["062-201-0001", "b"]
    assert out["phone"].tolist() == ["02-123-4567", ""]
    assert out["address"].tolist() == ["가", "나"]
    assert out["repaired"].tolist() == ["SCRUBBED", ""]
    assert rows["address"].tolist() == ["가 10.0.0.1", "나"]


def test_formulas_are_found_and_disarmed() -> None:
    cells = pd.Series(
        ["=cmd|' /C calc'!A0", "@SUM(A1)", "+SUM(A1)", "-1", "+82-2-1", "-", "a=b"], dtype="str"
    )
    assert holds_formula(cells).tolist() == [True, True, True, False, False, False, False]
    assert disarm("=1+1") == "'=1+1"
    assert disarm("-12") == "-12"
