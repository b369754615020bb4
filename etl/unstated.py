"""Coordinates of which nobody says the system: what they look like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl import coordinates
from etl.rows import Reading

# Systems in which Korean files come, degrees first.
_SYSTEMS = (4326, 5186, 5181, 5179, 5174, 2097, 32652, 3857)
_KOREA = (124.0, 33.0, 132.0, 39.0)
_SAMPLE = 1000
_MOST = 0.5
_EARTH_KM = 111.32
_NEAR_KM = 50.0


def looks_like(reading: Reading, *, lon: float, lat: float) -> str:
    """Say in which system most of a file's first coordinates lie in Korea, the nearest to a place (degrees) first.

    Several may fit: 5181 and 5186 differ by 100 km from north to south. Which it is, a person says.
    """
    block = next(reading.blocks(), None)
    points = np.array([], dtype=object) if block is None else _points(block.rows)
    if not len(points):
        return "no coordinates"
    found = sorted((_km_away(points, code, lon=lon, lat=lat), code) for code in _SYSTEMS)
    near = [(km, code) for km, code in found if km < _NEAR_KM]
    fitting = near or [(km, code) for km, code in found if np.isfinite(km)]
    x, y = shapely.get_x(points), shapely.get_y(points)
    middle = f"{np.median(x):,.6g}, {np.median(y):,.6g}"
    if not fitting:
        return f"coordinates about {middle} look like no known system of Korea"
    return f"coordinates about {middle} look like {' or '.join(f'EPSG:{code}' for _, code in fitting)}"


def _points(rows: pd.DataFrame) -> NDArray[np.object_]:
    if "geometry" in rows:
        points = shapely.point_on_surface(coordinates.shapes_of(rows["geometry"].head(_SAMPLE)))
    elif {"lat", "lon"} <= set(rows.columns):
        points = coordinates.points(coordinates.pair(rows.head(_SAMPLE)))
    else:
        return np.array([], dtype=object)
    whole = ~shapely.is_missing(points) & ~shapely.is_empty(points) & np.isfinite(shapely.get_x(points))
    return np.asarray(points[whole], dtype=object)


def _km_away(points: NDArray[np.object_], code: int, *, lon: float, lat: float) -> float:
    """Return how far the middle of the points lies from a place if they are in EPSG `code`; infinite outside Korea."""
    moved = coordinates.to_srid(points, source=code, srid=coordinates.WGS84)
    x, y = shapely.get_x(moved), shapely.get_y(moved)
    west, south, east, north = _KOREA
    there = (x > west) & (x < east) & (y > south) & (y < north)
    if there.mean() < _MOST:
        return float("inf")
    east_km = (np.median(x[there]) - lon) * _EARTH_KM * np.cos(np.radians(lat))
    return float(np.hypot(east_km, (np.median(y[there]) - lat) * _EARTH_KM))
