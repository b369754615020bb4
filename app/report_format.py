"""Numbers, dates and small counts as the report prints them, in Korean and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from app.words import number, percent
from app.words_names import MONTHS

# A figures dict is JSON-ready: what a value may be is the contract of the service that made it.
Figures = Mapping[str, Any]
Gap = TypeVar("Gap", bound=Figures)

# So many gaps are listed, the riskiest; a committee's figures hold no more.
MOST_GAPS = 25

DASH = "–"
HIDDEN = "*"
# Unicode categories: control, format (also direction), private, surrogate, unassigned.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")


def cleaned(value: Any) -> Any:
    """Return JSON-ready figures with control and direction marks in their texts as spaces: files hold such things.

    Any: figures nest without a fixed depth.
    """
    if isinstance(value, str):
        return "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in value)
    if isinstance(value, Mapping):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(inner) for inner in value]
    return value


def span(low: float | None, high: float | None, lang: str) -> str:
    """Return `55.1–66.4 %`, in Korean with a tilde; a dash unless both ends are known."""
    if low is None or high is None:
        return DASH
    joint = "~" if lang == "ko" else "–"
    # `<0.1–<0.1 %` says no more than its one end does.
    if percent(low) == percent(high) and not percent(low)[0].isdigit():
        return percent(high)
    return f"{percent(low).removesuffix(' %')}{joint}{percent(high)}"


def points(before: float | None, after: float | None, lang: str) -> str:
    """Return the difference of two shares in percentage points, with its sign."""
    if before is None or after is None:
        return DASH
    unit = " %p" if lang == "ko" else " pp"
    return f"{signed((after - before) * 100, 1).lstrip('±')}{unit}"


def signed(value: float | None, digits: int = 0) -> str:
    """Return `+439`, `−12` or `±0`: the sign of what is printed, not of what was rounded away."""
    if value is None:
        return DASH
    text = f"{abs(value):,.{digits}f}"
    if not any(c in "123456789" for c in text):
        return f"±{text}"
    return f"{'+' if value > 0 else '−'}{text}"


def kilometres(metres: float | None) -> str:
    """Return `41.3 km` from metres."""
    return DASH if metres is None else f"{metres / 1000:,.1f} km"


def square_kilometres(area_m2: float | None) -> str:
    """Return `17.60 km²` from square metres."""
    return DASH if area_m2 is None else f"{area_m2 / 1e6:,.2f} km²"


def hectares(area_m2: float | None) -> str:
    """Return `12.4 ha` from square metres."""
    return DASH if area_m2 is None else f"{area_m2 / 1e4:,.1f} ha"


def as_day(value: str | date) -> date:
    """Read a day from an ISO text, a date or a moment."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def short_day(value: str | date | None, lang: str) -> str:
    """Return a day for narrow cells: `2013. 6. 30.` or `30 Jun 2013`."""
    if value is None:
        return DASH
    when = as_day(value)
    if lang == "ko":
        return f"{when.year}. {when.month}. {when.day}."
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def month(value: str, lang: str) -> str:
    """Return `2013-06` as `2013. 6.` or `Jun 2013`."""
    year, number_ = int(value[:4]), int(value[5:7])
    return f"{year}. {number_}." if lang == "ko" else f"{MONTHS[number_ - 1][:3]} {year}"


def count(value: int | None, *, open_counts: bool = False) -> str:
    """Return a count of events; 1 and 2 stay hidden as `<3` unless the edition is open."""
    if value is not None and not open_counts and value in (1, 2):
        return "<3"
    return number(value)


def counts(values: Sequence[int], *, open_counts: bool = False) -> list[str]:
    """Return counts that stand beside their total, so that no hidden one can be worked out.

    1 and 2 become `<3`. Where they sum to something the total would give away (only one is hidden), the smallest
    of the others is hidden too, as `*`.
    """
    texts = [count(value, open_counts=open_counts) for value in values]
    hidden = [index for index, text in enumerate(texts) if text == "<3"]
    if len(hidden) == 1:
        others = [index for index, value in enumerate(values) if value > 2]
        if others:
            texts[min(others, key=lambda index: (values[index], index))] = HIDDEN
    return texts


def part_withheld(part: float | None, whole: int | None, *, open_counts: bool = False) -> bool:
    """Say whether part or the rest of a whole is a count of 1 or 2, so that part and share must stay unsaid.

    part  an expected number over draws is taken as the whole number that people read
    """
    if open_counts or part is None or whole is None:
        return False
    read = round(part)
    return any(number in (1, 2) for number in (read, whole - read, whole))


def name_of(row: Figures, lang: str, *keys: str) -> str:
    """Return the row's name in the language asked for, else in the other, else a dash."""
    other = "en" if lang == "ko" else "ko"
    for key in (*keys, "name"):
        for candidate in (f"{key}_{lang}", key, f"{key}_{other}"):
            if row.get(candidate):
                return str(row[candidate])
    return DASH


def by_risk(gaps: Iterable[Gap]) -> list[Gap]:
    """Return gaps, the highest risk first."""
    return sorted(gaps, key=lambda gap: (-(gap.get("risk") or 0.0), gap["gap_id"]))
