"""What one site of a plan adds, in words: calls that no camera saw, metres of which street, and in whose zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, hypot, radians
from typing import Any

from app import phrases_plan
from app.report_format import count
from app.words import distance, label, number, say, towards

Row = Mapping[str, Any]

# Less than half a metre is no metre.
_LEAST_M = 0.5
# A street has lamps where they serve four fifths of what is newly seen.
_DARK_PART = 0.2
_METRES_PER_DEGREE = 111_195.0
# What stands in brackets has commas of its own.
_JOINT = {"ko": ", ", "en": "; "}


def why(row: Row, lang: str, *, whole: bool = True) -> str:
    """Say what a site adds, and of a camera that stands already what is done with it.

    row    of `chosen`; what it does not tell, because a layer was not loaded for instance, is not spoken of
    whole  False: as the committee may have it, without counts of one or two calls and today's aim of a camera
    A plan of before these facts were kept says why its sites were chosen as it did then.
    """
    told = row["reason"]
    if "calls_unseen" not in told:
        return phrases_plan.reason(told, lang)
    act = row.get("act") or "new"
    if act == "remove":
        return _taken_down(told, lang)
    adds = list(_adds(row, lang, whole=whole))
    parts = [_changed(row, lang, whole=whole)] if act in ("turn", "move") else []
    parts.append(
        say("site.adds", lang, named=_JOINT[lang].join(adds)) if adds else say("site.nothing_new", lang)
    )
    if (again_m := told.get("again_m") or 0.0) >= _LEAST_M:
        parts.append(say("site.again", lang, metres=distance(again_m)))
    if adds and told.get("risk"):
        parts.append(label("site_risk", told["risk"], lang))
    return " ".join(parts)


def _adds(row: Row, lang: str, *, whole: bool) -> Iterator[str]:
    told = row["reason"]
    if calls := _calls(told, lang, open_counts=whole):
        yield calls
    if told["metres"] >= _LEAST_M:
        yield say("site.street", lang, street=_street(told, lang), metres=distance(told["metres"]))
    if (other_m := row["metres"] - told["metres"]) >= _LEAST_M:
        yield say("site.other", lang, metres=distance(other_m))
    if (told.get("child_zone_m") or 0.0) >= _LEAST_M:
        yield say("site.child_zone", lang, metres=distance(told["child_zone_m"]))
    if (told.get("safe_route_m") or 0.0) >= _LEAST_M:
        yield say("site.safe_route", lang, metres=distance(told["safe_route_m"]))
    for zone in told.get("zones") or []:
        yield from _zone(zone, lang)


def _zone(zone: Row, lang: str) -> Iterator[str]:
    name = (zone.get("name_en") if lang == "en" else None) or zone["name_ko"]
    named = name or label("zone_kind", zone["kind"], lang)
    metres, ground_m2 = zone["metres"], zone.get("m2") or 0.0
    told = {"zone": named, "metres": distance(metres), "area": f"{number(ground_m2)} m²"}
    if metres >= _LEAST_M:
        yield say("site.zone_both" if ground_m2 >= _LEAST_M else "site.zone", lang, **told)
    elif ground_m2 >= _LEAST_M:
        yield say("site.zone_ground", lang, **told)


def _calls(told: Row, lang: str, *, open_counts: bool) -> str:
    """Say which calls come into sight that no camera saw, and those of which that is not known; "" of none."""

    def counted(key: str, n: int, **more: str) -> str:
        # "<3" is no one call.
        one = f"{key}_one" if n == 1 and open_counts else key
        return say(one, lang, n=count(n, open_counts=open_counts), **more)

    unseen, perhaps = told["calls_unseen"] or 0, told.get("calls_perhaps") or 0
    if unseen:
        more = say("site.calls_more", lang, n=count(perhaps, open_counts=open_counts)) if perhaps else ""
        return counted("site.calls", unseen, more=more)
    return counted("site.calls_perhaps", perhaps) if perhaps else ""


def _street(told: Row, lang: str) -> str:
    alley = told["alley"] or say("site.unnamed", lang)
    wide = "" if told["width_m"] is None else say("site.wide", lang, width=number(told["width_m"], 1))
    light = "" if told.get("light") is None else _light(told, lang)
    facts = ", ".join(filter(None, (wide, light)))
    return say("site.described", lang, alley=alley, facts=facts) if facts else alley


def _light(told: Row, lang: str) -> str:
    """Say whether lamps stand there; where they stand by a part of it, how much of it has none."""
    dark_m = told.get("dark_m")
    if told["light"] in ("no_lamps", "lamps") and dark_m is not None:
        # A dark corner of a street with lamps is no news; a lit one of a street without is.
        least_m = _LEAST_M if told["light"] == "no_lamps" else max(_LEAST_M, _DARK_PART * told["metres"])
        if least_m <= dark_m <= told["metres"] - _LEAST_M:
            return say("site.light_part", lang, metres=distance(dark_m))
    return label("site_light", told["light"], lang)


def _changed(row: Row, lang: str, *, whole: bool) -> str:
    """Say what is done with a camera that stands, what it loses and gains."""
    gained, lost_m = distance(row["metres"]), row["reason"].get("lost_m")
    change = (
        say("site.gains", lang, gained=gained)
        if lost_m is None
        else say("site.loses_gains", lang, gained=gained, lost=distance(lost_m))
    )
    was = row.get("was") or {}
    if row["act"] == "move":
        return say("site.moved", lang, metres=distance(_apart_m(was, row)), change=change)
    now = towards(row["heading_deg"], lang)
    if was.get("heading_deg") is None or not whole:
        return say("site.turned_to", lang, now=now, change=change)
    return say("site.turned", lang, was=towards(was["heading_deg"], lang), now=now, change=change)


def _taken_down(told: Row, lang: str) -> str:
    lost_m = told.get("lost_m")
    if lost_m is None:
        return say("site.down", lang)
    if lost_m < _LEAST_M:
        return say("site.down_seen", lang)
    return say("site.down_lost", lang, lost=distance(lost_m))


def _apart_m(one: Row, other: Row) -> float | None:
    """Return how far two places lie apart, within a few per thousand at the scale of a district."""
    if one.get("lat") is None:
        return None
    north = (one["lat"] - other["lat"]) * _METRES_PER_DEGREE
    east = (one["lon"] - other["lon"]) * _METRES_PER_DEGREE * cos(radians(other["lat"]))
    return hypot(north, east)
