"""Files that tell each place twice, in degrees and in metres: how far the two lie apart, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyproj

from etl import coordinates
from etl.rows import Door, Step, Verdict, repaired, split

UTM_K = 5179
# Two pairs of one row that lie further apart than this contradict each other.
AGREE_M = 50.0
_SAME_M = 1.0


class PairsWatch:
    """Measures, block by block, how far the two pairs of a file lie apart; notes `coordinate_pairs`.

    `both` rows tell two; of these `same` within 1 m, `apart` by more than 50 m, those by `median_m` and at most `largest_m`.
    Rows have the texts lat, lon (EPSG:4326) and x_utmk, y_utmk (EPSG:5179).
    """

    def __init__(self) -> None:
        self._both = 0
        self._same = 0
        self._far: list[float] = []

    def __call__(self, rows: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, object]]:
        one, two = _both(rows)
        told = one.notna().all(axis=1) & two.notna().all(axis=1)
        away = distance_m(one[told], two[told])
        self._both += len(away)
        self._same += int((away <= _SAME_M).sum())
        self._far += away[away > AGREE_M].tolist()
        counted = {"both": self._both, "same": self._same, "apart": len(self._far)}
        if self._far:
            counted |= {"median_m": round(float(np.median(self._far))), "largest_m": round(max(self._far))}
        return rows, {"coordinate_pairs": counted} if self._both else {}


def agreeing_places() -> Step:
    """Compare the two pairs of coordinates of a row; keep degrees where both name one place.

    Where only one pair is a place in Korea, that one is taken. Where they contradict each other by more than 50 m the
    row itself must tell: if one lies in the district and the other outside, the gu that the row names says which is
    meant. Either way COORD_PAIR is noted. What nothing proves leaves with COORDS_DISAGREE when one of the two lies in
    the district. (Of the files of 2016 and 2017 neither pair is the better one: measured against the gu that each row
    of Seoul names, degrees are right in 26 of 28 rows that contradict, metres in 25.)
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        degrees, other = _both(rows)
        fine, other_fine = coordinates.in_korea(degrees), coordinates.in_korea(other)
        here, other_here = _inside(degrees, door), _inside(other, door)
        apart = fine & other_fine & pd.Series(distance_m(degrees, other) > AGREE_M, index=rows.index)
        named = _named(rows, door)
        torn = apart & (here != other_here) & named.notna() & (door.outline is not None)
        # a row of this gu lies where the district is, a row of another does not
        other_meant = torn & (other_here == named.eq(True))
        swap = (other_fine & ~fine) | other_meant
        out = rows.assign(
            lat=rows["lat"].where(~swap, other["lat"].map("{:.8f}".format)),
            lon=rows["lon"].where(~swap, other["lon"].map("{:.8f}".format)),
        )
        unproved = apart & (here | other_here) & ~torn
        return split(repaired(out, swap | torn, "COORD_PAIR"), unproved, "COORDS_DISAGREE")

    return step


def distance_m(one: pd.DataFrame, two: pd.DataFrame) -> np.ndarray:
    """Return how far the places of two frames (columns lat and lon, degrees) lie apart, metres; NaN counts as 0."""
    away = pyproj.Geod(ellps="WGS84").inv(
        one["lon"].fillna(0).to_numpy(), one["lat"].fillna(0).to_numpy(),
        two["lon"].fillna(0).to_numpy(), two["lat"].fillna(0).to_numpy(),
    )[2]  # fmt: skip
    return np.asarray(away)


def _both(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    degrees = coordinates.pair(rows)
    plane = coordinates.pair(rows, lat="y_utmk", lon="x_utmk")
    mover = pyproj.Transformer.from_crs(UTM_K, coordinates.WGS84, always_xy=True)
    lon, lat = mover.transform(plane["lon"].fillna(0).to_numpy(), plane["lat"].fillna(0).to_numpy())
    other = pd.DataFrame({"lat": lat, "lon": lon}, index=rows.index)
    return degrees, other.where(plane.notna().all(axis=1) & np.isfinite(lat) & np.isfinite(lon))


def _named(rows: pd.DataFrame, door: Door) -> pd.Series:
    """Return whether a row names the district's own gu; None where either names none."""
    own = re.search(r"[가-힣]+[시군구]$", door.name_ko)
    if own is None or "sigungu" not in rows:
        return pd.Series(None, index=rows.index, dtype=object)
    told = rows["sigungu"].fillna("").str.replace(" ", "")
    return told.str.endswith(own[0]).astype(object).where(told.ne(""), None)


def _inside(found: pd.DataFrame, door: Door) -> pd.Series[bool]:
    if door.outline is None:
        return pd.Series(True, index=found.index)
    points = coordinates.to_srid(coordinates.points(found), source=coordinates.WGS84, srid=door.srid)
    return pd.Series(coordinates.within(points, door.outline), index=found.index)
