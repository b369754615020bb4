"""Other plans that are nearly as good as the best one, and stand elsewhere: what a planner can bring to the residents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial import solving
from spatial.clock import countdown
from spatial.elsewhere import NOWHERE, elsewhere, guided, stands_of
from spatial.errors import Contradiction, NoPlanInTime, OutOfRange, WrongShape
from spatial.promising import promising
from spatial.siting_model import Model, Solved

Whole = NDArray[np.int64]

# Why there are fewer plans than were asked for: it is proved that there is no further one; the time was too short to
# find one or to prove that there is none; the best plan stands nowhere, so that nothing can differ from it.
Why = Literal["proved_none", "not_found", "nothing_stands"]

# The gaps at which a search may end.
_ROUGH, _FINE = 0.005, 0.0001


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
    these limits added: greedy answers first, of which one that is good enough is taken, else the proven one is sought
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
    if not len(stands_of(best.chosen, site)):
        return Alternatives((), "nothing_stands" if most else None)
    least = best.worth - within * (best.worth - floor)
    left_s = countdown(time_limit_s)
    part = promising(model, site, best=best)
    plans = [best]
    while len(plans) <= most:
        part_s = left_s() / (most + 1 - len(plans))
        plan = guided(part, plans, differ=differ, least=least, left_s=countdown(part_s))
        if plan is None:
            stands = [stands_of(each.chosen, site) for each in plans]
            question = elsewhere(model, stands, site=site, differ=differ)
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
    before = stands_of(best.chosen, sites)
    lacking = np.setdiff1d(before, stands_of(other.chosen, sites))
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
