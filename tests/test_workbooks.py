"""A workbook is read as the CSV of it would be, whatever it is called; what a spreadsheet spoilt is never taken."""

from __future__ import annotations

import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from etl import archives
from etl.reading import read_table
from etl.reasons import InputRefused
from etl.sources import bells, cameras, incidents, lamps, police
from etl.workbook_cells import number_text, plain_text, shown_as
from tests.toy_workbook import DAY, MOMENT, MONTH, NS, TIME, Cell, dated, raw, workbook

ALIASES = {"name": ("이름",), "lat": ("위도",), "lon": ("경도",)}
NEEDED = ("name", "lat", "lon")
HEAD: tuple[Cell, ...] = ("이름", "위도", "경도", "비고")
SHEET = f'<worksheet xmlns="{NS}">'.encode()
REGISTRY = (
    "관리번호",
    "관리기관명",
    "설치목적구분",
    "카메라대수",
    "설치년월",
    "위도",
    "경도",
    "데이터기준일자",
)


def refused(file: Path) -> InputRefused:
    with pytest.raises(InputRefused) as found:
        read_table(file, ALIASES, required=NEEDED)
    return found.value


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_a_workbook_is_read_as_its_csv(tmp_path: Path, name: str, shared: bool) -> None:
    rows = [HEAD, ("가람", 37.5, 126.9, "<&> 첫\n둘"), (), ("나래", 37.6, 127, None)]
    table = read_table(workbook(tmp_path / name, {"목록": rows}, shared=shared), ALIASES, required=NEEDED)
    assert (table.encoding, table.columns, table.refused) == ("xlsx", ("name", "lat", "lon", "비고"), {})
    # a blank row is counted, as in text
    assert table.rows.reset_index().values.tolist() == [
        [1, "가람", "37.5", "126.9", "<&> 첫\n둘"],
        [3, "나래", "37.6", "127", ""],
    ]


def test_the_same_registry_as_text_and_as_a_workbook(tmp_path: Path) -> None:
    cells: tuple[Cell, ...] = ("서대문-0001", "가람구청", "생활방범", 2, dated(42795, MONTH), 37.5791,
                               126.93680000000001, dated(44196, DAY))  # fmt: skip
    book = cameras.read(workbook(tmp_path / "a.xlsx", {"목록": [REGISTRY, cells]})).whole()
    text = ["서대문-0001", "가람구청", "생활방범", "2", "2017-03", "37.5791", "126.9368", "2020-12-31"]
    (tmp_path / "a.csv").write_text(f"{','.join(REGISTRY)}\n{','.join(text)}\n")
    told = cameras.read(tmp_path / "a.csv").whole()
    assert book.tables["registry"].equals(told.tables["registry"])
    assert (book.form, book.exact, book.refused) == (told.form, told.exact, {})


def test_every_source_of_rows_reads_workbooks(tmp_path: Path) -> None:
    heads: dict[str, tuple[Cell, ...]] = {
        "lamp": ("관리번호", "위도", "경도"),
        "bell": ("관리번호", "위도", "경도", "설치목적"),
        "call": ("접수번호", "접수일시", "사건코드", "신고자"),
        "supply": ("관리번호", "구분", "제공일시", "요청기관"),
    }
    sources = {"lamp": lamps, "bell": bells, "call": incidents, "supply": police}
    for name, source in sources.items():
        book = workbook(tmp_path / name, {"목록": [heads[name], ("1", "2", "3", "홍길동")]})
        reading = source.read(book).whole()
        assert list(reading.tables) == [name]
        assert len(reading.tables[name]) == 1
    assert reading.notes["dropped"] == []
    called = incidents.read(tmp_path / "call").whole()
    assert called.notes["dropped"] == ["신고자"]
    assert "홍길동" not in called.tables["call"].to_string()


def test_the_sheets_with_the_header_are_read_one_after_the_other(tmp_path: Path) -> None:
    sheets = {
        "표지": [("가람구 현황",)],
        "방범": [("가람구",), (), HEAD, ("가람", 1, 2, "좋음")],
        "옛것": [HEAD, ("숨김", 0, 0)],
        "교통": [("경도", "이름", "위도"), (4, "나래", 3), (6, "다솜", 5)],
        "빈": [],
    }
    table = read_table(workbook(tmp_path / "a", sheets, hidden=["옛것"]), ALIASES, required=NEEDED)
    assert table.rows.reset_index().values.tolist() == [
        [1, "가람", "1", "2", "좋음"],
        [2, "나래", "3", "4", ""],
        [3, "다솜", "5", "6", ""],
    ]
    assert {name: table.notes[name] for name in ("sheets", "sheets_passed_over", "sheets_hidden")} == {
        "sheets": ["방범", "교통"],
        "sheets_passed_over": ["표지"],
        "sheets_hidden": ["옛것"],
    }


