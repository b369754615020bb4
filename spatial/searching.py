"""The search for the best choice: a good one, a bound, what the bound settles, and HiGHS on what is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from spatial.choosing import exchanged, greedy, shaken
from spatial.closing import best_taxes, closed
from spatial.covers import Flags, Floats, Question, Whole, covered, reduced, settled
from spatial.proving import decided, descended

# Rounds of exchanges over all columns, and the steps of the descents between which settled columns are dropped.
_ROUNDS = 20
_STEPS = (15, 40, 100, 200, 300)
# What part of the time that is left shaking may take, how often at a time, and how often in vain.
_SHAKING, _SHAKES, _IDLE = 0.2, 50, 30
# What part of the time that is left branching may take, how many parts, and the steps of the descent in each.
_BRANCHING, _PARTS, _PART_STEPS = 0.1, 500, 60
# A question of more pairs is too much for HiGHS within a minute.
_MOST_PAIRS = 3_000_000
# A descent ends after so many pairs looked through, so that the clock is read.
_PAIRS = 400_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A choice, what it covers, and what none exceeds.

    columns  numbers of the columns
    seen     (rows,) which rows of the question that was asked they cover
    low, up  the weight of those in units, rounded down and up
    bound    in units; no choice weighs more, and none more than the one found where `proved`
    """

    columns: tuple[int, ...]
    seen: Flags
    low: int
    up: int
    bound: int = 2**62
    proved: bool = False


def best_choice(question: Question, weights: Floats, *, left_s: Callable[[], float], gap: float) -> Found:
    """Return the best choice within the time, with its bound.

    question  every column is affordable on its own
    weights   (rows,) of the question's rows, as they are
    left_s    seconds that are left; at 0 the search ends as soon as it may
    gap       a bound that exceeds the choice by at most this share of itself is good enough
    """
    asked = question
    question = reduced(question)
    chosen = _first_choice(question)
    search = Search(asked, weights, _weighed(asked, question.columns[chosen]), None, int(asked.up.sum()))
    if not search.best.seen.all() and not _trivial(question):
        search = replace(search, question=replace(question, tax=_first_taxes(question, chosen)))
    for stage in (_by_descents, _by_best_taxes, _by_shaking, _by_branches, _by_highs):
        if search.over or search.near(gap):
            break
        search = stage(search, left_s, gap)
        if left_s() <= 0.0:
            break
    return search.found()


@dataclass(frozen=True, slots=True)
class Search:
    """How far a search has come: the best choice, the question that is left, and the bound of all choices.

    asked, weights  the question that was asked, and what its rows weigh
    question        what is left of it; None where nothing better than the best is left
    """

    asked: Question
    weights: Floats
    best: Found
    question: Question | None
    bound: int

    @property
    def over(self) -> bool:
        """Tell whether nothing better than the best is left."""
        return self.question is None

    def found(self) -> Found:
        """Return the best choice with its bound."""
        if self.over:
            return replace(self.best, bound=self.best.up, proved=True)
        return replace(self.best, bound=max(self.bound, self.best.up))

    def meeting(self, question: Question, chosen: Whole) -> Search:
        """Return the search that has met a choice of columns of a question too, after exchanges improved it.

        A choice beyond the limits is none: a solver's tolerance, or what is settled meanwhile, may lead to one.
        """
        if not _fits(question, chosen):
            return self
        chosen = exchanged(question.problem, (chosen, _ROUNDS))
        numbers = np.concatenate([np.array(question.taken, dtype=np.int64), question.columns[chosen]])
        other, best = _weighed(self.asked, numbers), self.best
        if self.asked.scale.exact:
            return replace(self, best=other) if other.low > best.low else self
        # A sum by math.fsum has the sign of the true one, however little the two differ.
        more, less = self.weights[other.seen & ~best.seen], self.weights[best.seen & ~other.seen]
        return replace(self, best=other) if math.fsum([*more, *-less]) > 0.0 else self

    def near(self, gap: float) -> bool:
        """Tell whether the bound is near enough to the best choice."""
        return self.bound - self.best.low <= gap * self.bound


