"""Tables of text out of rows of cells: under canonical names, block by block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from etl.delimited import Record
from etl.hangul import header_key
from etl.headers import Header
from etl.repairs import own
from etl.rows import BLOCK_ROWS, Block, Reading, known_only, with_columns

# Rows of long cells come in smaller blocks.
_BLOCK_CHARS = 32 << 20

# What a spreadsheet writes where a value was lost.
_ERRORS = frozenset("#REF! #N/A #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC!".split())

# Of a file with more line breaks in its cells the lines are not noted.
MOST_TURNS = 5000

Shape = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one header: those of a text file, or of one sheet.

    records   gives the rows below the header, blank ones among them, anew each time
    padded    a row may end before its last cells, as in sheets; in text a cell is missing then
    bad       numbers of lines that hold what is no text, ascending
    lines     how many lines there are with those above the header; 0: not known
    """

    header: Header
    records: Callable[[], Iterator[Record]]
    padded: bool = False
    bad: Sequence[int] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, as text under canonical names, beside the columns nobody named. It is read block by block.

    columns   of every block
    renamed   canonical name -> name in the file
    told      what a load notes of the file
    """

    columns: tuple[str, ...]
    encoding: str
    renamed: Mapping[str, str]
    parts: tuple[Part, ...]
    told: Mapping[str, object] = field(default_factory=dict)

    def blocks(self, name: str = "") -> Iterator[Block]:
        """Give the rows in blocks: index `row_no` (1 below the header, blank lines counted), cells of text.

        A row that cannot be shaped is padded or cut, and in the block's `refused`.
        """
        number, passed, lines = 0, dict[str, None](), Lines()
        for part in self.parts:
            for rows, refused, begun in _frames(part, number):
                lines.add(rows.index, begun)
                passed |= dict.fromkeys(_passed_over(rows, part.header))
                notes = lines.notes | ({"columns_passed_over": list(passed)} if passed else {})
                number = int(rows.index[-1])
                share = min(begun[-1] / part.lines, 1.0) if part.lines else None
                yield Block(name, with_columns(rows, self.columns), refused, notes, share)

    def reading(
        self,
        name: str,
        *,
        form: str,
        fill: Sequence[str] = (),
        only: Collection[str] | None = None,
        shape: Shape | None = None,
        exact: Sequence[str] = (),
        offices: Sequence[str] = (),
    ) -> Reading:
        """Return the reading of a table called `name`, its rows in blocks.

        fill    columns that are there in any case, blank where the file has none
        only    the columns that are kept; of the others the load notes the names: they may tell of persons
        shape   what else is done with the rows of a block
        exact, offices   as in Reading
        """
        kept = [*self.columns, *(column for column in fill if column not in self.columns)]
        dropped = [] if only is None else [name for name in own(kept) if name not in only]

        def stream() -> Iterator[Block]:
            for block in self.blocks(name):
                rows = with_columns(block.rows, fill)
                rows = rows if only is None else known_only(rows, only)[0]
                yield replace(block, rows=rows if shape is None else shape(rows))

        return Reading(
            tables={},
            form=form,
            encoding=self.encoding,
            notes={"header": dict(self.renamed), **self.told}
            | ({} if only is None else {"dropped": dropped}),
            exact=tuple(exact),
            offices=tuple(offices),
            stream=stream,
        )

    @property
    def rows(self) -> pd.DataFrame:
        """Return all rows at once: for files known to be small."""
        return pd.concat([block.rows for block in self.blocks()])

    @property
    def refused(self) -> dict[int, str]:
        """Return the rows that cannot be shaped, row_no -> code, of the whole file."""
        return {number: code for block in self.blocks() for number, code in block.refused.items()}

    @property
    def notes(self) -> dict[str, object]:
        """Return what a load notes of the file once it is read to its end."""
        told: dict[str, object] = {"header": dict(self.renamed), **self.told}
        for block in self.blocks():
            told |= block.notes
        return told


@dataclass(slots=True)
class Lines:
    """On which line of the file each row begins: noted of the first row, and of each behind which the two go on otherwise.

    Line breaks in cells push rows down, and each sheet counts its own lines. Past MOST_TURNS nothing is noted.
    """

    turns: dict[str, int] = field(default_factory=dict)
    ahead: int | None = None

    def add(self, numbers: pd.Index, begun: Sequence[int]) -> None:
        """Note rows, by number, that begin on these lines."""
        ahead = np.asarray(begun) - numbers.to_numpy()
        before = np.concatenate([[np.nan if self.ahead is None else self.ahead], ahead[:-1]])
        if len(self.turns) <= MOST_TURNS:
            turns = map(int, np.flatnonzero(ahead != before))
            self.turns |= {str(numbers[n]): int(begun[n]) for n in turns}
        self.ahead = int(ahead[-1])

    @property
    def notes(self) -> dict[str, object]:
        """Return what a load notes of them: number of the row -> line."""
        return {"lines": dict(self.turns)} if len(self.turns) <= MOST_TURNS else {"lines": {}}


def filled(record: Record) -> bool:
    """Say whether a row holds anything."""
    return any(map(str.strip, record.cells))


def _frames(part: Part, before: int) -> Iterator[tuple[pd.DataFrame, dict[int, str], list[int]]]:
    """Yield the filled rows some at a time, numbered on from `before`, which of them are refused, and their lines."""
    numbers: list[int] = []
    found: list[Record] = []
    chars = 0
    for number, record in enumerate(part.records(), before + 1):
        if not filled(record):
            continue
        numbers.append(number)
        found.append(record)
        chars += sum(map(len, record.cells))
        if len(found) == BLOCK_ROWS or chars > _BLOCK_CHARS:
            taken = _frame(part, numbers, found), _refused(part, numbers, found), [r.line for r in found]
            # the cells of one block are let go before the next is read
            numbers, found, chars = [], [], 0
            yield taken
    if found:
        yield _frame(part, numbers, found), _refused(part, numbers, found), [r.line for r in found]


def _frame(part: Part, numbers: list[int], found: list[Record]) -> pd.DataFrame:
    names = part.header.names
    width = len(names)
    cells = [
        record.cells
        if len(record.cells) == width
        else [*record.cells[:width], *[""] * (width - len(record.cells))]
        for record in found
    ]
    index = pd.Index(numbers, name="row_no")
    columns = zip(names, zip(*cells, strict=True), strict=True)
    return pd.DataFrame({name: pd.array(column, dtype="str") for name, column in columns}, index=index)


def _refused(part: Part, numbers: list[int], found: list[Record]) -> dict[int, str]:
    width = len(part.header.names)
    codes: dict[int, str] = {}
    for number, record in zip(numbers, found, strict=True):
        if part.bad and _touches(part.bad, record):
            codes[number] = "BAD_TEXT"
        elif record.refused:
            codes[number] = record.refused
        elif len(record.cells) != width and not _fits(record.cells, width, padded=part.padded):
            codes[number] = "BAD_SHAPE"
        elif not _ERRORS.isdisjoint(record.cells):
            codes[number] = "EXCEL_ERROR"
    return codes


def _touches(bad: Sequence[int], record: Record) -> bool:
    place = bisect_left(bad, record.line)
    return place < len(bad) and bad[place] < record.line + record.lines


def _fits(row: list[str], width: int, *, padded: bool) -> bool:
    # A trailing delimiter is harmless; a further filled cell shifts the meaning of all before it.
    return padded if len(row) < width else not any(map(str.strip, row[width:]))


def _passed_over(rows: pd.DataFrame, header: Header) -> list[str]:
    """Return the columns called like one that was taken, and different from it in some row."""
    taken = {header_key(written): canonical for canonical, written in header.renamed.items()}
    return [
        name
        for name, written in zip(header.names, header.written, strict=True)
        if (canonical := taken.get(header_key(written))) not in (None, name)
        and rows[name].ne(rows[canonical]).any()
    ]
