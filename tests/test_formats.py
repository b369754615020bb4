"""A list is the same list in every format: rows, keys and figures do not depend on what it was saved as."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from sqlalchemy import text

from etl.db import Database
from etl.features import opened
from etl.jobs import JOBS
from etl.load import find_job, load
from etl.persons import ABOUT_PERSONS
from etl.reasons import InputRefused
from etl.results import LoadResult
from etl.rows import Reading
from tests.database import TestCity

HEADER = ("관리번호,관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,보관일수,설치연월,"
          "관리기관전화번호,WGS84위도,WGS84경도,데이터기준일자")  # fmt: skip
ROWS = (
    '202631200000001,골목구청,골목로 1,,생활방범,2,200,"북,남",30,201005,02-0000-4100,37.5801,126.9368,2013-12-31',
    "202631200000002,골목구청,골목로 2,,어린이보호,1,200,,30,201105,02-0000-4100,37.5802,126.9369,2013-12-31",
    "202631200000003,골목구청,골목로 3,,교통단속,3,,정면 90도,30,201205,02-0000-4100,37.5803,126.9451,2013-12-31",
    "202631200000004,,골목로 4,,생활방범,1,200,,30,201305,02-0000-4100,37.5804,126.9452,2013-12-31",
    "202631200000005,골목구청,골목로 5,,생활방범,1,200,,30,201305,02-0000-4100,37.5804,127.2,2013-12-31",
)
PLACE = ("WGS84위도", "WGS84경도")
SQUARE = shapely.box(126.93, 37.575, 126.95, 37.585)
# The counts of these five: one has no agency, one lies in another district.
COUNTS = {"rows_in": 5, "inserted": 3, "quarantined": 1, "outside": 1}


def registry(folder: Path) -> Path:
    path = folder / "cctv.csv"
    path.write_bytes("\r\n".join([HEADER, *ROWS]).encode("cp949"))
    return path


def frame(*, crs: int = 4326, own: bool = True) -> gpd.GeoDataFrame:
    rows = pd.read_csv(io.StringIO("\n".join([HEADER, *ROWS])), dtype=str, keep_default_na=False)
    points = shapely.points(rows[PLACE[1]].astype(float), rows[PLACE[0]].astype(float))
    kept = rows if own else rows.drop(columns=list(PLACE))
    return gpd.GeoDataFrame(kept, geometry=points, crs=4326).to_crs(crs)


def geopackage(folder: Path, **how: object) -> Path:
    file = folder / "named_wrongly.csv"
    whole = folder / "whole.gpkg"
    frame(**how).to_file(whole, layer="cctv", driver="GPKG")  # type: ignore[arg-type]
    return whole.rename(file)


def geojson(folder: Path, **how: object) -> Path:
    file = folder / "cctv.geojson"
    frame(**how).to_file(file, driver="GeoJSON")  # type: ignore[arg-type]
    return file


def geoparquet(folder: Path, **how: object) -> Path:
    file = folder / "cctv.dat"
    frame(**how).to_parquet(file)  # type: ignore[arg-type]
    return file


def flatgeobuf(folder: Path, **how: object) -> Path:
    file = folder / "cctv.fgb"
    frame(**how).to_file(file, driver="FlatGeobuf", spatial_index="NO")  # type: ignore[arg-type]
    return file


def shapefile(folder: Path, **how: object) -> Path:
    """Write a shapefile as offices do: text in CP949, no .cpg; names of columns are cut to ten bytes."""
    file = folder / "cctv.shp"
    rows = frame(**how)  # type: ignore[arg-type]
    short = {name: name.encode("cp949")[:10].decode("cp949") for name in rows.columns if name != "geometry"}
    rows.rename(columns=short).to_file(file, encoding="cp949")
    file.with_suffix(".cpg").unlink()
    return file


def zipped(folder: Path, **how: object) -> Path:
    file = shapefile(folder, **how)
    archive = folder / "cctv.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in sorted(folder.glob("cctv.*")):
            if part.suffix != ".zip":
                packed.write(part, f"자료/{part.name}")
    for part in folder.glob("cctv.*"):
        if part != archive:
            part.unlink()
    assert not file.exists()
    return archive


FORMATS = (geopackage, geojson, geoparquet, flatgeobuf, shapefile, zipped)
Write = Callable[..., Path]


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    square = gpd.GeoDataFrame({"adm_nm": ["골목동"], "adm_cd2": ["9911010100"]}, geometry=[SQUARE], crs=4326)
    square.to_file(tmp_path / "dong.gpkg", driver="GPKG")
    load(database, "boundaries", tmp_path / "dong.gpkg")
    yield database
    database.close()


def read(source: str, file: Path) -> Reading:
    return find_job(source, layer="any" if source == "layer" else None).read(file).whole()


def cameras(db: Database) -> list[tuple[object, ...]]:
    sql = """select c.camera_key, s.heading_deg, s.pixels, st_astext(i.geom), lower(s.valid_during)
             from core.camera_state s join core.camera c using (camera_id) join core.site i using (site_id) order by 1"""
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def counts(result: LoadResult) -> dict[str, int]:
    names = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    return {name: getattr(result, name) for name in names if getattr(result, name)}


@pytest.mark.parametrize("write", FORMATS)
def test_a_registry_reads_as_its_csv(tmp_path: Path, write: Write) -> None:
    (tmp_path / "other").mkdir()
    plain = read("cameras", registry(tmp_path))
    reading = read("cameras", write(tmp_path / "other"))
    given = [name for name in plain.tables["registry"].columns if name in reading.tables["registry"].columns]
    assert {"mgmt_no", "manager", "purpose", "camera_count", "view_text", "ref_date", "lat", "lon"} <= set(
        given
    )
    pd.testing.assert_frame_equal(reading.tables["registry"][given], plain.tables["registry"][given])
    assert (reading.form, reading.crs, reading.refused) == (plain.form, 4326, {})


@pytest.mark.parametrize("write", FORMATS)
def test_points_stand_for_columns_of_coordinates_in_any_system(tmp_path: Path, write: Write) -> None:
    reading = read("cameras", write(tmp_path, crs=5186, own=False))
    assert reading.crs == 5186
    north, east = reading.tables["registry"].loc[1, ["lat", "lon"]].astype(float)
    # the plane of EPSG:5186 begins 600 km north and 200 km east of its origin at 38 N, 127 E
    assert (round(north), round(east)) == (553_396, 194_417)


@pytest.mark.parametrize("write", [geopackage, shapefile])
def test_a_registry_loads_as_its_csv(db: Database, tmp_path: Path, write: Write) -> None:
    (tmp_path / "other").mkdir()
    result = load(db, "cameras", write(tmp_path / "other", crs=5186, own=False))
    assert counts(result) == COUNTS
    before = cameras(db)
    assert len(before) == 6
    again = load(db, "cameras", registry(tmp_path))
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 3)
    assert cameras(db) == before


def test_a_columns_own_coordinates_come_before_the_points_and_blanks_are_filled(tmp_path: Path) -> None:
    rows = frame(crs=5179)
    rows.loc[0, list(PLACE)] = ""
    rows.loc[1, list(PLACE)] = "37.0"
    file = tmp_path / "mixed.gpkg"
    rows.to_file(file, driver="GPKG")
    reading = read("cameras", file)
    assert reading.crs == 4326
    assert reading.tables["registry"]["lat"].tolist()[:3] == ["37.5801", "37.0", "37.5803"]


def test_a_plain_parquet_is_a_list(tmp_path: Path) -> None:
    file = tmp_path / "lamps"
    columns = {"표찰번호": [11, 12], "위도": [37.5801, None], "경도": [126.94, 126.95],
               "데이터기준일자": [dt.date(2020, 7, 8), None], "사진": [b"a", b"b"]}  # fmt: skip
    pq.write_table(pa.table({name: pa.array(cells) for name, cells in columns.items()}), file)
    rows = read("lamps", file).tables["lamp"]
    assert rows["lamp_no"].tolist() == ["11", "12"]
    assert rows["lat"].tolist() == ["37.5801", ""]
    assert rows["ref_date"].tolist() == ["2020-07-08", ""]
    assert "사진" not in rows


def test_a_layer_without_places_of_its_own_is_a_list_of_places(tmp_path: Path) -> None:
    file = tmp_path / "zones.parquet"
    pq.write_table(pa.table({"위도": ["37.58"], "경도": ["126.94"], "val": ["3"]}), file)
    reading = read("layer", file)
    assert reading.tables["place"].loc[1, ["lat", "lon", "weight"]].tolist() == ["37.58", "126.94", "3"]


def test_of_several_layers_the_one_with_the_columns_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "many.gpkg"
    other = gpd.GeoDataFrame({"name": ["brook"]}, geometry=[shapely.Point(126.94, 37.58)], crs=4326)
    other.to_file(file, layer="water", driver="GPKG")
    frame().to_file(file, layer="cctv_2013", driver="GPKG")
    notes = read("cameras", file).notes
    told = (notes["layer"], notes["other_layers"], notes["file_format"])
    assert told == ("cctv_2013", ["water"], "geopackage")
    with pytest.raises(
        InputRefused, match=r"UNKNOWN_HEADER.*speaker_key/스피커번호; layers: water, cctv_2013"
    ):
        read("speakers", file)


def test_a_shapefile_without_prj_has_no_system_and_the_coordinates_tell_what_they_look_like(
    db: Database, tmp_path: Path
) -> None:
    file = shapefile(tmp_path, crs=5186, own=False)
    file.with_suffix(".prj").unlink()
    with pytest.raises(InputRefused, match=r"NO_CRS.*look like EPSG:5186") as refused:
        load(db, "cameras", file)
    assert isinstance(refused.value.result, LoadResult)
    assert refused.value.result.reasons == {"NO_CRS": 1}
    assert counts(load(db, "cameras", file, assume_crs=5186)) == COUNTS


def test_geojson_of_metres_without_a_system_is_not_taken_for_degrees(db: Database, tmp_path: Path) -> None:
    file = geojson(tmp_path, crs=5179, own=False)
    whole = json.loads(file.read_text())
    assert whole.pop("crs")["properties"]["name"] == "urn:ogc:def:crs:EPSG::5179"
    file.write_text(json.dumps(whole))
    with pytest.raises(InputRefused, match=r"NO_CRS.*look like EPSG:5179"):
        load(db, "cameras", file)
    assert counts(load(db, "cameras", file, assume_crs=5179)) == COUNTS


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf", "ESRI Shapefile"])
def test_zones_and_layers_come_in_any_format_of_shapes(db: Database, tmp_path: Path, driver: str) -> None:
    ending = {"GPKG": "gpkg", "FlatGeobuf": "fgb", "ESRI Shapefile": "shp"}[driver]
    area = shapely.box(126.935, 37.58, 126.94, 37.582)
    zone = gpd.GeoDataFrame(
        {"zone_id": ["z1"], "종류": ["침수"], "등급": [2]}, geometry=[area], crs=4326
    ).to_crs(5186)
    file = tmp_path / f"zones.{ending}"
    zone.to_file(file, driver=driver)
    assert counts(load(db, "zones", file)) == {"rows_in": 1, "inserted": 1}
    assert counts(load(db, "layer", file, layer="wet")) == {"rows_in": 1, "inserted": 1}
    (tmp_path / "wkb.parquet").unlink(missing_ok=True)
    zone.to_parquet(tmp_path / "wkb.parquet")
    assert counts(load(db, "zones", tmp_path / "wkb.parquet")) == {"rows_in": 1, "unchanged": 1}


def test_names_and_cells_cut_within_a_sign_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    def cut(word: str) -> str:
        # bytes of UTF-8 one by one, as a table of fixed widths cuts them
        return word.encode()[:10].decode("latin-1")

    columns = {cut("표찰번호"): [cut("가람나래")], "lat": ["37.58"], "lon": ["126.94"]}
    file = tmp_path / "lamps.shp"
    values = [np.array(cells, dtype=object) for cells in columns.values()]
    where = shapely.to_wkb(np.array([shapely.Point(126.94, 37.58)], dtype=object))
    pyogrio.raw.write(file, where, values, list(columns), driver="ESRI Shapefile", geometry_type="Point",
                      crs="EPSG:4326", encoding="ISO-8859-1")  # fmt: skip
    file.with_suffix(".cpg").unlink()
    reading = read("lamps", file)
    assert reading.encoding == "utf-8"
    # three of the four signs are whole: the column is still known, and the cell says so much
    assert reading.tables["lamp"]["lamp_no"].tolist() == ["가람나"]


def test_of_a_file_about_persons_no_more_is_kept_than_of_its_csv(tmp_path: Path) -> None:
    columns = {
        "접수번호": ["C1"],
        "접수일시": ["2013-01-01 10:00"],
        "사건코드": ["101"],
        "목격자": ["홍길동"],
    }
    file = tmp_path / "calls.gpkg"
    gpd.GeoDataFrame(columns, geometry=[shapely.Point(126.9368, 37.5791)], crs=4326).to_file(
        file, driver="GPKG"
    )
    reading = read("incidents", file)
    rows = reading.tables["call"]
    assert rows[["lat", "lon"]].loc[1].tolist() == ["37.5791", "126.9368"]
    assert "홍길동" not in rows.to_string() + str(reading.notes)


def test_areas_are_no_places_of_lamps(tmp_path: Path) -> None:
    file = tmp_path / "areas.gpkg"
    gpd.GeoDataFrame({"표찰번호": ["a"]}, geometry=[SQUARE], crs=4326).to_file(file, driver="GPKG")
    assert read("lamps", file).tables["lamp"].loc[1, ["lat", "lon"]].tolist() == ["Polygon", "Polygon"]


def test_safe_ways_home_with_points_need_no_text_of_them(tmp_path: Path) -> None:
    file = tmp_path / "ways.gpkg"
    columns = {"시설물 id": ["a"], "시설코드": ["301"], "안심귀갓길 아이디": ["r1"]}
    gpd.GeoDataFrame(columns, geometry=[shapely.Point(126.9368, 37.5791)], crs=4326).to_file(
        file, driver="GPKG"
    )
    row = read("bells", file).tables["safe_return"].loc[1]
    assert row[["lon", "lat", "code"]].tolist() == ["126.9368", "37.5791", "301"]


def test_text_that_runs_over_lines_stays_in_its_row(tmp_path: Path) -> None:
    rows = frame()
    rows.loc[0, "소재지도로명주소"] = '골목로 1\n"가람" 앞,\r\n둘째 줄'
    file = tmp_path / "lines.gpkg"
    rows.to_file(file, driver="GPKG")
    reading = read("cameras", file)
    assert reading.refused == {}
    assert reading.tables["registry"]["address_road"].tolist()[:2] == [
        '골목로 1 "가람" 앞, 둘째 줄',
        "골목로 2",
    ]


@pytest.mark.parametrize("write", [geopackage, geoparquet, flatgeobuf])
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_file_cut_short_is_refused_as_a_whole(tmp_path: Path, write: Write, kept: float) -> None:
    file = write(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(InputRefused, match="UNREADABLE"):
        read("cameras", file)


def test_a_shapefile_whose_table_was_cut_is_refused_and_deleted_rows_are_none(tmp_path: Path) -> None:
    file = shapefile(tmp_path)
    table = file.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    start, width = (int.from_bytes(content[a:b], "little") for a, b in ((8, 10), (10, 12)))
    table.write_bytes(content[: -2 * width])
    with pytest.raises(InputRefused, match=r"UNREADABLE.*5 shapes, and a table that says 5 rows"):
        read("cameras", file)
    content[start + width] = ord("*")
    table.write_bytes(content)
    assert read("cameras", file).tables["registry"]["mgmt_no"].str[-1].tolist() == ["1", "3", "4", "5"]


def test_an_archive_with_a_broken_name_is_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path)
    file.write_bytes(file.read_bytes().replace("자료".encode(), b"\xff" * 6))
    with pytest.raises(InputRefused, match="BAD_ARCHIVE"):
        read("zones", file)


def test_a_cut_geojson_is_refused_as_a_whole(tmp_path: Path) -> None:
    file = geojson(tmp_path)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(InputRefused, match="BAD_JSON"):
        read("cameras", file)


def test_batches_number_the_rows_through_and_never_hold_more(tmp_path: Path) -> None:
    for file in (geopackage(tmp_path), geoparquet(tmp_path)):
        with opened(file) as (layer,):
            batches = list(layer.batches(size=2))
        assert [batch.index.tolist() for batch in batches] == [[1, 2], [3, 4], [5]]
        assert all(isinstance(batch["geometry"].iloc[0], shapely.Point) for batch in batches)


def test_a_geojson_in_cp949_is_decoded(tmp_path: Path) -> None:
    file = geojson(tmp_path)
    file.write_bytes(file.read_bytes().decode().encode("cp949"))
    reading = read("cameras", file)
    assert reading.encoding == "cp949"
    assert reading.tables["registry"]["manager"].tolist()[:2] == ["골목구청", "골목구청"]


def test_what_is_no_list_of_any_source_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "brook.geojson"
    gpd.GeoDataFrame({"name": ["brook"]}, geometry=[shapely.Point(126.94, 37.58)], crs=4326).to_file(file)
    with pytest.raises(InputRefused, match=r"UNKNOWN_HEADER.*manager/관리기관명"):
        read("cameras", file)


def test_every_source_of_lists_takes_every_format() -> None:
    # lists of shapes alone (zones, boundaries) are looked at for persons, and read by themselves
    wrapped = {
        job.source
        for job in JOBS
        if hasattr(job.read, "__wrapped__")
        and (job.source in ABOUT_PERSONS or hasattr(job.read.__wrapped__, "__wrapped__"))
    }
    assert wrapped == {
        "cameras",
        "survey",
        "status",
        "speakers",
        "lamps",
        "bells",
        "incidents",
        "police",
        "layer",
    }
