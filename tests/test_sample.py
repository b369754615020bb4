"""The invented district: its published figures, its map, its dirt, and the same bytes from the same seed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from etl.sample import SEED, layout, write_sample
from etl.sample.cameras import shared_out
from etl.sample.ground import lonlat, make_ground

METRIC = "EPSG:5186"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file of the district."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


def table(path: Path, encoding: str = "cp949") -> pd.DataFrame:
    return pd.read_csv(path, encoding=encoding, dtype=str, keep_default_na=False)


def layer(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(path).to_crs(METRIC)


@pytest.fixture(scope="module")
def dongs(sample: Path) -> gpd.GeoDataFrame:
    return layer(sample / "boundaries.geojson")


@pytest.fixture(scope="module")
def streets(sample: Path) -> gpd.GeoDataFrame:
    return layer(sample / "juso" / "TL_SPRD_MANAGE.shp")


@pytest.fixture(scope="module")
def buildings(sample: Path) -> gpd.GeoDataFrame:
    return layer(sample / "juso" / "TL_SPBD_BULD.shp")


@pytest.fixture(scope="module")
def good_rows(sample: Path, dongs: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the registry's rows that stand after the plainest cleaning: one a number, each rule on its own line."""
    rows = table(sample / "cctv_20131231.csv")
    lat = pd.to_numeric(rows["WGS84위도"], errors="coerce")
    lon = pd.to_numeric(rows["WGS84경도"], errors="coerce")
    turned = lat.between(124.0, 132.0) & lon.between(33.0, 39.0)
    points = gpd.points_from_xy(lon.mask(turned, lat), lat.mask(turned, lon), crs="EPSG:4326").to_crs(METRIC)
    keep = rows["카메라대수"].str.fullmatch(r"[1-9]\d*")
    keep &= rows["설치연월"].str.fullmatch(r"20\d{4}")
    keep &= rows["설치목적구분"].isin(
        ["생활방범", "어린이보호", "차량방범", "재난재해", "교통단속", "시설물관리", "쓰레기단속"]
    )
    keep &= shapely.contains(dongs.union_all(), np.asarray(points))
    good = gpd.GeoDataFrame(rows, geometry=points)[keep].drop_duplicates("관리번호")
    return good.assign(heads=good["카메라대수"].astype(int)).reset_index(drop=True)


# ---- the figures


@pytest.mark.parametrize(
    ("month", "sites", "cameras"),
    # 303/454 and 376/893 are published; of 2009 only the 297 cameras are, the sites are ours
    [("200912", 214, 297), ("201012", 303, 454), ("201312", 376, 893)],
)
def test_sites_and_cameras_grow_as_published(
    good_rows: gpd.GeoDataFrame, month: str, sites: int, cameras: int
) -> None:
    by_then = good_rows[good_rows["설치연월"] <= month]
    assert len(by_then[["WGS84위도", "WGS84경도"]].drop_duplicates().pipe(_turned_back)) == sites
    assert by_then["heads"].sum() == cameras


def _turned_back(pairs: pd.DataFrame) -> set[frozenset[str]]:
    """A swapped duplicate may stand for its row: the pair of numbers is the place, whichever comes first."""
    return {frozenset(pair) for pair in pairs.to_numpy()}


def test_seven_agencies_and_fourteen_cameras_of_disaster_management(good_rows: gpd.GeoDataFrame) -> None:
    assert good_rows["관리기관명"].nunique() == 7
    own = good_rows[good_rows["관리기관명"] == "골목구청 재난안전과"]
    assert own["heads"].sum() == 14
    assert (own["설치연월"] < "201011").all()


def test_one_to_five_heads_hang_on_a_pole(good_rows: gpd.GeoDataFrame) -> None:
    heads = good_rows.groupby([good_rows.geometry.x.round(2), good_rows.geometry.y.round(2)])["heads"].sum()
    assert heads.min() == 1
    assert heads.max() == 5
    assert heads.sum() == 893


def test_the_dirt_is_there_and_the_machine_address_too(sample: Path, good_rows: gpd.GeoDataFrame) -> None:
    rows = table(sample / "cctv_20131231.csv")
    assert (
        len(rows) - len(good_rows) == 50
    )  # 9 + 7 duplicates, 5 + 6 + 3 places, 3 purposes, 5 counts, 2 dates, 9, 1
    assert (rows["WGS84위도"] == "99.999999").sum() == 5
    assert ((rows["WGS84위도"] == "36.1") & (rows["WGS84경도"] == "127.1")).sum() == 6
    assert rows.duplicated().sum() == 9
    assert rows["소재지지번주소"].str.contains(r"\((?:192\.168|10|172\.16)\.[\d.]+\)").sum() >= 3
    assert rows.columns.size == 18


