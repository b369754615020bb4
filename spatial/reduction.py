"""Make a siting model smaller without changing its best choice: what cannot be chosen or won goes, equal rows become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from spatial.boards import ROUNDING, Board, Bools, Ints, board_of
from spatial.groups import members_of
from spatial.openings import State, start
from spatial.siting_model import Cap, Floats, Group, Model, Share, Whole


@dataclass(frozen=True, slots=True)
class Reduced:
    """A smaller model, which option of the whole each of its options is, and the worth that no choice changes.

    settled  worth of rows that are left out; what the fixed see of the rows that stay is the model's own
    """

    model: Model
    options: Whole
    settled: float


def reduced(model: Model, *, kept: Bools | None = None) -> Reduced:
    """Return a model of the same best choice among the kept options.

    kept  (option,) which may still be chosen; None: all. What is fixed stays
    """
    board = board_of(model)
    usable = _usable(board) if kept is None else _usable(board) & kept
    state = start(board)
    open_rows, helps = _open_rows(board, state, usable)
    holding = np.zeros(len(board.cost), dtype=bool)
    for g in np.flatnonzero(board.least):
        holding[board.member[board.members[g] : board.members[g + 1]]] = True
    options = np.flatnonzero(board.fixed | (usable & (helps | holding)))
    rows = np.flatnonzero(open_rows)
    worth = board.weight * (
        (state.first >= 0) + board.backup * state.twice + board.diverse * (state.sides == 3)
    )
    settled = float(worth[~open_rows].sum())
    number, heads = _alike(model, rows, options)
    return Reduced(_smaller(model, board, state, (rows, options, number, heads)), options, settled)


def _usable(board: Board) -> Bools:
    """Return the options that could be chosen alone: within budget and caps, of a group that may hold one."""
    usable = ~board.barred & (board.cost <= board.budget)
    if board.p == 0:
        usable &= ~board.counted
    for amounts, most in zip(board.cap, board.cap_most, strict=True):
        usable &= amounts <= most * (1.0 + ROUNDING)
    for g in np.flatnonzero(board.most == 0):
        usable[board.member[board.members[g] : board.members[g + 1]]] = False
    return usable


def _open_rows(board: Board, state: State, usable: Bools) -> tuple[Bools, Bools]:
    """Return the rows (rows,) of which an option can still win something, and the options (options,) that can."""
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.of))
    option, side = board.option, board.option_side
    asked = np.diff(board.shares) > 0
    worth = board.weight > 0.0
    first = state.first[row]
    wins = (first < 0) & (worth | asked)[row]
    if board.backup > 0.0:
        wins |= worth[row] & ~state.twice[row] & (board.pole[option] != first)
    if board.diverse > 0.0:
        wins |= worth[row] & ((side & ~state.sides[row]) > 0)
    wins &= usable[option]
    return np.bincount(row[wins], minlength=len(worth)) > 0, np.bincount(
        option[wins], minlength=len(usable)
    ) > 0


def _alike(model: Model, rows: Ints, options: Ints) -> tuple[Ints, Ints]:
    """Return a number for each row, the same for rows that the same options see from the same sides, and a row of each."""
    cover = sp.csr_array(model.cover)[rows][:, options] != 0
    chance = np.random.default_rng(20_261_126)
    # Two sums of 53 random bits each: that two unlike rows have both alike does not happen.
    marks = chance.integers(1, 1 << 52, (len(options), 2)).astype(np.int64)
    parts = [cover.astype(np.int64) @ marks]
    if model.sides is not None and model.diverse > 0.0:
        sides = sp.csr_array(sp.csr_array(model.sides)[rows][:, options].multiply(cover), dtype=np.int64)
        parts.append(sides @ chance.integers(1, 1 << 52, (len(options), 2)).astype(np.int64))
    keys = np.concatenate(parts, axis=1)
    _, heads, number = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return number.reshape(-1).astype(np.int64), heads.astype(np.int64)


def _smaller(model: Model, board: Board, state: State, sizes: tuple[Ints, Ints, Ints, Ints]) -> Model:
    rows, options, number, heads = sizes
    place = np.full(len(board.cost), -1, dtype=np.int64)
    place[options] = np.arange(len(options))
    one = np.full(len(board.weight), -1, dtype=np.int64)
    one[rows] = number
    return replace(
        model,
        cover=sp.csr_array(model.cover)[rows[heads]][:, options],
        weights=np.bincount(number, weights=board.weight[rows], minlength=len(heads)).astype(np.float64),
        costs=board.cost[options],
        p=None if model.p is None else board.p,
        counted=board.counted[options],
        fixed=place[np.flatnonzero(board.fixed)].tolist(),
        groups=_fewer_groups(model.groups, place),
        shares=_fewer_shares(model.shares, one, state.first >= 0, len(heads)),
        caps=[Cap(cap.name, np.asarray(cap.amounts)[options], cap.most) for cap in model.caps],
        charges=board.charge[options],
        poles=board.pole[options],
        sides=_taken(model.sides, rows[heads], options),
    )


def _taken(matrix: Any, rows: Ints, options: Ints) -> Any:  # scipy ships no types
    return None if matrix is None else sp.csr_array(matrix)[rows][:, options]


def _fewer_groups(groups: Sequence[Group], place: Ints) -> list[Group]:
    """Return the groups that still limit something: a group of fewer options than it may hold limits nothing."""
    number, option = members_of(groups)
    stays = place[option] >= 0
    first = np.searchsorted(number[stays], np.arange(len(groups) + 1))
    own = place[option][stays]
    left = [replace(group, options=own[first[at] : first[at + 1]]) for at, group in enumerate(groups)]
    return [group for group in left if group.least > 0 or len(group.options) > group.most]


def _fewer_shares(shares: Sequence[Share], one: Ints, seen: Bools, rows: int) -> list[Share]:
    """Return the shares of the merged rows, less what is seen already; those that are met are gone."""
    left = []
    for share in shares:
        demand, amounts = np.asarray(share.demand), np.asarray(share.amounts, dtype=np.float64)
        least = share.least * (1.0 - ROUNDING) - float(amounts[seen[demand]].sum())
        if least <= 0.0:
            continue
        open_ones = ~seen[demand] & (one[demand] >= 0)
        summed = np.bincount(one[demand[open_ones]], weights=amounts[open_ones], minlength=rows)
        total: Floats = summed.astype(np.float64)
        asked = np.flatnonzero(total)
        left.append(Share(share.name, asked, total[asked], least))
    return left
