"""Parquet and GeoParquet: columns as Arrow, batch by batch, and the geometry as WKB."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from etl.reasons import InputRefused

# GeoParquet without a stated system means longitude and latitude.
_STANDARD = "OGC:CRS84"


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: its columns without geometry and bytes, the geometry's name and its CRS."""

    fields: tuple[str, ...]
    shape_name: str | None
    crs: str | None


def read_head(file: Path) -> Head:
    """Return what the file says of itself. Raises InputRefused UNREADABLE for a geometry that is not WKB."""
    schema = pq.read_schema(file)
    shape_name, crs = _geometry(schema)
    fields = tuple(field.name for field in schema if field.name != shape_name and not _is_binary(field.type))
    return Head(fields, shape_name, crs)


def batches(
    file: Path, fields: Sequence[str], *, size: int
) -> Iterator[tuple[dict[str, pa.Array], pa.Array | None]]:
    """Give the columns of some rows at a time, by name, and their geometries as WKB; None without geometry."""
    with pq.ParquetFile(file) as source:
        shape_name, _ = _geometry(source.schema_arrow)
        wanted = [*fields, *([shape_name] if shape_name else [])]
        for batch in source.iter_batches(batch_size=size, columns=wanted):
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            yield columns, _as_wkb(columns[shape_name]) if shape_name else None


def _geometry(schema: pa.Schema) -> tuple[str | None, str | None]:
    said = (schema.metadata or {}).get(b"geo")
    if said is None:
        # a plain file may hold WKB under the usual name, and then says nothing of its system
        plain = next(
            (f.name for f in schema if f.name.lower() in ("geometry", "geom") and _is_binary(f.type)), None
        )
        return plain, None
    try:
        about = json.loads(said)
        name = str(about["primary_column"])
        column = about["columns"][name]
        crs = column.get("crs", _STANDARD)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefused("UNREADABLE", "the file's statement on its geometry is broken") from error
    if name not in schema.names:
        raise InputRefused("UNREADABLE", f"no column {name}, which should hold the geometry")
    return name, crs if crs is None or isinstance(crs, str) else json.dumps(crs)


def _as_wkb(column: pa.Array) -> pa.Array:
    if _is_binary(column.type):
        return column
    if pa.types.is_struct(column.type) and {"x", "y"} <= {field.name for field in column.type}:
        x, y = (column.field(name).to_numpy(zero_copy_only=False) for name in ("x", "y"))
        found = shapely.to_wkb(shapely.points(x, y))
        return pa.array(found, pa.binary(), mask=column.is_null().to_numpy(zero_copy_only=False))
    raise InputRefused("UNREADABLE", f"geometry as {column.type}; write it as WKB")


def _is_binary(sort: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(sort) or pa.types.is_large_binary(sort) or pa.types.is_fixed_size_binary(sort)
    )
