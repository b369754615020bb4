"""Set covering: the least cost at which all that must be seen is seen, with a proven bound."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from spatial.siting_model import Model, Whole
from spatial.solving import Progress, solve


@dataclass(frozen=True, slots=True)
class Cheapest:
    """A choice that keeps all limits, and how cheap it provably is.

    cost_won         what the chosen cost
    bound_won        no choice that keeps the limits costs less; raised to a whole won where costs are whole
    gap              (cost_won - bound_won) / cost_won, 0 where it costs nothing
    proved_cheapest  True only when cost_won is bound_won itself
    """

    chosen: Whole
    cost_won: float
    bound_won: float
    gap: float
    proved_cheapest: bool
    seen: NDArray[np.bool_]


def solve_cheapest(model: Model, *, time_limit_s: float = 60.0, progress: Progress | None = None) -> Cheapest:
    """Return the cheapest choice that keeps all limits: shares, groups, caps, p and budget. Weights and charges count nothing.

    Raises  as `solve` does: Contradiction where no choice keeps the limits
    """
    costs = np.asarray(model.costs, dtype=np.float64)
    nothing = np.zeros(model.cover.shape[0])
    asked = replace(model, weights=nothing, charges=costs, backup=0.0, sides=None, diverse=0.0)
    found = solve(asked, time_limit_s=time_limit_s, progress=progress)
    cost, bound = 0.0 - found.worth, max(0.0 - found.bound, 0.0)
    return Cheapest(
        chosen=found.chosen,
        cost_won=cost,
        bound_won=bound,
        gap=(cost - bound) / cost if cost > 0.0 else 0.0,
        proved_cheapest=found.proved_optimal,
        seen=found.seen,
    )
