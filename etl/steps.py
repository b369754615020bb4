"""Cleaning steps that any source may use: each one duty, rows in, (good, refused) out.

A name in this module makes a step: `number("count", low=1)` returns the function that does it. A step never
changes the frame it is given, and a row it sends away bears one code of etl.reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl import coordinates
from etl.broken_shapes import made_valid
from etl.dates import days, moments, months, serial_days
from etl.fingerprints import short_keys
from etl.hangul import blank, odd_rows, tidied
from etl.rows import REPAIRED, Door, Step, Verdict, nothing_refused, repaired, split
from etl.scrub import holds_formula

_TOTALS = frozenset({"계", "합계", "총계", "소계", "총합계", "total", "sum"})
_POLYGON, _MULTIPOLYGON, _COLLECTION = 3, 6, 7
_LINES = (1, 5)
# No file describes a day before it; a zone may be older.
EARLIEST, OLDEST_ZONE = dt.date(1990, 1, 1), dt.date(1900, 1, 1)
_EARLIEST = pd.Timestamp(EARLIEST)


def text() -> Step:
    """Bring every cell of text to one form: composed Hangul, plain digits, single spaces.

    What was odd in the signs of a row is noted: FULL_WIDTH, DECOMPOSED_HANGUL, HIDDEN_MARKS, CONTROL_MARKS,
    PRIVATE_MARKS, and LOST_MARKS of signs that another program could not write, which stay as they are.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        names = [name for name in _texts(rows) if name != REPAIRED]
        out = rows.assign(**{name: tidied(rows[name]) for name in names})
        for code, odd in odd_rows(rows[names]).items():
            out = repaired(out, odd, code)
        return nothing_refused(out)

    return step


def no_totals(*columns: str) -> Step:
    """Send away rows of totals: one of `columns` says '계', or '합계'; in a row without a place, any column."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        texts = _texts(rows)
        said = {name: rows[name].str.replace(" ", "").str.lower().isin(_TOTALS) for name in texts}
        total = _any([said[name] for name in columns if name in said], rows)
        if {"lat", "lon"} <= set(texts):
            total |= _any(list(said.values()), rows) & blank(rows["lat"]) & blank(rows["lon"])
        return split(rows, total, "TOTAL_ROW")

    return step


def no_formulas() -> Step:
    """Send away rows that a spreadsheet would run."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, _any([holds_formula(rows[name]) for name in _texts(rows)], rows), "FORMULA")

    return step


def need(column: str, reason: str = "BLANK_KEY") -> Step:
    """Send away rows whose `column` holds nothing."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, blank(rows[column]), reason)

    return step


def place(*, required: bool = True) -> Step:
    """Turn the texts `lat` and `lon` into the column `geometry`, points in the district's CRS.

    Provably swapped pairs are put right. Rows leave with BLANK_COORD (only when `required`; else the point stays
    empty and UNPLACED is noted), SENTINEL_COORD, COARSE_COORD, FILL_DOWN_COORD or BAD_COORD.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows.assign(geometry=pd.Series(dtype=object)))
        missing = blank(rows["lat"]) | blank(rows["lon"])
        found = coordinates.pair(rows)
        wrong = coordinates.swapped(found)
        found.loc[wrong, ["lat", "lon"]] = found.loc[wrong, ["lon", "lat"]].to_numpy()
        coarse = coordinates.coarse(rows)
        degrees = door.crs == coordinates.WGS84
        moved = coordinates.to_srid(coordinates.points(found), source=door.crs, srid=door.srid)
        # a place on the other side of the globe has none in the district's system
        lost = pd.Series(shapely.is_missing(moved), index=rows.index)
        reason = _first_reason(
            rows.index,
            ("BLANK_COORD", missing & required),
            ("SENTINEL_COORD", coordinates.sentinel(found)),
            (
                "BAD_COORD",
                ((coordinates.nowhere(found) & degrees) | found.isna().any(axis=1) | lost) & ~missing,
            ),
            ("FILL_DOWN_COORD", coordinates.filled_down(found, before=door.before)),
            ("COARSE_COORD", coarse & ~missing & degrees),
        )
        points = pd.Series(coordinates.snap_to_mm(moved), index=rows.index, dtype=object)
        out = repaired(rows.assign(geometry=points.where(~missing, None)), wrong & reason.eq(""), "SWAPPED")
        out = repaired(out, missing & (not required), "UNPLACED")
        return split(out.drop(columns=["lat", "lon"]), reason.ne(""), reason)

    return step


