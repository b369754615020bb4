"""What surrounds one plan, as JSON-ready rows: the curve of spending, the frontier of intrusion, the usual way beside it.

What is reached is rounded down and a bound is rounded up: no row looks better than it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spatial.curves import Intruding, Spent

Row = dict[str, Any]
# What share 0..1 of the risk is seen when the plan's own demand is seen to this weight.
Share = Callable[[float], float]

_DIGITS = 6


def curve_rows(points: Sequence[Spent], share: Share) -> list[Row]:
    """Return `curve` of a plan's answer: won, cameras, after, bound (shares 0..1 of the risk)."""
    return [
        {
            "won": round(point.won),
            "cameras": point.cameras,
            "after": down(share(point.seen)),
            "bound": up(share(point.bound)),
        }
        for point in points
    ]


def frontier_rows(points: Sequence[Intruding], share: Share) -> list[Row]:
    """Return `frontier` of a plan's answer: most_m2 (the cap), intrusion_m2, after, cost_won, cameras.

    Square metres are of private plots within *recognise*, a plot counted once for each camera that sees it so.
    """
    return [
        {
            "most_m2": round(point.cap, 1),
            "intrusion_m2": math.ceil(point.intruded * 10.0 - _SLACK) / 10.0,
            "after": down(share(point.seen)),
            "cost_won": round(point.cost_won),
            "cameras": point.cameras,
        }
        for point in points
    ]


def down(share: float, digits: int = _DIGITS) -> float:
    """Return a share rounded down, no further than the rounding of its own computing asks for."""
    return math.floor(share * 10.0**digits + _SLACK) / 10.0**digits


def up(share: float, digits: int = _DIGITS) -> float:
    """Return a share rounded up, at most 1."""
    return min(1.0, math.ceil(share * 10.0**digits - _SLACK) / 10.0**digits)


# 0.29 is 28.999999999999996 hundredths.
_SLACK = 1e-7
