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
    share_row: Ints
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
        now = now._replace(share=now.share + _by_rows(question, tolls, now))
        slope = Tolls(*(0.6 * part + 0.4 * before for part, before in zip(now, slope, strict=True)))
        length = sum(float(part @ part) for part in slope)
        if length <= 0.0:
            break
        stride = step * max(bound - worth, 1e-9 * abs(bound)) / length
        tolls = _stepped(question, tolls, slope, stride)
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
        share_row=np.repeat(np.arange(len(board.weight)), np.diff(board.shares)),
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


def _by_rows(question: Question, tolls: Tolls, slope: Tolls) -> Floats:
    """Return how the bound slopes by shares' tolls where the tolls of their rows rise and fall with them.

    Without that the tolls of a dong's thousand rows would have to follow that of its share one small step at a time.
    """
    board, row = question.board, question.share_row
    most = _most_views(question, tolls.share)[row]
    part = np.divide(tolls.views[row], most, out=np.zeros(len(row)), where=most > 0.0)
    moved = np.where(question.first[row] < 0, slope.views[row] * part * question.share_amount, 0.0)
    return np.bincount(board.share, weights=moved, minlength=len(question.need)).astype(np.float64)


def _stepped(question: Question, tolls: Tolls, slope: Tolls, stride: float) -> Tolls:
    """Return the tolls a step down: zero or more, and no higher than what they are paid for is worth."""
    both = question.board.diverse * question.board.weight
    share = np.maximum(tolls.share - stride * slope.share, 0.0)
    before, most = _most_views(question, tolls.share), _most_views(question, share)
    # A row keeps its part of what its view may cost when its share's toll changes that.
    views = tolls.views * np.divide(most, before, out=np.ones(len(most)), where=before > 0.0)
    views = np.where((before <= 0.0) & (most > 0.0), most, views)
    return Tolls(
        np.clip(views - stride * slope.views, 0.0, most),
        np.clip(tolls.along - stride * slope.along, 0.0, both),
        np.clip(tolls.against - stride * slope.against, 0.0, both),
        share,
        np.maximum(tolls.cap - stride * slope.cap, 0.0),
        np.maximum(tolls.budget - stride * slope.budget, 0.0),
    )


def _most_views(question: Question, share: Floats) -> Floats:
    """Return what a view of each row may cost at most: what seeing it is worth, with its shares' tolls."""
    weight = question.board.weight
    asked = np.bincount(
        question.share_row, weights=share[question.board.share] * question.share_amount, minlength=len(weight)
    )
    return np.where(question.first < 0, weight + asked, question.board.backup * weight)


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
    for j in np.flatnonzero(taken):
        bound += score[j]
        size += abs(score[j]) + 2.0 * (question.board.charge[j] + tolls.budget[0] * question.cost[j])
        for c in range(len(tolls.cap)):
            size += 2.0 * tolls.cap[c] * question.cap[c, j]
        _slope_of(question, slope, int(j))
    # Tolls are no whole numbers, even where weights are: without its rounding error a bound of 12 would come out below 12.
    bound += _EPSILON * (len(tolls.views) + len(score) + 64) * size
    return bound, bound + score - spare >= known, slope


@compiled
def _scores(question: Question, tolls: Tolls) -> Floats:
    """Return what each option earns: the tolls of what it would see, less its charge and what it takes up."""
    at, row, side, pole, barred = (
        question.board.at,
        question.board.row,
        question.board.row_side,
        question.board.pole,
        question.board.barred,
    )
    first, views, along, against = question.first, tolls.views, tolls.along, tolls.against
    score: Floats = -question.board.charge - tolls.budget[0] * question.cost
    for c in range(len(tolls.cap)):
        score -= tolls.cap[c] * question.cap[c]
    for j in range(len(score)):
        earned = 0.0
        for k in range(at[j], at[j + 1]):
            i = row[k]
            if first[i] != pole[j]:
                earned += views[i]
            if side[k] & 1:
                earned += along[i]
            if side[k] & 2:
                earned += against[i]
        score[j] = -np.inf if barred[j] else score[j] + earned
    return score


