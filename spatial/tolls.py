"""Lagrange's bound of a siting model: limits are dropped for tolls on breaking them, and tolls are lowered step by step.

For any tolls, what is left falls apart into rows and groups, each with its best answer at sight, and no choice within
the limits is worth more than all of these together. An option whose forced choice would bring that sum below a choice
that is known belongs to no better one, and leaves the question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from spatial.boards import ROUNDING, Board, Bools, Ints, Small
from spatial.compiled import compiled
from spatial.openings import State, start
from spatial.siting_model import Floats

_ROUNDS = 400
# Steps are halved after so many rounds without a lower bound, and the search ends when they are this small.
_PATIENCE, _SMALLEST = 12, 0.004
_EPSILON = 4.0 * float(np.finfo(np.float64).eps)


class Tolls(NamedTuple):
    """What is paid for a unit of each dropped limit: views of a row, views along and against, shares, caps, budget."""

    views: Floats
    along: Floats
    against: Floats
    share: Floats
    cap: Floats
    budget: Floats


class Question(NamedTuple):
    """A board as Lagrange asks it: units are made alike, so that a step serves all tolls.

    home     (options,) the one group whose limits bind an option here, -1 for none
    must     (groups,) whether the group must hold `least` here: all its options are at home in it
    need     (shares,) what is still asked; cap_room and room what caps and the budget leave, in units of a mean option
    """

    board: Board
    first: Ints
    twice: Bools
    sides: Small
    home: Ints
    must: Bools
    share_amount: Floats
    need: Floats
    cap: Floats
    cap_room: Floats
    cost: Floats
    room: float
    there: float


@dataclass(frozen=True, slots=True)
class Settled:
    """The least bound that was met, its rounding counted in, and which options (options,) a better choice may hold."""

    bound: float
    kept: Bools


def settled(board: Board, known: Ints, worth: float, *, margin: float, go_on: Callable[[], bool]) -> Settled:
    """Return Lagrange's bound, and the options that a choice worth more than the known one may hold.

    known   options of a choice that keeps all limits, worth so much
    margin  by how much sums of worths may err
    go_on   asked between rounds; False ends the search
    """
    question = _question(board)
    tolls, kept = _first_tolls(question, known, worth), ~board.barred
    step, best, waited = 1.0, np.inf, 0
    slope = Tolls(*(np.zeros_like(part) for part in tolls))
    lowest = tolls
    for _ in range(_ROUNDS):
        bound, over, now = _asked(question, tolls, worth - margin)
        kept &= over
        waited = 0 if bound < best - 1e-4 * abs(best - worth) else waited + 1
        if bound < best:
            best, lowest = bound, tolls
        if waited > _PATIENCE:
            step, waited, tolls = step / 2.0, 0, lowest
        if step < _SMALLEST or best <= worth or not go_on():
            break
        slope = Tolls(*(0.6 * part + 0.4 * before for part, before in zip(now, slope, strict=True)))
        length = sum(float(part @ part) for part in slope)
        if length <= 0.0:
            break
        stride = step * max(bound - worth, 1e-9 * abs(bound)) / length
        tolls = _within(
            question, Tolls(*(part - stride * way for part, way in zip(tolls, slope, strict=True)))
        )
    kept[known] = True
    return Settled(best, kept)


def _question(board: Board) -> Question:
    state = start(board)
    home, must = _homes(board)
    share_size = _mean(board.share_amount)
    cap_size = np.array([_mean(amounts) for amounts in board.cap])
    cost_size = _mean(board.cost)
    bounded = bool(np.isfinite(board.budget))
    need = np.maximum(board.share_least * (1.0 - ROUNDING) - state.reached, 0.0)
    return Question(
        board=board,
        first=state.first,
        twice=state.twice,
        sides=state.sides,
        home=home,
        must=must,
        share_amount=board.share_amount / share_size,
        need=need / share_size,
        cap=board.cap / cap_size.reshape(-1, 1),
        cap_room=board.cap_most * (1.0 + ROUNDING) / cap_size,
        cost=board.cost / cost_size if bounded else np.zeros(len(board.cost)),
        room=board.budget / cost_size if bounded else 0.0,
        there=_worth_there(board, state),
    )


def _mean(amounts: Floats) -> float:
    some = amounts[amounts > 0.0]
    return float(some.mean()) if len(some) else 1.0


def _worth_there(board: Board, state: State) -> float:
    parts = (state.first >= 0) + board.backup * state.twice + board.diverse * (state.sides == 3)
    return float((board.weight * parts).sum())


def _homes(board: Board) -> tuple[Ints, Bools]:
    """Return the group that binds each option here, those that must hold one before others, and which must."""
    home = np.full(len(board.cost), -1, dtype=np.int64)
    for g in np.argsort(board.least > 0, kind="stable"):
        home[board.member[board.members[g] : board.members[g + 1]]] = g
    number = np.repeat(np.arange(len(board.most)), np.diff(board.members))
    away = np.bincount(number[home[board.member] != number], minlength=len(board.most)) > 0
    return home, (board.least > 0) & ~away


def _first_tolls(question: Question, known: Ints, worth: float) -> Tolls:
    """Return tolls that fit a known choice: what it does not see is worth its full toll, what it sees a half."""
    board = question.board
    seen = np.zeros(len(board.weight), dtype=bool)
    for option in known:
        seen[board.row[board.at[option] : board.at[option + 1]]] = True
    views = np.where(question.first < 0, 1.0, board.backup * ~question.twice) * board.weight
    lacking = question.sides[:, np.newaxis] & np.array([1, 2]) == 0
    half = 0.5 * board.diverse * board.weight
    rate = 0.5 * max(worth, 0.0) / question.room if question.room > 0.0 else 0.0
    return Tolls(
        views=np.where(seen, 0.5 * views, views),
        along=half * lacking[:, 0],
        against=half * lacking[:, 1],
        share=np.zeros(len(question.need)),
        cap=np.zeros(len(question.cap_room)),
        budget=np.full(1, rate),
    )


def _within(question: Question, tolls: Tolls) -> Tolls:
    """Return tolls of zero or more, and no higher than what they are paid for is worth: beyond that no bound falls."""
    board = question.board
    share = np.maximum(tolls.share, 0.0)
    row = np.repeat(np.arange(len(board.weight)), np.diff(board.shares))
    asked = np.bincount(row, weights=share[board.share] * question.share_amount, minlength=len(board.weight))
    first = np.where(question.first < 0, board.weight + asked, board.backup * board.weight)
    both = board.diverse * board.weight
    return Tolls(
        np.clip(tolls.views, 0.0, first),
        np.clip(tolls.along, 0.0, both),
        np.clip(tolls.against, 0.0, both),
        share,
        np.maximum(tolls.cap, 0.0),
        np.maximum(tolls.budget, 0.0),
    )


@compiled
def _asked(question: Question, tolls: Tolls, known: float) -> tuple[float, Bools, Tolls]:
    """Return the bound of these tolls, which options a choice worth `known` or more may hold, and how the bound slopes."""
    score = _scores(question, tolls)
    taken, spare = _taken(question, score)
    slope = Tolls(
        np.zeros_like(tolls.views),
        np.zeros_like(tolls.along),
        np.zeros_like(tolls.against),
        -question.need,
        question.cap_room.copy(),
        np.full(1, question.room),
    )
    won, paid = _of_rows(question, tolls, slope), (tolls.cap * question.cap_room).sum()
    asked, held = (tolls.share * question.need).sum(), tolls.budget[0] * question.room
    bound = question.there + won + paid - asked + held
    size = question.there + won + paid + asked + held
    for j in range(len(score)):
        if taken[j]:
            bound += score[j]
            size += abs(score[j]) + 2.0 * (question.board.charge[j] + tolls.budget[0] * question.cost[j])
            for c in range(len(tolls.cap)):
                size += 2.0 * tolls.cap[c] * question.cap[c, j]
            _slope_of(question, slope, j)
    # Tolls are no whole numbers, even where weights are: without its rounding error a bound of 12 would come out below 12.
    bound += _EPSILON * (len(tolls.views) + len(score) + 64) * size
    return bound, bound + score - spare >= known, slope


@compiled
def _scores(question: Question, tolls: Tolls) -> Floats:
    """Return what each option earns: the tolls of what it would see, less its charge and what it takes up."""
    board = question.board
    at, row, side, pole, barred = board.at, board.row, board.row_side, board.pole, board.barred
    first, views, along, against = question.first, tolls.views, tolls.along, tolls.against
    score: Floats = -board.charge - tolls.budget[0] * question.cost
    for c in range(len(tolls.cap)):
        score -= tolls.cap[c] * question.cap[c]
    for j in range(len(score)):
        if barred[j]:
            score[j] = -np.inf
            continue
        for k in range(at[j], at[j + 1]):
            i = row[k]
            if first[i] != pole[j]:
                score[j] += views[i]
            if side[k] & 1:
                score[j] += along[i]
            if side[k] & 2:
                score[j] += against[i]
    return score


@compiled
def _of_rows(question: Question, tolls: Tolls, slope: Tolls) -> float:
    """Return what rows win over their tolls, and take that off the slopes."""
    board = question.board
    weight, backup, diverse = board.weight, board.backup, board.diverse
    shares, share, amount = board.shares, board.share, question.share_amount
    won = 0.0
    for i in range(len(weight)):
        if question.first[i] < 0:
            worth = weight[i]
            for s in range(shares[i], shares[i + 1]):
                worth += tolls.share[share[s]] * amount[s]
            if worth > tolls.views[i]:
                won += worth - tolls.views[i]
                slope.views[i] -= 1.0
                for s in range(shares[i], shares[i + 1]):
                    slope.share[share[s]] += amount[s]
        if not question.twice[i] and backup * weight[i] > tolls.views[i]:
            won += backup * weight[i] - tolls.views[i]
            slope.views[i] -= 1.0
        if diverse > 0.0 and question.sides[i] != 3:
            more = diverse * weight[i] - tolls.along[i] - tolls.against[i]
            if more > 0.0:
                won += more
                slope.along[i] -= 0.0 if question.sides[i] & 1 else 1.0
                slope.against[i] -= 0.0 if question.sides[i] & 2 else 1.0
    return won


@compiled
def _slope_of(question: Question, slope: Tolls, j: int) -> None:
    board = question.board
    for k in range(board.at[j], board.at[j + 1]):
        i = board.row[k]
        if question.first[i] != board.pole[j]:
            slope.views[i] += 1.0
        if board.diverse > 0.0:
            if board.row_side[k] & 1 and not question.sides[i] & 1:
                slope.along[i] += 1.0
            if board.row_side[k] & 2 and not question.sides[i] & 2:
                slope.against[i] += 1.0
    for c in range(len(slope.cap)):
        slope.cap[c] -= question.cap[c, j]
    slope.budget[0] -= question.cost[j]


@compiled
def _taken(question: Question, score: Floats) -> tuple[Bools, Floats]:
    """Return the options of the greatest sum within home groups and p, and what would be saved for each one forced in."""
    board, home, must = question.board, question.home, question.must
    taken, free = np.zeros(len(score), dtype=np.bool_), np.zeros(len(score), dtype=np.bool_)
    spare = np.zeros(len(score))
    for j in range(len(score)):
        free[j] = home[j] < 0 and score[j] > 0.0
    for g in range(len(board.most)):
        _take_of_group(question, score, g, free if not must[g] else taken)
    pool = np.flatnonzero(free & board.counted)
    taken |= free & ~board.counted
    least_in = 0.0
    if len(pool) > board.p:
        order = pool[np.argsort(-score[pool])]
        taken[order[: board.p]] = True
        least_in = score[order[board.p - 1]] if board.p > 0 else np.inf
    else:
        taken[pool] = True
    for j in range(len(score)):
        if taken[j]:
            # What is in already is in: forcing it saves itself.
            spare[j] = score[j]
        elif board.counted[j] and (home[j] < 0 or not must[home[j]]):
            spare[j] = least_in
    _spare_of_groups(question, score, taken, spare)
    return taken, spare


@compiled
def _take_of_group(question: Question, score: Floats, g: int, taken: Bools) -> None:
    """Take the best of a group: as many as it must hold, then those that earn something, up to the most it may."""
    board = question.board
    own = board.member[board.members[g] : board.members[g + 1]]
    least = board.least[g] if question.must[g] else 0
    if board.most[g] == 1:
        best = -1
        for j in own:
            if question.home[j] == g and (best < 0 or score[j] > score[best]) and not board.barred[j]:
                best = j
        if best >= 0 and (least > 0 or score[best] > 0.0):
            taken[best] = True
        return
    count = 0
    for j in own[np.argsort(-score[own])]:
        if board.barred[j] or question.home[j] != g or count >= board.most[g]:
            continue
        if count < least or score[j] > 0.0:
            taken[j] = True
            count += 1


@compiled
def _spare_of_groups(question: Question, score: Floats, taken: Bools, spare: Floats) -> None:
    """Where a group is full, one that is forced in takes the place of the weakest; where it holds no more than it must, too."""
    board = question.board
    for g in range(len(board.most)):
        own = board.member[board.members[g] : board.members[g + 1]]
        count, weakest = 0, np.inf
        for j in own:
            if question.home[j] == g and taken[j]:
                count += 1
                weakest = min(weakest, score[j])
        if count == 0 or (count < board.most[g] and not question.must[g]):
            continue
        for j in own:
            if question.home[j] != g or taken[j]:
                continue
            if count >= board.most[g]:
                spare[j] = max(spare[j], weakest) if not question.must[g] else weakest
            elif count == board.least[g]:
                spare[j] = min(weakest, 0.0)
