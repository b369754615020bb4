"""Which day a figure stands for when nobody says. Light to import."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from etl.db import Database
from etl.store.queries import run


def today(db: Database, *, now: datetime | None = None) -> date:
    """Return the day on the district's clocks, whatever the zone of this machine; `now` (aware) is this instant."""
    return (now or datetime.now(db.district.zone)).astimezone(db.district.zone).date()


def network_day(db: Database) -> date:
    """Return the latest day that the loaded registries speak of, today when none says.

    A registry as at 2013-12-31 says nothing of today: figures stand for the day of the file, not of the clock.
    """
    with db.engine.connect() as connection:
        return cast(date, run(connection, "network_day").scalar())
