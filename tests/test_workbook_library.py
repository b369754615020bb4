"""The library that reads workbooks: what real ones carry besides cells, what hostile ones carry, and what it costs."""

from __future__ import annotations

import io
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from etl import workbooks
from etl.reading import read_table
from etl.reasons import InputRefused
from etl.workbooks import Workbook, open_workbook, sheet_records
from tests.toy_workbook import NS, Cell, raw, workbook

NEEDED = ("name", "lat", "lon")
ALIASES = {"name": ("이름",), "lat": ("위도",), "lon": ("경도",)}
HEAD: tuple[Cell, ...] = ("이름", "위도", "경도")
SHEET = "xl/worksheets/sheet1.xml"


def read(file: Path) -> list[list[str]]:
    rows: list[list[str]] = read_table(file, ALIASES, required=NEEDED).rows.values.tolist()
    return rows


def refused(file: Path) -> InputRefused:
    with pytest.raises(InputRefused) as found:
        read_table(file, ALIASES, required=NEEDED)
    return found.value


def made(path: Path) -> Path:
    """Save a registry as the library itself does, with a filter, a rule and a picture's worth of looks."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEAD, ("가람", 37.5, 127), ("나래", 37.25, 127.5)]:
        sheet.append(row)
    sheet.auto_filter.ref = "A1:C3"
    sheet.add_data_validation(DataValidation(type="list", formula1='"가,나"', sqref="A2:A3"))
    book.save(path)
    return path


def changed(file: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<sheetData>", b"<sheetData>"),
        # the size of a sheet is often said wrongly
        (SHEET, b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"'),
        # of these the library's own sheets refuse the whole workbook
        (SHEET, b'type="list"', b'type="list" errorStyle="loud"'),
        ("xl/styles.xml", b"<fills", b"<fills><fill/></fills><fills"),
        ("xl/styles.xml", b'<family val="2"', b'<family val="34"'),
    ],
)
def test_how_a_sheet_looks_is_nothing_to_its_rows(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    file = changed(made(tmp_path / "a.xlsx"), part, old, new)
    assert read(file) == [["가람", "37.5", "127"], ["나래", "37.25", "127.5"]]


def test_days_count_from_the_year_that_the_workbook_names(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, (raw("<v>42734</v>", style=1), 1, 2)]})
    changed(book, "xl/workbook.xml", b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    assert read(book) == [["2020-12-31", "1", "2"]]


def test_a_text_keeps_its_runs_and_loses_the_reading_aids(tmp_path: Path) -> None:
    runs = "<r><rPr><b/></rPr><t>가</t></r><r><t>람</t></r><rPh sb='0' eb='1'><t>아님</t></rPh>"
    shared = f'<sst xmlns="{NS}"><si>{runs}</si></sst>'.encode()
    row = (raw("<v>0</v>", kind="s"), raw(f"<is>{runs}</is>", kind="inlineStr"), 1)
    sheets = {"목록": [HEAD, row]}
    inline = workbook(tmp_path / "a.xlsx", sheets, shared=False)
    with zipfile.ZipFile(inline, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    assert read(changed(inline, "[Content_Types].xml", b"</Types>", told)) == [["가람", "가람", "1"]]


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_never_swell(tmp_path: Path, part: str) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    # white space before it, and twelve thousand million letters behind it
    bomb = f'<?xml version="1.0"?>{" " * 5000}<!DOCTYPE x [{entities}]><x>&a9;</x>'.encode()
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가", 1, 2)]}, further={part: bomb})
    open_workbook(lambda: workbook(tmp_path / "b.xlsx", {"목록": [HEAD]}))
    tracemalloc.start()
    try:
        found = refused(book)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (found.reason, found.detail) == ("UNREADABLE", f"{part}: a document type")
    assert peak_bytes < 5 << 20


def test_a_part_that_hides_its_beginning_is_not_parsed(tmp_path: Path) -> None:
    sheet = b"<!--" + b" a" * 40_000 + b"-->" + b"<!DOCTYPE x []><x/>"
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD]}, further={SHEET: sheet})
    assert refused(book).detail == f"{SHEET}: no element at its beginning"


def test_what_is_read_whole_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, *[("가", 1, 2)] * 2000]})
    monkeypatch.setattr(workbooks, "_ROW_BYTES", 50_000)
    assert len(read(book)) == 2000
    wide = raw(f"<is><t>{'가' * 30_000}</t></is>", kind="inlineStr")
    wider = workbook(tmp_path / "b.xlsx", {"목록": [HEAD, (wide, 1, 2)]})
    assert (refused(wider).reason, refused(wider).detail) == ("TOO_LARGE", "a row of the workbook")
    monkeypatch.setattr(workbooks, "_STRINGS_BYTES", 1000)
    assert (refused(book).reason, refused(book).detail) == ("TOO_LARGE", "the texts of the workbook")
    monkeypatch.setattr(workbooks, "_LIST_BYTES", 100)
    assert refused(book).reason == "TOO_LARGE"


def test_rows_pass_through_memory(tmp_path: Path) -> None:
    def peak_bytes(rows: int) -> int:
        file = workbook(
            tmp_path / f"{rows}.xlsx", {"목록": [HEAD, *[("가람", 37.5, 126.9)] * rows]}, shared=False
        )
        book: Workbook = open_workbook(lambda: file)
        tracemalloc.start()
        try:
            assert sum(1 for _ in sheet_records(book, book.sheets[0])) == rows + 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak_bytes(10)
    # A row that was kept would take hundreds of bytes; what other threads take meanwhile is little.
    assert peak_bytes(6000) - peak_bytes(3000) < 3000 * 40


@pytest.mark.parametrize(
    ("part", "old", "new", "reason", "detail"),
    [
        ("xl/workbook.xml", b"http://schemas.openxmlformats.org/spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml",
         "OTHER_WORKBOOK", "Strict Open XML"),
        ("[Content_Types].xml", b"sheet.main", b"letter.main", "UNREADABLE", "the workbook: File contains no valid workbook part"),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet7.xml", "UNREADABLE", "the sheet 목록 is not in the archive"),
        ("xl/_rels/workbook.xml.rels", b'Id="rId1"', b'Id="rId9"', "UNREADABLE", "the sheet 목록 is not in the archive"),
        ("xl/_rels/workbook.xml.rels", b"<Relationship ", b"<Relationship Odd='1' ", "UNREADABLE", "the sheet 목록 is not in the archive"),
        (SHEET, NS.encode(), b"somewhere", "UNREADABLE", "a sheet without rows of a known form"),
        (SHEET, b'r="A1"', b'r="1A"', "UNREADABLE", ""),
        (SHEET, b'row r="1"', b'row r="one"', "UNREADABLE", ""),
    ],
)  # fmt: skip
def test_a_damaged_workbook_has_its_sentence(
    tmp_path: Path, part: str, old: bytes, new: bytes, reason: str, detail: str
) -> None:
    found = refused(changed(workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가", 1, 2)]}), part, old, new))
    assert found.reason == reason
    assert detail in found.detail


def test_a_sheet_is_read_to_the_end_of_its_part(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"목록": [HEAD, ("가", 1, 2)]})
    tail = b"</sheetData>" + b"<!-- what a sheet has below its rows -->" * 20_000
    changed(file, SHEET, b"</sheetData>", tail)
    assert read(file) == [["가", "1", "2"]]
    with zipfile.ZipFile(file) as archive:
        content = archive.read(SHEET)
    # stored as it is, one letter changed far below the rows: the sum of the part no longer holds
    stored = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    spoilt = bytearray(stored.getvalue())
    spoilt[spoilt.rindex(content[-60:-40])] ^= 1
    file.write_bytes(spoilt)
    assert refused(file).reason == "BAD_ARCHIVE"


def test_a_command_starts_without_the_library() -> None:
    told = "import sys, etl.load, etl.reading, app.cli; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
