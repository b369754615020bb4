"""Quick choices of a siting model: greedy within every limit, swaps that better it, their exact worth, what they break."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike

from spatial.boards import ROUNDING, Board, Bools, board_of, checked
from spatial.groups import members_of
from spatial.openings import State, exchanged, flip, lacks, meet, mend, start, win, worth
from spatial.siting_model import Model, Whole

Chosen = Sequence[int] | Whole

# How greedy begins: whether groups that must hold one take their cheapest, and whether gains are weighed per won.
_WAYS = ((True, True), (True, False), (False, False))
# Pairs are tried among so many chosen options: beyond that the search for the optimum serves better.
_PAIRED = 40


def greedy(model: Model | Board, weights: ArrayLike | None = None) -> Whole:
    """Return options chosen one by one, the best of greedy by gain and by gain per won, in the order of greatest gain.

    model    or its board (`board_of`), where one model is asked again and again
    weights  (demand,) in place of the model's
    Returns  (k,) options within p, budget, most of groups and caps, always; what groups and shares ask for at least
             is met first, and where no such choice is found, as far as it was
    """
    board = weighed(model, weights)
    return ordered(board, best_start(board).open & ~board.fixed)


def improved(model: Model | Board, chosen: Chosen, *, go_on: Callable[[], bool] | None = None) -> Whole:
    """Return a choice no worse than the given one, after swaps: one leaves and the best come in, then pairs leave.

    go_on  asked between passes; False ends the search
    """
    board = weighed(model, None)
    state = opened(board, chosen)
    better(board, state, go_on or (lambda: True))
    return ordered(board, state.open & ~board.fixed)


def worth_of(model: Model, chosen: Chosen, weights: ArrayLike | None = None) -> float:
    """Return what a choice is worth with what is fixed: seen, backup and diversity less charges, summed without error."""
    weight = checked(model.weights if weights is None else weights, model.cover.shape[0], what="weights")
    seen, twice, both = views_of(model, chosen)
    parts = [weight[seen], model.backup * weight[twice], model.diverse * weight[both]]
    if model.charges is not None:
        parts.append(-np.asarray(model.charges, dtype=np.float64)[np.asarray(chosen, dtype=np.int64)])
    return math.fsum(np.concatenate(parts))


def views_of(model: Model, chosen: Chosen) -> tuple[Bools, Bools, Bools]:
    """Return which demand (demand,) is seen by the chosen and the fixed, by two poles, and from both sides."""
    options = np.unique(np.concatenate([np.asarray(chosen, np.int64), np.asarray(model.fixed, np.int64)]))
    rows = model.cover.shape[0]
    part = sp.coo_array(sp.csc_array(model.cover)[:, options] != 0)
    pole = options if model.poles is None else np.asarray(model.poles, dtype=np.int64)[options]
    pairs = np.unique(np.stack([part.row.astype(np.int64), pole[part.col]]), axis=1)
    views = np.bincount(pairs[0], minlength=rows)
    both = np.zeros(rows, dtype=bool)
    if model.sides is not None:
        told = sp.coo_array(sp.csc_array(model.sides)[:, options].multiply(part))
        bits = told.data.astype(np.int64)
        from_sides = [np.bincount(told.row[bits & bit > 0], minlength=rows) > 0 for bit in (1, 2)]
        both = from_sides[0] & from_sides[1]
    return views > 0, views > 1, both


def allowed(model: Model, chosen: Chosen) -> list[str]:
    """Return the names of the limits that a choice breaks: p, budget, and groups, shares and caps by their names."""
    picked = np.asarray(chosen, dtype=np.int64)
    broken = []
    counted = len(picked) if model.counted is None else int(np.asarray(model.counted)[picked].sum())
    if model.p is not None and counted > model.p:
        broken.append("p")
    if model.budget is not None and math.fsum(np.asarray(model.costs)[picked]) > model.budget:
        broken.append("budget")
    seen = views_of(model, picked)[0]
    inside = np.isin(np.arange(model.cover.shape[1]), picked)
    number, option = members_of(model.groups)
    held = np.bincount(number[inside[option]], minlength=len(model.groups)).tolist()
    broken += [
        group.name
        for group, count in zip(model.groups, held, strict=True)
        if not group.least <= count <= group.most
    ]
    reached = [(share, math.fsum(share.amounts[seen[share.demand]])) for share in model.shares]
    broken += [share.name for share, amount in reached if amount < share.least * (1.0 - ROUNDING)]
    sums = [(cap, math.fsum(cap.amounts[picked])) for cap in model.caps]
    broken += [cap.name for cap, amount in sums if amount > cap.most * (1.0 + ROUNDING)]
    return broken


def weighed(model: Model | Board, weights: ArrayLike | None) -> Board:
    """Return the board of a model, with other weights if they are given."""
    board = board_of(model) if isinstance(model, Model) else model
    if weights is None:
        return board
    return board._replace(weight=checked(weights, len(board.weight), what="weights"))


def opened(board: Board, chosen: Chosen) -> State:
    """Return the state in which these options are open, and those that are fixed."""
    state = start(board)
    for option in np.unique(np.asarray(chosen, dtype=np.int64)):
        flip(board, state, int(option))
    return state


def best_start(board: Board) -> State:
    """Return the best greedy state of all ways to begin: least is missing, then most is won."""
    found = []
    for way in _ways(board):
        state = start(board)
        meet(way, state)
        # What groups took for cheapness is bettered before the rest is won, or after: either may be the better use of won.
        if way.thrifty and way.by_cost:
            mend(way, state)
        win(way, state)
        if way.thrifty and not way.by_cost:
            mend(way, state)
        found.append(state)
    return min(found, key=lambda state: (lacks(board, state), -worth(state)))


def better(board: Board, state: State, go_on: Callable[[], bool]) -> None:
    """Swap until no swap helps: each chosen one leaves and the best come in, then pairs of the new ones leave."""
    # Two ways are enough here: by gain alone, and by gain per won where won matter.
    ways = dict.fromkeys((len(_ways(board)) - 1, 0))
    for leaving in (1, 2):
        helped = True
        while helped and go_on():
            helped = sum(_pass(_ways(board)[way], state, leaving, go_on) for way in ways) > 0


def _ways(board: Board) -> list[Board]:
    """Return the board with each way for greedy to go that may make a difference."""
    free = math.isinf(board.budget) and not board.least.any()
    ways = _WAYS[-1:] if free else _WAYS
    return [board._replace(thrifty=thrifty, by_cost=by_cost) for thrifty, by_cost in ways]


def ordered(board: Board, chosen: Bools) -> Whole:
    """Return the chosen options in the order of greatest gain, charges taken off."""
    state = start(board)
    left = [int(option) for option in np.flatnonzero(chosen)]
    order = []
    while left:
        place = int(np.argmax(state.gain[left] - board.charge[left]))
        order.append(left.pop(place))
        flip(board, state, order[-1])
    return np.array(order, dtype=np.int64)


def _pass(board: Board, state: State, leaving: int, go_on: Callable[[], bool]) -> bool:
    """Try every set of so many chosen options once; return whether any was swapped for better ones."""
    chosen = np.flatnonzero(state.open & ~board.fixed & (board.counted if leaving > 1 else True))
    helped = False
    for several in combinations(chosen[:_PAIRED] if leaving > 1 else chosen, leaving):
        if not go_on():
            break
        if all(state.open[option] for option in several):
            helped |= exchanged(board, state, np.array(several, dtype=np.int64))
    return helped
