"""How much any choice could cover at most: prices on the demand, lowered step by step, and the columns they settle.

Each row's weight is parted into a tax, paid to every column that covers it, and the rest, which is won for nothing.
For any taxes, the rests and the columns of the highest scores (sums of taxes) within the limits are worth at least as
much as the best choice: Lagrange's bound, for z_i <= sum of x_j relaxed. Taxes are whole numbers, so the bound has no
rounding; the one price that is not (won against weight) is rounded to the safe side.

Source  Beasley (1993), Lagrangean relaxation; Galvao, ReVelle (1996) for maximal covering; Held, Wolfe, Crowder (1974)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from spatial.compiled import compiled
from spatial.covers import Cover, Flags, Floats, Limits, Problem, Whole

# Steps without a lower bound after which they grow shorter, and the length at which they end.
_PATIENCE = 12
_SHORTEST = 1e-3
# Halvings of the price of money where both limits bind.
_HALVINGS = 40
# How near a column's score is to its price, relative to the price of its cost, if it stands just at it.
_NEAR = 1e-9
# A price times a cost, beyond what sums can hold: no choice pays it.
_DEAR = 2.0**60
# By so much more than its size may a product or quotient of floats differ from the true one.
_ULPS = 1e-15


class Prices(NamedTuple):
    """What a column of some cost must score to be worth choosing: `each`, and `a_won` times its cost."""

    each: int
    a_won: float


class Descent(NamedTuple):
    """What a descent found: the lowest bound, its taxes (rows,), the best choice met, and how often each column was picked."""

    bound: int
    tax: Whole
    chosen: Whole
    often: Floats


@compiled
def descended(problem: Problem, start: tuple[Whole, int, int]) -> Descent:
    """Lower the bound by so many subgradient steps.

    start  taxes (rows,), from 0 to the weight; what a known choice covers; steps
    """
    cover, weights, limits = problem
    tax, known, steps = start[0].copy(), start[1], start[2]
    score = scores(cover, tax)
    share, lately = np.zeros(len(limits.costs)), np.empty(0, dtype=np.int64)
    times = np.zeros(len(tax))
    best, best_tax, often = 2**62, tax.copy(), np.zeros(len(limits.costs))
    chosen, value = np.empty(0, dtype=np.int64), -1
    length, stale = 1.0, 0
    rest = 0
    for i in range(len(tax)):
        rest += weights[i] - tax[i]
    for done in range(steps):
        prices, lately = picked(score, limits, (share, lately))
        bound = rest + over_prices(score, limits, prices)
        if bound < best:
            best, best_tax[:], stale = bound, tax, 0
        else:
            stale += 1
            if stale >= _PATIENCE:
                length, stale = length / 2.0, 0
        if 2 * done >= steps:
            for j in lately:
                often[j] += share[j] / (steps - (steps + 1) // 2 + 1)
        reached = _times(cover, weights, (times, share, lately), limits)
        if reached > value:
            chosen, value = _wholes(share, lately), reached
        if best <= known or length < _SHORTEST:
            break
        known = max(known, value)
        rest = _step(cover, weights, (tax, score, times), (length * (bound - known), rest))
        if rest < 0:
            break
    return Descent(best, best_tax, chosen, often)


@compiled
def _step(cover: Cover, weights: Whole, state: tuple[Whole, Whole, Floats], by: tuple[float, int]) -> int:
    """Move the taxes against what is covered too often or not at all; return the rests, -1 where nothing moves.

    state  taxes, scores, and how often each row is covered
    by     how far the bound should fall, and the sum of the rests before
    """
    tax, score, times = state
    rest = by[1]
    norm = 0.0
    for i in range(len(tax)):
        if times[i] > 0.0 or tax[i] < weights[i]:
            over = times[i] - 1.0
            if (over > 0.0 and tax[i] > 0) or (over < 0.0 and tax[i] < weights[i]):
                norm += over * over
    if norm == 0.0:
        return -1
    unit = by[0] / norm
    moved = False
    for i in range(len(tax)):
        if times[i] == 1.0 or (times[i] == 0.0 and tax[i] == weights[i]):
            continue
        new = tax[i] - int(np.rint(min(max(unit * (times[i] - 1.0), -1e18), 1e18)))
        new = min(max(new, 0), weights[i])
        change = new - tax[i]
        if change != 0:
            moved = True
            tax[i] = new
            rest -= change
            for e in range(cover.row_at[i], cover.row_at[i + 1]):
                score[cover.row[e]] += change
    return rest if moved else -1


@compiled
def scores(cover: Cover, tax: Whole) -> Whole:
    """Return the sum of the taxes of each column's rows."""
    score = np.zeros(len(cover.col_at) - 1, dtype=np.int64)
    for j in range(len(score)):
        for e in range(cover.col_at[j], cover.col_at[j + 1]):
            score[j] += tax[cover.col[e]]
    return score


