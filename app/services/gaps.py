"""The last computed coverage, for reading: nothing is computed here, so a page answers at once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from etl.db import Database
from etl.store.account import composition, first_installed
from etl.store.coverage import days_computed, latest_run
from etl.store.days import network_day
from etl.store.extents import dong_extents, zone_extents


def latest(db: Database, density_class: str = "observe", at: date | None = None) -> dict[str, Any] | None:
    """Return the last run of `golmok coverage` for a class as at a day, or None while there is none.

    at  None is the latest day that the registries speak of
    The headline of each draw is left out: it is for comparing two runs (`by_draw`), not for reading.
    """
    run = latest_run(db, at or network_day(db), density_class)
    if run is None:
        return None
    figures: dict[str, Any] = dict(run["figures"])  # type: ignore[call-overload]  # jsonb comes as a dict
    alleys = {name: value for name, value in figures["alleys"].items() if name != "by_draw"}
    return figures | {
        "alleys": alleys,
        "run_id": run["run_id"],
        "computed_at": run["computed_at"],
        "standard_version": run["standard_version"],
        "step_m": run["step_m"],
        "draws": run["draws"],
        "seed": run["seed"],
        "inputs_hash": run["inputs_hash"],
        "district": db.district.name,
        "invented": db.district.invented,
    }


def choices(db: Database) -> dict[str, Any]:
    """Return what a reader of gaps may choose from.

    days      ISO: each year's end since the first camera, and last the latest day of the registries
    dong      code, name_ko, name_en, bounds ((west, south), (east, north)) in degrees, by name
    zones     bounds by zone_id, of the zones in force on the latest day
    purposes  codes of what cameras of the latest day are for, the most frequent first
    """
    days = _days(db)
    return {
        "days": [day.isoformat() for day in days],
        "dong": [_placed(row) for row in dong_extents(db)],
        "purposes": _purposes(db, days[-1]),
        "zones": {row["zone_id"]: _placed(row)["bounds"] for row in zone_extents(db, days[-1])},
    }


def missing(db: Database, density_class: str) -> list[date]:
    """Return those of the days that may be chosen for which no run of the class is kept, ascending."""
    days = _days(db)
    kept = set(days_computed(db, days, density_class))
    return [day for day in days if day not in kept]


def _days(db: Database) -> list[date]:
    now, first = network_day(db), first_installed(db)
    ends = [date(year, 12, 31) for year in range(first.year, now.year)] if first else []
    return [*ends, now]


def _purposes(db: Database, at: date) -> list[str]:
    counted: Counter[str] = Counter()
    for row in composition(db, at):
        counted[str(row["purpose"])] += int(str(row["n"]))
    return [purpose for purpose, _ in counted.most_common()]


def _placed(row: dict[str, Any]) -> dict[str, Any]:
    bounds = (row["west"], row["south"]), (row["east"], row["north"])
    return {name: value for name, value in row.items() if name not in ("west", "south", "east", "north")} | {
        "bounds": bounds
    }


def by_draw(db: Database, density_class: str, at: date) -> list[float]:
    """Return the share of alleys seen in each draw of the last run as at a day; empty while it is not known."""
    run = latest_run(db, at, density_class)
    figures: dict[str, Any] = dict(run["figures"]) if run else {}  # type: ignore[call-overload]  # a dict again
    return list(figures.get("alleys", {}).get("by_draw", []))
