"""Sentences on what a run of coverage rests on as to where cameras look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import label, number, percent, say, span

# The errors of a budget that are half widths of a share, from the outermost to the kernel's own.
ERRORS = ("aim", "lens", "height", "buildings", "rim")


def run_lines(run: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield what stands behind cameras of unknown heading, what people's findings brought, and what errors widen."""
    aims = run.get("aims") or {}
    if not aims.get("unknown") or aims.get("errors") is None:
        return
    told = ", ".join(f"{label('evidence', name, lang)} {number(n)}" for name, n in aims["rests_on"].items())
    even = aims["even"]
    known = {"unknown": number(aims["unknown"]), "sources": told or "–", "even": percent(even["share"])}
    yield say("gaps.aims", lang, **known, even_span=span(even["low"], even["high"]))
    if (aims.get("narrowed_by") or 0.0) > 0.0:
        yield say("gaps.narrowed", lang, part=percent(aims["narrowed_by"], 0))
    # Differences of shares: points, not parts of what is seen.
    half = {name: number(100.0 * aims["errors"][name], 2) for name in ("aim", "lens", "height")}
    yield say("gaps.errors", lang, **half)


def largest_first(errors: Mapping[str, float | None]) -> list[str]:
    """Return the names of the errors of a budget that are known, the largest first; equal ones as they are listed."""
    known = [name for name in ERRORS if errors.get(name) is not None]
    return sorted(known, key=lambda name: -(errors[name] or 0.0))
