"""What may never be stored: network addresses of machines, access words, and how to reach a person.

Some published registries carry the private address of a camera in the text of its place. It is cut out before
the first write, so that no table, log or quarantine holds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_PATTERNS = (
    # rtsp://user:word@host:554/stream and the like, whole
    re.compile(r"\b[a-z][a-z0-9+.-]{1,9}://[^\s,)\]]+", re.IGNORECASE),
    re.compile(rf"(?<![\d.]){_OCTET}(?:\.{_OCTET}){{3}}(?:[:/]\d{{1,5}})?(?![\d.]*\d)"),
    re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", re.IGNORECASE),
    re.compile(r"(?<![\w:.-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(
        r"(?<![\w.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
        r"(?:local|lan|internal|intra|corp|kr|com|net|org|io)(?![\w-])(?::\d{1,5})?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![a-z])(?:id|pw|passwd|password|user|계정|비밀번호|비번|암호)\s*[:=]\s*[^\s,)\]]+", re.IGNORECASE
    ),
    # mobile numbers are persons'; an office's land line stays in its own column
    re.compile(r"(?<![\d.])(?:\+?82[-. ]?)?0?1[016789][-. ]\d{3,4}[-. ]\d{4}(?!\d)"),
    re.compile(r"(?<![\d.])01[016789]\d{7,8}(?!\d)"),
)
_LAND_LINE = re.compile(r"(?<![\d.-])0\d{1,2}[-)]\s?\d{3,4}-\d{4}(?![\d-])")
_RESIDENT = re.compile(r"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)")
_LEFTOVER = re.compile(r"\(\s*(?:ip|IP|아이피)?\s*[:：]?\s*\)|\[\s*\]|\b(?:ip|IP)\s*[:：]\s*(?=$|[,)\]])")
# Cheap look before the patterns: a cell without any of these marks can hold none of them.
_SUSPECT = re.compile(r"\d[.:\-) ]\d|[:=@]|\.[A-Za-z]{2}|01[016789]\d{7}")
_FORMULA = re.compile(r"^\s*(?:[=@](?!\s*$)|[+-]\s*(?:[A-Za-z(]+[(!|]|\())")


def scrub(text: str, *, phones: bool = True) -> str:
    """Return `text` without addresses of machines, access words, mobile and resident numbers.

    phones   also land lines: wanted in an address, not in the column of an office's number

    >>> scrub("골목동 12-3 방범(172.16.0.1)")
    '골목동 12-3 방범'
    """
    if not _SUSPECT.search(text):
        return text
    clean = _RESIDENT.sub("", text)
    for pattern in _PATTERNS:
        clean = pattern.sub("", clean)
    if phones:
        clean = _LAND_LINE.sub("", clean)
    if clean == text:
        return text
    return re.sub(r"\s{2,}", " ", _LEFTOVER.sub("", clean)).strip(" ,;")


def scrub_frame(
    rows: pd.DataFrame, *, offices: Sequence[str] = (), exact: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the rows scrubbed, with SCRUBBED noted in the column `repaired` where something went.

    offices   columns that hold an office's land line, which may stay
    exact     columns of numbers, keys and coordinates that are not text
    """
    out = rows.copy()
    touched = pd.Series(False, index=rows.index)
    for column in rows.columns:
        if column in exact or not isinstance(rows[column].dtype, pd.StringDtype):
            continue
        cells = rows[column].fillna("")
        clean = {cell: scrub(cell, phones=column not in offices) for cell in cells.unique()}
        changed = {cell: value for cell, value in clean.items() if cell != value}
        if changed:
            hit = cells.isin(list(changed))
            out.loc[hit, column] = cells[hit].map(changed)
            touched |= hit
    out["repaired"] = touched.map({True: "SCRUBBED", False: ""}).astype("str")
    return out


def holds_formula(column: pd.Series[str]) -> pd.Series[bool]:
    """Say for each cell whether a spreadsheet would run it: '=…', '@…', '+f(', '-f('."""
    return column.str.contains(_FORMULA)


def disarm(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: an apostrophe stands before a formula.

    >>> disarm("=1+1")
    "'=1+1"
    """
    return "'" + text if _FORMULA.match(text) else text