def shapes(kind: str) -> Step:
    """Bring the column `geometry` to the district's CRS and to one type, repairing what can be repaired.

    kind   'polygon' (MultiPolygon), 'line' (LineString or MultiLineString), 'point' or 'any'
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows)
        raw = coordinates.shapes_of(rows["geometry"])
        moved = coordinates.to_srid(shapely.force_2d(raw), source=door.crs, srid=door.srid)
        moved = coordinates.snap_to_mm(moved)
        broken = ~shapely.is_valid(moved) & ~shapely.is_missing(moved)
        moved[broken] = made_valid(moved[broken])
        whole = _of_kind(moved, kind)
        bad = pd.Series(shapely.is_missing(whole) | shapely.is_empty(whole), index=rows.index)
        out = rows.assign(geometry=pd.Series(whole, index=rows.index, dtype=object))
        return split(
            repaired(out, pd.Series(broken, index=rows.index) & ~bad, "GEOMETRY_REPAIRED"),
            bad,
            "BAD_GEOMETRY",
        )

    return step


def inside(*, margin_m: float = 0.0) -> Step:
    """Send away rows that lie more than `margin_m` outside the district; rows without a place stay."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if door.outline is None or rows.empty:
            return nothing_refused(rows)
        around = door.outline.buffer(margin_m) if margin_m else door.outline
        geometry = coordinates.shapes_of(rows["geometry"])
        away = ~coordinates.within(geometry, around) & ~shapely.is_missing(geometry)
        return split(rows, pd.Series(away, index=rows.index), "OUTSIDE")

    return step


def number(
    column: str,
    *,
    low: float,
    high: float,
    reason: str = "BAD_NUMBER",
    required: bool = False,
    whole: bool = False,
) -> Step:
    """Turn the text of `column` into a number within low..high.

    A required one that is missing or out of range sends the row away; an optional one becomes unknown (NaN), and
    VALUE_DROPPED is noted. Takes '1,024', '200.0', '30일', '6 m'. With `whole`, 2.5 is out of range.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if column not in rows:
            return nothing_refused(rows.assign(**{column: np.nan}))
        nothing = blank(rows[column])
        value = numbers(rows[column])
        bad = ~value.between(low, high) | ((value % 1 != 0) & whole)
        out = rows.assign(**{column: value.where(~bad)})
        if required:
            return split(out, bad, reason)
        return nothing_refused(repaired(out, bad & ~nothing, "VALUE_DROPPED"))

    return step


def month(column: str, *, required: bool = False) -> Step:
    """Turn the text of `column` into the first day of its month, a date.

    Before 1990 the row leaves with EXCEL_YEAR_AS_SERIAL (a year taken for a day of 1905), after the day the file
    describes with FUTURE_DATE, unreadable with BAD_DATE.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        nothing = blank(rows[column])
        found = months(rows[column])
        latest = pd.Timestamp(door.today) + pd.offsets.MonthEnd(0)
        reason = _first_reason(
            rows.index,
            ("BAD_DATE", found["day"].isna() & (~nothing | required)),
            ("EXCEL_YEAR_AS_SERIAL", found["day"] < _EARLIEST),
            ("FUTURE_DATE", found["day"] > latest),
        )
        out = rows.assign(**{column: _dates(found["day"])})
        noted = repaired(repaired(out, found["excel"], "EXCEL_MONTH"), found["serial"], "EXCEL_SERIAL")
        return split(noted, reason.ne(""), reason)

    return step


def day(column: str, *, required: bool = False, since: dt.date = EARLIEST) -> Step:
    """Turn the text of `column` into a date; unreadable: BAD_DATE when required, else unknown.

    So is a day to come, and one before `since`: a filler such as 0001-01-01.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if column not in rows:
            return nothing_refused(rows.assign(**{column: pd.Series(None, index=rows.index, dtype=object)}))
        nothing = blank(rows[column])
        found = days(rows[column])
        bad = found.isna() | (found > pd.Timestamp(door.today)) | (found < pd.Timestamp(since))
        out = rows.assign(**{column: _dates(found.where(~bad))})
        out = repaired(out, serial_days(rows[column]).notna() & ~bad, "EXCEL_SERIAL")
        if required:
            return split(out, bad, "BAD_DATE")
        return nothing_refused(repaired(out, bad & ~nothing, "VALUE_DROPPED"))

    return step


def moment(column: str, *, required: bool = True) -> Step:
    """Turn the text of `column` into a moment in UTC, read on the district's clocks; 24:00 is the next day's 0:00."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        nothing = blank(rows[column])
        found = moments(rows[column], zone=door.zone)
        tomorrow = pd.Timestamp(door.today + dt.timedelta(days=2), tz="UTC")
        bad = found["at"].isna() | (found["at"] > tomorrow) | (found["at"] < _EARLIEST.tz_localize("UTC"))
        out = rows.assign(**{column: found["at"].where(~bad)})
        bad = bad if required else bad & ~nothing
        return split(repaired(out, found["midnight"], "MIDNIGHT_24"), bad, "BAD_TIME")

    return step