def test_survey_tells_the_truth_of_310_heads(sample: Path, good_rows: gpd.GeoDataFrame) -> None:
    survey, truth = table(sample / "survey.csv", "utf-8"), table(sample / "truth.csv", "utf-8")
    assert len(truth) == 893
    assert len(survey) == 312
    known = survey[
        survey["관리번호"].isin(good_rows["관리번호"]) & (survey["heading_deg"].astype(float) < 360.0)
    ]
    assert len(known) == 310
    told = known.drop(columns="surveyed_on").merge(truth.drop(columns="surveyed_on"))
    assert len(told) == 310  # every column the same
    expected = good_rows.set_index("관리번호")["heads"].sort_index()
    assert truth.groupby("관리번호").size().equals(expected.rename(None))


def test_heads_on_one_pole_look_apart(sample: Path, good_rows: gpd.GeoDataFrame) -> None:
    truth = table(sample / "truth.csv", "utf-8").merge(good_rows[["관리번호", "geometry"]])
    assert set(truth["kind"]) == {"fixed", "ptz", "fisheye"}
    assert 0.06 < (truth["kind"] == "ptz").mean() < 0.1
    assert truth["presets"].ne("").equals(truth["kind"].eq("ptz"))
    places = shapely.get_coordinates(gpd.GeoSeries(truth["geometry"])).round(2)
    for _, heads in truth["heading_deg"].astype(float).groupby([places[:, 0], places[:, 1]]):
        order = np.sort(heads.to_numpy())
        gaps = np.diff(np.append(order, order[0] + 360.0))
        assert gaps.min() > 20.0


@pytest.mark.parametrize(
    ("name", "encoding", "column", "rows"),
    [
        ("speakers.csv", "utf-8-sig", "스피커번호", 171),
        ("speakers.csv", "utf-8-sig", "앰프번호", 14),
        ("zones.geojson", "", "zone_key", 10),
    ],
)
def test_counts_of_other_files(sample: Path, name: str, encoding: str, column: str, rows: int) -> None:
    path = sample / name
    found = gpd.read_file(path) if path.suffix == ".geojson" else table(path, encoding)
    assert found[column].nunique() == rows


def test_ledger_holds_1767_supplies_by_cameras_that_hung(sample: Path, good_rows: gpd.GeoDataFrame) -> None:
    ledger = table(sample / "police_records.csv")
    number = ledger["카메라관리번호"].str.rsplit("-", n=1).str[0]
    good = ledger[
        ledger["구분"].eq("제공")
        & ledger["제공일시"].between("2011-01-01", "2013-06-30 23:59:59")
        & (ledger["영상시작일시"] < ledger["영상종료일시"])
    ].drop_duplicates("관리번호")
    assert len(good) == 1767
    assert len(ledger) == 1771
    assert number.isin(good_rows["관리번호"]).all()
    installed = number[good.index].map(good_rows.set_index("관리번호")["설치연월"])
    assert (installed <= good["영상종료일시"].str[:7].str.replace("-", "")).all()
    assert (good["활용여부"] == "N").equals(good["미사용사유"] != "")


# ---- the ground


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


# ---- what happened


def test_calls_are_clustered_in_time_and_place(sample: Path) -> None:
    calls = table(sample / "incidents_112.csv")
    assert 19_000 < len(calls) < 21_000
    assert calls["접수번호"].is_unique
    hour = calls["접수일시"].str[11:13].astype(int)
    assert (hour.isin([22, 23, 0, 1])).sum() > 3 * hour.isin([4, 5, 6, 7]).sum()
    placed = calls[calls["위도"] != ""]
    cell = placed["위도"].astype(float).mul(1000).round().astype(str) + placed["경도"].astype(float).mul(
        800
    ).round().astype(str)
    busiest = cell.value_counts()
    assert busiest.head(len(busiest) // 10).sum() > 0.3 * len(
        placed
    )  # a tenth of the cells, a third of the calls
    assert calls["접수일시"].str[:4].value_counts().min() > 5_500


def test_calls_hold_exercises_false_alarms_duplicates_and_dirt(sample: Path) -> None:
    calls = table(sample / "incidents_112.csv")
    assert 140 < calls["사건코드"].eq("507").sum() <= 154  # 14 mornings of 11 calls, some past the edge
    assert calls["종결코드"].eq("708").sum() > 300
    assert calls["종결코드"].str.startswith("6").sum() > 500
    assert calls["긴급도"].isin(["C1선", "c1", "c2", "c3"]).sum() > 60
    assert calls["접수일시"].str.contains(" 24:").sum() == 10
    assert (calls["위도"] == "").sum() == 16
    assert not calls.apply(lambda column: column.str.contains(r"01\d-\d{3,4}-\d{4}")).to_numpy().any()


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("lamps.csv", 11),
        ("bells.csv", 24),
        ("safe_return.csv", 18),
        ("child_zones.csv", 14),
        ("incidents_112.csv", 10),
    ],
)
def test_tables_have_the_publishers_columns(sample: Path, name: str, columns: int) -> None:
    assert table(sample / name).columns.size == columns


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


