"""Lines of a feed into a district: through the same steps, scrubbing and accounts as a file, in one load a day that grows.

Nothing is asked again for each line that a day does not change: the outline, the addresses and the bells are read anew only
when something of theirs was loaded since.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING

import pandas as pd

from etl import clock
from etl.db import Database
from etl.feed_jobs import FEEDS, FeedDoor
from etl.feed_lines import Event, call_of, health_of
from etl.guarded import Withheld
from etl.parts import Job
from etl.passage import Passage
from etl.persons import ABOUT_PERSONS, FORMS, kept
from etl.release import code_digest
from etl.results import LoadResult, tally
from etl.rows import Reading
from etl.settings import District
from etl.sources.status import HEALTH_NAMES
from etl.store import feeds, places, turns, writes
from etl.tails import Position, RawLine, Stream, Tail
from etl.terms import USUAL, Terms

if TYPE_CHECKING:
    from etl.store.feeds import Connection

FORM = "feed"
# Columns that a table has in any case, and those of them that scrubbing leaves alone.
_CALL = (*(name for name in FORMS[FORM] if name.isascii()),)
_COLUMNS = {
    "call": _CALL,
    "closing": ("incident_key", "class_code", "closing_code"),
    "status": tuple(HEALTH_NAMES),
}
_FREE = ("class_name", "address", "cause")


@dataclass(slots=True)
class Feed:
    """A feed of a source into a district: how its lines are read, and what is known at its door.

    source   incidents or status: what its loads are recorded as
    """

    db: Database
    source: str
    terms: Terms = USUAL
    job: Job = field(init=False)
    read: Callable[[bytes], Event] = field(init=False)
    _door: FeedDoor | None = None
    _door_of: int = -1

    def __post_init__(self) -> None:
        """Find the steps and the reader of the source."""
        self.job = FEEDS[self.source]
        self.read = call_of if self.source == "incidents" else health_of

    def door(self, connection: Connection) -> FeedDoor:
        """Return what is known of the district, read anew when it was loaded anew."""
        last = feeds.compared_with(connection)
        if self._door is None or last != self._door_of:
            self._door, self._door_of = _door(connection, self.db.district), last
        today = clock.today(self.db.district.zone)
        if today != self._door.today:
            self._door = replace(self._door, today=today)
        return self._door


def prepare(connection: Connection, feed: Feed) -> None:
    """Do once, for nothing, what a first line would wait for: read what is known of the district, and go all the way."""
    line = b'{"id": "0", "at": "2000-01-01T00:00Z", "camera": "0", "status": "down"}'
    turns.take(connection, feed.job.alone, feed.terms, ask=writes.rows)
    _load(connection, feed, [feed.read(line)], name=FORM, lines_before=0)
    connection.rollback()


def place(connection: Connection, feed: Feed, tail: Tail | Stream) -> None:
    """Let a file or stream go on from where it was taken before."""
    assert tail.head is not None
    held = feeds.position(connection, feed.source, tail.head)
    connection.rollback()
    tail.place(None if held is None else Position(*held))


def take(
    connection: Connection, feed: Feed, tail: Tail | Stream, *, lines: Sequence[RawLine]
) -> LoadResult | None:
    """Take lines, as many of the first ones as may go together, and keep them: rows, accounts and position, or nothing.

    lines    whole ones that `tail` gave, the oldest first
    Returns  what became of them; None when somebody else took them meanwhile: `tail` is to be placed anew
    Raises   DatabaseBusy when another load of the same tables did not end in time; what the database raises
    """
    assert tail.head is not None
    together = _together([(line, feed.read(line.text) if line.text.strip() else None) for line in lines])
    turns.take(connection, feed.job.alone, feed.terms, ask=writes.rows)
    held = feeds.position(connection, feed.source, tail.head)
    if held != (None if tail.known is None else _told(tail.known)):
        connection.rollback()
        tail.placed = False
        return None
    after = tail.after([line for line, _ in together])
    events = [event for _, event in together if event is not None]
    lines_before = tail.position.lines
    result = _load(connection, feed, events, name=tail.name, lines_before=lines_before) if events else None
    feeds.moved(connection, feed.source, tail.head, to=_told(after))
    connection.commit()
    tail.advance(after)
    return result or _empty(feed, tail.name)


def _load(
    connection: Connection, feed: Feed, events: Sequence[Event], *, name: str, lines_before: int
) -> LoadResult:
    started = time.perf_counter()
    district, door = feed.db.district, feed.door(connection)
    day = door.today.isoformat()
    before = feeds.of_day(connection, feed.source, day)
    first = 1 + (before or {}).get("rows_in", 0)
    reading = _reading(events, first_row=first, guarded=feed.source in ABOUT_PERSONS)
    batch = _batch(connection, feed, before)
    passage = Passage(batch, feed.job, reading, door, district.name_ko)
    passage.stage(progress=lambda _share: None)
    passage.batch = writes.dated(batch, door.today)
    outcome = passage.merge({})
    buckets, reasons = tally(passage.refusals())
    result = LoadResult(
        batch.batch_id, feed.source, name, "", "done", district.name, district.invented, False, form=FORM,
        reference_date=door.today, rows_in=passage.rows_in, inserted=outcome.inserted, updated=outcome.updated,
        unchanged=outcome.unchanged, retired=outcome.retired, quarantined=buckets["quarantined"],
        duplicates=buckets["duplicates"], outside=buckets["outside"], repaired=dict(passage.repaired), reasons=reasons,
        notes=passage.notes | {"code": code_digest(), FORM: {"day": day}}, seconds=round(time.perf_counter() - started, 3),
    )  # fmt: skip
    if not result.balanced:
        raise AssertionError(f"rows are not accounted for: {result}")
    feeds.add(passage.batch, before, {name: getattr(result, name) for name in (*feeds.COUNTS, "reasons", "repaired", "notes", "seconds")})  # fmt: skip
    feeds.follow_refusals(batch, first_row=first, lines_before=lines_before, refused=bool(result.quarantined))
    return result


def _batch(connection: Connection, feed: Feed, before: feeds.Record | None) -> writes.Batch:
    district = feed.db.district
    if before is not None:
        return feeds.reopened(connection, district.srid, int(before["batch_id"]))
    facts = {"source": feed.source, "file_name": FORM, "form": FORM, "invented": district.invented}
    return writes.begin(connection, district.srid, facts)


def _together(told: list[tuple[RawLine, Event | None]]) -> list[tuple[RawLine, Event | None]]:
    """Return the first lines that may be one load: of one thing one event, a call and its closing at most."""
    seen: dict[str, str] = {}

    def goes(each: tuple[RawLine, Event | None]) -> bool:
        event = each[1]
        if event is None or not event.about or event.fault:
            return True
        before = seen.setdefault(event.about, "")
        seen[event.about] = event.table
        return not before or (before, event.table) == ("call", "closing")

    return list(takewhile(goes, told))


def _reading(events: Sequence[Event], *, first_row: int, guarded: bool) -> Reading:
    tables: dict[str, pd.DataFrame] = {}
    notes: dict[str, object] = {}
    counted = Withheld()
    numbered = list(enumerate(events, first_row))
    for name in dict.fromkeys(event.table for event in events):
        rows = {number: event.cells for number, event in numbered if event.table == name}
        index = pd.Index(list(rows), name="row_no")
        frame = pd.DataFrame(
            {column: pd.Series([cells.get(column, "") for cells in rows.values()], index=index, dtype="str")
             for column in _COLUMNS[name]}, index=index)  # fmt: skip
        if guarded:
            stored = kept(frame, FORMS[FORM])
            frame, notes = stored.rows, counted.add(stored)
        tables[name] = frame
    return Reading(
        tables,
        form=FORM,
        refused={number: event.fault for number, event in numbered if event.fault},
        notes=notes,
        exact=tuple({name for columns in _COLUMNS.values() for name in columns} - set(_FREE)),
    )


def _door(connection: Connection, district: District) -> FeedDoor:
    return FeedDoor(
        srid=district.srid,
        zone=district.timezone,
        today=clock.today(district.zone),
        codes=district.boundary_codes,
        outline=writes.outline(connection),
        name_ko=district.name_ko,
        addresses=places.address_book(connection, district.name_ko),
        bells=feeds.bells(connection),
    )


def _told(position: Position) -> tuple[int, int, str]:
    return position.offset_bytes, position.lines, position.taken_sha256


def _empty(feed: Feed, name: str) -> LoadResult:
    district = feed.db.district
    return LoadResult(None, feed.source, name, "", "done", district.name, district.invented, False, form=FORM)
