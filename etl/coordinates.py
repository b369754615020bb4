"""Coordinates as files write them, to points in the district's metric CRS."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely import MultiPolygon, Polygon

WGS84 = 4326
# Cameras whose points agree to so many decimals of a degree, about a centimetre, hang on one site whatever their
# addresses; within the district's tolerance (matching.site_m) those of one address do (merge_camera_hang.sql).
SITE_DIGITS = 7
# Within these a pair is a place in Korea; a swapped pair lies in the mirror of it, so the repair is provable.
_KOREA_LAT = (33.0, 39.0)
_KOREA_LON = (124.0, 132.0)
_METRE_DIGITS = 3


def pair(rows: pd.DataFrame, *, lat: str = "lat", lon: str = "lon") -> pd.DataFrame:
    """Return the text columns `lat` and `lon` as numbers, columns lat and lon; NaN when unreadable."""
    return pd.DataFrame({"lat": _number(rows[lat]), "lon": _number(rows[lon])}, index=rows.index)


def swapped(found: pd.DataFrame) -> pd.Series[bool]:
    """Say which pairs are provably swapped: each stands in the other's range of Korea, which do not meet."""
    return found["lat"].between(*_KOREA_LON) & found["lon"].between(*_KOREA_LAT)


def sentinel(found: pd.DataFrame) -> pd.Series[bool]:
    """Say which pairs are fillers: 0 and 0, or the nines that offices write for "unknown" (99.999999)."""
    nines = found["lat"].between(99.9, 100.0) | found["lon"].between(999.0, 1000.0)
    zeros = (found["lat"].abs() < 1e-6) & (found["lon"].abs() < 1e-6)
    return nines | zeros


def nowhere(found: pd.DataFrame) -> pd.Series[bool]:
    """Say which pairs are no place on the globe: out of range, or missing on one side."""
    return ~(found["lat"].between(-90, 90) & found["lon"].between(-180, 180))


def in_korea(found: pd.DataFrame) -> pd.Series[bool]:
    """Say which pairs lie in the frame of Korea."""
    return found["lat"].between(*_KOREA_LAT) & found["lon"].between(*_KOREA_LON)


def coarse(text: pd.DataFrame, *, lat: str = "lat", lon: str = "lon") -> pd.Series[bool]:
    """Say which pairs stand for a district, not a place: both are written with at most two decimals."""
    return _decimals(text[lat]).le(2) & _decimals(text[lon]).le(2)


def filled_down(found: pd.DataFrame, *, before: tuple[str, str] = ("", "")) -> pd.Series[bool]:
    """Say which pairs a spreadsheet's fill-down made: the row before, and both one degree more.

    before   latitude and longitude, as written, of the row before the first
    """
    step = found[["lat", "lon"]].diff()
    if len(step):
        earlier = pair(pd.DataFrame([before], columns=["lat", "lon"], dtype="str")).iloc[0]
        step.iloc[0] = found[["lat", "lon"]].iloc[0] - earlier
    return ((step - 1.0).abs() < 1e-9).all(axis=1)


def points(found: pd.DataFrame) -> NDArray[np.object_]:
    """Return shapely points, longitude first; an empty point where a number is missing."""
    return np.asarray(
        shapely.points(found["lon"].to_numpy(float), found["lat"].to_numpy(float)), dtype=object
    )


def shapes_of(column: pd.Series) -> NDArray[np.object_]:
    """Return a column's geometries as an array; whatever else pandas put there for "missing" becomes None."""
    shapes = column.to_numpy(dtype=object).copy()
    shapes[column.isna().to_numpy()] = None
    return shapes


def to_srid(geometries: NDArray[np.object_], *, source: int | str, srid: int) -> NDArray[np.object_]:
    """Return geometries of CRS `source` in EPSG `srid`, always x before y.

    An empty or missing geometry stays as it is. What the transformation cannot place becomes None.
    """
    return to_crs(geometries, source=source, target=srid)


def to_crs(geometries: NDArray[np.object_], *, source: int | str, target: int | str) -> NDArray[np.object_]:
    """Return geometries of CRS `source` in CRS `target`, always x before y, under the rules of `to_srid`."""
    if source == target or (isinstance(target, int) and CRS.from_user_input(source).to_epsg() == target):
        return geometries
    mover = _transformer(str(source), str(target))
    moved = np.array(
        shapely.transform(geometries, lambda xy: np.column_stack(mover.transform(xy[:, 0], xy[:, 1]))),
        dtype=object,
    )
    moved[~np.isfinite(shapely.bounds(moved)).all(axis=1) & ~shapely.is_empty(geometries)] = None
    return moved


def within(geometries: NDArray[np.object_], outline: Polygon | MultiPolygon) -> NDArray[np.bool_]:
    """Say which geometries touch the outline; False for missing ones."""
    shapely.prepare(outline)
    return np.asarray(shapely.intersects(outline, geometries), dtype=bool)


def place_key(
    geometries: NDArray[np.object_], *, srid: int, digits: int = SITE_DIGITS
) -> NDArray[np.object_]:
    """Return a key of each point: its degrees to `digits` decimals, 'lat,lon'.

    Seven decimals, the key of a site, are about a centimetre.
    """
    lonlat = to_srid(geometries, source=srid, srid=WGS84)
    lat = np.char.mod(f"%.{digits}f", shapely.get_y(lonlat))
    lon = np.char.mod(f"%.{digits}f", shapely.get_x(lonlat))
    return np.char.add(np.char.add(lat, ","), lon).astype(object)


def snap_to_mm(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return geometries with coordinates rounded to a millimetre, so that the same file hashes the same."""
    return np.asarray(shapely.transform(geometries, lambda xy: np.round(xy, _METRE_DIGITS)), dtype=object)


def _number(text: pd.Series[str]) -> pd.Series[float]:
    plain = text.fillna("").str.replace(r"[\s,°]", "", regex=True)
    return pd.to_numeric(plain, errors="coerce").astype(float)


def _decimals(text: pd.Series[str]) -> pd.Series[int]:
    fraction = text.fillna("").str.strip().str.extract(r"\.(\d*?)0*$")[0]
    return fraction.fillna("").str.len()


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    here, there = (int(name) if name.isdigit() else name for name in (source, target))
    return Transformer.from_crs(here, there, always_xy=True)
