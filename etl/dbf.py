"""The table beside a shapefile: in which encoding its text is, and how many rows it has."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from etl.reasons import InputRefused

# Signs of two to four bytes as UTF-8 writes them. Hangul in CP949, pairs of high bytes, hardly ever looks like one.
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
# Cells have a width in bytes, so a sign at a cell's end may be cut: not every byte must fit.
_MOST = 0.8
_BLOCK_BYTES = 1 << 20
_HEAD_BYTES = 32
_INDEX_HEAD_BYTES, _INDEX_ROW_BYTES = 100, 8
_DELETED = ord("*")


def dbf_encoding(shapefile: Path) -> str:
    """Return the encoding of a shapefile's table: by its .cpg, else UTF-8 when its bytes are that, else CP949."""
    stated = _beside(shapefile, ".cpg")
    if stated is not None:
        name = stated.read_text(encoding="ascii", errors="ignore").strip().lower()
        if name.replace("-", "") in ("utf8", "65001"):
            return "utf-8"
        return "cp949" if "949" in name or "euc" in name else name
    table = _beside(shapefile, ".dbf")
    return "cp949" if table is None else _by_content(table)


def live_rows(shapefile: Path) -> int | None:
    """Return how many rows a shapefile has, without deleted ones; None without its table or index.

    Raises InputRefused UNREADABLE when its shapes and its rows are not as many: one of both was cut.
    """
    table, index = _beside(shapefile, ".dbf"), _beside(shapefile, ".shx")
    if table is None or index is None:
        return None
    with table.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if len(head) < _HEAD_BYTES:
        raise InputRefused("UNREADABLE", f"{table.name}: too short")
    rows, start, width = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    shapes = max(0, index.stat().st_size - _INDEX_HEAD_BYTES) // _INDEX_ROW_BYTES
    if rows != shapes or width == 0 or table.stat().st_size < start + rows * width:
        raise InputRefused("UNREADABLE", f"{shapes:,} shapes, and a table that says {rows:,} rows")
    if rows == 0:
        return 0
    marks = np.memmap(table, dtype=np.uint8, mode="r", offset=start, shape=(rows * width,))[::width]
    return rows - int(np.count_nonzero(marks == _DELETED))


def _by_content(table: Path) -> str:
    high = fitting = 0
    with table.open("rb") as stream:
        head = stream.read(32)
        # names of columns count too: a table may have Hangul nowhere else
        block = stream.read(max(0, int.from_bytes(head[8:10], "little") - 32))
        while block:
            high += sum(map(len, _HIGH.findall(block)))
            fitting += sum(map(len, _UTF_8.findall(block)))
            block = stream.read(_BLOCK_BYTES)
    return "utf-8" if fitting >= _MOST * high else "cp949"


def _beside(shapefile: Path, ending: str) -> Path | None:
    return next((path for path in (shapefile.with_suffix(ending), shapefile.with_suffix(ending.upper()))
                 if path.is_file()), None)  # fmt: skip
