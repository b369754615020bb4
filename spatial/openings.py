"""Kernels that open and close options of a board and keep every option's gain exact as they do."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from spatial.boards import ROUNDING, Board, Bools, Ints, Small
from spatial.compiled import compiled, inlined
from spatial.siting_model import Floats

# Places in State.total.
_COUNT, _COST, _WORTH, _LEAST_GAIN = 0, 1, 2, 3


class State(NamedTuple):
    """What is open and what it is worth; changes as options are opened and closed.

    first   (rows,) the only pole that sees the row, -1 where none does
    twice   (rows,) whether a second pole does
    sides   (rows,) from which sides it is seen, as bits
    gain    (options,) worth that opening the option would add, its charge not taken off
    total   how many counted ones are open, their cost, the worth of all, and the least gain that is not rounding
    """

    open: Bools
    first: Ints
    twice: Bools
    sides: Small
    gain: Floats
    held: Ints
    capped: Floats
    reached: Floats
    total: Floats


def start(board: Board) -> State:
    """Return the state in which only what is fixed is open."""
    rows, options = len(board.weight), len(board.cost)
    state = State(
        open=np.zeros(options, dtype=bool),
        first=np.full(rows, -1, dtype=np.int64),
        twice=np.zeros(rows, dtype=bool),
        sides=np.zeros(rows, dtype=np.uint8),
        gain=np.zeros(options),
        held=np.zeros(len(board.most), dtype=np.int64),
        capped=np.zeros(len(board.cap_most)),
        reached=np.zeros(len(board.share_least)),
        total=np.zeros(4),
    )
    _begin(board, state)
    return state


@compiled
def _begin(board: Board, state: State) -> None:
    # Arrays are named first: a kernel counts the references of a whole tuple each time that one of it is asked for.
    at, row, side, gain = board.at, board.row, board.row_side, state.gain
    weight, backup, diverse = board.weight, board.backup, board.diverse
    for j in range(len(gain)):
        total = 0.0
        for k in range(at[j], at[j + 1]):
            total += weight[row[k]] * _parts(-1, False, 0, 0, side[k], backup, diverse)
        gain[j] = total
    if len(gain):
        state.total[_LEAST_GAIN] = ROUNDING * gain.max()
    for j in range(len(gain)):
        if board.fixed[j]:
            state.open[j] = True
            _look(board, state, j)


@inlined
def _parts(first: int, twice: bool, sides: int, pole: int, side: int, backup: float, diverse: float) -> float:
    """Return how much of a row's weight one more view is worth."""
    parts = 0.0
    if first < 0:
        parts += 1.0
    elif not twice and first != pole:
        parts += backup
    if sides != 3 and (sides | side) == 3:
        parts += diverse
    return parts


@compiled
def _look(board: Board, state: State, option: int) -> None:
    """See anew who sees the rows of an option, and mend the gains of all that could."""
    of, by, by_side, pole = board.of, board.option, board.option_side, board.pole
    weight, backup, diverse, gain, is_open = board.weight, board.backup, board.diverse, state.gain, state.open
    rows, total = board.row[board.at[option] : board.at[option + 1]], state.total
    for i in rows:
        begin, end = of[i], of[i + 1]
        first, twice, sides = -1, False, 0
        for k in range(begin, end):
            if is_open[by[k]]:
                sides |= by_side[k]
                if first < 0:
                    first = pole[by[k]]
                elif pole[by[k]] != first:
                    twice = True
        had, had_twice, had_sides = state.first[i], state.twice[i], state.sides[i]
        if first == had and twice == had_twice and sides == had_sides:
            continue
        for k in range(begin, end):
            j = by[k]
            now = _parts(first, twice, sides, pole[j], by_side[k], backup, diverse)
            before = _parts(had, had_twice, had_sides, pole[j], by_side[k], backup, diverse)
            gain[j] += weight[i] * (now - before)
        total[_WORTH] += weight[i] * (
            (first >= 0) * 1.0
            - (had >= 0) * 1.0
            + backup * (twice * 1.0 - had_twice * 1.0)
            + diverse * ((sides == 3) * 1.0 - (had_sides == 3) * 1.0)
        )
        state.first[i], state.twice[i], state.sides[i] = first, twice, sides
        for k in range(board.shares[i], board.shares[i + 1]):
            state.reached[board.share[k]] += ((first >= 0) * 1.0 - (had >= 0) * 1.0) * board.share_amount[k]


