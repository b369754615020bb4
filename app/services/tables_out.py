"""Tables to take away as CSV: what each edition may hold of them, and the trace that an internal one leaves.

An edition gets its own query or its own columns: what it may not hold is never read into its file. Where a row of an
internal file goes, who took it, when and what for goes too: they are columns, which Excel and pandas read like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app import words
from app.csv_text import csv_bytes
from app.roles import EDITIONS, Edition, EditionRefused
from app.services import UnknownPlan, WrongUse, check_day, exports, gaps
from app.services.counts_out import WITHHELD, gaps_by_dong, incidents_by_month
from app.services.exports import Taking
from etl.db import Database
from etl.store.days import network_day, today
from etl.store.exports import cameras_out, dong_out, incident_counts_by_dong, plan_out

Row = Mapping[str, Any]

# Which tables there are, and the editions that hold them: where the network is blind is never public.
TABLES: dict[str, tuple[Edition, ...]] = {
    "cameras": EDITIONS,
    "coverage": ("committee", "internal"),
    "zones": ("committee", "internal"),
    "gaps": ("committee", "internal"),
    "incidents": ("committee", "internal"),
    # new sites stand where the network is blind
    "plan": ("internal",),
}


class UnknownTable(WrongUse):
    """There is no such table to take away."""


class NotComputed(WrongUse):
    """The coverage that a table is taken from has not been computed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table is taken.

    what           a key of TABLES
    density_class  of coverage, zones and gaps
    at             the day that it speaks of; None is the latest that the registries speak of
    plan_id        of the table plan; None is the last one
    lang           of heads and names
    """

    what: str
    density_class: str = "observe"
    at: date | None = None
    plan_id: int | None = None
    lang: str = "ko"

    def __post_init__(self) -> None:
        if self.what not in TABLES:
            raise UnknownTable(f"{self.what!r}; there are: {', '.join(TABLES)}")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as it is handed over: the name of its file, its bytes, how many rows, the day it speaks of."""

    name: str
    content: bytes
    rows: int
    at: date

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def require(what: str, edition: str) -> None:
    """Raise UnknownTable for a table that is none, EditionRefused for one that the edition does not hold."""
    if what not in TABLES:
        raise UnknownTable(f"{what!r}; there are: {', '.join(TABLES)}")
    if edition not in TABLES[what]:
        raise EditionRefused(f"{what} goes out in {', '.join(TABLES[what])}, not in {edition!r}")


def take(db: Database, asked: Asked, taking: Taking) -> TableFile:
    """Return a table as an edition may have it. An internal one leaves its row in the access log first.

    db      opened as staff
    Raises  EditionRefused, NotComputed, UnknownPlan; WrongUse for a day that no figure can be asked for
    """
    require(asked.what, taking.edition)
    at = asked.at or network_day(db)
    check_day(at)
    found = _ROWS[asked.what](db, asked, at, taking.edition)
    told = [_localised(row, asked.lang) | _stamp(db, taking) for row in found]
    names = list(told[0]) if told else list(_WITHOUT_ROWS[asked.what])
    detail = {"at": at.isoformat(), "class": asked.density_class, "plan": asked.plan_id, "form": "csv"}
    exports.note(db, f"table {asked.what}", taking, rows=len(told), detail=detail)
    content = csv_bytes(
        [_head(name, asked.lang) for name in names], ([row[name] for name in names] for row in told)
    )
    return TableFile(
        f"{db.district.name}-{asked.what}-{at}-{taking.edition}.csv", content, rows=len(told), at=at
    )


def write(db: Database, asked: Asked, taking: Taking, *, out: Path) -> dict[str, Any]:
    """Write a table to a file and return the answer of `golmok export`. Raises as `take`."""
    table = take(db, asked, taking)
    out.write_bytes(table.content)
    return {
        "what": asked.what,
        "edition": taking.edition,
        "out": str(out),
        "rows": table.rows,
        "at": table.at,
        "sha256": table.sha256,
        "invented": db.district.invented,
    }


