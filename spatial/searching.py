"""The search for the best choice: a good one, a bound, what the bound settles, and HiGHS on what is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from spatial.choosing import exchanged, greedy
from spatial.closing import best_taxes, closed
from spatial.covers import Flags, Question, Whole, covered, reduced, settled
from spatial.proving import decided, descended

# Rounds of exchanges over all columns, and the steps of the descents between which settled columns are dropped.
_ROUNDS = 20
_STEPS = (15, 40, 100, 200, 300)
# A descent ends after so many pairs looked through, so that the clock is read.
_PAIRS = 400_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best choice met, what it covers in units, and what none exceeds.

    columns  numbers of the columns in the question that was asked
    low, up  its weight in units, rounded down and up
    bound    in units; no choice weighs more, and none more than the one found where `proved`
    """

    columns: tuple[int, ...]
    low: int
    up: int
    bound: int
    proved: bool


def best_choice(question: Question, *, left_s: Callable[[], float], gap: float) -> Found:
    """Return the best choice within the time, with its bound.

    question  every column is affordable on its own
    left_s    seconds that are left; at 0 the search ends as soon as it may
    gap       a bound that exceeds the choice by at most this share of itself is good enough
    """
    asked = question
    question = reduced(question)
    best, start = _first(question)
    best = replace(best, bound=int(asked.up.sum()) + asked.won_up)
    if best.up == best.bound or _trivial(question):
        return _proved(best)
    question = replace(question, tax=_first_taxes(question, start))
    for steps in _STEPS:
        if _done(best, gap):
            return best
        steps = max(min(steps, _PAIRS // (len(question.cover.row) + 1)), 2)
        best, question, over = _descend(best, question, steps if left_s() > 0.0 else 1)
        if over:
            return _proved(best)
        if left_s() <= 0.0:
            return best
    return best if _done(best, gap) else _close(best, question, left_s=left_s, gap=gap)


def _first(question: Question) -> tuple[Found, Whole]:
    """Return the best of the greedy choices, exchanged, and its columns in the question."""
    found = []
    for by_cost in (False,) if question.limits.budget == np.inf else (True, False):
        chosen = greedy(question.cover, question.up, question.limits, by_cost)
        chosen = exchanged(question.cover, question.up, question.limits, (chosen, _ROUNDS))
        found.append((_weighed(question, chosen), chosen))
    return max(found, key=lambda each: each[0].low)


def _weighed(question: Question, chosen: Whole) -> Found:
    """Return a choice of columns with what it covers; its bound is yet unknown."""
    seen = covered(question.cover, chosen)
    columns = (*question.taken, *question.columns[chosen].tolist())
    low, up = (int(each[seen].sum()) for each in (question.low, question.up))
    return Found(columns, question.won_low + low, question.won_up + up, 2**62, proved=False)


def _first_taxes(question: Question, chosen: Whole) -> Whole:
    """Return taxes that a choice suggests: all of the weight, but half of it where several columns cover the row."""
    cover = question.cover
    times = np.zeros(len(question.up), np.int64)
    for column in chosen:
        times[cover.col[cover.col_at[column] : cover.col_at[column + 1]]] += 1
    return np.where(times > 1, question.up // 2, question.up)


def _descend(best: Found, question: Question, steps: int) -> tuple[Found, Question, bool]:
    """Lower the bound, try the choices met, and drop what is settled; tell whether nothing better is left."""
    cover, limits = question.cover, question.limits
    met = descended(cover, question.up, limits, (question.tax, best.up - question.won_up, steps))
    best = _better(best, question, met.chosen)
    return _settle(best, question, met.tax)


def _better(best: Found, question: Question, chosen: Whole) -> Found:
    """Return the better of the best choice and another one, which exchanges improve."""
    chosen = exchanged(question.cover, question.up, question.limits, (chosen, _ROUNDS))
    other = _weighed(question, chosen)
    return replace(other, bound=best.bound) if other.low > best.low else best


def _settle(best: Found, question: Question, tax: Whole) -> tuple[Found, Question, bool]:
    """Drop and take the columns that taxes settle; tell whether nothing better is left."""
    target = best.low + question.scale.step - question.won_up
    bound, out, taken = decided(question.cover, question.up, question.limits, (tax, target))
    step = question.scale.step
    best = replace(best, bound=max(min(best.bound, (bound + question.won_up) // step * step), best.up))
    if bound < target or _impossible(question, out, taken):
        return best, question, True
    question = replace(question, tax=tax)
    if out.any() or taken.any():
        question = reduced(settled(question, out=out, taken=taken))
    best = _better(best, question, np.zeros(0, np.int64)) if _trivial(question) else best
    return best, question, _trivial(question)


def _impossible(question: Question, out: Flags, taken: Flags) -> bool:
    """Tell whether no choice within the limits keeps to what is settled."""
    limits = question.limits
    spent = math.fsum(limits.costs[taken])
    return bool((out & taken).any()) or int(taken.sum()) > limits.p or spent > limits.budget


def _trivial(question: Question) -> bool:
    """Tell whether all that is left may be chosen together, or nothing is left or may be chosen."""
    limits = question.limits
    if not len(limits.costs) or limits.p <= 0:
        return True
    return len(limits.costs) <= limits.p and math.fsum(limits.costs) <= limits.budget


def _close(best: Found, question: Question, *, left_s: Callable[[], float], gap: float) -> Found:
    """Settle what is left by the best taxes of all, then by branch and bound."""
    tax = best_taxes(question, time_limit_s=left_s())
    if tax is not None:
        best, question, over = _settle(best, question, tax)
        if over:
            return _proved(best)
        if _done(best, gap) or left_s() <= 0.0:
            return best
    best, question, over = _descend(best, question, 50)
    if over:
        return _proved(best)
    found = closed(question, None, time_limit_s=left_s())
    if found is None:
        return best
    best = _better(best, question, found.chosen)
    step = question.scale.step
    bound = (found.bound + question.won_up) // step * step
    return replace(best, bound=max(min(best.bound, bound), best.up))


def _proved(best: Found) -> Found:
    return replace(best, bound=best.up, proved=True)


def _done(best: Found, gap: float) -> bool:
    """Tell whether the bound is reached, or near enough."""
    return best.bound <= best.up or best.bound - best.low <= gap * best.bound
