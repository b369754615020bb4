"""What is proved of a choice: its worth without error, bounds that need no search, and the two set against each other."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from spatial.boards import Board, board_of
from spatial.choices import Chosen, views_of, worth_of
from spatial.openings import State, flip, start
from spatial.siting_model import Floats, Model, Solved

# Whole numbers below this are exact as floats, with room for their sums.
_EXACT = 2.0**50
_FINEST = 1000


def solved(model: Model, chosen: Chosen, *, bound: float) -> Solved:
    """Return a choice with its worth and this bound; in whole numbers the bound comes down to the next that can be.

    bound  proved, rounding errors counted in
    """
    picked = np.asarray(chosen, dtype=np.int64)
    seen = views_of(model, picked)[0]
    unit = _unit(model)
    if unit is None:
        worth = worth_of(model, picked)
        most = max(bound, worth)
    else:
        whole = _units(model, picked, unit)
        worth = whole / unit
        most = max(math.floor(Fraction(bound) * unit), whole) / unit if math.isfinite(bound) else bound
    return Solved(
        chosen=picked,
        worth=worth,
        bound=most,
        gap=(most - worth) / most if most > 0.0 else 0.0,
        proved_optimal=worth == most,
        seen=seen,
    )


def rounding(model: Model) -> float:
    """Return by how much sums of the model's worths may err: not at all while they are small whole numbers."""
    total = _total(model)
    if _unit(model) == 1:
        return 0.0
    cells = sum(int(size) for size in model.cover.shape) + 8
    return total * float(np.finfo(np.float64).eps) * cells


def quick_bound(model: Model, chosen: Chosen) -> float:
    """Return a bound without a search: all that could be seen, or what the greatest gains within p and budget add.

    chosen  any choice; where seeing from both sides is worth nothing, gains beside it bound the best one too, because
            what one more option adds only falls as others open
    """
    board = board_of(model)
    state = start(board)
    return min(
        _reach(model),
        _beside(board, state) + rounding(model),
        _beside(board, _opened(board, chosen)) + rounding(model) if board.diverse == 0.0 else math.inf,
    )


def _unit(model: Model) -> int | None:
    """Return into how many parts a unit of worth must be cut for all worths to be whole, None where that is not so."""
    charges = np.zeros(1) if model.charges is None else np.asarray(model.charges)
    weights = np.asarray(model.weights)
    if not (np.all(weights == np.floor(weights)) and np.all(charges == np.floor(charges))):
        return None
    unit = math.lcm(_part(model.backup).denominator, _part(model.diverse).denominator)
    return unit if unit <= _FINEST and _total(model) * unit < _EXACT else None


def _part(share: float) -> Fraction:
    """Return the share as it is written: 0.3 is three tenths."""
    return Fraction(str(float(share)))


def _total(model: Model) -> float:
    charges = 0.0 if model.charges is None else float(np.sum(model.charges))
    return float(np.sum(model.weights)) * (1.0 + model.backup + model.diverse) + charges


def _units(model: Model, chosen: np.typing.NDArray[np.int64], unit: int) -> int:
    """Return the worth of a choice in parts of a unit, without error."""
    weights = np.asarray(model.weights, dtype=np.float64)
    seen, twice, both = (int(weights[views].sum()) for views in views_of(model, chosen))
    charged = 0 if model.charges is None else int(np.asarray(model.charges)[chosen].sum())
    whole = unit * (seen - charged) + unit * _part(model.backup) * twice + unit * _part(model.diverse) * both
    return int(whole)


def _reach(model: Model) -> float:
    """Return the worth of all that the options could see together, nothing charged."""
    every = np.arange(model.cover.shape[1], dtype=np.int64)
    free = every[~np.isin(every, model.fixed)]
    uncharged = Model(
        model.cover,
        model.weights,
        model.costs,
        poles=model.poles,
        backup=model.backup,
        sides=model.sides,
        diverse=model.diverse,
        fixed=model.fixed,
    )
    unit = _unit(uncharged)
    return worth_of(uncharged, free) if unit is None else _units(uncharged, free, unit) / unit


def _opened(board: Board, chosen: Chosen) -> State:
    state = start(board)
    for option in np.unique(np.asarray(chosen, dtype=np.int64)):
        flip(board, state, int(option))
    return state


def _beside(board: Board, state: State) -> float:
    """Return the gross worth of what is open and the greatest gains that p and the budget admit beside it."""
    charged = float(board.charge[state.open & ~board.fixed].sum())
    gain = np.where(board.barred | state.open, 0.0, _most_gain(board, state)) - board.charge
    # An option that is open already gains nothing more, and one that costs more than it gains is left out.
    gain = np.where(board.barred, 0.0, np.maximum(gain, 0.0))
    return float(state.total[2]) + charged + min(_by_number(board, gain), _by_budget(board, gain))


def _most_gain(board: Board, state: State) -> Floats:
    """Return the most that each option could ever add to this state, whatever else is opened."""
    if board.diverse == 0.0:
        return state.gain
    # With sides a second view may add more than it would alone: each of two or more has half of the whole.
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.of))
    unseen = state.first[row] < 0
    parts = np.where(
        unseen,
        np.maximum(
            1.0 + board.diverse * (board.option_side == 3), (1.0 + board.backup + board.diverse) / 2.0
        ),
        board.backup * ~state.twice[row] + board.diverse * (state.sides[row] != 3),
    )
    most = np.bincount(board.option, weights=parts * board.weight[row], minlength=len(board.cost))
    return most.astype(np.float64)


def _by_number(board: Board, gain: Floats) -> float:
    """Return what p counted ones and all others could gain; of a group that holds one, only the best.

    Of groups that share an option the first alone is taken so: another's best could be the one that was just left out.
    """
    gain = gain.copy()
    taken = np.zeros(len(gain), dtype=bool)
    for g in np.flatnonzero(board.most == 1):
        own = board.member[board.members[g] : board.members[g + 1]]
        if taken[own].any():
            continue
        taken[own] = True
        for kind in (board.counted[own], ~board.counted[own]):
            if kind.any():
                best = gain[own[kind]].max()
                gain[own[kind]] = 0.0
                gain[own[kind][0]] = best
    top = np.sort(gain[board.counted])[::-1][: board.p]
    return float(top.sum() + gain[~board.counted].sum())


def _by_budget(board: Board, gain: Floats) -> float:
    """Return the fractional knapsack of the gains."""
    if math.isinf(board.budget):
        return math.inf
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(board.cost > 0.0, gain / board.cost, np.inf)
    order = np.argsort(-rate, kind="stable")
    cost = board.cost[order]
    room = board.budget - (np.cumsum(cost) - cost)
    parts = np.ones(len(cost))
    np.divide(room, cost, out=parts, where=cost > 0.0)
    return float((gain[order] * np.clip(parts, 0.0, 1.0)).sum())
