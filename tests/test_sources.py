"""Sources shape what outsiders send: toy files in the real formats."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import osmium
import pandas as pd
import pyogrio
import pytest
import shapely

from etl.dbf import dbf_encoding
from etl.jobs import JOBS
from etl.reasons import InputRefused
from etl.rows import numbered
from etl.sources import bells, boundaries, cameras, city, juso, lamps, layers, speakers, zones

KEY = "9911010100100010001000001"
UTM_K = (950_271.0, 1_953_451.0)


def shapefile(
    folder: Path, name: str, columns: dict[str, list[str]], shapes: list[object], **options: object
) -> None:
    """Write a shapefile as the road-address map comes: CP949, without a .cpg, with or without a .prj."""
    geometry = np.array(shapes, dtype=object)
    values = [np.array(cells, dtype=object) for cells in columns.values()]
    # a file without a .prj is in the same system: it only does not say so
    pyogrio.raw.write(
        folder / f"{name}.shp", shapely.to_wkb(geometry), values, list(columns), driver="ESRI Shapefile",
        geometry_type=shapes[0].geom_type, crs="EPSG:5179", encoding="CP949",
    )  # fmt: skip
    (folder / f"{name}.cpg").unlink(missing_ok=True)
    if options.get("crs") is None:
        (folder / f"{name}.prj").unlink(missing_ok=True)


def road_map(folder: Path, *, crs: str | None = "EPSG:5179", shift: float = 0.0) -> Path:
    x, y = UTM_K[0] + shift, UTM_K[1]
    folder.mkdir(exist_ok=True)
    building = {"BD_MGT_SN": [KEY], "BULD_NM": ["가람회관"], "GRO_FLO_CO": ["3"], "UND_FLO_CO": ["1"], "BDTYP_CD": ["01001"],
                "RN_CD": ["4990251"], "BULD_MNNM": ["6"], "BULD_SLNO": ["2"], "LNBR_MNNM": ["9"], "LNBR_SLNO": ["0"]}  # fmt: skip
    road = {
        "SIG_CD": ["99110"],
        "RDS_MAN_NO": ["7"],
        "RN": ["가람로3길"],
        "RN_CD": ["4990251"],
        "ROAD_BT": ["4.5"],
    }
    door = {"BUL_MAN_NO": ["1"], "ENTRC_SE": ["RM"], "BD_MGT_SN": [KEY], "SIG_CD": ["99110"]}
    shapefile(folder, "TL_SPBD_BULD_99_202401", building, [shapely.box(x, y, x + 10, y + 8)], crs=crs)
    shapefile(folder, "roads", road, [shapely.LineString([(x, y), (x + 50, y)])], crs=crs)
    shapefile(folder, "doors", door, [shapely.Point(x, y)], crs=crs)
    return folder


def test_the_road_address_map_is_known_by_its_columns(tmp_path: Path) -> None:
    reading = juso.read(road_map(tmp_path / "map"))
    assert (reading.crs, reading.encoding) == (5179, "cp949")
    building, alley, address = (reading.tables[name].iloc[0] for name in ("building", "alley", "address"))
    assert (building["building_key"], building["name"], building["floors"]) == (KEY, "가람회관", "3")
    assert (alley["alley_key"], alley["name"], alley["width_m"]) == ("juso-99110-7", "가람로3길", "4.5")
    assert (address["address_road"], address["address_lot"]) == ("가람로3길 6-2", "9")
    # no number stands twice in the file
    assert [table.index.tolist() for table in reading.tables.values()] == [[1], [2], [3]]


def test_without_a_prj_the_map_is_what_it_is_published_in_or_refused(tmp_path: Path) -> None:
    reading = juso.read(road_map(tmp_path / "map", crs=None))
    assert reading.crs == 5179
    assert "not stated" in str(reading.notes["crs"])
    with pytest.raises(InputRefused, match="NO_CRS"):
        juso.read(road_map(tmp_path / "shifted", crs=None, shift=-750_000))


def test_the_map_may_come_as_a_zip(tmp_path: Path) -> None:
    folder = road_map(tmp_path / "map")
    archive = tmp_path / "map.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"99110/{path.name}")
    assert set(juso.read(archive).tables) == {"building", "alley", "address"}
    broken = tmp_path / "broken.zip"
    broken.write_bytes(archive.read_bytes()[:200])
    with pytest.raises(InputRefused, match="BAD_ARCHIVE"):
        juso.read(broken)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="WRONG_CONTENT"):
        juso.read(tmp_path)


def test_a_cpg_is_believed_and_bytes_are_looked_at_without_one(tmp_path: Path) -> None:
    folder = road_map(tmp_path / "map")
    assert dbf_encoding(folder / "roads.shp") == "cp949"
    (folder / "roads.cpg").write_text("UTF-8")
    assert dbf_encoding(folder / "roads.shp") == "utf-8"


def town(folder: Path) -> Path:
    """Two streets that cross at node 3, steps, a tunnel, two houses, a carport, a brook; a camera; a stray node."""
    path = folder / "town.osm.pbf"
    nodes = {
        1: (0, 0),
        2: (1, 0),
        3: (2, 0),
        4: (3, 0),
        5: (2, 1),
        6: (2, -1),
        7: (5, 5),
        8: (6, 5),
        9: (6, 6),
    }
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (x, y) in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(24.94 + x / 1000, 60.17 + y / 1000)))
        camera = {"man_made": "surveillance", "camera:type": "fixed", "camera:direction": "352-37;180", "direction": "90",
                  "height": "4 m", "operator": "Town"}  # fmt: skip
        writer.add_node(osmium.osm.mutable.Node(id=100, location=(24.941, 60.17), tags=camera))
        writer.add_node(osmium.osm.mutable.Node(id=101, location=(0.0, 0.0), tags={"note": "stray"}))
        ways = {
            10: ([1, 2, 3, 4], {"highway": "residential", "name": "Alley", "width": "3,5 m", "lit": "yes"}),
            11: ([5, 3, 6], {"highway": "primary", "lanes": "2"}),
            12: ([4, 7], {"highway": "steps"}),
            13: ([1, 5], {"highway": "footway", "tunnel": "yes"}),
            14: ([7, 8, 9, 7], {"building": "yes", "building:levels": "3"}),
            15: ([1, 8, 9, 1], {"building": "carport"}),
            16: ([6, 8], {"waterway": "stream", "name": "Brook"}),
            17: ([5, 8, 9, 5], {"building": "yes", "height": "12 m"}),
        }
        for number, (refs, tags) in ways.items():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags))
    return path


def test_streets_are_split_where_they_cross(tmp_path: Path) -> None:
    reading = city.read(town(tmp_path))
    alley = reading.tables["alley"].set_index("alley_key")
    assert alley.loc["osm-w10", "section_keys"] == "1-3;3-4"
    assert [len(line.coords) for line in alley.loc["osm-w10", "geometry"].geoms] == [3, 2]
    assert alley.loc["osm-w11", "section_keys"] == "5-3;3-6"
    # a width is what the tag says; lanes are no width
    rest = {"osm-w11": "", "osm-w12": "", "osm-w13": ""}
    assert alley["width_m"].to_dict() == {"osm-w10": "3.5", **rest}
    assert alley["kind"].tolist() == ["alley", "road", "steps", "footway"]
    assert alley["lit"].to_dict() == {"osm-w10": "yes", **rest}
    # no camera of the street sees into a tunnel, but one may run through it
    assert alley["tunnel"].to_dict() == {"osm-w10": "", **rest, "osm-w13": "yes"}
    assert alley["level"].to_dict() == {"osm-w10": "", **rest, "osm-w13": "-1"}


def test_houses_and_water_and_what_was_left_out(tmp_path: Path) -> None:
    reading = city.read(town(tmp_path))
    houses = reading.tables["building"].set_index("building_key")
    assert houses[["height_m", "floors"]].to_dict("index") == {
        "osm-w14": {"height_m": "", "floors": "3"}, "osm-w17": {"height_m": "12", "floors": ""}
    }  # fmt: skip
    assert reading.tables["water"]["water_key"].tolist() == ["osm-w16"]
    assert reading.notes["left_out"] == {"building=carport": 1}
    # the stray node belongs to nothing that was read
    assert reading.bound is not None
    assert reading.bound.bounds[0] > 24.9


def test_cameras_of_openstreetmap_look_where_their_own_tag_says(tmp_path: Path) -> None:
    (row,) = cameras.read(town(tmp_path)).tables["osm"].to_dict("records")
    # the range through north has its middle at 14.5 and sweeps 45 degrees; `direction` is the pole's, not the lens's
    assert row["headings"] == "14.5/45;180/"
    assert (row["camera_count"], row["kind"], row["height_m"], row["manager"]) == ("2", "fixed", "4", "Town")


def put(folder: Path, text: str, encoding: str = "cp949") -> Path:
    path = folder / "rows.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_safe_ways_home_carry_their_points_as_text(tmp_path: Path) -> None:
    head = "포인트 wkt ,시설물 id,시설코드,안심귀갓길 아이디,안심귀갓길 명,데이터 기준일자\n"
    rows = "POINT(126.9368 37.5791),a,301,r1,가람길,20131231\nPOLYGON EMPTY,b,305,r1,가람길,20131231\n"
    reading = bells.read(put(tmp_path, head + rows)).whole()
    found = reading.tables["safe_return"]
    assert found[["lon", "lat"]].values.tolist() == [["126.9368", "37.5791"], ["POLYGON EMPTY"] * 2]
    assert reading.form == "seoul-safe-return"


def test_the_forms_of_lamps(tmp_path: Path) -> None:
    assert lamps.read(put(tmp_path, "관리번호,위도,경도\n가-01,37.5,127.1\n")).form == "number-and-place"
    national = lamps.read(put(tmp_path, "보안등위치명,설치개수,위도,경도\n가,2,37.5,127.1\n")).whole()
    assert national.form == "korean-security-lights"
    assert national.tables["lamp"][["name", "count"]].values.tolist() == [["가", "2"]]


def test_speakers_zones_and_layers_want_their_keys(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER"):
        speakers.read(put(tmp_path, "이름,위도,경도\n가,1,2\n"))
    feature = {
        "type": "Feature",
        "properties": {"name": "x"},
        "geometry": {"type": "Point", "coordinates": [127.0, 37.5]},
    }
    file = put(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER"):
        zones.read(file)
    (found,) = layers.read(file).whole().tables["feature"].to_dict("records")
    assert (found["name"], found["weight"]) == ("x", "")


def test_a_projected_geojson_keeps_its_system(tmp_path: Path) -> None:
    square = [[194000, 553000], [194100, 553000], [194100, 553100], [194000, 553000]]
    content = {
        "type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5186"}},
        "features": [{"type": "Feature", "properties": {"adm_nm": "가람시 골목구 나래동", "adm_cd": "1", "adm_cd2": "9911051000"},
                      "geometry": {"type": "Polygon", "coordinates": [square]}}],
    }  # fmt: skip
    reading = boundaries.read(put(tmp_path, json.dumps(content), "utf-8"))
    assert reading.crs == 5186
    # the ministry's code, not the statistics office's
    assert reading.tables["boundary"][["code", "name_ko"]].values.tolist() == [["9911051000", "나래동"]]


@pytest.mark.parametrize("name", [job.source for job in JOBS])
def test_every_source_refuses_a_picture(tmp_path: Path, name: str) -> None:
    (job,) = [each for each in JOBS if each.source == name]
    file = tmp_path / "x.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200))
    with pytest.raises(InputRefused):
        job.read(file)


def test_every_part_has_a_table_and_a_target() -> None:
    names = [job.source for job in JOBS]
    assert len(names) == len(set(names))
    for job in JOBS:
        tables = [part.table for part in job.parts]
        assert len(tables) == len(set(tables))
        assert all(part.steps for part in job.parts)
        assert all(bool(part.key) == part.target.startswith("core.") for part in job.parts)


def test_no_row_number_is_used_twice() -> None:
    tables = numbered({"a": pd.DataFrame({"x": ["1", "2"]}), "b": pd.DataFrame({"x": ["3"]})})
    assert [list(table.index) for table in tables.values()] == [[1, 2], [3]]
