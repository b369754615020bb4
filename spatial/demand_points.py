"""The places that a plan is for: points every few metres along streets and stream walks, and over zones."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spatial.errors import MissingColumn, OutOfRange
from spatial.frames import require_same_crs
from spatial.ground import Tiles
from spatial.samples import groups_of, sample_alleys, sample_area

Floats = NDArray[np.float64]

STREETS = ("alley", "walk")


def demand_points(
    alleys: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame | None = None,
    *,
    step_m: float,
    walks: Collection[int] = (),
    zone_step_m: float = 20.0,
    open_to: gpd.GeoDataFrame | None = None,
    dongs: gpd.GeoDataFrame | None = None,
    kept: Tiles | None = None,
) -> gpd.GeoDataFrame:
    """Return the points that a plan is for, streets first, then zones in their order.

    alleys       alley_id and LineStrings, metric CRS
    zones        zone_id, kind (flood | wildfire) and areas; None or zero rows: no points of zones
    step_m       along streets; zone_step_m: side of a zone's grid
    walks        numbers of the streets that are walks along water, told apart by their kind
    open_to      buildings, whose ground is no ground of a zone
    dongs        areas with a code; None: no dong is told
    Returns      alley_id and zone_id (Int64, one of them missing), kind (alley | walk | flood | wildfire), weight (metres
                 of a street, m² of a zone), dong (code, None outside all) and the point; index 0..n-1. The streets are
                 what `samples.sample_alleys` gives: their weights add up to the length of all streets, and shares of
                 coverage rest on them alone. A piece of street inside a zone is there twice, in metres and in m²
    Raises       OutOfRange for a step that is not positive, MissingColumn, BadGeometry, NotMetric
    """
    along = sample_alleys(alleys, step_m=step_m)
    on_walk = along["alley_id"].isin(list(walks)).to_numpy()
    parts = [
        gpd.GeoDataFrame(
            {
                "alley_id": along["alley_id"].astype("Int64"),
                "zone_id": pd.array([pd.NA] * len(along), dtype="Int64"),
                "kind": np.where(on_walk, "walk", "alley"),
                "weight": along["weight"].to_numpy(dtype=np.float64),
            },
            geometry=along.geometry.to_numpy(),
            crs=alleys.crs,
        )
    ]
    if zones is not None and len(zones):
        require_same_crs(alleys, zones)
        parts.append(_zone_points(zones, step_m=zone_step_m, open_to=open_to, kept=kept))
    points = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=alleys.crs)
    dong = None if dongs is None or dongs.empty else groups_of(points, dongs, key="code")
    return points.assign(dong=pd.Series(None, index=points.index, dtype=object) if dong is None else dong)


def _zone_points(
    zones: gpd.GeoDataFrame, *, step_m: float, open_to: gpd.GeoDataFrame | None, kept: Tiles | None
) -> gpd.GeoDataFrame:
    if absent := {"zone_id", "kind"} - {*zones.columns}:
        raise MissingColumn(f"zones lack {', '.join(sorted(absent))}")
    grid = sample_area(zones, step_m=step_m, open_to=open_to, key="zone_id", kept=kept)
    kind = grid["zone_id"].map(zones.set_index("zone_id")["kind"])
    return gpd.GeoDataFrame(
        {
            "alley_id": pd.array([pd.NA] * len(grid), dtype="Int64"),
            "zone_id": grid["zone_id"].astype("Int64"),
            "kind": kind.astype(object),
            "weight": grid["weight"].to_numpy(dtype=np.float64),
        },
        geometry=grid.geometry.to_numpy(),
        crs=zones.crs,
    )


def in_metres(points: gpd.GeoDataFrame, *, zone_m2_per_m: float) -> Floats:
    """Return what each point counts (n,), in metres of street: so that streets and zones add up to one worth.

    zone_m2_per_m  so many m² of a zone count as one metre of street. Raises OutOfRange unless it is above 0
    """
    if not (np.isfinite(zone_m2_per_m) and zone_m2_per_m > 0.0):
        raise OutOfRange(f"zone_m2_per_m must be above 0, not {zone_m2_per_m}")
    weight = points["weight"].to_numpy(dtype=np.float64)
    metres: Floats = np.where(is_street(points), weight, weight / zone_m2_per_m)
    return metres


def is_street(points: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which points (n,) lie along a street or a walk."""
    return np.asarray(points["kind"].isin(STREETS), dtype=bool)
