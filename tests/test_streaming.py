"""A file is never in memory as a whole: ten times the rows take no more of it, and are the same rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from etl import tables
from etl.reading import open_rows, read_table
from etl.sources import cameras, lamps, police
from tests.toy_workbook import workbook

ALIASES = {"name": ("이름",), "lat": ("위도",), "lon": ("경도",)}
NEEDED = ("name", "lat", "lon")
_PEAK = """
import sys, tracemalloc
from pathlib import Path
from etl import encodings, tables
from etl.sources import lamps
encodings.PIECE, tables.BLOCK_ROWS = 1 << 16, 1_000
for file in sys.argv[1:]:
    tracemalloc.start()
    rows = sum(len(block.rows) for block in lamps.read(Path(file)).blocks())
    print(rows, tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
"""


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK_ROWS", 3)


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path) -> None:
    address = "가람특별시 나래구 다솜로 12길 34, 라온동 56-7 (마루빌딩) 앞 보안등주 " * 2
    few, many = (
        put(
            tmp_path / str(rows),
            "관리번호,주소,위도,경도\n" + "".join(f"가-{n},{address},37.5,127.1\n" for n in range(rows)),
            "cp949",
        )
        for rows in (4_000, 40_000)
    )
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK, few, few, many], capture_output=True, text=True, check=True
    )
    # the first run also loads what reading needs
    (_, (few_rows, few_peak), (many_rows, many_peak)) = [
        map(int, line.split()) for line in ran.stdout.splitlines()
    ]
    assert (few_rows, many_rows) == (4_000, 40_000)
    assert many_peak < 1.2 * few_peak


@pytest.mark.usefixtures("small_blocks")
def test_blocks_are_the_rows_in_order_each_time_they_are_asked_for(tmp_path: Path) -> None:
    text = "이름,위도,경도\n" + "".join(f"r{n},1,2\n" + "\n" * (n == 4) for n in range(8)) + "x,1\n"
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    for _ in range(2):
        blocks = list(table.blocks("t"))
        assert [block.rows.index.tolist() for block in blocks] == [[1, 2, 3], [4, 5, 7], [8, 9, 10]]
        assert [block.refused for block in blocks] == [{}, {}, {10: "BAD_SHAPE"}]
        assert {block.table for block in blocks} == {"t"}
        # of eleven lines under the header the blank one counts too
        assert [block.share for block in blocks] == [4 / 11, 8 / 11, 1.0]
    assert table.rows["name"].tolist() == [*(f"r{n}" for n in range(8)), "x"]


def test_rows_of_long_cells_come_in_smaller_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_BLOCK_CHARS", 100)
    text = "이름,위도,경도\n" + f"{'가' * 60},1,2\n" * 5
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    assert [len(block.rows) for block in table.blocks()] == [2, 2, 1]


@pytest.mark.usefixtures("small_blocks")
def test_what_a_later_block_learns_stands_in_its_notes(tmp_path: Path) -> None:
    text = "이름,위도,경도,위도\n" + "가,1,2,1\n" * 4 + "가,1,2,9\n"
    reading = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED).reading("t", form="f")
    told = [block.notes for block in reading.blocks()]
    assert [notes.get("columns_passed_over") for notes in told] == [None, ["위도"]]
    # Row 1 begins on line 2, and rows and lines go on together from there.
    assert [notes["lines"] for notes in told] == [{"1": 2}, {"1": 2}]
    assert reading.whole().notes["columns_passed_over"] == ["위도"]


@pytest.mark.usefixtures("small_blocks")
def test_a_source_shapes_each_block_and_knows_its_columns_at_the_door(tmp_path: Path) -> None:
    names = "Crime ID,Month,Reported by,Longitude,Latitude,Crime type,Note"
    text = f"{names}\n" + "1,2017-01,City,0.1,51.5,Burglary,홍길동\n" * 7
    reading = police.read(put(tmp_path / "a", text))
    # of a file about persons not even the name of a column that nobody declared is told
    assert (reading.tables, reading.notes["dropped"], reading.notes["dropped_undeclared"]) == ({}, [], 1)
    blocks = list(reading.blocks())
    assert [len(block.rows) for block in blocks] == [3, 3, 1]
    (columns,) = {tuple(block.rows.columns) for block in blocks}
    assert {"crime_id", "month", "category", "outcome"} < set(columns)
    assert "Note" not in columns


def test_a_stray_quote_is_read_where_the_cells_prove_the_row(tmp_path: Path) -> None:
    text = (
        "이름,위도,경도\n"
        '5" 렌즈,1,2\n'  # a letter among others
        '"가 5" 렌즈",1,2\n'  # quoted by a hand that did not double it
        '"서울, 관악",5",2\n'  # beside a cell that is quoted well
        '5" 렌즈,1\n'  # one cell short: what the quote belongs to is not proved
        "나,1,2\n"
    )
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    assert table.refused == {4: "OPEN_QUOTE"}
    assert table.rows["name"].tolist()[:3] == ['5" 렌즈', '가 5" 렌즈', "서울, 관악"]
    assert table.rows.loc[3, "lat"] == '5"'


def test_below_an_open_quote_a_stray_one_is_not_trusted(tmp_path: Path) -> None:
    text = '이름,위도,경도\n"가 "A" 동\n나, 1",2\n' + "다,1,2\n" * 20 + '5" 라,1,2\n'
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    assert table.refused == {1: "OPEN_QUOTE", 2: "OPEN_QUOTE"} | {}
    assert table.rows["name"].tolist()[-1] == '5" 라'


def test_the_delimiter_is_the_one_that_makes_a_header(tmp_path: Path) -> None:
    # more commas than tabs in the first lines
    text = "이름\t위도\t경도\n가, 나, 다, 라\t1\t2\n마, 바, 사\t3\t4\n"
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    assert table.rows["name"].tolist() == ["가, 나, 다, 라", "마, 바, 사"]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("골목구 현황\n2026년\n\n\n\n\n이름,위도,경도\n", 7),
        # groups above, their parts below
        ("이름,좌표,\n,위도,경도\n", 2),
        ("이름,WGS84,\n,위도,경도\n", 2),
        # Korean above English
        ("이름,위도,경도\nname,lat,lon\n", 2),
        ("이름,위도(WGS84),경도 [도]\n", 1),
        ("\ufeff이름,위도,경도\n", 1),
    ],
)
def test_headers_as_offices_write_them(tmp_path: Path, head: str, rows: int) -> None:
    aliases = {"name": ("이름",), "lat": ("위도", "WGS84위도"), "lon": ("경도", "WGS84경도")}
    table = read_table(put(tmp_path / "a", head + "가,1,2\n"), aliases, required=NEEDED)
    assert table.rows.reset_index().values.tolist() == [[1, "가", "1", "2"]]
    assert table.notes.get("header_row", 1) == rows


def test_what_stands_in_brackets_counts_before_it_is_left_out(tmp_path: Path) -> None:
    text = "이름,위도(옛),위도,경도(도)\n가,1,2,3\n"
    table = read_table(put(tmp_path / "a", text), ALIASES, required=NEEDED)
    assert table.rows.loc[1, ["lat", "lon"]].tolist() == ["2", "3"]


def test_a_file_tells_which_names_its_header_has(tmp_path: Path) -> None:
    opened = open_rows(put(tmp_path / "a", "제목\n이름,위도,경도\n가,1,2\n"))
    assert opened.names(ALIASES, "name", "lat")
    assert not opened.names({"other": ("다른",)}, "other")


def test_a_registry_in_parts_is_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "관리번호,관리기관명,설치목적구분,카메라대수,위도,경도\n"
    text = head + "".join(f"가-{n:04d},가람구청,생활방범,1,37.5,126.9\n" for n in range(50))
    whole = cameras.read(put(tmp_path / "a", text)).whole()
    monkeypatch.setattr(tables, "BLOCK_ROWS", 7)
    parted = cameras.read(tmp_path / "a").whole()
    assert parted.tables["registry"].equals(whole.tables["registry"])
    book = workbook(tmp_path / "b", {"목록": [line.split(",") for line in text.splitlines()]})
    assert cameras.read(book).whole().tables["registry"].equals(whole.tables["registry"])


def test_a_file_of_blank_rows_has_a_header_only(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="HEADER_ONLY"):
        lamps.read(put(tmp_path / "a", "관리번호,위도,경도\n,,\n  ,,\n\n"))
