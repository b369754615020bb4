"""Why no plan keeps all limits, in words: the limits by name, then what could be reached and what would be needed."""

from __future__ import annotations

import math
from collections.abc import Iterator

from app.words import label, number, say
from spatial.errors import Contradiction

# A bound that HiGHS proves errs by less than this part: 499.9999 of 500 is 500, 412.9 is not 413.
_EXACT = 1e-6


def limits(error: Contradiction, lang: str) -> list[str]:
    """Return the limits that cannot be kept together, named for people."""
    return [named(name, lang) for name in error.names]


def named(name: str, lang: str) -> str:
    """Return a limit's name for people: `dong` or `zone` and what it is called, or a word alone."""
    kind, _, own = name.partition(" ")
    return say(_KINDS[kind], lang, name=own) if own and kind in _KINDS else label("limit", name, lang)


_KINDS = {"dong": "limit.dong", "zone": "limit.zone", "pole": "limit.pole", "camera": "limit.camera"}


def lines(error: Contradiction, lang: str) -> Iterator[str]:
    """Yield what of each share could be seen at most (shares are in metres), and what the others would need at least.

    What could be seen is rounded down and what is asked up; what is needed is rounded up to a whole camera, and down
    to a whole won, of which the bound is sure.
    """
    how = "contradiction.alone" if len(error.names) == 1 else "contradiction.together"
    for name, (most, asked) in error.most.items():
        # Streets are metres, the ground of zones square metres.
        unit = "m²" if name.startswith("zone ") else "m"
        told = {
            "unit": unit,
            "most": number(math.floor(most * (1.0 + _EXACT))),
            "asked": number(math.ceil(asked)),
        }
        yield say(how, lang, name=named(name, lang), **told)
    if (needed := error.least.get("p")) is not None:
        yield say("contradiction.p", lang, n=number(math.ceil(needed * (1.0 - _EXACT))))
    if (needed := error.least.get("budget")) is not None:
        yield say("contradiction.budget", lang, won=number(math.floor(needed)))


def detail(error: Contradiction, lang: str) -> str:
    """Return limits and figures on one line, as the sentence of the error takes them in."""
    named = ", ".join(limits(error, lang))
    return "; ".join([named, *lines(error, lang)])
