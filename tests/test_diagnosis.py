"""Coordinates that miss the district are told apart by what each system would make of them, and nothing is decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from etl import coordinates
from etl.db import Database
from etl.diagnosis import Diagnosis, placed_by_another
from etl.load import load
from etl.rows import Door
from etl.sources import boundaries, cameras, lamps
from tests import sample_files
from tests.bad_inputs import features, lines, row, rows
from tests.database import TestCity

SIX = (4326, 5174, 2097, 5179, 5181, 5186)
# Two by two kilometres round the office of the handbook.
SQUARE = shapely.MultiPolygon([shapely.box(193_500, 552_500, 195_500, 554_500)])
DOOR = Door(5186, "Asia/Seoul", dt.date(2014, 1, 1), outline=SQUARE)
OWN, NEIGHBOUR = "가람특별시 골목구", "가람특별시 이웃구"


def grid(n: int, *, edge_m: float = 950.0) -> np.ndarray:
    """Return n by n points over the square, in the district's metres."""
    offsets = np.linspace(-edge_m, edge_m, n)
    east, north = np.meshgrid(194_500 + offsets, 553_500 + offsets)
    return np.array(shapely.points(east.ravel(), north.ravel()), dtype=object)


def table(points: np.ndarray, epsg: int, *, turned: bool = False, gu: str = "") -> pd.DataFrame:
    """Return a registry's texts of points in the district's metres, in another system."""
    moved = coordinates.to_crs(points, source=5186, target=epsg)
    lon, lat = ([f"{value:.7f}" for value in get(moved)] for get in (shapely.get_x, shapely.get_y))
    if turned:
        lon, lat = lat, lon
    return pd.DataFrame({"lat": lat, "lon": lon, "address_road": f"{gu} 골목로 1" if gu else ""}, dtype="str")


def found(*blocks: pd.DataFrame, door: Door = DOOR) -> dict[str, object]:
    diagnosis = Diagnosis(door, OWN)
    for block in blocks:
        diagnosis.add(block)
    return diagnosis.notes()


def looks_like(epsg: int, rows_of_it: int, turned: int = 0, also: tuple[int, ...] = ()) -> dict[str, object]:
    return {"epsg": epsg, "rows": rows_of_it, "turned": turned, "or": list(also)}


@pytest.mark.parametrize(("written", "read"), list(product(SIX, SIX)))
def test_each_of_thirty_six_pairs_is_told(written: int, read: int) -> None:
    told = found(table(grid(20), written), door=replace(DOOR, crs=read))
    if written == read:
        assert told == {}
    else:
        assert told == {"crs_looks_like": {"as_read": 0, "systems": [looks_like(written, 400)]}}


@pytest.mark.parametrize("epsg", [32652, 3857])
def test_the_grids_of_the_world_are_known_too(epsg: int) -> None:
    told = found(table(grid(5), epsg))
    assert told == {"crs_looks_like": {"as_read": 0, "systems": [looks_like(epsg, 25)]}}


def test_columns_that_are_turned_are_counted() -> None:
    told = found(table(grid(5), 5186, turned=True))
    assert told == {"crs_looks_like": {"as_read": 0, "systems": [looks_like(5186, 25, turned=25)]}}


def test_parts_of_a_file_in_different_systems_are_told_with_their_counts_in_any_blocks() -> None:
    parts = table(grid(3), 4326), table(grid(5), 5179), table(grid(4), 5186)
    told = {"crs_looks_like": {"as_read": 9, "systems": [looks_like(5179, 25), looks_like(5186, 16)]}}
    assert found(*parts) == told
    assert found(pd.concat(parts)) == told


def test_two_systems_that_fit_alike_are_both_named() -> None:
    # 5174, 2097 and 5181 lie some 300 m apart: points in the middle of the square cannot tell which of them it is
    told = found(table(grid(5, edge_m=200.0), 5174))
    (system,) = told["crs_looks_like"]["systems"]  # type: ignore[index]
    assert {system["epsg"], *system["or"]} == {5174, 2097, 5181}
    assert system["rows"] == 25


