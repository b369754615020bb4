"""How long footage is kept: days that are left, on the district's own calendar. What the registry does not say is unknown."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

Row = dict[str, Any]
# A row of an answer: keys and values are JSON-ready.
_INSTANT = timedelta(microseconds=1)


def days_of(since: datetime, until: datetime, zone: tzinfo) -> tuple[date, date]:
    """Return the first and the last local day of a time; one that ends at midnight holds nothing of the day that begins."""
    first = since.astimezone(zone).date()
    last = (until - _INSTANT if until > since else until).astimezone(zone).date()
    return first, max(first, last)


def kept(first: date, last: date, *, retention_days: int | None, today: date) -> Row:
    """Return what is left of footage of some days: footage, days_left, gone_on, all_gone_on.

    first, last     local days of what was recorded
    retention_days  from the day of recording to that of deletion; None: the registry does not say, and nothing is assumed
    footage         kept, partly (of the first days it is gone), gone or unknown
    days_left       from today to the day on which the first of it goes; below 0: it went so many days ago
    gone_on         that day, ISO; all_gone_on: the day on which the last of it goes
    """
    if retention_days is None:
        return {"footage": "unknown", "days_left": None, "gone_on": None, "all_gone_on": None}
    begins, ends = (day + timedelta(days=retention_days) for day in (first, last))
    footage = "kept" if today <= begins else "partly" if today <= ends else "gone"
    return {
        "footage": footage,
        "days_left": (begins - today).days,
        "gone_on": begins.isoformat(),
        "all_gone_on": ends.isoformat(),
    }


def local(moment: datetime, zone: tzinfo) -> str:
    """Return an instant as ISO text with minutes, on a district's clocks."""
    return moment.astimezone(zone).isoformat(timespec="minutes")
