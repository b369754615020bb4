"""The one clock of a load: what `today` is, and whether it can be believed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from etl.errors import ClockBack

# Clocks of two machines differ a little: at midnight that alone proves nothing.
_SLACK = dt.timedelta(minutes=10)


def now() -> dt.datetime:
    """Return the time of this machine's clock."""
    return dt.datetime.now(dt.UTC)


def today(zone: ZoneInfo, last: tuple[int, dt.datetime] | None = None) -> dt.date:
    """Return the day on the clocks of a zone.

    last    the last load: its batch, and when it began by the database's clock; None: there was none, or it is not
            to be asked
    Raises  ClockBack when the day is before that of the last load: dates of files would be judged by a wrong one
    """
    moment = now().astimezone(zone)
    if last is not None:
        number, before = last[0], last[1].astimezone(zone)
        if moment.date() < before.date() and moment < before - _SLACK:
            raise ClockBack(f"{moment.date()} < {before.date()} (batch {number})")
    return moment.date()
