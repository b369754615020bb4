"""What `bench operator` stands on: the same questions to the database and to trees in memory, poles copied without views."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app import bench_table
from app.services import bench_operator, bench_seeing
from etl.store import frames, times
from etl.store.swell import POLES, swell
from tests import city_in_database as toy_city
from tests.city_in_database import Door

STEP_M = 1000.0


def test_the_database_and_the_trees_are_asked_about_the_same_places(
    living: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy_city.draw_fields(living())
    loader = living("loader")
    monkeypatch.setattr(bench_seeing, "PLACES", 2)
    ours, tree = bench_seeing.seeing(loader, 3, budget="p99 1 ms")
    # Two sections of street, a place on each.
    assert (ours["n"], tree["n"], ours["budget"]) == (2, 2, "p99 1 ms")
    assert 0 < ours["rows"] <= tree["rows"]
    near, nearest_one, *_ = bench_seeing.nearest(loader, 3, budget=None)
    # Three cameras hang in the toy city, so that each place has three near ones.
    assert (near["rows"], near["n"]) == (6, 2)
    assert nearest_one["rows"] >= 2


def test_poles_are_copied_without_what_their_cameras_see(living: Door) -> None:
    toy_city.draw_fields(living())
    owner, loader = living("owner"), living("loader")
    swell(owner, 1, step_m=STEP_M, wide=3)
    views = len(frames.fields(loader, date(2013, 6, 30), "observe"))
    swell(owner, 4, step_m=STEP_M, wide=3, parts=POLES, first=2)
    assert len(times.spots(loader)) == 5 * 3
    assert len(frames.fields(loader, date(2013, 6, 30), "observe")) == views
    # The second row of three begins above the first: no copy stands upon another.
    assert len({tuple(spot) for spot in times.spots(loader).round(3).tolist()}) == 5 * 3


def test_rows_tell_quantiles_and_ratios_name_the_size() -> None:
    took = [n / 1000 for n in range(1, 102)]
    ours = bench_seeing.row("api.cameras_seeing, prepared", 893, took, budget="p99 1 ms")
    tree = bench_seeing.row("shapely STRtree, in memory", 893, [0.001] * 3)
    assert (ours["median_s"], ours["p95_s"], ours["p99_s"], ours["slowest_s"]) == (0.051, 0.096, 0.1, 0.101)
    ratios = bench_operator._ratios([ours, tree])
    assert ratios == {"cameras_seeing / STRtree, 893 cameras": 51.0}
    result: dict[str, Any] = {"measured": [ours, bench_seeing.row("nothing", 893, [])]}
    told, untold = bench_table.operator_rows(result)
    assert told[3:] == ["51.000 ms", "96.000 ms", "100.000 ms", "101.000 ms", "p99 1 ms"]
    assert untold[3:] == ["–", "–", "–", "–", None]
