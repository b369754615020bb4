"""Good choices of columns, quickly: the greatest gain first, then exchanges of one for another while that gains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled
from spatial.covers import Cover, Flags, Floats, Limits, Problem, Whole

# Rounds of exchanges after a choice is shaken, and how many are exchanged at random to shake it.
_ROUNDS = 20
_EXCHANGES = 2


class Open(NamedTuple):
    """Which columns are open, and what follows from it; changes as they open and close.

    times  (rows,) how many open columns cover the row
    by     (rows,) sum of their numbers: the number itself where it is one
    gain   (columns,) weight of the column's rows that nothing covers
    loss   (columns,) weight of its rows that it alone covers, if it is open
    """

    opened: Flags
    times: NDArray[np.int32]
    by: Whole
    gain: Whole
    loss: Whole


class Choice(NamedTuple):
    """A choice that changes.

    mine    the columns, as many as `tally` says
    shared  (columns,) zeros, to be written on
    tally   how many columns, what they cost, what they cover
    """

    state: Open
    mine: Whole
    shared: Whole
    tally: Floats


@compiled
def greedy(problem: Problem, by_cost: bool) -> Whole:
    """Return columns in the order of greatest gain (or gain per cost), until the limits or the gains end."""
    cover, weights, limits = problem
    state = _nothing_open(cover, weights)
    chosen = np.empty(min(limits.p, len(limits.costs)), dtype=np.int64)
    spent = 0.0
    for n in range(len(chosen)):
        best, most = -1, 0.0
        for j in range(len(limits.costs)):
            if state.gain[j] > 0 and spent + limits.costs[j] <= limits.budget:
                value = state.gain[j] / limits.costs[j] if by_cost else float(state.gain[j])
                if value > most:
                    best, most = j, value
        if best < 0:
            return chosen[:n].copy()
        _open_column(cover, weights, state, best)
        chosen[n] = best
        spent += limits.costs[best]
    return chosen


@compiled
def exchanged(problem: Problem, start: tuple[Whole, int]) -> Whole:
    """Return a choice that no single addition and no exchange of one for one improves, or where so many rounds end.

    start  a choice within the limits, and the rounds over all columns that are made at most
    """
    cover, weights, limits = problem
    choice = _opened(cover, weights, limits, start[0])
    _improve(cover, weights, (limits, start[1]), choice)
    return choice.mine[: int(choice.tally[0])].copy()


@compiled
def shaken(problem: Problem, start: tuple[Whole, int, int]) -> Whole:
    """Return the best choice met while exchanges are made at random and mended: never a worse one than at the start.

    start  a choice within the limits, how often it is shaken, and the seed of the chance
    """
    cover, weights, limits = problem
    chosen, shakes, seed = start
    choice = _opened(cover, weights, limits, chosen)
    _improve(cover, weights, (limits, _ROUNDS), choice)
    kept = _opened(cover, weights, limits, choice.mine[: int(choice.tally[0])])
    chance = np.uint64(2 * seed + 1)
    for _ in range(shakes):
        for _ in range(_EXCHANGES):
            chance = _exchange_any(cover, weights, (limits, chance), choice)
        _improve(cover, weights, (limits, _ROUNDS), choice)
        if choice.tally[2] >= kept.tally[2]:
            _copied(choice, kept)
        else:
            _copied(kept, choice)
    return kept.mine[: int(kept.tally[0])].copy()


@compiled
def _exchange_any(cover: Cover, weights: Whole, given: tuple[Limits, np.uint64], choice: Choice) -> np.uint64:
    """Exchange a chosen column, whichever, for one that covers a row of it, if the limits allow; return the next chance."""
    limits, chance = given
    size = int(choice.tally[0])
    if size == 0:
        return chance
    chance = _next(chance)
    place = int(chance >> np.uint64(33)) % size
    old = choice.mine[place]
    chance = _next(chance)
    at = cover.col_at[old]
    i = cover.col[at + int(chance >> np.uint64(33)) % (cover.col_at[old + 1] - at)]
    chance = _next(chance)
    at = cover.row_at[i]
    new = int(cover.row[at + int(chance >> np.uint64(33)) % (cover.row_at[i + 1] - at)])
    fits = choice.tally[1] + limits.costs[new] - limits.costs[old] <= limits.budget
    if fits and not choice.state.opened[new]:
        _exchange(cover, weights, (limits, choice), (place, new))
    return chance


@compiled
def _next(chance: np.uint64) -> np.uint64:
    """Return the next state of Knuth's linear congruential generator, whose upper bits serve."""
    return chance * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)


@compiled
def _opened(cover: Cover, weights: Whole, limits: Limits, chosen: Whole) -> Choice:
    """Return a choice with its columns open."""
    choice = Choice(
        _nothing_open(cover, weights),
        np.empty(max(limits.p, len(chosen)) + 1, dtype=np.int64),
        np.zeros(len(limits.costs), dtype=np.int64),
        np.zeros(3),
    )
    for j in chosen:
        _add(cover, weights, (limits, choice), j)
    return choice


