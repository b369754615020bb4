"""A siting model as a mixed-integer programme for HiGHS: built, begun from a choice, solved within a time."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp

from spatial.boards import ROUNDING, Board, Bools, Ints, board_of
from spatial.clock import countdown
from spatial.highs import Quiet
from spatial.openings import State, start
from spatial.siting_model import Floats, Model, Whole

# How far the bound of HiGHS may lie below the truth for each column: its tolerance of dual feasibility, tenfold.
_TOLERANCE = 1e-6
# Objectives are scaled so that their greatest part is this: HiGHS's absolute tolerances are small beside it.
_SCALE = 1e4


@dataclass(frozen=True, slots=True)
class Programme:
    """Maximise gain . v within low <= rows . v <= high; the first columns are the options, 0 or 1, the rest 0..1.

    constant  what is added to gain . v to make it the worth
    upper     (columns,) 1, or 0 for what cannot be chosen
    """

    gain: Floats
    rows: Any  # scipy.sparse; scipy ships no types
    low: Floats
    high: Floats
    upper: Floats
    options: int
    constant: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What HiGHS found: options or None, and a bound that its tolerances are counted into; infeasible if none can be."""

    chosen: Whole | None
    bound: float
    infeasible: bool
    ended: bool


def programme(model: Model) -> Programme:
    """Return the programme of a model: its value at a choice is the choice's worth, what is fixed included."""
    board = board_of(model)
    state = start(board)
    rows = _Rows(len(board.cost))
    worth = [-board.charge]
    worth.append(_counts(board, state, rows))
    worth.append(_sides(board, state, rows))
    _limits(board, rows)
    _shares(board, state, rows)
    matrix = rows.matrix()
    there = board.weight * (
        (state.first >= 0) + board.backup * state.twice + board.diverse * (state.sides == 3)
    )
    gain = np.concatenate(worth)
    upper = np.ones(len(gain))
    upper[: len(board.cost)][board.barred] = 0.0
    return Programme(gain, matrix, rows.low(), rows.high(), upper, len(board.cost), math.fsum(there))


