"""The names of a text's columns, out of its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from etl.delimited import HEADER_ROWS, records
from etl.forms import Form, fit
from etl.hangul import tidy
from etl.reading import decode
from etl.reasons import InputRefused
from etl.scrub import scrub

_HEAD_BYTES = 1 << 16
_NUMBER = re.compile(r"\d[\d.,-]*\d{3}|@")


def names_of_text(file: Path, forms: Sequence[Form]) -> list[str]:
    """Return the names in that row among the first of which most are known, else the first row if it may hold names.

    Empty for a first row that holds numbers, since it may be a row about a person, and for what is no text.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        whole = not stream.read(1)
    try:
        rows = records(decode(head if whole else head[: _last_line(head)]).text)[:HEADER_ROWS]
    except InputRefused:
        return []
    named = [[tidy(cell) for cell in row.cells] for row in rows]
    known = [max((len(fit(row, form).matched) for form in forms), default=0) for row in named]
    best = max(known, default=0)
    if best:
        return named[known.index(best)]
    first = named[0] if named else []
    return [] if any(_NUMBER.search(cell) for cell in first) else [scrub(cell) for cell in first]


def _last_line(head: bytes) -> int:
    # of UTF-16 the line's end is two bytes, wherever the zero stands
    end = head.rfind(b"\n") + 1
    return (end + end % 2 if b"\x00" in head[:64] else end) or len(head)
