"""Which cameras are out of order, and whether anybody ever told. Light to import."""

from __future__ import annotations

from datetime import date

from etl.db import Database
from etl.store.queries import rows, run


def health_known(db: Database) -> bool:
    """Tell whether the health of cameras was ever loaded; without that nobody knows which of them work."""
    with db.engine.connect() as connection:
        return bool(run(connection, "health_known").scalar())


def down_now(db: Database, at: date) -> list[int]:
    """Return the cameras active at a day that are out of order at this moment, by camera_id ascending."""
    with db.engine.connect() as connection:
        return [int(str(row["camera_id"])) for row in rows(connection, "down_now", {"at": at})]
