"""What was understood by the name of a place, as sentences: the place and how sure, which of several, or why none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import distance, label, number, say

Row = Mapping[str, Any]

# Nearer than this a place by its digits is as good as a click.
_FINE_M = 20.0
_STREET = {
    "street_middle": "where.street_middle",
    "street_start": "where.street_start",
    "street_end": "where.street_end",
}
_ORDER = {"east_first": "where.east_first", "north_first": "where.north_first"}
_MOST_NAMED = 6


def place_line(found: Row, typed: str, lang: str) -> str:
    """Say which place was taken, and whatever keeps it from being the very one that was typed."""
    notes = ", ".join(_notes(found, typed, lang))
    return (
        say("where.one_noted", lang, label=_called(found, lang), notes=notes)
        if notes
        else _called(found, lang)
    )


def choices(answer: Row, typed: str, lang: str) -> list[str]:
    """Return the places of an answer as lines to pick from, in their order."""
    return [place_line(found, typed, lang) for found in answer["found"]]


def several_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield that several places fit, and how many are not listed."""
    yield say("where.several", lang, n=number(len(answer["found"])))
    if more := answer["said"]["more"]:
        yield say("where.more", lang, n=number(more))


def none_lines(answer: Row, typed: str, lang: str) -> Iterator[str]:
    """Yield that nothing fits, what was looked for, and what is known that is spelt or numbered nearly so."""
    said = answer["said"]
    looked_for = ", ".join(label("place_kind", kind, lang) for kind in said["looked_for"])
    yield say("where.none", lang, typed=typed, looked_for=looked_for)
    if said["other_gu"]:
        yield say("where.other_gu", lang, gu=said["other_gu"])
    near = ", ".join(said["near"])
    if said["no_number"]:
        yield say("where.no_number", lang, name=said["no_number"])
        if near:
            yield say("where.near_numbers", lang, names=near)
    elif near:
        yield say("where.near", lang, names=near)


def _called(found: Row, lang: str) -> str:
    kind = label("place_kind", found["kind"], lang)
    if found["kind"] == "bell" and found["key"]:
        kind = label("place_help", found["how"], lang)
    return f"{kind} {found[f'label_{lang}']}"


def _notes(found: Row, typed: str, lang: str) -> Iterator[str]:
    how, accuracy_m = found["how"], found["accuracy_m"]
    if found["read_as"]:
        yield say("where.read_as", lang, typed=typed, name=found["read_as"])
    if how == "beside":
        key = "where.beside" if accuracy_m is not None else "where.beside_unsure"
        values = {} if accuracy_m is None else {"accuracy": distance(accuracy_m)}
        yield say(key, lang, number=found["number"], **values)
    elif how in _STREET:
        yield say(_STREET[how], lang, length=distance(found["length_m"]))
    elif how == "middle" and accuracy_m is not None:
        yield say("where.middle", lang, accuracy=distance(accuracy_m))
    elif how == "cell" and accuracy_m is not None:
        yield say("where.cell", lang, accuracy=distance(accuracy_m))
    elif found["kind"] == "coordinates":
        yield from _of_coordinates(found, lang)
    elif accuracy_m is not None and accuracy_m >= _FINE_M:
        yield say("where.spread", lang, accuracy=distance(accuracy_m))
    if found["kind"] == "bell" and found["key"]:
        yield _pole(found, lang)


def _of_coordinates(found: Row, lang: str) -> Iterator[str]:
    crs = say("crs.named", lang, code=found["crs"], name=label("crs", str(found["crs"]), lang))
    if found["how"] in _ORDER:
        yield say(_ORDER[found["how"]], lang, crs=crs)
    if found["accuracy_m"] >= _FINE_M:
        yield say("where.coarse", lang, accuracy=distance(found["accuracy_m"]))


def _pole(found: Row, lang: str) -> str:
    cameras = found["cameras"]
    if not cameras:
        return say("where.no_pole", lang)
    named = ", ".join(cameras[:_MOST_NAMED]) + ("…" if len(cameras) > _MOST_NAMED else "")
    return say("where.on_pole", lang, cameras=named)
