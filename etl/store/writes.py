"""What a load writes: one connection, one transaction; a job that dies leaves nothing.

Rows are staged as Arrow through ADBC into temporary tables and merged there by SQL; geometry travels as EWKB,
jsonb and ranges as text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from etl.coordinates import shapes_of
from etl.db import Database
from etl.settings import sql_folder
from etl.store import turns
from etl.terms import USUAL, Terms

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection

# Arrow's type for each type of a column; the rest goes through text.
_ARROW: dict[str, pa.DataType] = {
    "smallint": pa.int16(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "real": pa.float32(),
    "double precision": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp with time zone": pa.timestamp("us", tz="UTC"),
    "bytea": pa.binary(),
    "text": pa.string(),
}
_BY_TEXT = ("jsonb", "daterange", "tstzrange", "text[]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a table's rows: rows of the file, not objects; `retired` counts objects."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0

    @property
    def changed(self) -> bool:
        """Say whether anything was written."""
        return bool(self.inserted or self.updated or self.retired)


@dataclass(frozen=True, slots=True)
class Batch:
    """An open load: its connection, the metric CRS, its number and the day its file describes, None until `dated`.

    staged   the temporary tables that were made, with the columns that were staged
    """

    connection: Connection
    srid: int
    batch_id: int
    reference_date: dt.date | None = None
    staged: dict[str, tuple[str, ...]] = field(default_factory=dict)


@contextmanager
def writing(db: Database, lock: str, terms: Terms = USUAL) -> Iterator[Connection]:
    """Open the one connection of a load, alone under its lock; nothing stays unless the caller commits.

    Raises DatabaseBusy when another load under the lock did not end in the time that `terms` give, and what
    `Database.arrow` raises
    """
    with db.arrow() as connection:
        try:
            turns.take(connection, lock, terms, ask=rows)
            yield connection
        finally:
            turns.undo(connection)


def begin(
    connection: Connection,
    srid: int,
    facts: Mapping[str, object],
    *,
    reference_date: dt.date | None = None,
) -> Batch:
    """Write the batch's row; `facts` are columns of meta.batch. Before anything is merged it must be dated."""
    written = {"rows_in": 0, "invented": False, "notes": {}, **facts}
    (batch_id,) = rows(connection, "load_begin", json.dumps(written, ensure_ascii=False, default=str))[0]
    execute(connection, "load_stage_row")
    batch = Batch(connection, srid, int(batch_id))
    return batch if reference_date is None else dated(batch, reference_date)


def dated(batch: Batch, day: dt.date) -> Batch:
    """Return the batch with the day that its file describes: from here on it can be merged."""
    rows(batch.connection, "load_dated", str(batch.batch_id), day.isoformat())
    execute(batch.connection, "load_stage_batch", batch_id=str(batch.batch_id))
    return replace(batch, reference_date=day)


def finish(batch: Batch, facts: Mapping[str, object]) -> None:
    """Write what became of the batch; `facts` are columns of meta.batch."""
    rows(
        batch.connection, "load_finish", json.dumps({**facts, "batch_id": batch.batch_id}, ensure_ascii=False)
    )


def keep_raw(batch: Batch, content: Mapping[int, str]) -> None:
    """Keep rows as read, scrubbed: row_no -> JSON. May be called for one block of rows after the other."""
    execute(batch.connection, "load_forget_stage", stage="stage_raw")
    _ingest_new(
        batch, "stage_raw", pd.DataFrame({"row_no": list(content), "content": list(content.values())})
    )
    execute(batch.connection, "load_raw", batch_id=str(batch.batch_id))


def keep_refusals(batch: Batch, weights: Mapping[str, str]) -> None:
    """Keep the rows that left for a code of `weights` (code -> severity) in quarantine, each as `keep_raw` kept it."""
    rows(batch.connection, "load_refusals", json.dumps(dict(weights)))


def same_file(batch: Batch, facts: Mapping[str, object]) -> int | None:
    """Return the number of the last load of the same file that ended as `facts` (columns of meta.batch) say, or None."""
    found = rows(batch.connection, "load_same_file", json.dumps(dict(facts), ensure_ascii=False, default=str))
    return int(found[0][0]) if found else None


