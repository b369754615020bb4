"""The use of the jobs: one file into one district's database, wholly or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from etl import coordinates
from etl.db import Database
from etl.errors import PlatformError
from etl.jobs import JOBS
from etl.parts import Job
from etl.passage import Passage
from etl.reading import sha256
from etl.reasons import InputRefused
from etl.release import code_digest
from etl.results import LoadResult, tally
from etl.rows import Door, Reading
from etl.scrub import scrub
from etl.steps import EARLIEST
from etl.store import lists, merges, rules, writes
from etl.unstated import looks_like

Progress = Callable[[int, int], None]

# Of a hundred: reading and staging, then merging, then the end.
_READ, _MERGED, _ALL = 70, 95, 100


# A list that lost a greater share of its rows is held until a person has looked.
_LOSS = 0.05


class UnknownSource(PlatformError):
    """No job has this name, or `layer` came without a name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says of a file.

    part          it is a part of the list: what it does not name is neither missed nor ended
    accept_loss   it is the whole list although it lost more than 5 % of its rows
    """

    part: bool = False
    accept_loss: bool = False


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for."""

    db: Database
    job: Job
    file: Path
    digest: str
    layer: str | None
    dry_run: bool
    terms: Terms
    started: float = field(default_factory=time.perf_counter)

    @property
    def source(self) -> str:
        """Return what the batch is recorded as: each layer is a source of its own."""
        return self.job.source if self.layer is None else f"layer {self.layer}"

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
    terms: Terms = Terms(),
    progress: Progress | None = None,
) -> LoadResult:
    """Load a file (or folder) into a district: decode, shape, scrub, keep raw, clean, refuse, merge, record.

    db          opened with role 'loader'
    source      a name of etl.jobs; 'layer' also needs `layer`, the layer's name
    dry_run     do all of it, answer, and leave nothing behind
    assume_crs  EPSG code of the file's coordinates, over what the file states or its source takes for granted
    terms       what a person says of the file
    progress    called with (done, total) of the way
    Raises      UnknownSource; InputRefused when the whole file is refused (its `result` tells, the batch is
                recorded as refused). Anything else that is raised leaves the database as it was.
    """
    job = find_job(source, layer=layer)
    try:
        there = _exists(file)
        order = _Order(db, job, file, sha256(file) if there else "", layer, dry_run, terms)
        if not there:
            raise InputRefused("NO_FILE", file.name)
        reading = job.read(file)
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
    tell = progress or (lambda _done, _total: None)
    with writes.writing(order.db, order.job.alone) as connection:
        door = _door(order, reading, writes.outline(connection))
        batch = writes.begin(connection, door.srid, _facts(order, reading))
        passage = Passage(batch, order.job, reading, door, order.db.district.name_ko)
        passage.stage(progress=lambda share: tell(int(share * _READ), _ALL))
        stated = _reference_date(reading, passage.latest, door)
        passage.batch = writes.dated(batch, stated or door.today)
        listing = _listing(order, passage)
        outcome = passage.merge(_about(order))
        if listing is not None:
            ended = _keep_list(order, passage, listing.earlier)
            outcome = dataclasses.replace(outcome, retired=outcome.retired + ended)
        tell(_MERGED, _ALL)
        passage.notes |= _noted(passage, stated)
        result = _result(order, passage, outcome)
        same = None if outcome.changed else writes.same_file(passage.batch, _counted(order, result))
        _finish(passage.batch, result)
        if same is None and not order.dry_run:
            connection.commit()
    tell(_ALL, _ALL)
    if same is not None:
        result = dataclasses.replace(result, batch_id=same, notes={**result.notes, "same_file": same})
    return dataclasses.replace(result, batch_id=None) if order.dry_run else result


@dataclass(frozen=True, slots=True)
class _Listing:
    """The file is a full list; `earlier` is the state of it that it may follow."""

    earlier: lists.Earlier | None


