"""The rows of delimited text: quotes that do not close, and cells no sheet can hold, never reach a neighbour's row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from etl.encodings import LINE_CHARS
from etl.reasons import InputRefused

_DELIMITERS = (",", "\t", ";", "|")
_HEAD_LINES = 6
# A spreadsheet's cell holds 32 767 characters; what no sheet held was never a registry's cell.
CELL_CHARS = 32_767
_COLUMNS = 1000
# No address runs over more lines: such a quote was left open.
QUOTED_LINES = 20


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the file: its cells, the number of its first line and of lines, and the code if it cannot be read."""

    cells: list[str]
    line: int
    lines: int = 1
    refused: str = ""


def delimiters(head: Sequence[str]) -> list[str]:
    """Return what may stand between the cells, the likeliest first, after the first lines of a file.

    Raises InputRefused TOO_WIDE for a header that no sheet can hold.
    """
    first = [line[:LINE_CHARS] for line in head[:_HEAD_LINES]]
    likely = sorted(_DELIMITERS, key=lambda mark: -sum(line.count(mark) for line in first))
    if any(len(line) > LINE_CHARS or line.count(likely[0]) >= _COLUMNS for line in head[:_HEAD_LINES]):
        raise InputRefused("TOO_WIDE")
    return [mark for mark in likely if any(mark in line for line in first)] or [","]


def records(
    lines: Iterable[str], delimiter: str, *, width: int | None = None, first: int = 1
) -> Iterator[Record]:
    """Yield the rows of delimited text, blank lines among them; at most 20 lines are held at once.

    A quoted cell may run over several lines. Where that would join what may be two rows, each of the lines is a row
    of its own, refused with OPEN_QUOTE: a key must never meet the coordinates of the next row.
    width   cells of the header: a stray quote ('5" lens') is read as it stands where so many cells prove the row
    first   the number of the first line
    """
    csv.field_size_limit(LINE_CHARS * (QUOTED_LINES + 1))
    source, ahead = iter(lines), deque[str]()
    number, doubtful = first, 0
    while True:
        line = ahead.popleft() if ahead else next(source, None)
        if line is None:
            return
        if '"' not in line and len(line) <= LINE_CHARS:
            yield Record(line.split(delimiter) if line else [], number)
            number += 1
            continue
        ahead.extend(islice(source, QUOTED_LINES - len(ahead)))
        # a quote that was left open a few lines above may end here
        proof = width if number > doubtful else None
        found = _next([line, *ahead], number, delimiter=delimiter, width=proof)
        yield from found
        if any(record.refused == "OPEN_QUOTE" for record in found):
            doubtful = number + QUOTED_LINES
        used = sum(record.lines for record in found)
        for _ in range(used - 1):
            ahead.popleft()
        number += used


def _next(window: Sequence[str], number: int, *, delimiter: str, width: int | None) -> list[Record]:
    """Return the record that begins with the window, or the lines it may have swallowed as refused records."""
    line = window[0]
    if len(line) > LINE_CHARS:
        return [_broken(line, number, "LONG_CELL", delimiter)]
    even = line.count('"') % 2 == 0
    cells, used = _strictly([line] if even else [], delimiter)
    if used == 1:
        return [Record(cells, number)]
    cells, used = _strictly(list(takewhile(lambda each: len(each) <= LINE_CHARS, window)), delimiter)
    if used > 1 and not _may_hold_rows(cells, delimiter):
        return [Record(cells, number, used)]
    if used > 1:
        return [_open(window[n], number + n, delimiter) for n in range(used)]
    # an odd quote in a line of its own is the end of a cell that began in the line before, or never ended
    proved = cells if used and len(cells) == width else _proved(line, delimiter, width)
    if width is None or proved is None:
        return [_open(line, number, delimiter)]
    return [Record(proved, number)]


def _strictly(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    """Return the first row's cells and lines; no line if some quote that opens a cell does not close it."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error:
        return [], 0
    return cells, reader.line_num


def _proved(line: str, delimiter: str, width: int | None) -> list[str] | None:
    """Return the cells of a line whose quotes are letters: every cell is closed in itself, and as many as the header's."""
    cells = line.split(delimiter)
    if len(cells) != width:
        return None
    for place, cell in enumerate(cells):
        bare = cell.strip()
        if bare.startswith('"'):
            if len(bare) < 2 or not bare.endswith('"'):
                return None
            cells[place] = bare[1:-1].replace('""', '"')
    return cells


def _open(line: str, number: int, delimiter: str) -> Record:
    return _broken(line, number, "OPEN_QUOTE", delimiter)


def _broken(line: str, number: int, code: str, delimiter: str) -> Record:
    return Record(line[:CELL_CHARS].split(delimiter), number, refused=code)


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
