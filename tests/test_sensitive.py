"""Which classes are sensitive, however they are written, and that no other door tells their places."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.load import load
from tests.database import TestCity
from tests.test_evidence import LEDGER
from tests.test_load import registry, row


@pytest.fixture
def staff(place: TestCity) -> Iterator[Database]:
    database = place.open("staff")
    yield database
    database.close()


CODES = ("107", "0107", "107-1", "107.0", " 107 ", "１０７", "RAPE")
WORDS = ("Rape", "sexual assault", "Domestic Violence", "domestic-violence", "CHILD ABUSE", "Stalking", "suicide attempt",
         "강제추행", "성추행", "성폭행", "강간", "가정 폭력", "아동학대 (기타)", "아동 학대", "수사(성폭력)", "데이트 폭력", "자살")  # fmt: skip


def test_a_sensitive_class_is_known_in_every_spelling(place: TestCity) -> None:
    owner = place.open("owner")
    ask = text("select core.sensitive_cell_m(:code, :words)")
    with owner.engine.connect() as connection:

        def cell(code: str | None, words: str | None) -> object:
            return connection.execute(ask, {"code": code, "words": words}).scalar()

        assert [code for code in CODES if cell(code, None) != 250] == []
        assert [word for word in WORDS if cell(None, word) != 250] == []
        others = [
            ("104", "절도"),
            ("1070", ""),
            ("10", "7"),
            ("", ""),
            (None, None),
            ("401", "교통사고"),
            (None, "Burglary"),
        ]
        assert [other for other in others if cell(*other) is not None] == []
        assert connection.execute(text("select min(length(plain)) from core.sensitive_class")).scalar() == 2
    owner.close()


def test_refused_rows_of_a_sensitive_class_tell_no_place(
    db: Database, staff: Database, tmp_path: Path
) -> None:
    file = tmp_path / "calls.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow("접수번호 접수일시 사건코드 사건종별 주소 위도 경도".split())
        for key, code, word in (
            ("A1", "107", ""),
            ("A2", "0107", ""),
            ("A3", "", "가정폭력"),
            ("A4", "104", "절도"),
        ):
            writer.writerow([key, "2013-13-02 03:04:05", code, word, "골목로 9", "37.5791234", "126.9368123"])
    result = load(db, "incidents", file)
    assert result.quarantined == 4
    doors = ("select raw from api.read_open_refusals(null, null, null, 'why') order by row_no",
             f"select raw from api.read_refusals({result.batch_id}, 'why') order by row_no")  # fmt: skip
    with staff.engine.connect() as connection:
        for door in doors:
            told = [(raw["incident_key"], raw["lat"], raw["lon"], raw["address"])
                    for raw in connection.execute(text(door)).scalars()]  # fmt: skip
            assert told == [("A1", "", "", ""), ("A2", "", "", ""), ("A3", "", "", ""),
                            ("A4", "37.5791234", "126.9368123", "골목로 9")]  # fmt: skip


def test_footage_of_a_sensitive_case_is_no_evidence_with_a_place(
    db: Database, staff: Database, tmp_path: Path
) -> None:
    load(db, "cameras", registry(tmp_path, row(count="1")))
    rows = [f"{n},제공,2013-02-03 10:00:00,골목경찰서,202631200000001-1,2013-02-01 23:30:00,Y,,37.5802,126.936{n},{purpose}"
            for n, purpose in enumerate(("수사(성폭력)", "수사(가정 폭력)", "수사(절도)", "범인 강간 사건"), 1)]  # fmt: skip
    file = tmp_path / "ledger.csv"
    file.write_text("\n".join([f"{LEDGER},목적", *rows]), encoding="utf-8")
    assert load(db, "police", file).inserted == 4
    with staff.engine.connect() as connection:
        given = connection.execute(text("select seen from api.read_footage_evidence('why')")).scalars().all()
        assert given == [True]
        assert connection.execute(text(
            "select count(*) from api.read_police_records('-infinity', 'infinity', 'why') where place_m = 250"
        )).scalar() == 3  # fmt: skip
