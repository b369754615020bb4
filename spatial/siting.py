"""Where to put the next camera: maximal covering by greedy choice, with a bound that is never below the optimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from spatial.errors import OutOfRange, WrongShape


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
    costs, budget (candidate,) positive costs and what they may sum to. Both limits may be given together
    fixed         candidates that are open already: outside p, budget and chosen, inside covered_weight
    time_limit_s, gap  limits of a search for the optimum; the greedy choice ends long before and needs neither
    Returns       the greedy plan: by gain; under a budget the best of greedy by gain per cost, by gain, and the
                  best single candidate. Fewer than p are chosen when no other gains anything.
    Bound         of all greedy states S met: covered(S) plus the greatest residual gains that the limits admit
                  (the p largest, or the fractional knapsack), which submodularity proves; and all that any
                  affordable candidate covers. With weights that are no whole numbers it is raised by the
                  rounding error it may carry, and only the last of these can then prove an optimum; that one and
                  covered_weight are sums without rounding error (math.fsum), whatever the order.
    Raises        WrongShape if the arrays do not pair up; OutOfRange for negative or unknown weights, costs that
                  are not positive, a negative limit, no limit at all, or a fixed candidate that is none
    Source        Nemhauser, Wolsey, Fisher (1978); Khuller, Moss, Naor (1999) for the budget
    """
    if time_limit_s < 0.0 or gap < 0.0:
        raise OutOfRange("time_limit_s and gap must be zero or more")
    limits = _limits(cover.shape[1], p=p, costs=costs, budget=budget)
    start = _start(cover, weights, fixed=fixed)
    rounding = _rounding(start)
    barred = ~limits.affordable()
    barred[list(fixed)] = True
    floor = math.fsum(start.weights[start.covered])
    best, most, proved = _best_greedy(start, limits, barred, floor=floor)
    bound = min(math.fsum(start.weights[_reached(start, barred)]), proved + rounding)
    single = _best_single(start, barred)
    if single is not None and floor + start.gain[single] > most + rounding:
        state = start.copy()
        _open(state, single)
        best, most = [single], math.fsum(state.weights[state.covered])
    bound = max(bound, most)
    return SitingPlan(
        chosen=np.array(best, dtype=np.int64),
        covered_weight=most,
        bound=bound,
        gap=(bound - most) / bound if bound > 0.0 else 0.0,
        proved_optimal=most == bound,
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a plan may hold: a number of candidates, a sum of costs, or both."""

    p: int
    costs: NDArray[np.float64]
    budget: float | None

    def affordable(self) -> NDArray[np.bool_]:
        """Return which candidates fit the limits on their own."""
        fits = np.full(len(self.costs), self.p > 0)
        return fits if self.budget is None else fits & (self.costs <= self.budget)

    def most_gain(self, gain: NDArray[np.float64]) -> float:
        """Return an upper bound on what the limits let one win of independent gains (n,)."""
        if self.p == 0:
            return 0.0
        rest = len(gain) - self.p
        top = gain if rest <= 0 else np.partition(gain, rest)[rest:]
        most = float(top.sum())
        if self.budget is None:
            return most
        order = np.argsort(-gain / self.costs, kind="stable")
        room = self.budget - (np.cumsum(self.costs[order]) - self.costs[order])
        parts = np.clip(room / self.costs[order], 0.0, 1.0)
        return min(most, float((gain[order] * parts).sum()))


@dataclass(slots=True)
class _State:
    """What is open and what is left to win; changes as candidates are opened."""

    rows: sp.csr_array
    columns: sp.csc_array
    weights: NDArray[np.float64]
    covered: NDArray[np.bool_]
    gain: NDArray[np.float64]
    left: NDArray[np.int64]

    def copy(self) -> _State:
        """Return an independent state; the cover itself is shared, it never changes."""
        parts = (self.covered.copy(), self.gain.copy(), self.left.copy())
        return _State(self.rows, self.columns, self.weights, *parts)


def _limits(candidates: int, *, p: int | None, costs: ArrayLike | None, budget: float | None) -> _Limits:
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
    return _Limits(candidates if p is None else min(p, candidates), cost, budget)


def _start(cover: Any, weights: ArrayLike, *, fixed: Sequence[int]) -> _State:
    """Check cover and weights, drop demand that weighs nothing and open the fixed candidates."""
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (cover.shape[0],):
        raise WrongShape(f"{weight.shape} weights for a cover of {cover.shape[0]} demands")
    if not np.all(np.isfinite(weight) & (weight >= 0.0)):
        raise OutOfRange("weights must be zero or more")
    if any(not 0 <= candidate < cover.shape[1] for candidate in fixed):
        raise OutOfRange(f"fixed candidates must lie in 0..{cover.shape[1] - 1}")
    worth = np.flatnonzero(weight > 0.0)
    rows = sp.csr_array(sp.csr_array(cover)[worth] != 0)
    rows.eliminate_zeros()
    columns = sp.csc_array(rows)
    covered = np.zeros(len(worth), dtype=bool)
    gain = rows.T @ weight[worth]
    left = np.diff(columns.indptr).astype(np.int64)
    state = _State(rows, columns, weight[worth], covered, np.asarray(gain, dtype=np.float64), left)
    for candidate in fixed:
        _open(state, candidate)
    return state


def _open(state: _State, candidate: int) -> None:
    """Cover what the candidate covers and take it off the gains of all others."""
    span = slice(state.columns.indptr[candidate], state.columns.indptr[candidate + 1])
    own = state.columns.indices[span]
    fresh = own[~state.covered[own]]
    state.covered[fresh] = True
    shared = state.rows[fresh]
    lost = np.repeat(state.weights[fresh], np.diff(shared.indptr))
    state.gain -= np.bincount(shared.indices, weights=lost, minlength=len(state.gain))
    state.left -= np.bincount(shared.indices, minlength=len(state.left))
    # A gain that is nothing but rounding would otherwise be chosen.
    state.gain[state.left == 0] = 0.0


def _greedy(
    state: _State, limits: _Limits, barred: NDArray[np.bool_], *, by_cost: bool
) -> tuple[list[int], float]:
    """Open the best candidate until the limits or the gains end; return the choice and the bound met on the way."""
    chosen: list[int] = []
    spent = 0.0
    bound = np.inf
    while True:
        gain = np.where(barred, 0.0, state.gain)
        bound = min(bound, float(state.weights[state.covered].sum()) + limits.most_gain(gain))
        if limits.budget is not None:
            gain[spent + limits.costs > limits.budget] = 0.0
        value = gain / limits.costs if by_cost else gain
        if len(chosen) == limits.p or not len(value) or value.max() <= 0.0:
            return chosen, bound
        best = int(value.argmax())
        _open(state, best)
        chosen.append(best)
        spent += float(limits.costs[best])


def _best_greedy(
    start: _State, limits: _Limits, barred: NDArray[np.bool_], *, floor: float
) -> tuple[list[int], float, float]:
    """Return the best greedy choice, what it covers, and the least bound met: by gain; by gain per cost on a budget.

    floor  what is covered already; a choice that wins nothing over it is an empty one
    """
    best: list[int] = []
    most, bound = floor, np.inf
    for by_cost in (False,) if limits.budget is None else (True, False):
        state = start.copy()
        chosen, proved = _greedy(state, limits, barred, by_cost=by_cost)
        bound = min(bound, proved)
        covered = math.fsum(state.weights[state.covered])
        if covered > most:
            best, most = chosen, covered
    return best, most, bound


def _best_single(state: _State, barred: NDArray[np.bool_]) -> int | None:
    """Return the affordable candidate with the greatest gain of its own, if any gains."""
    gain = np.where(barred, 0.0, state.gain)
    return int(gain.argmax()) if len(gain) and gain.max() > 0.0 else None


def _reached(state: _State, barred: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the demand that is covered or that some candidate not barred would cover."""
    reached: NDArray[np.bool_] = state.covered | (state.rows @ (~barred).astype(np.float64) > 0.0)
    return reached


def _rounding(state: _State) -> float:
    """Return by how much sums of these weights may err: not at all while they are whole numbers below 2**53."""
    total = float(state.weights.sum())
    if np.all(state.weights == np.floor(state.weights)) and total < 2.0**53:
        return 0.0
    return total * float(np.finfo(np.float64).eps) * (len(state.weights) + len(state.gain))
