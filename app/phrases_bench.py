"""What the workbench of a plan says while a hand drags: the totals, the gap to the bound, what the site adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.phrases_proof import at_least, at_most
from app.words import distance, say

Row = Mapping[str, Any]


def said(found: Row, lang: str) -> dict[str, Any]:
    """Return the sentences of an answer of the workbench: totals, gap, alleys, and `sites`, a sentence a site."""
    alleys = found["alleys"]
    return {
        "totals": say(
            "bench.totals",
            lang,
            before=at_least(found["before"], 3),
            after=at_least(found["after"], 3),
            was=at_least(found["was"], 3),
        ),
        "gap": gap(found, lang),
        "alleys": say(
            "bench.alleys",
            lang,
            length=distance(alleys["length_m"]),
            before=at_least(alleys["before"], 2),
            after=at_least(alleys["after"], 2),
        ),
        "sites": {str(row["no"]): site(row, lang) for row in found["sites"]},
    }


def gap(found: Row, lang: str) -> str:
    """Say how far the altered plan is from the bound of its question, or that it went beyond the candidates."""
    if found["stale"]:
        return say("bench.stale", lang)
    bound = at_most(found["bound"], 3)
    if found["beyond"]:
        return say("bench.beyond", lang, bound=bound)
    return say("bench.gap", lang, bound=bound, gap=at_most(found["gap"]))


def site(row: Row, lang: str) -> str:
    """Say what a site adds where it stands now."""
    if row["stands"] == "inside":
        return say("bench.inside", lang, no=row["no"])
    if row["stands"] is None:
        return say("bench.taken_down", lang, no=row["no"])
    if not row["metres"]:
        return say("bench.adds_nothing", lang, no=row["no"])
    return say(
        "bench.adds", lang, no=row["no"], gain=at_least(row["gain"], 3), metres=distance(row["metres"])
    )
