"""The rows of delimited text: quotes that do not close, and cells no sheet can hold, never reach a neighbour's row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.reasons import InputRefused

_DELIMITERS = (",", "\t", ";", "|")
HEADER_ROWS = 6
# A spreadsheet's cell holds 32 767 characters; what no sheet held was never a registry's cell.
CELL_CHARS = 32_767
_LINE_CHARS = 1 << 20
_COLUMNS = 1000
# No address runs over more lines: such a quote was left open.
_QUOTED_LINES = 20


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the file: its cells, the number of its first line and of lines, and the code if it cannot be read."""

    cells: list[str]
    line: int
    lines: int = 1
    refused: str = ""


def records(text: str) -> list[Record]:
    """Return the rows of delimited text, blank lines among them.

    A quoted cell may run over several lines. Where that would join what may be two rows, each of the lines is a row
    of its own, refused with OPEN_QUOTE: a key must never meet the coordinates of the next row.
    Raises InputRefused TOO_WIDE for a header that no sheet can hold.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    head = lines[:HEADER_ROWS]
    delimiter = max(_DELIMITERS, key="\n".join(line[:_LINE_CHARS] for line in head).count)
    if any(len(line) > _LINE_CHARS or line.count(delimiter) >= _COLUMNS for line in head):
        raise InputRefused("TOO_WIDE")
    csv.field_size_limit(_LINE_CHARS * (_QUOTED_LINES + 1))
    return [record for _, record in _all(lines, delimiter)]


def first_names(text: str) -> list[str]:
    """Return the names in the first line of a text with commas, to tell one form from another."""
    return text.lstrip("\ufeff")[:_LINE_CHARS].split("\n", 1)[0].split(",")[:_COLUMNS]


def _all(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Record]]:
    place = 0
    while place < len(lines):
        for record in _next(lines, place, delimiter):
            yield place, record
            place = record.line - 1 + record.lines


def _next(lines: Sequence[str], place: int, delimiter: str) -> list[Record]:
    """Return the record that begins at a line, or the lines it may have swallowed as refused records."""
    line = lines[place]
    if len(line) > _LINE_CHARS:
        return [_broken(line, place, "LONG_CELL", delimiter)]
    if '"' not in line:
        return [Record(line.split(delimiter) if line else [], place + 1)]
    window = [each for each in lines[place : place + _QUOTED_LINES + 1] if len(each) <= _LINE_CHARS]
    reader = csv.reader((f"{each}\n" for each in window), delimiter=delimiter)
    cells, used = next(reader), reader.line_num
    if used == 1:
        # an odd quote in a line of its own is the end of a cell that began in the line before, or never ended
        return [Record(cells, place + 1)] if line.count('"') % 2 == 0 else [_open(line, place, delimiter)]
    if not _well_formed(window[:used], delimiter):
        return [_open(line, place, delimiter)]
    if _may_hold_rows(cells, delimiter):
        return [_open(lines[n], n, delimiter) for n in range(place, place + used)]
    return [Record(cells, place + 1, used)]


def _open(line: str, place: int, delimiter: str) -> Record:
    return _broken(line, place, "OPEN_QUOTE", delimiter)


def _broken(line: str, place: int, code: str, delimiter: str) -> Record:
    return Record(line[:CELL_CHARS].split(delimiter), place + 1, refused=code)


def _well_formed(lines: Sequence[str], delimiter: str) -> bool:
    """Say whether every quote that opens a cell closes it, before a delimiter or the end."""
    try:
        list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _may_hold_rows(cells: Sequence[str], delimiter: str) -> bool:
    """Say whether a line inside a quoted cell has as many delimiters as a row, so that it may be one."""
    last = len(cells) - 1
    for column, cell in enumerate(cells):
        counts = [line.count(delimiter) for line in cell.split("\n")]
        if len(counts) == 1:
            continue
        inner = max(counts[1:-1], default=0)
        # of the first line the cells before count too, of the last one those behind
        if (counts[0] and column + counts[0] >= last) or (counts[-1] and counts[-1] >= column):
            return True
        if inner and inner >= last:
            return True
    return False
