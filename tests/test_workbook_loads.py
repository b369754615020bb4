"""A list loads to the same state as text, as a workbook, packed, and without its header."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import tables
from etl.db import Database
from etl.load import load
from etl.reasons import InputRefused
from etl.results import LoadResult
from tests.database import TestCity
from tests.toy_workbook import Cell, raw, workbook

HEAD = ("개방자치단체코드,관리번호,관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,"
        "보관일수,설치연월,관리기관전화번호,WGS84위도,WGS84경도,데이터기준일자,최종수정시점").split(",")  # fmt: skip
ROWS = [
    ["9990000", f"골목-{n}", "골목구청", f"골목로 {n}", "", "생활방범", "2", "200", "", "30", "201005",
     "02-0000-4100", f"37.58{n:02d}", "126.9368", "2013-12-31", "2014-01-01"]
    for n in range(1, 8)
]  # fmt: skip
NUMBERS = (6, 7, 9, 12, 13)
# Another poles than those of the text: what is told of them must not be taken.
SPOILT: list[list[Cell]] = [
    [*ROWS[0][:1], raw("<v>202636400008003230</v>"), *ROWS[0][2:]],
    [*ROWS[1][:6], raw("<v>#DIV/0!</v>", kind="e"), *ROWS[1][7:]],
    [*ROWS[2][:12], raw("<f>A1</f>"), *ROWS[2][13:]],
]


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    west, south, east, north = 126.93, 37.575, 126.95, 37.585
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = {"type": "Feature", "properties": {"adm_nm": "가람특별시 골목구 가동", "adm_cd2": "99110a"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    path = tmp_path / "dong.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}))
    load(database, "boundaries", path)
    yield database
    database.close()


def as_numbers(row: list[str]) -> list[Cell]:
    return [float(cell) if place in NUMBERS else cell for place, cell in enumerate(row)]


def put(path: Path, rows: list[list[str]]) -> Path:
    path.write_bytes("".join(",".join(row) + "\n" for row in rows).encode("cp949"))
    return path


def counts(result: LoadResult) -> tuple[int, int, int, int]:
    assert result.balanced
    return result.inserted, result.updated, result.unchanged, result.quarantined


def test_whatever_form_the_list_comes_in_its_state_is_one(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counts(load(db, "cameras", put(tmp_path / "text.csv", [HEAD, *ROWS]))) == (7, 0, 0, 0)
    book = workbook(tmp_path / "book.csv", {"목록": [HEAD, *map(as_numbers, ROWS)]})
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.write(tmp_path / "text.csv", "대장.csv")
    found = {
        "book": load(db, "cameras", book),
        "packed": load(db, "cameras", tmp_path / "list.zip"),
        "no header": load(db, "cameras", put(tmp_path / "bare.csv", ROWS)),
    }
    monkeypatch.setattr(tables, "BLOCK_ROWS", 2)
    found["blocks"] = load(db, "cameras", put(tmp_path / "again.csv", [HEAD, *ROWS, []]))
    assert {name: counts(result) for name, result in found.items()} == dict.fromkeys(found, (0, 0, 7, 0))
    assert found["book"].encoding == "xlsx"
    assert found["book"].notes["sheets"] == ["목록"]
    assert found["no header"].notes["no_header"] == "2024"


def test_what_a_spreadsheet_spoilt_waits_in_quarantine_with_its_reason(db: Database, tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, *SPOILT, as_numbers(ROWS[3])]})
    result = load(db, "cameras", book)
    assert counts(result) == (1, 0, 0, 3)
    assert result.reasons == {"EXCEL_ERROR": 1, "EXCEL_KEY": 1, "FORMULA": 1}


def test_a_workbook_that_breaks_off_leaves_nothing(db: Database, tmp_path: Path) -> None:
    sheet = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 50_000 + b"<row"
    good = workbook(tmp_path / "good.xlsx", {"목록": [HEAD, as_numbers(ROWS[0])]})
    with zipfile.ZipFile(good) as archive:
        whole = archive.read("xl/worksheets/sheet1.xml")
    broken = whole.replace(b"</sheetData></worksheet>", sheet.removeprefix(b"<worksheet><sheetData>"))
    book = workbook(
        tmp_path / "a.xlsx",
        {"목록": [HEAD, as_numbers(ROWS[0])]},
        further={"xl/worksheets/sheet1.xml": broken},
    )
    with pytest.raises(InputRefused, match="UNREADABLE"):
        load(db, "cameras", book)
    assert counts(load(db, "cameras", good)) == (1, 0, 0, 0)