def _listing(order: _Order, passage: Passage) -> _Listing | None:
    """Return the earlier state of a full list; None for a file that is none.

    Raises InputRefused LIST_SHRANK when too many objects are missing and nobody said that this is right.
    """
    named = any(name in order.job.lists for name in passage.columns)
    if not named or passage.is_feed or order.terms.part:
        return None
    earlier = lists.before(passage.batch, order.source)
    day = passage.batch.reference_date
    if earlier is None or day is None or earlier.reference_date > day:
        return _Listing(None)
    if earlier.missing > _LOSS * earlier.objects and not order.terms.accept_loss:
        told = (
            f"{earlier.missing:,} of the {earlier.objects:,} objects of load {earlier.batch_id} are missing"
        )
        raise InputRefused("LIST_SHRANK", told)
    return _Listing(earlier)


def _keep_list(order: _Order, passage: Passage, earlier: lists.Earlier | None) -> int:
    """Keep what a full list names; end the cameras of records that it no longer names, and return how many."""
    ended = 0
    if earlier is not None and order.job.source == "cameras":
        ended = lists.end_missing(passage.batch, earlier)
        passage.notes |= {"missing_ended": ended} if ended else {}
    lists.keep(passage.batch, earlier)
    return ended


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


def _reference_date(reading: Reading, said: dt.date | None, door: Door) -> dt.date | None:
    """Return the day that the file, or the latest of its rows, says; None where nothing does."""
    stated = reading.reference_date
    if stated is not None and EARLIEST <= stated <= door.today:
        return stated
    return said


def _facts(order: _Order, reading: Reading) -> dict[str, object]:
    return {
        "source": order.source,
        "file_name": order.file_name,
        "file_sha256": order.digest or None,
        "encoding": reading.encoding,
        "form": reading.form,
        "invented": order.db.district.invented,
    }


def _about(order: _Order) -> dict[str, str]:
    return {"name": order.layer or "", "title_ko": "", "title_en": "", "origin": order.file_name}


def _noted(passage: Passage, stated: dt.date | None) -> dict[str, object]:
    """Return what a load notes of a file beside what its source said."""
    notes: dict[str, object] = {"code": code_digest()}
    away = rules.elsewhere(passage.batch)
    if away:
        notes["address_elsewhere"] = dict(away)
    if stated is None:
        notes["undated"] = True
    notes |= _outline_of(passage.batch, passage.reading, passage.door)
    if passage.door.outline is None and passage.reading.bound is None and passage.job.source != "boundaries":
        notes["outline"] = "none is loaded: no row could be told to lie outside"
    return notes


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


def _result(order: _Order, passage: Passage, outcome: writes.Outcome) -> LoadResult:
    left = passage.refusals()
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


def _counted(order: _Order, result: LoadResult) -> dict[str, object]:
    told = ("batch_id", "file_sha256", "rows_in", "quarantined", "duplicates", "outside", "reasons", "notes")
    return {"source": order.source, **{name: getattr(result, name) for name in told}}


def _finish(batch: writes.Batch, result: LoadResult) -> None:
    if not result.balanced:
        raise AssertionError(f"rows are not accounted for: {result}")
    counted = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired",
               "reasons", "repaired", "notes", "status", "seconds")  # fmt: skip
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
                (
                    "rows_in",
                    "inserted",
                    "updated",
                    "unchanged",
                    "quarantined",
                    "duplicates",
                    "outside",
                    "retired",
                ),
                0,
            )
            writes.finish(batch, {**none, "reasons": {error.reason: 1}, "repaired": {}, "notes": facts["notes"],
                                  "status": "refused", "seconds": seconds})  # fmt: skip
            connection.commit()
            batch_id = batch.batch_id
    return LoadResult(
        batch_id, order.job.source, order.file_name, order.digest, "refused", district.name, district.invented,
        order.dry_run, reasons={error.reason: 1}, notes={"detail": error.detail}, seconds=seconds,
    )  # fmt: skip
