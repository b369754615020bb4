"""Refused rows followed: tied to the rows that repair them while a load runs, counted and read while they are open."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from etl.db import Database
from etl.repairs import marks_in, restored
from etl.store import writes
from etl.store.queries import rows, run

# What a cell of `raw` and `notes` may be is for the file to say.
Row = dict[str, Any]


def as_refused(batch: writes.Batch, table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a load with long numbers that a spreadsheet rounded put back as they were refused.

    Tables without marks are returned as they are, and nothing is asked of the database.
    """
    marks = marks_in(table)
    if not marks:
        return table
    found = writes.rows(batch.connection, "refusals_marked", json.dumps(marks), str(batch.batch_id))
    return restored(table, {str(mark): json.loads(content) for mark, content in found})


def tie(batch: writes.Batch, *, part: bool) -> dict[str, object]:
    """Follow refused rows through a load that is finished: write their lines and keys, tie those of earlier loads.

    A row of the file that is the same as one refused before (by its mark, as the same row of the same file, or by its key)
    and is not refused again repairs it; one that is refused again goes on as the same row. A camera's row that bore no number
    is tied by its agency and address where in both files they are those of this one row. What the load's rows are like is
    counted too (meta.load_profile), for the sheet of the source's quality. The batch must be finished, not committed.

    part     the file is a part of a list: nothing but what it names is spoken of
    Returns  notes of the batch, written already: refusals_repaired, refusals_again, marks_unknown, those that are not 0; of a
             part also `part`, the number of its rows that bear a mark
    """
    for query in ("refusals_told", "refusals_met", "refusals_met_address", "load_profile"):
        writes.execute(batch.connection, query)
    counts = {
        "refusals_repaired": _count(batch, "refusals_repaired"),
        "refusals_again": _count(batch, "refusals_again"),
        "marks_unknown": _count(batch, "refusals_unmet") if part else 0,
    }
    notes: dict[str, object] = {name: n for name, n in counts.items() if n}
    if part:
        notes["part"] = _count(batch, "rows_marked")
    if notes:
        writes.rows(batch.connection, "load_add_notes", json.dumps(notes))
    return notes


def open_refusals(
    db: Database,
    *,
    source: str | None,
    batch_id: int | None,
    reason: str | None,
    purpose: str,
    who: str | None,
) -> list[Row]:
    """Return refused rows that no later file repaired, as they were read, of a source, a load and a reason (None: all).

    batch_id, source, file_name, notes (of the load), row_no, line_no (None: unknown), reasons, severity, raw (canonical
    name -> cell), mark. The read leaves a row in the access log. Raises the driver's error when the purpose is blank.
    """
    asked = {"source": source, "batch_id": batch_id, "reason": reason, "purpose": purpose}
    with db.engine.begin() as connection:
        if who is not None:
            run(connection, "told_who", {"who": who})
        return list(rows(connection, "open_refusals", asked))


def refusals_by_reason(db: Database) -> list[Row]:
    """Return source, batch_id, code, severity and n of rows in quarantine that no later file repaired, the most first."""
    with db.engine.connect() as connection:
        return rows(connection, "refusals_by_reason")


def refusals_by_file(db: Database) -> list[Row]:
    """Return what became of the rows that each load refused, the last load first.

    batch_id, source, file_name, started_at (UTC), rows_in, refused = repaired + again + settled + open
    """
    with db.engine.connect() as connection:
        return rows(connection, "refusals_by_file")


def refusals_closed(db: Database, *, source: str | None, batch_id: int | None, reason: str | None) -> Row:
    """Return how many refused rows are `repaired`, and `settled`: nothing is to be mended in them. None: all."""
    asked = {"source": source, "batch_id": batch_id, "reason": reason}
    with db.engine.connect() as connection:
        return rows(connection, "refusals_closed", asked)[0]


def loads_known(db: Database) -> list[Row]:
    """Return batch_id and source of every load, the last first."""
    with db.engine.connect() as connection:
        return rows(connection, "loads_known")


def _count(batch: writes.Batch, query: str) -> int:
    return int(writes.rows(batch.connection, query)[0][0])
