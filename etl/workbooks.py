"""Workbooks of spreadsheets (.xlsx), row by row: stored values only, no formula is ever run."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from etl.archives import unpacking
from etl.delimited import Record
from etl.reasons import InputRefused
from etl.workbook_cells import Shown, number_text, plain_text, shown_as

_PIECE = 1 << 18
_COLUMNS, _ROWS = 1000, 1 << 20
# All texts of a workbook lie in one part of it, and are in memory while it is read.
_STRINGS_BYTES = 512 << 20
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"

_HEAD = 4096
_PREFIXED_ROOT = re.compile(rb"<\w+:(?:worksheet|sst|styleSheet|workbook|Relationships)\b")

Attributes = Mapping[str, str]


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
    """Return a workbook's sheets of cells in their order. Raises InputRefused BAD_ARCHIVE, UNREADABLE."""
    with unpacking(content()) as archive:
        sheets, since_1904 = _sheets(archive)
        parts = archive.namelist()
        if _STRINGS in parts and archive.getinfo(_STRINGS).file_size > _STRINGS_BYTES:
            raise InputRefused("TOO_LARGE", "the texts of the workbook")
        strings = _strings(archive) if _STRINGS in parts else []
        formats = _formats(archive) if _STYLES in parts else []
        found = tuple(sheet for sheet in sheets if sheet.part in parts)
    return Workbook(content, found, strings, formats, since_1904)


def sheet_records(book: Workbook, sheet: Sheet) -> Iterator[Record]:
    """Yield the rows of a sheet, blank ones among them, as long as their last filled cell; `line` is the row's number.

    A row that holds a formula without a value, a number of more digits than a spreadsheet keeps, or a value that
    is none is refused: FORMULA, EXCEL_KEY, EXCEL_ERROR.
    """
    state = _Rows(book)
    number = 0
    with unpacking(book.content()) as archive:
        for _ in _parsed(archive, sheet.part, state.start, end=state.end, text=state.text):
            for record in state.done:
                for blank in range(number + 1, record.line):
                    yield Record([], blank)
                number = record.line
                yield record
            state.done.clear()


def _parsed(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    *,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Parse a part piece by piece, and stop after each, that the caller may take what was found."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    with archive.open(part) as stream:
        prefixed = _PREFIXED_ROOT.search(stream.read(_HEAD)) is not None
    # most writers give elements no prefix: then nothing stands between the parser and who takes them
    parser.StartElementHandler = _local_start(start) if prefixed else start
    if end is not None:
        parser.EndElementHandler = _local_end(end) if prefixed else end
    if text is not None:
        parser.CharacterDataHandler = text
    # no workbook declares entities; who does wants them to swell
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
                yield
            parser.Parse(b"", True)
            yield
    except expat.ExpatError as error:
        raise InputRefused("UNREADABLE", f"{part}: {error}") from error


def _local_start(start: Callable[[str, Attributes], None]) -> Callable[[str, Attributes], None]:
    return lambda name, given: start(name.rpartition(":")[2], given)


def _local_end(end: Callable[[str], None]) -> Callable[[str], None]:
    return lambda name: end(name.rpartition(":")[2])


def _refuse_doctype(*_: object) -> None:
    raise InputRefused("UNREADABLE", "a part of the workbook declares a document type")


def _read_part(archive: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], None]) -> None:
    for _ in _parsed(archive, part, start):
        pass


