"""The figures as the report's parts read them: one language, one edition, the typeface for the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import words
from app.report_format import DASH, Figures, as_day, by_risk, count, name_of
from app.report_words import say
from app.words import day

# What is measured, in the order of app.place_figures.THEMES.
THEMES = {
    "alleys": "theme.alleys",
    "routes": "theme.routes",
    "children": "theme.children",
    "flood": "theme.flood",
    "wildfire": "theme.wildfire",
}


@dataclass(frozen=True, slots=True)
class View:
    """Hold a figures dict with the language and edition in which it is to be told."""

    figures: Figures
    lang: str
    edition: str
    fonts: Path | None = None

    def say(self, key: str, **values: object) -> str:
        """Return a text of the report in this language."""
        return say(key, self.lang, **values)

    def name(self, row: Figures, *keys: str) -> str:
        """Return a row's name in this language."""
        return name_of(row, self.lang, *keys)

    def label(self, theme: str, code: str | None) -> str:
        """Return the name of a code; an unknown one is said to be unknown."""
        return self.say("unknown") if code is None else words.label(theme, code, self.lang)

    @property
    def open_counts(self) -> bool:
        """Say whether counts of 1 and 2 may be printed."""
        return self.edition == "internal"

    def count(self, value: int | None) -> str:
        """Return a count of events as this edition may know it."""
        return count(value, open_counts=self.open_counts)

    @property
    def run(self) -> Figures | None:
        """Return the coverage run at the end of the period, or None when there is none."""
        return self.figures.get("coverage")

    @property
    def before(self) -> Figures | None:
        """Return the coverage run at the start of the period, or None."""
        return self.figures.get("coverage_before")

    @property
    def alleys(self) -> Figures:
        """Return the shares by metre of alley; empty when nothing was computed."""
        return part(self.run, "alleys")

    @property
    def counts(self) -> Figures:
        """Return the counts of what is loaded."""
        return part(self.figures.get("status"), "counts")

    @property
    def gaps(self) -> Sequence[Figures]:
        """Return the gaps, riskiest first."""
        return by_risk(rows(self.run, "gaps"))

    @property
    def gap_count(self) -> int:
        """Return how many gaps there are, of which the riskiest may be all that is listed."""
        listed = rows(self.run, "gaps")
        return int(part(self.run, "gaps_total").get("n", len(listed)))

    @property
    def gaps_m(self) -> float:
        """Return the length of all gaps in metres."""
        return gaps_length_m(self.run or {})

    @property
    def agencies(self) -> list[dict[str, Any]]:
        """Return what each agency has and sees alone; a run calls the share of alleys `alone`."""
        found = rows(self.figures, "agencies") or rows(self.run, "agencies")
        return [{**row, "alleys_alone": row.get("alleys_alone", row.get("alone"))} for row in found]

    def dong_of(self, gap: Figures) -> str:
        """Return the name of the dong a gap lies in; gaps bear its code."""
        code = gap.get("dong")
        for row in rows(self.run, "by_dong"):
            if code is not None and row.get("code") == code:
                return self.name(row)
        return DASH if code is None else str(code)

    def zones_together(self, kind: str) -> float | None:
        """Return the share of all zones of a kind that is seen, by area; None while one of them is unknown."""
        found = [row for row in rows(self.run, "zones") if row["kind"] == kind]
        area_m2 = sum(row.get("area_m2") or 0.0 for row in found)
        if not area_m2 or any(row.get("share") is None for row in found):
            return None
        return float(sum(row["share"] * row["area_m2"] for row in found) / area_m2)

    @property
    def until(self) -> str:
        """Return the last day of the period in words."""
        return day(as_day(self.figures["period"]["until"]), self.lang)

    @property
    def since(self) -> str:
        """Return the first day of the period in words."""
        return day(as_day(self.figures["period"]["since"]), self.lang)


def part(whole: Figures | None, key: str) -> dict[str, Any]:
    """Return a dict inside a dict; empty when either is absent."""
    return dict((whole or {}).get(key) or {})


def rows(whole: Figures | None, key: str) -> list[dict[str, Any]]:
    """Return a list inside a dict; empty when either is absent."""
    return list((whole or {}).get(key) or [])


def gaps_length_m(run: Figures) -> float:
    """Return the length of all gaps of a run in metres, as it is told or as its gaps add up to."""
    listed = sum(gap["length_m"] for gap in rows(run, "gaps"))
    return float(part(run, "gaps_total").get("length_m", listed))
