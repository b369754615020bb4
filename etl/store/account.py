"""What the committee asks of the network and its records: counts only, no places, no persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from etl.db import Database
from etl.store.queries import rows, run

Row = dict[str, object]


def network_history(db: Database, days: Sequence[date]) -> list[Row]:
    """Return at, sites and cameras for each of the days, ascending."""
    with db.engine.connect() as connection:
        return rows(connection, "network_history", {"days": list(days)})


def agency_history(db: Database, days: Sequence[date]) -> list[Row]:
    """Return at, agency, agency_en and cameras of each agency that had any at each of the days, ascending."""
    with db.engine.connect() as connection:
        return rows(connection, "agency_history", {"days": list(days)})


def first_installed(db: Database) -> date | None:
    """Return the first day that a camera stood, None without cameras."""
    with db.engine.connect() as connection:
        return cast(date | None, run(connection, "first_installed").scalar())


def composition(db: Database, at: date) -> list[Row]:
    """Return agency, agency_en, purpose, legal_ground, kind, years (since installation, None unknown) and n."""
    with db.engine.connect() as connection:
        return rows(connection, "network_composition", {"at": at})


def supplies_by_month(db: Database, since: datetime, until: datetime) -> list[Row]:
    """Return month (YYYY-MM) and n of footage supplied; months without any have no row."""
    with db.engine.connect() as connection:
        return rows(connection, "supplies_by_month", {"since": since, "until": until})


def refused_count(db: Database) -> int:
    """Return how many rows lie in quarantine, a file that was loaded again counting once."""
    with db.engine.connect() as connection:
        return cast(int, run(connection, "refused_count").scalar())


def refusal_reasons(db: Database) -> list[Row]:
    """Return reason and n of rows in quarantine, the most frequent first."""
    with db.engine.connect() as connection:
        return rows(connection, "refusal_reasons")
