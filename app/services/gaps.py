"""The last computed coverage, for reading: nothing is computed here, so a page answers at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.db import Database
from etl.store.coverage import latest_run
from etl.store.days import network_day


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


def by_draw(db: Database, density_class: str, at: date) -> list[float]:
    """Return the share of alleys seen in each draw of the last run as at a day; empty while it is not known."""
    run = latest_run(db, at, density_class)
    figures: dict[str, Any] = dict(run["figures"]) if run else {}  # type: ignore[call-overload]  # a dict again
    return list(figures.get("alleys", {}).get("by_draw", []))
