"""Streets, boundaries, zones, layers and terrain on paper-sized worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine

from etl import city_jobs, record_jobs, terrain
from etl.dry import sort_whole
from etl.map_steps import sections
from etl.parts import Part
from etl.rows import REASON, REPAIRED, Block, Door, Verdict, run
from etl.sources import dem
from etl.sources.city import main_extent
from etl.terrain import Raster

SRID = 5186
OUTLINE = shapely.box(199_500, 599_500, 200_500, 600_500)
DOOR = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), crs=SRID, outline=OUTLINE)
X, Y = 200_000, 600_000


def clean(part: Part, rows: list[Mapping[str, object]], door: Door = DOOR) -> Verdict:
    frame = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="row_no"))
    typed = {name: frame[name].astype("object" if name == "geometry" else "str") for name in frame}
    found = sort_whole(part, Block(part.table, pd.DataFrame({**typed, REPAIRED: ""})), door)
    return found.good, found.refused


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X + x, Y + y) for x, y in points])


@pytest.mark.parametrize(
    ("name", "width", "kind"),
    [("골목로", "12", "road"), ("골목로3길", "4", "alley"), ("골목로", "", "road"), ("골목3길", "", "alley"),
     ("골목로1계단길", "2", "steps"), ("골목대로", "0", "road")],
)  # fmt: skip
def test_streets_of_the_road_address_map(name: str, width: str, kind: str) -> None:
    rows = [{"alley_key": "juso-1-1", "name": name, "width_m": width, "geometry": line((0, 0), (10, 0))}]
    good, _ = clean(city_jobs.JUSO[1], rows)
    assert good["kind"].tolist() == [kind]
    # a width of 0 is none: unknown stays unknown
    assert pd.isna(good["width_m"].iloc[0]) == (width in ("", "0"))


def street(shape: object, keys: str) -> pd.DataFrame:
    row = {"alley_key": "osm-w1", "section_keys": keys, "name": "", "width_m": np.nan, "kind": "alley", "lit": None,
           "geometry": shape, REPAIRED: ""}  # fmt: skip
    return pd.DataFrame([row], index=pd.Index([7], name="row_no"))


def test_sections_that_were_cut_stay_cut_and_others_are_joined() -> None:
    two = shapely.MultiLineString([line((0, 0), (5, 0)), line((5, 0), (9, 0))])
    cut = sections(street(two, "1-2;2-3"))
    assert cut["alley_key"].tolist() == ["osm-w1-1-2", "osm-w1-2-3"]
    assert [shape.length for shape in cut["geom"]] == [5.0, 4.0]
    assert cut.index.tolist() == [7, 7]
    joined = sections(street(two, ""))
    assert joined["alley_key"].tolist() == ["osm-w1"]
    apart = sections(street(shapely.MultiLineString([line((0, 0), (5, 0)), line((6, 0), (9, 0))]), ""))
    assert apart["alley_key"].tolist() == ["osm-w1-1", "osm-w1-2"]


def test_walls_just_outside_count_and_streets_do_not() -> None:
    near = {"building_key": "a", "name": "", "floors": "3", "floors_below": "0", "use_code": "",
            "geometry": shapely.box(X + 600, Y, X + 610, Y + 10)}  # fmt: skip
    far = {**near, "building_key": "b", "geometry": shapely.box(X + 800, Y, X + 810, Y + 10)}
    good, refused = clean(city_jobs.JUSO[0], [near, far])
    assert good["building_key"].tolist() == ["a"]
    assert refused[REASON].tolist() == ["OUTSIDE"]
    outside = [{"alley_key": "j", "name": "길", "width_m": "3", "geometry": line((600, 0), (610, 0))}]
    assert clean(city_jobs.JUSO[1], outside)[1][REASON].tolist() == ["OUTSIDE"]


def test_boundaries_are_ours_by_code_and_whole_districts_are_outlines() -> None:
    square = shapely.box(X, Y, X + 10, Y + 10)
    rows = [{"code": code, "full_name": name, "name_ko": name, "name_en": "", "level": "dong", "geometry": square}
            for code, name in (("9911051000", "가람동"), ("9912051000", "남의동"), ("99110", "골목구"))]  # fmt: skip
    door = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), crs=SRID, codes=("99110",))
    good, refused = clean(city_jobs.BOUNDARY, rows, door)
    assert refused.index.tolist() == [2]
    assert refused[REASON].tolist() == ["OUTSIDE"]
    assert good[["boundary_key", "level"]].values.tolist() == [
        ["dong:9911051000", "dong"],
        ["district", "district"],
    ]


def test_zones_have_a_period() -> None:
    base = {"zone_key": "1", "kind": "침수", "level": "2", "name_ko": "", "name_en": "", "valid_from": "2010-06-01",
            "valid_to": "", "origin": "", "geometry": shapely.box(X, Y, X + 10, Y + 10)}  # fmt: skip
    rows = [
        base,
        {**base, "zone_key": "2", "valid_to": "2010-06-01"},
        {**base, "zone_key": "3", "kind": "지진"},
    ]
    good, refused = clean(city_jobs.ZONE, rows)
    assert good[["kind", "level", "valid_during"]].values.tolist() == [["flood", 2.0, "[2010-06-01,)"]]
    assert dict(refused[REASON]) == {2: "BAD_DATE", 3: "UNKNOWN_KIND"}


def test_layers_keep_what_they_have_no_place_for() -> None:
    base = {"feature_key": "", "weight": "", "observed_on": "2013-05-01", "lat": "38.00001", "lon": "127.00001",
            "kind": "민원", "phone": ""}  # fmt: skip
    door = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1))
    good, refused = clean(
        record_jobs.LAYER[1], [base, base, {**base, "weight": "-1"}, {**base, "feature_key": "z"}], door
    )
    assert dict(refused[REASON]) == {2: "DUPLICATE_IN_FILE", 3: "BAD_NUMBER"}
    assert good["weight"].tolist() == [1.0, 1.0]
    assert good["attributes"].tolist() == ['{"kind": "민원"}'] * 2
    assert good["observed_on"].tolist() == [dt.date(2013, 5, 1)] * 2


def test_strays_do_not_stretch_the_extent() -> None:
    town = [shapely.box(7.41 + i / 100, 43.73, 7.415 + i / 100, 43.735) for i in range(4)]
    stray = shapely.box(0.1, 10.0, 0.1001, 10.0001)
    hull = main_extent([*town, stray])
    assert hull is not None
    assert hull.equals(shapely.box(7.41, 43.73, 7.445, 43.735))
    assert main_extent([]) is None


def raster(values: object, cell: float = 10.0) -> Raster:
    return Raster(np.asarray(values, dtype=np.float32), Affine(cell, 0, X, 0, -cell, Y), SRID)


def tile(one: Raster, door: Door = DOOR) -> Verdict:
    rows = pd.DataFrame({"raster": pd.Series([one], index=[1], dtype=object), REPAIRED: ""}, index=[1])
    return run(rows, city_jobs.TERRAIN.steps, door)


def test_a_metric_grid_stays_cell_by_cell() -> None:
    good, _ = tile(raster([[1, 2, 3], [4, -9999, 6]]))
    (found,) = terrain.tiles(good).to_dict("records")
    assert (found["columns"], found["rows"], found["cell_m"]) == (3, 2, 10.0)
    assert (found["west_m"], found["north_m"]) == (X, Y)
    heights = np.frombuffer(found["elevation_m"], dtype="<f4").reshape(2, 3)
    assert heights.tolist() == [[1, 2, 3], [4, terrain.NODATA, 6]]
    assert found["geom"].bounds == (X, Y - 20, X + 30, Y)


def test_a_large_grid_is_cut_and_empty_tiles_are_left_out() -> None:
    values = np.full((300, 300), np.nan, dtype=np.float32)
    values[:10, 290:] = 5.0
    found = terrain.tiles(tile(raster(values, cell=1.0))[0])
    assert found[["tile_key", "columns", "rows"]].values.tolist() == [[f"1:{X + 256}.0:{Y}.0", 44, 256]]
    assert tile(raster(np.full((2, 2), np.nan)))[1][REASON].tolist() == ["EMPTY_TILE"]


def test_a_list_of_heights_has_its_outer_values_on_the_bounds(tmp_path: Path) -> None:
    file = tmp_path / "heights.json"
    file.write_text('{"bounds": {"west": 126.0, "south": 37.0, "east": 126.002, "north": 37.001},'
                    ' "rows": 2, "columns": 3, "values": [1, 2, 3, 4, 5, 6]}')  # fmt: skip
    reading = dem.read(file)
    one = reading.tables["terrain"]["raster"].iloc[0]
    assert one.values.tolist() == [[1, 2, 3], [4, 5, 6]]
    cell = one.transform
    assert (cell.c + cell.a / 2, cell.f + cell.e / 2) == pytest.approx((126.0, 37.001))
    assert (cell.c + 2.5 * cell.a, cell.f + 1.5 * cell.e) == pytest.approx((126.002, 37.0))
    assert reading.crs == 4326


def test_degrees_become_metres_where_they_lie() -> None:
    # heights on a plane: one metre a thousandth of a degree north, half a metre east; steps of 0.0003 degrees
    lon = 126.93 + (np.arange(60) + 0.5) * 0.0003
    lat = 37.59 - (np.arange(50) + 0.5) * 0.0003
    plane = 1000 * (lat[:, None] - 37.5) + 500 * (lon[None, :] - 126.9)
    grid = Raster(plane.astype(np.float32), Affine(0.0003, 0, 126.93, 0, -0.0003, 37.59), 4326)
    door = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), crs=4326)
    (found,) = tile(grid, door)[0]["raster"]
    # the handbook's office: 126.9368 E 37.5791 N is 194417.412, 553285.135
    column = int((194_417.412 - found.transform.c) / found.transform.a)
    line = int((found.transform.f - 553_285.135) / found.transform.a)
    # a cell is some 30 m, a half of it some 0.0002 degrees: 0.2 m and 0.1 m of height
    assert found.values[line, column] == pytest.approx(1000 * 0.0791 + 500 * 0.0368, abs=0.3)
    assert 26 < found.transform.a < 33
