"""The use of the jobs: one file into one district's database, wholly or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from etl import coordinates
from etl.db import Database
from etl.dry import Sorted, bounded, scrubbed, sort
from etl.elsewhere import elsewhere
from etl.errors import PlatformError
from etl.fingerprints import row_hashes
from etl.jobs import JOBS
from etl.parts import Job, Part
from etl.reading import sha256
from etl.reasons import REASONS, InputRefused
from etl.results import LoadResult, by_reason, by_repair, tally
from etl.rows import REASON, REPAIRED, Door, Reading, reference_of
from etl.scrub import disarm, scrub
from etl.steps import EARLIEST
from etl.store import merges, writes
from etl.unstated import looks_like

Progress = Callable[[int, int], None]

_MERGES: dict[str, Callable[[writes.Batch, pd.DataFrame], writes.Outcome]] = {
    "camera": merges.merge_cameras,
    "survey": merges.merge_survey,
    "status": merges.merge_status,
    "boundary": merges.merge_boundaries,
    "alley": merges.merge_alleys,
}

# Their merges compare rows by hash, as `merge_by_key` does.
_HASHED = ("boundary", "alley")


class UnknownSource(PlatformError):
    """No job has this name, or `layer` came without a name."""


@dataclass(slots=True)
class _Steps:
    """Progress, counted out as the load goes."""

    report: Progress | None
    total: int
    done: int = 0

    def next(self) -> None:
        """Tell that one more step is done."""
        self.done += 1
        if self.report is not None:
            self.report(self.done, self.total)


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for."""

    db: Database
    job: Job
    file: Path
    digest: str
    layer: str | None
    dry_run: bool
    started: float = field(default_factory=time.perf_counter)

    @property
    def file_name(self) -> str:
        """Return the file's name as it may be stored: it too may hold a person's number."""
        return scrub(self.file.name) or "unnamed"