def same_refusal(connection: Connection, facts: Mapping[str, object]) -> int | None:
    """Return the number of the last load of a source when it was the same file, refused alike; else None."""
    found = rows(connection, "load_same_refusal", json.dumps(dict(facts), ensure_ascii=False, default=str))
    return int(found[0][0]) if found else None


def tell(batch: Batch, told: pd.DataFrame) -> None:
    """Stage what the rules across rows need of some rows: columns of stage_row, index row_no."""
    _ingest(batch, "stage_row", told)


def merge_by_key(batch: Batch, frame: pd.DataFrame, target: str, *, key: Sequence[str]) -> Outcome:
    """Merge objects into a table by natural key and row hash: `stage_rows` and `merge_staged` in one."""
    stage_rows(batch, frame, target)
    return merge_staged(batch, target, key=key)


def stage_rows(batch: Batch, frame: pd.DataFrame, target: str) -> str:
    """Stage objects of a table, after those staged before; return the stage's name.

    frame   the target's columns by name (`geom`: shapely), index row_no: several objects may come of one row
    """
    staged = stage_of(target)
    if staged not in batch.staged:
        types = _column_types(batch.connection, target)
        unknown = [name for name in frame.columns if name not in types]
        if unknown:
            raise KeyError(f"{target} has no column {', '.join(unknown)}")
        columns = tuple(map(str, frame.columns))
        expressions = [f"{name}::text as {name}" if types[name] in _BY_TEXT else name for name in columns]
        execute(batch.connection, "load_stage", stage=staged, target=target, columns=", ".join(expressions))
        batch.staged[staged] = columns
    _ingest(batch, staged, frame)
    return staged


def merge_staged(batch: Batch, target: str, *, key: Sequence[str]) -> Outcome:
    """Merge what was staged for a table by natural key and row hash."""
    staged = stage_of(target)
    types, columns = _column_types(batch.connection, target), batch.staged[staged]
    casts = [f"{name}::{types[name]}" if types[name] in _BY_TEXT else name for name in columns]
    inserted, updated, unchanged = rows(
        batch.connection,
        "merge_by_key",
        target=target,
        stage=staged,
        key=", ".join(key),
        columns=", ".join(columns),
        values=", ".join(casts),
        assignments=", ".join(f"{name} = excluded.{name}" for name in columns if name not in key),
    )[0]
    return Outcome(int(inserted), int(updated), int(unchanged))


def stage_of(target: str) -> str:
    """Return the name of the temporary table for rows of a table or of a merge of its own."""
    return "stage_" + target.split(".")[-1]


def stage(batch: Batch, name: str, frame: pd.DataFrame) -> None:
    """Stage a frame in the temporary table that the query `load_NAME` makes; columns as the table has them."""
    if name not in batch.staged:
        execute(batch.connection, f"load_{name}", srid=str(batch.srid))
        batch.staged[name] = tuple(map(str, frame.columns))
    _ingest(batch, name, frame)


def outline(connection: Connection) -> shapely.MultiPolygon | None:
    """Return the district's outline in its metric CRS, None when no boundary is loaded."""
    found = rows(connection, "load_outline")
    shape = shapely.from_wkb(found[0][0]) if found else None
    return shape if isinstance(shape, shapely.MultiPolygon) else None


def last_load(connection: Connection) -> tuple[int, dt.datetime] | None:
    """Return the last load that was done: its batch, and when it began; None before the first."""
    found = rows(connection, "load_last")
    return (int(found[0][0]), found[0][1]) if found else None


def rows(connection: Connection, query: str, *values: str, **names: str) -> list[tuple[Any, ...]]:
    """Run a query of sql/queries with text parameters and names of columns filled in; return its rows.

    What a row holds is for the query to say: hence Any.
    """
    with connection.cursor() as cursor:
        # COPY is the driver's way of reading; a statement that writes and returns cannot go through it.
        cursor.adbc_statement.set_options(**{"adbc.postgresql.use_copy": False})
        cursor.execute(_query(query).format(**names) if names else _query(query), values or None)
        return list(cursor.fetchall())


def execute(connection: Connection, query: str, **names: str) -> None:
    """Run a statement of sql/queries that gives nothing back."""
    with connection.cursor() as cursor:
        cursor.execute(_query(query).format(**names) if names else _query(query))


