"""Tiles of the live map, read back with GDAL, on shapes whose place on the tile is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from etl.db import Database
from etl.store import coverage, tiles
from etl.store.coverage import CoverageRun
from etl.store.tiles import NoSuchTile, TileFilter

DAY = date(2013, 5, 1)
SHOW = TileFilter(at=DAY)

# 127 E, 38 N is the origin of EPSG:5186 (200,000, 600,000). On the grid of zoom 14 it lies at column
# (127 + 180) / 360 * 2^14 = 13971.911 and row 6319.78: what stands within 170 m east of it is on tile 13971/6319.
Z14 = {"z": 14, "x": 13971, "y": 6319}
Z11 = {"z": 11, "x": 1746, "y": 789}

CITY = """
insert into core.agency (name_ko) values ('방범과');
insert into core.site (site_key, geom) values
    ('p0', st_setsrid(st_makepoint(200100, 600100), 5186)), ('p1', st_setsrid(st_makepoint(200110, 600100), 5186)),
    ('far', st_setsrid(st_makepoint(260000, 600100), 5186));
insert into core.camera (camera_key, site_id, head_no) select site_key, site_id, 1 from core.site;
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code)
select camera_id, case camera_key when 'p1' then '[2012-01-01,)' else '[2010-01-01,)' end::daterange,
    agency_id, 'disaster' from core.camera, core.agency;
insert into core.building (building_key, height_m, geom)
values ('H', 9, st_multi(st_makeenvelope(200050, 600000, 200060, 600010, 5186)));
insert into core.alley (alley_key, kind, geom) values
    ('alley', 'alley', st_geomfromtext('LINESTRING(200000 600050, 200100 600050)', 5186)),
    ('road', 'road', st_geomfromtext('LINESTRING(200000 600000, 200100 600000)', 5186));
