"""Use cases, one a file. They know no Streamlit and no SQL; their answers are JSON-ready."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from etl.errors import PlatformError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class WrongUse(PlatformError):
    """A use case was asked for what cannot be asked: the person can put it right."""


def check_day(day: date) -> None:
    """Raise WrongUse for a day that no figure can be asked for: the year before it and the day after must exist."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongUse(f"figures are told for days from {FIRST_DAY} to {LAST_DAY}, not {day}")


class UnknownPlan(WrongUse):
    """There is no kept plan of this number."""


def require_whole_months(since: date, until: date, edition: str) -> None:
    """Raise WrongUse for a committee's period that ends amid a month: two that end a day apart would tell that day."""
    ends = monthrange(until.year, until.month)[1]
    if edition != "internal" and since <= until and until.day != ends:
        raise WrongUse(f"a committee's report ends with a month, not on {until}")
