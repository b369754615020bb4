"""Which day it is: the one on the district's clocks, neither the machine's nor the connection's."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.services import find
from etl.db import Database
from etl.store import days, points, status, tiles
from tests import store_city
from tests.store_city import lonlat

# Twenty-six hours apart: at any instant at least one of the two is at another day than UTC.
EARLIEST, LATEST = "Etc/GMT+12", "Pacific/Kiritimati"


@pytest.fixture(scope="module")
def toy(owner: Database, loader: Database) -> dict[str, int]:
    return store_city.lay_out(owner, loader)


@pytest.fixture(params=[EARLIEST, LATEST])
def elsewhere(
    request: pytest.FixtureRequest, owner: Database, staff: Database, toy: dict[str, int]
) -> Iterator[Database]:
    """The toy city on other clocks; A is out of order, but for an hour now."""
    now = datetime.now(UTC)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from meta.district where name <> %s", (staff.district.name,))
        connection.exec_driver_sql("update meta.district set timezone = %s", (request.param,))
        connection.exec_driver_sql("delete from core.camera_status")
        connection.exec_driver_sql(
            "insert into core.camera_status (camera_id, down_during) select camera_id, tstzrange(%s, %s)"
            " from core.camera where camera_key = 'A'",
            (now - timedelta(minutes=30), now + timedelta(minutes=30)),
        )
    yield dataclasses.replace(staff, district=dataclasses.replace(staff.district, timezone=request.param))
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update meta.district set timezone = %s", (staff.district.timezone,))


def asked(db: Database, sql: str) -> object:
    with db.engine.connect() as connection:
        return connection.exec_driver_sql(sql).scalar()


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(14, 59, date(2013, 4, 30)), (15, 0, date(2013, 5, 1)), (0, 0, date(2013, 4, 30))],
)
def test_the_day_changes_at_midnight_in_seoul(staff: Database, hour: int, minute: int, day: date) -> None:
    assert staff.district.timezone == "Asia/Seoul"
    assert days.today(staff, now=datetime(2013, 4, 30, hour, minute, tzinfo=UTC)) == day


def test_database_and_software_name_the_same_day(elsewhere: Database) -> None:
    there = datetime.now(ZoneInfo(elsewhere.district.timezone)).date()
    assert days.today(elsewhere) == asked(elsewhere, "select api.today()") == there
    assert status.status(elsewhere)["at"] == there


def test_an_outage_of_this_hour_is_known_at_once(elsewhere: Database) -> None:
    """Asked with no day, of the software, of psql and of the map: today is now, not some day's noon."""
    lon, lat = lonlat(elsewhere, 10, 0)
    assert points.seeing(elsewhere, lon, lat)[0]["status"] == "down"
    near = {row["camera_key"]: row["status"] for row in points.nearest(elsewhere, lon, lat)}
    assert near == {"A": "down", "B": "working", "D": "working"}
    assert asked(elsewhere, "select status from api.camera where camera_key = 'A'") == "down"
    place = f"st_setsrid(st_makepoint({lon}, {lat}), 4326)"
    assert (
        asked(elsewhere, f"select status from api.cameras_seeing({place}) where camera_key = 'A'") == "down"
    )
    assert b"down" in tiles.tile(elsewhere, "cameras", z=14, x=13971, y=6319)


def test_the_answer_states_the_districts_day(elsewhere: Database) -> None:
    there = datetime.now(ZoneInfo(elsewhere.district.timezone)).date()
    lon, lat = lonlat(elsewhere, 10, 0)
    assert find.nearest(elsewhere, lon, lat)["at"] == there.isoformat()


def test_the_public_sees_the_network_of_the_districts_day(
    elsewhere: Database, owner: Database, public: Database
) -> None:
    there = datetime.now(ZoneInfo(elsewhere.district.timezone)).date()
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "update core.camera_state set valid_during = daterange(%s, %s) where camera_id ="
            " (select camera_id from core.camera where camera_key = 'C')",
            (there, there + timedelta(days=1)),
        )
    assert asked(public, "select count(*) from api.public_camera") == 4