@compiled
def over_prices(score: Whole, limits: Limits, prices: Prices) -> int:
    """Return the most that scores can win within the limits, as prices tell: never less than the truth."""
    total = prices.each * limits.p
    if prices.a_won > 0.0:
        total += int(np.ceil(prices.a_won * limits.budget * (1.0 + _ULPS)))
    for j in range(len(score)):
        won = score[j] - prices.each - _at_least(prices.a_won * limits.costs[j])
        if won > 0:
            total += won
    return total


@compiled
def _at_least(price: float) -> int:
    """Return a whole number that the true price does not fall short of."""
    return int(np.floor(min(price, _DEAR) * (1.0 - _ULPS)))


@compiled
def picked(score: Whole, limits: Limits, last: tuple[Floats, Whole]) -> tuple[Prices, Whole]:
    """Choose the columns of the highest scores that the limits admit, the last one in part; return prices and columns.

    last  share (columns,) of each column that is chosen, written here; the columns chosen before, to be wiped
    """
    share, before = last
    for j in before:
        share[j] = 0.0
    if limits.budget == np.inf:
        each = _least_of(score, limits.p)
        return Prices(each, 0.0), _take(score, limits, (Prices(each, 0.0), share))
    a_won = _price_of_money(score, limits)
    net = _net(score, limits, a_won)
    each = _least_of(net, limits.p)
    return Prices(each, a_won), _take(net, limits, (Prices(each, a_won), share))


