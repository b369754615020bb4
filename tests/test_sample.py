"""The invented district's files: their published figures, their dirt, and the same bytes from the same seed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from etl.sample import write_sample
from etl.sample.cameras import shared_out
from tests import sample_files
from tests.sample_files import METRIC, table


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_files.written(tmp_path_factory)


@pytest.fixture(scope="module")
def good_rows(sample: Path) -> gpd.GeoDataFrame:
    return sample_files.good_rows(sample)


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


def test_shared_out_is_exact_and_bounded() -> None:
    shares = shared_out(232, 66, np.random.default_rng(1), most=5)
    assert sum(shares) == 232
    assert len(shares) == 66
    assert min(shares) >= 1
    assert max(shares) <= 5


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


def test_safe_ways_home_are_lines_on_which_their_facilities_stand(sample: Path) -> None:
    lines = gpd.read_file(sample / "safe_routes.geojson").to_crs(METRIC).set_index("id")
    rows = table(sample / "safe_return.csv")
    at = gpd.GeoSeries.from_wkt(rows["포인트 wkt "], crs="EPSG:4326").to_crs(METRIC)
    assert sorted(lines.index) == sorted(rows["안심귀갓길 아이디"].unique())
    assert len(lines) == 9
    assert (lines.geom_type == "LineString").all()
    assert (lines.length > 130.0).all()
    assert at.distance(lines.geometry.loc[rows["안심귀갓길 아이디"]].reset_index(drop=True)).max() < 0.01


def test_residents_live_in_squares_of_the_district(sample: Path) -> None:
    squares = gpd.read_file(sample / "population.geojson").to_crs(METRIC)
    assert squares["gid"].is_unique
    assert squares["val"].min() >= 5
    # Some 320,000 people, as in a district of Seoul.
    assert 250_000 < squares["val"].sum() < 400_000
    assert squares.area.to_numpy() == pytest.approx(10_000.0, abs=1.0)


# ---- the same bytes, of no real place


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_same_seed_same_bytes(sample: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    written = write_sample(tmp_path / "again", progress=steps.append)
    assert digests(tmp_path / "again") == digests(sample)
    assert {str(p.relative_to(tmp_path / "again")) for p in written} == set(digests(sample))
    assert steps[0] == "ground"
    assert steps[-2:] == ["plots", "population"]
    assert steps[-1] == "population"


def test_names_are_of_no_real_place(sample: Path) -> None:
    text = (sample / "boundaries.geojson").read_text(encoding="utf-8")
    assert not re.search("서울|서대문|연희|홍제|북가좌|남가좌|신촌|충현|천연", text)
    assert "INVENTED" in (sample / "README.txt").read_text(encoding="utf-8")


# ---- what cameras must spare


def test_lots_hold_their_buildings_and_lie_off_the_streets(sample: Path) -> None:
    lots = gpd.read_file(sample / "plots.geojson").to_crs(METRIC)
    walls = sample_files.buildings(sample)
    assert len(lots) == len(walls)
    assert lots["관리번호"].is_unique
    assert set(lots["소유구분"]) == {"개인", "법인", "시도유지"}
    assert lots["지목"].eq("학교용지").equals(lots["소유구분"].eq("시도유지"))
    # each building lies in the lot at its place in the list, to the millimetre of the file
    roofs, ground = walls.geometry.to_numpy(), lots.geometry.to_numpy()
    assert shapely.area(shapely.difference(roofs, ground)).max() < 0.1
    one, two = shapely.STRtree(ground).query(ground, predicate="intersects")
    pairs = one < two
    assert shapely.area(shapely.intersection(ground[one[pairs]], ground[two[pairs]])).sum() < 50.0
    streets = sample_files.streets(sample).geometry.to_numpy()
    assert len(shapely.STRtree(ground).query(streets, predicate="intersects")[0]) == 0


def test_sensitive_places_are_25_of_three_kinds(sample: Path) -> None:
    places = table(sample / "sensitive_places.csv")
    assert places["종류"].value_counts().to_dict() == {"공중화장실": 18, "목욕장": 5, "수영장 탈의실": 2}
    assert places["관리번호"].is_unique
