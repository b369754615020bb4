"""Steps of incidents and police records."""

from __future__ import annotations

import pandas as pd
import shapely

from etl import coordinates
from etl.address_book import Found
from etl.fingerprints import short_keys
from etl.hangul import blank
from etl.rows import Door, Step, Verdict, no_more, nothing_refused, repaired, split
from etl.steps import numbers

_EXERCISE_CLASS = "507"
_EXERCISE_CLOSING = "604"
_REPEATED = "708"


def urgency(column: str = "urgency") -> Step:
    """Turn 'C0'…'C4' into 0…4; 'c1' and 'C1선' are spellings of it, anything else is unknown."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        found = rows[column].str.extract(r"(?i)^(?:c|코드\s*|code\s*)?([0-4])(?:선|호)?$")[0]
        odd = found.notna() & ~rows[column].str.fullmatch(r"C[0-4]")
        lost = found.isna() & ~blank(rows[column])
        out = rows.assign(**{column: pd.to_numeric(found, errors="coerce").astype(float)})
        return nothing_refused(repaired(repaired(out, odd, "URGENCY_SPELLING"), lost, "VALUE_DROPPED"))

    return step


def call_flags() -> Step:
    """Mark exercises (class 507, closing 604), false alarms (other closings 6xx) and repeated calls (closing 708).

    They stay in the table: an analysis leaves them out, a count of calls does not. Class 604 is noise, no exercise.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        class_code = rows["class_code"].str.replace(r"\.0$", "", regex=True)
        closing = rows["closing_code"].str.replace(r"\.0$", "", regex=True)
        exercise = class_code.eq(_EXERCISE_CLASS) | closing.eq(_EXERCISE_CLOSING)
        out = rows.assign(
            class_code=class_code,
            closing_code=closing,
            exercise=exercise,
            false_alarm=closing.str.fullmatch(r"6\d\d") & ~exercise,
            repeat_call=closing.eq(_REPEATED),
        )
        return nothing_refused(out)

    return step


def said(*columns: str) -> Step:
    """Turn 'Y' into true and anything else into false."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(**{column: rows[column].eq("Y") for column in columns}))

    return step


def origin(name: str) -> Step:
    """Say where the rows come from."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(origin=name))

    return step


def accident_time() -> Step:
    """Join the drifting time columns of the years into `occurred_at`: the minute stands apart in some."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        minute = numbers(rows["minute"])
        hour = rows["occurred"].str.extract(r"^(.*?\d{1,2}):\d{2}$")[0]
        apart = hour + ":" + minute.fillna(0).astype(int).astype("str").str.zfill(2)
        return nothing_refused(
            rows.assign(occurred_at=rows["occurred"].where(minute.isna() | hour.isna(), apart))
        )

    return step


def first_of_month(column: str = "month") -> Step:
    """Give rows that know their month alone its first moment, as `occurred_at`."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        whole = rows[column].str.fullmatch(r"\d{4}-\d{2}")
        return nothing_refused(
            rows.assign(occurred_at=(rows[column] + "-01 00:00").where(whole, rows[column]))
        )

    return step


def supplies() -> Step:
    """Send away entries of the ledger that are no supply of footage."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, ~rows["entry"].str.contains("제공"), "NOT_A_SUPPLY")

    return step


def footage_period() -> Step:
    """Join `footage_from` and `footage_to` into `footage_during`; an end before the beginning is BAD_TIME."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        start, end = rows["footage_from"], rows["footage_to"]
        wrong = (end <= start) & start.notna() & end.notna()
        cells = [
            None
            if pd.isna(a) and pd.isna(b)
            else f"[{'' if pd.isna(a) else a.isoformat()},{'' if pd.isna(b) else b.isoformat()})"
            for a, b in zip(start, end, strict=True)
        ]
        return split(
            rows.assign(footage_during=pd.Series(cells, index=rows.index, dtype=object)), wrong, "BAD_TIME"
        )

    return step


def yes_or_no(column: str) -> Step:
    """Turn Y and N into true and false; anything else is unknown."""
    words = {
        "y": True,
        "yes": True,
        "예": True,
        "활용": True,
        "n": False,
        "no": False,
        "아니오": False,
        "미활용": False,
    }

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        found = rows[column].str.lower().map(words).astype(object)
        lost = found.isna() & ~blank(rows[column])
        return nothing_refused(
            repaired(rows.assign(**{column: found.where(found.notna(), None)}), lost, "VALUE_DROPPED")
        )

    return step


