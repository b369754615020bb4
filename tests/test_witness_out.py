"""The list of a footage request: what is on it, what is left out, in three forms, and the trace before it is given."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from app.roles import EditionRefused
from app.services import WrongUse, exports, witness_out
from app.services.exports import NoPurpose, Taking
from app.xlsx_text import xlsx_bytes
from etl.db import Database
from tests import witness_answers as answers
from tests.database import TestCity

TAKING = Taking("internal", "Kim", "case =2013-77")


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, dict[str, Any]]]:
    """Catch what is noted of exports."""
    noted: list[tuple[str, int, dict[str, Any]]] = []

    def note(_db: object, what: str, _taking: Taking, *, rows: int, detail: dict[str, Any]) -> None:
        noted.append((what, rows, detail))

    monkeypatch.setattr(exports, "note", note)
    return noted


@pytest.fixture(scope="module")
def db(city: TestCity) -> Iterator[Database]:
    database = city.open("staff")
    yield database
    database.close()


def test_who_asks_for_what_and_until_when_it_is_left(db: Database) -> None:
    first, second = witness_out.rows(db, answers.answer(), TAKING, lang="en")
    assert tuple(first) == witness_out.COLUMNS
    assert (first["request_no"], first["case_no"], first["office"]) == (
        "=2013-77-1",
        "=2013-77",
        "골목경찰서",
    )
    assert first["ground"] == "Article 18(2) 7: investigation and prosecution"
    assert (first["camera"], first["address"], first["agency"]) == ("2011-1", "버들로 1", "Disaster office")
    assert (first["footage_from"], first["footage_to"]) == ("25 June 2013 12:00", "25 June 2013 13:00")
    assert (first["retention_end"], second["retention_end"]) == ("2013-07-05", "unknown")
    assert (first["class"], second["class"]) == ("recognise", "recognise (may)")
    assert (first["alleys"], second["alleys"]) == ("75.0 % certain", "6.2 % (0.0–25.0 %)")
    assert first["conditions"].startswith("PIPA Article 18(5)")
    assert (first["taken_by"], first["taken_on"], first["invented"]) == ("Kim", "2013-06-30", "true")


def test_the_person_concerned_sees_but_themselves(db: Database) -> None:
    case = {"case_no": "7", "office": "counter", "ground": "35"}
    row = witness_out.rows(db, answers.answer(case=case), TAKING, lang="ko")[0]
    assert row["conditions"].startswith("개인정보 보호법 제35조")


def test_csv_opens_in_korean_excel_and_carries_no_formula(
    db: Database, traced: list[tuple[str, int, dict[str, Any]]]
) -> None:
    made = witness_out.take(db, answers.answer(), TAKING, form="csv", lang="ko")
    assert made.content.startswith(b"\xef\xbb\xbf")
    head, first, _second = csv.reader(io.StringIO(made.content.decode("utf-8-sig")))
    assert head[:3] == ["요청번호", "사건·공문번호", "요청 기관"]
    assert first[:2] == ["'=2013-77-1", "'=2013-77"]
    (what, rows, detail) = traced[0]
    assert (what, rows, detail["case_no"], detail["sha256"]) == ("witness", 2, "=2013-77", made.sha256)


def test_a_workbook_holds_texts_and_no_formula(db: Database, traced: list[Any]) -> None:
    made = witness_out.take(db, answers.answer(), TAKING, form="xlsx", lang="ko")
    sheet = load_workbook(io.BytesIO(made.content)).active
    assert (sheet.title, sheet.max_row, sheet.freeze_panes) == ("영상 제공 요청 목록", 3, "A2")
    assert sheet["A2"].value == "'=2013-77-1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert len(traced) == 1


def test_numbers_of_a_workbook_stay_numbers() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes("a/b", ["n", "t"], [[1.5, "=1+1"], [None, "a\x00b"]]))).active
    assert (sheet.title, sheet["A2"].value, sheet["B2"].value) == ("ab", 1.5, "'=1+1")
    assert (sheet["A3"].value, sheet["B3"].value) == (None, "a b")


def test_a_page_tells_the_conditions_and_what_is_left_out(db: Database, traced: list[Any]) -> None:
    text = witness_out.take(db, answers.answer(), TAKING, form="html", lang="en").content.decode()
    assert "PIPA Article 18(5)" in text
    assert "Not listed: 1 whose footage is deleted, 0 out of order throughout." in text
    assert "Kim · 30 June 2013 · case =2013-77" in text
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org", "")


def test_nothing_to_ask_for_is_said(db: Database, traced: list[Any]) -> None:
    gone = answers.answer(cameras=[answers.row(3, group="gone", footage="gone")], headline_code="gone")
    text = witness_out.take(db, gone, TAKING, form="html", lang="en").content.decode()
    assert "There is no footage to ask for." in text
    assert traced[0][1] == 0


def test_who_takes_it_is_said_and_it_is_internal(db: Database, traced: list[Any]) -> None:
    with pytest.raises(NoPurpose):
        Taking("internal", " ", "case 1")
    with pytest.raises(EditionRefused):
        witness_out.take(db, answers.answer(), Taking("committee"), form="csv", lang="ko")
    with pytest.raises(WrongUse):
        witness_out.take(db, answers.answer(), TAKING, form="pdf", lang="ko")
    assert traced == []