def test_a_header_that_only_a_hidden_sheet_has_is_said(tmp_path: Path) -> None:
    sheets = {"표지": [("가람구 현황",)], "옛것": [HEAD, ("가", 0, 0)]}
    found = refused(workbook(tmp_path / "a", sheets, hidden=["옛것"]))
    assert found.reason == "UNKNOWN_HEADER"
    assert found.detail.endswith("sheets: 표지, 옛것 (hidden)")


def test_what_a_spreadsheet_spoilt_is_refused_row_by_row(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("가", 1, 2, raw("<v>#REF!</v>", kind="e")),
        (raw("<v>202636400008003230</v>"), 1, 2),
        ("나", raw("<f>1+1</f><v></v>"), 2),
        ("다", raw("<f>1+1</f><v>2</v>"), 2),
        (raw('<f>""</f><v></v>', kind="str"), 1, 2),
        ("라", 1, 2, "#N/A"),
        ("마", 1, 2, raw("<v>1</v>", kind="b")),
        ("바", 1, 2, "사", "아"),
        (raw("<v>99</v>", kind="s"), 1, 2),
    ]
    table = read_table(workbook(tmp_path / "a", {"목록": rows}), ALIASES, required=NEEDED)
    assert table.refused == {
        1: "EXCEL_ERROR",
        2: "EXCEL_KEY",
        3: "FORMULA",
        6: "EXCEL_ERROR",
        9: "EXCEL_ERROR",
    }
    # the value that was stored stands in for its formula; a cell without a name has a column of its own
    assert table.rows.loc[[4, 5, 7, 8]].values.tolist() == [
        ["다", "2", "2", "", ""],
        ["", "1", "2", "", ""],
        ["마", "1", "2", "TRUE", ""],
        ["바", "1", "2", "사", "아"],
    ]


def test_elements_may_bear_a_prefix_and_cells_no_reference(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{NS}"><x:sheetData>'
        "<x:row>" + "".join(f'<x:c t="str"><x:v>{name}</x:v></x:c>' for name in NEEDED) + "</x:row>"
        '<x:row r="3"><x:c t="str"><x:v>가</x:v></x:c><x:c r="C3"><x:v>2</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="A4"><x:v>1</x:v></x:c><x:c r="A4"><x:v>2</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    book = workbook(tmp_path / "a", {"목록": []}, further={"xl/worksheets/sheet1.xml": sheet.encode()})
    table = read_table(book, ALIASES, required=NEEDED)
    assert table.rows.reset_index().values.tolist() == [[2, "가", "", "2"], [3, "1", "", ""]]
    # two cells of one place: neither is known to be right
    assert table.refused == {3: "BAD_SHAPE"}


@pytest.mark.parametrize(
    ("serial", "style", "text"),
    [
        (44196, DAY, "2020-12-31"),
        (44196.5, MOMENT, "2020-12-31 12:00:00"),
        (44196.999999999, MOMENT, "2021-01-01 00:00:00"),
        (44196, MONTH, "2020-12"),
        (0.395833333333333, TIME, "09:30:00"),
        # a year that was taken for a day: the step on months says so
        (2017, DAY, "1905-07-09"),
        (59, DAY, "1900-02-28"),
        (61, DAY, "1900-03-01"),
        (-1, DAY, "-1"),
    ],
)
def test_days_are_written_out(tmp_path: Path, serial: float, style: int, text: str) -> None:
    book = workbook(tmp_path / "a", {"목록": [HEAD, (dated(serial, style), 1, 2)]})
    assert read_table(book, ALIASES, required=NEEDED).rows["name"].tolist() == [text]


def test_numbers_are_those_that_somebody_entered() -> None:
    said = {text: number_text(text, None, since_1904=False) for text in (
        "37.579099999999997", "200.0", "1E-5", "999999999999999", "1e15", "1E999", "abc")}  # fmt: skip
    assert said == {
        "37.579099999999997": ("37.5791", ""),
        "200.0": ("200", ""),
        "1E-5": ("1e-05", ""),
        "999999999999999": ("999999999999999", ""),
        "1e15": ("1.00000E+15", "EXCEL_KEY"),
        "1E999": ("1E999", "EXCEL_ERROR"),
        "abc": ("abc", ""),
    }
    assert number_text("42734", "day", since_1904=True) == ("2020-12-31", "")
    assert number_text("2957003", "day", since_1904=True) == ("9999-12-31", "")
    assert plain_text("a_x000D_b_x_") == "a\rb_x_"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", None),
        ('#,##0"대"', None),
        ("0.00E+00", None),
        ("[Red]0", None),
        ("yyyy-mm-dd;@", "day"),
        ('yyyy"년" m"월"', "month"),
        ("mmm-yy", "month"),
        ("[$-412]yyyy. m. d. AM/PM h:mm", "moment"),
        ("[h]:mm:ss", "time"),
    ],
)
def test_formats_that_show_days(code: str, shown: str | None) -> None:
    assert shown_as(164, code) == shown