def _cameras(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    return [_camera(row, asked.lang) for row in cameras_out(db, at, edition=edition)]


def _camera(row: Row, lang: str) -> Row:
    """Return a camera's row with codes in words, and no digit more of a measure than a millimetre or so."""
    told = {name: words.label(name, str(row[name]), lang) for name in ("kind", "status") if row.get(name)}
    measured = {
        name: round(value, 3)
        for name, value in row.items()
        if isinstance(value, float) and name.endswith(("_deg", "_m", "_mm"))
    }
    return {**row, **told, **measured}


def _coverage(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    run = _run(db, asked, at)
    whole = {"code": "", "name_ko": words.say("table.all", "ko"), "name_en": words.say("table.all", "en")}
    return [
        {
            "dong_code": row["code"],
            "dong_ko": row["name_ko"],
            "dong_en": row["name_en"],
            "class": asked.density_class,
            "length_m": row["length_m"],
            **{name: row[name] for name in _SHARES},
        }
        for row in (*run["by_dong"], run["alleys"] | whole)
    ]


def _zones(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    return [
        {
            "zone_kind": words.label("zone_kind", row["kind"], asked.lang),
            "zone_ko": row["name"],
            "zone_en": row["name_en"],
            "class": asked.density_class,
            "open_m2": row["open_m2"],
            **{name: row[name] for name in _SHARES},
        }
        for row in _run(db, asked, at)["zones"]
    ]


_SHARES = ("share", "low", "high", "certain", "possible")


def _gaps(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    run, dong = _run(db, asked, at), dong_out(db)
    if edition == "committee":
        return [row | {"class": asked.density_class} for row in gaps_by_dong(run["gaps"], dong)]
    names = {row["dong_code"]: row for row in dong}
    nowhere = {"dong_code": None, "dong_ko": None, "dong_en": None}
    kept = ("gap_id", "alley", "length_m", "risk", "lat", "lon")
    return [
        {name: gap[name] for name in kept}
        | {"class": asked.density_class}
        | dict(names.get(gap["dong"], nowhere))
        for gap in run["gaps"]
    ]


def _incidents(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    """Return the incidents of the twelve months that end with the month of the day."""
    zone = db.district.zone
    ends = (at.replace(day=1) + timedelta(days=31)).replace(day=1)
    since, until = (datetime.combine(day, time(), tzinfo=zone) for day in (_year_before(ends), ends))
    counted = incident_counts_by_dong(db, since, until)
    if edition == "internal":
        return list(counted)
    return list(incidents_by_month(counted, dong_out(db), since=_year_before(ends)))


def _plan(db: Database, asked: Asked, at: date, edition: Edition) -> list[Row]:
    found = plan_out(db, asked.plan_id)
    if not found:
        raise UnknownPlan(str(asked.plan_id) if asked.plan_id is not None else "golmok plan --cameras N")
    return list(found)


def _year_before(first_of_month: date) -> date:
    return first_of_month.replace(year=first_of_month.year - 1)


_ROWS: dict[str, Callable[[Database, Asked, date, Edition], list[Row]]] = {
    "cameras": _cameras,
    "coverage": _coverage,
    "zones": _zones,
    "gaps": _gaps,
    "incidents": _incidents,
    "plan": _plan,
}


# The heads of a table without a row: that there is none is an answer too.
_WITHOUT_ROWS: dict[str, tuple[str, ...]] = {
    "cameras": ("lat", "lon", "dong", "purpose"),
    "coverage": ("dong_code", "dong", "class", "length_m", *_SHARES),
    "zones": ("zone_kind", "zone", "class", "open_m2", *_SHARES),
    "gaps": ("gap_id", "alley", "length_m", "risk", "lat", "lon", "class", "dong_code", "dong"),
    "incidents": ("month", "dong_code", "dong", "class_code", "class_name", "n"),
    "plan": ("plan_id", "order_no", "dong", "lat", "lon", "heading_deg", "gain", "price_won"),
}


def _run(db: Database, asked: Asked, at: date) -> dict[str, Any]:
    run = gaps.latest(db, asked.density_class, at)
    if run is None:
        raise NotComputed(f"golmok coverage --class {asked.density_class} --at {at}")
    return run


def _localised(row: Row, lang: str) -> dict[str, Any]:
    """Return a row with each pair of names (dong_ko, dong_en) as one, Korean where there is no English."""
    told: dict[str, Any] = {}
    for name, value in row.items():
        stem = name.removesuffix("_ko")
        if stem != name:
            told[stem] = value if lang == "ko" else row[f"{stem}_en"] or value
        elif not name.endswith("_en"):
            told[name] = words.say("table.withheld", lang) if value == WITHHELD else value
    return told


def _stamp(db: Database, taking: Taking) -> dict[str, Any]:
    """Return what each row bears beside its content: that it is invented, and who took it, when and why."""
    marks: dict[str, Any] = {"invented": "true"} if db.district.invented else {}
    if taking.edition == "internal":
        marks |= {"taken_by": taking.who, "taken_on": today(db), "taken_for": taking.purpose}
    return marks


def _head(name: str, lang: str) -> str:
    """Return the head of a column: in Korean its name and unit, in English the platform's own name of it."""
    return name if lang == "en" else words.say(f"table.{name}", lang)
