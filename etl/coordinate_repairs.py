"""Coordinates that are written otherwise than in degrees, put right where only one reading is possible."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl import coordinates
from etl.diagnosis import placed_by_another
from etl.hangul import blank
from etl.rows import Door, Step, Verdict, nothing_refused, repaired, split

_MINUTE, _SECOND = 60.0, 3600.0
# A number beyond these is no degree that lost its point.
_SMALLEST, _LARGEST = 1e-6, 1e12
# No degree is so large.
_METRES = 360.0
_GRIDS = (5186, 5181, 5179, 5174, 2097, 32652, 3857)
_NUMBER = r"\d+(?:\.\d+)?"
_MARKED = re.compile(
    rf"^(?P<side>[NSEW])?\s*(?P<d>\d{{1,3}})\s*[°도]\s*(?P<m>{_NUMBER})\s*['′’분]"
    rf"\s*(?:(?P<s>{_NUMBER})\s*(?:[\"″”초]|''|′′)?)?\s*(?P<end>[NSEW])?$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"^(?P<side>[NSEW])?\s*(?P<d>\d{{1,3}})(?P<mark>[\s:-])(?P<m>\d{{1,2}})(?P=mark)(?P<s>{_NUMBER})\s*(?P<end>[NSEW])?$",
    re.IGNORECASE,
)


def degrees_only() -> Step:
    """Bring `lat` and `lon` to decimal degrees where they are written otherwise and the reading is provable.

    Degrees, minutes and seconds become degrees (DMS); without seconds they name a district, no place: COARSE_COORD.
    A missing decimal point is put back where that alone puts the pair into the district (DECIMAL_POINT). What is
    metres of a grid leaves with METRES_AS_DEGREES. In a file of metres a pair is turned (SWAPPED) where only the
    turned one lies in the district.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows)
        if door.crs != coordinates.WGS84:
            return nothing_refused(_turned(rows, door))
        rows, rough = _from_dms(rows)
        rows = _with_point(rows, door)
        found = coordinates.pair(rows)
        metres = pd.Series(_metres_of_korea(found), index=rows.index) & ~rough
        reason = pd.Series("", index=rows.index, dtype="str").mask(metres, "METRES_AS_DEGREES")
        return split(rows, rough | metres, reason.mask(rough, "COARSE_COORD"))

    return step


