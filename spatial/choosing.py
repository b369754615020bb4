"""Good choices of columns, quickly: the greatest gain first, then exchanges of one for another while that gains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled
from spatial.covers import Cover, Flags, Limits, Whole


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


@compiled
def greedy(cover: Cover, weights: Whole, limits: Limits, by_cost: bool) -> Whole:
    """Return columns in the order of greatest gain (or gain per cost), until the limits or the gains end."""
    state = nothing_open(cover, weights)
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
        open_column(cover, weights, state, best)
        chosen[n] = best
        spent += limits.costs[best]
    return chosen


@compiled
def exchanged(cover: Cover, weights: Whole, limits: Limits, start: tuple[Whole, int]) -> Whole:
    """Return a choice that no single addition and no exchange of one for one improves, or where so many rounds end.

    start  a choice within the limits, and the rounds over all columns that are made at most
    """
    chosen, rounds = start
    state = nothing_open(cover, weights)
    mine = np.empty(max(limits.p, len(chosen)) + 1, dtype=np.int64)
    size, spent = 0, 0.0
    for j in chosen:
        open_column(cover, weights, state, j)
        mine[size] = j
        size, spent = size + 1, spent + limits.costs[j]
    shared = np.zeros(len(limits.costs), dtype=np.int64)
    for _ in range(rounds):
        better = False
        for j in range(len(limits.costs)):
            if state.gain[j] <= 0 or state.opened[j]:
                continue
            if size < limits.p and spent + limits.costs[j] <= limits.budget:
                mine[size] = j
                size, spent, better = size + 1, spent + limits.costs[j], True
                open_column(cover, weights, state, j)
                continue
            place = _to_close(cover, weights, (state, shared), (mine, size, spent), (limits, j))
            if place >= 0:
                spent += limits.costs[j] - limits.costs[mine[place]]
                close_column(cover, weights, state, mine[place])
                open_column(cover, weights, state, j)
                mine[place], better = j, True
        if not better:
            break
    return mine[:size].copy()


@compiled
def _to_close(
    cover: Cover,
    weights: Whole,
    states: tuple[Open, Whole],
    choice: tuple[Whole, int, float],
    wanted: tuple[Limits, int],
) -> int:
    """Return the place in the choice of what is best closed for column j, -1 where no exchange gains."""
    (state, shared), (mine, size, spent), (limits, j) = states, choice, wanted
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        if state.times[i] == 1:
            shared[state.by[i]] += weights[i]
    place, most = -1, 0
    for k in range(size):
        won = state.gain[j] + shared[mine[k]] - state.loss[mine[k]]
        if won > most and spent + limits.costs[j] - limits.costs[mine[k]] <= limits.budget:
            place, most = k, won
    for e in range(cover.col_at[j], cover.col_at[j + 1]):
        i = cover.col[e]
        if state.times[i] == 1:
            shared[state.by[i]] = 0
    return place


@compiled
def nothing_open(cover: Cover, weights: Whole) -> Open:
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
def open_column(cover: Cover, weights: Whole, state: Open, j: int) -> None:
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
def close_column(cover: Cover, weights: Whole, state: Open, j: int) -> None:
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
