"""Vector and Parquet files of any kind as layers: rows of text under the file's own names, beside their shapes."""

from __future__ import annotations

import codecs
import dataclasses
import datetime as dt
import json
import re
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from etl import parquet
from etl.archives import unpacked
from etl.dbf import dbf_encoding, live_rows
from etl.kinds import SIDECARS, Kind, kind_of, kinds_in, parts_of
from etl.reading import read_text
from etl.reasons import InputRefused
from etl.rows import BLOCK_ROWS
from etl.scratch import scratch

# What GDAL opens of a kind, by the ending that its drivers want to see.
_ENDINGS: dict[Kind, str] = {
    "geojson": ".geojson",
    "geopackage": ".gpkg",
    "flatgeobuf": ".fgb",
    "shapefile": ".shp",
}
KINDS: tuple[Kind, ...] = (*_ENDINGS, "parquet")
# A shapefile's bytes come through as they are, since its names and cells may end within a sign; days stay as written.
_OPTIONS: dict[Kind, dict[str, str]] = {
    "shapefile": {"encoding": "ISO-8859-1"},
    "geojson": {"DATE_AS_STRING": "YES"},
}
# Within this number a pair may be degrees, also with north in the place of east: that is put right row by row.
_DEGREES = 180.0
_PAIR = re.compile(rb'"coordinates"\s*:[\s\[]*(-?[\d.]+(?:[eE][-+]?\d+)?)\s*,\s*(-?[\d.]+(?:[eE][-+]?\d+)?)')
_HEAD_BYTES = 1 << 20
_NO_SHAPES = "None"
# UnboundLocalError is what pyogrio raises over a .prj that is no text.
_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FieldError,
           pa.ArrowException, UnicodeDecodeError, UnboundLocalError, ValueError, OSError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a file, which is open only inside the `with` that gave it.

    name      its own name
    kind      of the file (etl.kinds)
    fields    names of its columns; binary ones are left out
    shaped    whether it has geometries
    crs       what the file states; None: nothing, or degrees that its coordinates cannot be
    encoding  of its text
    source    path, or bytes, that are read again each time batches are asked for
    raw_names of the columns, as the driver gives them
    rows      as the file counts them itself; None: it does not
    """

    name: str
    kind: Kind
    fields: tuple[str, ...]
    shaped: bool
    crs: int | str | None
    encoding: str
    source: Path | bytes
    raw_names: tuple[str, ...]
    rows: int | None = None

    @property
    def cut(self) -> str | None:
        """Return the encoding in which the names of columns were cut, None where they are whole."""
        return self.encoding if self.kind == "shapefile" else None

    def batches(self, *, size: int = BLOCK_ROWS) -> Iterator[pd.DataFrame]:
        """Give the rows in the file's order: index row_no from 1, text, and `geometry` (shapely or None) if shaped.

        Raises InputRefused UNREADABLE.
        """
        start = 1
        try:
            for columns, shapes in self._arrow(size):
                texts = {
                    name: self._decoded(_texts(columns[raw]))
                    for name, raw in zip(self.fields, self.raw_names, strict=True)
                }
                frame = _frame(texts, shapes if self.shaped else None, turned=self.kind == "shapefile")
                yield frame.set_axis(pd.RangeIndex(start, start + len(frame), name="row_no"), axis=0)
                start += len(frame)
        except _ERRORS as error:
            raise InputRefused("UNREADABLE", str(error)[:200]) from error
        if self.rows is not None and start - 1 < self.rows:
            # a driver that meets a broken page may end there and say nothing
            raise InputRefused("UNREADABLE", f"only {start - 1:,} of {self.rows:,} rows")

    def _decoded(self, cells: list[str]) -> list[str]:
        return (
            [cell if cell.isascii() else _dbf_text(cell, self.encoding) for cell in cells]
            if self.cut
            else cells
        )

    def _arrow(self, size: int) -> Iterator[tuple[dict[str, pa.Array], pa.Array | None]]:
        if self.kind == "parquet":
            assert isinstance(self.source, Path)
            yield from parquet.batches(self.source, self.raw_names, size=size)
            return
        with warnings.catch_warnings():
            # a driver's remarks on odd files; what matters is checked on the rows
            warnings.simplefilter("ignore")
            with pyogrio.raw.open_arrow(self.source, layer=self.name, batch_size=size, use_pyarrow=True,
                                        datetime_as_string=True, **_OPTIONS.get(self.kind, {})) as (meta, reader):  # fmt: skip
                shape_name = meta["geometry_name"] or "wkb_geometry"
                for batch in reader:
                    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
                    yield columns, columns.get(shape_name)


@contextmanager
def opened(file: Path) -> Iterator[list[Layer]]:
    """Give the layers of a vector or Parquet file, of a folder or a zip archive of such files, in order of name.

    Empty for a file of another kind. Raises InputRefused: NO_FILE, BAD_ARCHIVE, BAD_JSON, UNREADABLE, EMPTY_FILE.
    """
    if not file.exists():
        raise InputRefused("NO_FILE", file.name)
    kind = kind_of(file)
    if kind in ("archive", "folder"):
        with unpacked(file) as folder, scratch() as desk:
            files = (path for path in sorted(folder.rglob("*")) if path.is_file())
            found = ((path, kind_of(path)) for path in files if path.suffix.lower() not in SIDECARS)
            wanted = ((path, kind) for path, kind in found if kind in KINDS)
            yield list(chain.from_iterable(_layers(path, kind, desk) for path, kind in wanted))
    elif kind in KINDS:
        with scratch() as desk:
            yield _layers(file, kind, desk)
    else:
        yield []


def may_hold_shapes(file: Path) -> bool:
    """Say whether a file is of a kind that has layers, or a folder or archive that may hold such a one."""
    if not file.exists():
        return False
    kind = kind_of(file)
    return kind in (*KINDS, "folder") or (kind == "archive" and not kinds_in(file).isdisjoint(KINDS))


def has_shapes(file: Path) -> bool:
    """Say whether a file is one of shapes: any JSON is taken for one, so that a broken one is refused as that."""
    if not file.exists():
        return False
    if kind_of(file) in ("json", "cityjson"):
        return True
    if not may_hold_shapes(file):
        return False
    with opened(file) as layers:
        return any(layer.shaped for layer in layers)


@contextmanager
def layers_of_shapefile(file: Path) -> Iterator[list[Layer]]:
    """Give the one layer of a shapefile whose other files lie beside it. Raises InputRefused UNREADABLE."""
    with scratch() as desk:
        yield _layers(file, "shapefile", desk)


def layer_names(layers: Sequence[Layer]) -> str:
    """Return names of layers with commas between, for a sentence."""
    return ", ".join(layer.name for layer in layers)


def _layers(file: Path, kind: Kind, desk: Path) -> list[Layer]:
    try:
        if kind == "parquet":
            return [_parquet_layer(file)]
        source: Path | bytes = (right := _named_right(file, kind, desk))
        encoding = dbf_encoding(file) if kind == "shapefile" else "utf-8"
        if kind == "geojson":
            encoding, source = _as_utf_8(file, right)
        # only a GeoPackage holds several; to list those of a GeoJSON file would read it once more
        several = kind in ("geopackage", "flatgeobuf")
        names = _names(source) if several else [None]
        if not names:
            raise InputRefused("UNREADABLE", f"{file.name}: no layer")
        layers = [_layer(source, name, kind, encoding) for name in names]
        return [dataclasses.replace(layers[0], rows=live_rows(file))] if kind == "shapefile" else layers
    except _ERRORS as error:
        code = "BAD_JSON" if kind == "geojson" else "UNREADABLE"
        raise InputRefused(code, f"{file.name}: {error}"[:200]) from error


def _names(source: Path | bytes) -> list[str | None]:
    with warnings.catch_warnings():
        # that measures of lines are passed over is no news to who asks for layers
        warnings.simplefilter("ignore")
        return [str(name) for name, _ in pyogrio.list_layers(source)]


def _named_right(file: Path, kind: Kind, desk: Path) -> Path:
    """Return a path to the file that ends as its kind does: a driver chosen by another ending is the wrong one."""
    if kind == "geojson" and file.suffix.lower() in (".geojson", ".json"):
        return file
    if file.suffix.lower() == _ENDINGS[kind]:
        return file
    place = Path(tempfile.mkdtemp(dir=desk))
    for part in parts_of(file) if kind == "shapefile" else [file]:
        ending = _ENDINGS[kind] if part == file else part.suffix
        (place / f"{file.stem or 'file'}{ending}").symlink_to(part.resolve())
    return place / f"{file.stem or 'file'}{_ENDINGS[kind]}"


def _as_utf_8(file: Path, source: Path) -> tuple[str, Path | bytes]:
    """Return a JSON file's encoding, and what a driver reads that knows UTF-8 alone."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = read_text(file)
        return found.encoding, found.text.encode()
    return "utf-8", source


