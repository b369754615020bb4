"""A look into a registry's file: counted on paper, of any city, and nothing of it stays."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from app import phrases_look, printing_look
from app.cli import cli
from app.services import look_into as service
from etl.db import NotInitialised
from tests import city_in_database as toy_city
from tests.city_in_database import Door
from tests.toy_workbook import workbook

HEADER = "관리기관명,소재지도로명주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,보관일수,설치년월,위도,경도,데이터기준일자"
# Six poles of an invented town: three records on the first place, one of them the same row twice.
ROWS = (
    "가람구청,버들로 1,생활방범,3,200,360도전방면,30,2012-05,37.500001,127.000001,2020-07-08",
    "가람구청,버들로 1,생활방범,3,200,360도전방면,30,2012-05,37.500001,127.000001,2020-07-08",
    "가람구청,버들로 1,교통단속,1,200,,30,2014-01,37.500001,127.000001,2020-07-08",
    '가람구청,버들로 2,생활방범,2,200,"북,남",30,2015-03,37.501002,127.000001,2020-07-08',
    "가람구청,버들로 3,생활방범,1,200,회전형,30,2015-03,37.502003,127.000001,2020-07-08",
    "나래구청,버들로 4,어린이보호,2,,90도 단방향,몰라,17-Mar,37.503004,127.000001,2020-07-08",
    "나래구청,버들로 5,생활방범,1,200,,30,2016-01,99.999999,999.999999,2020-07-08",
    "나래구청,버들로 6,생활방범,0,200,,30,2016-01,37.504005,127.000001,2020-07-08",
    ",버들로 7,생활방범,1,200,,30,2016-01,37.505006,127.000001,2020-07-08",
    "나래구청,버들로 8,생활방범,1,200,,30,2016-01,127.000001,37.506007,2020-07-08",
)


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    file = tmp_path / "registry.csv"
    file.write_bytes("\n".join([HEADER, *ROWS]).encode("cp949"))
    return file


def _by(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return {row[name]: row for row in rows}


def test_what_the_file_holds(registry: Path) -> None:
    found = service.look_into(None, registry)
    holds = found["holds"]
    assert (found["status"], holds["form"], holds["encoding"]) == ("read", "korean-2018", "cp949")
    assert holds["reference_date"] == "2020-07-08"
    # Of ten rows one is repeated and three leave; six are left: 3 + 1 + 2 + 1 + 2 + 1 cameras on five poles.
    assert (holds["rows"], holds["records"], holds["cameras"], holds["sites"]) == (10, 6, 10, 5)
    assert holds["agencies"] == [{"agency": "가람구청", "cameras": 7}, {"agency": "나래구청", "cameras": 3}]
    assert _by(holds["purposes"], "purpose")["crime_prevention"]["cameras"] == 7
    assert holds["years"] == [
        {"year": 2012, "cameras": 3},
        {"year": 2014, "cameras": 1},
        {"year": 2015, "cameras": 3},
        {"year": 2016, "cameras": 1},
        {"year": 2017, "cameras": 2},
    ]
    assert holds["header"]["manager"] == "관리기관명"
    assert found["words"] == {"OMNI": 3, "CARDINALS": 2, "ANGLE": 2, "KIND": 1}


def test_what_is_wrong_is_told_by_reason_row_and_column(registry: Path) -> None:
    wrong = service.look_into(None, registry)["wrong"]
    refused = _by(wrong["refused"], "code")
    assert refused.keys() == {"DUPLICATE_IN_FILE", "SENTINEL_COORD", "BAD_COUNT", "BLANK_MANAGER"}
    assert refused["DUPLICATE_IN_FILE"] | {"rows": None} == {
        "code": "DUPLICATE_IN_FILE", "bucket": "duplicates", "n": 1, "columns": [], "rows": None,
    }  # fmt: skip
    assert (refused["SENTINEL_COORD"]["columns"], refused["SENTINEL_COORD"]["rows"]) == (
        ["위도", "경도"],
        [7],
    )
    assert (refused["BAD_COUNT"]["columns"], refused["BAD_COUNT"]["rows"]) == (["카메라대수"], [8])
    assert (refused["BLANK_MANAGER"]["columns"], refused["BLANK_MANAGER"]["rows"]) == (["관리기관명"], [9])
    repaired = _by(wrong["repaired"], "code")
    assert (repaired["SWAPPED"]["rows"], repaired["EXCEL_MONTH"]["rows"]) == ([10], [6])
    # The retention that is no number is named by its column; the pixels that nobody wrote are missing, not dropped.
    assert repaired["VALUE_DROPPED"]["columns"] == ["보관일수"]


def test_what_is_missing_has_its_denominator(registry: Path) -> None:
    missing = _by(service.look_into(None, registry)["missing"], "what")
    told = {what: (row["known"], row["of"], row["unit"]) for what, row in missing.items()}
    # "북,남" on a record of two gives both their heading; "90도" names the angle of two, and no heading.
    assert told["heading"] == (2, 10, "cameras")
    assert told["angle"] == (2, 10, "cameras")
    assert told["kind"] == (1, 10, "cameras")
    assert told["words"] == (4, 6, "rows")
    assert told["pixels"] == (5, 6, "rows")
    assert told["retention"] == (5, 6, "rows")
    assert told["number"] == (0, 6, "rows")


def test_poles_with_most_heads_of_unknown_aim_come_first(registry: Path) -> None:
    found = service.look_into(None, registry)
    assert (found["ranked_by"], found["reach_m"], found["inside"]) == ("heads", None, None)
    # The first pole has 3 + 1 cameras; the one with compass points is known, the turning one is not asked.
    assert [row["unknown"] for row in found["checks"]] == [4, 2, 1]
    assert (found["checks"][0]["records"], found["checks"][0]["address"]) == (2, "버들로 1")
    assert (found["unknown"], found["turning"]) == (7, 1)


def test_where_the_city_is_loaded_the_risk_of_its_streets_ranks(living: Door, tmp_path: Path) -> None:
    db = living("staff")
    places = {"far": (0, 59), "near": (50, 2), "turning": (50, 30)}
    lines = []
    for name, place in places.items():
        lon, lat = toy_city.lonlat(db, *place)
        words = "회전형" if name == "turning" else ""
        lines.append(f"가람구청,{name},생활방범,1,200,{words},30,2012-05,{lat:.7f},{lon:.7f},2013-06-30")
    file = tmp_path / "registry.csv"
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    found = service.look_into(db, file, who="kim")
    assert (found["ranked_by"], found["invented"]) == ("risk", True)
    assert found["inside"] == {"sites": 3, "of": 3, "cameras": 3}
    near, *others = found["checks"]
    # The crossing of both streets lies 2 m from it; within some 27 m of the other pole there is no street.
    assert near["address"] == "near" and near["risk_m"] > 0.0
    assert [row["address"] for row in others] == ["far"] and others[0]["risk_m"] == 0.0
    trace = "select who, purpose from meta.access_log order by access_id desc limit 1"
    with living("owner").engine.connect() as connection:
        assert tuple(connection.execute(text(trace)).one()) == (
            "kim",
            "streets at risk near the poles of a file",
        )


def test_nothing_of_the_file_stays(living: Door, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = registry.parent / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    seen: list[Path] = []
    real = service.read_dry

    def spy(job: Any, file: Path) -> Any:
        seen.append(file)
        assert file.is_file()
        return real(job, file)

    monkeypatch.setattr(service, "read_dry", spy)
    door = living("owner")
    counts = text(
        "select (select count(*) from core.camera), (select count(*) from meta.batch), (select count(*) from meta.refusal)"
    )
    with door.engine.connect() as connection:
        before = tuple(connection.execute(counts).one())
    found = service.look_into_bytes(living("staff"), registry.read_bytes(), name="대장 010-1234-5678.csv")
    assert found["holds"]["records"] == 6
    # What a name may not hold is not told either.
    assert "010" not in found["file"]
    assert seen and seen[0].is_relative_to(folder)
    assert list(folder.iterdir()) == []
    with door.engine.connect() as connection:
        assert tuple(connection.execute(counts).one()) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "EMPTY_FILE"),
        (b"PK\x03\x04xl/workbook.xml", "BAD_ARCHIVE"),
        (b"%PDF-1.7\n1 0 obj", "NOT_TEXT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "OTHER_WORKBOOK"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "LFS_POINTER"),
        ("이름,나이\n가람,3".encode(), "UNKNOWN_HEADER"),
        (HEADER.encode(), "HEADER_ONLY"),
        (b'{"cameras": 3}', "WRONG_CONTENT"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(content: bytes, reason: str) -> None:
    found = service.look_into_bytes(None, content, name="file")
    assert (found["status"], found["reason"]) == ("refused", reason)
    for lang in ("ko", "en"):
        assert len(phrases_look.refused_line(found, lang)) > 20


def test_a_file_too_large_is_not_read(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LARGEST_MB", 0)
    found = service.look_into(None, registry)
    assert (found["status"], found["reason"]) == ("refused", "TOO_LARGE")


def test_a_map_of_another_continent_is_measured_in_its_own_zone(tmp_path: Path) -> None:
    node = (
        '{"type":"node","id":%d,"lat":%f,"lon":%f,"tags":{"man_made":"surveillance","camera:direction":"%s"}}'
    )
    nodes = [node % (1, 37.8012, -122.2712, "90"), node % (2, 37.8123, -122.2823, "")]
    file = tmp_path / "bay.json"
    file.write_text('{"elements":[' + ",".join(nodes) + "]}", encoding="utf-8")
    found = service.look_into(None, file)
    # UTM zone 10 holds San Francisco.
    assert found["holds"]["srid"] == 32610
    assert (found["holds"]["form"], found["holds"]["cameras"]) == ("osm-json", 2)
    assert _by(found["missing"], "what")["heading"]["known"] == 1
    assert [row["unknown"] for row in found["checks"]] == [1]


def test_a_file_of_which_no_row_can_be_taken_is_told_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    file.write_text(f"{HEADER}\n{ROWS[6]}", encoding="utf-8-sig")
    found = service.look_into(None, file)
    assert (found["holds"]["rows"], found["holds"]["records"], found["holds"]["bounds"]) == (1, 0, None)
    assert found["checks"] == [] and found["holds"]["encoding"] == "utf-8-sig"
    assert phrases_look.headline(found, "en") == "0 cameras at 0 places; the heading of 0 is known."
    # A share of nothing is a dash, no zero.
    assert {row["share"] for row in phrases_look.known(found, "en")} == {"–"}
    assert "no fixed camera" in " ".join(phrases_look.check_lines(found, "en"))


def test_the_terminal_tells_the_same(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printing_look.look(service.look_into(None, registry))
    said = capsys.readouterr().out
    assert "10 cameras at 5 places; the heading of 2 is known." in said
    assert "Of 10 rows 6 could be loaded; refused: 3, repeated: 1." in said
    assert "카메라대수" in said
    assert "Nothing of the file is stored." in said
    printing_look.look(service.look_into_bytes(None, b"", name="x"))
    assert capsys.readouterr().out.strip() == "This file cannot be read. The file is empty. (registry)"


def test_the_command_needs_no_database(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asleep(_name: str | None) -> None:
        raise NotInitialised("no district here")

    monkeypatch.setattr(service, "open_database", asleep)
    run = CliRunner()
    told = run.invoke(cli, ["look", str(registry), "--json"])
    found = json.loads(told.stdout)
    assert (told.exit_code, found["holds"]["records"], found["district"]) == (0, 6, None)
    empty = registry.with_name("empty.csv")
    empty.touch()
    refused = run.invoke(cli, ["look", str(empty), "--json"])
    # The whole input is refused: 3, and the JSON is printed all the same.
    assert (refused.exit_code, json.loads(refused.stdout)["reason"]) == (3, "EMPTY_FILE")


REAL = (
    ("gangnam_20190312.csv", 1880, {"EXCEL_YEAR_AS_SERIAL": 12, "DUPLICATE_IN_FILE": 1}),
    ("osm_alpr_sf_bay_2026.json", 3757, {}),
)


@pytest.fixture(params=REAL, ids=[name for name, _, _ in REAL])
def real(request: pytest.FixtureRequest, shared_data: Path) -> Iterator[tuple[dict[str, Any], int, Any]]:
    name, rows, reasons = request.param
    yield service.look_into(None, shared_data / "cctv" / name), rows, reasons


def test_real_files_are_accounted_for(real: tuple[dict[str, Any], int, dict[str, int]]) -> None:
    found, rows, reasons = real
    assert found["holds"]["rows"] == rows
    assert {row["code"]: row["n"] for row in found["wrong"]["refused"]} == reasons
    assert found["holds"]["records"] == rows - sum(reasons.values())
    assert len(found["checks"]) == service.CHECKS


def test_a_workbook_is_looked_into_and_says_which_sheet(tmp_path: Path) -> None:
    rows = list(csv.reader([HEADER, *ROWS]))
    book = workbook(tmp_path / "대장.csv", {"표지": [("현황",)], "목록": [("골목구",), *rows]})
    text = tmp_path / "text.csv"
    text.write_text("\n".join(["골목구", HEADER, *ROWS]))
    found, told = service.look_into(None, book), service.look_into(None, text)
    same = ("wrong", "missing", "words", "checks")
    assert {name: found[name] for name in same} == {name: told[name] for name in same}
    said = list(phrases_look.lines(found, "en"))
    assert any(", a workbook, reference day 8 July 2020." in line for line in said)
    assert {
        "Sheets read: 목록",
        "Sheets without the header, not read: 표지",
        "The header ends in row 2.",
    } <= set(said)


def test_what_a_workbook_unpacks_to_bounds_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [["열"] * 20] * 2_000})
    monkeypatch.setattr(service, "LARGEST_MB", book.stat().st_size / 1e6 + 0.01)
    assert service.look_into(None, book)["reason"] == "TOO_LARGE"
