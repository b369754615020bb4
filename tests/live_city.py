"""A city in which calls come in: the toy city of the browser's tests, and the calls of a test, in and out of its sight."""

from __future__ import annotations

from sqlalchemy import text

from etl.db import Database

# P of tests/served_city.py moved by so many metres: two cameras see it or may; 300 m east nobody does.
SEEN, UNSEEN = 0.0, 300.0

_CALL = text(
    "insert into core.incident (incident_key, occurred_at, class_code, class_name, urgency, origin, closing_code, geom)"
    " select :key, clock_timestamp() - make_interval(mins => :ago_min), :code, :name, :urgency, '112', :closing,"
    " st_translate(st_transform(st_setsrid(st_makepoint(126.9368, 37.5791), 4326), 5186), :east_m, 0)"
)


def call(db: Database, key: str, *, east_m: float | None = SEEN, **facts: object) -> None:
    """Let a call come in, in a transaction of its own; robbery, code 1, just now, unless `facts` says otherwise."""
    said = {"code": "102", "name": "강도", "urgency": 1, "ago_min": 0, "closing": None} | facts
    with db.engine.begin() as connection:
        connection.execute(_CALL, {"key": key, "east_m": east_m, **said})


def close(db: Database, key: str) -> None:
    """Let a call be closed."""
    with db.engine.begin() as connection:
        connection.execute(
            text("update core.incident set closing_code = '101' where incident_key = :key"), {"key": key}
        )


def outage(db: Database, camera_key: str) -> None:
    """Let a camera go down now."""
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "insert into core.camera_status (camera_id, down_during)"
                " select camera_id, tstzrange(clock_timestamp() - interval '1 minute', null) from core.camera"
                " where camera_key = :key"
            ),
            {"key": camera_key},
        )
