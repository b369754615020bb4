"""What a district holds: the answer of `golmok status`. Light to import."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from app.services import alarms
from etl.db import Database
from etl.store import status as store
from etl.store.days import today


def status(db: Database, *, at: date | None = None) -> dict[str, Any]:
    """Return district, database, counts and loads as at a day (None is today), and whether all of it is invented.

    alarms  sources that are late today and lists that shrank, see app.services.alarms
    """
    known = store.status(db, at=at)
    loads = cast(list[dict[str, Any]], known["loads"])
    told = alarms.alarms(db, loads, now=today(db))
    return known | {"alarms": told, "invented": db.district.invented}
