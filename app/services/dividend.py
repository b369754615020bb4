"""What it is worth that agencies look together: each alone against all, on a day of before and now. Light to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.services import gaps
from etl.db import Database
from etl.store import account
from etl.store.days import network_day

if TYPE_CHECKING:  # a page reads, and pays for no frame
    from app.world import Sampling

Progress = Callable[[str, int, int], None]
# JSON-ready values: what is in them is the contract of the page Start.
Row = dict[str, Any]

DENSITY_CLASS = "observe"


@dataclass(frozen=True, slots=True)
class Before:
    """A year's end to compare with: how many of today's agencies had a camera then.

    day     the first year's end at which all of them had, else more than half and two at least
    joined  how many had one
    of      how many have one now
    """

    day: date
    joined: int
    of: int


def before(db: Database) -> Before | None:
    """Return the year's end that the registries name as the first at which agencies could look together; None for none.

    The registries tell when each camera was put up and whose it is. When the agencies' cameras came to one room they do
    not tell, so no figure here claims it.
    """
    now, first = network_day(db), account.first_installed(db)
    years = range(first.year, now.year) if first else range(0)
    days = [date(year, 12, 31) for year in years]
    found = account.agency_history(db, [*days, now])
    return _first_together(_agencies_by_day(found), days, now)


def _agencies_by_day(rows: Sequence[Mapping[str, Any]]) -> dict[date, set[str]]:
    held: dict[date, set[str]] = {}
    for row in rows:
        held.setdefault(row["at"], set()).add(row["agency"])
    return held


def _first_together(held: Mapping[date, set[str]], days: Sequence[date], now: date) -> Before | None:
    today = held.get(now, set())
    joined = {day: len(today & held.get(day, set())) for day in days}
    of = len(today)
    for enough in (of, of // 2 + 1):
        for day in days:
            if joined[day] >= max(enough, 2):
                return Before(day, joined[day], of)
    return None


def keep(db: Database, *, sampling: Sampling | None = None, progress: Progress) -> int | None:
    """Compute coverage as at the day to compare with, unless it is kept already; return its run, None without such a day.

    db  opened as loader. Jobs do this, so that no page has to wait for it.
    """
    from app.services import coverage

    found = before(db)
    if found is None:
        return None
    run = coverage.coverage(
        db, density_class=DENSITY_CLASS, at=found.day, sampling=sampling, progress=progress
    )
    return int(run["run_id"])


def dividend(db: Database) -> Row:
    """Return what each agency sees alone and all see together, now and before.

    now, before  at, cameras, length_m, share, low, high (null with reason_code when it cannot be said), or null while
                 coverage as at the day is not computed; `before` also joined and of (agencies)
    before_day   the day to compare with, null where there is none
    agencies     agency, agency_en, now and before: cameras, share, low, high each; null for a day without its cameras
                 or its figures. The largest now comes first.
    """
    found, day = before(db), network_day(db)
    runs = {"now": gaps.latest(db, DENSITY_CLASS, day)}
    runs["before"] = gaps.latest(db, DENSITY_CLASS, found.day) if found else None
    counted = {"joined": found.joined, "of": found.of} if found else {}
    together = {name: _together(run) for name, run in runs.items()}
    return {
        "class": DENSITY_CLASS,
        "now": together["now"],
        "before": together["before"] and together["before"] | counted,
        "before_day": found.day.isoformat() if found else None,
        "agencies": _each(runs, english=_english(db, day)),
    }


def _together(run: Mapping[str, Any] | None) -> Row | None:
    if run is None:
        return None
    names = ("length_m", "share", "low", "high", "certain", "possible")
    told = {name: run["alleys"].get(name) for name in names}
    return told | {
        "at": run["at"],
        "cameras": run["cameras"],
        "reason_code": run["alleys"].get("reason_code"),
    }


def _each(runs: Mapping[str, Mapping[str, Any] | None], *, english: Mapping[str, str | None]) -> list[Row]:
    alone = {
        name: {row["agency"]: row for row in run["agencies"]} if run else {} for name, run in runs.items()
    }
    listed = dict.fromkeys([*alone["now"], *alone["before"]])
    return [
        {
            "agency": agency,
            "agency_en": english.get(agency),
            **{name: _alone(rows.get(agency)) for name, rows in alone.items()},
        }
        for agency in listed
    ]


def _alone(row: Mapping[str, Any] | None) -> Row | None:
    if row is None:
        return None
    return {"cameras": row["cameras"], "share": row["alone"], "low": row["low"], "high": row["high"]}


def _english(db: Database, day: date) -> dict[str, str | None]:
    return {str(row["agency"]): row["agency_en"] for row in account.agency_history(db, [day])}  # type: ignore[misc]
