"""What the board of open incidents says beside the points: places by their names, and how many cameras are down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from etl.db import Database
from etl.store.queries import rows, run

Row = dict[str, object]

# Farther away, an entrance or a street is no name of the place.
_ENTRANCE_M, _STREET_M = 30.0, 50.0


def open_incidents_coarse(db: Database, *, purpose: str, who: str | None) -> list[Row]:
    """Return the open incidents for whoever may not see every point; leave a row in the access log.

    purpose  why they are read, not blank
    who      the person; None is the database's user
    Rows     incident_key, occurred_at (UTC), class_code, class_name, urgency (0..4), lon, lat (None: no place), place_m (the
             point is the middle of a cell of so many metres; None: it is the point itself); in the order of
             `etl.store.live.open_incidents`
    """
    since = datetime.now(UTC) - timedelta(hours=db.district.live.open_hours)
    with db.engine.begin() as connection:
        if who is not None:
            run(connection, "reading_for", {"who": who})
        return rows(connection, "open_incidents_coarse", {"since": since, "purpose": purpose})


def named_nearby(db: Database, lon: float, lat: float) -> Row:
    """Return how a place is called: address (of an entrance within 30 m) and street (within 50 m); None unknown.

    lon, lat   degrees, EPSG:4326
    """
    values = {"entrance_m": _ENTRANCE_M, "street_m": _STREET_M, "srid": db.district.srid}
    with db.engine.connect() as connection:
        return rows(connection, "named_nearby", {"lon": lon, "lat": lat} | values)[0]


def cameras_out_of_order(db: Database, *, at: date) -> Row:
    """Return out_of_order and cameras: how many of the active cameras as at a day are down, and how many there are."""
    with db.engine.connect() as connection:
        return rows(connection, "cameras_out_of_order", {"at": at})[0]
