"""What is known of one camera, as sentences of Find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.phrases import owner, standing
from app.words import day, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def camera_title(card: Row, lang: str) -> str:
    """Return the number of a camera and where it stands."""
    return say("camera.title", lang, camera=card["camera_key"], stands=standing(card))


def camera_lines(card: Row, lang: str) -> Iterator[str]:
    """Yield what it is, where it looks, what it sees, since when, and who sees its pole."""
    yield say(
        "camera.what",
        lang,
        kind=label("kind", card["kind"], lang) if card["kind"] else say("camera.kind_unknown", lang),
        status=label("status", card["status"], lang),
        agency=owner(card, lang),
        purposes=", ".join(label("purpose", code, lang) for code in card["purposes"]),
    )
    yield _heading(card, lang)
    yield from _view(card, lang)
    others = [row["sight"] for row in card["watched_by"]]
    sees, may = others.count("certain"), others.count("possible")
    yield say("camera.watched", lang, sees=number(sees), may=number(may))
    if card["hangs_since"]:
        yield say("camera.since", lang, day=day(card["hangs_since"], lang))
    if card["stale"]:
        yield say("find.stale", lang, stale=number(card["stale"]))


def _heading(card: Row, lang: str) -> str:
    if card["kind"] == "fisheye":
        return say("camera.all_round", lang)
    if card["heading_deg"] is not None:
        return say("camera.heading", lang, towards=towards(card["heading_deg"], lang))
    likely = card["likely"]
    if likely is None:
        return say("camera.heading_unknown", lang)
    told = {"towards": towards(likely["heading_deg"], lang), "half": number(likely["width_deg"] / 2.0)}
    even = percent(likely["width_deg"] / 360.0, 0)
    return say("camera.heading_likely", lang, p=percent(likely["p"], 0), even=even, **told)


def _view(card: Row, lang: str) -> Iterator[str]:
    name = label("class", card["density_class"], lang)
    certain, possible = card["view"]["certain_m2"], card["view"]["possible_m2"]
    if certain:
        yield say("camera.view_certain", lang, name=name, area=number(certain))
    if possible:
        yield say("camera.view_possible", lang, name=name, area=number(possible))
    if certain is not None and not certain and not possible:
        yield say("camera.view_none", lang, name=name)
