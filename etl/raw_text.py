"""Rows as they are kept in raw.source_row: JSON text, made column by column, each distinct cell written once."""

from __future__ import annotations

import re
from json.encoder import encode_basestring

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl.coordinates import shapes_of
from etl.rows import REPAIRED
from etl.scrub import disarm

# The zero character as JSON writes it; a cell that spells its six signs out has a backslash more before them.
_ZERO = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def content(table: str, rows: pd.DataFrame) -> dict[int, str]:
    """Return rows as they are kept, by row_no: a JSON object of the table's name and each cell that is not blank.

    Text stands without formulas that a spreadsheet would run, geometry as hexadecimal WKB. jsonb takes neither the zero
    character nor half of a surrogate pair: they are left out, and written as '?'.
    """
    head = f'{{"table": {written(table)}'
    columns = [_fragments(str(name), rows[name]) for name in rows.columns if name != REPAIRED]
    return {
        int(row_no): head + "".join(cells) + "}" for row_no, *cells in zip(rows.index, *columns, strict=True)
    }


def written(text: str) -> str:
    """Return a text as JSON writes it, without what jsonb cannot hold."""
    told = encode_basestring(text)
    if "\\u0000" in told:
        told = _ZERO.sub(r"\1", told)
    return told if told.isascii() else told.encode("utf-8", "replace").decode("utf-8")


def _fragments(name: str, column: pd.Series) -> list[str]:
    """Return ', "name": "cell"' for each cell, '' for a blank one."""
    key = f", {written(name)}: "
    if name == "geometry":
        return [key + f'"{code}"' if code else "" for code in shapely.to_wkb(shapes_of(column), hex=True)]
    codes, distinct = pd.factorize(column if isinstance(column.dtype, pd.StringDtype) else _as_text(column))
    # a missing cell has the code -1: the last of the list
    told = [key + written(disarm(cell)) if cell else "" for cell in distinct] + [""]
    return [told[code] for code in codes.tolist()]


def _as_text(column: pd.Series) -> NDArray[np.object_]:
    # not a Series of text: Arrow's takes no half of a surrogate pair
    cells = column.astype(object).where(column.notna(), "")
    return np.array([cell if isinstance(cell, str) else str(cell) for cell in cells], dtype=object)
