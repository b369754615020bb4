"""Which lines and spots the curves of a plan's answer are, for the page and for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app import phrases_curves
from app.plan_charts import PAGE_IN, Axes, Line, Spot, lines, on_page, ticks
from app.words import number, say

__all__ = ["curve", "frontier", "on_page"]

Row = Mapping[str, Any]


def curve(answer: Row, lang: str, *, width_in: float = PAGE_IN, fonts: Path | None = None) -> str:
    """Draw what is seen as the spending grows, the bound beside it, this plan, and the usual way where it was taken.

    answer  of a plan: curve, cost_won, after, and index50m where there is one
    """
    rows = answer["curve"]
    at = [float(row["won"]) for row in rows]
    drawn = [Line(say("curve.line", lang), at, [row["after"] for row in rows])]
    if all(row.get("bound") is not None for row in rows):
        drawn.append(Line(say("curve.bound", lang), at, [row["bound"] for row in rows], dashed=True))
    spots = [Spot(say("curve.this", lang), float(answer["cost_won"]), answer["after"])]
    grid = answer.get("index50m")
    if grid and grid.get("after") is not None and answer["chosen"]:
        won = _usual_won(answer, grid["chosen"])
        spots.append(Spot(say("curve.grid", lang), won, grid["after"], marker="s"))
    across = {place: phrases_curves.tick(place, lang) for place in ticks(_most(at, spots))}
    axes = Axes(say("curve.across", lang), say("curve.up", lang), across)
    return lines(drawn, spots, axes, width_in=width_in, fonts=fonts)


def frontier(answer: Row, lang: str, *, width_in: float = PAGE_IN, fonts: Path | None = None) -> str:
    """Draw what is seen as more private ground may be seen, and this plan.

    answer  of a plan: frontier, after, and intrusion where it is known
    """
    rows = answer["frontier"]
    at = [float(row["intrusion_m2"]) for row in rows]
    drawn = [Line(say("frontier.line", lang), at, [row["after"] for row in rows])]
    plots_m2 = (answer.get("intrusion") or {}).get("plots_m2")
    spots = [] if plots_m2 is None else [Spot(say("curve.this", lang), float(plots_m2), answer["after"])]
    across = {place: number(place) for place in ticks(_most(at, spots))}
    axes = Axes(say("frontier.across", lang), say("curve.up", lang), across)
    return lines(drawn, spots, axes, width_in=width_in, fonts=fonts)


def _usual_won(answer: Row, chosen: Sequence[Row]) -> float:
    """Return what the usual way costs: the prices of its cameras where they are told, else the plan's price for each."""
    known = [float(row["price_won"]) for row in chosen if row.get("price_won") is not None]
    if len(known) == len(chosen):
        return sum(known)
    return float(answer["cost_won"]) / len(answer["chosen"]) * len(chosen)


def _most(at: Sequence[float], spots: Sequence[Spot]) -> float:
    return max([*at, *(spot.at for spot in spots)], default=0.0)
