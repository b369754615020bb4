"""The measurement of sight, on a city small enough to check what it says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from app.services.bench_visibility import City, enlarged, others, ours

HOUSES = np.array([shapely.box(10 * i, 10, 10 * i + 6, 16) for i in range(12)], dtype=object)
CITY = City(HOUSES, np.full(12, 4.0), np.array([[20.0, 0.0], [50.0, 25.0], [63.0, 5.0]]), np.full(3, 5.0))


def test_ours_is_timed_in_the_plane_and_with_heights():
    rows = ours(CITY, radius_m=30.0)
    assert [row["what"] for row in rows] == ["prepare walls", "plane", "heights"]
    assert all(row["us_per_camera"] > 0.0 and row["cameras"] == 3 for row in rows[1:])


def test_peers_answer_the_same_as_ours():
    # Those that are installed: always the overlay. The raster's cells are coarse, its walls half a cell off.
    for row in others(CITY, radius_m=30.0, most=3):
        assert row["cameras"] == 3, row
        assert row["area_error"]["greatest"] < (0.2 if row["what"].startswith("raster") else 1e-6)


def test_a_larger_city_is_as_dense_and_nothing_overlaps():
    large = enlarged(CITY, 5)
    assert len(large.buildings) == 60
    assert large.cameras.shape == (15, 2)
    assert shapely.union_all(large.buildings).area == pytest.approx(60 * 36.0)
