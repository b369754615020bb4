"""CSV that Korean Excel opens as it is and that carries no formula."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

# What a program for sheets takes for a formula at the head of a cell, wide forms of Korean keyboards too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
# Characters that no one sees and that a sheet may pass over: joiners, marks of direction and of order of bytes.
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with its byte order mark, lines ended by CR LF: Excel reads Korean by that mark.

    Numbers stay numbers; None and NaN are empty; text is made harmless, see `harmless`.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in head])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return text that no sheet takes for a formula.

    Control characters (tabs and line breaks among them) become a space. An apostrophe is set before a cell that begins,
    after any spaces, with = + - or @; a number such as -3.5 is none.
    """
    clean = _CONTROL.sub(" ", _UNSEEN.sub("", text)).strip()
    begins = unicodedata.normalize("NFKC", clean[:1])
    return f"'{clean}" if begins.startswith(_FORMULA) and not _NUMBER.fullmatch(clean) else clean


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    # bool is a number to Python, yet True is no figure
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return harmless(" ".join(map(str, value)))
    return harmless(str(value))
