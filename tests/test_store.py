"""Questions about a point, asked of the read store: who sees it, with what chance, who stands nearest."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.store import points, queries
from tests import store_city
from tests.store_city import DAY, lonlat

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def toy(owner: Database, loader: Database) -> dict[str, int]:
    return store_city.lay_out(owner, loader)


def test_seeing_tells_the_certain_first_then_the_chance_of_the_rest(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = lonlat(staff, 10, 0)
    a, b, d = points.seeing(staff, lon, lat, at=DAY)

    assert (a["camera_key"], a["sight"], a["p_sees"], a["basis"], a["status"]) == (
        "A",
        "certain",
        1.0,
        "survey",
        "working",
    )
    assert a["distance_m"] == pytest.approx(10.0, abs=1e-6)
    assert a["turn_to_deg"] == pytest.approx(90.0, abs=1e-5)
    # At 10 m the footprint is 2 * (0.5 * 10 + 1) = 12 m wide: 1920 / 12 = 160 px/m, more than recognise asks for.
    assert a["density_px_per_m"] == pytest.approx(160.0, abs=1e-4)
    assert a["reaches_class"] == "recognise"
    assert (a["legal_ground"], a["further_purposes"]) == ("25-1-2", ["child_protection"])

    # atan(0.5) + asin(1 / (10 * sqrt(1.25))) = 0.5532 rad of the half circle
    assert (b["camera_key"], b["sight"], b["basis"]) == ("B", "possible", "assumed")
    assert b["p_sees"] == pytest.approx(
        (math.atan(0.5) + math.asin(0.1 / math.sqrt(1.25))) / math.pi, abs=1e-6
    )
    assert b["turn_to_deg"] == pytest.approx(180.0, abs=1e-5)

    assert (d["camera_key"], d["sight"], d["counts"]) == ("D", "possible", False)


def test_a_place_nobody_sees_gets_no_camera(staff: Database, toy: dict[str, int]) -> None:
    lon, lat = lonlat(staff, -500, -500)
    assert points.seeing(staff, lon, lat, at=DAY) == []
    assert points.seeing(staff, *lonlat(staff, 10, 0), density_class="identify", at=DAY) == []


def test_seeing_as_at_an_earlier_day_takes_the_network_of_that_day(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = lonlat(staff, 0, 10)  # due north: C's side, and B's 10 m west of it
    then = [row["camera_key"] for row in points.seeing(staff, lon, lat, at=date(2011, 12, 31))]
    now = [row["camera_key"] for row in points.seeing(staff, lon, lat, at=date(2012, 1, 1))]
    assert (then, now) == (["C"], ["B"])
    assert points.seeing(staff, lon, lat, at=date(2010, 2, 28)) == []


def test_any_srid_asks_the_same(staff: Database, toy: dict[str, int]) -> None:
    ask = text(
        "select array_agg(camera_key) from api.cameras_seeing("
        "st_transform(st_setsrid(st_makepoint(200010, 600000), 5186), cast(:srid as int)), 'observe', :day)"
    )
    with staff.engine.connect() as connection:
        found = {
            srid: connection.execute(ask, {"srid": srid, "day": DAY}).scalar()
            for srid in (5186, 4326, 3857, 5179)
        }
    assert all(keys == ["A", "B", "D"] for keys in found.values()), found


def test_nearest_cameras_come_by_distance_whether_they_see_or_not(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = lonlat(staff, -3, 0)
    found = points.nearest(staff, lon, lat, k=3, at=date(2013, 6, 2))
    assert [row["camera_key"] for row in found] == ["A", "B", "D"]
    assert [row["distance_m"] for row in found] == pytest.approx([3.0, math.hypot(13, 10), 203.0], abs=1e-6)
    assert [row["status"] for row in found] == ["working", "working", "down"]
    assert found[0]["turn_to_deg"] == pytest.approx(270.0, abs=1e-4)
    assert len(points.nearest(staff, lon, lat, k=1, at=DAY)) == 1


@pytest.mark.parametrize(
    "nowhere",
    ["null", "st_setsrid('POINT EMPTY'::geometry, 4326)", "st_setsrid(st_makepoint('inf', 0), 4326)"],
)
def test_nothing_is_near_no_place(staff: Database, toy: dict[str, int], nowhere: str) -> None:
    with staff.engine.connect() as connection:
        asked = f"select count(*) from api.nearest_cameras({nowhere}, 4, '2013-06-02')"
        assert connection.exec_driver_sql(asked).scalar() == 0


@pytest.mark.parametrize("k", ["null", "0", "-1"])
def test_no_number_of_cameras_is_none(staff: Database, toy: dict[str, int], k: str) -> None:
    with staff.engine.connect() as connection:
        place = "st_setsrid(st_makepoint(127, 38), 4326)"
        asked = f"select count(*) from api.nearest_cameras({place}, {k}, '2013-06-02')"
        assert connection.exec_driver_sql(asked).scalar() == 0


MANY = """
insert into core.site (site_key, geom)
select 'm' || n, st_setsrid(st_makepoint(210000 + n % 100, 610000 + n / 100), 5186) from generate_series(1, 5000) n;
insert into core.camera (camera_key, site_id, head_no)
select site_key, site_id, 1 from core.site where site_key like 'm%';
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code)
select camera_id, '[2010-01-01,)', (select min(agency_id) from core.agency), 'disaster'
from core.camera where camera_key like 'm%';
analyze core.site; analyze core.camera; analyze core.camera_state;
"""


def test_nearest_takes_sites_from_the_index_in_order_of_distance(
    owner: Database, toy: dict[str, int]
) -> None:
    with owner.engine.connect() as connection:
        connection.execute(text(MANY))
        plan = "\n".join(
            connection.exec_driver_sql(
                "explain select * from api.nearest_cameras(st_setsrid(st_makepoint(127, 38), 4326))"
            ).scalars()
        )
        connection.rollback()
    assert "Index Scan using site_geom" in plan
    assert "Order By: (geom <->" in plan


def test_every_query_says_first_what_it_gives() -> None:
    folder = Path(queries.sql_folder()) / "queries"
    silent = [
        path.name
        for path in sorted(folder.glob("*.sql"))
        if not path.read_text(encoding="utf-8").startswith("-- ")
    ]
    assert silent == []


def test_what_a_click_waits_for_imports_no_frames() -> None:
    """`status` and `nearest` are to start within two seconds."""
    code = (
        "import sys, etl.db, etl.store.points, etl.store.status, etl.store.tiles, etl.store.coverage;"
        "print(sorted({'geopandas', 'pandas', 'numba', 'pyarrow', 'shapely', 'alembic'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"
