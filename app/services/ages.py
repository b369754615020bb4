"""How old each source is, and when it is to be loaded anew. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from etl.db import Database
from etl.rhythm import RHYTHMS, rhythm_of

# Either source brings streets and buildings: a district needs one of them.
_EITHER = ("city", "juso")


def sources(db: Database, loads: Sequence[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    """Return a row a source, the most urgent first; `loads` as `golmok status` gives them, `day` is what ages count to.

    source (layers: "layer NAME"), state (never | stale | fresh), day (that the file describes, else of the load),
    age_days, every_days, due_on, loaded_on, file, rows
    """
    last: dict[str, Mapping[str, Any]] = {}
    for load in loads:
        # A few mended rows make no list younger.
        if load["status"] == "done" and not load.get("part"):
            last.setdefault(load["source"], load)
    names = [name for name in RHYTHMS if name != "layer"]
    names += sorted(name for name in last if name.startswith("layer "))
    if any(name in last for name in _EITHER):
        names = [name for name in names if name in last or name not in _EITHER]
    rows = [_source(db, name, last.get(name), day) for name in names]
    return sorted(rows, key=lambda row: (_URGENT[row["state"]], -(row["age_days"] or 0), row["source"]))


_URGENT = {"stale": 0, "never": 1, "fresh": 2}


def _source(db: Database, name: str, load: Mapping[str, Any] | None, day: date) -> dict[str, Any]:
    every = rhythm_of(db.district.sources, name).every_days
    if load is None:
        unknown = dict.fromkeys(("day", "age_days", "due_on", "loaded_on", "file", "rows"))
        return {"source": name, "state": "never", "every_days": every, **unknown}
    loaded_on = local_day(db, load["started_at"])
    about: date = load["reference_date"] or loaded_on
    due_on = None if every is None else about + timedelta(days=every)
    return {
        "source": name,
        "state": "stale" if due_on is not None and due_on < day else "fresh",
        "day": about.isoformat(),
        "age_days": (day - about).days,
        "every_days": every,
        "due_on": due_on.isoformat() if due_on else None,
        "loaded_on": loaded_on.isoformat(),
        "file": load["file_name"],
        "rows": load["rows_in"],
    }


def local_day(db: Database, moment: datetime) -> date:
    """Return the day on the district's clocks."""
    return moment.astimezone(db.district.zone).date()
