"""Layers of a map with what a computation found: the shares of dong and zones, the views that cameras have now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

Run = Mapping[str, Any]


def with_shares(
    dong: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, run: Run
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return dong with share, low and high, and zones with share, of a run; None where the run does not know it."""
    of_dong = {row["code"]: row for row in run["by_dong"]}
    of_zone = {row["zone_id"]: row["share"] for row in run["zones"]}
    told = {
        name: _column([of_dong.get(code, {}).get(name) for code in dong["code"]], dong)
        for name in ("share", "low", "high")
    }
    seen = _column([of_zone.get(zone) for zone in zones["zone_id"]], zones)
    return dong.assign(**told), zones.assign(share=seen)


def with_views(
    cameras: gpd.GeoDataFrame, fields: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return cameras with view_m2, the area that each certainly sees, and the fields that are views.

    The reach of a turning camera is in no share: it is no view of what it sees now.
    """
    views = fields[fields["counts"].astype(bool)]
    sure = views[views["sight"] == "certain"].groupby("camera_id")["area_m2"].sum()
    return cameras.assign(view_m2=cameras["camera_id"].map(sure)), views


def _column(values: list[float | None], frame: gpd.GeoDataFrame) -> pd.Series:
    # object: None is "not known", and would become NaN
    return pd.Series(values, index=frame.index, dtype=object)
