"""The stability of a plan as sentences and as a column of its table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from app.words import number, percent, say

Row = Mapping[str, Any]

# A site that stays in so many draws hangs on no exact weight.
FIRM = 0.9
# Half of the 95 % interval of a share is largest at one half: 1.96 times the root of 1/4 by the draws.
_HALF_WIDTH = 1.96 * 0.5


def lines(found: Row, lang: str) -> Iterator[str]:
    """Yield what a stability comes to: how many sites stay, the least firm one, the ranking, what it does not tell.

    found  stability of a plan's figures
    """
    kept = [share for share, alike in _told(found) if alike]
    drawn = {"draws": number(found["draws"]), "spread": percent(found["spread"], 0)}
    if kept:
        firm = sum(share >= FIRM for share in kept)
        yield say(
            "stability.firm", lang, **drawn, firm=number(firm), n=number(len(kept)), least=percent(FIRM, 0)
        )
        if min(kept) < FIRM:
            place = [share for share, _ in _told(found)].index(min(kept)) + 1
            yield say("stability.weakest", lang, no=number(place), share=percent(min(kept), 0))
    elsewhere = [place for place, (_, alike) in enumerate(_told(found), 1) if not alike]
    if elsewhere:
        yield say("stability.elsewhere", lang, numbers=", ".join(number(place) for place in elsewhere))
    if (tau := found["tau"]) is not None:
        yield say("stability.tau", lang, **{name: number(tau[name], 2) for name in ("median", "low", "high")})
    yield say("stability.how", lang, **drawn, half=_half(found["draws"]), seed=found["seed"])


def sites(found: Row, lang: str) -> list[dict[str, object]]:
    """Return a row a chosen camera, in the plan's order: no, kept, alike."""
    alike = {True: say("stability.yes", lang), False: say("stability.no", lang)}
    return [
        {"no": place, "kept": kept(found, place), "alike": alike[same]}
        for place, (_, same) in enumerate(_told(found), 1)
    ]


def kept(found: Row | None, no: int) -> str:
    """Return in which share of the draws the site of the plan's camera `no` (from 1) stays; a dash where it is not
    known, and where greed does not take it with the weights unchanged: then the share says nothing."""
    shares = found["kept"] if found else ()
    alike = (found or {}).get("alike") or ()
    if no <= len(alike) and not alike[no - 1]:
        return "–"
    return percent(shares[no - 1] if no <= len(shares) else None, 0)


def _told(found: Row) -> list[tuple[float, bool]]:
    return list(zip(found["kept"], found.get("alike") or [True] * len(found["kept"]), strict=True))


def _half(draws: int) -> str:
    """Return how far a share of so many draws may be off by chance, in percent, rounded up."""
    return number(math.ceil(100.0 * _HALF_WIDTH / math.sqrt(draws)))