def test_a_text_packed_alone_is_read_and_several_are_not(tmp_path: Path) -> None:
    text = "이름,위도,경도\n가람,1,2\n".encode("cp949")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("폴더/대장.csv", text)
        archive.writestr("__MACOSX/대장.csv", b"")
    table = read_table(tmp_path / "one.zip", ALIASES, required=NEEDED)
    assert (table.encoding, table.rows.values.tolist()) == ("cp949", [["가람", "1", "2"]])
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가람", 1, 2)]})
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        archive.write(book, "a.xlsx")
    assert read_table(tmp_path / "book.zip", ALIASES, required=NEEDED).rows["name"].tolist() == ["가람"]
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", text)
        archive.writestr("b.csv", text)
    assert str(refused(tmp_path / "two.zip")).startswith("BAD_ARCHIVE")
    assert "2 files" in refused(tmp_path / "two.zip").detail


def test_an_archive_that_swells_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zeros = b"0" * (30 << 20)
    swollen = workbook(tmp_path / "a", {"목록": [HEAD]}, further={"xl/worksheets/sheet1.xml": zeros})
    assert "it would unpack to 31 MB" in refused(swollen).detail
    small = workbook(tmp_path / "b", {"목록": [HEAD, ("가람", 1, 2)]})
    assert archives.unpacked_bytes(small) > small.stat().st_size / 2
    monkeypatch.setattr(archives, "_UNPACKED_BYTES", 100)
    assert refused(small).reason == "BAD_ARCHIVE"


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>", "UNREADABLE"),
        ("xl/workbook.xml", b"no xml", "UNREADABLE"),
        (
            "xl/sharedStrings.xml",
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>',
            "UNREADABLE",
        ),
        (
            "xl/worksheets/sheet1.xml",
            SHEET + b'<sheetData><row r="9999999"><c><v>1</v></c></row></sheetData></worksheet>',
            "UNREADABLE",
        ),
        ("xl/workbook.bin", b"", "OTHER_WORKBOOK"),
        ("word/document.xml", b"", "NOT_TEXT"),
        ("xl/worksheets/sheet1.xml", SHEET + b"<sheetData/></worksheet>", "EMPTY_FILE"),
    ],
)
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, part: str, content: bytes, reason: str) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가", 1, 2)]}, further={part: content})
    assert refused(book).reason == reason


def test_a_workbook_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가", 1, 2)]})
    book.write_bytes(book.read_bytes()[:-40])
    assert refused(book).reason == "BAD_ARCHIVE"
    # one bad byte in the packed rows
    content = bytearray(workbook(tmp_path / "b.xlsx", {"목록": [HEAD, ("가", 1, 2)]}).read_bytes())
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place] ^= 0xFF
    (tmp_path / "b.xlsx").write_bytes(content)
    assert refused(tmp_path / "b.xlsx").reason in ("BAD_ARCHIVE", "UNREADABLE")


def test_a_workbook_damaged_anyhow_is_read_or_refused(tmp_path: Path) -> None:
    rng = random.Random(7)
    rows = [HEAD, *[("가람", 37.5, 126.9, "비고")] * 5]
    with zipfile.ZipFile(workbook(tmp_path / "a.xlsx", {"목록": rows})) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    fates = Counter[str]()
    for _ in range(500):
        name = rng.choice(list(parts))
        content = bytearray(parts[name])
        for _ in range(rng.choice((1, 2, 9))):
            place = rng.randrange(len(content))
            content[place : place + rng.randrange(4)] = rng.randbytes(rng.randrange(4))
        with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
            for other, whole in parts.items():
                archive.writestr(other, bytes(content) if other == name else whole)
        try:
            table = read_table(tmp_path / "b.xlsx", ALIASES, required=NEEDED)
            fates["read"] += table.rows.index.is_unique
        except InputRefused as refusal:
            fates[refusal.reason] += 1
    assert fates.total() == 500
    assert fates["read"] > 30 < fates["UNREADABLE"]


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "OTHER_WORKBOOK", ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "LOCKED_FILE",
            "",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "HwpSummaryInformation".encode("utf-16-le"),
            "NOT_TEXT",
            "HWP",
        ),
        (b"<html><table><tr><td>1", "WRONG_CONTENT", "a web page or XML, whatever it is called"),
    ],
)
def test_other_forms_under_the_name_of_a_sheet_get_their_sentence(
    tmp_path: Path, content: bytes, reason: str, detail: str
) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(content)
    assert (refused(file).reason, refused(file).detail) == (reason, detail)
