"""What more money would see, and what less intrusion would cost: the curves that stand beside one plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from spatial import solving
from spatial.alternatives import Solve
from spatial.boards import board_of
from spatial.choices import allowed, greedy, worth_of
from spatial.clock import countdown
from spatial.errors import Contradiction, NoPlanInTime, OutOfRange, WrongShape
from spatial.siting_model import Cap, Model, Solved
from spatial.worths import solved

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Held = NDArray[np.bool_]

STEPS = 12
INTRUSION = "intrusion"
# A curve is drawn with no finer line; how many prices of intrusion greed is asked at.
_GAP, _PRICES = 0.001, 16


@dataclass(frozen=True, slots=True)
class Spent:
    """What is seen when so much is spent.

    won      in all
    cameras  new ones among the chosen
    seen     weight of the demand that the chosen and the fixed see
    bound    no choice that costs at most this sees more, and, where the question limits their number, that hangs at most
             so many cameras
    """

    won: float
    cameras: int
    seen: float
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Intruding:
    """The best plan found that intrudes no more than a cap.

    cap, intruded  what it may, and what it does add up to, in the unit of the amounts
    seen           weight of the demand seen
    worth, bound   of the question with this cap, charges left out: no plan under it is worth more than the bound
    """

    cap: float
    intruded: float
    cost_won: float
    cameras: int
    seen: float
    worth: float
    bound: float
    chosen: Whole


def curve(model: Model, *, steps: int = STEPS) -> list[Spent]:
    """Return what is seen as the spending grows, from nothing up to the model's own limits.

    One greedy choice is put in the order of gain per won; each point is the beginning of that order, so a planner can
    stop at any of them. It is no series of best plans: the bound beside each says how far from one it may be.
    steps   points at most, evenly along the order; the first (nothing is spent) and the last one are always among them
    Existing cameras of which one fate must be chosen stay as they are until the order comes to them.
    Bound   seen(S) plus the fractional knapsack of the gains left (one option of a group of which one may be chosen), and
            plus the greatest of them, as many as cameras; the least over the states S on the way: what is seen is
            submodular. Raised by its rounding error
    Raises  OutOfRange for fewer than two points
    """
    if steps < 2:
        raise OutOfRange(f"a curve has two points at least, not {steps}")
    state = _State.of(model)
    order = _ordered(model, greedy(model), state)
    kept = set(np.unique(np.linspace(0, len(order), min(steps, len(order) + 1)).round().astype(int)))
    counted = _counted(model)
    points, states = [(0.0, 0, state.seen())], [state.gains()]
    won, cameras = 0.0, 0
    for place, option in enumerate(order, 1):
        state.take(option)
        won, cameras = won + float(model.costs[option]), cameras + int(counted[option])
        if place in kept:
            points.append((won, cameras, state.seen()))
            states.append(state.gains())
    bounds = _bounds(model, points, states)
    return [Spent(*each, bound=bound) for each, bound in zip(points, bounds, strict=True)]


def frontier(
    model: Model,
    amounts: ArrayLike,
    *,
    steps: int = 6,
    name: str = INTRUSION,
    time_limit_s: float = 30.0,
    solve: Solve = solving.solve,
    progress: Callable[[int, int], None] | None = None,
) -> list[Intruding]:
    """Return the best plans found under caps on intrusion, from none to as much as the plan without a cap intrudes.

    Charges are left out: what a cap holds back is not to be weighed a second time. A plan under a tighter cap is one
    under a looser cap too, so worth never falls as the cap grows, and a bound of a looser cap holds under the tighter.
    amounts       (option,) what each option adds, zero or more
    steps         caps, evenly spaced, the last being what the plan without a cap intrudes; caps under which no plan
                  is, or none was found in the time, are left out
    name          of the cap: one of the model's own with this name is taken away
    time_limit_s  for all of them together, in equal parts; what one leaves goes to the next
    Raises        WrongShape if the amounts do not pair up; OutOfRange for negative ones, or fewer than two caps
    """
    each = np.asarray(amounts, dtype=np.float64)
    if each.shape != (model.cover.shape[1],):
        raise WrongShape(f"{each.shape} amounts for {model.cover.shape[1]} options")
    if steps < 2 or not np.all(np.isfinite(each) & (each >= 0.0)):
        raise OutOfRange("amounts must be zero or more, and there must be two caps")
    others = [cap for cap in model.caps if cap.name != name]
    free = replace(model, charges=None, caps=others)
    left_s = countdown(time_limit_s)
    loose = _solved(solve, free, left_s() / steps)
    if loose is None:
        return []
    most = float(each[loose.chosen].sum())
    known = [(most, loose)]
    caps = np.linspace(0.0, most, steps)[:-1][::-1] if most > 0.0 else np.empty(0)
    tell = progress or (lambda _done, _total: None)
    for done, cap in enumerate(caps, 1):
        tell(done, steps)
        limit = Cap(name, each, float(cap))
        priced = _priced(free, limit, loose)
        found = _solved(solve, replace(free, caps=[*others, limit]), left_s() / (steps - done))
        if (plan := _better(found, priced)) is not None:
            known.append((float(cap), plan))
    tell(steps, steps)
    known.reverse()
    return _rising(free, each, known)


def _solved(solve: Solve, model: Model, time_limit_s: float) -> Solved | None:
    """Return the best plan found, None where there is none or none was found in the time."""
    try:
        return solve(model, time_limit_s=time_limit_s, gap=_GAP)
    except (Contradiction, NoPlanInTime):
        return None


def _priced(free: Model, cap: Cap, loose: Solved) -> Solved | None:
    """Return the best of some greedy choices at prices of the amounts, None where none keeps all limits.

    Greedy alone spends a cap on what gains most, however much it intrudes; a price makes it weigh the one by the other.
    The price is sought at which greed without the cap would just keep it: half of the steps up, half between.
    loose  the best plan without the cap
    """
    model = replace(free, caps=[*free.caps, cap])
    without, within = board_of(free), board_of(model)
    low, high = 0.0, np.inf
    price = loose.worth / max(float(cap.amounts[loose.chosen].sum()), 1e-12) / 8.0
    found, worth = None, -np.inf
    for _ in range(_PRICES):
        plain, kept = (greedy(board._replace(charge=price * cap.amounts)) for board in (without, within))
        for chosen in (plain, kept):
            mine = worth_of(model, chosen)
            if mine > worth and not allowed(model, chosen):
                found, worth = chosen, mine
        if float(cap.amounts[plain].sum()) > cap.most:
            low = price
        else:
            high = price
        price = 2.0 * low if high == np.inf else (low + high) / 2.0
    return None if found is None else solved(model, found, bound=max(loose.bound, worth))


def _better(one: Solved | None, other: Solved | None) -> Solved | None:
    """Return the plan that is worth more, with the lower bound of the two."""
    if one is None or other is None:
        return one or other
    bound = min(one.bound, other.bound)
    plan = one if one.worth >= other.worth else other
    gap = (bound - plan.worth) / bound if bound > 0.0 else 0.0
    return replace(plan, bound=bound, gap=gap, proved_optimal=plan.worth == bound)


def _rising(model: Model, amounts: Floats, known: list[tuple[float, Solved]]) -> list[Intruding]:
    """Return the points by growing cap, each with the best plan of it and of tighter caps, and the least bound of looser."""
    points: list[Intruding] = []
    best = known[0][1]
    bounds = np.minimum.accumulate([plan.bound for _, plan in known][::-1])[::-1]
    counted = _counted(model)
    for (cap, plan), bound in zip(known, bounds, strict=True):
        best = plan if plan.worth > best.worth else best
        points.append(
            Intruding(
                cap=cap,
                intruded=float(amounts[best.chosen].sum()),
                cost_won=float(model.costs[best.chosen].sum()),
                cameras=int(counted[best.chosen].sum()),
                seen=float(model.weights[best.seen].sum()),
                worth=best.worth,
                bound=max(float(bound), best.worth),
                chosen=best.chosen,
            )
        )
    return points


@dataclass(slots=True)
class _State:
    """What is open, and how many see each demand; changes as options are taken.

    must   (option,) number of the group of which one must be chosen, -1 for none
    stays  group -> the option of it that is chosen now
    """

    columns: Any  # scipy.sparse
    weights: Floats
    watchers: Whole
    must: Whole
    stays: dict[int, int]

    @classmethod
    def of(cls, model: Model) -> _State:
        """Return what is seen before anything is spent: fixed options, and existing cameras as they are."""
        columns = sp.csc_array(model.cover != 0)
        columns.sum_duplicates()
        must = np.full(columns.shape[1], -1, dtype=np.int64)
        stays = {}
        for number, group in enumerate(model.groups):
            # What costs nothing stands already; a group without such an option waits for the order to come to it.
            if group.least > 0 and len(as_is := group.options[model.costs[group.options] <= 0.0]):
                must[group.options] = number
                stays[number] = int(as_is[0])
        state = cls(columns, model.weights, np.zeros(columns.shape[0], dtype=np.int64), must, stays)
        for option in (*model.fixed, *stays.values()):
            state.watchers[state.rows(option)] += 1
        return state

    def rows(self, option: int) -> Whole:
        """Return the demands that an option sees."""
        rows: Whole = self.columns.indices[self.columns.indptr[option] : self.columns.indptr[option + 1]]
        return rows

    def seen(self) -> float:
        """Return the weight that is seen."""
        return float(self.weights[self.watchers > 0].sum())

    def gains(self) -> Floats:
        """Return what each option (n,) alone would add, nothing being given up for it."""
        gains: Floats = self.columns.T @ np.where(self.watchers > 0, 0.0, self.weights)
        return gains

    def gain(self, option: int) -> float:
        """Return what taking an option adds, less what is given up for it."""
        own, before = self.rows(option), self.stays.get(int(self.must[option]))
        added = float(self.weights[own[self.watchers[own] == 0]].sum())
        if before is None:
            return added
        lost = np.setdiff1d(self.rows(before), own)
        return added - float(self.weights[lost[self.watchers[lost] == 1]].sum())

    def take(self, option: int) -> None:
        """Open an option; the one that it takes the place of is given up."""
        group = int(self.must[option])
        if group in self.stays:
            self.watchers[self.rows(self.stays[group])] -= 1
            self.stays[group] = option
        self.watchers[self.rows(option)] += 1


def _ordered(model: Model, chosen: Whole, start: _State) -> list[int]:
    """Return the chosen options in the order of gain per won, those that stand already left out."""
    standing = set(start.stays.values())
    left = [int(option) for option in chosen if int(option) not in standing]
    state = replace(start, watchers=start.watchers.copy(), stays=dict(start.stays))
    order = []
    while left:
        # What costs nothing comes first, the more useful before the less.
        value = [
            (cost <= 0.0, gain if cost <= 0.0 else gain / cost)
            for gain, cost in ((state.gain(option), float(model.costs[option])) for option in left)
        ]
        option = left.pop(max(range(len(left)), key=value.__getitem__))
        state.take(option)
        order.append(option)
    return order


def _bounds(model: Model, points: list[tuple[float, int, float]], states: list[Floats]) -> list[float]:
    """Return a bound on what any choice can see for each point (won, cameras, seen), with the gains left at each."""
    won = np.array([point[0] for point in points])
    apart, counted = _apart(model), _counted(model)
    reached = np.asarray((model.cover != 0).sum(axis=1)).ravel() > 0
    total = float(model.weights[reached].sum())
    least = np.full(len(won), total)
    for gains, (_, _, now) in zip(states, points, strict=True):
        gain, cost = np.zeros(apart.max(initial=-1) + 1), np.full(apart.max(initial=-1) + 1, np.inf)
        np.maximum.at(gain, apart, gains)
        some = gains > 0.0
        np.minimum.at(cost, apart[some], model.costs[some])
        least = np.minimum(least, now + _knapsack(gain, cost, won))
        if model.p is not None:
            limited = np.ones(len(gain), dtype=bool)
            limited[apart[~counted]] = False
            most = np.concatenate([[0.0], np.cumsum(np.sort(gain[limited])[::-1])])
            number = np.minimum([point[1] for point in points], len(most) - 1)
            least = np.minimum(least, now + float(gain[~limited].sum()) + most[number])
    rounding = total * float(np.finfo(np.float64).eps) * (len(model.weights) + len(model.costs))
    return [max(float(bound) + rounding, point[2]) for bound, point in zip(least, points, strict=True)]


def _apart(model: Model) -> Whole:
    """Return a number (option,) that is equal for options of which one at most is chosen."""
    number = np.full(model.cover.shape[1], -1, dtype=np.int64)
    groups = 0
    for group in model.groups:
        if group.most <= 1 and np.all(number[group.options] < 0):
            number[group.options] = groups
            groups += 1
    alone = np.flatnonzero(number < 0)
    number[alone] = groups + np.arange(len(alone))
    return number


def _knapsack(gain: Floats, cost: Floats, won: Floats) -> Floats:
    """Return the most (n,) that parts of these can add for each sum (n,): all that is free, then the best per won."""
    free = float(gain[cost <= 0.0].sum())
    paid = np.flatnonzero((gain > 0.0) & (cost > 0.0))
    order = paid[np.argsort(-gain[paid] / cost[paid], kind="stable")]
    spent = np.concatenate([[0.0], np.cumsum(cost[order])])
    added = np.concatenate([[0.0], np.cumsum(gain[order])])
    most: Floats = free + np.interp(won, spent, added)
    return most


def _counted(model: Model) -> Held:
    return np.ones(model.cover.shape[1], dtype=bool) if model.counted is None else model.counted
