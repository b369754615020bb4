"""The invented district's map: its ground, streets, buildings, poles and lamps lie as in a real hill district."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from etl.sample import SEED
from etl.sample.ground import lonlat, make_ground
from tests import sample_files
from tests.sample_files import METRIC, layer, table


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_files.written(tmp_path_factory)


@pytest.fixture(scope="module")
def dongs(sample: Path) -> gpd.GeoDataFrame:
    return sample_files.dongs(sample)


@pytest.fixture(scope="module")
def streets(sample: Path) -> gpd.GeoDataFrame:
    return sample_files.streets(sample)


@pytest.fixture(scope="module")
def buildings(sample: Path) -> gpd.GeoDataFrame:
    return sample_files.buildings(sample)


@pytest.fixture(scope="module")
def good_rows(sample: Path) -> gpd.GeoDataFrame:
    return sample_files.good_rows(sample)


def test_fourteen_dong_fill_the_outline_exactly(dongs: gpd.GeoDataFrame) -> None:
    whole = dongs.union_all()
    assert len(dongs) == 14
    assert dongs.area.sum() == pytest.approx(17_600_000.0, abs=1_000.0)
    assert whole.area == pytest.approx(dongs.area.sum(), abs=1.0)  # no overlap
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0  # no gap
    assert dongs["adm_cd2"].str.fullmatch(r"99110\d{5}").all()


def test_everything_within_1500_m_of_the_middle_is_inside(dongs: gpd.GeoDataFrame) -> None:
    middle = gpd.GeoSeries(gpd.points_from_xy([126.9368], [37.5791]), crs="EPSG:4326").to_crs(METRIC).iloc[0]
    assert dongs.union_all().contains(middle.buffer(1_500.0, quad_segs=64))


def test_terrain_has_the_stream_low_and_the_hill_high(sample: Path, dongs: gpd.GeoDataFrame) -> None:
    with rasterio.open(sample / "dem.tif") as file:
        cells, bounds = file.read(1), file.bounds
        assert file.crs.to_epsg() == 5186
        assert file.res == (10.0, 10.0)
    west, south, east, north = dongs.total_bounds
    assert bounds.left < west
    assert bounds.bottom < south
    assert bounds.right > east
    assert bounds.top > north
    assert 240.0 < cells.max() <= 250.0
    assert 5.0 < cells.min() < 40.0
    steps = np.abs(np.diff(cells, axis=0)).max()
    assert steps < 6.0  # no cliff: at most 60 % between neighbours


def test_streets_meet_at_shared_ends_only(streets: gpd.GeoDataFrame) -> None:
    lines = streets.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    assert len(tree.query(lines, predicate="crosses")[0]) == 0
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)])
    touched = tree.query(shapely.points(ends), predicate="dwithin", distance=0.02)
    own = np.stack([ends[: len(lines)], ends[len(lines) :]])
    gap = np.hypot(*(own[:, touched[1]] - ends[touched[0]]).transpose(2, 0, 1)).min(axis=0)
    assert gap.max() < 0.002  # an end that lies on a street lies on its end


def test_every_street_can_be_walked_to(streets: gpd.GeoDataFrame) -> None:
    lines = streets.geometry.to_numpy()
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)]).round(2)
    nodes, number = np.unique(ends, axis=0, return_inverse=True)
    pairs = number[: len(lines)], number[len(lines) :]
    links = coo_matrix((np.ones(len(lines)), pairs), shape=(len(nodes), len(nodes)))
    assert connected_components(links, directed=False)[0] == 1


def test_streets_are_those_of_a_hill_district(streets: gpd.GeoDataFrame, dongs: gpd.GeoDataFrame) -> None:
    length = streets.geometry.length
    assert 150_000.0 < length.sum() < 270_000.0
    walk, path = (streets["RN"].str.endswith(end) for end in ("산책로", "등산로"))
    assert length[walk].sum() == pytest.approx(2_400.0, abs=1.0)
    assert length[path].sum() == pytest.approx(600.0, abs=0.5)
    assert streets["ROAD_BT"].between(1.5, 25.0).all()
    assert (streets["ROAD_BT"] < 4.0).mean() > 0.3
    stairs = streets["RN"].str.endswith("계단길")
    assert stairs.sum() > 60
    assert (streets.loc[stairs, "ROAD_BT"] <= 4.0).all()
    assert shapely.within(streets.geometry.to_numpy(), dongs.union_all().buffer(0.01)).all()


def test_buildings_stand_clear_of_streets_and_each_other(
    streets: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, dongs: gpd.GeoDataFrame
) -> None:
    assert 18_000 < len(buildings) < 23_000
    assert buildings["BD_MGT_SN"].is_unique
    assert buildings["BD_MGT_SN"].str.len().eq(25).all()
    shapes = buildings.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    one, two = tree.query(shapes, predicate="intersects")
    assert (one != two).sum() == 0
    bands = shapely.buffer(
        streets.geometry.to_numpy(), streets["ROAD_BT"].to_numpy() / 2.0 - 0.01, cap_style="flat"
    )
    assert len(tree.query(bands, predicate="intersects")[0]) == 0
    assert shapely.within(shapes, dongs.union_all()).all()
    floors = buildings["GRO_FLO_CO"]
    assert floors.between(1, 20).all()
    assert (floors <= 5).mean() > 0.8
    assert (floors >= 15).sum() > 200


def test_entrances_lie_on_their_buildings(sample: Path, buildings: gpd.GeoDataFrame) -> None:
    doors = layer(sample / "juso" / "TL_SPBD_ENTRC.shp").set_index("BD_MGT_SN").geometry
    walls = buildings.set_index("BD_MGT_SN").geometry
    assert doors.index.equals(walls.index)
    assert doors.distance(walls.exterior).max() < 0.01


def test_poles_stand_at_the_street_off_the_walls(
    good_rows: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, streets: gpd.GeoDataFrame
) -> None:
    poles = good_rows.geometry.to_numpy()
    walls = shapely.STRtree(buildings.geometry.to_numpy())
    assert len(walls.query(poles, predicate="dwithin", distance=0.3)[0]) == 0
    pole, street = shapely.STRtree(streets.geometry.to_numpy()).query(
        poles, predicate="dwithin", distance=16.0
    )
    away = shapely.distance(poles[pole], streets.geometry.to_numpy()[street])
    off = pd.Series(away - streets["ROAD_BT"].to_numpy()[street] / 2.0).abs().groupby(pole).min()
    assert len(off) == len(poles)
    assert off.max() < 1.1  # at an edge; beside the walks a metre off


def test_disaster_cameras_watch_the_zones(sample: Path, good_rows: gpd.GeoDataFrame) -> None:
    zones = layer(sample / "zones.geojson")
    own = good_rows[good_rows["관리기관명"] == "골목구청 재난안전과"]
    hit = own.sjoin(zones[["kind", "geometry"]], predicate="dwithin", distance=20.0)
    assert set(hit["kind"]) == {"flood", "wildfire"}
    assert hit.index.nunique() == len(own)
    assert set(zones["level"]) == {1, 2, 3}


def test_lamps_leave_dark_alleys(sample: Path, streets: gpd.GeoDataFrame) -> None:
    lamps = table(sample / "lamps.csv")
    lamps = lamps[lamps["위도"].astype(float) > 30.0]
    points = gpd.points_from_xy(
        lamps["경도"].astype(float), lamps["위도"].astype(float), crs="EPSG:4326"
    ).to_crs(METRIC)
    tree = shapely.STRtree(np.asarray(points))
    middles = shapely.line_interpolate_point(streets.geometry.to_numpy(), 0.5, normalized=True)
    away = tree.query_nearest(middles, all_matches=False, return_distance=True)[1]
    wide = streets["ROAD_BT"].to_numpy() >= 8.0
    assert (away[wide] < 25.0).mean() > 0.95
    assert (away[~wide] > 25.0).mean() > 0.08


def test_other_seed_other_ground() -> None:
    one, two = (make_ground(np.random.default_rng(seed).spawn(1)[0]).outline for seed in (SEED, SEED + 1))
    assert one.area == pytest.approx(two.area)
    assert one.symmetric_difference(two).area > 100_000.0


def test_middle_is_where_the_files_say() -> None:
    lon, lat = lonlat(np.array([[0.0, 0.0]]))[0]
    assert (lon, lat) == pytest.approx((126.9368, 37.5791), abs=1e-6)
