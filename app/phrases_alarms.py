"""Alarms as sentences: a source that is late, a list that shrank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.words import day, label, number, percent, say

Row = Mapping[str, Any]

# So many agencies are named; the whole list is in the JSON.
_NAMED = 5


def sentence(alarm: Row, lang: str) -> str:
    """Say what an alarm is about."""
    source = label("source", alarm["source"], lang)
    if alarm["code"] == "late":
        told = {"due": day(alarm["due_on"], lang), "day": day(alarm["day"], lang)}
        return say("alarm.late", lang, source=source, over=number(alarm["days_over"]), **told)
    if alarm["code"] == "held":
        told = {"file": alarm["file"] or "–", "load": number(alarm["batch_id"])}
        return say("alarm.held", lang, source=source, **told)
    loads = {"load": number(alarm["batch_id"]), "before_load": number(alarm["before_batch_id"])}
    if alarm["code"] == "fewer_rows":
        told = {"n": number(alarm["n"]), "before": number(alarm["before"]), "lost": percent(alarm["lost"])}
        return say("alarm.fewer_rows", lang, source=source, **told, **loads)
    gone = alarm["agencies"]
    named = ", ".join(f"{row['agency']} ({number(row['n'])})" for row in gone[:_NAMED])
    return say("alarm.agencies_gone", lang, source=source, n=number(len(gone)), named=named, **loads)


def shrunk(alarms: Sequence[Row], lang: str) -> Iterator[str]:
    """Yield the sentences of lists that shrank: what no table of ages tells."""
    for alarm in alarms:
        if alarm["code"] != "late":
            yield sentence(alarm, lang)


def in_short(alarms: Sequence[Row], lang: str) -> Iterator[str]:
    """Yield one sentence for all sources that are late, then one for each list that shrank."""
    late = [label("source", alarm["source"], lang) for alarm in alarms if alarm["code"] == "late"]
    if late:
        more = say("alarm.more", lang, n=number(len(late) - 3)) if len(late) > 3 else ""
        yield say("alarm.late_some", lang, n=number(len(late)), named=", ".join(late[:3]) + more)
    yield from shrunk(alarms, lang)
