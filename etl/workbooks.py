"""Workbooks of spreadsheets (.xlsx), row by row: stored values only, no formula is ever run.

openpyxl says what is in the archive (sheets, their order, who is hidden, the texts they share). The cells are taken
from its parser one row at a time and not from its sheets: those drop a formula that has no value and one of two cells
at the same place, and refuse a whole workbook for a filter, a rule or a filling of a cell that they do not know.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from etl.archives import unpacking
from etl.delimited import Record
from etl.reasons import InputRefused
from etl.workbook_cells import Shown, number_text, plain_text, shown_as

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

_COLUMNS, _ROWS = 1000, 1 << 20
# All texts of a workbook lie in one part of it, and are in memory while it is read.
_STRINGS_BYTES = 256 << 20
# Lists of sheets and of formats are read whole; a row is a tree while it is read.
_LIST_BYTES, _ROW_BYTES = 32 << 20, 16 << 20
# What may stand before the first element of a part.
_PROLOG_BYTES = 1 << 16
_PIECE = 1 << 18
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_LISTS = ("[Content_Types].xml", _WORKBOOK, "xl/_rels/workbook.xml.rels", _STYLES)
_STRICT = b"purl.oclc.org/ooxml"

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _VALUE, _FORMULA = f"{_NS}c", f"{_NS}v", f"{_NS}f"
_INLINE, _TEXT = f"{_NS}is", f"{_NS}t"
_ROW, _ALL_ROWS = f"{_NS}row", f"{_NS}sheetData"
# What openpyxl is known to raise of a damaged workbook; broken XML is a SyntaxError, whoever parses it.
_DAMAGE = (AttributeError, IndexError, KeyError, OverflowError, SyntaxError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the part of the archive it lies in, and whether its owner hid it."""

    name: str
    part: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share: texts, how the number formats show numbers, and the day that dates count from."""

    content: Callable[[], Path | BinaryIO]
    sheets: tuple[Sheet, ...]
    strings: Sequence[str] = ()
    formats: Sequence[Shown | None] = ()
    since_1904: bool = False


def is_workbook(names: Sequence[str]) -> bool:
    """Say whether an archive of these files is a workbook."""
    return _WORKBOOK in names


def open_workbook(content: Callable[[], Path | BinaryIO]) -> Workbook:
    """Return a workbook's sheets of cells in their order.

    Raises InputRefused: BAD_ARCHIVE, LOCKED_FILE, OTHER_WORKBOOK, TOO_LARGE, UNREADABLE
    """
    with unpacking(content()) as archive, _understood("the workbook"):
        _check(archive)
        reader = _opened(archive)
        strings = [plain_text(text) for text in reader.shared_strings]
        since_1904 = reader.wb.epoch.year == 1904
        return Workbook(content, tuple(_sheets(reader)), strings, _formats(archive), since_1904)


def sheet_records(book: Workbook, sheet: Sheet) -> Iterator[Record]:
    """Yield the rows of a sheet, blank ones among them, as long as their last filled cell; `line` is the row's number.

    A row that holds a formula without a value, a number of more digits than a spreadsheet keeps, or a value that
    is none is refused: FORMULA, EXCEL_KEY, EXCEL_ERROR. Raises InputRefused BAD_ARCHIVE, TOO_LARGE, UNREADABLE.
    """
    number = 0
    with unpacking(book.content()) as archive, _understood(sheet.part), archive.open(sheet.part) as part:
        for row in _rows(part):
            line = max(number + 1, int(row.get("r") or 0))
            if line > _ROWS:
                raise InputRefused("UNREADABLE", f"a sheet of more than {_ROWS:,} rows")
            for blank in range(number + 1, line):
                yield Record([], blank)
            number = line
            yield _record(row, line, book)


@contextmanager
def _understood(part: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise InputRefused("UNREADABLE", f"{part}: {error}"[:200]) from error
    except OSError as error:
        # openpyxl's own has no number; a full disk has one
        if error.errno is not None:
            raise
        raise InputRefused("UNREADABLE", f"{part}: {error}"[:200]) from error


def _opened(archive: zipfile.ZipFile) -> ExcelReader:
    """Return openpyxl's reader when it has read the lists and the texts, and nothing of how a sheet looks."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    # what it leaves aside (pictures, names of places) is nothing to people who load rows
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    reader = ExcelReader(archive.fp, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    shared = reader.package.find(SHARED_STRINGS)
    if shared is not None and archive.getinfo(shared.PartName[1:]).file_size > _STRINGS_BYTES:
        raise InputRefused("TOO_LARGE", "the texts of the workbook")
    reader.read_strings()
    reader.read_workbook()
    return reader


def _sheets(reader: ExcelReader) -> Iterator[Sheet]:
    parts = frozenset(reader.valid_files)
    for sheet in reader.parser.sheets:
        place = reader.parser.rels.get(sheet.id)
        if place is None or place.target not in parts:
            raise InputRefused("UNREADABLE", f"the sheet {sheet.name} is not in the archive")
        # charts have sheets of their own, without cells
        if place.Type.endswith("/worksheet"):
            yield Sheet(sheet.name, place.target, hidden=sheet.state != "visible")


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what must not come before a parser: parts too large to be read whole, entities that swell."""
    for entry in archive.infolist():
        if entry.filename in _LISTS and entry.file_size > _LIST_BYTES:
            raise InputRefused("TOO_LARGE", entry.filename)
        with archive.open(entry) as part:
            head = part.read(_PROLOG_BYTES)
        if entry.filename == _WORKBOOK and _STRICT in head:
            raise InputRefused("OTHER_WORKBOOK", "Strict Open XML")
        _check_prolog(entry.filename, head)


def _check_prolog(part: str, head: bytes) -> None:
    """Refuse a part that declares a document type: no workbook does; who does wants entities to swell."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append("a document type")
    parser.StartElementHandler = lambda *_: found.append("")
    try:
        parser.Parse(head)
    except expat.ExpatError:
        # a picture, or damage: who reads the part will say so
        if not found:
            return
    if not found and len(head) == _PROLOG_BYTES:
        found = ["no element at its beginning"]
    if found and found[0]:
        raise InputRefused("UNREADABLE", f"{part}: {found[0]}")


def _formats(archive: zipfile.ZipFile) -> list[Shown | None]:
    """Return how each style of cells shows numbers."""
    from openpyxl.xml.functions import fromstring

    if _STYLES not in archive.namelist():
        return []
    styles: Element = fromstring(archive.read(_STYLES))
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter(f"{_NS}numFmt")}
    used = [each.get("numFmtId", "0") for each in styles.iterfind(f"{_NS}cellXfs/{_NS}xf")]
    return [shown_as(int(number), codes.get(number)) for number in used]


