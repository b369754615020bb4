"""What a load notes of a file, as lines on paper: each note under its name, those of records in sentences of their own."""

from __future__ import annotations

from collections.abc import Mapping

from app import words


def by_address(repaired: Mapping[str, int], reasons: Mapping[str, int], lang: str) -> str:
    """Return how many of the rows without coordinates were placed by address, '' where none was.

    Of the others some were taken without a place, and some were refused for the lack of it: all were asked about.
    """
    exact, near = repaired.get("ADDRESS_EXACT", 0), repaired.get("ADDRESS_NEAR", 0)
    if not exact + near:
        return ""
    asked = exact + near + repaired.get("UNPLACED", 0) + reasons.get("BLANK_COORD", 0)
    told = {"n": asked, "matched": exact + near, "exact": exact, "near": near}
    counts = {name: words.number(n) for name, n in told.items()}
    return words.say("line.by_address", lang, share=words.percent((exact + near) / asked), **counts)


# Notes whose number names something: it has no thousands.
_CODES = ("assumed_crs",)


def note(name: str, told: object, lang: str) -> str:
    """Return a note as a line: the sentence that its name has, else the name and what it holds."""
    if sentence := _of_records(name, told, lang):
        return sentence
    if isinstance(told, Mapping):
        told = ", ".join(f"{what.replace('_', ' ')} {_counted(value)}" for what, value in told.items())
    elif isinstance(told, (list, tuple)):
        told = ", ".join(map(str, told))
    known = f"note.{name}" in words.TABLE
    if not known:
        return f"{name.replace('_', ' ')}: {told}"
    return words.say(f"note.{name}", lang, note=told if name in _CODES else _counted(told))


def _counted(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _of_records(name: str, told: object, lang: str) -> str:
    if not isinstance(told, Mapping):
        return ""
    if name == "crimes":
        return words.say("line.crimes", lang, **{what: words.number(n) for what, n in told.items()})
    if name != "coordinate_pairs":
        return ""
    if not told["apart"]:
        return words.say("line.pairs_agree", lang, both=words.number(told["both"]))
    return words.say(
        "line.pairs_apart",
        lang,
        both=words.number(told["both"]),
        apart=words.number(told["apart"]),
        share=words.percent(told["apart"] / told["both"]),
        median=words.distance(told["median_m"]),
        largest=words.distance(told["largest_m"]),
    )