@compiled
def flip(board: Board, state: State, j: int) -> None:
    """Open option j, or close it if it is open."""
    sign = -1 if state.open[j] else 1
    state.open[j] = not state.open[j]
    if board.counted[j]:
        state.total[_COUNT] += sign
    state.total[_COST] += sign * board.cost[j]
    state.total[_WORTH] -= sign * board.charge[j]
    for k in range(board.groups[j], board.groups[j + 1]):
        state.held[board.group[k]] += sign
    for c in range(len(board.cap_most)):
        state.capped[c] += sign * board.cap[c, j]
    _look(board, state, j)


@inlined
def fits(board: Board, state: State, j: int) -> bool:
    """Return whether option j may be opened besides what is open."""
    if state.open[j] or board.barred[j]:
        return False
    if board.counted[j] and state.total[_COUNT] >= board.p:
        return False
    if state.total[_COST] + board.cost[j] > board.budget:
        return False
    for k in range(board.groups[j], board.groups[j + 1]):
        if state.held[board.group[k]] >= board.most[board.group[k]]:
            return False
    for c in range(len(board.cap_most)):
        if state.capped[c] + board.cap[c, j] > board.cap_most[c] * (1.0 + ROUNDING):
            return False
    return True


@compiled
def fill(board: Board, state: State) -> None:
    """Open options: first what groups and shares ask for, then what gains most, until the limits or the gains end."""
    meet(board, state)
    win(board, state)


@compiled
def meet(board: Board, state: State) -> None:
    """Open what groups and shares ask for at least, as far as that is possible."""
    for g in range(len(board.most)):
        while state.held[g] < board.least[g]:
            best = _for_group(board, state, g)
            if best < 0:
                break
            flip(board, state, best)
    while True:
        best = _for_shares(board, state)
        if best < 0:
            break
        flip(board, state, best)


@compiled
def win(board: Board, state: State) -> None:
    """Open what gains most, one after the other."""
    while True:
        best = _for_worth(board, state)
        if best < 0:
            break
        flip(board, state, best)


@compiled
def _for_worth(board: Board, state: State) -> int:
    """Return the option that gains most, -1 where none that fits gains more than rounding."""
    gain, charge, cost, least = state.gain, board.charge, board.cost, state.total[_LEAST_GAIN]
    best, most = -1, 0.0
    for j in range(len(gain)):
        net = gain[j] - charge[j]
        if net > least:
            value = _per(net, cost[j]) if board.by_cost else net
            if value > most and fits(board, state, j):
                best, most = j, value
    return best


@inlined
def _per(value: float, cost: float) -> float:
    """Return value per cost; what costs nothing comes before all that does."""
    return value / cost if cost > 0.0 else value * 1e30


@compiled
def _for_group(board: Board, state: State, g: int) -> int:
    best, most, cheapest = -1, -math.inf, math.inf
    for k in range(board.members[g], board.members[g + 1]):
        j = board.member[k]
        if not fits(board, state, j):
            continue
        net, cost = state.gain[j] - board.charge[j], board.cost[j] if board.thrifty else 0.0
        if cost < cheapest or (cost == cheapest and net > most):
            best, most, cheapest = j, net, cost
    return best


@compiled
def mend(board: Board, state: State) -> None:
    """Give groups that must hold one a better one than their cheapest, those first that gain most for their won."""
    value, other = np.zeros(len(board.most)), np.full(len(board.most), -1)
    for g in range(len(board.most)):
        held = _held(board, state, g)
        if held >= 0:
            flip(board, state, held)
            value[g], other[g] = _best_instead(board, state, g, held)
            flip(board, state, held)
    for g in np.argsort(-value):
        if value[g] <= 0.0:
            break
        held = _held(board, state, g)
        flip(board, state, held)
        gains = _net(board, state, other[g]) > _net(board, state, held) + state.total[_LEAST_GAIN]
        flip(board, state, other[g] if gains and fits(board, state, other[g]) else held)