def test_a_few_rows_beyond_the_border_prove_nothing() -> None:
    # ten rows 100 m east of the square would lie inside as degrees of Bessel: as many would fall out in the west
    beyond = np.array(shapely.points(np.full(10, 195_600.0), np.linspace(553_000, 554_000, 10)), dtype=object)
    assert found(table(np.concatenate([grid(20), beyond]), 4326)) == {}


def test_rows_whose_address_names_another_district_speak_against_a_reading() -> None:
    neighbours = table(grid(10), 5186, gu=NEIGHBOUR)
    assert found(neighbours) == {}
    own = table(grid(10), 5186, gu=OWN)
    assert found(own)["crs_looks_like"] == {"as_read": 0, "systems": [looks_like(5186, 100)]}


def test_without_an_outline_or_coordinates_nothing_is_told() -> None:
    assert found(table(grid(5), 5186), door=replace(DOOR, outline=None)) == {}
    assert found(pd.DataFrame({"name": ["x"]})) == {}
    assert found(table(grid(5), 5186).iloc[:0]) == {}
    assert found(pd.DataFrame({"lat": ["", "x", "1e999"], "lon": ["", "y", "-1e999"]}, dtype="str")) == {}


def test_shapes_are_looked_at_by_their_middle() -> None:
    metres = coordinates.to_crs(grid(4), source=5186, target=5179)
    told = found(pd.DataFrame({"geometry": pd.Series(list(shapely.buffer(metres, 5.0)), dtype=object)}))
    assert told == {"crs_looks_like": {"as_read": 0, "systems": [looks_like(5179, 16)]}}


def bessel(outline: shapely.Geometry) -> shapely.MultiPolygon:
    """Return an outline as it lies when its degrees of Bessel are taken for those of 1984."""
    written = coordinates.to_crs(np.array([outline], dtype=object), source=5186, target=4162)
    return coordinates.to_crs(written, source=4326, target=5186)[0]


def test_an_outline_of_another_datum_is_noticed() -> None:
    told = found(table(grid(20), 4326), door=replace(DOOR, outline=bessel(SQUARE)))
    shifted = told["boundary_looks_shifted"]
    assert isinstance(shifted, dict)
    # the square moved 185 m east and 310 m south: of 20 by 20 points two columns and three rows fall out
    assert shifted == {"epsg": 4162, "taken_for": 4326, "east_m": -185, "north_m": 310, "shift_m": 361,
                       "places": 400 - 18 * 17, "against": 0}  # fmt: skip
    assert "crs_looks_like" not in told


def test_which_pairs_another_system_places() -> None:
    there = table(grid(2), 5174)
    x, y = there["lon"].astype(float).to_numpy(), there["lat"].astype(float).to_numpy()
    assert placed_by_another(x, y, DOOR).tolist() == [True] * 4
    assert placed_by_another(y, x, DOOR).tolist() == [True] * 4
    assert placed_by_another(x / 10, y, DOOR).tolist() == [False] * 4


def registry_in(folder: Path, epsg: int) -> tuple[Door, pd.DataFrame]:
    """Return the invented district and its registry, written in another system."""
    dong = boundaries.read(folder / "boundaries.geojson").tables["boundary"]
    areas = coordinates.to_srid(coordinates.shapes_of(dong["geometry"]), source=4326, srid=5186)
    outline = shapely.multipolygons(shapely.get_parts(shapely.union_all(areas)))
    rows_of_it = cameras.read(folder / "cctv_20131231.csv").whole().tables["registry"]
    moved = coordinates.to_crs(coordinates.points(coordinates.pair(rows_of_it)), source=4326, target=epsg)
    written = {"lon": shapely.get_x(moved), "lat": shapely.get_y(moved)}
    texts = {name: [f"{value:.6f}" for value in values] for name, values in written.items()}
    return replace(DOOR, outline=outline), rows_of_it.assign(**texts)


@pytest.mark.parametrize("written", SIX)
def test_the_invented_registry_is_told_in_every_system(
    tmp_path_factory: pytest.TempPathFactory, written: int
) -> None:
    door, told = registry_in(sample_files.written(tmp_path_factory), written)
    for read in SIX:
        notes = found(told, door=replace(door, crs=read))
        systems = notes.get("crs_looks_like", {"systems": []})["systems"]  # type: ignore[index]
        assert [system["epsg"] for system in systems] == ([] if written == read else [written])
        assert all(system["or"] == [] for system in systems)


