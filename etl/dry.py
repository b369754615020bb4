"""A file read as a load would read it, with nothing written and no database asked: what holds, what leaves and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.across import in_force, in_memory
from etl.delimited import CELL_CHARS
from etl.parts import Job, Part
from etl.reasons import InputRefused
from etl.repairs import unmarked, untold
from etl.rows import REASON, Block, Door, Reading, measured, run
from etl.scrub import scrub_all, scrub_frame


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows of a part after its steps.

    read     rows that could be shaped, their text tidied
    good     those of them that go on
    refused  those that left, and those that could not be shaped, with their reason
    """

    part: Part
    read: pd.DataFrame
    good: pd.DataFrame
    refused: pd.DataFrame


@dataclass(frozen=True, slots=True)
class DryReading:
    """What a load would make of a file.

    rows    of each part's table as it was read, scrubbed; index row_no
    parts   the same rows after the steps and the rules across rows: each of them is in `good` or in `refused`
    """

    reading: Reading
    rows: dict[str, pd.DataFrame]
    parts: list[Sorted]


def bounded(block: Block, reading: Reading) -> Block:
    """Return a block without what may never be stored, its cells cut and refused that are longer than any sheet's."""
    rows, long = measured(untold(block.rows), chars=CELL_CHARS)
    return Block(
        block.table,
        scrub_frame(rows, offices=reading.offices, exact=reading.exact),
        {**block.refused, **dict.fromkeys(long, "LONG_CELL")},
        scrubbed_notes(block.notes),
    )


def scrubbed_notes(notes: Mapping[str, object]) -> dict[str, object]:
    """Return what is noted of a file without what may never be stored."""
    return {str(name): scrub_all(value) for name, value in notes.items()}


def sort(part: Part, block: Block, door: Door) -> Sorted:
    """Return a block's bounded rows after a part's steps; those that could not be shaped leave first."""
    rows = unmarked(block.rows)
    broken = pd.Series({no: code for no, code in block.refused.items() if no in rows.index}, dtype="str")
    early = rows.loc[broken.index].assign(**{REASON: broken})
    read, gone = run(rows.drop(index=broken.index), part.steps[:1], door)
    good, refused = run(read, part.steps[1:], door)
    return Sorted(part, read, good, in_force([refused, gone, early]))


def read_dry(job: Job, file: Path) -> Reading:
    """Return what a job reads of a file, as a whole. Raises InputRefused for a file that cannot be taken at all."""
    if not file.exists():
        raise InputRefused("NO_FILE", file.name)
    return job.read(file).whole()


def sort_dry(job: Job, reading: Reading, door: Door) -> DryReading:
    """Return a whole reading's rows after the job's steps; `door` without an outline refuses none as outside."""
    whole = {
        name: bounded(Block(name, rows, reading.refused), reading) for name, rows in reading.tables.items()
    }
    noted = dataclasses.replace(reading, notes=scrubbed_notes(reading.notes))
    parts = [sort_whole(part, whole[part.table], door) for part in job.parts if part.table in whole]
    return DryReading(noted, {name: block.rows for name, block in whole.items()}, parts)


def sort_whole(part: Part, block: Block, door: Door) -> Sorted:
    """Return a part's rows, all of them in one block, after its steps and the rules across rows."""
    found = sort(part, block, door)
    if part.once is None:
        return found
    good, refused = in_memory(part.once, read=found.read, good=found.good)
    return dataclasses.replace(found, good=good, refused=in_force([refused, found.refused]))
