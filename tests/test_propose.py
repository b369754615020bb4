"""What a file is shows in its content: each real file is proposed for its source, and nothing for what none takes."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app import phrases_look, phrases_propose
from app.services import look_into
from app.services.proposing import propose_beside
from etl.coordinates import to_srid
from etl.forms import Form, fit
from etl.kinds import kind_of
from etl.propose import Proposal, propose
from etl.reasons import InputRefused
from etl.rows import Door
from etl.settings import district
from tests.terminal import Golmok
from tests.test_sources import road_map
from tests.toy_workbook import workbook

KOREA = Door(5186, "Asia/Seoul", dt.date(2026, 1, 1))
REAL = {
    "boundaries/seoul_beopjeongdong_ngii_20230915.geojson": "boundaries",
    "boundaries/seoul_gu_ngii_20230915.geojson": "boundaries",
    "boundaries/seoul_hangjeongdong_raqoon886.geojson": "boundaries",
    "boundaries/seoul_dong_code_map_mois_kostat_2017.csv": None,
    "buildings/cityjson_denhaag_subset.json": None,
    "buildings/cityjson_rotterdam_subset.json": None,
    "cctv/gangnam_20190312.csv": "cameras",
    "cctv/gyeongsan_std_2024.csv": "cameras",
    "cctv/national_std_2020_subset.csv": "cameras",
    "cctv/osm_alpr_sf_bay_2026.json": "cameras",
    "cctv/seoul_cctv_counts_by_gu_year.csv": None,
    "cctv/seoul_std_2018_cctv2.csv": "cameras",
    "cctv/seoul_std_2020_CCTV_서울.csv": "cameras",
    "dem/hongjecheon_srtm_41x33.json": "dem",
    "dem/osmnx_elevation1.tif": "dem",
    "demand/daejeon_emergency_bells_2026.csv": "bells",
    "demand/national_child_zones_2020.csv": "layer",
    "demand/population_grid_eunpyeong/nlsp_021001001.shp": "layer",
    "demand/seoul_police_stations.csv": None,
    "demand/seoul_safe_return_facilities.csv": "bells",
    "demand/seoul_streetlights_20221108.csv": "lamps",
    "hazards/hongjecheon_osm_water.json": None,
    "incidents/eunpyeong_icing_hotspot.csv": "layer",
    "incidents/geodanet/crimes.shp": "layer",
    "incidents/geodanet/schools.shp": "layer",
    "incidents/geodanet/streets.shp": "layer",
    "incidents/koroad_fatal/도로교통공단_교통사망사고정보_2015.csv": "incidents",
    "incidents/koroad_fatal/도로교통공단_교통사망사고정보_2016.csv": "incidents",
    "incidents/koroad_fatal/도로교통공단_교통사망사고정보_2017.csv": "incidents",
    "incidents/koroad_fatal/도로교통공단_교통사망사고정보_2018.csv": "incidents",
    "incidents/police_crime_by_region_20241231.csv": None,
    "incidents/police_uk_city_of_london/2017-01-city-of-london-street.csv": "police",
    "incidents/seoul_5crimes_by_gu_20231128.csv": None,
    "network/helsinki_centre.osm.pbf": "city",
    "network/monaco_osm.osm.pbf": "city",
    "network/seodaemun_gu_office_osm_chunk.json": None,
}


def first(found: Proposal) -> str | None:
    return found.candidates[0].source if found.candidates else None


@pytest.mark.parametrize(("name", "source"), REAL.items(), ids=REAL.keys())
def test_every_real_file_is_proposed_for_its_source(shared_data: Path, name: str, source: str | None) -> None:
    assert first(propose(shared_data / name, KOREA)) == source


def test_rows_in_the_district_are_counted(shared_data: Path) -> None:
    dong = gpd.read_file(shared_data / "boundaries" / "seoul_hangjeongdong_raqoon886.geojson")
    here = dong[dong["adm_cd2"].str.startswith("11410")].to_crs(5186).geometry.union_all()
    door = Door(5186, "Asia/Seoul", dt.date(2026, 1, 1), outline=here)
    best = propose(shared_data / "cctv" / "seoul_std_2018_cctv2.csv", door).candidates[0]
    assert (best.form, len(best.matched), best.columns) == ("korean-2018-renamed", 13, 13)
    assert (best.inside, best.rows) == (548, 21_121)


def test_neighbours_that_only_touch_the_district_are_not_counted_as_in_it(shared_data: Path) -> None:
    file = shared_data / "boundaries" / "seoul_hangjeongdong_raqoon886.geojson"
    dong = gpd.read_file(file)
    here = dong[dong["adm_cd2"].str.startswith("11410")].to_crs(5186).geometry.union_all()
    best = propose(file, Door(5186, "Asia/Seoul", dt.date(2026, 1, 1), outline=here)).candidates[0]
    assert (best.inside, best.rows) == (14, 425)


def test_rings_that_cross_themselves_lines_and_rows_without_a_shape_are_counted(tmp_path: Path) -> None:
    shapes = [
        shapely.Polygon([(126.93, 37.58), (126.94, 37.59), (126.94, 37.58), (126.93, 37.59)]),
        shapely.LineString([(126.93, 37.58), (126.94, 37.59)]),
        None,
        shapely.box(126.94, 37.58, 126.95, 37.59),
    ]
    gpd.GeoDataFrame({"note": list("abcd")}, geometry=shapes, crs=4326).to_file(tmp_path / "a.geojson")
    (here,) = to_srid(np.array([shapely.box(126.92, 37.57, 126.94, 37.60)]), source=4326, srid=5186)
    best = propose(tmp_path / "a.geojson", Door(5186, "Asia/Seoul", dt.date(2026, 1, 1), outline=here))
    assert [(each.source, each.inside, each.rows) for each in best.candidates] == [("layer", 2, 4)]


def put(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(content.encode(encoding))
    return file


LAMPS = "표찰번호,보안등위치명,위도,경도\n1,가람길,37.5801,126.9401\n2,나래길,37.5901,126.9501\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_name_that_lies_and_any_encoding_do_not_matter(tmp_path: Path, encoding: str) -> None:
    found = propose(put(tmp_path, "cctv.xlsx", LAMPS, encoding), KOREA)
    (best,) = found.candidates
    assert (best.source, best.rows, best.taken, best.sampled, best.inside) == ("lamps", 2, 2, 2, None)
    assert best.matched == {"lamp_no": "표찰번호", "name": "보안등위치명", "lat": "위도", "lon": "경도"}


def test_a_workbook_is_known_by_its_sheet(tmp_path: Path) -> None:
    file = workbook(tmp_path / "lamps.csv", {"목록": [line.split(",") for line in LAMPS.splitlines()]})
    (best,) = propose(file, KOREA).candidates
    assert (kind_of(file), best.source, best.columns, best.taken) == ("workbook", "lamps", 4, 2)


def test_a_registry_without_a_header_is_known_by_its_cells(tmp_path: Path) -> None:
    row = "골목구청,가람로 {n},,생활방범,2,200,,30,2012-05,02-0000-4100,37.5801,126.940{n},2013-12-31\n"
    found = propose(put(tmp_path, "a", "".join(row.format(n=n) for n in range(1, 9))), KOREA)
    assert [(each.source, each.taken) for each in found.candidates] == [("cameras", 8)]


def test_columns_that_fit_over_rows_that_do_not_are_no_proposal(tmp_path: Path) -> None:
    area = shapely.box(126.93, 37.58, 126.94, 37.59)
    frame = gpd.GeoDataFrame({"id": ["1"], "type": ["school"], "level": ["1"]}, geometry=[area], crs=4326)
    frame.to_file(tmp_path / "a.geojson", driver="GeoJSON")
    assert first(propose(tmp_path / "a.geojson", KOREA)) == "layer"
    frame.assign(type="flood").to_file(tmp_path / "b.geojson", driver="GeoJSON")
    assert first(propose(tmp_path / "b.geojson", KOREA)) == "zones"


def test_a_file_about_persons_is_never_proposed_as_a_layer(tmp_path: Path) -> None:
    head = "접수번호,접수일시,사건코드,위도,경도,신고자,신고내용\n"
    found = propose(
        put(tmp_path, "a", head + "C1,2013-01-01 10:00,101,37.5801,126.9401,김가람,내용\n"), KOREA
    )
    assert [each.source for each in found.candidates] == ["incidents"]


def test_a_file_of_which_no_row_can_be_taken_is_named_all_the_same(tmp_path: Path) -> None:
    far_too_coarse = LAMPS.replace("01", "")
    (best,) = propose(put(tmp_path, "a", far_too_coarse), KOREA).candidates
    assert (best.source, best.taken, best.sampled, best.rows) == ("lamps", 0, 2, 2)


def test_places_alone_may_be_lamps_and_an_address_makes_none(tmp_path: Path) -> None:
    assert first(propose(put(tmp_path, "a", "관리번호,위도,경도\n가,37.5801,126.9401\n"), KOREA)) == "lamps"
    row = "관리번호,소재지도로명주소,위도,경도,시설종류\n가,가람로 1,37.5801,126.9401,놀이터\n"
    assert first(propose(put(tmp_path, "b", row), KOREA)) == "layer"


def test_the_road_address_map_is_known_as_a_folder_and_as_a_zip(tmp_path: Path) -> None:
    folder = road_map(tmp_path / "map")
    archive = tmp_path / "map.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.iterdir():
            packed.write(path, path.name)
    assert [first(propose(path, KOREA)) for path in (folder, archive)] == ["juso", "juso"]


def test_what_nothing_fits_is_named_with_what_was_found_and_what_it_lacks(tmp_path: Path) -> None:
    head = "관리기관명,설치목적구분,소재지도로명주소,WGS84위도,WGS84경도"
    file = put(tmp_path, "short.csv", f"{head}\n골목구청,생활방범,가람로 1,,\n")
    found = propose(file, KOREA)
    assert (found.candidates, found.nearest) == ((), ("cameras", ("camera_count/카메라대수",)))
    answer = propose_beside(district("sample"), file, outline=None)
    said = list(phrases_propose.lines(answer, "en"))
    assert said[0] == "short.csv: it fits none of the sources (a table of text)."
    assert "Nearest: " in said[2]
    assert said[2].endswith("it lacks: camera_count/카메라대수")


def test_a_row_about_a_person_is_not_quoted_as_a_header(tmp_path: Path) -> None:
    found = propose(put(tmp_path, "a.csv", "김가람,010-1234-5678,가람로 1\n"), KOREA)
    assert (found.candidates, found.names) == ((), ())


@pytest.mark.parametrize(
    ("content", "reason"), [("", "EMPTY_FILE"), ("version https://git-lfs x", "LFS_POINTER")]
)
def test_what_holds_nothing_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        propose(put(tmp_path, "a", content), KOREA)
    with pytest.raises(InputRefused, match="NO_FILE"):
        propose(tmp_path / "none", KOREA)


def test_of_a_folder_of_months_the_first_is_looked_into(tmp_path: Path) -> None:
    for number in (10, 9):
        put(tmp_path, f"lamps{number}.csv", LAMPS)
    answer = propose_beside(district("sample"), tmp_path, outline=None)
    assert (answer["files"], answer["looked_at"]) == (2, "lamps9.csv")
    assert answer["candidates"][0]["command"] == f"golmok load lamps {tmp_path}"


def test_the_command_names_a_district_that_is_not_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path, "lamps.csv", LAMPS)

    def proposed(name: str) -> str:
        return str(propose_beside(district(name), file, outline=None)["candidates"][0]["command"])

    monkeypatch.delenv("GOLMOK_DISTRICT", raising=False)
    assert proposed("sample") == f"golmok load lamps {file}"
    assert proposed("seodaemun") == f"golmok load lamps {file} --district seodaemun"
    monkeypatch.setenv("GOLMOK_DISTRICT", "seodaemun")
    assert proposed("seodaemun") == f"golmok load lamps {file}"


def test_the_answer_holds_the_district_beside_the_file(tmp_path: Path) -> None:
    here = to_srid(shapely.from_wkt(["POINT (126.9401 37.5801)"]), source=4326, srid=5186)[0].buffer(100.0)
    answer = propose_beside(district("sample"), put(tmp_path, "a b.csv", LAMPS), outline=here)
    (best,) = answer["candidates"]
    assert (answer["status"], best["inside"], best["rows"]) == ("proposed", 1, 2)
    assert best["command"].endswith("a b.csv'")
    said = list(phrases_propose.lines(answer, "en"))
    assert said[0] == "a b.csv: registers of security and street lamps"
    assert said[2].strip() == "1 of 2 rows lie in Golmok-gu (invented)."


def test_a_file_that_is_no_registry_is_called_by_its_own_name_by_look(tmp_path: Path) -> None:
    found = look_into.look_into(None, put(tmp_path, "lamps.csv", LAMPS), name="lamps.csv")
    assert (found["status"], found["reason"]) == ("refused", "UNKNOWN_HEADER")
    assert phrases_look.refused_line(found, "en") == (
        "It is no registry of cameras; it looks like: registers of security and street lamps. "
        "Load it with: golmok load lamps lamps.csv"
    )
    strange = look_into.look_into(None, put(tmp_path, "strange.csv", "가,나\n다,라\n"))
    assert phrases_look.refused_line(strange, "en").startswith("This file cannot be read.")


def test_the_command_proposes_and_loads_nothing(toy_golmok: Golmok, tmp_path: Path) -> None:
    before = json.loads(toy_golmok("status", "--json").out)["loads"]
    told = toy_golmok("load", str(put(tmp_path, "lamps.csv", LAMPS)), "--json")
    answer = json.loads(told.out)
    assert (told.code, answer["candidates"][0]["source"], answer["candidates"][0]["inside"]) == (
        0,
        "lamps",
        0,
    )
    unknown = toy_golmok("load", str(put(tmp_path, "strange.csv", "가,나\n다,라\n")))
    assert unknown.code == 3
    assert "Columns found: 가, 나" in unknown.out
    assert json.loads(toy_golmok("status", "--json").out)["loads"] == before
    assert toy_golmok("load", "no/such/file.csv").code == 3
    assert toy_golmok("load", "pictures").code == 2
    assert toy_golmok("load", "cameras").code == 2
    assert toy_golmok("load").code == 2


def test_a_form_tells_what_it_lacks() -> None:
    form = Form("f", {"a": ("가",), "lat": ("위도",), "lon": ("경도",)}, ("a", "lat", "lon"))
    plain, placed = fit(["가", "나"], form), fit(["가", "나"], form, placed=True)
    assert (plain.missing, placed.missing, placed.share) == (("lat", "lon"), (), 0.5)


def test_names_cut_to_ten_bytes_are_known_but_not_those_that_fit_two_columns() -> None:
    form = Form("f", {"road": ("소재지도로명주소",), "lot": ("소재지지번주소",)}, ())
    assert fit(["소재지도로", "소재지지번"], form, cut="cp949").matched == {
        "road": "소재지도로",
        "lot": "소재지지번",
    }
    # three signs of UTF-8 are the beginning of both
    assert fit(["소재지"], form, cut="utf-8").matched == {}
    assert fit(["소재지도로"], form).matched == {}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"type": "FeatureCollection", "features": []}', "geojson"), (b'\xef\xbb\xbf {"type":"Feature"}', "geojson"),
        (b'{"type":"Polygon","coordinates":[]}', "geojson"), (b'{"type":"CityJSON"}', "cityjson"),
        (b'{"elements":[{"type":"node"}]}', "json"), (b"<kml/>", "xml"), (b"%PDF-1.7", "pdf"), (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04broken", "archive"), (b"SQLite format 3\x00" + bytes(100), "sqlite"), (b"a,b", "text"),
        (b"PAR1....", "parquet"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook"),
    ],
)  # fmt: skip
def test_kinds_are_known_by_their_first_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    assert kind_of(file) == kind