insert into core.boundary (boundary_key, level, code, name_ko, geom)
select level || '-1', level, '1', '골목구', st_multi(st_makeenvelope(199000, 599000, 201000, 601000, 5186))
from unnest(array['district', 'dong']) as level;
insert into core.zone (zone_key, kind, valid_during, geom)
values ('f', 'flood', '[2010-01-01,)', st_multi(st_makeenvelope(200000, 600000, 200100, 600100, 5186)));
"""


@pytest.fixture(scope="module")
def runs(owner: Database, loader: Database) -> list[int]:
    """Lay out the city and two computations: gap 1 alone, then gaps 1 and 2."""
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(CITY)
        state = connection.exec_driver_sql(
            "select state_id from api.camera_state where camera_key = 'p0'"
        ).scalar()
    field = gpd.GeoDataFrame(
        {
            "state_id": [state],
            "density_class": "observe",
            "sight": "certain",
            "near_m": 0.0,
            "far_m": 20.0,
            "slope": 0.5,
            "offset_m": 1.0,
        },
        geometry=[shapely.box(200100, 600100, 200120, 600120)],
        crs=5186,
    )
    coverage.write_fields(loader, field, inputs_hashes={int(str(state)): "x"})
    lines = [
        shapely.LineString([(200000, 600050), (200050, 600050)]),
        shapely.LineString([(200060, 600050), (200100, 600050)]),
    ]
    gaps = gpd.GeoDataFrame(
        {"alley_id": None, "length_m": [50.0, 40.0], "risk": [2.0, 1.0]}, geometry=lines, crs=5186
    )
    run = CoverageRun(DAY, "observe", "x", {}, 2.0, 200, 1)
    return [coverage.write_run(loader, run, [], gaps=gaps.head(n)) for n in (1, 2)]


@pytest.fixture
def read(staff: Database, tmp_path: Path) -> Callable[..., gpd.GeoDataFrame | None]:
    """Ask for a tile and read it back in degrees; None for an empty one."""

    def _read(layer: str, show: TileFilter = SHOW, **place: int) -> gpd.GeoDataFrame | None:
        made = tiles.tile(staff, layer, show=show, **place)
        if not made:
            return None
        path = tmp_path / f"{place['z']}" / f"{place['x']}" / f"{place['y']}.pbf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)
        assert [name for name, _ in pyogrio.list_layers(path)] == [layer]
        return pyogrio.read_dataframe(path).to_crs(5186)

    return _read


Read = Callable[..., gpd.GeoDataFrame | None]


def test_cameras_lie_where_they_stand(read: Read, runs: list[int]) -> None:
    cameras = read("cameras", **Z14)
    assert cameras is not None
    # A step of the tile's grid is 40075016.7 / 2^14 / 4096 = 0.6 m on the Mercator map, less on the ground.
    for east, point in zip((200100, 200110), cameras.sort_values("camera_id").geometry, strict=True):
        assert abs(point.x - east) < 0.6
        assert abs(point.y - 600100) < 0.6
    assert set(cameras["agency"]) == {"방범과"}
    assert set(cameras["status"]) == {"working"}


def test_cameras_as_at_an_earlier_day(read: Read, runs: list[int]) -> None:
    cameras = read("cameras", TileFilter(at=date(2011, 12, 31)), **Z14)
    assert cameras is not None
    assert len(cameras) == 1
    assert read("cameras", TileFilter(at=date(2009, 12, 31)), **Z14) is None


def test_below_zoom_12_near_cameras_are_one_point_with_their_number(read: Read, runs: list[int]) -> None:
    cameras = read("cameras", **Z11)
    assert cameras is not None
    assert cameras["n"].tolist() == [2]


@pytest.mark.parametrize(
    ("layer", "area_m2"),
    [("fields", 400.0), ("buildings", 100.0), ("zones", 10_000.0)],
)
def test_areas_keep_their_size_to_the_grid(read: Read, runs: list[int], layer: str, area_m2: float) -> None:
    found = read(layer, **Z14)
    assert found is not None
    assert len(found) == 1
    side = area_m2**0.5
    assert found.geometry.area.iloc[0] == pytest.approx(area_m2, abs=2 * side * 0.6)


def test_fields_of_another_class_or_day_are_not_shown(read: Read, runs: list[int]) -> None:
    assert read("fields", TileFilter(at=DAY, density_class="identify"), **Z14) is None
    assert read("fields", TileFilter(at=date(2009, 1, 1)), **Z14) is None


def test_gaps_of_the_last_computation_or_of_the_one_asked_for(read: Read, runs: list[int]) -> None:
    last = read("gaps", **Z14)
    first = read("gaps", TileFilter(at=DAY, run_id=runs[0]), **Z14)
    assert last is not None
    assert first is not None
    assert sorted(last["gap_no"]) == [1, 2]
    assert first["gap_no"].tolist() == [1]
    assert first["length_m"].tolist() == [50.0]


def test_streets_and_outlines_thin_out_below_zoom_12(read: Read, runs: list[int]) -> None:
    near, far = read("alleys", **Z14), read("alleys", **Z11)
    assert near is not None
    assert far is not None
    assert (sorted(near["kind"]), far["kind"].tolist()) == (["alley", "road"], ["road"])
    near, far = read("boundaries", **Z14), read("boundaries", **Z11)
    assert near is not None
    assert far is not None
    assert (sorted(near["level"]), far["level"].tolist()) == (["district", "dong"], ["district"])
    assert read("buildings", **Z11) is None


def test_the_widest_tile_shows_the_whole_district(read: Read, runs: list[int]) -> None:
    cameras = read("cameras", z=0, x=0, y=0)
    assert cameras is not None
    assert int(cameras["n"].sum()) == 3


@pytest.mark.parametrize("layer", tiles.LAYERS)
def test_a_tile_elsewhere_is_empty(staff: Database, runs: list[int], layer: str) -> None:
    assert tiles.tile(staff, layer, z=14, x=8192, y=5000, show=SHOW) == b""


@pytest.mark.parametrize(
    ("layer", "z", "x", "y"),
    [
        ("walls", 1, 0, 0),
        ("cameras", -1, 0, 0),
        ("cameras", 23, 0, 0),
        ("cameras", 1, 2, 0),
        ("cameras", 1, 0, -1),
    ],
)
def test_no_such_tile(staff: Database, layer: str, z: int, x: int, y: int) -> None:
    with pytest.raises(NoSuchTile):
        tiles.tile(staff, layer, z=z, x=x, y=y)


@pytest.mark.parametrize("run_id", [0, -1, 2**63, 10**20])
def test_a_number_that_no_computation_bears(staff: Database, run_id: int) -> None:
    with pytest.raises(NoSuchTile):
        tiles.tile(staff, "gaps", **Z14, show=TileFilter(at=DAY, run_id=run_id))


def test_the_bounds_of_a_tile_serve_from_the_index(owner: Database, runs: list[int]) -> None:
    with owner.engine.connect() as connection:
        connection.exec_driver_sql("set local enable_seqscan = off")
        plan = "\n".join(
            connection.exec_driver_sql(
                "explain select * from api.building where geom && api.tile_bounds(14, 13971, 6319)"
            ).scalars()
        )
    assert "Index Cond: (geom && '" in plan  # the bounds were computed once, before the table was read
