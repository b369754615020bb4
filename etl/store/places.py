"""Places by their address, as loads know them, and how records came by theirs."""

from __future__ import annotations

import re

from adbc_driver_postgresql.dbapi import Connection

from etl.address_book import AddressBook
from etl.address_book import address_book as made_of
from etl.db import Database
from etl.store import queries
from etl.store.writes import rows

# Sources whose rows may come with an address and no coordinates.
LOOKED_UP = ("incidents", "layer")


def address_book(connection: Connection, district_ko: str) -> AddressBook:
    """Return the places of every address that is loaded. `district_ko` as District.name_ko: its gu is ours."""
    own = re.search(r"[가-힣]+[시군구]$", district_ko)
    return made_of(rows(connection, "address_book"), gu=own[0] if own else "")


def incident_places(db: Database) -> list[dict[str, object]]:
    """Return how incidents came by their places, a row an origin: origin, n, by_coordinates, by_address, unplaced,
    exact (the very address), confidence_low, confidence_median (of those by address; None where there is none),
    shared_points and on_shared (points that ten incidents or more stand on, and how many stand there), repeat_callers
    (None: no caller is known), exercises, false_alarms, repeat_calls."""
    with db.engine.connect() as connection:
        return queries.rows(connection, "incident_places", {})


def sensitive_classes(db: Database) -> list[dict[str, object]]:
    """Return the classes whose places are told by a grid cell: code, word, name_en, cell_m (metres), reason_ko, reason_en."""
    with db.engine.connect() as connection:
        return queries.rows(connection, "sensitive_classes", {})