def _by_descents(search: Search, left_s: Callable[[], float], gap: float) -> Search:
    """Lower the bound step by step; what is settled meanwhile makes the next steps quick."""
    for steps in _STEPS:
        if search.question is None or search.near(gap):
            break
        steps = max(min(steps, _PAIRS // (len(search.question.cover.row) + 1)), 2)
        search, _ = _descended(search, steps if left_s() > 0.0 else 1)
        if left_s() <= 0.0:
            break
    return search


def _by_best_taxes(search: Search, left_s: Callable[[], float], gap: float) -> Search:
    """Lower the bound to that of the linear relaxation."""
    question = search.question
    if question is None or len(question.cover.row) > _MOST_PAIRS:
        return search
    tax = best_taxes(question, time_limit_s=left_s() / 2.0)
    return search if tax is None else _settled(search, tax)


def _by_shaking(search: Search, left_s: Callable[[], float], gap: float) -> Search:
    """Look for a better choice at random while that helps, within a part of the time."""
    until_s, idle, seed = left_s() * (1.0 - _SHAKING), 0, 0
    while search.question is not None and idle < _IDLE and left_s() > until_s and not search.near(gap):
        question, seed = search.question, seed + 1
        own = np.flatnonzero(np.isin(question.columns, np.array(search.best.columns)))
        # The best choice need not hold all that is settled to be chosen: then the rest of it may be too much.
        own = own if _fits(question, own) else np.zeros(0, np.int64)
        shakes = max(min(_SHAKES, _PAIRS // (50 * len(question.cover.row) + 1)), 1)
        chosen = shaken(question.problem, (own, shakes, seed))
        better = search.meeting(question, chosen)
        search, idle = better, 0 if better.best.low > search.best.low else idle + 1
    return search if search.question is None else _settled(search, search.question.tax)


def _by_branches(search: Search, left_s: Callable[[], float], gap: float) -> Search:
    """Part the question by one column after the other, chosen or not, and bound each part; all in whole numbers."""
    assert search.question is not None
    until_s = left_s() * (1.0 - _BRANCHING)
    parts = [search]
    for _ in range(_PARTS):
        if not parts or left_s() <= until_s:
            break
        part, often = _descended(replace(parts.pop(), best=search.best), _PART_STEPS)
        search = replace(search, best=part.best)
        for half in _halves(part.question, often):
            within = _within(replace(part, best=search.best), half)
            search = replace(search, best=within.best)
            parts += [] if within.over else [within]
    if not parts:
        return replace(search, question=None)
    return replace(search, bound=max(search.best.up, *(part.bound for part in parts)))


def _halves(question: Question | None, often: Floats) -> tuple[Question, ...]:
    """Return the question without a column and with it: the one that is picked half of the time; none of no question."""
    if question is None:
        return ()
    columns = question.columns
    split = np.arange(len(columns)) == int(np.argmin(np.abs(often[columns] - 0.5)))
    neither = np.zeros(len(columns), dtype=bool)
    without, with_it = settled(question, out=split), settled(question, out=neither, taken=split)
    return reduced(without), reduced(with_it)


def _by_highs(search: Search, left_s: Callable[[], float], gap: float) -> Search:
    """Leave the rest of the question to branch and bound with cuts; its tolerances are added to the bound."""
    question = search.question
    if question is None or len(question.cover.row) > _MOST_PAIRS:
        return search
    start = exchanged(question.problem, (np.zeros(0, np.int64), _ROUNDS))
    found = closed(question, start, time_limit_s=0.9 * left_s())
    if found is None:
        return search
    search = search.meeting(question, found.chosen)
    bound = (found.bound + question.won_up) // question.scale.step * question.scale.step
    return replace(search, bound=max(min(search.bound, bound), search.best.up))


def _first_choice(question: Question) -> Whole:
    """Return the best of the greedy choices, exchanged."""
    found = []
    for by_cost in (False,) if question.limits.budget == np.inf else (True, False):
        chosen = greedy(question.problem, by_cost)
        found.append(exchanged(question.problem, (chosen, _ROUNDS)))
    return max(found, key=lambda chosen: int(question.up[covered(question.cover, chosen)].sum()))


def _weighed(asked: Question, columns: Whole) -> Found:
    """Return a choice of columns by their numbers with what it covers; its bound is yet unknown."""
    seen = covered(asked.cover, np.searchsorted(asked.columns, columns))
    return Found(tuple(columns.tolist()), seen, int(asked.low[seen].sum()), int(asked.up[seen].sum()))


def _first_taxes(question: Question, chosen: Whole) -> Whole:
    """Return taxes that a choice suggests: all of the weight, but half of it where several columns cover the row."""
    cover = question.cover
    times = np.zeros(len(question.up), np.int64)
    for column in chosen:
        times[cover.col[cover.col_at[column] : cover.col_at[column + 1]]] += 1
    return np.where(times > 1, question.up // 2, question.up)


def _descended(search: Search, steps: int) -> tuple[Search, Floats]:
    """Lower the bound, try the choices met, and drop what is settled; tell how often each column was picked.

    Returns  the search, and a share 0..1 by the column's number in the question that was asked
    """
    question = search.question
    assert question is not None
    known = max(search.best.up - question.won_up, 0)
    met = descended(question.problem, (question.tax, known, steps))
    often = np.zeros(int(question.columns.max()) + 1)
    often[question.columns] = met.often
    return _settled(search.meeting(question, met.chosen), met.tax), often


def _settled(search: Search, tax: Whole) -> Search:
    """Drop and take the columns that taxes settle, and lower the bound to theirs."""
    question = search.question
    assert question is not None
    step = question.scale.step
    target = search.best.low + step - question.won_up
    least, out, taken = decided(question.problem, (tax, target))
    bound = max(min(search.bound, (least + question.won_up) // step * step), search.best.up)
    if least < target or _impossible(question, out, taken):
        return replace(search, question=None, bound=bound)
    question = replace(question, tax=tax)
    if out.any() or taken.any():
        question = reduced(settled(question, out=out, taken=taken))
    return _within(replace(search, bound=bound), question)


def _within(search: Search, question: Question) -> Search:
    """Return the search within a question; where it answers itself, that is over."""
    if not _trivial(question):
        return replace(search, question=question)
    return replace(search.meeting(question, np.zeros(0, np.int64)), question=None)


def _fits(question: Question, chosen: Whole) -> bool:
    """Tell whether columns are within the limits together."""
    limits = question.limits
    return len(chosen) <= limits.p and math.fsum(limits.costs[chosen]) <= limits.budget


def _impossible(question: Question, out: Flags, taken: Flags) -> bool:
    """Tell whether no choice within the limits keeps to what is settled."""
    return bool((out & taken).any()) or not _fits(question, np.flatnonzero(taken))


def _trivial(question: Question) -> bool:
    """Tell whether all that is left may be chosen together, or nothing is left or may be chosen."""
    columns = len(question.columns)
    return columns == 0 or question.limits.p <= 0 or _fits(question, np.arange(columns))
