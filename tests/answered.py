"""Asks Find on the toy city in a database, and puts cameras of it out of order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.services import find
from etl.db import Database
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter
from tests.toy_world import DAY

# Draws what a camera sees at class observe anew: bounds, area, key and sight.
VIEW = """update core.field_of_view f set geom = st_multi(st_makeenvelope({}, 5186)), area_m2 = {}
from core.camera_state s join core.camera c using (camera_id)
where s.state_id = f.state_id and c.camera_key = '{}' and f.density_class = 'observe' and f.sight = '{}' and f.counts"""


def asked(db: Database, east_m: float, north_m: float, **options: Any) -> dict[str, Any]:
    """Return what Find answers about a place of the toy city."""
    lon, lat = toy_city.lonlat(db, east_m, north_m)
    return find.nearest(db, lon, lat, **({"at": DAY} | options))


def order(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the cameras of an answer in their order, each with its role."""
    return [(row["camera_key"], row["role"]) for row in answer["cameras"]]


def of(answer: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the camera of a key."""
    (row,) = (row for row in answer["cameras"] if row["camera_key"] == key)
    return dict(row)


@contextmanager
def out_of_order(door: Door, key: str) -> Iterator[None]:
    """Put a camera out of order while the block runs."""
    alter(
        door,
        "insert into core.camera_status (camera_id, down_during, reason) select camera_id,"
        " tstzrange('2013-06-29 20:00+00', null), 'lightning' from core.camera"
        f" where camera_key = '{key}'",
    )
    try:
        yield
    finally:
        alter(door, "delete from core.camera_status")
