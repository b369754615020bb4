"""A boundary that was loaded after the cameras is held against them, and addresses against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text

from etl.db import Database
from etl.load import load
from tests import sample_files
from tests.bad_inputs import features, lines, row
from tests.database import TestCity

NAMES = {"adm_nm": "가람특별시 골목구 #동", "adm_cd2": "99110#"}


def moved(path: Path, folder: Path) -> Path:
    """Return the boundaries as they are when their degrees of Bessel are taken for those of 1984."""
    there = gpd.read_file(path).to_crs(4162).set_crs(4326, allow_override=True)
    target = folder / "moved.geojson"
    there.to_file(target, driver="GeoJSON")
    return target


def test_the_invented_district_notices_a_boundary_of_another_datum_whichever_comes_first(
    make_city: Callable[[], TestCity], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = sample_files.written(tmp_path_factory)
    registry, right = folder / "cctv_20131231.csv", folder / "boundaries.geojson"
    wrong = moved(right, tmp_path)
    database = make_city().open("loader")
    try:
        assert "boundary_looks_shifted" not in load(database, "boundaries", right).notes
        assert "boundary_looks_shifted" not in load(database, "cameras", registry).notes
        assert "boundary_looks_shifted" not in load(database, "boundaries", right, dry_run=True).notes
        late = load(database, "boundaries", wrong).notes["boundary_looks_shifted"]
        early = load(database, "cameras", registry, dry_run=True).notes["boundary_looks_shifted"]
    finally:
        database.close()
    for found in (late, early):
        assert isinstance(found, dict)
        assert (found["epsg"], found["taken_for"], found["shift_m"]) == (4162, 4326, 361)
        assert found["places"] > 20
        assert found["against"] == 0


def test_a_boundary_without_cameras_says_nothing(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "dong.geojson"
    features(shapely.box(126.93, 37.575, 126.95, 37.585), names=NAMES)(path)
    assert "boundary_looks_shifted" not in load(db, "boundaries", path).notes


def test_road_and_lot_address_of_a_row_may_lie_apart(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    city = make_city()
    owner = city.open("owner")
    with owner.engine.begin() as connection:
        # Lot 12-3 stands 400 m from the first house of 골목로, lot 7 stands 600 m from it
        connection.execute(text(
            "insert into core.address (address_key, address_road, address_lot, geom) values"
            " ('a', '골목로 1', '99', st_setsrid(st_makepoint(200000, 550000), 5186)),"
            " ('b', '골목로 40', '12-3', st_setsrid(st_makepoint(200400, 550000), 5186)),"
            " ('c', '골목로 60', '7', st_setsrid(st_makepoint(200600, 550000), 5186))"
        ))  # fmt: skip
    owner.close()
    database = city.open("loader")
    told = [("골목로 1", "가동 12-3"), ("골목로 1", "가동 7"), ("골목로 1", "가동 77"), ("골목로 1", ""), ("골목로 9", "가동 7"),
            ("골목로 1", "가동 99")]  # fmt: skip
    file = tmp_path / "registry.csv"
    lines(
        *(
            row(str(n), road=f"가람특별시 골목구 {road}", lot=lot and f"가람특별시 골목구 {lot}")
            for n, (road, lot) in enumerate(told)
        )
    )(file)
    try:
        result = load(database, "cameras", file)
    finally:
        database.close()
    assert result.inserted == 6
    assert result.notes["addresses_apart"] == 1
