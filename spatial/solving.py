"""Solve a model of siting: a choice within every limit, and a bound that proves how good it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import scipy.sparse as sp

from spatial.apart import apart, only_apart
from spatial.boards import Board, board_of
from spatial.choices import allowed, best_start, better, improved, opened, ordered
from spatial.clock import countdown
from spatial.contradictions import contradiction, impossible
from spatial.errors import NoPlanInTime, OutOfRange
from spatial.out_of_reach import out_of_reach
from spatial.programmes import answered, programme
from spatial.reduction import Reduced, reduced
from spatial.siting import maximal_cover
from spatial.siting_model import Group, Model, Solved, Whole
from spatial.tolls import settled
from spatial.worths import quick_bound, rounding, solved

Progress = Callable[[str, int, int], None]

_STEP = "Solve"
_STEPS = 3
# The part of the time that the plain question may take, where its bound is but one of several.
_RELAXING = 0.25
# The part of the time that swaps may take before the search for a proof begins, and how many seconds at most.
_SWAPPING, _SWAPPING_S = 0.25, 2.0
# The part of what is left that tolls may take; they are asked again while they leave less than this of the options.
_TOLLING, _FEWER = 0.15, 0.8
# A question of forty options takes no time once the kernels are there; to make them may take a slow machine a minute.
_COMPILING_S = 600.0


def solve(
    model: Model, *, time_limit_s: float = 60.0, gap: float = 0.0, progress: Progress | None = None
) -> Solved:
    """Return the best choice found within the time, and the least bound of all that was tried.

    time_limit_s  0 gives greedy's choice with a bound that needs no search
    gap           the search ends once (bound - worth) / bound is no greater
    progress      told `Solve`, the steps done and their number: chosen, swapped, proved
    Method        greedy and swaps within all limits; then what cannot be chosen or won is left out, equal rows are
                  merged, tolls on the limits bound the rest and settle most options (Lagrange), and HiGHS searches
                  what is left from that choice on. Its bound is raised by what its tolerances may hide; in whole
                  numbers it comes down to the next number that a choice could be worth.
    Raises        WrongShape, OutOfRange for a model that cannot be; Contradiction where no choice keeps the limits;
                  NoPlanInTime where none was found and none was proved impossible
    """
    if not (time_limit_s >= 0.0 and gap >= 0.0):
        raise OutOfRange("time_limit_s and gap must be zero or more")
    if len(model.shares):
        # A model that cannot be is told first.
        board_of(model)
        if (plainly := out_of_reach(model)) is not None:
            raise plainly
    _compile()
    left_s = countdown(time_limit_s)
    tell = progress or (lambda _label, _done, _total: None)
    if is_plain(model):
        found = _plain(model, time_limit_s, gap)
    elif only_apart(model) and is_plain(replace(model, groups=())):
        found = _apart(model, time_limit_s, gap, tell)
    else:
        chosen = _begun(board_of(model), time_limit_s, tell)
        found = solved(model, chosen, bound=min(quick_bound(model, chosen), _relaxed(model, left_s(), gap)))
    kept = not allowed(model, found.chosen)
    if not kept or not _enough(found, gap):
        found = _searched(model, found, kept=kept, left_s=left_s, gap=gap)
    tell(_STEP, _STEPS, _STEPS)
    return found


def is_plain(model: Model) -> bool:
    """Return whether a model asks for no more than weight, p and budget: then the quicker way of `siting` serves."""
    plain_costs = model.budget is None or bool(np.all(np.asarray(model.costs) > 0.0))
    return (
        plain_costs
        and not (model.p is None and model.budget is None)
        and not (len(model.groups) or len(model.shares) or len(model.caps))
        and (model.charges is None or not np.any(model.charges))
        and (model.counted is None or bool(np.all(model.counted)))
        and model.backup == 0.0
        and (model.diverse == 0.0 or model.sides is None)
    )


@cache
def _compile() -> None:
    """Compile the kernels on small models, before the time that is theirs begins; where they are kept, load them."""
    group = Group("mount", np.zeros(1, dtype=np.int64), least=1)
    board = board_of(
        Model(sp.csr_array(np.ones((1, 1))), np.ones(1), np.ones(1), p=1, budget=1.0, groups=[group])
    )
    state = best_start(board)
    better(board, state, lambda: True)
    settled(board, np.zeros(1, dtype=np.int64), 0.0, margin=0.0, go_on=lambda: False)
    chance = np.random.default_rng(1)
    cover = sp.csr_array((chance.random((60, 40)) < 0.12).astype(np.float64))
    maximal_cover(cover, chance.uniform(1.0, 5.0, 60), p=6, time_limit_s=_COMPILING_S)


def _plain(model: Model, time_limit_s: float, gap: float) -> Solved:
    costs = None if model.budget is None else model.costs
    plan = maximal_cover(
        model.cover,
        model.weights,
        p=model.p,
        costs=costs,
        budget=model.budget,
        fixed=model.fixed,
        time_limit_s=time_limit_s,
        gap=gap,
    )
    return solved(model, plan.chosen, bound=plan.bound)


def _apart(model: Model, time_limit_s: float, gap: float, tell: Progress) -> Solved:
    """Return the best choice of a model that is plain but for groups: the plain question, asked until they are kept."""
    left_s = countdown(time_limit_s)
    board = board_of(model)
    tell(_STEP, 0, _STEPS)
    start = ordered(board, best_start(board).open & ~board.fixed)
    tell(_STEP, 1, _STEPS)

    def better_choice(chosen: Whole) -> Whole:
        return improved(board, chosen, go_on=lambda: left_s() > 0.0) if left_s() > 0.0 else chosen

    found = apart(model, start, better=better_choice, time_limit_s=left_s(), gap=gap)
    state = opened(board, found.chosen)
    return solved(model, ordered(board, state.open & ~board.fixed), bound=found.bound)


def _relaxed(model: Model, left_s: float, gap: float) -> float:
    """Return the bound of the plain question that is left without groups, shares, caps and charges; inf where none is.

    Whatever keeps all limits keeps these, and is worth no more than what it sees.
    """
    bare = replace(model, groups=(), shares=(), caps=(), charges=None)
    return _plain(bare, _RELAXING * left_s, gap).bound if is_plain(bare) else math.inf


def _begun(board: Board, time_limit_s: float, tell: Progress) -> Whole:
    """Return greedy's choice, bettered by swaps while there is time for them."""
    tell(_STEP, 0, _STEPS)
    swapping_s = countdown(min(_SWAPPING * time_limit_s, _SWAPPING_S))
    state = best_start(board)
    tell(_STEP, 1, _STEPS)
    if time_limit_s > 0.0:
        better(board, state, lambda: swapping_s() > 0.0)
    tell(_STEP, 2, _STEPS)
    return ordered(board, state.open & ~board.fixed)


