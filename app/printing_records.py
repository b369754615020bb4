"""What a load of records about persons tells on paper, beside what every load tells."""

from __future__ import annotations

from collections.abc import Mapping

from app import words


def by_address(repaired: Mapping[str, int], lang: str) -> str:
    """Return how many of the rows without coordinates were placed by address, '' where none was."""
    exact, near = repaired.get("ADDRESS_EXACT", 0), repaired.get("ADDRESS_NEAR", 0)
    if not exact + near:
        return ""
    asked = exact + near + repaired.get("UNPLACED", 0)
    told = {"n": asked, "matched": exact + near, "exact": exact, "near": near}
    counts = {name: words.number(n) for name, n in told.items()}
    return words.say("line.by_address", lang, share=words.percent((exact + near) / asked), **counts)


def note(name: str, told: object, lang: str) -> str:
    """Return the sentence of a note that only records have, '' for any other."""
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
