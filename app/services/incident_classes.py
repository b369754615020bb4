"""The classes of incidents that a planner may choose among. Light to import: a page reads them at once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from etl.db import Database
from etl.store import references
from etl.store.days import network_day

_YEAR = timedelta(days=365)


def incident_classes(db: Database) -> list[dict[str, Any]]:
    """Return the classes of the 12 months before the day that the registries speak of, the most frequent first: code, name.

    Exercises, repeated calls and false alarms are left out, as in a risk.
    """
    ends = datetime.combine(network_day(db) + timedelta(days=1), time(), tzinfo=db.district.zone)
    return references.incident_classes(db, ends - _YEAR, ends)
