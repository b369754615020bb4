"""The invented district's files, written once a session whatever asks for them, and their layers read back once.

Frames are shared by the tests: they are read, never changed.
"""

from __future__ import annotations

import fcntl
import os
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from etl.sample import write_sample

METRIC = "EPSG:5186"


def written(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file of the district. To write it takes seconds: xdist's workers share one."""
    own = factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "sample"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")  # what a killed worker left half written is never taken
            write_sample(half)
            half.rename(folder)
    return folder


def table(path: Path, encoding: str = "cp949") -> pd.DataFrame:
    """Return a table as it is written: all text."""
    return pd.read_csv(path, encoding=encoding, dtype=str, keep_default_na=False)


@cache
def layer(path: Path) -> gpd.GeoDataFrame:
    """Return a layer in metres."""
    return gpd.read_file(path).to_crs(METRIC)


def dongs(folder: Path) -> gpd.GeoDataFrame:
    """Return the neighbourhoods."""
    return layer(folder / "boundaries.geojson")


def streets(folder: Path) -> gpd.GeoDataFrame:
    """Return the sections of streets."""
    return layer(folder / "juso" / "TL_SPRD_MANAGE.shp")


def buildings(folder: Path) -> gpd.GeoDataFrame:
    """Return the buildings."""
    return layer(folder / "juso" / "TL_SPBD_BULD.shp")


@cache
def good_rows(folder: Path) -> gpd.GeoDataFrame:
    """Return the registry's rows that stand after the plainest cleaning: one a number, each rule on its own line."""
    rows = table(folder / "cctv_20131231.csv")
    lat = pd.to_numeric(rows["WGS84위도"], errors="coerce")
    lon = pd.to_numeric(rows["WGS84경도"], errors="coerce")
    turned = lat.between(124.0, 132.0) & lon.between(33.0, 39.0)
    points = gpd.points_from_xy(lon.mask(turned, lat), lat.mask(turned, lon), crs="EPSG:4326").to_crs(METRIC)
    keep = rows["카메라대수"].str.fullmatch(r"[1-9]\d*")
    keep &= rows["설치연월"].str.fullmatch(r"20\d{4}")
    keep &= rows["설치목적구분"].isin(
        ["생활방범", "어린이보호", "차량방범", "재난재해", "교통단속", "시설물관리", "쓰레기단속"]
    )
    keep &= shapely.contains(dongs(folder).union_all(), np.asarray(points))
    good = gpd.GeoDataFrame(rows, geometry=points)[keep].drop_duplicates("관리번호")
    return good.assign(heads=good["카메라대수"].astype(int)).reset_index(drop=True)