def _searched(model: Model, found: Solved, *, kept: bool, left_s: Callable[[], float], gap: float) -> Solved:
    """Return what tolls and HiGHS make of a choice: a better one, a lower bound, or the proof that none can be.

    kept  whether the choice keeps all limits
    """
    if left_s() <= 0.0:
        return _or_none(model, found, kept)
    if not kept and impossible(model):
        raise contradiction(model)
    small, bound = reduced(model), found.bound
    if kept:
        small, bound = _narrowed(model, found, small, left_s)
        found = solved(model, found.chosen, bound=bound)
        if _enough(found, gap):
            return found
    begin = _within(small, found.chosen, model.cover.shape[1]) if kept else None
    answer = answered(programme(small.model), time_limit_s=left_s(), gap=gap, begin=begin)
    if answer.infeasible:
        # A choice that keeps all limits says otherwise: HiGHS lost it within its tolerances.
        if not kept:
            raise contradiction(model)
        return found
    # What was left out holds no choice that is worth more than the known one.
    best = max(answer.bound + small.settled + rounding(model), found.worth if kept else -math.inf)
    picked = None if answer.chosen is None else small.options[answer.chosen]
    better_one = _better_of(model, found if kept else None, picked)
    if better_one is None:
        return _or_none(model, found, kept)
    board = board_of(model)
    state = opened(board, better_one.chosen)
    return solved(model, ordered(board, state.open & ~board.fixed), bound=min(bound, best))


def _narrowed(
    model: Model, found: Solved, small: Reduced, left_s: Callable[[], float]
) -> tuple[Reduced, float]:
    """Return the model without the options that tolls prove to be in no better choice, and the least bound."""
    bound, margin = found.bound, rounding(model)
    tolled_s = countdown(_TOLLING * left_s())
    while True:
        board = board_of(small.model)
        known = _within(small, found.chosen, model.cover.shape[1])
        outcome = settled(
            board, known, found.worth - small.settled, margin=margin, go_on=lambda: tolled_s() > 0.0
        )
        bound = min(bound, max(outcome.bound + small.settled + margin, found.worth))
        fewer = reduced(small.model, kept=outcome.kept)
        few = len(fewer.options) > _FEWER * len(small.options)
        small = Reduced(fewer.model, small.options[fewer.options], small.settled + fewer.settled)
        if few or not len(small.options) or tolled_s() <= 0.0:
            return small, bound


def _better_of(model: Model, found: Solved | None, picked: Whole | None) -> Solved | None:
    """Return the better of a known choice and one that HiGHS picked, if that keeps all limits."""
    if picked is None:
        return found
    chosen = np.setdiff1d(picked, np.asarray(model.fixed, dtype=np.int64))
    other = solved(model, chosen, bound=math.inf)
    if allowed(model, chosen) or (found is not None and found.worth >= other.worth):
        return found
    return other


def _enough(found: Solved, gap: float) -> bool:
    """Return whether a choice is proved good enough; a gap says nothing where no choice can be worth more than 0."""
    return found.proved_optimal or (found.bound > 0.0 and found.gap <= gap)


def _or_none(model: Model, found: Solved, kept: bool) -> Solved:
    if not kept:
        raise NoPlanInTime(", ".join(allowed(model, found.chosen)))
    return found


def _within(small: Reduced, chosen: Whole, options: int) -> Whole:
    """Return the chosen that are left in the smaller model, by their numbers there."""
    place = np.full(options, -1, dtype=np.int64)
    place[small.options] = np.arange(len(small.options))
    found: Whole = place[chosen][place[chosen] >= 0]
    return found
