"""Sentences of Find: why the nearest does not see, what the old rule gets wrong, which cameras may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import distance, label, number, say

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def why(row: Row, lang: str) -> str | None:
    """Return what keeps a camera from seeing, with its density where that is too thin; None of one that may see."""
    code = row["why"]
    if code is None:
        return None
    told = label("why", code, lang)
    dense = row["turned_px_per_m"]
    if code not in ("too_far", "class_nowhere") or dense is None:
        return told
    return say("find.why_density", lang, why=told, density=number(dense))


def sight(row: Row, lang: str) -> str:
    """Return how a camera sees the place, and what keeps it from it."""
    told = label("sight", "must_turn" if row["must_turn"] else row["sight"], lang)
    reason = why(row, lang)
    return told if reason is None else say("find.sight_why", lang, sight=told, why=reason)


def nearest_not(answer: Row, lang: str) -> str | None:
    """Say that the nearest camera does not see the place, and why; None where it does, or another head of its pole."""
    key = "find.nearest_not" if answer["seen_by"] or answer["may_be_seen_by"] else "find.none_nearest_why"
    if not answer["cameras"]:
        return None
    nearest = min(row["distance_m"] for row in answer["cameras"])
    there = [row for row in answer["cameras"] if row["distance_m"] == nearest]
    reasons = [why(row, lang) for row in there if row["sight"] == "none"]
    if len(reasons) < len(there) or reasons[0] is None:
        return None
    return say(key, lang, distance=distance(nearest), why=reasons[0])


def old_rule_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what the old rule names and what it misses; nothing where it was not asked about."""
    rule = answer["old_rule"]
    if rule is None:
        return
    told = {"radius": distance(rule["radius_m"]), "k": number(rule["k"])}
    if rule["camera_ids"]:
        named = number(len(rule["camera_ids"]))
        counts = {"sees": number(rule["seen_by"]), "may": number(rule["may_be_seen_by"])}
        yield say("find.old_rule", lang, named=named, **counts, **told)
    else:
        yield say("find.old_none", lang, **told)
    if rule["misses"] or rule["misses_may"]:
        yield say("find.old_misses", lang, misses=number(rule["misses"]), may=number(rule["misses_may"]))


def use_line(answer: Row, lang: str) -> str | None:
    """Say how many of the listed cameras were installed for such a call; None while no class was named."""
    told = [row["use"]["allowed"] for row in answer["cameras"] if row["use"]["allowed"] is not None]
    if not told:
        return None
    line = say("find.use_line", lang, n=number(len(told)), may=number(sum(told)))
    if all(told):
        return line
    korean = any(row["use"]["ground"] for row in answer["cameras"])
    return f"{line} {say('find.use_ground' if korean else 'find.use_recorded', lang)}"


def may_be_used(row: Row, lang: str) -> str:
    """Return whether a camera may be used for the call; a dash while no class was named."""
    allowed = row["use"]["allowed"]
    return "–" if allowed is None else say("find.may_use" if allowed else "find.may_not_use", lang)