def load(
    db: Database,
    source: str,
    file: Path,
    *,
    layer: str | None = None,
    dry_run: bool = False,
    assume_crs: int | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Load a file (or folder) into a district: decode, shape, scrub, keep raw, clean, refuse, merge, record.

    db          opened with role 'loader'
    source      a name of etl.jobs; 'layer' also needs `layer`, the layer's name
    dry_run     do all of it, answer, and leave nothing behind
    assume_crs  EPSG code of the file's coordinates, over what the file states or its source takes for granted
    progress    called with (done, total) steps
    Raises      UnknownSource; InputRefused when the whole file is refused (its `result` tells, the batch is
                recorded as refused). Anything else that is raised leaves the database as it was.
    """
    job = find_job(source, layer=layer)
    try:
        there = _exists(file)
        order = _Order(db, job, file, sha256(file) if there else "", layer, dry_run)
        if not there:
            raise InputRefused("NO_FILE", file.name)
        reading = bounded(job.read(file))
        if assume_crs is not None:
            noted = {**reading.notes, "assumed_crs": assume_crs}
            reading = dataclasses.replace(reading, crs=assume_crs, notes=noted)
        if reading.crs is None:
            middle = db.district.center
            raise InputRefused("NO_CRS", looks_like(reading, lon=middle.lon, lat=middle.lat))
        return _load(order, reading, progress)
    except InputRefused as error:
        error.result = _record_refused(order, error)
        raise


def find_job(source: str, *, layer: str | None = None) -> Job:
    """Return the job of a name. Raises UnknownSource, naming the ones there are."""
    for job in JOBS:
        if job.source == source:
            if (source == "layer") != bool(layer):
                raise UnknownSource("A layer needs a name: golmok load layer NAME FILE.")
            return job
    raise UnknownSource(
        f"No source is called {source!r}; there are: {', '.join(job.source for job in JOBS)}."
    )


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False  # no file can bear such a name
        raise


def _load(order: _Order, reading: Reading, progress: Progress | None) -> LoadResult:
    present = sum(part.table in reading.tables for part in order.job.parts)
    steps = _Steps(progress, total=len(order.job.parts) + present + 3)
    tables = scrubbed(reading)
    steps.next()
    with writes.writing(order.db, order.job.alone) as connection:
        door = _door(order, reading, writes.outline(connection))
        sorted_parts = []
        for part in order.job.parts:
            if part.table in tables:
                sorted_parts.append(sort(part, tables[part.table], reading=reading, door=door))
            steps.next()
        facts = _facts(order, reading, tables)
        stated = _reference_date(reading, sorted_parts, door)
        day = stated or door.today
        batch = writes.begin(connection, door.srid, facts, reference_date=day)
        writes.keep_raw(batch, _content(tables))
        steps.next()
        notes = dict(reading.notes) | elsewhere(
            [part.good for part in sorted_parts], order.db.district.name_ko
        )
        if stated is None:
            notes["undated"] = True
        outcome, refused = _merge(order, batch, parts=sorted_parts, steps=steps)
        notes |= _outline_of(batch, reading, door)
        if door.outline is None and reading.bound is None and order.job.source != "boundaries":
            notes["outline"] = "none is loaded: no row could be told to lie outside"
        result = _result(order, batch, reading=reading, outcome=outcome, rest=(sorted_parts, refused, notes))
        _finish(batch, result, refused)
        if not order.dry_run:
            connection.commit()
    steps.next()
    return dataclasses.replace(result, batch_id=None) if order.dry_run else result


def _door(order: _Order, reading: Reading, outline: shapely.Polygon | shapely.MultiPolygon | None) -> Door:
    district = order.db.district
    if outline is None and district.extent is not None and order.job.source != "boundaries":
        outline = _on_plane(shapely.box(*district.extent), coordinates.WGS84, district.srid)
    if outline is None and reading.bound is not None:
        outline = _on_plane(reading.bound, reading.crs or coordinates.WGS84, district.srid)
    return Door(
        srid=district.srid,
        zone=district.timezone,
        today=dt.datetime.now(district.zone).date(),
        crs=reading.crs or coordinates.WGS84,
        codes=district.boundary_codes,
        outline=outline,
        reference_date=reading.reference_date,
    )


def _reference_date(reading: Reading, parts: list[Sorted], door: Door) -> dt.date | None:
    """Return the day that the file, or the latest of its rows, says; None where nothing does."""
    said = [day for part in parts if (day := reference_of(part.good, zone=door.zone)) is not None]
    stated = reading.reference_date
    if stated is not None and EARLIEST <= stated <= door.today:
        return stated
    return max(said, default=None)


def _facts(order: _Order, reading: Reading, tables: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    return {
        "source": order.job.source if order.layer is None else f"layer {order.layer}",
        "file_name": order.file_name,
        "file_sha256": order.digest or None,
        "encoding": reading.encoding,
        "form": reading.form,
        "rows_in": sum(map(len, tables.values())),
        "invented": order.db.district.invented,
        "notes": dict(reading.notes),
    }


def _merge(
    order: _Order, batch: writes.Batch, *, parts: list[Sorted], steps: _Steps
) -> tuple[writes.Outcome, pd.DataFrame]:
    outcomes = []
    gone = [part.refused for part in parts]
    for each in parts:
        shaped = each.part.shape(each.good)
        outcome = _merge_part(
            order, batch, part=each.part, frame=shaped.drop(columns=[REPAIRED], errors="ignore")
        )
        outcomes.append(outcome)
        late = pd.Series(dict(outcome.refused or {}), dtype="str")
        if len(late):
            rows = each.good.loc[late.index]
            gone.append(rows.assign(**{REASON: late}))
        steps.next()
    total = writes.Outcome(*(sum(getattr(o, name) for o in outcomes)
                             for name in ("inserted", "updated", "unchanged", "retired")))  # fmt: skip
    return total, pd.concat(gone)[[REASON, REPAIRED]]


def _merge_part(order: _Order, batch: writes.Batch, *, part: Part, frame: pd.DataFrame) -> writes.Outcome:
    if frame.empty and part.target != "status":
        return writes.Outcome()
    if part.target in _MERGES:
        columns = _with_hash(frame) if part.target in _HASHED else frame
        return _MERGES[part.target](batch, columns)
    if part.target == "layer":
        about = {"name": order.layer or "", "title_ko": "", "title_en": "", "origin": order.file_name,
                 "geometry_kind": _geometry_kind(frame["geom"])}  # fmt: skip
        return merges.merge_layer(batch, _with_hash(frame), about=about)
    return writes.merge_by_key(batch, _with_hash(frame), part.target, key=[part.key])


def _with_hash(frame: pd.DataFrame) -> pd.DataFrame:
    hashed = frame.rename(columns={"geom": "geometry"})
    return frame.assign(row_hash=row_hashes(hashed, sorted(hashed.columns)))


def _geometry_kind(shapes: pd.Series) -> str:
    kinds = {0: "point", 4: "point", 1: "line", 5: "line"}
    return kinds.get(int(shapely.get_type_id(shapes.iloc[0])), "area")


def _content(tables: Mapping[str, pd.DataFrame]) -> dict[int, dict[str, object]]:
    """Return the rows as read: text without formulas that a spreadsheet would run, geometry as hexadecimal WKB."""
    content: dict[int, dict[str, object]] = {}
    for name, rows in tables.items():
        columns = {column: _plain(rows[column]) for column in rows.columns if column != REPAIRED}
        named = list(columns)
        for row_no, *cells in zip(rows.index, *columns.values(), strict=True):
            content[int(row_no)] = {
                "table": name,
                **{c: v for c, v in zip(named, cells, strict=True) if v != ""},
            }
    return content


def _plain(column: pd.Series) -> list[object]:
    if column.name == "geometry":
        return list(shapely.to_wkb(coordinates.shapes_of(column), hex=True))
    return [disarm(cell) if isinstance(cell, str) else str(cell) for cell in column.fillna("")]


def _outline_of(batch: writes.Batch, reading: Reading, door: Door) -> dict[str, object]:
    if reading.bound is None:
        return {}
    bound = _on_plane(reading.bound, reading.crs or coordinates.WGS84, door.srid)
    frame = bound if door.outline is None else bound.intersection(door.outline)
    if frame.is_empty or not merges.merge_outline(batch, shapely.to_wkb(frame, hex=True)):
        return {}
    return {"outline": "made of the extent of the map: no boundary was loaded"}


def _on_plane(area: shapely.Polygon, source: int | str, srid: int) -> shapely.Polygon:
    # long straight edges in degrees are curves on the plane
    pieces = np.array([shapely.segmentize(area, 0.01)], dtype=object)
    moved = coordinates.to_srid(pieces, source=source, srid=srid)[0]
    return moved if isinstance(moved, shapely.Polygon) else shapely.Polygon()


def _result(
    order: _Order,
    batch: writes.Batch,
    *,
    reading: Reading,
    outcome: writes.Outcome,
    rest: tuple[list[Sorted], pd.DataFrame, Mapping[str, object]],
) -> LoadResult:
    parts, refused, notes = rest
    return LoadResult(
        batch_id=batch.batch_id,
        source=order.job.source,
        file=order.file_name,
        file_sha256=order.digest,
        status="done",
        district=order.db.district.name,
        invented=order.db.district.invented,
        dry_run=order.dry_run,
        encoding=reading.encoding,
        form=reading.form,
        reference_date=batch.reference_date,
        rows_in=sum(map(len, reading.tables.values())),
        inserted=outcome.inserted,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        retired=outcome.retired,
        **tally(refused),
        repaired=by_repair(pd.concat([refused, *(part.good for part in parts)])),
        reasons=by_reason(refused),
        notes=notes,
        seconds=round(time.perf_counter() - order.started, 3),
    )


def _finish(batch: writes.Batch, result: LoadResult, refused: pd.DataFrame) -> None:
    if not result.balanced:
        raise AssertionError(f"rows are not accounted for: {result}")
    kept = refused[[REASONS[code].bucket == "quarantined" for code in refused[REASON]]]
    if len(kept):
        weight = [REASONS[code].severity for code in kept[REASON]]
        writes.keep_refusals(
            batch, pd.DataFrame({"reasons": kept[REASON], "severity": weight}, index=kept.index)
        )
    counted = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired", "reasons",
               "repaired", "notes", "status", "seconds")  # fmt: skip
    writes.finish(batch, {name: getattr(result, name) for name in counted})


def _record_refused(order: _Order, error: InputRefused) -> LoadResult:
    district = order.db.district
    seconds = round(time.perf_counter() - order.started, 3)
    batch_id = None
    if not order.dry_run:
        with writes.writing(order.db, order.job.alone) as connection:
            facts = {"source": order.job.source, "file_name": order.file_name, "file_sha256": order.digest or None,
                     "invented": district.invented, "notes": {"detail": error.detail}, "rows_in": 0}  # fmt: skip
            batch = writes.begin(
                connection, district.srid, facts, reference_date=dt.datetime.now(district.zone).date()
            )
            none = dict.fromkeys(
                ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired"), 0
            )
            writes.finish(batch, {**none, "reasons": {error.reason: 1}, "repaired": {}, "notes": facts["notes"],
                                  "status": "refused", "seconds": seconds})  # fmt: skip
            connection.commit()
            batch_id = batch.batch_id
    return LoadResult(
        batch_id, order.job.source, order.file_name, order.digest, "refused", district.name, district.invented,
        order.dry_run, reasons={error.reason: 1}, notes={"detail": error.detail}, seconds=seconds,
    )  # fmt: skip
