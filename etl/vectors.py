"""Vector files (GeoJSON, shapefiles) as rows of text with shapely geometries and the CRS they state."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS

from etl.faults import full
from etl.reading import read_bytes
from etl.reasons import InputRefused
from etl.scratch import scratch

_ZIP_LIMIT_BYTES = 4 << 30
_ZIP_RATIO = 200
_SAMPLE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Vectors:
    """Features of a file: columns as text beside `geometry`; `crs` None when the file does not state it."""

    rows: pd.DataFrame
    crs: int | str | None
    encoding: str | None


def read_geojson(file: Path) -> Vectors:
    """Return the features of a GeoJSON file. Raises InputRefused: BAD_JSON, WRONG_CONTENT, and of read_bytes."""
    content = read_bytes(file)
    try:
        # the bytes, not the path: a driver chosen by a name's ending would be the wrong one
        return _read(content, encoding="utf-8")
    except InputRefused as error:
        raise InputRefused("BAD_JSON", error.detail) from error


def read_shapefile(file: Path) -> Vectors:
    """Return the features of a shapefile. The .cpg is believed where there is one, else the bytes are looked at."""
    return _read(file, encoding=dbf_encoding(file))


def dbf_encoding(file: Path) -> str:
    """Return the encoding of a shapefile's table: by its .cpg, else UTF-8 when its bytes are that, else CP949."""
    stated = file.with_suffix(".cpg")
    if stated.is_file():
        name = stated.read_text(encoding="ascii", errors="ignore").strip().lower()
        return (
            "utf-8"
            if name.replace("-", "") in ("utf8", "65001")
            else "cp949"
            if "949" in name or "euc" in name
            else name
        )
    table = file.with_suffix(".dbf")
    if not table.is_file():
        return "cp949"
    content = table.read_bytes()
    body = content[int.from_bytes(content[8:10], "little") :][:_SAMPLE_BYTES]
    try:
        body[: len(body) - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(body) - 8 else "cp949"
    return "utf-8"


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """Give the folder of a folder or of a zip archive, unpacked for the while. Raises InputRefused BAD_ARCHIVE."""
    if file.is_dir():
        yield file
        return
    if not file.is_file():
        raise InputRefused("NO_FILE", file.name)
    if not zipfile.is_zipfile(file):
        raise InputRefused("BAD_ARCHIVE", "neither a folder nor a zip archive")
    with scratch() as folder:
        try:
            with zipfile.ZipFile(file) as archive:
                size = sum(member.file_size for member in archive.infolist())
                if size > min(_ZIP_LIMIT_BYTES, _ZIP_RATIO * file.stat().st_size + _SAMPLE_BYTES):
                    raise InputRefused("BAD_ARCHIVE", f"{size} bytes unpacked")
                # extractall cuts drive letters, leading slashes and '..' from the names
                archive.extractall(folder)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            if isinstance(error, OSError) and full(error):
                raise  # our disk, not the file
            raise InputRefused("BAD_ARCHIVE", str(error)) from error
        yield folder


def _read(file: Path | bytes, *, encoding: str) -> Vectors:
    try:
        with warnings.catch_warnings():
            # a driver's remarks on odd files; what matters is checked on the rows
            warnings.simplefilter("ignore")
            meta, _, wkb, fields = pyogrio.raw.read(file, encoding=encoding, datetime_as_string=True)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        UnicodeDecodeError,
        ValueError,
    ) as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error
    if wkb is None:
        raise InputRefused("WRONG_CONTENT", "no geometry")
    names = [str(name) for name in meta["fields"]]
    index = pd.Index(range(1, len(wkb) + 1), name="row_no")
    columns = {name: _as_text(values, index) for name, values in zip(names, fields, strict=True)}
    with np.errstate(invalid="ignore"):  # a place that is no number is refused by its row
        shapes = pd.Series(shapely.from_wkb(wkb, on_invalid="ignore"), index=index, dtype=object)
    return Vectors(pd.DataFrame({**columns, "geometry": shapes}, index=index), _crs(meta["crs"]), encoding)


def _crs(stated: str | None) -> int | str | None:
    if not stated:
        return None
    system = CRS.from_user_input(stated)
    known = system.to_epsg(min_confidence=70)
    if known is None and system.is_geographic and "84" in system.name:
        return 4326
    return known or stated


def _as_text(values: np.ndarray, index: pd.Index) -> pd.Series[str]:
    if np.issubdtype(values.dtype, np.floating):
        cells = ["" if np.isnan(value) else f"{value:.15g}" for value in values]
    else:
        cells = ["" if value is None else str(value) for value in values]
    return pd.Series(cells, index=index, dtype="str")
