"""Maximal covering where few of a group may be chosen: one camera a pole. The plain question, asked again where it fails.

The plain question, without groups, is settled in a part of a second, and its bound holds with them too. Where its answer
puts two cameras on a pole that bears one, the pole's options are parted between the two: in any plan that keeps the
limit, nothing of the one part is chosen or nothing of the other. Each of the two questions is plain again. Most plans
break the limit on a pole or two, so a few dozen questions prove the optimum.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial.clock import countdown
from spatial.siting import SitingPlan, maximal_cover
from spatial.siting_model import Group, Model, Whole

Bools = NDArray[np.bool_]


@dataclass(order=True, slots=True)
class _Node:
    """A plain question: some options barred. The one of the highest bound is asked first."""

    key: float
    number: int
    barred: Bools = field(compare=False)
    plan: SitingPlan = field(compare=False)


@dataclass(frozen=True, slots=True)
class Apart:
    """What the search found.

    chosen  keeps the groups
    bound   of every choice that does, in weight
    """

    chosen: Whole
    bound: float


def only_apart(model: Model) -> bool:
    """Return whether a model is a plain one but for groups of which none must be chosen."""
    return len(model.groups) > 0 and all(group.least == 0 for group in model.groups)


def apart(
    model: Model, start: Whole, *, better: Callable[[Whole], Whole], time_limit_s: float, gap: float
) -> Apart:
    """Return the best choice that keeps the groups, and a bound.

    model   plain but for its groups (`only_apart`)
    start   a choice that keeps the limits
    better  makes the best of a choice that keeps the limits, as `spatial.choices.improved` does
    """
    left_s = countdown(time_limit_s)
    limits = _Limits.of(model)
    best, most = start, _worth(model, start)
    first = _asked(model, np.zeros(model.cover.shape[1], dtype=bool), left_s(), gap)
    heap, count = [_Node(-first.bound, 0, np.zeros(model.cover.shape[1], dtype=bool), first)], 1
    while heap and left_s() > 0.0:
        node = heapq.heappop(heap)
        if -node.key <= most or (-node.key - most) <= gap * -node.key:
            heapq.heappush(heap, node)
            break
        kept = better(limits.kept(node.plan.chosen))
        worth = _worth(model, kept)
        if worth > most:
            best, most = kept, worth
        broken = limits.broken(node.plan.chosen)
        if broken is None:
            if not node.plan.proved_optimal and node.plan.bound > most:
                heapq.heappush(heap, node)
                break
            continue
        for barred in limits.parted(broken):
            child = _asked(model, node.barred | barred, left_s(), gap)
            if child.bound > most:
                heapq.heappush(heap, _Node(-min(child.bound, -node.key), count, node.barred | barred, child))
                count += 1
    bound = max([most, *(-node.key for node in heap)])
    return Apart(best, bound)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The groups by option, to see at once which a choice breaks."""

    groups: tuple[Group, ...]
    option: Whole  # of each membership, ascending,
    group: Whole  # and its group
    options: int

    @classmethod
    def of(cls, model: Model) -> _Limits:
        groups = tuple(model.groups)
        option = np.concatenate([np.empty(0, dtype=np.int64), *(group.options for group in groups)])
        group = np.repeat(np.arange(len(groups)), [len(each.options) for each in groups])
        order = np.argsort(option, kind="stable")
        return cls(groups, option[order], group[order], model.cover.shape[1])

    def held(self, chosen: Whole) -> list[list[int]]:
        """Return, of each chosen option, the groups that it is in."""
        first, last = (np.searchsorted(self.option, chosen, side=side) for side in ("left", "right"))
        return [self.group[start:end].tolist() for start, end in zip(first, last, strict=True)]

    def kept(self, chosen: Whole) -> Whole:
        """Return the chosen, in their order, without those that come too late in a group."""
        count: dict[int, int] = {}
        found = []
        for option, groups in zip(chosen.tolist(), self.held(chosen), strict=True):
            if all(count.get(group, 0) < self.groups[group].most for group in groups):
                found.append(option)
                for group in groups:
                    count[group] = count.get(group, 0) + 1
        return np.array(found, dtype=np.int64)

    def broken(self, chosen: Whole) -> tuple[int, Whole] | None:
        """Return a group of which too many are chosen, with these; None where all are kept."""
        inside: dict[int, list[int]] = {}
        for option, groups in zip(chosen.tolist(), self.held(chosen), strict=True):
            for group in groups:
                inside.setdefault(group, []).append(option)
        for group, options in inside.items():
            if len(options) > self.groups[group].most:
                return group, np.array(options, dtype=np.int64)
        return None

    def parted(self, broken: tuple[int, Whole]) -> list[Bools]:
        """Return which options each of the next questions bars: every choice that keeps the group is one of theirs."""
        group, inside = broken
        if self.groups[group].most > 1:
            parts = [np.array([each]) for each in inside[: self.groups[group].most + 1]]
        else:
            others = np.setdiff1d(self.groups[group].options, inside)
            # What is not chosen now is dealt out in turn: neither question is to be the easier one.
            parts = [np.concatenate([inside[at::2], others[at::2]]) for at in (0, 1)]
        found = []
        for part in parts:
            barred = np.zeros(self.options, dtype=bool)
            barred[part] = True
            found.append(barred)
        return found


def _asked(model: Model, barred: Bools, left_s: float, gap: float) -> SitingPlan:
    """Return the answer to the plain question with some options barred, by the model's own numbers."""
    fixed = np.asarray(model.fixed, dtype=np.int64)
    left = ~barred
    left[fixed] = True
    options = np.flatnonzero(left)
    cover = sp.csr_array(model.cover)
    if len(options) < cover.shape[1]:
        cover = cover[:, options]
    plan = maximal_cover(
        cover,
        model.weights,
        p=model.p,
        costs=None if model.budget is None else np.asarray(model.costs)[options],
        budget=model.budget,
        fixed=np.searchsorted(options, fixed).tolist(),
        time_limit_s=max(left_s, 0.0),
        gap=gap,
    )
    return replace(plan, chosen=options[plan.chosen])


def _worth(model: Model, chosen: Whole) -> float:
    columns = sp.csc_array(model.cover)
    seen = np.zeros(columns.shape[0], dtype=bool)
    for option in [*chosen.tolist(), *model.fixed]:
        seen[columns.indices[columns.indptr[option] : columns.indptr[option + 1]]] = True
    return math.fsum(np.asarray(model.weights)[seen])
