"""Coordinate systems: which ones count true metres, and the way to WGS 84 and back."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from spatial.errors import NotMetric
from spatial.types import XY, LonLat

WGS84 = 4326

# Spherical Mercator counts in metres by name only: at 37.6 N its metre is 0.79 m on the ground.
_METRES_BY_NAME_ONLY = "mercator"


def require_metric(crs: object) -> CRS:
    """Return `crs` as a pyproj CRS when its plane coordinates are metres on the ground.

    crs        anything pyproj takes: an SRID, "EPSG:5186", a CRS, or None
    Raises     NotMetric for None, unknown, geographic, foot-based and (pseudo-)Mercator systems
    """
    if crs is None:
        raise NotMetric("the frame has no CRS; transform it to the district's metric CRS first")
    system, metric = _resolve(crs)
    if not metric:
        raise NotMetric(f"{system.name} does not count metres on the ground")
    return system


def project(lon: ArrayLike, lat: ArrayLike, *, srid: int) -> NDArray[np.float64]:
    """Return WGS 84 degrees as (n, 2) metres, x east and y north, in the metric system `srid`.

    Raises     NotMetric if `srid` is no metric system
    """
    east, north = _transformer(WGS84, _metric_srid(srid)).transform(np.atleast_1d(lon), np.atleast_1d(lat))
    return np.column_stack([east, north]).astype(np.float64)


def unproject(xy: ArrayLike, *, srid: int) -> NDArray[np.float64]:
    """Return (n, 2) metres of the metric system `srid` as (n, 2) WGS 84 degrees, longitude first.

    Raises     NotMetric if `srid` is no metric system
    """
    plane = np.atleast_2d(np.asarray(xy, dtype=np.float64))
    lon, lat = _transformer(_metric_srid(srid), WGS84).transform(plane[:, 0], plane[:, 1])
    return np.column_stack([lon, lat]).astype(np.float64)


def to_xy(place: LonLat, *, srid: int) -> XY:
    """Return one place of the globe in the metric system `srid`."""
    east, north = project(place.lon, place.lat, srid=srid)[0]
    return XY(float(east), float(north))


def to_lonlat(place: XY, *, srid: int) -> LonLat:
    """Return one place of the metric system `srid` on the globe."""
    lon, lat = unproject([place.east_m, place.north_m], srid=srid)[0]
    return LonLat(float(lon), float(lat))


def _metric_srid(srid: int) -> int:
    require_metric(srid)
    return srid


@lru_cache(maxsize=64)
def _resolve(crs: object) -> tuple[CRS, bool]:
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise NotMetric(f"unknown CRS: {crs!r}") from error
    if not system.is_projected:
        return system, False
    metres = all(axis.unit_conversion_factor == 1.0 for axis in system.axis_info[:2])
    operation = system.coordinate_operation
    method = operation.method_name.lower() if operation is not None else ""
    plain_mercator = _METRES_BY_NAME_ONLY in method and "transverse" not in method and "oblique" not in method
    return system, metres and not plain_mercator


@lru_cache(maxsize=32)
def _transformer(source: int, target: int) -> Transformer:
    # EPSG:5186 and 4326 name north first; always_xy makes every array x, y.
    return Transformer.from_crs(source, target, always_xy=True)