def _layer(source: Path | bytes, name: str | None, kind: Kind, encoding: str) -> Layer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        about = pyogrio.read_info(source, layer=name, **_OPTIONS.get(kind, {}))
    sorts = zip(about["fields"], about["ogr_types"], strict=True)
    raw = tuple(str(field) for field, sort in sorts if sort != "OFTBinary")
    fields = tuple(_dbf_text(field, encoding) for field in raw) if kind == "shapefile" else raw
    shaped = str(about["geometry_type"]) != _NO_SHAPES
    layer = Layer(
        str(about["layer_name"]), kind, _once(fields), shaped, crs_of(about["crs"]), encoding, source, raw
    )
    if kind == "geojson" and layer.crs == 4326 and not _may_be_degrees(source):
        # without the member `crs` the format means degrees; these are none, whatever it says
        return dataclasses.replace(layer, crs=None)
    return layer


def _once(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which none stands twice, and none is ours."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        free = name if name and name not in (*found, "geometry") else f"{name or 'column'}_{number}"
        found.append(free)
    return tuple(found)


def _may_be_degrees(source: Path | bytes) -> bool:
    """Say whether most pairs at the beginning of a GeoJSON file are within the ranges of degrees."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    else:
        head = source[:_HEAD_BYTES]
    pairs = [(float(x), float(y)) for x, y in _PAIR.findall(head)]
    far = sum(max(abs(x), abs(y)) > _DEGREES for x, y in pairs)
    return far <= len(pairs) / 2


def crs_of(stated: str | None) -> int | str | None:
    """Return the EPSG code of a stated CRS, else the statement; None for none, or one that nobody can read."""
    if not stated:
        return None
    try:
        system = CRS.from_user_input(stated)
    except CRSError:
        return None
    known = system.to_epsg(min_confidence=70)
    if known is None and system.is_geographic and "84" in system.name:
        return 4326
    return known or stated


def _dbf_text(raw: str, encoding: str) -> str:
    """Return text that was read byte by byte; a sign cut at the end of a cell or name goes."""
    try:
        return codecs.getincrementaldecoder(encoding)("replace").decode(raw.encode("latin-1"))
    except LookupError as error:
        raise InputRefused(
            "UNREADABLE", f"the .cpg names an encoding that nobody knows: {encoding}"[:100]
        ) from error


def _parquet_layer(file: Path) -> Layer:
    about = parquet.read_head(file)
    return Layer(
        name=file.stem,
        kind="parquet",
        fields=_once(about.fields),
        shaped=about.shape_name is not None,
        crs=crs_of(about.crs),
        encoding="utf-8",
        source=file,
        raw_names=about.fields,
    )


def _frame(texts: dict[str, list[str]], shapes: pa.Array | None, *, turned: bool) -> pd.DataFrame:
    columns = {name: pd.Series(cells, dtype="str") for name, cells in texts.items()}
    if shapes is not None:
        with np.errstate(invalid="ignore"):  # a place that is no number is refused by its row
            parsed = shapely.from_wkb(shapes.to_numpy(zero_copy_only=False), on_invalid="ignore")
        if turned:
            # rings run clockwise there alone: the same area would be another one in another format
            parsed = shapely.orient_polygons(parsed)
        columns["geometry"] = pd.Series(parsed, dtype=object)
    return pd.DataFrame(columns)


def _texts(column: pa.Array) -> list[str]:
    sort = column.type
    if pa.types.is_dictionary(sort):
        return _texts(column.dictionary_decode())
    if pa.types.is_string(sort) or pa.types.is_large_string(sort):
        return [str(cell) for cell in column.fill_null("").to_pylist()]
    if pa.types.is_floating(sort):
        return ["" if cell is None or cell != cell else f"{cell:.15g}" for cell in column.to_pylist()]
    return [_text(cell) for cell in column.to_pylist()]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(cell)
