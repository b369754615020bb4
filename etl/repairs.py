"""Files of refused rows that a person mended: what they carry beside the columns of their source.

Such a file is taken away from the page Data or by `golmok refusals --out`, mended in a spreadsheet and loaded as any file
of its source. The column `golmok_refusal` (MARK) tells which refusal each row mends; the columns of TOLD tell the person
why, and are no part of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from etl.hangul import header_key
from etl.rows import MARK, repaired

# Heads of the columns that a taken file has more than its source's, in their order; MARK stands behind them.
TOLD = ("거부사유(코드)", "거부사유(한국어)", "refused because (English)", "심각도 severity", "파일 file", "줄 line")  # fmt: skip
KEY_RESTORED = "KEY_RESTORED"

# What core.refusal_mark makes: nothing else in the column MARK is one.
MARK_SHAPE = r"(?i)\s*b[0-9]{1,18}-r[0-9]{1,10}-[a-z]{3}\s*"

_TOLD_KEYS = frozenset(map(header_key, TOLD))
_ROUNDED = re.compile(r"\s*(\d(?:\.\d+)?)[eE]\+?(\d{2})\s*")


def is_part(columns: Iterable[object]) -> bool:
    """Say whether a table with these columns is a part of a list: mended rows, never all that there is.

    What such a file does not name is neither gone nor missing: nothing may be retired for it.
    """
    return any(str(name) == MARK for name in columns)


def untold(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table as its source would have it: of a part, without TOLD, and formulas as they were before we disarmed them.

    The column MARK stays: it is kept with the row as read. Other tables are returned as they are.
    """
    if not is_part(rows.columns):
        return rows
    kept = rows[[*own(map(str, rows.columns)), MARK]]
    return kept.assign(**{str(name): _armed(kept[name]) for name in kept.columns if _is_text(kept[name])})


def unmarked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the column MARK, which no step and no key may see."""
    return rows.drop(columns=[MARK]) if is_part(rows.columns) else rows


def restored(rows: pd.DataFrame, refused: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return a part with the long numbers that a spreadsheet rounded as they were when the row was refused.

    A cell such as 2.02636E+17 is put right, and KEY_RESTORED noted, where the refused row's own number rounds to it: that
    is a proof. A person who opens the file in Excel and saves it loses no key so.

    refused  mark -> the row as it was refused
    """
    if not (refused and is_part(rows.columns)):
        return rows
    marks = rows[MARK].fillna("").str.strip().str.lower()
    mended = pd.Series(False, index=rows.index)
    cells: dict[str, pd.Series[str]] = {}
    for name in rows.columns:
        if name == MARK or not _is_text(rows[name]):
            continue
        rounded = rows[name].fillna("").str.fullmatch(_ROUNDED)
        if not rounded.any():
            continue
        was = marks[rounded].map(lambda mark, name=name: refused.get(mark, {}).get(name, ""))
        proven = [_rounds_to(whole, cell) for whole, cell in zip(was, rows.loc[was.index, name], strict=True)]
        found = was[proven]
        cells[str(name)] = rows[name].mask(rows.index.isin(found.index), was.reindex(rows.index))
        mended |= rows.index.isin(found.index)
    return repaired(rows.assign(**cells), mended, KEY_RESTORED) if cells else rows


def marks_alone(cells: pd.Series[str]) -> pd.Series[str]:
    """Return the cells of a column MARK, those blank that hold no mark: in files about persons they might tell of one."""
    plain = cells.fillna("").astype("str")
    return plain.where(plain.str.fullmatch(MARK_SHAPE), "")


def marks_in(rows: pd.DataFrame) -> list[str]:
    """Return the marks that a table bears, none twice; [] for a table that is no part."""
    if not is_part(rows.columns):
        return []
    marks = rows[MARK].fillna("").str.strip().str.lower()
    return sorted(set(marks[marks != ""]))


def own(columns: Iterable[str]) -> list[str]:
    """Return the columns that are not of a file that we gave out: all but MARK and TOLD."""
    return [name for name in columns if name != MARK and header_key(name) not in _TOLD_KEYS]


def noted_columns(notes: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Return the columns of each table as a load noted them, in the file's order; {} of a load that noted none."""
    found: Mapping[str, list[str]] = (notes.get("replay") or {}).get("columns") or {}
    return found


def in_file_order(
    content: Collection[str], columns: Iterable[str], header: Mapping[str, str]
) -> dict[str, str]:
    """Return canonical name -> name in the file, in the file's order, of the columns that a file had.

    content  names that rows hold something under
    columns  canonical names in order, as the load noted them; what a source adds of its own is among them
    header   canonical name -> name in the file
    """
    held = set(content) | set(header)
    known = [name for name in dict.fromkeys([*columns, *header, *sorted(content)]) if name in held]
    return {
        name: header.get(name, name) for name in known if name not in ("table", MARK, "geometry", "raster")
    }


def _armed(cells: pd.Series[str]) -> pd.Series[str]:
    bare = cells.str.removeprefix("'")
    return cells.mask(bare.str.match(r"[-+=@＝＋－＠]").fillna(False), bare)


def _is_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.StringDtype)


def _rounds_to(whole: str, cell: str) -> bool:
    """Say whether a number of many digits, rounded to the digits of '2.02636E+17', is that cell."""
    match = _ROUNDED.fullmatch(cell)
    if match is None or not whole.isdecimal():
        return False
    mantissa, exponent = match.groups()
    return f"{int(whole):.{len(mantissa.partition('.')[2])}e}" == f"{mantissa}e+{exponent}"
