"""The use of the jobs: one file into one district's database, wholly or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path

from etl import clock, faults
from etl.db import Database
from etl.errors import PlatformError
from etl.full_lists import full_list, keep_list
from etl.jobs import JOBS, named
from etl.mapping import Mapping
from etl.orders import Order, about_layer, door_of, facts_of, reference_date_of
from etl.parts import Job
from etl.passage import Passage
from etl.reading import sha256
from etl.reasons import InputRefused
from etl.recorded import finish, noted, record_refused, result_of, same_as, tied
from etl.replay import followed_by, reading_of, record_of
from etl.results import LoadResult
from etl.rows import Reading
from etl.sources import mapped
from etl.steady import Stillness
from etl.store import keeping, places, writes
from etl.terms import USUAL
from etl.terms import Terms as Terms
from etl.unstated import looks_like
from etl.whole_outline import require_whole
from etl.wrong_source import require_source

Progress = Callable[[int, int], None]

# Of a hundred: reading and staging, then merging, then the end.
_READ, _MERGED, _ALL = 70, 95, 100


class UnknownSource(PlatformError):
    """No job has this name, or `layer` came without a name."""


def load(
    db: Database,
    source: str,
    file: Path,
    *,
    layer: str | None = None,
    dry_run: bool = False,
    assume_crs: int | None = None,
    mapping: Mapping | None = None,
    terms: Terms = USUAL,
    progress: Progress | None = None,
) -> LoadResult:
    """Load a file (or folder) into a district: decode, shape, scrub, keep raw, clean, refuse, merge, record.

    db          opened with role 'loader'
    source      a name of etl.jobs; 'layer' also needs `layer`, the layer's name
    dry_run     do all of it, answer, and leave nothing behind
    assume_crs  EPSG code of the file's coordinates, over what the file states or its source takes for granted
    mapping     how a file of incidents that no reader knows tells its rows
    terms       what a person says of the file, and how the load works beside others
    progress    called with (done, total) of the way
    Raises      UnknownSource; InputRefused when the whole file is refused (its `result` tells, the batch is
                recorded as refused, unless there is no file); ClockBack; KeepUnknown when the connection broke as the load was kept and
                nobody can be asked. Anything else that is raised leaves the database as it was: ConnectionCut,
                DatabaseFull, DatabaseBusy, ...
    """
    job = find_job(source, layer=layer)
    if mapping is not None:
        job = dataclasses.replace(job, read=mapped.reader(mapping, db.district.timezone))
    try:
        there = _exists(file)
        still = Stillness.of(file)
        order = Order(db, job, file.name, sha256(file) if there else "", layer, dry_run, terms, still)
        if not there:
            raise InputRefused("NO_FILE", file.name)
        if mapping is None:
            require_source(job, file)
        reading = job.read(file)
        if assume_crs is not None:
            said = {**reading.notes, "assumed_crs": assume_crs}
            reading = dataclasses.replace(reading, crs=assume_crs, notes=said)
        if reading.crs is None:
            middle = db.district.center
            raise InputRefused("NO_CRS", looks_like(reading, lon=middle.lon, lat=middle.lat))
        return faults.again(lambda: _load(order, reading, progress))
    except InputRefused as error:
        error.result = record_refused(order, error)
        raise


def replay(db: Database, batch_id: int, *, progress: Progress | None = None) -> LoadResult:
    """Run a load again from the rows that were kept of it: the same steps, the same day, the same result.

    Where the state holds what the load brought, nothing is written, and `batch_id` of the result is the load's own;
    where something of it is missing, it is written as a new load that names the old one.
    Raises   NotReplayable; whatever stops a load leaves the database as it was
    """
    record = record_of(db, batch_id)
    source, _, layer = str(record["source"]).partition(" ")
    day = dt.datetime.fromisoformat(record["started_at"]).astimezone(db.district.zone).date()
    order = Order(
        db,
        find_job(source, layer=layer or None),
        str(record["file_name"]),
        str(record["file_sha256"] or ""),
        layer or None,
        dry_run=False,
        terms=Terms(),
        today=day,
        replays=batch_id,
        follows=followed_by(record),
    )
    return faults.again(lambda: _load(order, reading_of(db, record), progress))


def find_job(source: str, *, layer: str | None = None) -> Job:
    """Return the job of a name. Raises UnknownSource, naming the ones there are."""
    for job in JOBS:
        if job.source == named(source):
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


def _load(order: Order, reading: Reading, progress: Progress | None) -> LoadResult:
    tell = progress or (lambda _done, _total: None)
    with writes.writing(order.db, order.job.alone, order.terms) as connection:
        last = None if order.terms.trust_clock else writes.last_load(connection)
        today = order.today or clock.today(order.db.district.zone, last)
        door = door_of(order, reading, writes.outline(connection), today=today)
        if order.job.source in places.LOOKED_UP:
            book = places.address_book(connection, door.name_ko)
            door = dataclasses.replace(door, addresses=book)
        batch = writes.begin(connection, door.srid, facts_of(order, reading))
        passage = Passage(batch, order.job, reading, door, order.db.district.name_ko)
        passage.stage(keep_raw=order.replays is None, progress=lambda share: tell(int(share * _READ), _ALL))
        if order.still is not None:
            order.still.require()
        stated = reference_date_of(reading, passage.latest, door)
        passage.batch = writes.dated(batch, stated or door.today)
        require_whole(order, passage)
        listing = full_list(order, passage)
        outcome = passage.merge(about_layer(order))
        if listing is not None:
            ended = keep_list(order, passage, listing.earlier)
            outcome = dataclasses.replace(outcome, retired=outcome.retired + ended)
        tell(_MERGED, _ALL)
        passage.notes |= noted(order, passage, stated)
        result = result_of(order, passage, outcome)
        same = None if outcome.changed else same_as(order, passage.batch, result)
        finish(passage.batch, result)
        result = tied(order, passage, result)
        if same is None and not order.dry_run:
            keeping.keep(order.db, passage.batch, lock=order.job.alone, file_sha256=order.digest)
    tell(_ALL, _ALL)
    if same is not None:
        of_same = {} if order.replays else {"same_file": same}
        result = dataclasses.replace(result, batch_id=same, notes={**result.notes, **of_same})
    return dataclasses.replace(result, batch_id=None) if order.dry_run else result
