"""A load run again from the rows that were kept of it: without its file, and with the same result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from etl.db import Database
from etl.errors import PlatformError
from etl.reasons import UNSHAPED
from etl.rows import BLOCK_ROWS, Block, Reading
from etl.scrub import rearm
from etl.store import replays
from etl.store.lists import Earlier


class NotReplayable(PlatformError):
    """The load is none that was done, or its rows are not kept one by one."""


def record_of(db: Database, batch_id: int) -> dict[str, Any]:
    """Return the record of a load that can be run again. Raises NotReplayable."""
    record = replays.batch(db, batch_id)
    if record is None:
        raise NotReplayable(f"There is no load {batch_id}.")
    if record["status"] != "done":
        raise NotReplayable(f"Load {batch_id} was {record['status']}: it left nothing to run again.")
    if record["form"] == "feed":
        raise NotReplayable(
            f"Load {batch_id} is of a feed: its lines counted in the order in which they came."
        )
    if "replay" not in record["notes"]:
        raise NotReplayable(f"Load {batch_id} was made before loads noted what a replay needs.")
    if any("raster" in columns for columns in record["notes"]["replay"]["columns"].values()):
        raise NotReplayable(f"Load {batch_id} is of terrain, which is kept as tiles; load its file again.")
    return record


def followed_by(record: Mapping[str, Any]) -> Earlier | None:
    """Return the earlier state of the full list that a load followed, None for a load that followed none."""
    told = record["notes"].get("follows")
    return (
        None
        if told is None
        else Earlier(**{**told, "reference_date": dt.date.fromisoformat(told["reference_date"])})
    )


def reading_of(db: Database, record: Mapping[str, Any]) -> Reading:
    """Return a load's kept rows as a reading, in blocks; scrubbed already, so nothing else is changed."""
    needs: dict[str, Any] = record["notes"]["replay"]
    columns: dict[str, list[str]] = needs["columns"]
    batch_id = int(record["batch_id"])
    unshaped = replays.unshaped(db, batch_id, sorted(UNSHAPED))
    undated = bool(record["notes"].get("undated"))

    def stream() -> Iterator[Block]:
        done = 0
        for page in replays.kept(db, batch_id, size=BLOCK_ROWS):
            done += len(page)
            for name in dict.fromkeys(content["table"] for _, content in page):
                rows = {row_no: content for row_no, content in page if content["table"] == name}
                yield Block(
                    name,
                    _frame(rows, columns[name]),
                    {row_no: unshaped[row_no] for row_no in rows if row_no in unshaped},
                    share=done / max(1, int(record["rows_in"])),
                )

    return Reading(
        tables={},
        form=str(record["form"]),
        encoding=record["encoding"],
        crs=needs["crs"],
        reference_date=None if undated else dt.date.fromisoformat(record["reference_date"]),
        exact=needs["exact"],
        offices=needs["offices"],
        stream=stream,
    )


def _frame(rows: Mapping[int, Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    index = pd.Index(list(rows), name="row_no")
    cells: dict[str, pd.Series] = {}
    for name in columns:
        kept = [content.get(name) for content in rows.values()]
        if name == "geometry":
            shapes = shapely.from_wkb(np.array(kept, dtype=object))
            cells[name] = pd.Series(list(shapes), index=index, dtype=object)
        else:
            cells[name] = pd.Series([rearm(cell or "") for cell in kept], index=index, dtype="str")
    return pd.DataFrame(cells, index=index)
