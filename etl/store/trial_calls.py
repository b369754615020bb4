"""Calls that come in for a measurement, and go with it."""

from __future__ import annotations

from etl.db import Database
from etl.store.queries import run


def trial_call(db: Database, key: str, *, lon: float, lat: float, urgency: int) -> None:
    """Let a robbery come in now, in a transaction of its own. For a database of a measurement alone.

    lon, lat   degrees, EPSG:4326
    urgency    0 to 4
    """
    with db.engine.begin() as connection:
        run(connection, "trial_call", {"key": key, "lon": lon, "lat": lat, "urgency": urgency})


def trial_calls_gone(db: Database, prefix: str) -> None:
    """Delete the calls whose keys begin with the prefix."""
    with db.engine.begin() as connection:
        run(connection, "trial_calls_gone", {"prefix": prefix})
