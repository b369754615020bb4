"""Counts as the committee may have them: by dong and month, ones and twos as "<3", nothing to be worked out from totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from app import words
from app.small_counts import Counts, withheld

Row = Mapping[str, Any]

SMALL = "<3"
# Larger than two, but a total would tell a small one beside it. It is put into words with the table.
WITHHELD = "withheld"


def incidents_by_month(
    counted: Sequence[Row], dong: Sequence[Row], *, since: date
) -> Iterator[dict[str, Any]]:
    """Yield month, dong and n for each of twelve months: every dong, those without a place, and the total.

    counted  month (YYYY-MM), dong_code (None: no place in a dong), n
    since    the first day of the first month
    n        a number, "<3", or "withheld": also a larger count, where a total would tell a small one
    """
    months = [_month(since, ahead) for ahead in range(12)]
    sums: Counter[tuple[str, str | None]] = Counter()
    for row in counted:
        sums[row["month"], row["dong_code"]] += int(row["n"])
    places = [*dong, _named(None, "table.no_place")]
    counts = np.array(
        [[sums[month, place["dong_code"]] for place in places] for month in months], dtype=np.int64
    )
    for month, line in zip(months, _told(counts), strict=True):
        for place, n in zip((*places, _named("", "table.all")), line, strict=True):
            yield {"month": month, **place, "n": n}


def gaps_by_dong(gaps: Sequence[Row], dong: Sequence[Row]) -> list[dict[str, Any]]:
    """Return dong, number of gaps and their length in whole metres for each dong, and the total; no places.

    gaps  dong (code or None), length_m
    """
    places = [*dong, _named(None, "table.no_place")]
    numbers: Counter[str | None] = Counter(gap["dong"] for gap in gaps)
    lengths_m: Counter[str | None] = Counter()
    for gap in gaps:
        lengths_m[gap["dong"]] += gap["length_m"]
    codes = [place["dong_code"] for place in places]
    (line,) = _told(np.array([[numbers[code] for code in codes]], dtype=np.int64))
    metres = [round(lengths_m[code]) for code in codes]
    rows = zip((*places, _named("", "table.all")), line, (*metres, sum(metres)), strict=True)
    # The length of one gap or two would be that of the gap: it goes with its count.
    return [
        {**place, "gaps": n, "length_m": length_m if isinstance(n, int) else WITHHELD}
        for place, n, length_m in rows
    ]


def _told(counts: Counts) -> Iterator[list[int | str]]:
    """Yield each line of counts as it may be told, its total last."""
    hidden = withheld(counts)
    for line, numbers in enumerate(counts.tolist()):
        cells = [
            SMALL if hidden.small[line, at] else WITHHELD if hidden.beside[line, at] else n
            for at, n in enumerate(numbers)
        ]
        yield [*cells, WITHHELD if hidden.totals[line] else sum(numbers)]


def _named(code: str | None, key: str) -> dict[str, Any]:
    return {"dong_code": code, "dong_ko": words.say(key, "ko"), "dong_en": words.say(key, "en")}


def _month(first: date, ahead: int) -> str:
    months = first.year * 12 + first.month - 1 + ahead
    return f"{months // 12}-{months % 12 + 1:02d}"
