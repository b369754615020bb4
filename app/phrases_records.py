"""How incidents came by their places, as sentences and rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import TABLE, distance, label, number, percent, say

Row = Mapping[str, Any]


def headline(answer: Row, lang: str) -> str:
    """Say of how many incidents the place is known."""
    total = answer["total"]
    if not total["n"]:
        return say("records.none", lang)
    placed = total["n"] - total["unplaced"]
    return say(
        "records.headline",
        lang,
        n=number(total["n"]),
        placed=number(placed),
        share=percent(placed / total["n"]),
    )


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield how many were placed by address, what is flagged, and what the confidence means."""
    total = answer["total"]
    if total["matched_share"] is not None:
        yield say(
            "records.matched",
            lang,
            n=number(total["without_coordinates"]),
            matched=number(total["by_address"]),
            share=percent(total["matched_share"]),
            exact=number(total["exact"]),
        )
    if total["n"]:
        flags = ("exercises", "false_alarms", "repeat_calls")
        yield say("records.flagged", lang, **{name: number(total[name]) for name in flags})
    yield say("records.confidence", lang)


def origins(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row an origin: counts, and how sure the places by address are."""
    return [
        {
            "origin": label("records.origin", row["origin"], lang)
            if f"records.origin.{row['origin']}" in TABLE
            else row["origin"],
            "n": number(row["n"]),
            "by_coordinates": number(row["by_coordinates"]),
            "by_address": number(row["by_address"]),
            "unplaced": number(row["unplaced"]),
            "share": percent(row["matched_share"]),
            "confidence": _confidence(row),
            "shared": say(
                "records.shared", lang, points=number(row["shared_points"]), n=number(row["on_shared"])
            ),
            "callers": number(row["repeat_callers"]),
        }
        for row in answer["origins"]
    ]


def sensitive(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a class whose places are told coarsely: class, side of the cell, reason."""
    return [
        {
            "class": f"{row['word'] if lang == 'ko' else row['name_en']} ({row['code']})",
            "cell": distance(row["cell_m"]),
            "reason": row[f"reason_{lang}"],
        }
        for row in answer["sensitive"]
    ]


def _confidence(row: Row) -> str:
    if row["confidence_median"] is None:
        return "–"
    low, middle = row["confidence_low"], row["confidence_median"]
    return f"{number(middle, 2)} ({number(low, 2)}–{number(1.0 if row['exact'] else middle, 2)})"
