"""Full lists: what an earlier one named and the one at hand no longer does. On an open load, after its rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.store.writes import Batch, rows


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier state of the list at hand: its load, the day it described, its objects, and how many are missing now."""

    batch_id: int
    reference_date: dt.date
    objects: int
    missing: int


def before(batch: Batch, source: str) -> Earlier | None:
    """Return the latest full list of a source that is an earlier state of the staged one, None when there is none."""
    found = rows(batch.connection, "list_before", source)
    return Earlier(*found[0]) if found else None


def keep(batch: Batch, earlier: Earlier | None) -> None:
    """Keep what the staged list names, after the merge; of the earlier one what it could not end stays named."""
    rows(batch.connection, "list_keep", "" if earlier is None else str(earlier.batch_id))


def end_missing(batch: Batch, earlier: Earlier) -> int:
    """End the cameras of records that the earlier list named and the staged one does not; return how many.

    Where a row without a number is in quarantine, it may be any of the records without one: those stay.
    """
    which = "numbered" if rows(batch.connection, "list_uncertain") else "all"
    (ended,) = rows(batch.connection, "merge_camera_missing", str(earlier.batch_id), which)[0]
    return int(ended)
