"""Shares of a proof in words: what is reached is rounded down, what bounds it up, so that no digit makes a plan look better."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


def at_least(share: float | None, digits: int) -> str:
    """Return a share 0..1 that is reached as "4.01 %", rounded down; a dash when unknown. A little is "<0.01 %", not none."""
    if share is None:
        return "–"
    shown = _rounded(share, digits, ROUND_FLOOR)
    return f"<{Decimal(1).scaleb(-digits)} %" if share > 0.0 and not shown else f"{shown:.{digits}f} %"


def at_most(share: float | None, digits: int) -> str:
    """Return a share 0..1 that nothing exceeds as "4.02 %", rounded up; a dash when unknown."""
    return "–" if share is None else f"{_rounded(share, digits, ROUND_CEILING):.{digits}f} %"


def _rounded(share: float, digits: int, rounding: str) -> Decimal:
    # By the shortest digits that name the number: 0.041 is 4.1 %, not the hair below it that a double holds.
    return (Decimal(repr(float(share))) * 100).quantize(Decimal(1).scaleb(-digits), rounding=rounding)
