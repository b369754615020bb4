"""The answer of Start as sentences: the dividend, the day that it is compared with, the age of what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import day, density, distance, number, percent, say, span
from spatial.optics import px_per_m

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_DAYS_A_MONTH, _DAYS_A_YEAR = 30.4375, 365.25


def headline(found: Row, lang: str) -> str:
    """Say what the agencies see together and the largest alone, or why that cannot be said."""
    now = found["now"]
    if now["share"] is None:
        return say(f"reason.{now['reason_code']}", lang)
    alone = [row["now"]["share"] for row in found["agencies"] if row["now"]]
    told = {"share": percent(now["share"]), "length": distance(now["length_m"])}
    if len(alone) < 2:
        return say("start.one_agency", lang, **told)
    return say("start.together", lang, alone=percent(max(alone)), **told)


def lines(found: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind the headline: both days with their networks, and what neither tells."""
    now, before = found["now"], found["before"]
    if now["share"] is None:
        return
    bounds = {"certain": percent(now["certain"]), "possible": percent(now["possible"])}
    shown = {"day": day(now["at"], lang), "cameras": number(now["cameras"])}
    yield say("start.now", lang, span=span(now["low"], now["high"]), **bounds, **shown)
    if before is not None:
        key = "start.before_all" if before["joined"] == before["of"] else "start.before_most"
        counted = {name: number(before[name]) for name in ("cameras", "joined", "of")}
        yield say(key, lang, day=day(before["at"], lang), **_blanks(key, counted))
    elif found["before_day"]:
        yield say("start.before_not_computed", lang, day=day(found["before_day"], lang))
    else:
        yield say("start.no_before", lang)
    yield say("start.ground_of_now", lang, density=density(px_per_m(found["class"])))


def _blanks(key: str, counted: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in counted.items() if name != "joined" or key.endswith("most")}


def headings(state: Row, lang: str) -> str | None:
    """Say what the cameras of unsurveyed heading count by; None where there are none."""
    known = state["headings"]
    rest = state["cameras"] - known["known"]
    if not rest:
        return None
    if known["streets"] is None:
        return say("start.headings_open", lang, n=number(rest))
    told = {name: number(known[name]) for name in ("streets", "unknown")}
    return say("start.headings", lang, n=number(rest), **told)


def age(days: int | None, lang: str) -> str:
    """Return an age as whole years, months or days, whatever is the largest unit with two of it; a dash when unknown."""
    if days is None:
        return "–"
    years, months = int(days / _DAYS_A_YEAR), int(days / _DAYS_A_MONTH)
    if years >= 2:
        return say("age.years", lang, n=number(years))
    if months >= 2:
        return say("age.months", lang, n=number(months))
    return say("age.day" if days == 1 else "age.days", lang, n=number(days))


def sources_line(sources: list[Row], lang: str) -> str:
    """Say how many sources there are and how many of them are old."""
    stale = sum(row["stale"] for row in sources)
    if not sources:
        return say("start.sources_none", lang)
    if not stale:
        return say("start.sources_fresh", lang, n=number(len(sources)))
    return say("start.sources_stale", lang, n=number(len(sources)), stale=number(stale))
