"""How the layers of risk are told, on pages and in the terminal alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from app.words import day, distance, label, number, percent, say
from spatial.judgement import MOST_CR, Judged

Row = Mapping[str, Any]

COLUMNS = ("layer", "weight", "rows", "date", "source", "scaled")


def rows(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a layer in words: COLUMNS."""
    return [
        {
            "layer": label("layer", row["layer"], lang),
            "weight": percent(row["weight"]),
            "rows": number(row["rows"]),
            "date": _date(row, lang),
            "source": row["source"] or "–",
            "scaled": _scaled(row, lang),
        }
        for row in answer["layers"]
    ]


def lines(answer: Row, lang: str) -> list[str]:
    """Return what stands beside the layers: mean, what is missing, what was cut."""
    told = []
    if answer["mean"] is None:
        told.append(say("risk.no_streets", lang))
    else:
        told.append(
            say("risk.mean", lang, length=distance(answer["length_m"]), mean=number(answer["mean"], 3))
        )
    if not any(row["weight"] for row in answer["layers"]):
        told.append(say("risk.nothing", lang))
    if answer["without"]:
        named = ", ".join(label("layer", name, lang) for name in answer["without"])
        told.append(say("risk.without", lang, named=named))
    if any(row["capped"] for row in answer["layers"]):
        told.append(say("risk.capped", lang, most=percent(answer["complaints_most"], 0)))
    return told


def ratio(value: float) -> str:
    """Return a consistency ratio with three digits, rounded up: never onto the limit that it exceeds."""
    return number(math.ceil(value * 1000.0 - 1e-9) / 1000.0, 3)


def times(value: float) -> str:
    """Return how many times one layer counts as another: whole numbers bare, below one as a fraction of Saaty's scale."""
    if abs(value - round(value)) < 1e-6 and value > 0.5:
        return number(value)
    if value < 1.0 and abs(1.0 / value - round(1.0 / value)) < 1e-6:
        return f"1/{round(1.0 / value)}"
    return number(value, 2)


def worst(found: Judged, lang: str) -> dict[str, str]:
    """Return the blanks that tell of a judgement: ratio and limit, and the pair that disagrees most."""
    a, b = found.worst or (None, None)
    return {
        "cr": ratio(found.cr),
        "most": number(MOST_CR, 2),
        "a": label("layer", a, lang),
        "b": label("layer", b, lang),
        "given": "–" if found.given is None else times(found.given),
        "would": "–" if found.would is None else times(found.would),
    }


def _date(row: Row, lang: str) -> str:
    if row["date"] is None:
        return "–"
    told = day(row["date"], lang)
    return say("risk.loaded_on", lang, day=told) if row["dated"] == "load" else told


def _scaled(row: Row, lang: str) -> str:
    if row["scaled"] != "frozen":
        return say(_SCALED[row["scaled"]], lang)
    reference = row["reference"]
    return say(
        "risk.scaled_frozen",
        lang,
        low=number(reference["low"], 1),
        high=number(reference["high"], 1) + _UNITS.get(row["layer"], ""),
        day=day(reference["frozen_at"], lang),
    )


# A frozen scale has the unit of its layer.
_UNITS = {"incidents": "/km²", "rates": "/km", "complaints": "/km²", "population": "/km²"}
_SCALED = {"run": "risk.scaled_run", "fixed": "risk.scaled_fixed"}