def east_first() -> Step:
    """Turn shapes whose north stands where east should: provable as they lie in Korea, or the district, only turned."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows)
        shapes = coordinates.shapes_of(rows["geometry"])
        if door.crs == coordinates.WGS84:
            west, south, east, north = shapely.bounds(shapes).T
            low = coordinates.swapped(pd.DataFrame({"lat": south, "lon": west}))
            high = coordinates.swapped(pd.DataFrame({"lat": north, "lon": east}))
            wrong = (low & high).to_numpy(dtype=bool)
        else:
            wrong = _touches(_flipped(shapes), door) & ~_touches(shapes, door)
        turned = shapes.copy()
        turned[wrong] = _flipped(shapes[wrong])
        out = rows.assign(geometry=pd.Series(turned, index=rows.index, dtype=object))
        return nothing_refused(repaired(out, pd.Series(wrong, index=rows.index), "SWAPPED"))

    return step


def dms_degrees(text: str) -> tuple[float, bool] | None:
    """Return the degrees of a text in degrees, minutes and seconds, and whether it is rough: of whole minutes only.

    >>> dms_degrees("37°34′30″"), dms_degrees("126-56-06.0"), dms_degrees("37.5791")
    ((37.575, False), (126.935, False), None)
    """
    found = _MARKED.match(text.strip()) or _PLAIN.match(text.strip())
    if found is None:
        return None
    minute, second = float(found["m"]), float(found["s"] or 0.0)
    if minute >= _MINUTE or second >= _MINUTE:
        return None
    value = int(found["d"]) + minute / _MINUTE + second / _SECOND
    side = (found["side"] or found["end"] or "").upper()
    return (-value if side in ("S", "W") else value), not found["s"] and minute.is_integer()


def _flipped(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    flat = shapely.force_2d(shapes)
    return np.array(shapely.transform(flat, lambda xy: xy[:, ::-1]), dtype=object)


def _touches(shapes: NDArray[np.object_], door: Door) -> NDArray[np.bool_]:
    if door.outline is None:
        return np.zeros(len(shapes), dtype=bool)
    return coordinates.within(coordinates.to_srid(shapes, source=door.crs, srid=door.srid), door.outline)


def _from_dms(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """Return the rows with degrees for what was written in minutes and seconds, and which of them are rough."""
    read, rough = {}, pd.Series(True, index=rows.index)
    hit = pd.Series(False, index=rows.index)
    for name in ("lat", "lon"):
        odd = rows[name][~rows[name].fillna("").str.fullmatch(r"[-+]?[\d.,]*")]
        known = {cell: found for cell in odd.unique() if (found := dms_degrees(cell)) is not None}
        written = rows[name].isin(list(known))
        read[name] = rows[name].where(
            ~written, rows[name].map({cell: f"{found[0]:.7f}" for cell, found in known.items()})
        )
        rough &= rows[name].isin([cell for cell, found in known.items() if found[1]])
        hit |= written
    if not hit.any():
        return rows, hit
    return repaired(rows.assign(**read), hit & ~rough, "DMS"), rough


def _with_point(rows: pd.DataFrame, door: Door) -> pd.DataFrame:
    """Return the rows with the decimal points that numbers lost, where no other reading lies in the district."""
    found = coordinates.pair(rows)
    lost = (
        found.abs().gt(180.0).any(axis=1) | found["lat"].abs().between(90.0, 180.0, inclusive="right")
    ) & (
        ~coordinates.swapped(found)
        & ~coordinates.sentinel(found)
        & ~(blank(rows["lat"]) | blank(rows["lon"]))
    )
    size = found.abs()
    where = np.flatnonzero(lost & (size.ge(_SMALLEST) & size.le(_LARGEST)).all(axis=1))
    if door.outline is None or not len(where):
        return rows
    lat, lon = found["lat"].to_numpy()[where], found["lon"].to_numpy()[where]
    readings = [_scaled(lat, lon, door), _scaled(lon, lat, door), _packed(lat, lon, door)]
    lands = np.array([_inside(each, door) for each in readings])
    only = (lands.sum(axis=0) == 1) & ~placed_by_another(lon, lat, door)
    chosen = np.choose(lands.argmax(axis=0)[:, None], readings)
    good = where[only]
    labels = rows.index[good]
    out = rows.copy()
    out.loc[labels, "lat"] = [f"{value:.7f}" for value in chosen[only, 0]]
    out.loc[labels, "lon"] = [f"{value:.7f}" for value in chosen[only, 1]]
    packed = pd.Series(False, index=rows.index)
    packed.loc[labels] = lands[2][only]
    fixed = pd.Series(False, index=rows.index)
    fixed.loc[labels] = True
    return repaired(repaired(out, fixed & ~packed, "DECIMAL_POINT"), packed, "DMS")


def _scaled(lat: NDArray[np.float64], lon: NDArray[np.float64], door: Door) -> NDArray[np.float64]:
    """Return (n, 2) latitudes and longitudes, each divided by the power of ten that brings it nearest the district."""
    middle = coordinates.to_srid(np.array([shapely.centroid(door.outline)], dtype=object), source=door.srid,
                                 srid=coordinates.WGS84)[0]  # fmt: skip
    pairs = []
    for values, about in ((lat, middle.y), (lon, middle.x)):
        power = np.round(np.log10(np.abs(values) / abs(about)))
        pairs.append(values / 10.0 ** np.maximum(power, 0.0))
    return np.column_stack(pairs)


def _packed(lat: NDArray[np.float64], lon: NDArray[np.float64], door: Door) -> NDArray[np.float64]:
    """Return (n, 2) degrees of numbers such as 373444.8, which may be degrees, minutes and seconds; NaN for others."""
    pairs = []
    for values in (lat, lon):
        degree, rest = np.divmod(np.abs(values), 10_000.0)
        minute, second = np.divmod(rest, 100.0)
        sound = (minute < _MINUTE) & (second < _MINUTE) & (degree <= 180.0)
        pairs.append(np.where(sound, degree + minute / _MINUTE + second / _SECOND, np.nan))
    return np.column_stack(pairs)


def _metres_of_korea(found: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which pairs a grid of Korea puts into the country, whichever number is east."""
    metres = np.zeros(len(found), dtype=bool)
    for grid in _GRIDS:
        for north, east in (("lat", "lon"), ("lon", "lat")):
            left = np.flatnonzero((found.abs() > _METRES).all(axis=1).to_numpy() & ~metres)
            if len(left):
                pairs = found.iloc[left].rename(columns={north: "lat", east: "lon"})
                there = coordinates.to_srid(coordinates.points(pairs), source=grid, srid=coordinates.WGS84)
                degrees = pd.DataFrame({"lat": shapely.get_y(there), "lon": shapely.get_x(there)})
                metres[left] = coordinates.in_korea(degrees)
    return metres


def _turned(rows: pd.DataFrame, door: Door) -> pd.DataFrame:
    """Return the rows of a file in metres with those pairs turned that lie in the district only when turned."""
    if door.outline is None:
        return rows
    found = coordinates.pair(rows)
    there = _in_system(found, door)
    other = _in_system(found.rename(columns={"lat": "lon", "lon": "lat"}), door)
    wrong = pd.Series(other & ~there, index=rows.index)
    out = rows.assign(lat=rows["lat"].mask(wrong, rows["lon"]), lon=rows["lon"].mask(wrong, rows["lat"]))
    return repaired(out, wrong, "SWAPPED")


def _in_system(found: pd.DataFrame, door: Door) -> NDArray[np.bool_]:
    points = coordinates.to_srid(coordinates.points(found), source=door.crs, srid=door.srid)
    return (
        np.zeros(len(found), dtype=bool) if door.outline is None else coordinates.within(points, door.outline)
    )


def _inside(pairs: NDArray[np.float64], door: Door) -> NDArray[np.bool_]:
    found = pd.DataFrame(pairs, columns=["lat", "lon"])
    return _in_system(found.where(~coordinates.nowhere(found)), door)
