"""What a feed writes beside its rows: one load a day that grows, how far each file was taken, refusals followed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from etl.store.writes import Batch, execute, finish, rows

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection as Connection

COUNTS = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")
_SUMS = ("reasons", "repaired")

# Columns of meta.batch: what each may hold is for the table to say.
Record = dict[str, Any]


def of_day(connection: Connection, source: str, day: str) -> Record | None:
    """Return the record of the load that holds what a feed brought on a day (ISO), None before its first line."""
    found = rows(connection, "feed_batch", source, day)
    return json.loads(found[0][0]) if found else None


def reopened(connection: Connection, srid: int, batch_id: int) -> Batch:
    """Return the load of a day, to bring more rows into it; it must be dated as any other."""
    execute(connection, "load_stage_row")
    return Batch(connection, srid, batch_id)


def add(batch: Batch, before: Record | None, brought: Mapping[str, Any]) -> None:
    """Write what became of the load: what it held `before`, and what was `brought` now (counts, reasons, repaired, notes,
    seconds). Notes that count by column are added up, others replaced."""
    held: Record = before or {}
    facts: Record = {name: held.get(name, 0) + brought[name] for name in COUNTS}
    facts |= {name: dict(Counter(held.get(name) or {}) + Counter(brought[name])) for name in _SUMS}
    notes: Record = {**(held.get("notes") or {})}
    for name, value in brought["notes"].items():
        counted = isinstance(value, dict) and all(isinstance(n, int) for n in value.values())
        notes[name] = dict(Counter(notes.get(name) or {}) + Counter(value)) if counted else value
    seconds = round(float(held.get("seconds") or 0.0) + brought["seconds"], 3)
    finish(batch, {**facts, "notes": notes, "status": "done", "seconds": seconds})


def follow_refusals(batch: Batch, *, first_row: int, lines_before: int, refused: bool) -> int:
    """Write keys and lines of the rows refused just now, and tie rows refused before that came now; return how many."""
    if refused:
        rows(batch.connection, "feed_refusals_told", str(batch.batch_id), str(first_row), str(lines_before))
    return len(rows(batch.connection, "feed_refusals_repaired", str(batch.batch_id), str(first_row)))


def position(connection: Connection, source: str, head_sha256: str) -> tuple[int, int, str] | None:
    """Return how far a followed file was taken: bytes, lines and the digest of those bytes; None before its first line."""
    found = rows(connection, "feed_position", source, head_sha256)
    return (int(found[0][0]), int(found[0][1]), str(found[0][2])) if found else None


def moved(connection: Connection, source: str, head_sha256: str, *, to: tuple[int, int, str]) -> None:
    """Note how far a followed file is taken (bytes, lines, digest of those bytes)."""
    rows(connection, "feed_moved", source, head_sha256, str(to[0]), str(to[1]), to[2])


def forget(connection: Connection, source: str, head_sha256: str) -> None:
    """Forget how far a stream was taken; the caller commits."""
    rows(connection, "feed_forget", source, head_sha256)


def file_known(connection: Connection, source: str, file_sha256: str) -> bool:
    """Say whether a file of the same content was loaded, or refused whole, as a source."""
    return bool(rows(connection, "feed_file_known", source, file_sha256)[0][0])


def compared_with(connection: Connection) -> int:
    """Return the number of the last load of what a feed is compared with: addresses, bells, boundaries."""
    return int(rows(connection, "feed_known")[0][0])


def bells(connection: Connection) -> dict[str, tuple[float, float]]:
    """Return the emergency bells: key -> x, y in the district's CRS."""
    return {str(key): (float(x), float(y)) for key, x, y in rows(connection, "feed_bells")}
