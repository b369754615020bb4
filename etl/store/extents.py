"""Where dong and zones lie, for a map that is to go there. Light to import."""

from __future__ import annotations

from datetime import date

from etl.db import Database
from etl.store.queries import rows

Row = dict[str, object]


def dong_extents(db: Database) -> list[Row]:
    """Return code, name_ko, name_en and west, south, east, north (degrees, EPSG:4326) of each dong, by name."""
    with db.engine.connect() as connection:
        return rows(connection, "dong_extents")


def zone_extents(db: Database, at: date) -> list[Row]:
    """Return zone_id and west, south, east, north (degrees, EPSG:4326) of each zone in force at a day."""
    with db.engine.connect() as connection:
        return rows(connection, "zone_extents", {"at": at})


def zone_names(db: Database, at: date) -> list[Row]:
    """Return zone_id, zone_key, kind, name_ko and name_en of each zone in force at a day, by kind and name."""
    with db.engine.connect() as connection:
        return rows(connection, "zone_names", {"at": at})
