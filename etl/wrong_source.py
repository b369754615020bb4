"""Whether a file is told to be what it is: the columns of its head, held against every source before the asked one loads it."""

from __future__ import annotations

import io
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from etl.contents import text_or_workbook
from etl.delimited import delimiters, records
from etl.encodings import Opener, find_coding, lines
from etl.features import may_hold_shapes, opened
from etl.forms import Fit, Form, fit
from etl.headers import HEADER_ROWS, find_header
from etl.jobs import JOBS, forms_of
from etl.parts import Job
from etl.persons import file_name
from etl.reading import open_rows
from etl.reasons import InputRefused

# Of a text so much is looked at: a header stands among the first rows.
_HEAD_BYTES = 1 << 16
# Two columns more are no chance: a phone and a day stand in many lists.
_CLEARLY = 2
_ANYTHING = "layer"
_ABOUT_PERSONS = ("incidents", "police")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Names of the columns of one table of a file: of one sheet, of one layer."""

    names: tuple[str, ...]
    shaped: bool = False
    cut: str | None = None

    def best(self, job: Job) -> Fit | None:
        """Return how well the source's best form fits; None where none has the columns that it needs."""
        fits = [
            fit(self.names, form, placed=self.shaped, cut=self.cut)
            for form in forms_of(job)
            if self.shaped or not form.shapes
        ]
        whole = [each for each in fits if not each.missing]
        return max(whole, key=lambda each: (each.tells, len(each.matched)), default=None)


def require_source(job: Job, file: Path) -> None:
    """Refuse a file whose columns are another source's; only the head of a text is read.

    A source that needs but a place takes any list of places: it is refused where the file lacks what tells the source
    and another knows clearly more of its columns, or where another knows twice as many. A layer takes every
    file but those about persons, of which it would keep each column. What cannot be read is the reader's to refuse.
    Raises InputRefused WRONG_CONTENT, naming the source that it fits and the command.
    """
    if not forms_of(job):
        return
    likely: tuple[str, Fit, Fit] | None = None
    for columns in _tables(file):
        asked = columns.best(job)
        other = None if asked is None else _other(columns, job, asked)
        if asked is not None and other is not None:
            likely = likely or (*other, asked)
        elif asked is not None and job.source != _ANYTHING:
            return
    if likely is not None:
        source, found, asked = likely
        name = shlex.quote(file_name(source, file.name) or "FILE")
        told = f"{job.source} knows {len(asked.matched)} of its {found.columns} columns, {source} {len(found.matched)}"
        raise InputRefused("WRONG_CONTENT", f"{told}; use: golmok load {source} {name}")


def _other(columns: _Columns, job: Job, asked: Fit) -> tuple[str, Fit] | None:
    """Return the source that the columns are clearly of, None where the asked one may be right."""
    fits = [
        (each.source, found)
        for each in JOBS
        if each.source not in (job.source, _ANYTHING) and (found := columns.best(each)) is not None
        if found.tells and _is_of(each.source, found, job, asked)
    ]
    return max(fits, key=lambda each: len(each[1].matched), default=None)


def _is_of(source: str, found: Fit, job: Job, asked: Fit) -> bool:
    if job.source == _ANYTHING:
        return source in _ABOUT_PERSONS
    known, more = len(asked.matched), len(found.matched)
    return more - known >= _CLEARLY and (not asked.tells or more >= 2 * known)


def _tables(file: Path) -> Iterator[_Columns]:
    """Give the columns of each table of a file; none for what is no table, or cannot be read."""
    try:
        if may_hold_shapes(file):
            with opened(file) as layers:
                found = [_Columns(layer.fields, layer.shaped, layer.cut) for layer in layers]
        else:
            found = []
        grids = [] if found else list(_grids(file))
    except InputRefused:
        return
    yield from found
    forms = [form for job in JOBS for form in forms_of(job) if not form.shapes]
    for cells in grids:
        if names := _header(cells, forms):
            yield _Columns(names)


def _header(cells: Sequence[Sequence[str]], forms: Sequence[Form]) -> tuple[str, ...]:
    found = [
        header for form in forms if (header := find_header(cells, form.aliases, form.required)) is not None
    ]
    best = max(found, key=lambda each: len(each.renamed), default=None)
    return () if best is None else best.written


def _grids(file: Path) -> Iterator[list[list[str]]]:
    """Give the first rows of each sheet of a workbook, or of a text, by each delimiter that it may have."""
    opener, packed = text_or_workbook(file)
    if opener is None or packed is not None:
        yield from (grid.cells for grid in open_rows(file).grids)
        return
    head = _head(opener)

    def again() -> io.BytesIO:
        return io.BytesIO(head)

    first = list(islice(lines(again, find_coding(again)), 2 * HEADER_ROWS))
    first[:1] = [line.lstrip("\ufeff") for line in first[:1]]
    for mark in delimiters(first):
        yield [record.cells for record in islice(records(first, mark), HEADER_ROWS)]


def _head(opener: Opener) -> bytes:
    """Return the first lines, so cut that no letter is torn; letters of two bytes have a zero in their line ends."""
    with opener() as stream:
        head = stream.read(_HEAD_BYTES)
    if len(head) < _HEAD_BYTES:
        return head
    end = 0 if b"\0" in head else head.rfind(b"\n") + 1
    return head[:end] if end else head
