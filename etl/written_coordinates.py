"""Coordinates as a person types them: degrees in three notations, or metres of a named or unnamed system. Light to import."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.hangul import tidy

if TYPE_CHECKING:
    from pyproj import Transformer

WGS84 = 4326
# Systems whose coordinates are told in degrees, and in metres; words_crs.py has their names.
DEGREES = (WGS84, 4737, 4162)
METRES = (5186, 5179, 5181, 5174, 2097, 32652, 3857)
_NAMED = {"utmk": 5179, "utm52n": 32652, "wgs84": WGS84, "kakao": 5181, "naver": 5179}
_SYSTEM = r"(?:epsg\s*[:：]?\s*)?(?P<code>\d{4,5})|(?P<named>utm[\s-]?k|utm\s?52n|wgs\s?84|kakao|naver)"
_IN_FRONT = re.compile(rf"^(?:{_SYSTEM})\s*[:：]?\s+", re.I)
_BEHIND = re.compile(rf"\s*[(\[](?:{_SYSTEM})[)\]]$", re.I)
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_THOUSANDS = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+)(\.\d+)?(?![\d,])")
_SIDE = {
    "n": (0, 1),
    "북위": (0, 1),
    "s": (0, -1),
    "남위": (0, -1),
    "e": (1, 1),
    "동경": (1, 1),
    "w": (1, -1),
    "서경": (1, -1),
}
_SIDES = "|".join(_SIDE)
_ANGLE = re.compile(
    rf"(?P<front>{_SIDES})?\s*(?P<deg>{_NUMBER})\s*(?:°|º|도)?"
    rf"(?:\s*(?P<min>\d+(?:\.\d+)?)\s*(?:'|′|’|분))?(?:\s*(?P<sec>\d+(?:\.\d+)?)\s*(?:\"|″|”|''|초))?\s*(?P<back>{_SIDES})?(?=[\s,;]|$)",
    re.I,
)
_DEGREE_M = 111_320.0


@dataclass(frozen=True, slots=True)
class Written:
    """Two numbers that name a place.

    first, second   degrees: latitude and longitude; metres: in the order in which they were typed
    degrees         whether they are degrees
    srid            the system that was named, None where none was
    accuracy_m      half of the last digit's step, metres
    """

    first: float
    second: float
    degrees: bool
    srid: int | None
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class Meant:
    """What the numbers mean in one system: a place in degrees, EPSG:4326; `east_first` as they were taken."""

    lon: float
    lat: float
    srid: int
    east_first: bool


class UnknownSystem(ValueError):
    """A system of coordinates is not among the listed ones."""


def system(named: str) -> int:
    """Return the number of a system from "5186", "EPSG:5179" or "UTM-K". Raises UnknownSystem.

    >>> system("epsg:5179"), system("UTM-K")
    (5179, 5179)
    """
    found = re.fullmatch(_SYSTEM, named.strip(), re.I)
    code = None if found is None else _code(found)
    if code is None:
        raise UnknownSystem(named)
    return code


def written(text: str) -> Written | None:
    """Return the coordinates that a text is, None where it is something else.

    >>> written("37.5791, 126.9368").accuracy_m, written("EPSG:5179 950271 1953451").srid
    (5.6, 5179)
    """
    plain = tidy(text)
    srid = None
    for pattern in (_IN_FRONT, _BEHIND):
        if (found := pattern.search(plain)) and (code := _code(found)) is not None:
            srid, plain = code, pattern.sub("", plain)
            break
    plain = _THOUSANDS.sub(lambda each: each[1].replace(",", "") + (each[2] or ""), plain)
    pair = _pair(plain)
    if pair is not None and max(map(abs, pair[0])) > 180.0 and srid not in DEGREES:
        (first, second), step = pair
        return Written(first, second, degrees=False, srid=srid, accuracy_m=step / 2)
    return _degrees(plain, srid)


def meanings(typed: Written) -> list[Meant]:
    """Return the places that numbers of metres may mean, a row a system and order of the two numbers.

    Of degrees there is one. What a system cannot place is left out.
    """
    if typed.degrees:
        lon, lat = _to_degrees(typed.srid or WGS84, typed.second, typed.first)
        return [Meant(lon, lat, typed.srid or WGS84, east_first=False)]
    systems = METRES if typed.srid is None else (typed.srid,)
    told = []
    for srid in systems:
        for east_first in (True, False):
            x, y = (typed.first, typed.second) if east_first else (typed.second, typed.first)
            lon, lat = _to_degrees(srid, x, y)
            if math.isfinite(lon) and math.isfinite(lat):
                told.append(Meant(lon, lat, srid, east_first))
    return told


def _code(found: re.Match[str]) -> int | None:
    if found["named"]:
        return _NAMED[re.sub(r"[\s-]", "", found["named"].lower())]
    code = int(found["code"])
    return code if code in (*DEGREES, *METRES) else None


def _pair(plain: str) -> tuple[tuple[float, float], float] | None:
    parts = [part for part in re.split(r"[,;\s]+", plain.strip()) if part]
    if len(parts) != 2 or not all(re.fullmatch(_NUMBER, part) for part in parts):
        return None
    step = max(10.0 ** -len(part.partition(".")[2]) for part in parts)
    return (float(parts[0]), float(parts[1])), step


def _degrees(plain: str, srid: int | None) -> Written | None:
    if srid in METRES:
        return None
    angles = _angles(plain)
    if angles is None:
        return None
    (first, of_first, step), (second, of_second, further) = angles
    swap = of_first == 1 or of_second == 0 or (of_first is None and abs(first) > 90.0)
    lat, lon = (second, first) if swap else (first, second)
    if (of_first is not None and of_first == of_second) or abs(lat) > 90.0 or abs(lon) > 180.0:
        return None
    accuracy_m = round(max(step, further) / 2 * _DEGREE_M, 1)
    return Written(lat, lon, degrees=True, srid=srid, accuracy_m=accuracy_m)


# Degrees, which of the two they are (0 latitude, 1 longitude, None unsaid), and the step of their last digit in degrees.
_Angle = tuple[float, int | None, float]


def _angles(plain: str) -> tuple[_Angle, _Angle] | None:
    if pair := _pair(plain):
        (first, second), step = pair
        return (first, None, step), (second, None, step)
    numbers = re.fullmatch(rf"{_NUMBER}(?:[\s,;]+{_NUMBER}){{3}}(?:(?:[\s,;]+{_NUMBER}){{2}})?", plain)
    if numbers:  # "37 34 44.8 126 56 12.5": degrees, minutes and seconds without a sign
        parts = re.findall(_NUMBER, plain)
        half = len(parts) // 2
        return _both(_angle(parts[:half], None), _angle(parts[half:], None))
    found = list(_ANGLE.finditer(plain))
    if len(found) != 2 or _ANGLE.sub("", plain).strip(" ,;"):
        return None
    told = []
    for each in found:
        side = (each["front"] or each["back"] or "").lower()
        told.append(_angle([part for part in (each["deg"], each["min"], each["sec"]) if part], side or None))
    return _both(*told)


def _both(first: _Angle | None, second: _Angle | None) -> tuple[_Angle, _Angle] | None:
    return None if first is None or second is None else (first, second)


def _angle(parts: list[str], side: str | None) -> _Angle | None:
    which, sign = _SIDE[side] if side else (None, 1)
    values = [float(part) for part in parts]
    if any(not 0 <= part < 60 for part in values[1:]) or any("." in part for part in parts[:-1]):
        return None
    size = sum(abs(part) / 60**n for n, part in enumerate(values))
    step = 10.0 ** -len(parts[-1].partition(".")[2]) / 60 ** (len(parts) - 1)
    return math.copysign(size, values[0]) * sign, which, step


def _to_degrees(srid: int, x: float, y: float) -> tuple[float, float]:
    if srid == WGS84:
        return x, y
    lon, lat = _transformer(srid).transform(x, y)
    return float(lon), float(lat)


@lru_cache(maxsize=16)
def _transformer(srid: int) -> Transformer:
    from pyproj import Transformer  # a tenth of a second that most questions need not pay

    return Transformer.from_crs(srid, WGS84, always_xy=True)
