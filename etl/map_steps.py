"""Steps and shapes of what makes a map: streets, buildings, zones, layers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import shapely

from etl import coordinates
from etl.hangul import blank
from etl.rows import REPAIRED, Door, Step, Verdict, nothing_refused, split

_ALLEY_WIDTH_M = 12.0
_WAYS = ("oneway", "level", "tunnel")
_LAYER_OWN = ("feature_key", "weight", "observed_on", "geometry", REPAIRED)


def table(*columns: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a shape: these columns, `geometry` as `geom`."""

    def shape(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[[*columns, "geometry", REPAIRED]].rename(columns={"geometry": "geom"})

    return shape


def korean_streets() -> Step:
    """Say of what kind a street of the road-address map is: stairs by name, else by width, else by name.

    Under twelve metres (소로) it is an alley; without a width 로 and 대로 are roads, 길 an alley.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        name, width = rows["name"], rows["width_m"]
        wide = width.ge(_ALLEY_WIDTH_M).where(width.notna(), name.str.endswith("로"))
        kind = wide.map({True: "road", False: "alley"}).mask(name.str.contains("계단"), "steps")
        return nothing_refused(rows.assign(kind=kind.astype("str"), lit=None, section_keys=""))

    return step


def yes_or_no(column: str) -> Step:
    """Turn yes and no into true and false; anything else is unknown."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        found = rows[column].map({"yes": True, "no": False}).astype(object)
        return nothing_refused(rows.assign(**{column: found.where(found.notna(), None)}))

    return step


def sections(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of core.alley, a row a section: the parts of a line, each with a key of its own."""
    shapes = coordinates.shapes_of(rows["geometry"])
    # parts of a street that meet end to end are one line; sections that a source cut stay cut
    whole = np.where(rows["section_keys"].ne(""), shapes, shapely.line_merge(shapes))
    parts, place = shapely.get_parts(whole, return_index=True)
    if len(parts) == 0:
        parts, place = np.array([], dtype=object), np.array([], dtype=int)
    spread = rows.iloc[place]
    keys = [key.split(";") for key in rows["section_keys"]]
    counts = np.bincount(place, minlength=len(rows))
    order = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    named = [_section_key(base, keys[row], (int(part), int(counts[row])))
             for base, row, part in zip(spread["alley_key"], place, order, strict=True)]  # fmt: skip
    out = spread.assign(alley_key=named, geom=pd.Series(list(parts), index=spread.index, dtype=object))
    # a source that tells no ways has no such columns: the digests of its rows stay what they were
    ways = [name for name in _WAYS if name in out.columns]
    return out[["alley_key", "name", "width_m", "kind", "lit", *ways, "geom", REPAIRED]]


def zone_period() -> Step:
    """Turn the dates `valid_from` and `valid_to` into `valid_during`; an end before the beginning is refused."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        pairs = list(zip(rows["valid_from"], rows["valid_to"], strict=True))
        wrong = pd.Series([bool(a and b and b <= a) for a, b in pairs], index=rows.index, dtype=bool)
        during = pd.Series([f"[{a or ''},{b or ''})" for a, b in pairs], index=rows.index, dtype="str")
        return split(rows.assign(valid_during=during), wrong, "BAD_DATE")

    return step


def weights() -> Step:
    """Turn `weight` into a number of 0 or more; a blank one is 1."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        number = pd.to_numeric(rows["weight"], errors="coerce")
        nothing = blank(rows["weight"])
        bad = ~nothing & ~(number.ge(0) & number.lt(np.inf))
        return split(rows.assign(weight=number.mask(nothing, 1.0).astype(float)), bad, "BAD_NUMBER")

    return step


def attributes() -> Step:
    """Gather the columns that the layer has no place for into `attributes`, as JSON."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        others = [name for name in rows.columns if name not in (*_LAYER_OWN, "coordinate")]
        cells = zip(*(rows[name] for name in others), strict=True) if others else [()] * len(rows)
        told = [json.dumps({name: _plain(cell) for name, cell in zip(others, row, strict=True) if cell not in ("", None)},
                           ensure_ascii=False, sort_keys=True) for row in cells]  # fmt: skip
        return nothing_refused(rows.assign(attributes=pd.Series(told, index=rows.index, dtype="str")))

    return step


def one_unless_said(column: str) -> Step:
    """Take an unknown count for one: the row itself stands for an object."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(**{column: rows[column].fillna(1.0)}))

    return step


def constant(**columns: str | None) -> Step:
    """Give every row the same values."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(**columns))

    return step


def renamed(**columns: str) -> Step:
    """Give columns other names: old=new."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.rename(columns=columns))

    return step


def words(column: str, known: Mapping[str, str]) -> Step:
    """Turn the words that are known into our codes, and keep the others as they are."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(rows.assign(**{column: rows[column].map(lambda cell: known.get(cell, cell))}))

    return step


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _section_key(base: str, keys: list[str], part: tuple[int, int]) -> str:
    number, of = part
    if keys != [""] and len(keys) == of:
        return f"{base}-{keys[number]}"
    return base if of == 1 else f"{base}-{number + 1}"