def _sheets(archive: zipfile.ZipFile) -> tuple[list[Sheet], bool]:
    targets: dict[str, str] = {}
    listed: list[tuple[str, str, bool]] = []
    since_1904: list[bool] = []

    def relation(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
            target = given.get("Target", "")
            targets[given.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def listing(name: str, given: Attributes) -> None:
        if name == "workbookPr":
            since_1904.append(given.get("date1904", "") in ("1", "true"))
        if name == "sheet":
            number = next((value for key, value in given.items() if key.endswith(":id")), "")
            listed.append((given.get("name", ""), number, given.get("state", "visible") != "visible"))

    if _RELATIONS not in archive.namelist():
        raise InputRefused("UNREADABLE", f"the workbook has no {_RELATIONS}")
    _read_part(archive, _RELATIONS, relation)
    _read_part(archive, _WORKBOOK, listing)
    sheets = [Sheet(name, targets[number], hidden) for name, number, hidden in listed if number in targets]
    return sheets, any(since_1904)


def _strings(archive: zipfile.ZipFile) -> list[str]:
    found: list[str] = []
    state = _Text()

    def start(name: str, given: Attributes) -> None:
        if name == "si":
            state.parts.clear()
        state.start(name)

    def end(name: str) -> None:
        state.end(name)
        if name == "si":
            found.append(plain_text("".join(state.parts)))

    for _ in _parsed(archive, _STRINGS, start, end=end, text=state.text):
        pass
    return found


def _formats(archive: zipfile.ZipFile) -> list[Shown | None]:
    codes: dict[int, str] = {}
    used: list[int] = []
    inside: list[bool] = []

    def start(name: str, given: Attributes) -> None:
        if name == "numFmt":
            codes[_whole(given.get("numFmtId"))] = given.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
            inside.append(name == "cellXfs")
        elif name == "xf" and inside and inside[-1]:
            used.append(_whole(given.get("numFmtId")))

    _read_part(archive, _STYLES, start)
    return [shown_as(number, codes.get(number)) for number in used]


@dataclass(slots=True)
class _Text:
    """The text of an element: of its runs, without the reading aids beside them."""

    parts: list[str] = field(default_factory=list)
    taking: bool = False
    aside: bool = False

    def start(self, name: str) -> None:
        if name == "rPh":
            self.aside = True
        self.taking = not self.aside and name in ("t", "v")

    def end(self, name: str) -> None:
        self.taking = False
        if name == "rPh":
            self.aside = False

    def text(self, text: str) -> None:
        if self.taking:
            self.parts.append(text)


class _Rows:
    """The rows of a sheet as its elements come."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.done: list[Record] = []
        self.words = _Text()
        self.text = self.words.text
        self.line = self.column = 0
        self.cells: dict[int, str] = {}
        self.refused = ""
        self.kind, self.style, self.formula = "", 0, False

    def start(self, name: str, given: Attributes) -> None:
        """Begin a row, a cell, or what is in it."""
        if name == "c":
            reference = given.get("r")
            self.column = self.column + 1 if reference is None else _column(reference)
            self.kind, self.style = given.get("t", "n"), _whole(given.get("s"))
            self.formula = False
            self.words.parts.clear()
        elif name == "row":
            self.line = max(self.line + 1, _whole(given.get("r")))
            if self.line > _ROWS:
                raise InputRefused("UNREADABLE", f"a sheet of more than {_ROWS:,} rows")
            self.column, self.cells, self.refused = 0, {}, ""
        else:
            self.words.start(name)
            self.formula = self.formula or name == "f"

    def end(self, name: str) -> None:
        """End a row, a cell, or what is in it."""
        if name == "c":
            self._take("".join(self.words.parts))
        elif name == "row":
            width = max(self.cells, default=0)
            row = [self.cells.get(place, "") for place in range(1, width + 1)]
            self.done.append(Record(row, self.line, refused=self.refused))
        else:
            self.words.end(name)

    def _take(self, stored: str) -> None:
        text, code = self._value(stored)
        # a text that a formula made may be empty; of anything else the value was never stored
        if self.formula and not stored and self.kind != "str":
            code = "FORMULA"
        if text and (self.column > _COLUMNS or self.column in self.cells):
            text, code = "", "BAD_SHAPE"
        if text:
            self.cells[self.column] = text
        self.refused = self.refused or code

    def _value(self, stored: str) -> tuple[str, str]:
        """Return the text of the cell that ends, and the code of its row if the value is spoilt."""
        kind = self.kind
        if kind == "s":
            place = _whole(stored) if stored else -1
            known = 0 <= place < len(self.book.strings)
            return (self.book.strings[place], "") if known else ("", "EXCEL_ERROR")
        if kind == "n" and stored:
            formats = self.book.formats
            shown = formats[self.style] if self.style < len(formats) else None
            return number_text(stored, shown, since_1904=self.book.since_1904)
        if kind == "b":
            return ("TRUE" if stored.strip() in ("1", "true") else "FALSE"), ""
        if kind == "e":
            return stored or "#N/A", ""
        return plain_text(stored), ""


def _column(reference: str) -> int:
    """Return the number of a column: 1 for 'A5', 27 for 'AA5'."""
    number = 0
    for mark in reference:
        if not "A" <= mark <= "Z":
            break
        number = number * 26 + ord(mark) - 64
    return number


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0