@cache
def _query(name: str) -> str:
    return (sql_folder() / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _column_types(connection: Connection, table: str) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in rows(connection, "load_column_types", table)}


def _ingest(batch: Batch, name: str, frame: pd.DataFrame) -> None:
    told = arrow_table(batch.connection, name, frame, srid=batch.srid)
    with batch.connection.cursor() as cursor:
        cursor.adbc_ingest(name, told, mode="append", temporary=True)


def arrow_table(connection: Connection, name: str, frame: pd.DataFrame, *, srid: int) -> pa.Table:
    """Return a frame as Arrow with the columns and types of a table; its index goes to a column `row_no`, if there is one.

    Raises KeyError for a column that the frame lacks
    """
    types = _column_types(connection, name)
    staged = frame.assign(row_no=frame.index) if "row_no" in types else frame
    missing = [column for column in types if column not in staged.columns]
    if missing:
        raise KeyError(f"{name} wants the columns {', '.join(missing)}")
    return pa.table({column: _array(staged[column], kind, srid) for column, kind in types.items()})


def _ingest_new(batch: Batch, name: str, frame: pd.DataFrame) -> None:
    table = pa.table(
        {
            column: _array(frame[column], "bigint" if column == "row_no" else "text", batch.srid)
            for column in frame.columns
        }
    )
    with batch.connection.cursor() as cursor:
        cursor.adbc_ingest(name, table, mode="create", temporary=True)


def _array(column: pd.Series, kind: str, srid: int) -> pa.Array:
    """Return a column as Arrow of the type that a column of PostgreSQL type `kind` takes."""
    if kind.startswith("geometry"):
        return _ewkb(shapes_of(column), srid)
    wanted = _ARROW.get(kind, pa.string())
    if pa.types.is_integer(wanted) or pa.types.is_floating(wanted):
        number = pd.to_numeric(column, errors="raise").astype(float).to_numpy()
        missing = np.isnan(number)
        return pa.array(np.where(missing, 0, number), pa.float64(), mask=missing).cast(wanted)
    if pa.types.is_string(wanted):
        return _texts(column)
    if pa.types.is_timestamp(wanted):
        return pa.array(pd.DatetimeIndex(pd.to_datetime(column, utc=True)).as_unit("us"), wanted)
    return pa.array(column.astype(object).where(column.notna(), None).tolist(), wanted)


def _texts(column: pd.Series) -> pa.Array:
    """Return a column as text; what is missing or empty is NULL."""
    if isinstance(column.dtype, pd.StringDtype):
        found = pa.array(column, pa.string())
    else:
        cells = column.to_numpy(dtype=object)
        try:
            found = pa.array(cells, pa.string(), from_pandas=True)
        except (pa.ArrowTypeError, pa.ArrowInvalid):  # not all of them are text
            there = column.notna().to_numpy()
            found = pa.array(
                [str(cell) if is_there else None for cell, is_there in zip(cells, there, strict=True)]
            )
            found = found.cast(pa.string())
    return pc.if_else(pc.equal(found, ""), None, found)


# A point as PostGIS takes it: byte order, type with the mark that a SRID follows, SRID, x, y; nothing between them.
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")])
_POINT_WITH_SRID = 0x20000001


def _ewkb(shapes: NDArray[np.object_], srid: int) -> pa.Array:
    """Return geometries as EWKB with their SRID; points, most of what is loaded, are written as arrays."""
    missing = shapely.is_missing(shapes)
    plain = shapely.get_type_id(shapes) == 0
    plain &= ~shapely.is_empty(shapes) & ~shapely.has_z(shapes)
    if not (plain | missing).all():
        return pa.array(shapely.to_wkb(shapely.set_srid(shapes, srid), include_srid=True), pa.binary())
    points = np.zeros(len(shapes), dtype=_POINT)
    points["order"], points["kind"], points["srid"] = 1, _POINT_WITH_SRID, srid
    points["x"], points["y"] = shapely.get_x(shapes), shapely.get_y(shapes)
    there = pa.array(~missing).buffers()[1] if missing.any() else None
    fixed = pa.Array.from_buffers(
        pa.binary(_POINT.itemsize), len(points), [there, pa.py_buffer(points.tobytes())]
    )
    return fixed.cast(pa.binary())
