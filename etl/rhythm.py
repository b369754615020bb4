"""How often each source is to be loaded anew, and how much a list may lose until a person is told: read from a district's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is expected of a source.

    every_days  from the day that a file describes to the day that the next one is due; None: it does not age by itself
    may_lose    share of the rows of the last list, 0..1, that the next may have fewer; None: its files are no whole lists
    """

    every_days: int | None
    may_lose: float | None = 0.05

    def __post_init__(self) -> None:
        if self.every_days is not None and not 1 <= self.every_days <= 36_500:
            raise ValueError(f"every_days must be from 1 to 36500, or 0 for never, not {self.every_days}")
        if self.may_lose is not None and not 0 <= self.may_lose < 1:
            raise ValueError(f"may_lose must be a share from 0 to below 1, not {self.may_lose}")


# Judgements (registries change by the half-year that the committee meets in, calls by the month, outages by the week), no
# rule of law. Files of months and of deeds hold what is new: fewer rows than last time are no loss.
RHYTHMS: Mapping[str, Rhythm] = {
    "boundaries": Rhythm(365),
    "cameras": Rhythm(183),
    "survey": Rhythm(365, may_lose=None),
    "status": Rhythm(7, may_lose=None),
    "city": Rhythm(365),
    "juso": Rhythm(183),
    "dem": Rhythm(None),
    "zones": Rhythm(365),
    "speakers": Rhythm(365),
    "lamps": Rhythm(183),
    "bells": Rhythm(365),
    "incidents": Rhythm(31, may_lose=None),
    "police": Rhythm(31, may_lose=None),
    "layer": Rhythm(365),
}


def read_rhythms(content: Mapping[str, Any]) -> Mapping[str, Rhythm]:  # Any: what a TOML file may hold
    """Return the rhythms of all sources, those that a district's table `sources` names over ours.

    A layer may have its own: `[sources."layer child_zones"]`. `every_days = 0`: it does not age.
    Raises ValueError for a source or a key that is none, and for a value out of its range.
    """
    rhythms = dict(RHYTHMS)
    for source, said in content.items():
        if source.partition(" ")[0] not in RHYTHMS:
            raise ValueError(f"sources: no source is called {source!r}; there are {', '.join(RHYTHMS)}")
        if unknown := sorted(set(said) - {each.name for each in fields(Rhythm)}):
            raise ValueError(f"sources.{source} does not know {', '.join(unknown)}")
        told = dict(said)
        if told.get("every_days") == 0:
            told["every_days"] = None
        rhythms[source] = replace(rhythm_of(rhythms, source), **told)
    return rhythms


def rhythm_of(rhythms: Mapping[str, Rhythm], source: str) -> Rhythm:
    """Return what is expected of a source; of a layer without a rhythm of its own, what is expected of layers."""
    return rhythms.get(source) or rhythms[source.partition(" ")[0]]
