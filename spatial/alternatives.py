"""Other plans that are nearly as good as the best one, and stand elsewhere: what a planner can bring to the residents."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial import solving
from spatial.boards import board_of
from spatial.choices import allowed, greedy, worth_of
from spatial.clock import countdown
from spatial.errors import Contradiction, NoPlanInTime, OutOfRange, WrongShape
from spatial.promising import Part, promising
from spatial.siting_model import Group, Model, Solved
from spatial.worths import solved

Whole = NDArray[np.int64]

# Why there are fewer plans than were asked for: it is proved that there is no further one; the time was too short to
# find one or to prove that there is none; the best plan stands nowhere, so that nothing can differ from it.
Why = Literal["proved_none", "not_found", "nothing_stands"]

NOWHERE = -1
# A share of a whole number of sites, such as a third of nine, must not be rounded up by a rounding error.
_EXACT = 1e-9
# The gaps at which a search may end.
_ROUGH, _FINE = 0.005, 0.0001
# How often greed is asked, by what part of a mean site's worth prices move at first, and how much shorter each step is.
_ASKED, _FIRST_STEP, _SHORTER = 60, 0.3, 0.93


class Solve(Protocol):
    """How a question is answered: `spatial.solving.solve`, or what a test knows better."""

    def __call__(self, model: Model, *, time_limit_s: float, gap: float) -> Solved:
        """Return the best plan found with its bound; with 0 s a quick one. Raises Contradiction, NoPlanInTime."""


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """Plans that are nearly as good and stand elsewhere.

    plans  in the order in which they were found; nothing that differs so much from the best plan and from those before
           it can be worth more than the bound of each
    why    why there are fewer than were asked for; None: there are not fewer
    """

    plans: tuple[Solved, ...]
    why: Why | None


def alternatives(
    model: Model,
    best: Solved,
    *,
    within: float = 0.01,
    differ: float = 1.0 / 3.0,
    most: int = 5,
    floor: float = 0.0,
    sites: Whole | None = None,
    time_limit_s: float = 10.0,
    solve: Solve = solving.solve,
) -> Alternatives:
    """Return up to `most` plans within a share of the best worth, each a third of whose sites at least are other ones.

    A site is a pole, whatever its cameras' aims are. Of the sites of the best plan, and of each plan found before, a
    new plan lacks at least the share `differ` (rounded up to whole sites). Each is the answer to the question itself with
    these limits added: some greedy answers first, whose best is taken if it is good enough, else the proven one is sought
    in what is left of the time. What is found depends on what was found before it: `proved_none` says that no plan differs so much from
    all of *these* and is so good, not that no other five could have been found.
    within        share 0..1 of what the best plan is worth above `floor`
    floor         worth of choosing nothing: what is seen anyway
    sites         (option,) site of each option, NOWHERE for one that makes no site; None: as `sites_of` tells
    time_limit_s  for all plans together, in equal parts; what one leaves goes to the next
    Raises        OutOfRange for shares outside 0..1 or a negative limit; WrongShape for sites that do not pair up
    """
    if not (0.0 <= within <= 1.0 and 0.0 < differ <= 1.0 and most >= 0 and time_limit_s >= 0.0):
        raise OutOfRange("within and differ are shares, most and time_limit_s zero or more")
    site = sites_of(model) if sites is None else np.asarray(sites, dtype=np.int64)
    if site.shape != (model.cover.shape[1],):
        raise WrongShape(f"{site.shape} sites for {model.cover.shape[1]} options")
    if not len(_stands(best.chosen, site)):
        return Alternatives((), "nothing_stands" if most else None)
    least = best.worth - within * (best.worth - floor)
    left_s = countdown(time_limit_s)
    part = promising(model, site, best=best)
    plans = [best]
    while len(plans) <= most:
        part_s = left_s() / (most + 1 - len(plans))
        plan = _guided(part, plans, differ=differ, least=least, left_s=countdown(part_s))
        if plan is None:
            stands = [_stands(each.chosen, site) for each in plans]
            question = _elsewhere(model, stands, site=site, differ=differ)
            plan, proved = _found(solve, question, least=least, seconds=(part_s, left_s))
        if plan is None:
            return Alternatives(
                tuple(plans[1:]), "proved_none" if proved and _one_a_site(model, site) else "not_found"
            )
        plans.append(plan)
    return Alternatives(tuple(plans[1:]), None)


def sites_of(model: Model) -> Whole:
    """Return the site (option,) of each option: its pole, or itself where the poles are not told.

    An existing camera that stays as it is (not counted, at no cost) and one that is taken down (it sees nothing) make no
    site: NOWHERE.
    """
    options = model.cover.shape[1]
    site: Whole = np.arange(options, dtype=np.int64)
    if model.poles is not None:
        site = np.array(model.poles, dtype=np.int64)
    sees = np.diff(sp.csc_array(model.cover).indptr) > 0
    stays = np.zeros(options, dtype=bool) if model.counted is None else ~model.counted & (model.costs <= 0.0)
    site[~sees | stays] = NOWHERE
    return site


def differs(best: Solved, other: Solved, *, sites: Whole) -> float:
    """Return the share 0..1 of the best plan's sites that the other one lacks; 0 where the best stands nowhere."""
    before = _stands(best.chosen, sites)
    lacking = np.setdiff1d(before, _stands(other.chosen, sites))
    return len(lacking) / len(before) if len(before) else 0.0


