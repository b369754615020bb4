"""Gaps as the answer of `coverage` lists them: frames in, JSON-ready rows out."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from spatial import samples


def gap_rows(found: gpd.GeoDataFrame, names: pd.Series, dong: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return a row a gap, numbered from 1 in the order given; its place is the middle of its line, in WGS84.

    found  alley_id, length_m, risk (mean) and risk_m (of the whole stretch), with LineStrings in a metric CRS
    names  of alleys by alley_id; dong  `code` and areas
    """
    if found.empty:
        return []
    middle = found.geometry.interpolate(0.5, normalized=True)
    code = samples.groups_of(gpd.GeoDataFrame(geometry=middle, crs=found.crs), dong, key="code")
    place, lines = middle.to_crs(4326), found.geometry.to_crs(4326)
    return [
        {
            "gap_id": number,
            "alley": names.get(gap.alley_id),
            "dong": within,
            "length_m": round(float(gap.length_m), 1),
            "risk": _rounded(gap.risk_m),
            "risk_mean": _rounded(gap.risk),
            "lat": round(point.y, 7),
            "lon": round(point.x, 7),
            "geometry": _geojson(line),
        }
        for number, (gap, within, point, line) in enumerate(
            zip(found.itertuples(index=False), code, place, lines, strict=True), 1
        )
    ]


def _rounded(value: float) -> float | None:
    return round(float(value), 6) if math.isfinite(value) else None


def _geojson(line: shapely.LineString) -> dict[str, Any]:
    places = shapely.get_coordinates(line).round(6).tolist()
    return {"type": "LineString", "coordinates": places}
