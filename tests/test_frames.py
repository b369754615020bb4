"""Frame contracts: what is missing is named."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, Polygon, box

from spatial.errors import BadGeometry, MissingColumn, NotMetric
from spatial.frames import BUILDINGS, require, require_same_crs


def houses(geometry, crs: int | None = 5186):
    return gpd.GeoDataFrame(
        {"building_id": range(len(geometry)), "height_m": 9.0}, geometry=list(geometry), crs=crs
    )


def test_a_frame_that_fits():
    assert require(houses([box(0, 0, 1, 1), Polygon()]), BUILDINGS).to_epsg() == 5186
    assert require(houses([]), BUILDINGS).to_epsg() == 5186


def test_missing_columns_are_named():
    with pytest.raises(MissingColumn, match="height_m"):
        require(houses([box(0, 0, 1, 1)]).drop(columns="height_m"), BUILDINGS)
    with pytest.raises(MissingColumn, match="geometry"):
        require(pd.DataFrame({"building_id": [1], "height_m": [9.0]}), BUILDINGS)  # type: ignore[arg-type]


@pytest.mark.parametrize("crs", [None, 4326, 3857])
def test_frames_without_metres(crs):
    with pytest.raises(NotMetric):
        require(houses([box(0, 0, 1, 1)], crs=crs), BUILDINGS)


@pytest.mark.parametrize("wrong", [Point(0, 0), None])
def test_wrong_geometry(wrong):
    with pytest.raises(BadGeometry):
        require(houses([box(0, 0, 1, 1), wrong]), BUILDINGS)


def test_frames_must_share_their_system():
    one, other = houses([box(0, 0, 1, 1)]), houses([box(0, 0, 1, 1)], crs=5179)
    assert require_same_crs(one, one).to_epsg() == 5186
    with pytest.raises(NotMetric):
        require_same_crs(one, other)
