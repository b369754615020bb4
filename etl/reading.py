"""Files by their content: encoding, delimiter and header are found, never taken from a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from etl.contents import Packed, opener_of, text_or_workbook
from etl.delimited import QUOTED_LINES, Record, delimiters, records
from etl.encodings import Coding, Opener, bytes_in_pieces, find_coding, lines, text_of
from etl.headerless import PROOF_ROWS, Order, Proof, recognised
from etl.headers import Aliases, Header, find_header, holds_values, match_names, named, unknown_header
from etl.kinds import parts_of
from etl.reasons import InputRefused
from etl.tables import Part, Table, filled
from etl.workbooks import Sheet, open_workbook, sheet_records

__all__ = ["Aliases", "Opened", "Table", "looks_like_json", "match_names", "open_rows", "read_bytes",
           "read_json", "read_table", "read_text", "sha256"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, and the encoding it was in."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells whose header is still to be found: a text cut at one delimiter, or a sheet.

    head     the first rows; `records` gives all of them, below so many rows, by the width of the header
    padded, bad, lines   as in Part
    """

    title: str
    head: tuple[Record, ...]
    records: Callable[[int, int], Iterator[Record]]
    padded: bool = False
    bad: Sequence[int] = ()
    lines: int = 0

    @property
    def cells(self) -> list[list[str]]:
        """Return the cells of the first rows."""
        return [record.cells for record in self.head]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of rows, its bytes understood.

    grids       what may be its rows: all sheets of a workbook; of a text one for each delimiter it may have
    together    sheets that have the header are read one after the other; of texts the first that has it
    hidden      sheets that their owner hid: they are passed over
    """

    name: str
    encoding: str
    grids: tuple[Grid, ...]
    together: bool = False
    hidden: tuple[str, ...] = ()
    told: dict[str, object] = field(default_factory=dict)

    def names(self, aliases: Aliases, *required: str) -> bool:
        """Say whether a header of the file names all of `required`."""
        return any(find_header(grid.cells, aliases, required) is not None for grid in self.grids)

    def table(
        self,
        aliases: Aliases,
        *,
        required: Sequence[str],
        about_persons: bool = False,
        orders: Sequence[Order] = (),
        proof: Proof | None = None,
    ) -> Table:
        """Return the file's table under canonical names, as `read_table` does."""
        found = [(grid, header) for grid in self.grids
                 if (header := find_header(grid.cells, aliases, required)) is not None]  # fmt: skip
        lack = ""
        if not found and proof is not None:
            for grid in self.grids:
                header, lack = recognised(grid.cells, orders, aliases=aliases, proof=proof)
                found += [(grid, header)] if header is not None else []
        if not found:
            raise self._refusal(aliases, required, lack=lack, quoted=not about_persons)
        parts = [_part(grid, header, aliases) for grid, header in (found if self.together else found[:1])]
        filled_parts = tuple(part for part in parts if any(map(filled, part.records())))
        if not filled_parts:
            raise InputRefused("HEADER_ONLY", self.name)
        columns = dict.fromkeys(name for part in filled_parts for name in part.header.names)
        renamed = {name: word for part in reversed(parts) for name, word in part.header.renamed.items()}
        told = self.told | dict(found[0][1].notes) | self._sheets([grid for grid, _ in found])
        return Table(tuple(columns), self.encoding, renamed, filled_parts, told)

    def _refusal(self, aliases: Aliases, required: Sequence[str], *, lack: str, quoted: bool) -> InputRefused:
        grid = next((grid for grid in self.grids if any(map(filled, grid.head))), None)
        if grid is None:
            return InputRefused("EMPTY_FILE", self.name)
        if holds_values(grid.cells):
            return InputRefused("NO_HEADER", lack or "the first row holds values")
        refusal = unknown_header(grid.cells, aliases, required, quoted=quoted)
        if len(self.grids) + len(self.hidden) == 1 or not self.together:
            return refusal
        sheets = ", ".join([*(grid.title for grid in self.grids), *self._hidden()])[:200]
        return InputRefused(
            refusal.reason, f"{refusal.detail}; sheets: {sheets}" if quoted else refusal.detail
        )

    def _hidden(self) -> list[str]:
        return [f"{title} (hidden)" for title in self.hidden]

    def _sheets(self, used: Sequence[Grid]) -> dict[str, object]:
        if not self.together:
            return {}
        passed = [grid.title for grid in self.grids if grid not in used and any(map(filled, grid.head))]
        told = {"sheets": [grid.title for grid in used], "sheets_passed_over": passed}
        return {name: value for name, value in (told | {"sheets_hidden": list(self.hidden)}).items() if value}


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of a folder's files in order of name.

    Of a shapefile the files beside it count too: its columns, its coordinate system.
    """
    digest = hashlib.sha256()
    if file.is_file():
        files = parts_of(file) if file.suffix.lower() == ".shp" else [file]
    else:
        files = sorted(path for path in file.rglob("*") if path.is_file())
    for path in files:
        if path != file:
            digest.update(path.relative_to(file if file.is_dir() else file.parent).as_posix().encode())
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def open_rows(file: Path) -> Opened:
    """Return a file of rows, opened: delimited text or a workbook, also packed; every byte is looked at once.

    Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER, NOT_TEXT, BAD_ARCHIVE, LOCKED_FILE, OTHER_WORKBOOK,
    UNREADABLE, WRONG_CONTENT, TOO_WIDE
    """
    opener, packed = text_or_workbook(file)
    if packed is not None:
        return _open_workbook(file.name, packed)
    assert opener is not None
    return _open_text(file.name, opener)


def read_table(
    file: Path,
    aliases: Aliases,
    *,
    required: Sequence[str],
    about_persons: bool = False,
    orders: Sequence[Order] = (),
    proof: Proof | None = None,
) -> Table:
    """Return a file of rows under canonical column names; nothing but its head is read before the blocks are asked for.

    aliases        canonical name -> accepted names in files; spaces, case and brackets do not count
    required       canonical names without which the file is none of this source
    about_persons  then a refusal does not quote the file: what stands where names should may tell of a person
    orders, proof  published forms, by which a file without a header may be known
    Raises         InputRefused: what open_rows raises, UNKNOWN_HEADER, NO_HEADER, HEADER_ONLY
    """
    return open_rows(file).table(
        aliases, required=required, about_persons=about_persons, orders=orders, proof=proof
    )


def read_text(file: Path) -> Text:
    """Return a file's text. Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER, NOT_TEXT and others."""
    opener, _ = text_or_workbook(file)
    if opener is None:
        raise InputRefused("WRONG_CONTENT", "a workbook")
    coding = find_coding(opener)
    return Text(text_of(opener, coding), coding.name)


