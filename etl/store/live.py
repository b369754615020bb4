"""What just happened: the outbox that triggers write, the incidents that are open, and waking up when there is news.

Who shows live events listens first, then reads from the last number it knows, and reads again after each waking and
after each new connection: numbers are given in the order of the commits, so nothing is missed and nothing comes twice.
"""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import psycopg2.extensions
from sqlalchemy.exc import DBAPIError

from etl import faults
from etl.db import Database
from etl.errors import DatabaseUnreachable, NotPermitted
from etl.store.queries import rows, run

Row = dict[str, object]

CHANNEL = "golmok_live"


def events_since(db: Database, event_id: int, *, limit: int = 1000) -> list[Row]:
    """Return what happened after an event, in the order of the commits, at most `limit` rows.

    event_id  the last one that is known; 0: from the oldest that is kept, two days back
    Rows      event_id, at (UTC), kind (incident | closed | health), incident_key, camera_key (one of the two is None)
    """
    asked = {"event_id": event_id, "at_most": limit}
    with db.engine.connect() as connection:
        return rows(connection, "live_events_since", asked)


def last_event(db: Database) -> int:
    """Return the number of the last event, 0 where none is kept. Lower than one already known: another database."""
    with db.engine.connect() as connection:
        return int(str(run(connection, "live_last_event").scalar()))


def forget_events(db: Database, *, older_than_hours: int = 48) -> int:
    """Delete older events from the outbox, `db` opened as loader; return how many. Their numbers are not given again."""
    with db.engine.begin() as connection:
        return int(str(run(connection, "live_forget", {"hours": older_than_hours}).scalar()))


def open_incidents(db: Database, *, role: str, purpose: str, who: str, only: str | None = None) -> list[Row]:
    """Return the open incidents, the most urgent first and of equals the latest; leaves a row in the access log.

    role     operator, auditor or analysis; the points are as they are
    who      the person or the service that asks
    only     the key of one: a list of that one, empty when it is not open
    Open     not closed, no exercise, no false alarm, no repeated call, and of the last hours that the district's file says
    Rows     incident_key, occurred_at (UTC), class_code, class_name, urgency (0..4), origin, bell_key, placed_by
             ('coordinates' | 'address' | 'bell'), place_confidence (0..1), lon, lat (EPSG:4326); each None where unknown
    Raises   NotPermitted for another role
    """
    asked = {"role": role, "purpose": purpose, "who": who, "key": only}
    try:
        with db.engine.begin() as connection:
            return rows(connection, "open_incidents", {**asked, "as_role": role})
    except DBAPIError as error:
        if isinstance(meant := faults.named(error), NotPermitted):
            raise meant from error
        raise


def listen(db: Database, *, heartbeat_s: float = 5.0) -> Iterator[int | None]:
    """Wait for events on a connection of its own: yield the last event's number at each waking, None at each heartbeat.

    The first thing it yields is None, as soon as it listens: who reads the outbox after that misses nothing. At each
    heartbeat the server is asked whether it is there. Closing the iterator closes the connection.
    Raises DatabaseUnreachable when there is no connection, or it is lost
    """
    try:
        with closing(_listening(db)) as connection:
            yield None
            while True:
                yield _next(connection, heartbeat_s)
    except psycopg2.Error as error:
        raise DatabaseUnreachable(faults.first_line(error)) from error


def _listening(db: Database) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(db.uri, connect_timeout=10, application_name="golmok listens")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"listen {CHANNEL}")
    except BaseException:
        connection.close()
        raise
    return connection


def _next(connection: psycopg2.extensions.connection, heartbeat_s: float) -> int | None:
    # What came while the caller was at work is there already, and no socket would tell.
    connection.poll()
    if not connection.notifies and not any(select.select([connection], [], [], heartbeat_s)):
        with connection.cursor() as cursor:
            cursor.execute("select")
    connection.poll()
    told = [int(each.payload) for each in connection.notifies if each.payload]
    connection.notifies.clear()
    return max(told, default=None)