class _Rows:
    """Constraints as they are gathered; `columns` counts the variables so far. A class, because it grows."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.seen_column: Ints = np.empty(0, dtype=np.int64)
        self._count = 0
        self._parts: list[tuple[Ints, Ints, Floats]] = []
        self._low: list[Floats] = []
        self._high: list[Floats] = []

    def more(self, count: int) -> Ints:
        """Return the numbers of so many new variables."""
        first = self.columns
        self.columns += count
        return np.arange(first, self.columns, dtype=np.int64)

    def add(self, low: Floats, high: Floats, *entries: tuple[Ints, Ints, Floats]) -> None:
        """Add constraints low <= sum <= high; entries are (number among these constraints, variable, factor)."""
        for row, column, factor in entries:
            self._parts.append((row + self._count, column, factor))
        self._low.append(low)
        self._high.append(high)
        self._count += len(low)

    def matrix(self) -> Any:  # scipy ships no types
        row, column, factor = (
            (np.concatenate([np.empty(0), *parts]) for parts in zip(*self._parts, strict=True))
            if self._parts
            else (np.empty(0), np.empty(0), np.empty(0))
        )
        pairs = (row.astype(np.int64), column.astype(np.int64))
        return sp.csr_array((factor, pairs), shape=(self._count, self.columns))

    def low(self) -> Floats:
        return np.concatenate([np.empty(0), *self._low])

    def high(self) -> Floats:
        return np.concatenate([np.empty(0), *self._high])


def _counts(board: Board, state: State, rows: _Rows) -> Floats:
    """Add seen and twice seen: seen + twice <= number of poles that see the row. Return what they are worth."""
    asked = (state.first < 0) & ((board.weight > 0.0) | (np.diff(board.shares) > 0))
    again = (board.weight * board.backup > 0.0) & ~state.twice
    seen, twice = np.flatnonzero(asked), np.flatnonzero(again)
    rows.seen_column = np.full(len(board.weight), -1, dtype=np.int64)
    rows.seen_column[seen] = rows.more(len(seen))
    twice_column = rows.more(len(twice))
    which = np.flatnonzero(asked | again)
    number = np.full(len(board.weight), -1, dtype=np.int64)
    number[which] = np.arange(len(which))
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.of))
    counts = (number[row] >= 0) & ~board.barred[board.option] & (board.pole[board.option] != state.first[row])
    pair_row, column, extra = _by_pole(board, row[counts], board.option[counts], again, rows)
    rows.add(
        np.full(len(which), -np.inf),
        np.zeros(len(which)),
        (number[seen], rows.seen_column[seen], np.ones(len(seen))),
        (number[twice], twice_column, np.ones(len(twice))),
        (number[pair_row], column, -np.ones(len(column))),
    )
    return np.concatenate([board.weight[seen], board.backup * board.weight[twice], np.zeros(extra)])


def _by_pole(board: Board, row: Ints, option: Ints, again: Bools, rows: _Rows) -> tuple[Ints, Ints, int]:
    """Return pairs (row, variable) that count the poles which see a row, and how many variables were added for it.

    An option stands for its pole, unless several of the pole may be open at once: then a variable of their own, at
    most 1 and at most their sum, does.
    """
    alone = np.arange(len(board.cost), dtype=np.int64) + len(board.most)
    for g in np.flatnonzero(board.most == 1)[::-1]:
        alone[board.member[board.members[g] : board.members[g + 1]]] = g
    key = row * (int(board.pole.max(initial=0)) + 1) + board.pole[option]
    distinct = np.unique(np.stack([key, alone[option]]), axis=1)
    keys, times = np.unique(distinct[0], return_counts=True)
    several = again[row] & (times[np.searchsorted(keys, key)] > 1)
    shared, number = np.unique(key[several], return_inverse=True)
    column = rows.more(len(shared))
    rows.add(
        np.full(len(shared), -np.inf),
        np.zeros(len(shared)),
        (np.arange(len(shared)), column, np.ones(len(shared))),
        (number.reshape(-1), option[several], -np.ones(int(several.sum()))),
    )
    first = np.searchsorted(key[several], shared, sorter=np.argsort(key[several], kind="stable"))
    owner = row[several][np.argsort(key[several], kind="stable")[first]] if len(shared) else shared
    return (
        np.concatenate([row[~several], owner]),
        np.concatenate([option[~several], column]),
        len(shared),
    )


def _sides(board: Board, state: State, rows: _Rows) -> Floats:
    """Add seen from both sides: at most the number of options that look from each. Return what it is worth."""
    both = np.flatnonzero((board.weight * board.diverse > 0.0) & (state.sides != 3))
    column = rows.more(len(both))
    number = np.full(len(board.weight), -1, dtype=np.int64)
    number[both] = np.arange(len(both))
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.of))
    free = (number[row] >= 0) & ~board.barred[board.option]
    for bit in (1, 2):
        lacking = (state.sides[both] & bit) == 0
        looks = free & ((board.option_side & bit) > 0)
        high = np.where(lacking, 0.0, np.inf)
        rows.add(
            np.full(len(both), -np.inf),
            high,
            (np.arange(len(both)), column, np.ones(len(both))),
            (number[row[looks]], board.option[looks], -np.ones(int(looks.sum()))),
        )
    return board.diverse * board.weight[both]


def _limits(board: Board, rows: _Rows) -> None:
    """Add p, budget, caps and groups."""
    options = np.arange(len(board.cost), dtype=np.int64)
    if board.p < int(board.counted.sum()):
        _at_most(rows, float(board.p), options, board.counted.astype(np.float64))
    if math.isfinite(board.budget):
        size = _size(board.cost)
        room = board.budget / size
        _at_most(rows, float(math.floor(room)) if size.is_integer() else room, options, board.cost / size)
    for amounts, most in zip(board.cap, board.cap_most, strict=True):
        size = float(amounts.max(initial=0.0)) or 1.0
        _at_most(rows, float(most) / size, options, amounts / size)
    number = np.repeat(np.arange(len(board.most)), np.diff(board.members))
    least, most = board.least.astype(np.float64), board.most.astype(np.float64)
    rows.add(least, most, (number, board.member, np.ones(len(number))))


def _at_most(rows: _Rows, most: float, options: Ints, factors: Floats) -> None:
    own = np.flatnonzero(factors)
    rows.add(
        np.array([-np.inf]),
        np.array([most]),
        (np.zeros(len(own), dtype=np.int64), options[own], factors[own]),
    )


def _shares(board: Board, state: State, rows: _Rows) -> None:
    """Add what shares ask for beyond what is seen already; a row that alone is enough counts as just enough."""
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.shares))
    left = state.first[row] < 0
    need = board.share_least * (1.0 - ROUNDING) - state.reached
    asked = need > 0.0
    size = np.where(asked, need, 1.0)
    share, amount = board.share[left], board.share_amount[left]
    factor = np.where(asked[share], np.minimum(amount / size[share], 1.0), 0.0)
    rows.add(
        asked.astype(np.float64), np.full(len(need), np.inf), (share, rows.seen_column[row[left]], factor)
    )


def _size(costs: Floats) -> float:
    """Return by what costs are divided: whole ones by what all share, so that they stay whole and tolerances harmless."""
    if len(costs) and costs.any() and np.all(costs == np.floor(costs)) and costs.max() < 2.0**53:
        return float(np.gcd.reduce(costs.astype(np.int64)))
    # A fraction of a won, so that it is not taken for a whole divisor.
    return max(float(costs.max(initial=0.0)), 1.0) * (1.0 + 2.0**-40)


def answered(
    asked: Programme, *, time_limit_s: float, gap: float = 0.0, begin: Whole | None = None, whole: bool = True
) -> Answered:
    """Return the best choice that HiGHS finds in the time, and its bound, raised by what its tolerances may hide.

    whole  False asks whether parts of options would do, and says no more than whether that is infeasible
    """
    if not len(asked.gain):
        infeasible = bool((asked.low > 0.0).any() or (asked.high < 0.0).any())
        bound = -math.inf if infeasible else asked.constant
        return Answered(None if infeasible else np.empty(0, dtype=np.int64), bound, infeasible, ended=True)
    scale = _SCALE / float(np.abs(asked.gain).max()) if asked.gain.any() else 1.0
    left_s = countdown(max(time_limit_s, 0.01))
    if not whole:
        asked = replace(asked, options=0)
    solver = _run(asked, scale, gap=gap, left_s=left_s(), begin=begin)
    if begin is not None and _lost(solver, asked, scale) and left_s() > 0.0:
        solver = _run(asked, scale, gap=gap, left_s=left_s(), begin=None)
    status, info = solver.getModelStatus(), solver.getInfo()
    kinds = highspy.HighsModelStatus
    if not whole:
        infeasible = status == kinds.kInfeasible
        return Answered(
            None, -math.inf if infeasible else math.inf, infeasible, ended=status == kinds.kOptimal
        )
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Answered(None, -math.inf, infeasible=True, ended=True)
    found = None
    if _has_choice(solver):
        values = np.asarray(solver.getSolution().col_value[: asked.options])
        found = np.flatnonzero(values > 0.5).astype(np.int64)
    ended = status == kinds.kOptimal
    slack = _TOLERANCE * (len(asked.gain) + 1)
    bound = (_least_loss(info, ended=ended, gap=gap) - slack) / -scale + asked.constant
    return Answered(found, bound, infeasible=False, ended=ended)


def _run(asked: Programme, scale: float, *, gap: float, left_s: float, begin: Whole | None) -> Any:
    """Return HiGHS after its search; highspy ships no types."""
    solver = _solver(asked, scale)
    solver.setOptionValue("time_limit", float(left_s))
    solver.setOptionValue("mip_rel_gap", float(gap))
    if begin is not None:
        solver.setSolution(len(begin), np.asarray(begin, dtype=np.int32), np.ones(len(begin)))
    solver.run()
    return solver


def _has_choice(solver: Any) -> bool:  # highspy ships no types
    return bool(
        solver.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    )


def _lost(solver: Any, asked: Programme, scale: float) -> bool:  # highspy ships no types
    """Return whether HiGHS counts its choice for another worth than it has, and ended its search by that.

    HiGHS 1.16 takes a choice to begin with into the model that presolve left, without what presolve took out: a choice
    with an option that presolve found needless then seems better than it is, and better than all that could be found.
    """
    if not _has_choice(solver):
        return False
    loss = -float(np.asarray(solver.getSolution().col_value) @ asked.gain) * scale
    return abs(float(solver.getInfo().objective_function_value) - loss) > 1e-6 * max(abs(loss), 1.0)


def _least_loss(info: Any, *, ended: bool, gap: float) -> float:  # highspy ships no types
    """Return a bound below every loss.

    HiGHS leaves its bound at 0 where it stops before it has one: then an ended search proves its own value within the
    gap, and another one nothing.
    """
    loss, bound = float(info.objective_function_value), float(info.mip_dual_bound)
    known = bound != 0.0 and bound <= loss + _TOLERANCE * max(abs(loss), 1.0)
    if not ended:
        return bound if known else -math.inf
    proved = loss - gap * abs(loss)
    return max(bound, proved) if known else proved


def _solver(asked: Programme, scale: float) -> Any:  # highspy ships no types
    """Return HiGHS with the programme: it minimises the loss, in one thread, with no gap of its own."""
    solver = Quiet()
    by_column = sp.csc_array(asked.rows)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(asked.gain), asked.rows.shape[0]
    lp.col_cost_ = -asked.gain * scale
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), asked.upper
    lp.row_lower_, lp.row_upper_ = asked.low, asked.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = by_column.indptr.astype(np.int32)
    lp.a_matrix_.index_ = by_column.indices.astype(np.int32)
    lp.a_matrix_.value_ = by_column.data
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * asked.options + [kinds.kContinuous] * (lp.num_col_ - asked.options)
    solver.passModel(lp)
    solver.setOptionValue("mip_abs_gap", 0.0)
    # How many threads it has is fixed for the whole process by its first caller: nobody sets it, or the next one is refused.
    solver.setOptionValue("random_seed", 1)
    return solver
