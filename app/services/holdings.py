"""What a district holds and how old it is, what became of each row, what is missing: the answer of the page Data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from app.services import WrongUse
from etl.db import Database
from etl.store import status as store
from etl.store.days import network_day, today

# How often each source is to be loaded anew, in days: a judgement (registries change by the half-year that the
# committee meets in, calls by the month, outages by the week), no rule of law. None: it does not age by itself.
EVERY_DAYS: dict[str, int | None] = {
    "boundaries": 365, "cameras": 183, "survey": 365, "status": 7, "city": 365, "juso": 183, "dem": None, "zones": 365,
    "speakers": 365, "lamps": 183, "bells": 365, "incidents": 31, "police": 31, "layer": 365,
}  # fmt: skip
# Either source brings streets and buildings: a district needs one of them.
_EITHER = ("city", "juso")


class NoReason(WrongUse):
    """Refused rows were asked for without saying what for."""


def holdings(db: Database, *, now: date | None = None) -> dict[str, Any]:
    """Return what there is, how old, and what is missing.

    now       the day that ages are counted to; None is today on the district's clocks
    sources   a row a source, the most urgent first: source (layers: "layer NAME"), state (never | stale | fresh), day
              (that the file describes, else of the load), age_days, every_days, due_on, loaded_on, file, rows
    loads     every load, the last first, as `golmok status` gives them
    reasons   refused rows by source and reason, over the last load of each file: source, code, n
    missing   what, known, of; `absent`: what was never loaded and figures are the poorer for
    """
    day = now or today(db)
    loads = cast(list[dict[str, Any]], store.status(db)["loads"])
    at = network_day(db)
    return {
        "at": day.isoformat(),
        "invented": db.district.invented,
        "sources": _sources(db, loads, day),
        "loads": [_dated(db, load) for load in loads],
        "reasons": _reasons(loads),
        "missing": store.what_is_known(db, at=at),
        "absent": [name for name, n in store.tables_loaded(db, at=at).items() if not n],
        "network_day": at.isoformat(),
    }


def refused_rows(
    db: Database, batch_id: int, *, purpose: str, who: str | None = None
) -> list[dict[str, Any]]:
    """Return the refused rows of a load as they were read (row_no, reasons, raw); the access log keeps who and why.

    Raises NoReason for a blank purpose.
    """
    if not purpose.strip():
        raise NoReason("refused rows are read for a purpose")
    return store.refused_rows(db, batch_id, purpose=purpose.strip(), who=who)


def _sources(db: Database, loads: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    last: dict[str, dict[str, Any]] = {}
    for load in loads:
        if load["status"] == "done":
            last.setdefault(load["source"], load)
    names = [name for name in EVERY_DAYS if name != "layer"]
    names += sorted(name for name in last if name.startswith("layer "))
    if any(name in last for name in _EITHER):
        names = [name for name in names if name in last or name not in _EITHER]
    rows = [_source(db, name, last.get(name), day) for name in names]
    return sorted(rows, key=lambda row: (_URGENT[row["state"]], -(row["age_days"] or 0), row["source"]))


_URGENT = {"stale": 0, "never": 1, "fresh": 2}


def _source(db: Database, name: str, load: Mapping[str, Any] | None, day: date) -> dict[str, Any]:
    every = EVERY_DAYS[name.partition(" ")[0]]
    if load is None:
        unknown = dict.fromkeys(("day", "age_days", "due_on", "loaded_on", "file", "rows"))
        return {"source": name, "state": "never", "every_days": every, **unknown}
    loaded_on = _local(db, load["started_at"])
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


def _dated(db: Database, load: Mapping[str, Any]) -> dict[str, Any]:
    return {**load, "loaded_on": _local(db, load["started_at"]).isoformat()}


def _local(db: Database, moment: datetime) -> date:
    return moment.astimezone(db.district.zone).date()


def _reasons(loads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return refused rows by source and reason; a file that was loaded again counts once, as it came last."""
    seen: set[tuple[str, str]] = set()
    counts: dict[tuple[str, str], int] = {}
    for load in loads:
        file = (load["source"], load["file_sha256"])
        if load["status"] != "done" or file in seen:
            continue
        seen.add(file)
        for code, n in (load["reasons"] or {}).items():
            counts[load["source"], code] = counts.get((load["source"], code), 0) + n
    rows = [{"source": source, "code": code, "n": n} for (source, code), n in counts.items()]
    return sorted(rows, key=lambda row: (-row["n"], row["source"], row["code"]))