@inlined
def _net(board: Board, state: State, j: int) -> float:
    return float(state.gain[j] - board.charge[j])


@compiled
def _held(board: Board, state: State, g: int) -> int:
    """Return the one open option of a group that must hold just one, -1 for other groups."""
    if board.least[g] == 1 and board.most[g] == 1:
        for k in range(board.members[g], board.members[g + 1]):
            if state.open[board.member[k]]:
                return int(board.member[k])
    return -1


@compiled
def _best_instead(board: Board, state: State, g: int, held: int) -> tuple[float, int]:
    """Return the option of a group that gains most over the held one for its won, and how much; nothing is open of it."""
    best, most = -1, 0.0
    for k in range(board.members[g], board.members[g + 1]):
        j = board.member[k]
        more = _net(board, state, j) - _net(board, state, held)
        if j != held and more > state.total[_LEAST_GAIN]:
            value = _per(more, board.cost[j] - board.cost[held])
            if value > most and fits(board, state, j):
                best, most = j, value
    return most, best


@compiled
def _for_shares(board: Board, state: State) -> int:
    """Return the option that does most for the shares that lack something, -1 where none lacks or none helps."""
    short = board.share_least * (1.0 - ROUNDING) - state.reached
    if not len(short) or short.max() <= 0.0:
        return -1
    helped = _helped(board, state, short)
    greatest = max(state.gain.max(), 1e-300)
    best, most = -1, 0.0
    for j in range(len(board.cost)):
        value = 0.0
        for s in range(len(short)):
            if helped[j, s] > 0.0:
                value += min(helped[j, s] / short[s], 1.0)
        if value <= 0.0:
            continue
        # Of two that help alike the one that also sees more of worth comes first.
        value *= 1.0 + max(state.gain[j] - board.charge[j], 0.0) / greatest
        value = _per(value, board.cost[j]) if board.by_cost else value
        if value > most and fits(board, state, j):
            best, most = j, value
    return best


@compiled
def _helped(board: Board, state: State, short: Floats) -> Floats:
    """Return (option, share) how much of what is short each option would see anew."""
    of, by, shares, share, amount = board.of, board.option, board.shares, board.share, board.share_amount
    first = state.first
    helped = np.zeros((len(board.cost), len(short)))
    for i in range(len(first)):
        if shares[i] == shares[i + 1] or first[i] >= 0:
            continue
        for s in range(shares[i], shares[i + 1]):
            if short[share[s]] > 0.0:
                for k in range(of[i], of[i + 1]):
                    helped[by[k], share[s]] += amount[s]
    return helped


@compiled
def lacks(board: Board, state: State) -> float:
    """Return how much is missing from what groups and shares ask for; 0 when all is met."""
    missing = 0.0
    for g in range(len(board.most)):
        missing += max(board.least[g] - state.held[g], 0)
    for s in range(len(board.share_least)):
        short = board.share_least[s] * (1.0 - ROUNDING) - state.reached[s]
        if short > 0.0:
            missing += short / board.share_least[s]
    return missing


@compiled
def exchanged(board: Board, state: State, leaving: Ints) -> bool:
    """Close these options, fill again, and keep that if it is better; else all is as it was. Return whether it was kept."""
    lacked, worth = lacks(board, state), state.total[_WORTH]
    was = state.open.copy()
    for j in leaving:
        flip(board, state, j)
    fill(board, state)
    lacking = lacks(board, state)
    better = state.total[_WORTH] > worth + state.total[_LEAST_GAIN]
    if lacking < lacked - ROUNDING or (lacking <= lacked and better):
        return True
    restore(board, state, was)
    return False


@compiled
def restore(board: Board, state: State, wanted: Bools) -> None:
    """Open and close options until exactly the wanted ones are open."""
    for j in range(len(board.cost)):
        if state.open[j] and not wanted[j]:
            flip(board, state, j)
    for j in range(len(board.cost)):
        if wanted[j] and not state.open[j]:
            flip(board, state, j)


def worth(state: State) -> float:
    """Return the worth of what is open, with the rounding of its sums."""
    return float(state.total[_WORTH])