@dataclass(slots=True)
class _Part:
    """A part of the archive as it is read, and how much of it may come until the next row."""

    stream: IO[bytes]
    left: int = _ROW_BYTES

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise InputRefused("TOO_LARGE", "a row of the workbook")
        return piece


def _rows(stream: IO[bytes]) -> Iterator[Element]:
    """Yield the rows of a sheet as trees, and let go of each when the next is asked for."""
    from openpyxl.xml.functions import iterparse

    part = _Part(stream)
    all_rows: Element | None = None
    for event, element in iterparse(part, ("start", "end")):
        if element.tag == _ALL_ROWS:
            if event == "end":
                break
            all_rows = element
        elif all_rows is not None and event == "end" and element.tag == _ROW:
            part.left = _ROW_BYTES
            yield element
            # emptied rows too would add up
            all_rows.clear()
    else:
        raise InputRefused("UNREADABLE", "a sheet without rows of a known form")
    # filters, rules and pictures follow: only whether they came whole counts
    while stream.read(_PIECE):
        pass


def _record(row: Element, line: int, book: Workbook) -> Record:
    from openpyxl.utils import column_index_from_string

    cells: dict[int, str] = {}
    column, refused = 0, ""
    for cell in row.iterfind(_CELL):
        reference = cell.get("r")
        column = column_index_from_string(reference.rstrip("0123456789")) if reference else column + 1
        text, code = _value(cell, book)
        if text and (column > _COLUMNS or column in cells):
            text, code = "", "BAD_SHAPE"
        if text:
            cells[column] = text
        refused = refused or code
    width = max(cells, default=0)
    return Record([cells.get(place, "") for place in range(1, width + 1)], line, refused=refused)


def _value(cell: Element, book: Workbook) -> tuple[str, str]:
    """Return the text of a cell, and the code of its row if the value is spoilt."""
    kind = cell.get("t", "n")
    stored = cell.findtext(_VALUE, "")
    # a text that a formula made may be empty; of anything else the value was never stored
    if not stored and kind != "str" and cell.find(_FORMULA) is not None:
        return "", "FORMULA"
    if kind == "n" and stored:
        style = int(cell.get("s", 0))
        shown = book.formats[style] if style < len(book.formats) else None
        return number_text(stored, shown, since_1904=book.since_1904)
    if kind == "s":
        known = stored.isdecimal() and int(stored) < len(book.strings)
        return (book.strings[int(stored)], "") if known else ("", "EXCEL_ERROR")
    if kind == "inlineStr":
        return _inline(cell), ""
    if kind == "b":
        return ("TRUE" if stored.strip() in ("1", "true") else "FALSE"), ""
    if kind == "e":
        return stored or "#N/A", ""
    return plain_text(stored), ""


def _inline(cell: Element) -> str:
    """Return a text that lies in its cell: of all its runs, without the reading aids beside them."""
    inner = cell.find(_INLINE)
    if inner is None:
        return ""
    runs = [*inner.iterfind(_TEXT), *inner.iterfind(f"{_NS}r/{_TEXT}")]
    return plain_text("".join(run.text or "" for run in runs))
