"""Refused rows followed: tied to the rows that repair them while a load runs, counted and read while they are open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from etl.reasons import REASONS
from etl.repairs import marks_in, restored
from etl.store import writes

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection

Row = dict[str, object]

_BECAME = {"duplicates": "duplicate", "outside": "outside"}


def as_refused(connection: Connection, source: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table of a load with long numbers that a spreadsheet rounded put back as they were refused.

    Tables without marks are returned as they are, and nothing is asked of the database.
    """
    marks = marks_in(rows)
    if not marks:
        return rows
    found = writes.rows(connection, "refusals_marked", json.dumps(marks), source)
    return restored(rows, {str(mark): json.loads(content) for mark, content in found})


def tie(batch: writes.Batch, left: pd.Series[str], *, part: bool) -> Mapping[str, object]:
    """Follow refused rows through a load that is about to be committed: write their lines and keys, tie those of earlier loads.

    A row of the file that is the same as one refused before (by its mark, as the same row of the same file, or by its key)
    and is not refused again repairs it; one that is refused again goes on as the same row.

    left     code of each row that left on its way, index row_no; of rows in quarantine too, which `keep_refusals` has kept
    part     the file holds marks
    Returns  notes of the batch, written already: refusals_repaired, refusals_again, marks_unknown; those that are not 0
    """
    gone = pd.DataFrame(
        {"row_no": left.index, "became": [_BECAME.get(REASONS[code].bucket) for code in left]}
    ).dropna()
    writes.stage_new(batch, "stage_left", gone)
    for query in ("refusals_told", "refusals_met"):
        writes.execute(batch.connection, query)
    counts = {
        "refusals_repaired": _count(batch, "refusals_repaired"),
        "refusals_again": _count(batch, "refusals_again"),
        "marks_unknown": _count(batch, "refusals_unmet") if part else 0,
    }
    notes: dict[str, object] = {name: n for name, n in counts.items() if n}
    if notes:
        writes.rows(batch.connection, "load_add_notes", json.dumps(notes))
    return notes


def _count(batch: writes.Batch, query: str) -> int:
    return int(writes.rows(batch.connection, query)[0][0])
