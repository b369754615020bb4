"""The measurement of sight over terrain, on a city small enough to check what it says."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
import shapely

from app import printing
from app.services import bench_relief
from app.services.bench_relief import among_buildings, on_bare_ground
from app.services.bench_visibility import City
from spatial.terrain import Ground

HOUSES = np.array([shapely.box(10 * i, 10, 10 * i + 6, 16) for i in range(12)], dtype=object)
CITY = City(HOUSES, np.full(12, 4.0), np.array([[20.0, 0.0], [50.0, 25.0], [63.0, 5.0]]), np.full(3, 5.0))
STEPS = np.arange(60) * 10.0
HILLS = Ground(
    (20.0 * np.sin(STEPS / 80.0) * np.cos(STEPS[:, None] / 90.0)).astype(np.float32), -300.0, 300.0, 10.0
)


def test_terrain_is_timed_beside_flat_ground():
    rows = among_buildings(CITY, HILLS, radius_m=30.0)
    assert [row["what"] for row in rows] == ["terrain, 30 m", "flat ground, 30 m"]
    assert all(row["us_per_camera"] > 0.0 and row["cameras"] == 3 for row in rows)


def test_the_raster_sees_the_same_cells():
    ours, *peers = on_bare_ground(np.array([[4.0, 3.0], [-50.0, 80.0]]), HILLS, radius_m=200.0)
    assert (ours["what"], ours["cameras"], ours["times_ours"]) == ("bare terrain, 200 m", 2, 1.0)
    assert len(peers) == (1 if find_spec("xrspatial") else 0)
    for row in peers:  # its sight lines are kinked at cells, ours between their middles
        assert row["area_error"]["greatest"] < 0.05


def test_the_whole_answer_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(bench_relief, "invented", lambda: CITY)
    monkeypatch.setattr(bench_relief, "sample_ground", lambda: HILLS)
    answer = bench_relief.bench(radius_m=30.0, long_m=100.0, far=2, progress=lambda *_: None)
    printing.bench(answer)
    said = capsys.readouterr().out
    assert "terrain, 30 m" in said
    assert f"{answer['cores']} cores; load before and after: " in said
