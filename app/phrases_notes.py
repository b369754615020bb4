"""What a load found out about the coordinates of a file, or about the boundary, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import distance, number, say

Notes = Mapping[str, Any]

# The notes that are told here and nowhere else.
TOLD = ("crs_looks_like", "boundary_looks_shifted")


def lines(notes: Notes | None, lang: str) -> Iterator[str]:
    """Yield what the notes of a load tell of coordinates; nothing when they tell nothing."""
    found = (notes or {}).get("crs_looks_like")
    if found:
        yield from _systems(found, lang)
    shifted = (notes or {}).get("boundary_looks_shifted")
    if shifted:
        yield _shift(shifted, lang)


def _systems(found: Notes, lang: str) -> Iterator[str]:
    systems = found["systems"]
    for system in systems:
        named = say("crs.or", lang).join(_system(code, lang) for code in (system["epsg"], *system["or"]))
        yield say("crs.looks_like", lang, n=number(system["rows"]), named=named)
        if system["turned"]:
            yield say("crs.turned", lang, n=number(system["turned"]))
    if len(systems) > 1 or found["as_read"]:
        yield say("crs.mixed", lang, n=number(found["as_read"]))
    else:
        yield say("crs.again", lang, code=systems[0]["epsg"])


def _system(code: int, lang: str) -> str:
    return say("crs.named", lang, code=code, name=say(f"crs.{code}", lang))


def _shift(found: Notes, lang: str) -> str:
    return say(
        "crs.boundary",
        lang,
        shift=distance(found["shift_m"]),
        was=_system(found["epsg"], lang),
        taken=_system(found["taken_for"], lang),
        n=number(found["places"]),
        against=number(found["against"]),
    )
