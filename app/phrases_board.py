"""What stands of an open incident on paper and in a terminal; the page's board says the same in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.words import TABLE, label, number, say

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def urgency(row: Row, lang: str) -> str:
    """Return how urgent an incident is, in the words of 112."""
    code = row["urgency"]
    return say("urgency.unknown", lang) if code is None else label("urgency", str(code), lang)


def what(row: Row, lang: str) -> str:
    """Return an incident's class by its name, else as the source names it."""
    code = row["class_code"]
    if code and f"call.{code}" in TABLE:
        return label("call", code, lang)
    return row["class_name"] or code or say("board.no_class", lang)


def where(row: Row, lang: str) -> str:
    """Return where an incident is: an address or a street and the bell, or why it is not told."""
    bell = say("board.bell", lang, bell=row["bell_key"]) if row["bell_key"] else None
    if row["lat"] is None:
        return bell or say("board.no_place", lang)
    if row["place_m"] is not None:
        return say("board.coarse", lang, m=number(row["place_m"]))
    named = row["address"] or row["street"] or (None if bell else say("board.unnamed", lang))
    return ", ".join(filter(None, [named, bell]))


def cameras(answer: Row | None, lang: str) -> str:
    """Return how many cameras see the place, or may, of those that may be used; a dash where nothing was asked."""
    if answer is None:
        return "–"
    code = answer["headline_code"]
    other = answer["other_purpose"]
    key = "board.seen_may" if code == "seen" and answer["may_be_seen_by"] else f"board.{code}"
    if code == "none" and other:
        key = "board.none_usable"
    told = say(key, lang, n=number(answer["seen_by"]), may=number(answer["may_be_seen_by"]))
    return f"{told}, {say('board.other', lang, n=number(other))}" if other else told
