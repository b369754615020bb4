"""Two plans side by side, as sentences and as rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app import phrases_proof
from app.services.plans import SAME_M
from app.words import distance, label, number, percent, say

Row = Mapping[str, Any]


def heads(found: Row, lang: str) -> tuple[str, str]:
    """Return the heads of the two columns: number and name of each plan."""
    one, other = (
        say("plan_compare.head", lang, no=plan["plan_id"], name=plan["name"] or say("plan.unnamed", lang))
        for plan in (found["a"], found["b"])
    )
    return one, other


def lines(found: Row, lang: str) -> Iterator[str]:
    """Yield how many places the two share, and what keeps their shares from being compared."""
    numbers = {side: found[side]["plan_id"] for side in ("a", "b")}
    counts = {"both": "common", "only_a": "only_a", "only_b": "only_b"}
    told = {name: number(len(found[key])) for name, key in counts.items()}
    yield say("plan_compare.shared", lang, **numbers, **told, metres=distance(SAME_M))
    if named := ", ".join(label("plan_unlike", code, lang) for code in found["unlike"] if code != "limits"):
        yield say("plan_compare.unlike", lang, named=named)
    if "limits" in found["unlike"]:
        yield say("plan_compare.limits", lang)


def figures(found: Row, lang: str) -> list[dict[str, str]]:
    """Return the figures of both, a row each: what, a, b. What neither tells is left out."""
    proved, after = (
        next(row for row in found["rows"] if row["what"] == what) for what in ("proved_optimal", "after")
    )
    return [
        {
            "what": label("plan_figure", row["what"], lang),
            **{side: _told(row, (proved, after), side, lang) for side in ("a", "b")},
        }
        for row in found["rows"]
        if row["a"] is not None or row["b"] is not None
    ]


def common(found: Row, lang: str) -> list[dict[str, str]]:
    """Return the places of both, a row each: no_a, no_b, alley, act, apart, turned, place."""
    return [
        {
            "no_a": str(row["no_a"]),
            "no_b": str(row["no_b"]),
            "alley": row["alley"] or say("gaps.unnamed", lang),
            "act": _acts(row, lang),
            "apart": distance(row["apart_m"]),
            "turned": "–" if row["turned_deg"] is None else f"{row['turned_deg']:.0f}°",
            "place": f"{row['lat']:.6f}, {row['lon']:.6f}",
        }
        for row in found["common"]
    ]


def alone(found: Row, side: str, lang: str) -> list[dict[str, str]]:
    """Return the places of one plan alone (side a or b), a row each: no, alley, act, place."""
    return [
        {
            "no": str(row[f"no_{side}"]),
            "alley": row["alley"] or say("gaps.unnamed", lang),
            "act": label("site_act", row["act"], lang),
            "place": f"{row['lat']:.6f}, {row['lon']:.6f}",
        }
        for row in found[f"only_{side}"]
    ]


def _acts(row: Row, lang: str) -> str:
    one, other = (label("site_act", row[f"act_{side}"], lang) for side in ("a", "b"))
    return one if one == other else f"{one} / {other}"


def _told(row: Row, beside: tuple[Row, Row], side: str, lang: str) -> str:
    """Return a figure of one plan; beside: the rows that say whether it is proved, and what it reaches."""
    value, (proved, after) = row[side], beside
    if value is None:
        return "–"
    if row["what"] == "gap":
        return phrases_proof.gap({"gap": value, "proved_optimal": proved[side]})
    if row["what"] == "bound" and proved[side] and value == after[side]:
        # Of a proved plan the bound is what it reaches, told alike.
        return phrases_proof.at_least(value)
    unit = _UNITS.get(row["what"])
    return number(value) if unit is None else unit(value, lang)


# What is reached is rounded down, what nothing exceeds up.
_UNITS: dict[str, Callable[[Any, str], str]] = {  # Any: what JSON holds
    "before": lambda share, _: percent(share, 2),
    "after": lambda share, _: phrases_proof.at_least(share),
    "bound": lambda share, _: phrases_proof.at_most(share),
    "proved_optimal": lambda proved, lang: label("plan_proved", str(proved).lower(), lang),
    "alleys_after": lambda share, _: percent(share, 2),
    "gained_m": lambda metres, _: distance(metres),
    "plots_m2": lambda area_m2, _: f"{number(area_m2)} m²",
    "index50m_after": lambda share, _: percent(share, 2),
    "tau": lambda tau, _: number(tau, 2),
}
