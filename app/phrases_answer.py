"""Sentences of an answer of Find in its order: what each camera does for the place, the ways to it, the light, the groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app import phrases_find
from app.services.standing_in import LEAST_SHARE
from app.words import day, distance, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def listed(answer: Row, *, opened: bool) -> list[Row]:
    """Return the cameras that are named, in their order: those of the second group only where it is opened."""
    return [row for row in answer["cameras"] if opened or row["group"] == 1]


def does(row: Row, answer: Row, lang: str) -> str:
    """Return what a camera does for the place, in a few words; never "sees" of one that does not."""
    role, dark = row["role"], answer["light"]["by"] == "night"
    if role == "sees":
        unsure = {True: "answer.sees", False: "answer.sees_dark", None: "answer.sees_unlit"}
        return say(unsure[row["seen_now"]] if dark else "answer.sees", lang)
    if role == "turns":
        return _in_this_light(say("answer.turns", lang, towards=towards(row["turn_to_deg"], lang)), row, lang)
    if role == "may":
        chance = row["p_sees"]
        told = "answer.may" if chance is None else "answer.may_chance"
        return _in_this_light(say(told, lang, chance=percent(chance, 0)), row, lang)
    if role in ("down", "approach"):
        return say({"down": "answer.down", "approach": "answer.approach"}[role], lang)
    key = "answer.near" if row["status"] == "working" else "answer.near_down"
    return say(key, lang, why=phrases_find.why(row, lang) or label("why", "not_told", lang))


def notes(row: Row, answer: Row, lang: str) -> list[str]:
    """Return what an operator needs beside: how to turn it, since when it is out of order and who stands in, its way."""
    told: list[str] = []
    if row["role"] == "turns":
        told += [*_tilt(row["tilt"], lang), preset(row["preset"], lang)]
    if row["status"] != "working" and row["down_since"]:
        told.append(say("answer.down_since", lang, since=day(row["down_since"], lang)))
    if row["role"] == "down":
        told.append(_instead(row["replaced_by"], lang))
    if row["replaces"]:
        keys = {each["camera_id"]: each["camera_key"] for each in answer["cameras"]}
        told.append(say("answer.replaces", lang, cameras=", ".join(keys[each] for each in row["replaces"])))
    if row["role"] == "approach" and (why := phrases_find.why(row, lang)):
        told.append(say("answer.near", lang, why=why))
    if row["approach"] and row["role"] != "sees" and row["status"] == "working":
        told.append(say("answer.sees_way", lang, way=way(row["approach"], lang)))
    return told


def preset(found: Row | None, lang: str) -> str:
    """Return which preset lies next in heading, and how far off; that there is none."""
    if found is None:
        return say("answer.no_preset", lang)
    off, no = number(found["off_deg"]), number(found["preset_no"])
    return say("answer.preset", lang, no=no) if off == "0" else say("answer.preset_off", lang, no=no, off=off)


def way(approach: Row, lang: str) -> str:
    """Return which junction or end of a street is meant: how far along which street."""
    along, street = distance(approach["along_m"]), approach["street"]
    if street:
        named = "answer.end_of" if approach["dead_end"] else "answer.junction_of"
        return say(named, lang, along=along, street=street)
    return say("answer.end" if approach["dead_end"] else "answer.junction", lang, along=along)


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind the order: the ways to the place, the light, a class of incident without a purpose."""
    if (call := answer["incident_class"]) and answer["call_has_purpose"] is False:
        yield say("answer.no_purpose", lang, call=label("call", call, lang))
    ways = answer["approaches"]
    seen = sum(each["seen_by"] > 0 for each in ways)
    if ways:
        yield say("answer.ways", lang, n=number(len(ways)), seen=number(seen))
    light = answer["light"]
    if light["asked"]:
        yield say("answer.night_asked" if light["by"] == "night" else "answer.day_asked", lang)
    elif light["by"] == "night":
        yield say("answer.night", lang, sun=number(light["sun_deg"]))


def second_group(answer: Row, lang: str, *, opened: bool) -> str | None:
    """Say how many cameras wait for a recorded emergency ground, or that they are opened; None without any."""
    rows = [row for row in answer["cameras"] if row["group"] == 2]
    if not rows:
        return None
    if opened:
        return say("answer.opened", lang, n=number(len(rows)))
    counts = {"sees": _count(rows, "sees"), "may": _count(rows, "may", "turns")}
    return say("answer.closed", lang, n=number(len(rows)), **counts)


def by_night(row: Row, lang: str) -> str:
    """Return the class that a camera's picture of the place has by night; an empty text for one without sight."""
    if row["sight"] == "none":
        return ""
    if row["by_night"] is None:
        return say("answer.night_unknown", lang)
    if row["class_by_night"] is None:
        return say("answer.no_night", lang)
    return say("answer.by_night", lang, name=label("class", row["class_by_night"], lang))


def _in_this_light(told: str, row: Row, lang: str) -> str:
    if row["seen_now"]:
        return told
    return f"{told}; {say('answer.dark_unknown' if row['seen_now'] is None else 'answer.in_the_dark', lang)}"


def _tilt(tilt: Row | None, lang: str) -> Iterator[str]:
    if tilt is None:
        return
    deg = number(abs(tilt["deg"]))
    sure = tilt["height_known"] and tilt["ground_known"]
    if deg == "0":
        yield say("answer.level" if sure else "answer.level_assumed", lang)
    elif tilt["deg"] < 0:
        yield say("answer.tilt_up" if sure else "answer.tilt_up_assumed", lang, deg=deg)
    else:
        yield say("answer.tilt_down" if sure else "answer.tilt_down_assumed", lang, deg=deg)


def _instead(found: Row | None, lang: str) -> str:
    if found is None:
        return say("answer.no_instead", lang, least=percent(LEAST_SHARE, 0))
    key = "answer.instead" if found["sight"] == "certain" else "answer.instead_may"
    return say(key, lang, camera=found["camera_key"], share=percent(found["overlap_share"], 0))


def _count(rows: Sequence[Row], *roles: str) -> str:
    return number(sum(row["role"] in roles for row in rows))
