"""Cells of a workbook as the text that a CSV of it would hold, and the code of what a spreadsheet has spoilt."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Literal

# How a number is shown: as a day, a month, a day with an hour, an hour.
Shown = Literal["day", "month", "moment", "time"]

# A spreadsheet keeps 15 digits of a number: of a longer one the rest is made up.
_EXACT_BELOW = 1e15
# The day 9999-12-31, counted from 1900 and from 1904.
_LAST_DAY = {False: 2_958_465, True: 2_957_003}
_FALSE_LEAP_DAY = 60
_DAY_S = 86_400
_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((14, 15, 16, *range(27, 32), 34, 35, 36, *range(50, 59)), "day"),
    17: "month",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "time"),
    22: "moment",
}
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shown_as(number: int, code: str | None) -> Shown | None:
    """Return how a number format shows numbers, None where it shows them as numbers.

    number   of the format; code: what it says, None for one that every spreadsheet knows
    """
    if code is None:
        return _BUILT_IN.get(number)
    marks = _ASIDE.sub("", code.partition(";")[0]).lower()
    if marks in ("general", "standard"):
        return None
    has_day, has_year, has_hour = "d" in marks, "y" in marks, "h" in marks or "s" in marks
    if has_day or has_year:
        return "moment" if has_hour else "day" if has_day else "month"
    if has_hour:
        return "time"
    return "day" if "m" in marks else None


def number_text(stored: str, shown: Shown | None, *, since_1904: bool) -> tuple[str, str]:
    """Return a stored number as text, and the code of the row if it cannot be what somebody entered.

    >>> number_text("37.579099999999997", None, since_1904=False)
    ('37.5791', '')
    >>> number_text("202636400008003230", None, since_1904=False)
    ('2.02636E+17', 'EXCEL_KEY')
    >>> number_text("42795", "month", since_1904=False)
    ('2017-03', '')
    """
    try:
        value = float(stored)
    except ValueError:
        return stored, ""
    if not math.isfinite(value):
        return stored, "EXCEL_ERROR"
    if shown is not None and 0 <= value <= _LAST_DAY[since_1904]:
        return _day_text(value, shown, since_1904), ""
    if abs(value) >= _EXACT_BELOW:
        return f"{value:.5E}", "EXCEL_KEY"
    return str(int(value)) if value.is_integer() else f"{value:.15g}", ""


def plain_text(stored: str) -> str:
    """Return a stored text with the characters that XML cannot hold: '_x000D_' is a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored) if "_x" in stored else stored


def _day_text(value: float, shown: Shown, since_1904: bool) -> str:
    seconds = round(value * _DAY_S)
    days, rest = divmod(seconds, _DAY_S)
    clock = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}"
    if days == 0 and (rest or shown == "time"):
        return clock
    # the first spreadsheets took 1900 for a leap year, and all that followed do as they did
    start = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 31 if days < _FALSE_LEAP_DAY else 30)
    day = start + dt.timedelta(days=days)
    if shown == "month":
        return day.strftime("%Y-%m")
    return f"{day.isoformat()} {clock}" if rest or shown in ("moment", "time") else day.isoformat()
