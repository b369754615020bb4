"""The limits that another plan stands elsewhere, and a quick search for a good one within them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from spatial.boards import Board, board_of
from spatial.choices import allowed, greedy, improved, worth_of
from spatial.promising import Part
from spatial.siting_model import Group, Model, Solved
from spatial.worths import solved

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

# The site of an option that makes none.
NOWHERE = -1
# A share of a whole number of sites, such as a third of nine, must not be rounded up by a rounding error.
_EXACT = 1e-9
# How often greed is asked, by what part of a mean site's worth prices move at first, and how much shorter each step is.
_ASKED, _FIRST_STEP, _SHORTER = 30, 0.3, 0.87
# How often the whole begins anew, from which prices at most (parts of a mean site's worth) and with weights how much off.
_STARTS, _PRICES, _SPREAD = 40, 0.5, 0.5


def elsewhere(model: Model, plans: Sequence[Whole], *, site: Whole, differ: float) -> Model:
    """Return the question with the limit that of each plan's sites so many at most may be used again.

    plans   sites of each, as `stands_of` gives them
    site    (option,) site of each option, NOWHERE for one that makes no site
    differ  share 0..1 of a plan's sites that must be lacking, rounded up to whole sites
    """
    limits = []
    fixed = np.zeros(len(site), dtype=bool)
    fixed[list(model.fixed)] = True
    for number, stands in enumerate(plans):
        lacking = math.ceil(differ * len(stands) - _EXACT)
        options = np.flatnonzero(np.isin(site, stands) & (site != NOWHERE) & ~fixed)
        limits.append(Group(f"elsewhere {number}", options, most=len(stands) - lacking))
    return replace(model, groups=[*model.groups, *limits])


def stands_of(chosen: Whole, site: Whole) -> Whole:
    """Return the sites of a choice, each once."""
    sites: Whole = np.unique(site[chosen])
    placed: Whole = sites[sites != NOWHERE]
    return placed


def guided(
    part: Part, plans: Sequence[Solved], *, differ: float, least: float, left_s: Callable[[], float]
) -> Solved | None:
    """Return a plan among the promising options that is worth `least` and stands elsewhere, None where none was found.

    Greedy takes the best sites of the earlier plans until their limits are reached, wherever they serve best. So each
    earlier plan's sites get a price, raised while its limit is reached and lowered while it is not, and greed is asked
    again; swaps better the best of these by the true weights. Where that is not enough it begins anew, from other prices
    and with weights that are up to half off: the first plan that is good enough is taken. The same question is answered
    alike as long as the time suffices.
    plans   the best one first; those found before it
    least   worth by the question's own weights
    left_s  tells how many seconds are left
    """
    best = plans[0]
    stands = [stands_of(plan.chosen, part.all_sites) for plan in plans]
    question = elsewhere(part.model, stands, site=part.site, differ=differ)
    board = board_of(question)
    limits = question.groups[len(question.groups) - len(plans) :]
    a_site = best.worth / max(len(best.chosen), 1)
    chance = np.random.default_rng(len(plans))
    for start in range(_STARTS):
        price, tilted = np.zeros(len(plans)), board
        if start:
            price = chance.uniform(0.0, _PRICES, len(plans)) * a_site
            off = chance.uniform(1.0 - _SPREAD, 1.0 + _SPREAD, len(board.weight))
            tilted = board._replace(weight=board.weight * off)
        found = _priced(question, tilted, limits, price=price, step=_FIRST_STEP * a_site, left_s=left_s)
        if found is not None:
            found = improved(board, found, go_on=lambda: left_s() > 0.0)
            if worth_of(question, found) >= least and not allowed(question, found):
                return solved(part.whole, part.options[found], bound=best.bound)
        if left_s() <= 0.0:
            break
    return None


def _priced(
    question: Model,
    board: Board,
    limits: Sequence[Group],
    *,
    price: Floats,
    step: float,
    left_s: Callable[[], float],
) -> Whole | None:
    """Return the best choice that greed makes within the limits while their prices move, None where it keeps to none."""
    member = np.zeros((len(limits), board.charge.size))
    for row, limit in zip(member, limits, strict=True):
        row[limit.options] = 1.0
    most = np.array([limit.most for limit in limits])
    found: Whole | None = None
    worth = -math.inf
    for _ in range(_ASKED):
        chosen = greedy(board._replace(charge=board.charge + price @ member))
        mine = worth_of(question, chosen)
        if mine > worth and not allowed(question, chosen):
            found, worth = chosen, mine
        price = np.maximum(0.0, price + step * np.where(member[:, chosen].sum(axis=1) >= most, 1.0, -1.0))
        step *= _SHORTER
        if left_s() <= 0.0:
            break
    return found