def choice(
    column: str, words: Mapping[str, str], *, reason: str = "UNKNOWN_KIND", required: bool = True
) -> Step:
    """Turn the words of `column` into our codes; spaces and case do not count. A blank optional one is None."""
    table = {word.replace(" ", "").lower(): code for word, code in words.items()}

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        found = rows[column].str.replace(" ", "").str.lower().map(table).astype(object)
        bad = found.isna() & (required | ~blank(rows[column]))
        return split(rows.assign(**{column: found.where(found.notna(), None)}), bad, reason)

    return step


def coordinate(*, digits: int = 6) -> Step:
    """Add the column `coordinate`: the point's degrees as text, for keys."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        placed = rows["geometry"].map(shapely.is_missing) if len(rows) else pd.Series(dtype=bool)
        keys = pd.Series("", index=rows.index, dtype="str")
        if len(rows) and not placed.all():
            points = coordinates.shapes_of(rows.loc[~placed, "geometry"])
            keys.loc[~placed] = coordinates.place_key(points, srid=door.srid, digits=digits)
        return nothing_refused(rows.assign(coordinate=keys))

    return step


def keyed(key: str, *, number: str | None, of: Sequence[str], prefix: str) -> Step:
    """Give each row its `key`: its own number, else a hash over the columns `of`, after `prefix`."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        hashed = short_keys(rows, of, prefix=prefix)
        own = rows[number] if number else pd.Series("", index=rows.index, dtype="str")
        return nothing_refused(rows.assign(**{key: own.where(~blank(own), hashed)}))

    return step


def numbers(column: pd.Series[str]) -> pd.Series[float]:
    """Return the number at the beginning of each cell: '1,024', '30일', '6.5 m'; NaN when there is none."""
    # Registries repeat themselves: each distinct cell is worked on once.
    codes, distinct = pd.factorize(column.fillna(""))
    found = pd.Series(distinct, dtype="str").str.replace(r"(?<=\d),(?=\d{3}(?!\d))", "", regex=True)
    number = found.str.extract(r"^\s*([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(?:[^\d\s.~-]\D*)?$")[0]
    value = pd.to_numeric(number, errors="coerce").to_numpy(dtype=float)
    return pd.Series(value[codes], index=column.index, name=column.name)


def _texts(rows: pd.DataFrame) -> list[str]:
    return [name for name in rows.columns if isinstance(rows[name].dtype, pd.StringDtype)]


def _any(masks: Sequence[pd.Series[bool]], rows: pd.DataFrame) -> pd.Series[bool]:
    found = pd.Series(False, index=rows.index)
    for mask in masks:
        found = found | mask.fillna(False).astype(bool)
    return found


def _first_reason(index: pd.Index, *cases: tuple[str, pd.Series[bool]]) -> pd.Series[str]:
    """Return for each row the code of the first case that holds, '' when none does."""
    reason = pd.Series("", index=index, dtype="str")
    for code, mask in cases:
        reason = reason.mask(mask.fillna(False).astype(bool) & reason.eq(""), code)
    return reason


def _dates(column: pd.Series[pd.Timestamp]) -> pd.Series:
    found = column.dt.date.astype(object)
    return found.where(column.notna(), None)


def _of_kind(geometries: NDArray[np.object_], kind: str) -> NDArray[np.object_]:
    """Return the geometries of a kind; polygons as MultiPolygons, what is of another kind as None."""
    out = np.array(geometries, dtype=object)
    if kind == "any":
        return out
    if kind == "polygon":
        for place in np.flatnonzero(np.isin(shapely.get_type_id(out), (_POLYGON, _COLLECTION))):
            # make_valid may leave a collection: its areas count
            areas = [p for p in shapely.get_parts(out[place]) if p.geom_type == "Polygon" and not p.is_empty]
            out[place] = shapely.multipolygons(areas) if areas else None
    allowed = {"polygon": (_MULTIPOLYGON,), "line": _LINES, "point": (0,)}[kind]
    out[~np.isin(shapely.get_type_id(out), allowed)] = None
    return out
