"""Start: what a newcomer should know of this district, read from what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.services import status, working
from app.services.dividend import DENSITY_CLASS, dividend
from app.services.gaps import latest
from etl.db import Database
from etl.store import account
from etl.store.days import network_day, today

# JSON-ready values: what is in them is the contract of the page Start.
Row = dict[str, Any]

# A registry is published once a year or oftener: what is older than this is said first.
STALE_DAYS = 366


def start(db: Database) -> Row:
    """Return the dividend of integration (`dividend`), the state of the district, and its sources by age.

    state    at (the registries' day), cameras, sites, agencies; headings{known, streets, unknown}, `streets` and
             `unknown` null while coverage of that day is not computed; refused (rows in quarantine)
    working  the share by the cameras that work now, see app.services.working; null while coverage is not computed
    alarms   sources that are late and lists that shrank, see app.services.alarms
    sources  source, reference_date (null where the file names none), loaded_on, days (age; null then), stale: the last load of each
             that was done; the stale first, the oldest first, those of unknown age last
    """
    at, now = network_day(db), today(db)
    known = status.status(db, at=at)
    return {
        "dividend": dividend(db),
        "working": working.now(db, DENSITY_CLASS, at),
        "state": _state(db, at, known["counts"]) | {"refused": account.refused_count(db)},
        "sources": sources(known["loads"], now),
        "alarms": known["alarms"],
        "invented": db.district.invented,
    }


def _state(db: Database, at: date, counts: Mapping[str, int]) -> Row:
    kept = {name: counts[name] for name in ("cameras", "sites", "agencies")}
    return kept | {"at": at.isoformat(), "headings": _headings(db, at, counts)}


def _headings(db: Database, at: date, counts: Mapping[str, int]) -> Row:
    """Return how many cameras look where a survey found them, may look along their streets, or anywhere."""
    run = latest(db, DENSITY_CLASS, at)
    headings: Row = {"known": counts["headings_known"], "streets": None, "unknown": None}
    if run is None or run["cameras"] != counts["cameras"]:
        return headings
    rests_on = run["aims"]["rests_on"]
    told = sum(rests_on.values())
    return headings | {"streets": told, "unknown": counts["cameras"] - headings["known"] - told}


def sources(loads: Sequence[Mapping[str, Any]], now: date) -> list[Row]:
    """Return the last load of each source that was done, with the age of its file in days."""
    last: dict[str, Mapping[str, Any]] = {}
    for load in loads:  # the last first
        if load["status"] == "done" and not load.get("part"):
            last.setdefault(load["source"], load)
    rows = [_source(load, now) for load in last.values()]
    return sorted(rows, key=lambda row: (row["days"] is None, -(row["days"] or 0), row["source"]))


def _source(load: Mapping[str, Any], now: date) -> Row:
    of = load["reference_date"]
    days = (now - of).days if of else None
    return {
        "source": load["source"],
        "reference_date": of.isoformat() if of else None,
        "loaded_on": load["started_at"].date().isoformat(),
        "days": days,
        "stale": days is not None and days > STALE_DAYS,
    }