def in_order(start: str, end: str) -> Step:
    """Send away rows whose period ends before it begins."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, rows[end] <= rows[start], "BAD_TIME")

    return step


def accident_class() -> Step:
    """Name an accident by its type: 'major / minor'."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        minor = (" / " + rows["type_minor"]).where(rows["type_minor"].ne(""), "")
        return nothing_refused(rows.assign(class_name=rows["type_major"] + minor))

    return step


def of_kind(kind: str) -> Step:
    """Say of what kind the rows are."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(kind=kind))

    return step


def by_address(column: str = "address") -> Step:
    """Place rows without a point by their address among those that are loaded; say of each row how it got its point.

    Adds `placed_by` ('coordinates', 'address' or None) and `place_confidence` (0..1, NaN unless by address). Noted:
    ADDRESS_EXACT for the very address, ADDRESS_NEAR for less, in place of UNPLACED; what is below the threshold of
    `etl.address_book` stays without a place. A row without a point whose address names another gu leaves: OUTSIDE.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        empty = pd.Series(shapely.is_missing(coordinates.shapes_of(rows["geometry"])), index=rows.index)
        found: dict[int, Found] = {}
        elsewhere: list[int] = []
        if door.addresses is not None and column in rows:
            for row_no, text in rows.loc[empty & ~blank(rows[column]), column].items():
                if (place := door.addresses.find(text)) is not None:
                    found[int(str(row_no))] = place
                if door.addresses.elsewhere(text):
                    elsewhere.append(int(str(row_no)))
        sure = pd.Series({n: place.confidence for n, place in found.items()}, dtype=float).reindex(rows.index)
        points = pd.Series({n: shapely.Point(place.x, place.y) for n, place in found.items()}, dtype=object)
        by = (
            pd.Series("coordinates", index=rows.index, dtype=object)
            .where(~empty, None)
            .mask(sure.notna(), "address")
        )
        out = rows.assign(
            geometry=rows["geometry"].where(sure.isna(), points.reindex(rows.index)),
            placed_by=by,
            place_confidence=sure,
        )
        out = no_more(out, sure.notna(), "UNPLACED")
        away = pd.Series(rows.index.isin(elsewhere), index=rows.index)
        noted = repaired(repaired(out, sure.eq(1), "ADDRESS_EXACT"), sure.lt(1), "ADDRESS_NEAR")
        return split(no_more(noted, away, "UNPLACED"), away, "OUTSIDE")

    return step


def placed() -> Step:
    """Send away rows that have no point, neither by coordinates nor by address.

    Of the others only those by address say so, in words that a layer keeps: a place as it was given needs no remark.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        empty = pd.Series(shapely.is_missing(coordinates.shapes_of(rows["geometry"])), index=rows.index)
        by = rows["placed_by"].eq("address")
        told = rows.assign(
            placed_by=rows["placed_by"].where(by, "").astype("str"),
            place_confidence=rows["place_confidence"].map("{:.2f}".format).where(by, "").astype("str"),
        )
        return split(no_more(told, empty, "UNPLACED"), empty, "BLANK_COORD")

    return step


def exact_to(precision: str) -> Step:
    """Say how exact the times of a source are: to the minute, the day, the month or the year."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(time_precision=precision))

    return step


def case_place() -> Step:
    """Turn `lat` and `lon`, where a ledger has them, into the place of the case; unknown where they are no place.

    What was supplied stays a record whatever is written of the place: nothing is refused, VALUE_DROPPED is noted.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        told = ~(blank(rows["lat"]) & blank(rows["lon"]))
        found = coordinates.pair(rows)
        unsound = (
            coordinates.sentinel(found)
            | coordinates.nowhere(found)
            | coordinates.coarse(rows[["lat", "lon"]])
        )
        moved = coordinates.to_srid(coordinates.points(found), source=coordinates.WGS84, srid=door.srid)
        sound = (
            told
            & ~unsound
            & ~pd.Series(shapely.is_missing(moved) | shapely.is_empty(moved), index=rows.index)
        )
        places = pd.Series(coordinates.snap_to_mm(moved), index=rows.index, dtype=object).where(sound, None)
        return nothing_refused(repaired(rows.assign(geometry=places), told & ~sound, "VALUE_DROPPED"))

    return step


def crime_keys() -> Step:
    """Give crimes their number as key; those that never have one a hash of month, place and category."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        hashed = short_keys(rows, ["month", "coordinate", "place", "category", "outcome"], prefix="uk-h")
        if "alike" in rows:  # rows that nothing tells apart are events of their own all the same
            hashed += ("~" + rows["alike"].fillna("")).where(~blank(rows["alike"].fillna("")), "")
        return nothing_refused(
            rows.assign(record_key=("uk-" + rows["crime_id"]).where(rows["crime_id"].ne(""), hashed))
        )

    return step