# ---- the same bytes


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_same_seed_same_bytes(sample: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    written = write_sample(tmp_path / "again", progress=steps.append)
    assert digests(tmp_path / "again") == digests(sample)
    assert {str(p.relative_to(tmp_path / "again")) for p in written} == set(digests(sample))
    assert steps[0] == "ground"
    assert steps[-1] == "events"


def test_other_seed_other_ground() -> None:
    one, two = (make_ground(np.random.default_rng(seed).spawn(1)[0]).outline for seed in (SEED, SEED + 1))
    assert one.area == pytest.approx(two.area)
    assert one.symmetric_difference(two).area > 100_000.0


def test_middle_is_where_the_files_say() -> None:
    lon, lat = lonlat(np.array([[0.0, 0.0]]))[0]
    assert (lon, lat) == pytest.approx((126.9368, 37.5791), abs=1e-6)


# ---- the plan: a square of 100 m by hand


SQUARE = layout.Face(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)), (layout.EDGE,) * 4)


def halved(draft: layout.Draft) -> tuple[layout.Face, layout.Face]:
    """Cut the square at x = 40 by a street northward."""
    parts = layout.street_cut(draft, SQUARE, ((40.0, 50.0), np.pi / 2.0), rank="road", width_m=8.0)
    assert parts is not None
    west, east = sorted(parts, key=lambda f: layout.middle(f)[0])
    return west, east


def test_cut_parts_the_square() -> None:
    draft = layout.Draft()
    west, east = halved(draft)
    assert layout.area(west) == pytest.approx(4_000.0)  # 40 m x 100 m
    assert layout.area(east) == pytest.approx(6_000.0)
    assert {0} <= set(west.sides) <= {0, layout.EDGE}
    assert draft.lines[0].width_m == 8.0


def test_second_cut_leaves_a_node_on_the_first() -> None:
    draft = layout.Draft()
    _, east = halved(draft)
    assert layout.street_cut(draft, east, ((70.0, 30.0), 0.0), rank="alley", width_m=3.0) is not None
    shares = sorted(share for share, _ in draft.lines[0].stops)
    assert shares == pytest.approx([0.0, 0.3, 1.0]) or shares == pytest.approx([0.0, 0.7, 1.0])
    assert {n for _, n in draft.lines[0].stops} & {n for _, n in draft.lines[1].stops}


def test_cut_from_the_other_side_is_drawn_to_the_node_near_by() -> None:
    draft = layout.Draft()
    west, east = halved(draft)
    layout.street_cut(draft, east, ((70.0, 30.0), 0.0), rank="alley", width_m=3.0)
    layout.street_cut(draft, west, ((20.0, 36.0), 0.0), rank="alley", width_m=3.0)  # 6 m off: within the 9 m
    assert len(draft.lines[0].stops) == 3  # no fourth: the two alleys meet


def test_dead_end_stops_short_but_parts_the_lots() -> None:
    draft = layout.Draft()
    _, east = halved(draft)
    parts = layout.street_cut(draft, east, ((70.0, 50.0), 0.0), rank="dead", width_m=2.0, reach=0.5)
    assert parts is not None
    assert sorted(layout.area(p) for p in parts) == pytest.approx([3_000.0, 3_000.0])
    tips = [draft.nodes[node] for _, node in draft.lines[1].stops]
    assert sorted(tips) == [pytest.approx((40.0, 50.0)), pytest.approx((70.0, 50.0))]  # half of the 60 m


def test_cut_beside_the_face_is_none() -> None:
    assert layout.lot_cut(SQUARE, ((200.0, 50.0), np.pi / 2.0)) is None


def test_shared_out_is_exact_and_bounded() -> None:
    shares = shared_out(232, 66, np.random.default_rng(1), most=5)
    assert sum(shares) == 232
    assert len(shares) == 66
    assert min(shares) >= 1
    assert max(shares) <= 5


def test_names_are_of_no_real_place(sample: Path) -> None:
    text = (sample / "boundaries.geojson").read_text(encoding="utf-8")
    assert not re.search("서울|서대문|연희|홍제|북가좌|남가좌|신촌|충현|천연", text)
    assert "INVENTED" in (sample / "README.txt").read_text(encoding="utf-8")
