"""What a district holds: the answer of `golmok status`. Light to import."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.db import Database
from etl.store import status as store


def status(db: Database, *, at: date | None = None) -> dict[str, Any]:
    """Return district, database, counts and loads as at a day (None is today), and whether all of it is invented."""
    return store.status(db, at=at) | {"invented": db.district.invented}
