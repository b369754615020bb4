"""A question of maximal covering made small: demand that is equal becomes one, what another candidate outdoes goes.

All sums are of whole numbers. A weight is held between two of them, in units of 2**-shift, so that a bound is right to
the last unit whatever the order of the additions: `low` never exceeds the weight and `up` never falls short of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.int32]
Flags = NDArray[np.bool_]

# Sums of so many bits are exact as whole numbers, and as float64 too.
_TOTAL_BITS = 51
_SCORE_BITS = 61
# So many steps at most are spent on looking for candidates that another outdoes.
_DOMINATION_STEPS = 40_000_000
_KEY = np.uint64(0x9E3779B97F4A7C15)
_MIX_A, _MIX_B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Cover(NamedTuple):
    """Which columns (candidates) cover which rows (demand), as lists both ways, each in rising order.

    row_at, row  (rows + 1,), (pairs,) the columns of row i are row[row_at[i] : row_at[i + 1]]
    col_at, col  (columns + 1,), (pairs,) the rows of each column, alike
    """

    row_at: Whole
    row: Short
    col_at: Whole
    col: Short


class Limits(NamedTuple):
    """What a choice may hold: a number of columns, and a sum of costs (infinite: any)."""

    p: int
    costs: Floats
    budget: float


class Problem(NamedTuple):
    """What is chosen from: a cover, what its rows weigh (rows,) in whole numbers, and the limits."""

    cover: Cover
    weights: Whole
    limits: Limits


@dataclass(frozen=True, slots=True)
class Scale:
    """How weights become whole numbers: in units of 2**-shift; any two values differ by a multiple of `step`, or are equal.

    exact  every weight is such a whole number itself, so `low` equals `up`
    """

    shift: int
    step: int
    exact: bool

    def above(self, units: int) -> float:
        """Return the least float that is not below so many units."""
        value = math.ldexp(units, -self.shift)
        return value if math.ldexp(value, self.shift) >= units else math.nextafter(value, math.inf)


@dataclass(frozen=True, slots=True)
class Question:
    """What is left to choose: rows that weigh something, columns that may be chosen, and what is settled already.

    up, low  (rows,) weights in units, rounded up and down
    tax      (rows,) what a proof parts from `up`, from 0 to it: spatial.proving
    columns  (columns,) their numbers in the question that was asked
    taken    numbers of the columns that are settled to be chosen
    won_up   what the taken ones cover, in units, rounded up
    """

    cover: Cover
    up: Whole
    low: Whole
    tax: Whole
    limits: Limits
    columns: Whole
    scale: Scale
    taken: tuple[int, ...] = ()
    won_up: int = 0

    @property
    def problem(self) -> Problem:
        """Return what is chosen from, with the weights that none exceeds."""
        return Problem(self.cover, self.up, self.limits)


def scaled(weights: Floats, most: int) -> tuple[Scale, Whole, Whole]:
    """Return the scale, and weights (n,) positive in its units, rounded up and down.

    most  how many columns a choice may hold: sums of so many scores stay exact too
    """
    if not len(weights):
        return Scale(0, 1, exact=True), np.zeros(0, np.int64), np.zeros(0, np.int64)
    heaviest = math.frexp(float(weights.max()))[1] + math.ceil(math.log2(len(weights)))
    total = heaviest if not math.isfinite(weights.sum()) else math.frexp(float(weights.sum()))[1]
    shift = min(_TOTAL_BITS, _SCORE_BITS - math.ceil(math.log2(most + 2))) - total
    exact = np.ldexp(weights, shift)
    # What is too light for any unit still weighs something.
    low, up = np.floor(exact).astype(np.int64), np.maximum(np.ceil(exact), 1.0).astype(np.int64)
    whole = bool(np.all(low == up)) and bool(np.all(np.ldexp(exact, -shift) == weights))
    return Scale(shift, int(np.gcd.reduce(low)) if whole else 1, whole), up, low


def among(row_at: Whole, row: Short, keep: tuple[Flags, Flags]) -> tuple[Cover, Whole]:
    """Return the cover of the rows and the columns to keep, and which rows they are: those of no column go.

    row_at, row  the columns of each row, in rising order
    """
    at, of, rows = _kept(row_at, row, keep)
    return Cover(at, of, *_flipped(at, of, int(keep[1].sum()))), rows


def reduced(question: Question) -> Question:
    """Return an equal question with equal rows as one, and without columns that see nothing or are outdone by another.

    A column is outdone by one that covers all its rows and costs no more; of two alike the first stays.
    """
    dear = question.limits.costs > question.limits.budget
    question = _merged(settled(question, out=dear) if dear.any() else question)
    outdone = _outdone(question.cover, question.limits.costs, _DOMINATION_STEPS)
    return _merged(settled(question, out=outdone)) if outdone.any() else question


def settled(question: Question, *, out: Flags, taken: Flags | None = None) -> Question:
    """Return the question without the columns of `out` (columns,), and with those of `taken` chosen for good."""
    cover, limits = question.cover, question.limits
    keep_row = np.ones(len(question.up), dtype=bool)
    numbers = np.zeros(0, np.int64)
    if taken is not None and taken.any():
        numbers = np.flatnonzero(taken)
        keep_row = ~covered(cover, numbers)
        limits = limits._replace(
            p=limits.p - len(numbers), budget=limits.budget - math.fsum(limits.costs[numbers])
        )
        out = out | taken
    keep = ~out
    kept, rows = among(cover.row_at, cover.row, (keep_row, keep))
    won = ~keep_row
    return replace(
        question,
        cover=kept,
        up=question.up[rows],
        low=question.low[rows],
        tax=question.tax[rows],
        limits=limits._replace(costs=limits.costs[keep]),
        columns=question.columns[keep],
        taken=(*question.taken, *question.columns[numbers].tolist()),
        won_up=question.won_up + int(question.up[won].sum()),
    )


def covered(cover: Cover, chosen: Whole) -> Flags:
    """Return which rows some of the chosen columns cover."""
    seen = np.zeros(len(cover.row_at) - 1, dtype=bool)
    for column in chosen:
        seen[cover.col[cover.col_at[column] : cover.col_at[column + 1]]] = True
    return seen


def _merged(question: Question) -> Question:
    """Return the question with rows of the same columns as one, and without columns of no row."""
    cover = question.cover
    marks = _marks(cover.row_at, cover.row)
    label, heads = _labels(cover.row_at, cover.row, (marks, np.argsort(marks, kind="stable")))
    up, low, tax = (np.zeros(len(heads), np.int64) for _ in range(3))
    for sums, each in ((up, question.up), (low, question.low), (tax, question.tax)):
        np.add.at(sums, label, each)
    head = np.zeros(len(label), dtype=bool)
    head[heads] = True
    keep = np.diff(cover.col_at) > 0
    kept, _ = among(cover.row_at, cover.row, (head, keep))
    return replace(
        question,
        cover=kept,
        up=up,
        low=low,
        tax=tax,
        limits=question.limits._replace(costs=question.limits.costs[keep]),
        columns=question.columns[keep],
    )


@compiled
def _flipped(at: Whole, of: Short, n: int) -> tuple[Whole, Short]:
    """Return the lists the other way round."""
    to_at = np.zeros(n + 1, dtype=np.int64)
    for k in of:
        to_at[k + 1] += 1
    to_at = np.cumsum(to_at)
    next_of = to_at[:-1].copy()
    to = np.empty(len(of), dtype=np.int32)
    for i in range(len(at) - 1):
        for e in range(at[i], at[i + 1]):
            to[next_of[of[e]]] = i
            next_of[of[e]] += 1
    return to_at, to


@compiled
def touched(row_at: Whole, row: Short, columns: Flags) -> Flags:
    """Return which rows some of the columns cover."""
    seen = np.zeros(len(row_at) - 1, dtype=np.bool_)
    for i in range(len(seen)):
        for e in range(row_at[i], row_at[i + 1]):
            if columns[row[e]]:
                seen[i] = True
                break
    return seen


@compiled
def _kept(at: Whole, of: Short, keep: tuple[Flags, Flags]) -> tuple[Whole, Short, Whole]:
    """Return the lists of the rows that stay, of columns that stay, and which rows they are: those of no column go."""
    rows, columns = keep
    number = np.cumsum(columns) - 1
    to_at, to = np.zeros(len(rows) + 1, dtype=np.int64), np.empty(len(of), dtype=np.int32)
    kept = np.empty(len(rows), dtype=np.int64)
    n, size = 0, 0
    for i in range(len(rows)):
        if not rows[i]:
            continue
        for e in range(at[i], at[i + 1]):
            if columns[of[e]]:
                to[size] = number[of[e]]
                size += 1
        if size > to_at[n]:
            kept[n] = i
            n += 1
            to_at[n] = size
    return to_at[: n + 1].copy(), to[:size].copy(), kept[:n].copy()


@compiled
def _marks(at: Whole, of: Short) -> NDArray[np.uint64]:
    """Return a number for each row that is the same for rows of the same columns, and hardly ever else."""
    marks = np.zeros(len(at) - 1, dtype=np.uint64)
    for i in range(len(at) - 1):
        for e in range(at[i], at[i + 1]):
            z = np.uint64(of[e] + 1) * _KEY
            z = (z ^ (z >> np.uint64(30))) * _MIX_A
            z = (z ^ (z >> np.uint64(27))) * _MIX_B
            marks[i] += z ^ (z >> np.uint64(31))
    return marks


@compiled
def _labels(at: Whole, of: Short, marked: tuple[NDArray[np.uint64], Whole]) -> tuple[Whole, Whole]:
    """Return which class of equal rows each row belongs to, and the first row of each class, in rising order.

    Rows of one mark are compared one by one; where unequal rows share it, a class may be told twice, never mixed.
    """
    marks, order = marked
    first = np.empty(len(marks), dtype=np.int64)
    for k in range(len(order)):
        i = order[k]
        first[i] = i
        head = first[order[k - 1]] if k else i
        if marks[head] == marks[i] and at[head + 1] - at[head] == at[i + 1] - at[i]:
            same = True
            for e in range(at[i + 1] - at[i]):
                if of[at[head] + e] != of[at[i] + e]:
                    same = False
                    break
            if same:
                first[i] = head
    number = np.cumsum(first == np.arange(len(marks))) - 1
    return number[first], np.flatnonzero(first == np.arange(len(marks)))


@compiled
def _outdone(cover: Cover, costs: Floats, steps: int) -> Flags:
    """Return which columns another one outdoes, as far as so many steps tell."""
    out = np.zeros(len(costs), dtype=np.bool_)
    for j in range(len(costs)):
        rarest, fewest = -1, 2**62
        for e in range(cover.col_at[j], cover.col_at[j + 1]):
            i = cover.col[e]
            if cover.row_at[i + 1] - cover.row_at[i] < fewest:
                rarest, fewest = i, cover.row_at[i + 1] - cover.row_at[i]
        if rarest < 0:
            continue
        for e in range(cover.row_at[rarest], cover.row_at[rarest + 1]):
            k = cover.row[e]
            if k == j or out[k] or costs[k] > costs[j]:
                continue
            within, took = _within(cover, j, k)
            steps -= took
            # Of two alike the first stays: the other, when its turn comes, finds it.
            alike = cover.col_at[k + 1] - cover.col_at[k] == cover.col_at[j + 1] - cover.col_at[j]
            if within and not (alike and costs[k] == costs[j] and k > j):
                out[j] = True
                break
        if steps < 0:
            break
    return out


@compiled
def _within(cover: Cover, j: int, k: int) -> tuple[bool, int]:
    """Return whether column k covers every row of column j, and the steps that the answer took."""
    a, b = cover.col_at[j], cover.col_at[k]
    a_end, b_end = cover.col_at[j + 1], cover.col_at[k + 1]
    steps = 1
    while a < a_end:
        if b_end - b < a_end - a:
            return False, steps
        steps += 1
        if cover.col[b] < cover.col[a]:
            b += 1
        elif cover.col[b] == cover.col[a]:
            a, b = a + 1, b + 1
        else:
            return False, steps
    return True, steps
