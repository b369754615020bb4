"""Where to put the next cameras: maximal covering, with the best choice and a bound that no choice exceeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from spatial.choosing import greedy
from spatial.clock import countdown
from spatial.covers import Flags, Limits, Question, Whole, among, scaled, settled, touched
from spatial.errors import OutOfRange, WrongShape
from spatial.searching import Found, best_choice

# Costs that are no whole numbers may err by so much of the budget in their sum, and be within it.
SLACK = 5e-13


@dataclass(frozen=True, slots=True)
class SitingPlan:
    """A choice of candidates and how good it provably is.

    chosen          (k,) candidates in the order of choice, the greatest gain (or gain per cost) first
    covered_weight  weight covered by the chosen and the fixed ones together
    bound           no choice within the same limits covers more than this
    gap             (bound - covered_weight) / bound, 0 when there is nothing to cover
    proved_optimal  True only when covered_weight reaches the bound itself, with no tolerance
    """

    chosen: NDArray[np.int64]
    covered_weight: float
    bound: float
    gap: float
    proved_optimal: bool

    def __post_init__(self) -> None:
        if self.covered_weight > self.bound:
            raise OutOfRange(f"a plan that covers {self.covered_weight} cannot be bounded by {self.bound}")


def maximal_cover(
    cover: Any,  # any scipy.sparse matrix or array; scipy ships no types
    weights: ArrayLike,
    *,
    p: int | None = None,
    costs: ArrayLike | None = None,
    budget: float | None = None,
    fixed: Sequence[int] = (),
    time_limit_s: float = 60.0,
    gap: float = 0.0,
) -> SitingPlan:
    """Choose the candidates that cover the most weight, at most `p` of them or within a budget.

    cover         scipy.sparse (demand, candidate), nonzero where the candidate covers the demand
    weights       (demand,) zero or more
    p             how many may be chosen; or:
    costs, budget (candidate,) positive costs and what they may sum to, but for a rounding error of 5e-13 of it where
                  they are no whole numbers. Both limits may be given together
    fixed         candidates that are open already: outside p, budget and chosen, inside covered_weight
    time_limit_s  when it ends, the best choice found so far is the answer, with its gap; a greedy choice at least
    gap           a gap that is small enough to stop at; 0 asks for the optimum itself
    Returns       the best plan found. Fewer than p are chosen when no other gains anything
    Bound         No sum behind it is rounded: weights are held between whole numbers of small units (spatial.covers).
                  Where weights are whole numbers of less than 2**53 in all, so is the bound. What HiGHS proves counts
                  with its tolerances added, so with other weights it leaves a gap of some 1e-7, and proves no optimum
    Raises        WrongShape if the arrays do not pair up; OutOfRange for negative or unknown weights, costs that
                  are not positive, a negative limit, no limit at all, or a fixed candidate that is none
    Source        Church, ReVelle (1974); Nemhauser, Wolsey, Fisher (1978); Beasley (1993) for the bound
    """
    if time_limit_s < 0.0 or gap < 0.0:
        raise OutOfRange("time_limit_s and gap must be zero or more")
    left_s = countdown(time_limit_s)
    limits = _limits(cover.shape[1], p=p, costs=costs, budget=budget)
    weight = _weights(cover, weights, fixed=fixed)
    pairs = _pairs(cover)
    barred = limits.costs > limits.budget
    barred[list(fixed)] = True
    question, weighs = _question(pairs, weight, limits, (np.asarray(fixed, dtype=np.int64), barred))
    found = best_choice(question, weighs, left_s=left_s, gap=gap)
    return _plan(pairs, weight, found, (question, fixed, budget is not None))


def _limits(candidates: int, *, p: int | None, costs: ArrayLike | None, budget: float | None) -> Limits:
    """Check and return the limits."""
    if p is None and budget is None:
        raise OutOfRange("a plan needs a limit: p, or costs and budget")
    if (costs is None) != (budget is None):
        raise OutOfRange("costs and budget go together")
    cost = np.ones(candidates) if costs is None else np.asarray(costs, dtype=np.float64)
    if cost.shape != (candidates,):
        raise WrongShape(f"{cost.shape} costs for {candidates} candidates")
    if not np.all(np.isfinite(cost) & (cost > 0.0)):
        raise OutOfRange("costs must be positive")
    if (p is not None and p < 0) or (budget is not None and not budget >= 0.0):
        raise OutOfRange("p and budget must be zero or more")
    whole = bool(np.all(cost == np.floor(cost))) and cost.sum() < 2.0**53
    most = math.inf if budget is None else float(budget) if whole else float(budget) * (1.0 + SLACK)
    return Limits(candidates if p is None else min(p, candidates), cost, most)


def _weights(cover: Any, weights: ArrayLike, *, fixed: Sequence[int]) -> NDArray[np.float64]:
    """Check and return the weights."""
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (cover.shape[0],):
        raise WrongShape(f"{weight.shape} weights for a cover of {cover.shape[0]} demands")
    if not np.all(np.isfinite(weight) & (weight >= 0.0)):
        raise OutOfRange("weights must be zero or more")
    if any(not 0 <= candidate < cover.shape[1] for candidate in fixed):
        raise OutOfRange(f"fixed candidates must lie in 0..{cover.shape[1] - 1}")
    return weight


def _pairs(cover: Any) -> sp.csr_array:
    """Return the cover as rows of rising columns, each once, without the zeros that it holds."""
    pairs = sp.csr_array(cover)
    if not pairs.has_canonical_format:
        pairs = pairs.copy()
        pairs.sum_duplicates()
    if not np.all(pairs.data):
        pairs = pairs.copy()
        pairs.eliminate_zeros()
    return pairs


def _question(
    pairs: sp.csr_array, weight: NDArray[np.float64], limits: Limits, closed: tuple[Whole, Flags]
) -> tuple[Question, NDArray[np.float64]]:
    """Return what is left to choose, and its rows' weights: demand that weighs something and is not seen yet.

    closed  the fixed candidates, and which (candidates,) may not be chosen
    """
    fixed, barred = closed
    open_already = np.zeros(pairs.shape[1], dtype=bool)
    open_already[fixed] = True
    wanted = (weight > 0.0) & ~touched(pairs.indptr, pairs.indices, open_already)
    cover, rows = among(pairs.indptr, pairs.indices, (wanted, ~barred))
    costs = limits.costs[~barred]
    most = min(limits.p, len(costs))
    if np.isfinite(limits.budget) and len(costs):
        most = int(min(most, limits.budget // costs.min() + 1.0))
    scale, up, low = scaled(weight[rows], most)
    columns = np.flatnonzero(~barred)
    question = Question(cover, up, low, up, Limits(most, costs, limits.budget), columns, scale=scale)
    return question, weight[rows]


def _plan(
    pairs: sp.csr_array,
    weight: NDArray[np.float64],
    found: Found,
    asked: tuple[Question, Sequence[int], bool],
) -> SitingPlan:
    """Return the plan with its columns in the order of their gains, and its figures in weight.

    asked  the question, the fixed candidates, and whether the budget orders by gain per cost
    """
    question, fixed, by_cost = asked
    numbers = np.isin(question.columns, np.array(found.columns, dtype=np.int64))
    part = settled(question, out=~numbers)
    anything = part.limits._replace(p=len(part.columns), budget=math.inf)
    order = greedy(part.problem._replace(limits=anything), by_cost)
    chosen = part.columns[order]
    opened = np.zeros(pairs.shape[1], dtype=bool)
    opened[list(fixed)] = True
    before = weight[touched(pairs.indptr, pairs.indices, opened)]
    opened[chosen] = True
    most = math.fsum(weight[touched(pairs.indptr, pairs.indices, opened)])
    bound = most if found.proved else max(_above(question, found, math.fsum(before)), most)
    return SitingPlan(
        chosen=chosen,
        covered_weight=most,
        bound=bound,
        gap=(bound - most) / bound if bound > 0.0 else 0.0,
        proved_optimal=most == bound,
    )


def _above(question: Question, found: Found, before: float) -> float:
    """Return the bound in weight, never below it: a sum of two floats may fall short of the truth by a rounding."""
    bound = before + question.scale.above(found.bound)
    whole = question.scale.exact and bound < 2.0**53 and before == math.floor(before)
    return (
        bound if whole and question.scale.step >= 2**question.scale.shift else math.nextafter(bound, math.inf)
    )
