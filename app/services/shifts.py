"""How long calls waited for a first view, by shift and never by person; which grounds were recorded; which sights denied."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from app.services import WrongUse, check_day, watching
from app.small_counts import Withheld, withheld
from etl.db import Database
from etl.store import watching as store
from etl.store.days import today

Row = dict[str, Any]

_TIMES = ("opened_median_s", "opened_p90_s", "seen_median_s", "seen_p90_s")


def shifts(db: Database, since: date, until: date) -> Row:
    """Return the answer of `golmok shifts`: the shifts that begin on the days from since to until, both counted.

    shifts   by shift of the day, and `all`: from and to ("22:00", "06:00"; none for all), incidents, opened (of which a
             camera was opened within a day), unopened, seen (of which an operator saw the place), and seconds from the
             call: opened_median_s, opened_p90_s, seen_median_s, seen_p90_s (None with fewer than five)
    Counts   of one and two are "<3", and what would give them away "withheld": `app.small_counts`
    Of calls whose time is known to the minute; exercises, false alarms and repeated calls are left out.
    Raises   WrongUse for a period that ends before it begins, or days that there cannot be
    """
    _check(since, until)
    rule = db.district.shifts
    found = store.shift_views(db, rule.spans(since, until, db.district.zone))
    by_shift = {row["shift"]: row for row in found}
    rows = [by_shift.get(n) or _nothing(n) for n in range(len(rule.starts))]
    total = by_shift.get(None) or _nothing(None)
    counts = np.array([[row["opened"], row["incidents"] - row["opened"]] for row in rows], dtype=np.int64)
    seen = np.array([[row["seen"], row["incidents"] - row["seen"]] for row in rows], dtype=np.int64)
    hidden, unseen = withheld(counts), withheld(seen)
    told = [_told(row, n, hidden, unseen) | _clocks(rule.clocks(n)) for n, row in enumerate(rows)]
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "shifts": told,
        "all": _all(total, hidden, unseen),
        "invented": db.district.invented,
    }


def lately(db: Database) -> Row:
    """Return the same for the twelve months that end today on the district's clocks."""
    until = today(db)
    return shifts(db, until - timedelta(days=364), until)


def emergency_grounds(db: Database, since: date, until: date) -> Row:
    """Return the answer of `golmok grounds`: emergency grounds recorded on the days from since to until, the last first.

    db       opened as owner: names and reasons are the auditor's
    entries  ground_id, at, until (aware), ground, article (None where Korean law does not hold), who, login, reason,
             incident_key (None: of a place), of_place, openings, cameras (numbers)
    Raises   WrongUse as `shifts`
    """
    _check(since, until)
    zone = db.district.zone
    start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (since, until + timedelta(days=1)))
    entries = [
        row | {"article": watching.article(row["ground"], db.district.timezone)}
        for row in store.grounds_noted(db, start, end)
    ]
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "entries": entries,
        "n": len(entries),
        "invented": db.district.invented,
    }


def doubts(db: Database) -> Row:
    """Return the answer of `golmok doubts`: cameras told to see certainly of which operators said that they do not.

    cameras  camera_key, denied, confirmed, places (how many places operators looked for on it), last_day (ISO); the most
             denied first. What operators said last of a place counts.
    """
    cameras = [
        {name: row[name] for name in ("camera_key", "denied", "confirmed", "places")}
        | {"last_day": row["last_day"].isoformat()}
        for row in store.sights_denied(db)
    ]
    return {"cameras": cameras, "n": len(cameras), "invented": db.district.invented}


def _check(since: date, until: date) -> None:
    check_day(since)
    check_day(until)
    if until < since:
        raise WrongUse(f"a period ends on or after the day that it begins: {since} to {until}")


def _nothing(shift: int | None) -> Row:
    return {"shift": shift, "incidents": 0, "opened": 0, "seen": 0} | dict.fromkeys(_TIMES)


def _clocks(clocks: tuple[str, str]) -> Row:
    return dict(zip(("from", "to"), clocks, strict=True))


def _told(row: Row, n: int, hidden: Withheld, unseen: Withheld) -> Row:
    """Return a shift's counts, small ones withheld so that its total does not give them away."""
    opened, unopened = (_cell(value, hidden, n, at) for at, value in enumerate((row["opened"], row["incidents"] - row["opened"])))  # fmt: skip
    lost = bool(hidden.totals[n] or unseen.totals[n])
    incidents = _total(row["incidents"], lost)
    seen = _cell(row["seen"], unseen, n, 0)
    return {"incidents": incidents, "opened": opened, "unopened": unopened, "seen": seen} | _times(row)


def _all(row: Row, hidden: Withheld, unseen: Withheld) -> Row:
    """Return the counts of all shifts; what a column over the shifts would give away is withheld with them."""
    columns = [
        bool((mask.small | mask.beside)[:, at].any()) for mask, at in ((hidden, 0), (hidden, 1), (unseen, 0))
    ]
    counts = row["opened"], row["incidents"] - row["opened"], row["seen"]
    told = [_total(value, lost) for value, lost in zip(counts, columns, strict=True)]
    incidents = _total(row["incidents"], hidden.sum or unseen.sum)
    return {"incidents": incidents, **dict(zip(("opened", "unopened", "seen"), told, strict=True))} | _times(
        row
    )


def _cell(value: int, hidden: Withheld, line: int, at: int) -> int | str:
    if hidden.small[line, at]:
        return "<3"
    return "withheld" if hidden.beside[line, at] else value


def _total(value: int, lost: bool) -> int | str:
    if not lost:
        return value
    return "<3" if value in (1, 2) else "withheld"


def _times(row: Row) -> Row:
    return {name: None if row[name] is None else round(row[name], 1) for name in _TIMES}