def outlines(shared_data: Path) -> dict[str, shapely.Geometry]:
    """Return the outline of each gu of Seoul in metres."""
    dong = boundaries.read(shared_data / "boundaries" / "seoul_hangjeongdong_raqoon886.geojson").tables[
        "boundary"
    ]
    areas = coordinates.to_srid(coordinates.shapes_of(dong["geometry"]), source=4326, srid=5186)
    gu = dong["full_name"].str.split().str[1].to_numpy()
    return {str(name): shapely.union_all(areas[gu == name]) for name in np.unique(gu)}


def real_notes(name: str, area: shapely.Geometry, rows_of_it: pd.DataFrame) -> dict[str, object]:
    diagnosis = Diagnosis(replace(DOOR, outline=area), f"서울특별시 {name}")
    diagnosis.add(rows_of_it)
    return diagnosis.notes()


def test_real_boundaries_of_another_datum_are_noticed_and_right_ones_never(shared_data: Path) -> None:
    told = cameras.read(shared_data / "cctv" / "seoul_std_2018_cctv2.csv").whole().tables["registry"]
    noticed = []
    for name, area in outlines(shared_data).items():
        assert real_notes(name, area, told) == {}
        shifted = real_notes(name, bessel(area), told)
        if shifted:
            found_shift = shifted["boundary_looks_shifted"]
            assert isinstance(found_shift, dict)
            assert found_shift["epsg"] == 4162
            assert 360 <= found_shift["shift_m"] <= 364
            noticed.append(name)
    # The other three have too few cameras along the edges that tell.
    assert len(noticed) == 22
    assert "서대문구" in noticed


def test_a_real_list_without_addresses_or_of_other_things_claims_nothing(shared_data: Path) -> None:
    lit = lamps.read(shared_data / "demand" / "seoul_streetlights_20221108.csv").whole().tables["lamp"]
    for name, area in outlines(shared_data).items():
        assert real_notes(name, area, lit) == {}


@pytest.mark.parametrize("epsg", [5174, 2097, 5179, 5181, 5186])
def test_of_a_real_registry_in_metres_the_system_is_among_those_named(shared_data: Path, epsg: int) -> None:
    told = cameras.read(shared_data / "cctv" / "seoul_std_2018_cctv2.csv").whole().tables["registry"]
    moved = coordinates.to_crs(coordinates.points(coordinates.pair(told)), source=4326, target=epsg)
    written = told.assign(lon=shapely.get_x(moved).astype(str), lat=shapely.get_y(moved).astype(str))
    area = outlines(shared_data)["서대문구"]
    (system,) = real_notes("서대문구", area, written)["crs_looks_like"]["systems"]  # type: ignore[index]
    assert epsg in (system["epsg"], *system["or"])
    assert system["rows"] > 400


def test_the_answer_of_a_load_names_the_system_and_takes_it_when_told(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    database: Database = make_city().open("loader")
    try:
        file = tmp_path / "registry.csv"
        told = table(grid(4), 5179, turned=True)
        lines(*rows(16, lat=told["lat"], lon=told["lon"]))(file)
        dong = tmp_path / "dong.geojson"
        around = coordinates.to_srid(np.array([SQUARE], dtype=object), source=5186, srid=4326)[0]
        features(around, names={"adm_nm": f"{OWN} 가동", "adm_cd2": "9911010100"})(dong)
        load(database, "boundaries", dong)
        first = load(database, "cameras", file)
        assert first.reasons == {"METRES_AS_DEGREES": 16}
        assert first.notes["crs_looks_like"] == {"as_read": 0, "systems": [looks_like(5179, 16, turned=16)]}
        again = load(database, "cameras", file, assume_crs=5179)
        assert (again.inserted, again.repaired) == (16, {"SWAPPED": 16})
        assert "crs_looks_like" not in again.notes
        lines(row("99", lat="37.5791", lon="126.9368"))(file)
        assert load(database, "cameras", file, dry_run=True).notes.get("crs_looks_like") is None
    finally:
        database.close()
