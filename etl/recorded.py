"""What a load records and answers: its notes, its counts, and files that were refused whole."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time

import shapely

from etl import clock, coordinates
from etl.orders import Order, on_plane
from etl.passage import Passage
from etl.persons import refusal_detail
from etl.reasons import InputRefused
from etl.registry_fit import against_registry
from etl.release import code_digest
from etl.results import LoadResult, tally
from etl.rows import Door, Reading
from etl.store import merges, refusals, rules, writes

# A road and a lot address of one row that lie further apart are not of one building.
_APART_M = 500.0
_COUNTS = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")


def noted(order: Order, passage: Passage, stated: dt.date | None) -> dict[str, object]:
    """Return what a load notes of a file beside what its source said."""
    reading = passage.reading
    notes: dict[str, object] = {
        "code": code_digest(),
        "replay": {
            "crs": reading.crs,
            "columns": passage.columns,
            "exact": list(reading.exact),
            "offices": list(reading.offices),
        },
        **passage.diagnosis.notes(),
    }
    away = rules.elsewhere(passage.batch)
    if away:
        notes["address_elsewhere"] = dict(away)
    if any({"address_road", "address_lot"} <= set(columns) for columns in passage.columns.values()):
        apart = rules.addresses_apart(passage.batch, apart_m=_APART_M)
        notes |= {"addresses_apart": apart} if apart else {}
    if stated is None:
        notes["undated"] = True
    if order.replays is not None:
        notes["replay_of"] = order.replays
    if passage.rows_in and not rules.any_taken(passage.batch):
        notes["nothing_taken"] = True
    if passage.job.source == "boundaries":
        notes |= against_registry(passage.batch, passage.door, passage.district_ko)
    ahead = passage.reading.reference_date
    if ahead is not None and ahead > passage.door.today:
        notes["day_ahead"] = ahead.isoformat()
    notes |= _outline_of(passage.batch, passage.reading, passage.door)
    if passage.door.outline is None and passage.reading.bound is None and passage.job.source != "boundaries":
        notes["outline"] = "none is loaded: no row could be told to lie outside"
    return notes


def result_of(order: Order, passage: Passage, outcome: writes.Outcome) -> LoadResult:
    left = passage.refusals(keep=order.replays is None)
    buckets, reasons = tally(left)
    return LoadResult(
        batch_id=passage.batch.batch_id,
        source=order.job.source,
        file=order.file_name,
        file_sha256=order.digest,
        status="done",
        district=order.db.district.name,
        invented=order.db.district.invented,
        dry_run=order.dry_run,
        encoding=passage.reading.encoding,
        form=passage.reading.form,
        reference_date=passage.batch.reference_date,
        rows_in=passage.rows_in,
        inserted=outcome.inserted,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        retired=outcome.retired,
        **buckets,
        repaired=dict(passage.repaired.most_common()),
        reasons=reasons,
        notes=passage.notes,
        seconds=round(time.perf_counter() - order.started, 3),
    )


def same_as(order: Order, batch: writes.Batch, result: LoadResult) -> int | None:
    """Return the earlier load beside which nothing of this one needs to be written, None when it must be."""
    if order.replays is not None:
        return order.replays
    told = ("batch_id", "file_sha256", "rows_in", "quarantined", "duplicates", "outside", "reasons", "notes")
    return writes.same_file(batch, {"source": order.source, **{name: getattr(result, name) for name in told}})


def finish(batch: writes.Batch, result: LoadResult) -> None:
    if not result.balanced:
        raise AssertionError(f"rows are not accounted for: {result}")
    counted = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired",
               "reasons", "repaired", "notes", "status", "seconds")  # fmt: skip
    writes.finish(batch, {name: getattr(result, name) for name in counted})


def tied(order: Order, passage: Passage, result: LoadResult) -> LoadResult:
    """Follow refused rows through a load that is finished: return its result with what is noted of them."""
    if order.replays is not None:
        return result
    notes = refusals.tie(passage.batch, part=order.terms.part or passage.is_part)
    return dataclasses.replace(result, notes={**result.notes, **notes})


def record_refused(order: Order, error: InputRefused) -> LoadResult:
    """Record that a whole file was refused, once: the same file refused for the same reason again writes nothing.

    Where there is no file, nothing was loaded: nothing is recorded of it.
    """
    district = order.db.district
    seconds = round(time.perf_counter() - order.started, 3)
    batch_id = None
    # what is quoted of a file about persons, its name or what a parser says of it, may name one
    detail = refusal_detail(order.job.source, error.reason, error.detail)
    if not order.dry_run and error.reason != "NO_FILE":
        with writes.writing(order.db, order.job.alone, order.terms) as connection:
            facts = {"source": order.source, "file_name": order.file_name, "file_sha256": order.digest or None,
                     "invented": district.invented, "notes": {"detail": detail}, "rows_in": 0}  # fmt: skip
            batch_id = writes.same_refusal(connection, {**facts, "reasons": {error.reason: 1}})
            if batch_id is None:
                day = clock.today(district.zone)
                batch = writes.begin(connection, district.srid, facts, reference_date=day)
                writes.finish(batch, {**dict.fromkeys(_COUNTS, 0), "reasons": {error.reason: 1}, "repaired": {},
                                      "notes": facts["notes"], "status": "refused", "seconds": seconds})  # fmt: skip
                connection.commit()
                batch_id = batch.batch_id
    return LoadResult(
        batch_id, order.job.source, order.file_name, order.digest, "refused", district.name, district.invented,
        order.dry_run, reasons={error.reason: 1}, notes={"detail": detail}, seconds=seconds,
    )  # fmt: skip


def _outline_of(batch: writes.Batch, reading: Reading, door: Door) -> dict[str, object]:
    if reading.bound is None:
        return {}
    bound = on_plane(reading.bound, reading.crs or coordinates.WGS84, door.srid)
    frame = bound if door.outline is None else bound.intersection(door.outline)
    if frame.is_empty or not merges.merge_outline(batch, shapely.to_wkb(frame, hex=True)):
        return {}
    return {"outline": "made of the extent of the map: no boundary was loaded"}
