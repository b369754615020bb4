"""The names of the columns of a file of rows: a text or a workbook, also packed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from etl.forms import Form
from etl.hangul import tidy
from etl.headers import find_header
from etl.reading import open_rows
from etl.reasons import InputRefused
from etl.scrub import scrub

_NUMBER = re.compile(r"\d[\d.,-]*\d{3}|@")
_ROWS = 10


def names_of_rows(file: Path, forms: Sequence[Form]) -> tuple[list[str], bool]:
    """Return the names of a file's columns, and whether some form's header is there.

    Without one, the first row with several cells is returned if it may hold names: not one with numbers, which may be
    a row about a person. Empty for what holds no rows at all.
    """
    try:
        grids = open_rows(file).grids
    except InputRefused:
        return [], False
    headers = [
        (len(header.renamed), list(header.written))
        for grid in grids
        for form in forms
        if not form.shapes and (header := find_header(grid.cells, form.aliases, form.required)) is not None
    ]
    if headers:
        return max(headers, key=lambda each: each[0])[1], True
    return _first_names([row for grid in grids for row in grid.cells[:_ROWS]]), False


def _first_names(rows: Sequence[Sequence[str]]) -> list[str]:
    widest = max(map(len, rows), default=0)
    first = next((row for row in rows if len(row) == widest and any(map(str.strip, row))), [])
    return [] if any(_NUMBER.search(cell) for cell in first) else [scrub(tidy(cell)) for cell in first]
