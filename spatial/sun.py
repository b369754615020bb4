"""How high the sun stands over a place: whether it is day or dark there. Light to import: the standard library alone.

Source: J. Meeus, Astronomical Algorithms (1998), chapters 12 and 25, the low accuracy of 0.01 degrees.
"""

from __future__ import annotations

from datetime import datetime
from math import asin, atan2, cos, degrees, radians, sin

from spatial.errors import OutOfRange
from spatial.types import LonLat

# The end of civil twilight: a street has then some 3 lux of daylight left, where cameras go over to their night mode.
DARK_BELOW_DEG = -6.0

_UNIX_EPOCH_JD = 2440587.5
_J2000_JD = 2451545.0


def altitude_deg(moment: datetime, place: LonLat) -> float:
    """Return the altitude of the sun's middle over the horizon, degrees, without refraction; negative below.

    moment   an instant, with its zone
    Exact to some 0.01 degrees between 1900 and 2100, which the sun climbs in four seconds.
    Raises   OutOfRange for a moment without a zone: it is no instant
    """
    if moment.tzinfo is None:
        raise OutOfRange(f"{moment} has no zone: when the sun stands where cannot be told")
    days = moment.timestamp() / 86400.0 + _UNIX_EPOCH_JD - _J2000_JD
    right_ascension, declination = _seen_from_earth(days / 36525.0)
    sidereal_deg = 280.46061837 + 360.98564736629 * days
    hour_angle = radians(sidereal_deg + place.lon) - right_ascension
    latitude = radians(place.lat)
    sine = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)
    # At the zenith rounding may pass 1.
    return degrees(asin(max(-1.0, min(1.0, sine))))


def is_dark(moment: datetime, place: LonLat) -> bool:
    """Tell whether civil twilight is over and the day not yet begun. Raises what `altitude_deg` raises."""
    return altitude_deg(moment, place) < DARK_BELOW_DEG


def _seen_from_earth(centuries: float) -> tuple[float, float]:
    """Return the sun's apparent right ascension and declination, radians, so many Julian centuries after J2000."""
    t = centuries
    mean_longitude = 280.46646 + t * (36000.76983 + t * 0.0003032)
    anomaly = radians(357.52911 + t * (35999.05029 - t * 0.0001537))
    centre = (
        (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly)
        + (0.019993 - t * 0.000101) * sin(2.0 * anomaly)
        + 0.000289 * sin(3.0 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    longitude = radians(mean_longitude + centre - 0.00569 - 0.00478 * sin(node))
    obliquity = radians(23.4392911 - t * (0.0130042 + t * 1.64e-7) + 0.00256 * cos(node))
    right_ascension = atan2(cos(obliquity) * sin(longitude), cos(longitude))
    return right_ascension, asin(sin(obliquity) * sin(longitude))
