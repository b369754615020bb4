"""Whether it was light: how high the sun stood over a place. Pure arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.types import LonLat

# Below it no daylight is left that a camera could see by: the end of civil twilight.
DARK_BELOW_DEG = -6.0

_J2000_UNIX_S = 946_728_000.0
_DAY_S = 86_400.0


def sun_height_deg(place: LonLat, unix_s: ArrayLike) -> NDArray[np.float64]:
    """Return how high (n,) the centre of the sun stands over the horizon, degrees, below 0 under it; no refraction.

    unix_s  (n,) seconds since 1970 UTC, or one
    Source  Astronomical Almanac, low-precision formulas for the Sun: 0.01 degrees from 1950 to 2050
    """
    days = (np.atleast_1d(np.asarray(unix_s, dtype=np.float64)) - _J2000_UNIX_S) / _DAY_S
    anomaly = np.radians(357.528 + 0.9856003 * days)
    longitude = np.radians(280.460 + 0.9856474 * days + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    tilt = np.radians(23.439 - 0.0000004 * days)
    declination = np.arcsin(np.sin(tilt) * np.sin(longitude))
    ascension = np.arctan2(np.cos(tilt) * np.sin(longitude), np.cos(longitude))
    # the sidereal time of the place: its stars' angle
    turned = np.radians(280.46061837 + 360.98564736629 * days + place.lon)
    hour = turned - ascension
    lat = np.radians(place.lat)
    height = np.sin(lat) * np.sin(declination) + np.cos(lat) * np.cos(declination) * np.cos(hour)
    return np.asarray(np.degrees(np.arcsin(height)))


def dark_share(place: LonLat, *, since_s: float, until_s: float, step_s: float = 60.0) -> float:
    """Return which share 0..1 of a time is dark, the sun more than 6 degrees under the horizon, looked at each minute or so.

    since_s, until_s  seconds since 1970 UTC; the same twice asks for an instant
    """
    steps = max(int(np.ceil((until_s - since_s) / step_s)), 1)
    middles = since_s + (np.arange(steps) + 0.5) * (until_s - since_s) / steps
    return float((sun_height_deg(place, middles) < DARK_BELOW_DEG).mean())
