"""What a district's database holds: the answer of `golmok status`. Light to import."""

from __future__ import annotations

from datetime import date
from typing import cast

from etl.db import Database, NotInitialised
from etl.store.days import today
from etl.store.queries import rows, run


def status(db: Database, *, at: date | None = None) -> dict[str, object]:
    """Return what there is as at a day (None is today on the district's clocks).

    district   name, name_ko, name_en, srid, timezone, invented, center{lon,lat}, area_m2 (None without boundaries)
    database   postgis (version)
    counts     agencies, sites, cameras, headings_known, alleys, buildings, flood_zones, wildfire_zones, incidents,
               police_records, speakers
    loads      every batch, the last first; times are datetimes in UTC
    """
    day = at or today(db)
    with db.engine.connect() as connection:
        districts = rows(connection, "status_district")
        if not districts:
            raise NotInitialised(
                f"District {db.district.name} is not written: golmok init {db.district.name}"
            )
        counts = rows(connection, "status_counts", {"at": day})[0]
        loads = rows(connection, "status_loads")
    (district,) = districts
    district["center"] = {"lon": district.pop("lon"), "lat": district.pop("lat")}
    return {
        "at": day,
        "district": district,
        "database": {"postgis": cast(str, district.pop("postgis"))},
        "counts": counts,
        "loads": loads,
    }


def last_batch(db: Database) -> int:
    """Return the number of the last load, 0 before the first: what is drawn of the loads is out of date when it changes."""
    with db.engine.connect() as connection:
        return cast(int, run(connection, "last_batch").scalar())


def what_is_known(db: Database, *, at: date) -> list[dict[str, object]]:
    """Return how much is known of each thing that a figure rests on: what, known, of (None: none was ever loaded)."""
    with db.engine.connect() as connection:
        return rows(connection, "what_is_known", {"at": at})


def tables_loaded(db: Database, *, at: date) -> dict[str, object]:
    """Return how many rows there are of terrain, lamps, boundaries, zones (at the day), bells and incidents."""
    with db.engine.connect() as connection:
        return rows(connection, "tables_loaded", {"at": at})[0]


def refused_rows(
    db: Database, batch_id: int, *, purpose: str, who: str | None = None
) -> list[dict[str, object]]:
    """Return the refused rows of a load as they were read: row_no, line_no (None: unknown), reasons, raw; leave a row in the access log.

    who     the person who reads; None is the database's user
    Raises  the driver's error when the purpose is blank
    """
    with db.engine.begin() as connection:
        if who is not None:
            run(connection, "told_who", {"who": who})
        return rows(connection, "refused_rows", {"batch_id": batch_id, "purpose": purpose})