def _found(
    solve: Solve,
    question: Model,
    *,
    least: float,
    seconds: tuple[float, Callable[[], float]],
) -> tuple[Solved | None, bool]:
    """Return a plan that is worth enough, else None and whether it is proved that there is none.

    seconds  the part of this plan, and what tells how many are left in all: without this plan there is no next
    """
    part_s, left_s = seconds
    # Left to itself a search ends at the best plan; what is good enough is likely found long before.
    for gap, limit_s in ((_ROUGH, min(part_s, left_s())), (_FINE, None)):
        try:
            plan = solve(question, time_limit_s=left_s() if limit_s is None else limit_s, gap=gap)
        except Contradiction:
            return None, True
        except NoPlanInTime:
            continue
        if plan.bound < least:
            return None, True
        if plan.worth >= least:
            return plan, False
    return None, False


def _guided(
    part: Part, plans: Sequence[Solved], *, differ: float, least: float, left_s: Callable[[], float]
) -> Solved | None:
    """Return the best of some greedy choices among the promising options, None where none is worth enough.

    Greedy takes the best sites of the earlier plans until their limits are reached, wherever they serve best. So each
    earlier plan's sites get a price, raised while its limit is reached and lowered while it is not, and greed is asked again.
    """
    best, site = plans[0], part.site
    question = _elsewhere(
        part.model, [_stands(plan.chosen, part.all_sites) for plan in plans], site=site, differ=differ
    )
    groups = question.groups[len(question.groups) - len(plans) :]
    board = board_of(question)
    member = np.zeros((len(plans), len(site)))
    for row, group in zip(member, groups, strict=True):
        row[group.options] = 1.0
    most = np.array([group.most for group in groups])
    price, step = np.zeros(len(plans)), _FIRST_STEP * best.worth / max(len(best.chosen), 1)
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
    if found is None or worth < least:
        return None
    return solved(part.whole, part.options[found], bound=best.bound)


def _elsewhere(model: Model, plans: Sequence[Whole], *, site: Whole, differ: float) -> Model:
    """Return the question with the limit that of each plan's sites so many at most may be used again."""
    limits = []
    fixed = np.zeros(len(site), dtype=bool)
    fixed[list(model.fixed)] = True
    for number, stands in enumerate(plans):
        lacking = math.ceil(differ * len(stands) - _EXACT)
        options = np.flatnonzero(np.isin(site, stands) & (site != NOWHERE) & ~fixed)
        limits.append(Group(f"elsewhere {number}", options, most=len(stands) - lacking))
    return replace(model, groups=[*model.groups, *limits])


def _stands(chosen: Whole, site: Whole) -> Whole:
    """Return the sites of a choice, each once."""
    sites: Whole = np.unique(site[chosen])
    placed: Whole = sites[sites != NOWHERE]
    return placed


def _one_a_site(model: Model, site: Whole) -> bool:
    """Tell whether a site can hold one option only. Else options are more than sites, and the limit asks too much."""
    held = site != NOWHERE
    if not np.any(np.bincount(site[held]) > 1):
        return True
    lone = np.zeros(len(site), dtype=bool)
    for group in model.groups:
        mine = site[group.options]
        if group.most == 1 and len(np.unique(mine)) == 1:
            lone[group.options] |= len(group.options) == np.count_nonzero(site == mine[0])
    count = np.bincount(site[held])
    alone = count[np.where(held, site, 0)] == 1
    return bool(np.all(lone[held] | alone[held]))
