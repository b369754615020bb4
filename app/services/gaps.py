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
    """
    run = latest_run(db, at or network_day(db), density_class)
    if run is None:
        return None
    figures: dict[str, Any] = dict(run["figures"])  # type: ignore[call-overload]  # jsonb comes as a dict
    return figures | {
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