def read_bytes(file: Path) -> bytes:
    """Return a file's bytes. Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER."""
    return b"".join(bytes_in_pieces(opener_of(file)))


def read_json(file: Path) -> tuple[object, str]:
    """Return a JSON file's value and its encoding. Raises InputRefused, BAD_JSON among others."""
    text = read_text(file)
    try:
        value = json.loads(text.text)
        # half of a pair is no sign, and no table holds it; a file without such escapes is not gone through again
        return (_whole_signs(value) if "\\ud" in text.text.lower() else value), text.encoding
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputRefused("BAD_JSON", str(error)[:200]) from error


def _whole_signs(value: object) -> object:
    """Return a JSON value with '?' for each half of a surrogate pair in its texts and names."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole_signs(name): _whole_signs(each) for name, each in value.items()}
    return [_whole_signs(each) for each in value] if isinstance(value, list) else value


def looks_like_json(file: Path) -> bool:
    """Say whether a file begins as a JSON object or list."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _open_text(name: str, opener: Opener) -> Opened:
    coding = find_coding(opener)
    head = list(islice(_text_lines(opener, coding), PROOF_ROWS + QUOTED_LINES))

    def below(delimiter: str, rows: int, width: int) -> Iterator[Record]:
        found = _text_lines(opener, coding)
        above = sum(record.lines for record in islice(records(head, delimiter), rows))
        return records(islice(found, above, None), delimiter, width=width or None, first=above + 1)

    grids = tuple(
        Grid("", tuple(islice(records(head, mark), PROOF_ROWS)), partial(below, mark), bad=coding.bad,
             lines=coding.lines)
        for mark in delimiters(head)
    )  # fmt: skip
    return Opened(name, coding.name, grids, told=_places(coding))


def _text_lines(opener: Opener, coding: Coding) -> Iterator[str]:
    found = lines(opener, coding)
    first = next(found, "")
    yield first.lstrip("\ufeff")
    yield from found


def _places(coding: Coding) -> dict[str, object]:
    if not coding.bad:
        return {}
    return {
        "bad_lines": len(coding.bad),
        "bad_text": [f"{place.line}:{place.byte}" for place in coding.places],
    }


def _open_workbook(name: str, packed: Packed) -> Opened:
    book = open_workbook(packed)
    grids = []
    for sheet in book.sheets:
        if not sheet.hidden:
            head = tuple(islice(sheet_records(book, sheet), PROOF_ROWS))

            def below(rows: int, _: int, sheet: Sheet = sheet) -> Iterator[Record]:
                return islice(sheet_records(book, sheet), rows, None)

            grids.append(Grid(sheet.name, head, below, padded=True))
    hidden = tuple(sheet.name for sheet in book.sheets if sheet.hidden)
    return Opened(name, "xlsx", tuple(grids), together=True, hidden=hidden)


def _part(grid: Grid, header: Header, aliases: Aliases) -> Part:
    # cells beside a sheet's header belong to columns that have no name
    widest = max(len(row) for row in grid.cells) if grid.padded else 0
    if widest > len(header.written):
        written = (*header.written, *[""] * (widest - len(header.written)))
        header = replace(header, written=written, names=named(written, aliases)[0])
    below = partial(grid.records, header.rows, len(header.names))
    return Part(header, below, padded=grid.padded, bad=grid.bad, lines=grid.lines)
