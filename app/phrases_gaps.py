"""The answer of Gaps cut by dong and by light, and each purpose's part of it, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app import phrases
from app.words import day, distance, label, number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def day_name(at: str, lang: str) -> str:
    """Return a day as a stop on the slider: a year's end by its year, any other day in full."""
    return say("gaps.year_end", lang, year=at[:4]) if at.endswith("-12-31") else day(at, lang)


def dong_name(row: Row, lang: str) -> str:
    """Return a dong's name in the language asked for where it has one."""
    return str((lang == "en" and row.get("name_en")) or row["name_ko"])


def cut(run: Row, *, dong: str | None, night: bool) -> Row | None:
    """Return length_m, share, low, high, certain and possible of what was chosen; None where the run does not hold it."""
    whole = run["night"] if night else run
    if dong is not None:
        return next((row for row in whole.get("by_dong") or () if row["code"] == dong), None)
    if not night:
        alleys: Row = run["alleys"]
        return alleys
    rung = next((row for row in run["night"]["ladder"] if row["class"] == run["class"]), None)
    return rung and {**rung, "length_m": run["alleys"]["length_m"]}


def headline(run: Row, lang: str, *, dong: Row | None, night: bool) -> str:
    """Say what share of how many metres of alleys is seen in what was chosen, or why that cannot be told."""
    if run["alleys"]["share"] is None or (dong is None and not night):
        return phrases.gaps_headline(run, lang)
    if night and (code := run["night"].get("reason_code")):
        return say(f"reason.{code}", lang)
    found = cut(run, dong=dong["code"] if dong else None, night=night)
    if found is None:
        return say("gaps.no_night_here" if night else "gaps.no_dong", lang)
    told = {"share": percent(found["share"]), "length": distance(found["length_m"])}
    if dong is None:
        return say("gaps.headline_night", lang, **told)
    key = "gaps.headline_dong_night" if night else "gaps.headline_dong"
    return say(key, lang, dong=dong_name(dong, lang), **told)


def lines(run: Row, lang: str, *, dong: str | None, night: bool) -> Iterator[str]:
    """Yield the range of what was chosen, what night takes of it, and what stands behind every figure of the run."""
    if dong is None and not night:
        yield from phrases.gaps_lines(run, lang)
        return
    found, by_day = (cut(run, dong=dong, night=each) for each in (night, False))
    if found is not None and found["share"] is not None:
        bounds = {"certain": percent(found["certain"]), "possible": percent(found["possible"])}
        yield say("gaps.headline_range", lang, span=span(found["low"], found["high"]), **bounds)
        if night and by_day is not None:
            length = distance(only_by_day_m(by_day, found))
            yield say("gaps.only_by_day", lang, day_share=percent(by_day["share"]), length=length)
    yield phrases.method_line(run, lang)


def only_by_day_m(by_day: Row, at_night: Row | None) -> float | None:
    """Return the expected metres that are seen by day and not at night; None where either is unknown."""
    if at_night is None or None in (by_day["share"], at_night["share"]):
        return None
    return float((by_day["share"] - at_night["share"]) * by_day["length_m"])


def purpose_line(run: Row, purpose: str, lang: str) -> str | None:
    """Say what the cameras of one purpose see alone and what only they see; None where the run does not hold it."""
    rows = run.get("purposes")
    if rows is None:
        return say("gaps.no_purposes", lang)
    name = label("purpose", purpose, lang)
    row = next((each for each in rows if each["purpose"] == purpose), None)
    if row is None:
        return say("gaps.purpose_none", lang, purpose=name)
    if row["share"] is None:
        return None
    own = {"share": percent(row["share"]), "span": span(row["low"], row["high"])}
    only = {"only": percent(row["only"]["share"]), "only_span": span(row["only"]["low"], row["only"]["high"])}
    return say("gaps.purpose_line", lang, purpose=name, n=number(row["cameras"]), **own, **only)
