"""What becomes of the lines of a feed: calls as in a file of them, emergency bells among them; closings; health of cameras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import shapely

from etl import camera_steps as cam
from etl import coordinates
from etl import map_steps as city_map
from etl import record_steps as record
from etl import steps as st
from etl.across import Once
from etl.coordinate_repairs import degrees_only
from etl.hangul import blank
from etl.jobs import JOBS
from etl.parts import Job, Part
from etl.rows import Door, Step, Verdict, no_more, nothing_refused, repaired, split
from etl.spreadsheet import excel_text
from etl.vocabularies import CALL_CLASSES

# 112's class of a bell that was pressed, and its urgency where the line says none: danger to life is at hand.
_BELL_CLASS, _BELL_URGENCY = "503", "C1"


@dataclass(frozen=True, slots=True)
class FeedDoor(Door):
    """What the steps know of the district while a feed comes in.

    bells   key of an emergency bell -> x, y in the district's CRS
    """

    bells: Mapping[str, tuple[float, float]] | None = None


def as_pressed() -> Step:
    """Say of a bell that was pressed what its line does not: its class, its urgency, its key; of any call the word of its class."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        bell, unnumbered = ~blank(rows["bell_no"]), blank(rows["incident_key"])
        moment = rows["occurred_at"].dt.strftime("%Y%m%dT%H%M%SZ").fillna("").astype("str")
        own = "bell-" + rows["bell_no"].map(_bare).astype("str") + "-" + moment
        codes = rows["class_code"].mask(bell & blank(rows["class_code"]), _BELL_CLASS)
        named = codes.map(CALL_CLASSES).fillna("").astype("str")
        out = rows.assign(
            incident_key=rows["incident_key"].mask(bell & unnumbered, own),
            class_code=codes,
            class_name=rows["class_name"].mask(blank(rows["class_name"]), named),
            urgency=rows["urgency"].mask(bell & blank(rows["urgency"]), _BELL_URGENCY),
            origin=pd.Series("112", index=rows.index, dtype="str").mask(bell & unnumbered, "bell"),
        )
        return nothing_refused(out)

    return step


def no_rough_place() -> Step:
    """Take a place that is none out of a row: a placeholder, or one told to hundreds of metres.

    A list would refuse such a row. A call that is coming in is rather shown without a place than not at all.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows)
        told = ~(blank(rows["lat"]) | blank(rows["lon"]))
        rough = told & (coordinates.coarse(rows) | coordinates.sentinel(coordinates.pair(rows)))
        out = rows.assign(lat=rows["lat"].mask(rough, ""), lon=rows["lon"].mask(rough, ""))
        return nothing_refused(repaired(out, rough, "VALUE_DROPPED"))

    return step


def at_its_bell() -> Step:
    """Place rows at the bell that was pressed, as loaded; send away those whose bell nobody knows."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        bells = (door.bells if isinstance(door, FeedDoor) else None) or {}
        known = {_bare(key): key for key in bells}
        pressed = ~blank(rows["bell_no"])
        found = [known.get(_bare(number)) if number else None for number in rows["bell_no"]]
        keys = pd.Series(found, index=rows.index, dtype=object)
        points = pd.Series(
            [shapely.Point(*bells[key]) if key else None for key in found], index=rows.index, dtype=object
        )
        here = keys.notna()
        placed = rows.assign(geometry=rows["geometry"].mask(here, points), bell_key=keys)
        return split(no_more(placed, pressed, "UNPLACED"), pressed & ~here, "UNKNOWN_BELL")

    return step


def placed_by_bell() -> Step:
    """Say of rows that lie where their bell does that they do."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return nothing_refused(
            rows.assign(placed_by=rows["placed_by"].mask(rows["bell_key"].notna(), "bell"))
        )

    return step


def closing_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the stage of closings."""
    return rows[["incident_key", "closing_code", "exercise", "false_alarm", "repeat_call"]]


def _bare(number: str) -> str:
    return number.replace(" ", "").removeprefix("'").upper()


CALL = Part(
    "call",
    (
        st.text(),
        excel_text(),
        st.no_formulas(),
        st.moment("occurred_at"),
        as_pressed(),
        st.need("incident_key"),
        cam.sound_numbers("incident_key"),
        degrees_only(),
        no_rough_place(),
        st.place(required=False),
        at_its_bell(),
        record.by_address(),
        placed_by_bell(),
        st.inside(),
        record.exact_to("minute"),
        record.urgency(),
        record.call_flags(),
    ),
    "core.incident",
    city_map.table("incident_key", "occurred_at", "class_code", "class_name", "urgency", "closing_code", "exercise",
                   "false_alarm", "repeat_call", "origin", "placed_by", "place_confidence", "time_precision", "caller",
                   "case_no", "bell_key"),
    "incident_key",
    once=Once("incident_key"),
)  # fmt: skip

CLOSING = Part(
    "closing",
    (st.text(), st.no_formulas(), st.need("incident_key"), st.need("closing_code"), record.call_flags()),
    "closing",
    closing_table,
)


def _feed(source: str, *parts: Part) -> Job:
    (job,) = (job for job in JOBS if job.source == source)
    return replace(job, parts=parts) if parts else job


# By the source that their batches bear.
FEEDS: Mapping[str, Job] = {"incidents": _feed("incidents", CALL, CLOSING), "status": _feed("status")}
