"""The measurement of sight, on a city small enough to check what it says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from app import bench_table
from app.services import bench_peers
from app.services.bench_peers import others
from app.services.bench_visibility import City, bench, enlarged, ours
from spatial.compiled import threads

HOUSES = np.array([shapely.box(10 * i, 10, 10 * i + 6, 16) for i in range(12)], dtype=object)
CITY = City(HOUSES, np.full(12, 4.0), np.array([[20.0, 0.0], [50.0, 25.0], [63.0, 5.0]]), np.full(3, 5.0))


def quiet(*_: object) -> None:
    """Say nothing."""


def test_ours_is_timed_in_the_plane_and_with_heights_on_one_thread_and_on_all():
    rows = ours(CITY, radius_m=30.0)
    number = threads()
    once = ["prepare walls", "plane, once", "heights, once"]
    whats = [
        f"{what}, {t} thread{'s' * (t > 1)}" for what in ("plane", "heights") for t in sorted({1, number})
    ]
    assert [row["what"] for row in rows] == [*once, *whats]
    assert [row["buildings"] for row in rows[:3]] == [12, 12, 12]
    assert all(row["us_per_camera"] >= row["least_us"] > 0.0 and row["cameras"] == 3 for row in rows[3:])
    assert ("speed_up" in rows[-1]) == (number > 1)
    assert threads() == number  # as before


def test_peers_answer_the_same_as_ours(monkeypatch):
    # Those that are installed: always the overlay. The raster warns of what it stands on, which no test bears; where
    # an isovist has arcs its rim is a true circle, and a wall that ends between arc and chord differs.
    monkeypatch.setitem(bench_peers.PEERS, "raster (xarray-spatial)", "not_installed")
    allowed = {"pysovist": 1e-6, "pysovist, straight edges alone": 1e-9}
    rows = others(HOUSES, CITY.cameras, radius_m=30.0, progress=quiet)
    assert rows[0]["what"] == "shadows (shapely)"
    for row in rows:
        assert (row["cameras"], row["refused"]) == (3, []), row
        assert row["area_error"]["greatest"] < allowed.get(row["what"], 1e-12)


def test_a_peer_that_refuses_is_listed_by_camera(monkeypatch):
    def refuses(walls, radius_m):
        if len(walls) == 4:
            raise ValueError("too many walls")
        return lambda: 2.0

    monkeypatch.setattr(bench_peers, "_shadows", refuses)
    monkeypatch.setattr(bench_peers, "_areas", lambda near, radius_m: np.ones(len(near)))
    row = others(HOUSES, CITY.cameras, radius_m=17.0, progress=quiet)[0]
    # Within 17 m of (20, 0), (50, 25) and (63, 5) stand 3, 4 and 3 houses.
    assert (row["cameras"], row["refused"]) == (2, ["1: too many walls"])
    assert row["area_error"] == {"median": 1.0, "greatest": 1.0}


def test_what_was_measured_is_printed_with_refusals_and_load():
    row = {"what": "CGAL", "cameras": 2, "area_error": {"median": 1e-15, "greatest": 2.5e-12}}
    told = {
        "measured": [row | {"refused": ["1: no"]}],
        "absent": ["pysovist"],
        "cores": 2,
        "load": [0.5, 1.5],
    }
    ((*cells,),) = bench_table.rows(told)
    assert dict(zip(bench_table.COLUMNS, cells, strict=True))["greatest_error"] == "2.5e-12"
    assert cells[0] == "CGAL"
    assert cells[4] is None
    camera, absent, load = bench_table.notes(told)
    assert camera == "CGAL: camera 1: no"
    assert "pysovist" in absent
    assert load == "2 cores; load before and after: 0.5, 1.5"


def test_a_larger_city_is_as_dense_and_nothing_overlaps():
    large = enlarged(CITY, 5)
    assert len(large.buildings) == 60
    assert large.cameras.shape == (15, 2)
    assert shapely.union_all(large.buildings).area == pytest.approx(60 * 36.0)


def test_at_a_hundred_times_there_are_a_few_more_buildings_a_camera():
    # As 2.3 million are to 89,300: 117 copies of the buildings, 100 of the cameras, each among its own.
    large = enlarged(CITY, 100)
    assert (len(large.buildings), len(large.height_m)) == (117 * 12, 117 * 12)
    assert (len(large.cameras), len(large.eye_m)) == (300, 300)


@pytest.mark.long
def test_the_whole_measurement(long_run):
    if not long_run:
        pytest.skip("invents the sample twice and measures it: runs with --long")
    told = bench(scales=[1], peers=2, progress=quiet)
    rows = {row["what"]: row for row in told["measured"]}
    assert rows["prepare walls"]["buildings"] == 19705
    assert rows["plane, 1 thread"]["times_ours"] == 1.0
    assert rows["shadows (shapely)"]["cameras"] == 2
    assert told["load"][1] >= 0.0