@compiled
def _copied(source: Choice, target: Choice) -> None:
    """Make one choice the same as another."""
    for one, other in ((source.state.gain, target.state.gain), (source.state.loss, target.state.loss)):
        other[:] = one
    target.state.opened[:], target.state.times[:] = source.state.opened, source.state.times
    target.state.by[:], target.mine[:], target.tally[:] = source.state.by, source.mine, source.tally


@compiled
def _add(cover: Cover, weights: Whole, given: tuple[Limits, Choice], j: int) -> None:
    """Open column j in a choice."""
    limits, choice = given
    choice.mine[int(choice.tally[0])] = j
    choice.tally[0] += 1.0
    choice.tally[1] += limits.costs[j]
    choice.tally[2] += choice.state.gain[j]
    _open_column(cover, weights, choice.state, j)


@compiled
def _exchange(cover: Cover, weights: Whole, given: tuple[Limits, Choice], places: tuple[int, int]) -> None:
    """Close what stands at a place of the choice and open column j there."""
    (limits, choice), (place, j) = given, places
    old = choice.mine[place]
    choice.tally[1] += limits.costs[j] - limits.costs[old]
    choice.tally[2] -= choice.state.loss[old]
    _close_column(cover, weights, choice.state, old)
    choice.tally[2] += choice.state.gain[j]
    _open_column(cover, weights, choice.state, j)
    choice.mine[place] = j


@compiled
def _improve(cover: Cover, weights: Whole, given: tuple[Limits, int], choice: Choice) -> None:
    """Add and exchange while that gains, so many rounds over all columns at most."""
    limits, rounds = given
    for _ in range(rounds):
        better = False
        cheapest = _least_loss(choice)
        for j in range(len(limits.costs)):
            if choice.state.gain[j] <= 0 or choice.state.opened[j]:
                continue
            if choice.tally[0] < limits.p and choice.tally[1] + limits.costs[j] <= limits.budget:
                _add(cover, weights, (limits, choice), j)
                cheapest, better = _least_loss(choice), True
                continue
            place = _to_close(cover, (weights, limits), choice, (j, cheapest))
            if place >= 0:
                _exchange(cover, weights, (limits, choice), (place, j))
                cheapest, better = _least_loss(choice), True
        if not better:
            break


@compiled
def _least_loss(choice: Choice) -> int:
    """Return the place in the choice of the column that is missed least, -1 where nothing is chosen."""
    place = -1
    for k in range(int(choice.tally[0])):
        if place < 0 or choice.state.loss[choice.mine[k]] < choice.state.loss[choice.mine[place]]:
            place = k
    return place


@compiled
def _to_close(cover: Cover, given: tuple[Whole, Limits], choice: Choice, wanted: tuple[int, int]) -> int:
    """Return the place in the choice of what is best closed for column j, -1 where no exchange gains.

    wanted  the column, and the place of the one that is missed least: what shares no row with j and is missed more
            is no better, unless it costs more
    """
    (weights, limits), (j, cheapest), state = given, wanted, choice.state
    if cheapest < 0:
        return -1
    any_cost = limits.budget == np.inf
    shares = False
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        if state.times[i] == 1:
            choice.shared[state.by[i]] += weights[i]
            shares = True
    place, most = -1, 0
    if not any_cost or shares or state.gain[j] > state.loss[choice.mine[cheapest]]:
        room = limits.budget - choice.tally[1] - limits.costs[j]
        for k in range(int(choice.tally[0])):
            old = choice.mine[k]
            won = state.gain[j] + choice.shared[old] - state.loss[old]
            if won > most and limits.costs[old] + room >= 0.0:
                place, most = k, won
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        if state.times[i] == 1:
            choice.shared[state.by[i]] = 0
    return place


@compiled
def _nothing_open(cover: Cover, weights: Whole) -> Open:
    """Return the state in which no column is open."""
    rows, columns = len(cover.row_at) - 1, len(cover.col_at) - 1
    gain = np.zeros(columns, dtype=np.int64)
    for j in range(columns):
        for e in range(cover.col_at[j], cover.col_at[j + 1]):
            gain[j] += weights[cover.col[e]]
    return Open(
        np.zeros(columns, dtype=np.bool_),
        np.zeros(rows, dtype=np.int32),
        np.zeros(rows, dtype=np.int64),
        gain,
        np.zeros(columns, dtype=np.int64),
    )


@compiled
def _open_column(cover: Cover, weights: Whole, state: Open, j: int) -> None:
    """Open a column."""
    state.opened[j] = True
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        if state.times[i] == 0:
            state.loss[j] += weights[i]
            for k in range(cover.row_at[i], cover.row_at[i + 1]):
                state.gain[cover.row[k]] -= weights[i]
        elif state.times[i] == 1:
            state.loss[state.by[i]] -= weights[i]
        state.times[i] += 1
        state.by[i] += j


@compiled
def _close_column(cover: Cover, weights: Whole, state: Open, j: int) -> None:
    """Close an open column."""
    state.opened[j] = False
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        state.times[i] -= 1
        state.by[i] -= j
        if state.times[i] == 0:
            for k in range(cover.row_at[i], cover.row_at[i + 1]):
                state.gain[cover.row[k]] += weights[i]
        elif state.times[i] == 1:
            state.loss[state.by[i]] += weights[i]
    state.loss[j] = 0
