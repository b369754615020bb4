"""The curves beside a plan in words: money and square metres, the rows of their tables, and what a chart shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.plan_around import down, up
from app.words import number, percent, say

Row = Mapping[str, Any]

_EOK, _MAN, _MILLION = 100_000_000, 10_000, 1_000_000


def money(won: float, lang: str) -> str:
    """Return won in the words of money: "1억 2,000만 원", "120 million won"; what is no whole 10,000 in single won."""
    whole = round(won)
    eok, man = whole // _EOK, whole % _EOK // _MAN
    if whole % _MAN or not whole:
        return say("curve.won", lang, won=number(whole))
    millions = f"{whole / _MILLION:,.2f}".rstrip("0").rstrip(".")
    if lang == "en":
        return say("curve.millions", lang, millions=millions)
    key = "curve.eok_man" if eok and man else "curve.eok" if eok else "curve.man"
    said = {"eok": number(eok), "man": number(man)}
    return say(key, lang, **{name: text for name, text in said.items() if name in key})


def tick(won: float, lang: str) -> str:
    """Return won along an axis, in the unit that `curve.across` names: 100 million in Korean, one million in English."""
    return f"{won / (_EOK if lang == 'ko' else _MILLION):,.2f}".rstrip("0").rstrip(".")


def curve(rows: Sequence[Row], lang: str) -> list[dict[str, object]]:
    """Return the rows of the curve's table: won, cameras, after, added (by the last step), most (the bound)."""
    before = [None, *rows]
    return [
        {
            "won": money(row["won"], lang),
            "cameras": number(row["cameras"]),
            "after": reached(row["after"]),
            "added": "–" if last is None else points(row["after"] - last["after"], lang),
            "most": bounded(row.get("bound")),
        }
        for row, last in zip(rows, before, strict=False)
    ]


def frontier(rows: Sequence[Row], lang: str) -> list[dict[str, object]]:
    """Return the rows of the frontier's table: square metres of private plots, after, cameras, won."""
    return [
        {
            "plots": area(row["intrusion_m2"]),
            "after": reached(row["after"]),
            "cameras": number(row.get("cameras")),
            "won": money(row["cost_won"], lang),
        }
        for row in rows
    ]


def curve_told(rows: Sequence[Row], lang: str) -> str:
    """Say what the curve shows, for who does not see it: its two ends and its middle."""
    middle, last = rows[len(rows) // 2], rows[-1]
    told = {
        "first": reached(rows[0]["after"]),
        "middle": reached(middle["after"]),
        "middle_won": money(middle["won"], lang),
        "last": reached(last["after"]),
        "last_won": money(last["won"], lang),
    }
    return say("curve.told", lang, **told)


def frontier_told(rows: Sequence[Row], lang: str) -> str:
    """Say what the frontier shows: what is seen with the least intrusion, and with the most."""
    first, last = rows[0], rows[-1]
    told = {
        "least": area(first["intrusion_m2"]),
        "seen": reached(first["after"]),
        "most": area(last["intrusion_m2"]),
        "all": reached(last["after"]),
    }
    return say("frontier.told", lang, **told)


def area(plots_m2: float | None) -> str:
    """Return square metres of private ground as "1,240 m²", rounded up: it is never told smaller; a dash when unknown."""
    return "–" if plots_m2 is None else f"{number(math.ceil(plots_m2))} m²"


def reached(share: float | None) -> str:
    """Return a share that is reached, rounded down to two digits of a percent."""
    return "–" if share is None else percent(down(share, 4), 2)


def bounded(share: float | None) -> str:
    """Return a share that is not passed, rounded up to two digits of a percent."""
    return "–" if share is None else percent(up(share, 4), 2)


def points(share: float, lang: str) -> str:
    """Return a difference of two shares in points of a percent, rounded down: +1.23."""
    return say("curve.points", lang, n=f"{100.0 * down(share, 4):+.2f}")