@compiled
def _of_rows(question: Question, tolls: Tolls, slope: Tolls) -> float:
    """Return what rows win over their tolls, and take that off the slopes."""
    board = question.board
    weight, backup, diverse = board.weight, board.backup, board.diverse
    shares, share, amount = board.shares, board.share, question.share_amount
    first, twice, sides = question.first, question.twice, question.sides
    views, along, against, of_share = tolls.views, tolls.along, tolls.against, tolls.share
    by_view, by_along, by_against, by_share = slope.views, slope.along, slope.against, slope.share
    won = 0.0
    for i in range(len(weight)):
        if first[i] < 0:
            worth = weight[i]
            for s in range(shares[i], shares[i + 1]):
                worth += of_share[share[s]] * amount[s]
            if worth > views[i]:
                won += worth - views[i]
                by_view[i] -= 1.0
                for s in range(shares[i], shares[i + 1]):
                    by_share[share[s]] += amount[s]
        if not twice[i] and backup * weight[i] > views[i]:
            won += backup * weight[i] - views[i]
            by_view[i] -= 1.0
        if diverse > 0.0 and sides[i] != 3:
            more = diverse * weight[i] - along[i] - against[i]
            if more > 0.0:
                won += more
                by_along[i] -= 0.0 if sides[i] & 1 else 1.0
                by_against[i] -= 0.0 if sides[i] & 2 else 1.0
    return won


@compiled
def _slope_of(question: Question, slope: Tolls, j: int) -> None:
    at, row, side, pole = (
        question.board.at,
        question.board.row,
        question.board.row_side,
        question.board.pole[j],
    )
    first, sides, diverse = question.first, question.sides, question.board.diverse
    views, along, against = slope.views, slope.along, slope.against
    for k in range(at[j], at[j + 1]):
        i = row[k]
        if first[i] != pole:
            views[i] += 1.0
        if diverse > 0.0:
            if side[k] & 1 and not sides[i] & 1:
                along[i] += 1.0
            if side[k] & 2 and not sides[i] & 2:
                against[i] += 1.0
    for c in range(len(slope.cap)):
        slope.cap[c] -= question.cap[c, j]
    slope.budget[0] -= question.cost[j]


@compiled
def _taken(question: Question, score: Floats) -> tuple[Bools, Floats]:
    """Return the options of the greatest sum within home groups and p, and what would be saved for each one forced in."""
    home, must, counted, p = question.home, question.must, question.board.counted, question.board.p
    taken, free = _of_groups(question, score)
    for j in range(len(score)):
        if home[j] < 0 and score[j] > 0.0:
            free[j] = True
    pool = np.flatnonzero(free & counted)
    taken |= free & ~counted
    least_in = 0.0
    if len(pool) > p:
        order = pool[np.argsort(-score[pool])]
        taken[order[:p]] = True
        least_in = score[order[p - 1]] if p > 0 else np.inf
    else:
        taken[pool] = True
    spare = np.zeros(len(score))
    for j in range(len(score)):
        if taken[j]:
            # What is in already is in: forcing it saves itself.
            spare[j] = score[j]
        elif counted[j] and (home[j] < 0 or not must[home[j]]):
            spare[j] = least_in
    _spare_of_groups(question, score, taken, spare)
    return taken, spare


@compiled
def _of_groups(question: Question, score: Floats) -> tuple[Bools, Bools]:
    """Return the best of groups that must hold some, and of the others: up to the most they may, while they earn something."""
    members, member, most, barred = (
        question.board.members,
        question.board.member,
        question.board.most,
        question.board.barred,
    )
    home, must, at_least = question.home, question.must, question.board.least
    taken, free = np.zeros(len(score), dtype=np.bool_), np.zeros(len(score), dtype=np.bool_)
    for g in range(len(most)):
        least = at_least[g] if must[g] else 0
        into = taken if must[g] else free
        for count in range(most[g]):
            best = -1
            for k in range(members[g], members[g + 1]):
                j = member[k]
                if home[j] == g and not (barred[j] or into[j]) and (best < 0 or score[j] > score[best]):
                    best = j
            if best < 0 or (count >= least and score[best] <= 0.0):
                break
            into[best] = True
    return taken, free


@compiled
def _spare_of_groups(question: Question, score: Floats, taken: Bools, spare: Floats) -> None:
    """Where a group is full, one that is forced in takes the place of the weakest; where it holds no more than it must, too."""
    members, member, most, least = (
        question.board.members,
        question.board.member,
        question.board.most,
        question.board.least,
    )
    home, must = question.home, question.must
    for g in range(len(most)):
        count, weakest = 0, np.inf
        for k in range(members[g], members[g + 1]):
            j = member[k]
            if home[j] == g and taken[j]:
                count += 1
                weakest = min(weakest, score[j])
        if count == 0 or (count < most[g] and not must[g]):
            continue
        for k in range(members[g], members[g + 1]):
            j = member[k]
            if home[j] != g or taken[j]:
                continue
            if count >= most[g]:
                spare[j] = weakest if must[g] else max(spare[j], weakest)
            elif count == least[g]:
                spare[j] = min(weakest, 0.0)