@compiled
def _least_of(score: Whole, p: int) -> int:
    """Return the least of the p highest scores, 0 where that is below 0 or there are fewer; for no p, the highest."""
    if p >= len(score):
        return 0
    # By Hoare's selection: numpy's own takes longer to compile than all the rest.
    left, low, high, k = score.copy(), 0, len(score) - 1, max(p - 1, 0)
    while low < high:
        middle, i, j = left[(low + high) // 2], low, high
        while i <= j:
            while left[i] > middle:
                i += 1
            while left[j] < middle:
                j -= 1
            if i <= j:
                left[i], left[j] = left[j], left[i]
                i, j = i + 1, j - 1
        if k <= j:
            high = j
        elif k >= i:
            low = i
        else:
            break
    return int(max(left[k], 0))


@compiled
def _price_of_money(score: Whole, limits: Limits) -> float:
    """Return what a won is worth: at this price the best columns cost just the budget."""
    low, high = 0.0, 0.0
    for j in range(len(score)):
        high = max(high, score[j] / limits.costs[j])
    if _spent(score, limits, 0.0) <= limits.budget:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if _spent(score, limits, middle) > limits.budget:
            low = middle
        else:
            high = middle
    return high


@compiled
def _spent(score: Whole, limits: Limits, a_won: float) -> float:
    """Return what the best columns cost at a price of money."""
    net = _net(score, limits, a_won)
    least = _least_of(net, limits.p)
    spent = 0.0
    for j in range(len(score)):
        if net[j] >= max(least, 1):
            spent += limits.costs[j]
    return spent


@compiled
def _net(score: Whole, limits: Limits, a_won: float) -> Whole:
    """Return scores less the price of the costs, never less than the truth."""
    net = np.empty(len(score), dtype=np.int64)
    for j in range(len(score)):
        net[j] = score[j] - _at_least(a_won * limits.costs[j])
    return net


@compiled
def _take(net: Whole, limits: Limits, to: tuple[Prices, Floats]) -> Whole:
    """Fill the limits with the columns above the price, then with those at it; return them."""
    prices, share = to
    taken = np.empty(len(net), dtype=np.int64)
    n, spent = 0, 0.0
    for at_price in (False, True):
        for j in range(len(net)):
            # The price of money is found to so many bits: columns at it differ from it by a little.
            near = prices.a_won * limits.costs[j] * _NEAR if at_price else 0.0
            if share[j] > 0.0 or net[j] - prices.each < -near or (net[j] <= prices.each and not at_price):
                continue
            if n >= limits.p or spent >= limits.budget or (net[j] == 0 and prices.a_won == 0.0):
                break
            share[j] = min((limits.budget - spent) / limits.costs[j], 1.0)
            spent += share[j] * limits.costs[j]
            taken[n] = j
            n += 1
    return taken[:n].copy()


@compiled
def _times(cover: Cover, weights: Whole, state: tuple[Floats, Floats, Whole], limits: Limits) -> int:
    """Count how often each row is covered by shares of columns; return the weight that whole ones cover."""
    times, share, taken = state
    times[:] = 0.0
    reached = 0
    for whole in (True, False):
        for j in taken:
            if (share[j] == 1.0) != whole:
                continue
            for e in range(cover.col_at[j], cover.col_at[j + 1]):
                i = cover.col[e]
                if times[i] == 0.0 and whole:
                    reached += weights[i]
                times[i] += share[j]
    return reached


@compiled
def _wholes(share: Floats, taken: Whole) -> Whole:
    """Return the columns that are taken whole."""
    wholes = np.empty(len(taken), dtype=np.int64)
    n = 0
    for j in taken:
        if share[j] == 1.0:
            wholes[n] = j
            n += 1
    return wholes[:n].copy()


@compiled
def decided(problem: Problem, proof: tuple[Whole, int]) -> tuple[int, Flags, Flags]:
    """Return the bound of taxes, and which columns every choice of `target` or more leaves out, and which it holds.

    proof  taxes (rows,), and the target: what covers less is of no interest
    """
    cover, weights, limits = problem
    tax, target = proof
    score = scores(cover, tax)
    rest = 0
    for i in range(len(tax)):
        rest += weights[i] - tax[i]
    share = np.zeros(len(score))
    prices, _ = picked(score, limits, (share, np.empty(0, dtype=np.int64)))
    out, taken = np.zeros(len(score), dtype=np.bool_), np.zeros(len(score), dtype=np.bool_)
    least = 2**62
    # Between the p-th score and the next every price is as good; one end leaves out more, the other takes more.
    for last in range(2):
        if last == 1:
            prices = Prices(_next_below(score, limits, prices), prices.a_won)
        bound = rest + over_prices(score, limits, prices)
        least = min(least, bound)
        for j in range(len(score)):
            won = score[j] - prices.each - _at_least(prices.a_won * limits.costs[j])
            if won < 0 and bound + won < target:
                out[j] = True
            elif won > 0 and bound - won < target:
                taken[j] = True
    return least, out, taken


@compiled
def _next_below(score: Whole, limits: Limits, prices: Prices) -> int:
    """Return the (p + 1)-th highest score, less the price of the cost; 0 where there is none."""
    return _least_of(_net(score, limits, prices.a_won), limits.p + 1)
