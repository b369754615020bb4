"""Real public files load completely, with every row accounted for; they lie beside the project or are skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl import camera_jobs, db
from etl.db import Database
from etl.dry import sort_dry
from etl.jobs import JOBS
from etl.load import load
from etl.reasons import REASONS
from etl.results import LoadResult
from etl.rows import REASON, Door
from etl.settings import district
from etl.sources import cameras
from tests.database import TestCity

KOREAN = ("gangnam_20190312.csv", "gyeongsan_std_2024.csv", "national_std_2020_subset.csv", "seoul_std_2018_cctv2.csv",
          "seoul_std_2020_CCTV_서울.csv")  # fmt: skip
FORMS = ("korean-2018", "korean-2024", "korean-2020", "korean-2018-renamed", "korean-2020")


@pytest.fixture(scope="module")
def seodaemun(make_city: Callable[[], TestCity], shared_data: Path) -> Iterator[Database]:
    city = make_city()
    # the same metric CRS as the sample's template
    database = db.connect(district("seodaemun"), city.server, role="loader", database=city.name)
    load(database, "boundaries", shared_data / "boundaries" / "seoul_hangjeongdong_raqoon886.geojson")
    yield database
    database.close()


def one(database: Database, sql: str) -> object:
    with database.engine.connect() as connection:
        return connection.execute(text(sql)).scalar_one()


def twice(database: Database, source: str, file: Path) -> LoadResult:
    first, second = load(database, source, file), load(database, source, file)
    assert first.balanced
    assert second.balanced
    assert (second.inserted, second.updated, second.retired) == (0, 0, 0)
    assert second.unchanged == first.inserted + first.updated + first.unchanged
    return first


@pytest.mark.parametrize(("name", "form"), list(zip(KOREAN, FORMS, strict=True)))
def test_every_korean_generation_is_accounted_for(shared_data: Path, name: str, form: str) -> None:
    reading = cameras.read(shared_data / "cctv" / name).whole()
    assert (reading.form, reading.encoding, reading.refused) == (form, "cp949", {})
    (job,) = [job for job in JOBS if job.source == "cameras"]
    door = Door(5186, "Asia/Seoul", dt.date(2026, 1, 1))
    (found,) = sort_dry(job, reading.whole(), door).parts
    good, refused, rows = found.good, found.refused, reading.whole().tables["registry"]
    assert sorted([*good.index, *refused.index]) == sorted(rows.index)
    assert set(refused[REASON]) <= REASONS.keys()
    heads = camera_jobs.REGISTRY.shape(good)
    assert heads["camera_key"].is_unique
    assert len(heads) == good["camera_count"].sum()


def test_the_dong_of_the_district_and_their_union(seodaemun: Database) -> None:
    assert one(seodaemun, "select count(*) from core.boundary where level = 'dong'") == 14
    area = one(seodaemun, "select st_area(geom) / 1e6 from core.boundary where level = 'district'")
    assert area == pytest.approx(17.4, abs=0.02)


def test_the_registry_of_2018(seodaemun: Database, shared_data: Path) -> None:
    result = twice(seodaemun, "cameras", shared_data / "cctv" / "seoul_std_2018_cctv2.csv")
    # 548 rows lie in the district; the fillers of another district name no place, so they are quarantined
    assert (result.rows_in, result.inserted) == (21_121, 548)
    assert result.reasons["SENTINEL_COORD"] == 681
    assert result.reference_date == dt.date(2016, 12, 31)
    assert result.repaired["EXCEL_MONTH"] == 548
    assert one(seodaemun, "select count(*) from core.camera_state where heading_deg is not null") == 0


def test_lamps_and_safe_ways_home(seodaemun: Database, shared_data: Path) -> None:
    lamps = twice(seodaemun, "lamps", shared_data / "demand" / "seoul_streetlights_20221108.csv")
    assert (lamps.inserted, lamps.reasons) == (372, {"BAD_COORD": 25})
    bells = twice(seodaemun, "bells", shared_data / "demand" / "seoul_safe_return_facilities.csv")
    assert (bells.inserted, bells.quarantined) == (450, 0)
    elsewhere = load(seodaemun, "bells", shared_data / "demand" / "daejeon_emergency_bells_2026.csv")
    assert elsewhere.outside == elsewhere.rows_in == 575


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018])
def test_the_accidents_of_every_year(seodaemun: Database, shared_data: Path, year: int) -> None:
    (file,) = (shared_data / "incidents" / "koroad_fatal").glob(f"*_{year}.csv")
    result = twice(seodaemun, "incidents", file)
    assert result.form == "koroad"
    years = one(seodaemun, "select count(*) from core.incident i join meta.batch b using (batch_id)"
                           f" where b.batch_id = {result.batch_id}"
                           f" and extract(year from occurred_at at time zone 'Asia/Seoul') = {year}")  # fmt: skip
    assert years == result.inserted > 0


def test_street_crime_of_another_country_is_read(seodaemun: Database, shared_data: Path) -> None:
    folder = shared_data / "incidents" / "police_uk_city_of_london"
    result = twice(seodaemun, "police", folder / "2017-01-city-of-london-street.csv")
    assert result.outside + result.repaired["UNPLACED"] == result.rows_in


def test_terrain_from_degrees_to_metres(seodaemun: Database, shared_data: Path) -> None:
    assert twice(seodaemun, "dem", shared_data / "dem" / "hongjecheon_srtm_41x33.json").inserted == 1
    # the office of the handbook stands by the stream, well under the hill of 227.8 m
    assert load(seodaemun, "dem", shared_data / "dem" / "osmnx_elevation1.tif").outside == 1


@pytest.mark.parametrize(
    ("name", "file", "streets", "houses", "nodes"),
    [
        ("helsinki", "helsinki_centre.osm.pbf", 1_500, 400, 221),
        ("monaco", "monaco_osm.osm.pbf", 3_000, 4_500, 16),
    ],
)
def test_a_city_out_of_openstreetmap(
    make_district: Callable[[str], TestCity],
    shared_data: Path,
    name: str,
    file: str,
    streets: int,
    houses: int,
    nodes: int,
) -> None:
    database = make_district(name).open("loader")
    try:
        result = twice(database, "city", shared_data / "network" / file)
        assert result.balanced
        assert "made of the extent" in str(result.notes["outline"])
        # one stray node far outside must not make the district vast
        assert 1.0 < float(str(one(database, "select st_area(geom) / 1e6 from core.boundary"))) < 20.0
        assert int(str(one(database, "select count(distinct batch_id) from core.alley"))) == 1
        assert int(str(one(database, "select count(*) from core.alley"))) > streets
        assert int(str(one(database, "select count(*) from core.building"))) > houses
        assert (
            one(database, "select count(*) from core.building where height_m is null and floors is null") != 0
        )
        registry = twice(database, "cameras", shared_data / "network" / file)
        assert registry.inserted == nodes
    finally:
        database.close()


def test_cameras_of_another_continent_lie_outside(seodaemun: Database, shared_data: Path) -> None:
    result = load(seodaemun, "cameras", shared_data / "cctv" / "osm_alpr_sf_bay_2026.json", dry_run=True)
    assert (result.rows_in, result.outside) == (3_757, 3_757)
