"""Frames of the read store: their contracts, their day, and a trace of who read incidents."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from etl.db import Database
from etl.store import frames, status
from spatial import frames as contracts
from spatial.frames import require
from spatial.terrain import Ground
from tests import store_city
from tests.store_city import DAY, E, N


@pytest.fixture(scope="module")
def toy(owner: Database, loader: Database) -> dict[str, int]:
    return store_city.lay_out(owner, loader)


def test_frames_keep_their_contracts_in_the_metric_crs(staff: Database, toy: dict[str, int]) -> None:
    for frame, contract in (
        (frames.cameras(staff, DAY), contracts.CAMERAS),
        (frames.buildings(staff), contracts.BUILDINGS),
        (frames.alleys(staff), contracts.ALLEYS),
        (frames.fields(staff, DAY), contracts.FIELDS),
        (frames.zones(staff, DAY), contracts.ZONES),
        (frames.boundaries(staff, "dong"), contracts.BOUNDARIES),
    ):
        assert require(frame, contract).to_epsg() == 5186
        assert len(frame) > 0


def test_cameras_as_at_a_day(staff: Database, toy: dict[str, int]) -> None:
    counts = {
        day: len(frames.cameras(staff, day))
        for day in (date(2010, 2, 28), date(2011, 12, 31), date(2012, 1, 1))
    }
    assert list(counts.values()) == [0, 3, 3]
    cameras = frames.cameras(staff, DAY).set_index("camera_key")
    assert cameras.loc["A", "heading_deg"] == 90.0
    assert np.isnan(cameras.loc["B", "heading_deg"])
    assert np.isnan(cameras.loc["B", "image_w_px"])
    assert cameras.loc["A", "purpose"] == "crime_prevention"
    assert (cameras.loc["B"].geometry.x, cameras.loc["B"].geometry.y) == (E + 10, N + 10)


def test_a_frame_of_no_rows_keeps_columns_and_crs(staff: Database, toy: dict[str, int]) -> None:
    empty = frames.cameras(staff, date(1990, 1, 1))
    assert len(empty) == 0
    assert require(empty, contracts.CAMERAS).to_epsg() == 5186
    assert len(frames.layer(staff, "unknown")) == 0


def test_terrain_comes_as_arrays(staff: Database, owner: Database, toy: dict[str, int]) -> None:
    assert len(frames.terrain(staff)) == 0
    assert Ground.of(frames.terrain(staff)) is None
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            """insert into core.terrain (tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, nodata, geom)
            values ('t', 10, 3, 2, 200000, 600020, %s, -9999, st_makeenvelope(200000, 600000, 200030, 600020, 5186))""",
            (np.array([[1, 2, 3], [4, 5, -9999]], dtype="<f4").tobytes(),),
        )
    tiles = frames.terrain(staff)
    np.testing.assert_array_equal(tiles["elevation_m"][0], [[1, 2, 3], [4, 5, np.nan]])
    ground = Ground.of(tiles)
    assert ground is not None
    assert ground.height_m([(E + 10, N + 10)]).tolist() == [3.0]  # between 1, 2, 4 and 5
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.terrain")


def test_the_smaller_frames(staff: Database, toy: dict[str, int]) -> None:
    assert frames.layer(staff, "complaints")["weight"].tolist() == [2.5]
    assert frames.lamps(staff)["count"].tolist() == [1]
    assert len(frames.speakers(staff)) == 3
    assert len(frames.bells(staff)) == len(frames.water(staff)) == 0
    assert frames.alleys(staff).geometry.length.tolist() == [100.0]
    assert np.isnan(frames.buildings(staff)["height_m"].iloc[0])
    assert frames.zones(staff, date(2005, 1, 1))["zone_key"].tolist() == ["old", "w"]
    assert frames.zones(staff, DAY)["zone_key"].tolist() == ["f", "w"]


def test_incidents_of_a_period_with_a_trace(staff: Database, owner: Database, toy: dict[str, int]) -> None:
    """i1 alone: i2 is an exercise, i3 a repeat, i4 has no place, i5 lies after the period."""
    since, until = datetime(2012, 12, 31, 15, tzinfo=UTC), datetime(2013, 6, 1, tzinfo=UTC)
    found = frames.incidents(staff, since, until, purpose="coverage", who="planner")
    assert found["urgency"].tolist() == [1.0]
    assert found["occurred_at"].iloc[0] == since
    require(found, contracts.INCIDENTS)
    with owner.engine.connect() as connection:
        log = connection.exec_driver_sql("select who, purpose, rows from meta.access_log").all()
    assert [tuple(row) for row in log] == [
        ("planner", "coverage", 4)
    ]  # four rows were given, one is of use here


def test_incidents_without_a_purpose_are_refused(staff: Database, toy: dict[str, int]) -> None:
    instant = datetime(2013, 1, 1, tzinfo=UTC)
    with pytest.raises(Exception, match="purpose is blank"):
        frames.incidents(staff, instant, instant, purpose=" ")


def test_status_counts_as_at_a_day(staff: Database, toy: dict[str, int]) -> None:
    found = status.status(staff, at=DAY)
    assert found["counts"] == {
        "agencies": 2,
        "sites": 3,
        "cameras": 3,
        "headings_known": 2,
        "alleys": 1,
        "buildings": 1,
        "flood_zones": 1,
        "wildfire_zones": 1,
        "incidents": 4,  # all but the one of September
        "police_records": 1,
        "speakers": 3,
    }
    district = found["district"]
    assert isinstance(district, dict)
    assert (district["name"], district["srid"], district["invented"]) == ("sample", 5186, True)
    assert district["area_m2"] == 4_000_000.0
    loads = found["loads"]
    assert isinstance(loads, list)
    assert [load["source"] for load in loads] == ["cameras"]
    earlier = status.status(staff, at=date(2011, 1, 1))["counts"]
    assert isinstance(earlier, dict)
    assert (earlier["cameras"], earlier["sites"], earlier["incidents"]) == (3, 2, 0)
