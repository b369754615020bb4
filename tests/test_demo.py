"""The whole platform on the invented district: the ordinary load keeps its figures, and the figures hang together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.plan_demand import Wish, weighed
from app.services import coverage, demo, fields, find, loading
from app.services.status import status
from etl.db import Database
from etl.results import LoadResult
from etl.store import account
from etl.store.days import network_day
from tests.database import TestCity
from tests.loaded_sample import Loaded

# What the district keeps of a real one's published figures; data/README.md lists them.
PUBLISHED = {"agencies": 7, "sites": 376, "cameras": 893, "speakers": 171, "headings_known": 310}


def quiet(*_: object) -> None:
    """Tell nobody how far it is."""


@pytest.fixture(scope="module")
def city(loaded_city: TestCity) -> TestCity:
    return loaded_city


@pytest.fixture(scope="module")
def files(loaded_sample: Loaded) -> Path:
    return loaded_sample.files


@pytest.fixture(scope="module")
def loads(loaded_sample: Loaded) -> list[LoadResult]:
    return loaded_sample.loads


@pytest.fixture(scope="module")
def run(loader: Database, loads: list[LoadResult]) -> dict[str, Any]:
    return coverage.coverage(loader, at=date(2013, 12, 31), progress=quiet)


def test_the_load_keeps_the_published_figures(loads: list[LoadResult], staff: Database) -> None:
    assert all(load.balanced and load.status == "done" for load in loads)
    known = status(staff)
    counts = known["counts"]
    assert {name: counts[name] for name in PUBLISHED} == PUBLISHED
    assert counts["police_records"] == 1_767
    assert known["district"]["area_m2"] == pytest.approx(17.6e6, abs=1_000)
    assert known["invented"] is True


def test_the_network_grows_as_published(loads: list[LoadResult], staff: Database) -> None:
    days = [date(2009, 12, 31), date(2010, 12, 31), date(2013, 12, 31)]
    rows = account.network_history(staff, days)
    assert [row["cameras"] for row in rows] == [297, 454, 893]
    assert [row["sites"] for row in rows][1:] == [303, 376]


def test_the_dirt_is_refused_with_its_reasons(loads: list[LoadResult]) -> None:
    (registry,) = [load for load in loads if load.source == "cameras"]
    expected = {"SENTINEL_COORD", "COARSE_COORD", "UNKNOWN_PURPOSE", "BAD_COUNT", "EXCEL_YEAR_AS_SERIAL"}
    assert expected <= set(registry.reasons)
    assert registry.duplicates > 0
    assert registry.outside > 0
    assert "SWAPPED" in registry.repaired


def test_the_same_files_again_change_nothing(loads: list[LoadResult], loader: Database, files: Path) -> None:
    again = demo.load_files(loader, files, progress=quiet)
    assert [(load.inserted, load.updated, load.retired) for load in again] == [(0, 0, 0)] * len(again)


def test_a_plan_starts_from_the_share_that_coverage_tells(
    run: dict[str, Any], loads: list[LoadResult], loader: Database
) -> None:
    found = weighed(coverage.world(loader, network_day(loader)), Wish("observe"))
    metres = found.wanted.metres[found.streets]
    before = float(metres @ found.wanted.p_seen[found.streets]) / float(metres.sum())
    # A plan looks at its streets every 4 m, coverage every metre. Were every heading alike it would be 3.5 %.
    assert before == pytest.approx(run["alleys"]["share"], abs=0.0005)


def test_the_figures_hang_together(run: dict[str, Any], loads: list[LoadResult], loader: Database) -> None:
    alleys = run["alleys"]
    order = [alleys[name] for name in ("certain", "low", "share", "high", "possible")]
    assert order == sorted(order)
    gaps_m = sum(gap["length_m"] for gap in run["gaps"])
    # What no camera can see, and what some might, is the whole; gaps are told to a tenth of a metre.
    assert gaps_m == pytest.approx(alleys["length_m"] * (1 - alleys["possible"]), rel=1e-4)
    shares = [rung["share"] for rung in run["ladder"]]
    assert shares == sorted(shares, reverse=True)
    assert run["basis"] == {"survey": 310, "datasheet": 0, "assumed": 583}
    assert sum(row["length_m"] for row in run["by_dong"]) == pytest.approx(alleys["length_m"], rel=5e-3)
    assert max(row["alone"] for row in run["agencies"]) <= alleys["share"]
    assert run["buffer50m"]["overstates"] > 1.0
    assert fields.stale(loader) == {}


def test_a_surveyed_camera_is_found_where_it_looks(
    run: dict[str, Any], staff: Database, loader: Database
) -> None:
    """Take the middle of a certain view and ask who sees it."""
    with loader.engine.connect() as connection:
        camera_id, lon, lat = connection.exec_driver_sql(
            "with view as (select s.camera_id, st_transform(st_pointonsurface(f.geom), 4326) as place"
            " from core.field_of_view f join core.camera_state s using (state_id)"
            " where f.sight = 'certain' and f.density_class = 'observe' and f.area_m2 > 50"
            " and upper_inf(s.valid_during) and not exists ("
            "   select from core.camera_status d where d.camera_id = s.camera_id and d.down_during @> now())"
            " order by s.camera_id limit 1) select camera_id, st_x(place), st_y(place) from view"
        ).one()
    answer = find.nearest(staff, lon, lat)
    assert answer["headline_code"] == "seen"
    assert camera_id in {row["camera_id"] for row in answer["cameras"] if row["sees"]}


def test_refusals_of_a_file_count_once_however_often_it_came(
    loads: list[LoadResult], loader: Database, staff: Database, files: Path
) -> None:
    before = account.refusal_reasons(staff)
    loading.load_into(loader, "cameras", files / "cctv_20131231.csv", progress=quiet)
    assert account.refusal_reasons(staff) == before
    assert {"reason": "UNKNOWN_PURPOSE", "n": 3} in before
