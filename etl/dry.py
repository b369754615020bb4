"""A file read as a load would read it, with nothing written and no database asked: what holds, what leaves and why."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.delimited import CELL_CHARS
from etl.parts import Job, Part
from etl.reasons import InputRefused
from etl.repairs import unmarked, untold
from etl.rows import REASON, Door, Reading, measured, run
from etl.scrub import scrub_all, scrub_frame


@dataclass(frozen=True, slots=True)
class Sorted:
    """A part's rows after its steps: those that go on, and those that left, with their reason."""

    part: Part
    good: pd.DataFrame
    refused: pd.DataFrame


@dataclass(frozen=True, slots=True)
class DryReading:
    """What a load would make of a file.

    rows    of each part's table as it was read, scrubbed; index row_no
    parts   the same rows after the steps: each of them is in `good` or in `refused`
    """

    reading: Reading
    rows: dict[str, pd.DataFrame]
    parts: list[Sorted]


def bounded(reading: Reading) -> Reading:
    """Return the reading with cells cut and refused that are longer than any sheet's, and its notes scrubbed."""
    refused, tables = dict(reading.refused), {}
    for name, rows in reading.tables.items():
        tables[name], long = measured(rows, chars=CELL_CHARS)
        refused |= dict.fromkeys(long, "LONG_CELL")
    notes = {str(name): scrub_all(value) for name, value in reading.notes.items()}
    return dataclasses.replace(reading, tables=tables, refused=refused, notes=notes)


def scrubbed(reading: Reading) -> dict[str, pd.DataFrame]:
    """Return the tables of a reading without what may never be stored."""
    return {
        name: scrub_frame(untold(rows), offices=reading.offices, exact=reading.exact)
        for name, rows in reading.tables.items()
    }


def sort(part: Part, rows: pd.DataFrame, *, reading: Reading, door: Door) -> Sorted:
    """Return a part's scrubbed rows after its steps; those that could not be shaped leave first."""
    broken = pd.Series(
        {row_no: code for row_no, code in reading.refused.items() if row_no in rows.index}, dtype="str"
    )
    own = unmarked(rows)
    early = own.loc[broken.index].assign(**{REASON: broken})
    good, refused = run(own.drop(index=broken.index), part.steps, door)
    return Sorted(part, good, pd.concat([early, refused]) if len(early) else refused)


def read_dry(job: Job, file: Path) -> Reading:
    """Return what a job reads of a file, bounded. Raises InputRefused for a file that cannot be taken at all."""
    if not file.exists():
        raise InputRefused("NO_FILE", file.name)
    return bounded(job.read(file))


def sort_dry(job: Job, reading: Reading, door: Door) -> DryReading:
    """Return a reading's rows after the job's steps; `door` without an outline refuses none as outside."""
    rows = scrubbed(reading)
    parts = [
        sort(part, rows[part.table], reading=reading, door=door) for part in job.parts if part.table in rows
    ]
    return DryReading(reading, rows, parts)
