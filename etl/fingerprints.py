"""Hashes of rows: the same content gives the same bytes on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from etl.coordinates import shapes_of

_BETWEEN = "\x1f"


def row_hashes(rows: pd.DataFrame, columns: Sequence[str] | None = None) -> pd.Series[bytes]:
    """Return the SHA-256 of each row over `columns` (all, when None), missing values alike. Same index."""
    names = list(rows.columns) if columns is None else list(columns)
    parts = [_written(rows[name]) for name in names]
    digests = [hashlib.sha256(_BETWEEN.join(cells).encode()).digest() for cells in zip(*parts, strict=True)]
    return pd.Series(digests, index=rows.index, dtype=object)


def short_keys(rows: pd.DataFrame, columns: Sequence[str], *, prefix: str) -> pd.Series[str]:
    """Return a key of 16 hexadecimal digits for each row over `columns`, after `prefix`. Same index."""
    hashes = row_hashes(rows, columns)
    return pd.Series([f"{prefix}{digest.hex()[:16]}" for digest in hashes], index=rows.index, dtype="str")


def _written(column: pd.Series) -> list[str]:
    if column.name == "geometry":
        return [str(code) for code in shapely.to_wkb(shapes_of(column), hex=True)]
    if pd.api.types.is_float_dtype(column.dtype):
        # 3.0 and 3 are one value; NaN is written as nothing
        numbers = column.to_numpy(dtype=float, na_value=np.nan) + 0.0
        return ["" if text == "nan" else text for text in map(repr, numbers.tolist())]
    cells = column.astype(object).where(column.notna(), "").tolist()
    return cells if isinstance(column.dtype, pd.StringDtype) else list(map(str, cells))
