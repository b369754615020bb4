"""What leaves the house as tables, and the access log's entries for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from etl.db import Database
from etl.store.queries import rows, run

Row = dict[str, object]


def note_export(
    db: Database, what: str, *, who: str, purpose: str, rows: int, detail: Mapping[str, object]
) -> None:
    """Write one row of the access log for an export, and one line of the server's log. Raises for a blank purpose.

    who  the person that takes it; the login that really connected is written beside it
    """
    values = {
        "what": what,
        "who": who,
        "purpose": purpose,
        "rows": rows,
        "detail": json.dumps(dict(detail), default=str),
    }
    with db.engine.begin() as connection:
        run(connection, "note_export", values)


def cameras_out(db: Database, at: date, *, edition: str) -> list[Row]:
    """Return the cameras active at a day, with the columns that an edition may have (public, committee or internal).

    lat and lon are degrees in EPSG:4326; dong is None for a camera outside all of them.
    """
    with db.engine.connect() as connection:
        return rows(connection, f"export_cameras_{edition}", {"at": at})


def incident_counts_by_dong(db: Database, since: datetime, until: datetime) -> list[Row]:
    """Return month (YYYY-MM), dong_code, dong_ko, dong_en, class_code, class_name and n: from since up to, not with, until.

    Exercises, repeated calls and false alarms are left out; the dong is None for a call without a place in one. Counts alone: no trace.
    """
    values = {"since": since, "until": until}
    with db.engine.connect() as connection:
        return rows(connection, "incident_counts_by_dong", values)


def plan_out(db: Database, plan_id: int | None) -> list[Row]:
    """Return the proposed cameras of a plan (None: the last one) as chosen: plan_id, order_no, dong, lat and lon in degrees,
    heading_deg, gain (share of the risk that it adds), price_won. Empty for a plan that is none."""
    with db.engine.connect() as connection:
        return rows(connection, "plan_out", {"plan_id": plan_id})


def dong_out(db: Database) -> list[Row]:
    """Return dong_code, dong_ko and dong_en of each dong, by code."""
    with db.engine.connect() as connection:
        return rows(connection, "dong_out")


def access_log(db: Database, since: datetime) -> list[Row]:
    """Return who read or took what since a moment, the last first; `db` opened as owner, whom alone the log answers.

    at (UTC), who (as the program said), login (who really connected), role, action, object, purpose, rows, detail
    """
    with db.engine.connect() as connection:
        return rows(connection, "access_log", {"since": since})
