"""What a district holds and how old it is, what became of each row, what is missing: the answer of the page Data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from app.services import WrongUse, ages, alarms
from etl.db import Database
from etl.store import refusals
from etl.store import status as store
from etl.store.days import network_day, today


class NoReason(WrongUse):
    """Refused rows were asked for without saying what for."""


def holdings(db: Database, *, now: date | None = None) -> dict[str, Any]:
    """Return what there is, how old, and what is missing.

    now       the day that ages are counted to; None is today on the district's clocks
    sources   a row a source, the most urgent first: source (layers: "layer NAME"), state (never | stale | fresh), day
              (that the file describes, else of the load), age_days, every_days, due_on, loaded_on, file, rows
    loads     every load, the last first, as `golmok status` gives them
    reasons   refused rows that no later file repaired, by source and reason: source, code, n
    alarms    sources that are late and lists that shrank, see app.services.alarms
    missing   what, known, of; `absent`: what was never loaded and figures are the poorer for
    """
    day = now or today(db)
    loads = cast(list[dict[str, Any]], store.status(db)["loads"])
    at = network_day(db)
    return {
        "at": day.isoformat(),
        "invented": db.district.invented,
        "sources": ages.sources(db, loads, day),
        "loads": [_dated(db, load) for load in loads],
        "reasons": _reasons(db),
        "alarms": alarms.alarms(db, loads, now=day),
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


def _dated(db: Database, load: Mapping[str, Any]) -> dict[str, Any]:
    return {**load, "loaded_on": ages.local_day(db, load["started_at"]).isoformat()}


def _reasons(db: Database) -> list[dict[str, Any]]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in refusals.refusals_by_reason(db):
        counts[cast(str, row["source"]), cast(str, row["code"])] += cast(int, row["n"])
    rows = [{"source": source, "code": code, "n": n} for (source, code), n in counts.items()]
    return sorted(rows, key=lambda row: (-cast(int, row["n"]), row["source"], row["code"]))
