"""How good a plan provably is, in words: what is reached is rounded down, a bound and a gap up, and never away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from app.words import number, say

Row = Mapping[str, Any]


def at_least(share: float | None, digits: int = 2) -> str:
    """Return a share 0..1 that is reached, rounded down: "64.99 %"; little is "<0.01 %", unknown a dash."""
    if share is None:
        return "–"
    text = _shown(share, digits, ROUND_FLOOR)
    return f"<{_step(digits)} %" if share > 0.0 and Decimal(text) == 0 else f"{text} %"


def at_most(share: float | None, digits: int = 2) -> str:
    """Return a share 0..1 that nothing exceeds, rounded up: "65.13 %"; unknown is a dash."""
    return "–" if share is None else f"{_shown(share, digits, ROUND_CEILING)} %"


def gap(answer: Row, digits: int = 2) -> str:
    """Return the gap of a plan, rounded up; 0 only where it is proved that no choice is better, unknown a dash."""
    if answer.get("proved_optimal"):
        return f"{_shown(0.0, digits, ROUND_CEILING)} %"
    if answer.get("gap") == 0.0:
        return f"<{_step(digits)} %"
    return at_most(answer.get("gap"), digits)


def bound(answer: Row, digits: int = 2) -> str:
    """Return the bound of a plan, rounded up; of a proved one it is what the plan reaches, and told alike."""
    counts = (answer.get("objective") or {}).get("counts")
    if answer.get("proved_optimal") and not counts and answer.get("after") is not None:
        return at_least(answer["after"], digits)
    return at_most(answer.get("bound"), digits)


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield how good a plan provably is among its candidates, and that the proof does not reach beyond them."""
    if answer.get("bound") is None:
        return
    looked = _looked(answer, lang)
    if answer.get("proved_optimal"):
        yield say("plan_proof.optimal", lang, looked=looked, after=at_least(answer["after"]))
    else:
        told = {"after": at_least(answer["after"]), "bound": at_most(answer["bound"]), "gap": gap(answer)}
        yield say("plan_proof.bound", lang, looked=looked, **told)
    yield say("plan_proof.elsewhere", lang)


def _looked(answer: Row, lang: str) -> str:
    """Say among what the plan was chosen: options where they were counted, else places and headings."""
    if (options := (answer.get("cover") or {}).get("options")) is not None:
        return say("plan_proof.options", lang, n=number(options))
    if among := answer.get("candidates"):
        return say(
            "plan_proof.mounts", lang, mounts=number(among["mounts"]), headings=number(among.get("headings"))
        )
    return say("plan_proof.candidates", lang)


def _shown(share: float, digits: int, way: str) -> str:
    # Of the number as it is written: 0.65 is 65 %, not 65.00000000000001.
    exact = (Decimal(repr(float(share))) * 100).quantize(_step(digits), rounding=way)
    return f"{exact:f}"


def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)
