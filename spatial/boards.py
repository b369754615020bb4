"""A question of siting laid out in arrays, as the kernels that open and close options read it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from spatial.errors import OutOfRange, WrongShape
from spatial.groups import members_of
from spatial.siting_model import Floats, Model, Whole

Bools = NDArray[np.bool_]
Small = NDArray[np.uint8]
Ints = NDArray[np.int64]

# What is added up in another order may differ by so much of the limit: sums of that many floats, not a tolerance of people's.
ROUNDING = 1e-9


class Board(NamedTuple):
    """What the kernels read.

    Option j sees the rows row[at[j]:at[j + 1]], from the sides beside them; row i is seen by the options
    option[of[i]:of[i + 1]]. Group g holds member[members[g]:members[g + 1]], option j is in group[groups[j]:groups[j + 1]].
    Row i counts share_amount in the shares share[shares[i]:shares[i + 1]]. The last two are how greedy goes: thrifty, a
    group that must hold one takes its cheapest, else the one that gains most; by_cost, gains are weighed per won.
    """

    at: Ints
    row: Ints
    row_side: Small
    of: Ints
    option: Ints
    option_side: Small
    weight: Floats
    cost: Floats
    charge: Floats
    pole: Ints
    counted: Bools
    barred: Bools
    fixed: Bools
    members: Ints
    member: Ints
    groups: Ints
    group: Ints
    most: Ints
    least: Ints
    cap: Floats
    cap_most: Floats
    shares: Ints
    share: Ints
    share_amount: Floats
    share_least: Floats
    p: int
    budget: float
    backup: float
    diverse: float
    thrifty: bool = False
    by_cost: bool = False


def board_of(model: Model) -> Board:
    """Check a model and lay it out; what is fixed is barred from being chosen.

    Raises  WrongShape if the arrays do not pair up; OutOfRange for negative or unknown weights, costs, charges,
            amounts and limits, for options or rows that are none, and for shares of worth outside 0..1
    """
    rows, options = (int(size) for size in model.cover.shape)
    columns, sides = _columns(model)
    by_row = sp.csr_array(columns)
    fixed = np.zeros(options, dtype=bool)
    fixed[_places(model.fixed, options, what="fixed options")] = True
    members, member, groups, group = _groups(model, options)
    shares, share, share_amount = _shares(model, rows)
    return Board(
        at=columns.indptr.astype(np.int64),
        row=columns.indices.astype(np.int64),
        row_side=sides,
        of=by_row.indptr.astype(np.int64),
        option=by_row.indices.astype(np.int64),
        option_side=sides[(by_row.data - 1).astype(np.int64)],
        weight=checked(model.weights, rows, what="weights"),
        cost=checked(model.costs, options, what="costs"),
        charge=_or(model.charges, np.zeros(options), what="charges"),
        pole=_poles(model, options),
        counted=_counted(model, options),
        barred=fixed.copy(),
        fixed=fixed,
        members=members,
        member=member,
        groups=groups,
        group=group,
        most=np.array([each.most for each in model.groups], dtype=np.int64),
        least=np.array([each.least for each in model.groups], dtype=np.int64),
        cap=_caps(model, options),
        cap_most=checked([each.most for each in model.caps], len(model.caps), what="caps"),
        shares=shares,
        share=share,
        share_amount=share_amount,
        share_least=np.array([each.least for each in model.shares], dtype=np.float64),
        p=_limit(model.p, options),
        budget=math.inf if model.budget is None else _positive(model.budget),
        backup=_part(model.backup),
        diverse=_part(model.diverse),
    )


def checked(values: ArrayLike, count: int, *, what: str) -> Floats:
    """Return values as floats (count,). Raises WrongShape, and OutOfRange unless all are finite and zero or more."""
    # A copy: for arrays that may not be written, such as pandas gives, the kernels would be compiled once more.
    found = np.array(values, dtype=np.float64, order="C")
    if found.shape != (count,):
        raise WrongShape(f"{found.shape} {what}, not ({count},)")
    if not np.all(np.isfinite(found) & (found >= 0.0)):
        raise OutOfRange(f"{what} must be zero or more")
    return found


def _caps(model: Model, options: int) -> Floats:
    amounts = [checked(each.amounts, options, what=each.name) for each in model.caps]
    return np.array(amounts, dtype=np.float64).reshape(len(model.caps), options)


def _columns(model: Model) -> tuple[sp.csc_array, Small]:
    """Return the cover by columns, each entry its place counted from 1, and the side that each entry looks from."""
    cover = sp.csc_array(model.cover, dtype=np.float64, copy=True)
    cover.sum_duplicates()
    cover.eliminate_zeros()
    cover.sort_indices()
    sides = np.zeros(cover.nnz, dtype=np.uint8)
    cover.data = np.arange(1, cover.nnz + 1, dtype=np.float64)
    if model.sides is None:
        return cover, sides
    told = sp.coo_array(model.sides)
    if told.shape != cover.shape:
        raise WrongShape(f"{told.shape} sides for a cover of {cover.shape}")
    if not np.all(np.isin(told.data, (0, 1, 2, 3))):
        raise OutOfRange("sides must be 1, 2 or 3")
    # An entry's place is looked up in the cover itself: a side that is told of what is not seen is dropped.
    keys = np.repeat(np.arange(cover.shape[1]), np.diff(cover.indptr)) * cover.shape[0] + cover.indices
    own = told.col.astype(np.int64) * cover.shape[0] + told.row
    place = np.minimum(np.searchsorted(keys, own), max(len(keys) - 1, 0))
    there = keys[place] == own if len(keys) else np.zeros(len(own), dtype=bool)
    np.bitwise_or.at(sides, place[there], told.data[there].astype(np.uint8))
    return cover, sides


def _groups(model: Model, options: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the options of each group, and the groups of each option, both as places and what lies there."""
    for each in model.groups:
        _places(each.options, options, what=each.name)
    number, member = members_of(model.groups)
    if any(each.most < 0 or each.least < 0 for each in model.groups):
        raise OutOfRange("a group's limits must be zero or more")
    count = np.bincount(number, minlength=len(model.groups))
    members = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    order = np.argsort(member, kind="stable")
    groups = np.concatenate([[0], np.cumsum(np.bincount(member, minlength=options))]).astype(np.int64)
    return members, member, groups, number[order].astype(np.int64)


def _shares(model: Model, rows: int) -> tuple[Ints, Ints, Floats]:
    lists = [_places(each.demand, rows, what=each.name) for each in model.shares]
    amounts = [
        checked(each.amounts, len(own), what=each.name) for each, own in zip(model.shares, lists, strict=True)
    ]
    row = np.concatenate([np.empty(0, dtype=np.int64), *lists])
    number = np.repeat(np.arange(len(lists)), [len(own) for own in lists])
    order = np.argsort(row, kind="stable")
    places = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))]).astype(np.int64)
    amount = np.concatenate([np.empty(0), *amounts])[order]
    return places, number[order].astype(np.int64), amount


def _places(given: Sequence[int] | Whole, count: int, *, what: str) -> Ints:
    found = np.asarray(given, dtype=np.int64).reshape(-1)
    if len(found) and not (found.min() >= 0 and found.max() < count):
        raise OutOfRange(f"{what} must lie in 0..{count - 1}")
    return found


def _poles(model: Model, options: int) -> Ints:
    if model.poles is None:
        return np.arange(options, dtype=np.int64)
    poles = np.array(model.poles, dtype=np.int64)
    if poles.shape != (options,):
        raise WrongShape(f"{poles.shape} poles for {options} options")
    if len(poles) and poles.min() < 0:
        raise OutOfRange("poles must be zero or more")
    return poles


def _counted(model: Model, options: int) -> Bools:
    counted = np.ones(options, dtype=bool) if model.counted is None else np.array(model.counted, dtype=bool)
    if counted.shape != (options,):
        raise WrongShape(f"{counted.shape} counted for {options} options")
    return counted


def _or(given: Floats | None, otherwise: Floats, *, what: str) -> Floats:
    return otherwise if given is None else checked(given, len(otherwise), what=what)


def _limit(p: int | None, options: int) -> int:
    if p is not None and p < 0:
        raise OutOfRange("p must be zero or more")
    return options if p is None else min(int(p), options)


def _positive(budget: float) -> float:
    if not budget >= 0.0:
        raise OutOfRange("a budget must be zero or more")
    return float(budget)


def _part(share: float) -> float:
    if not 0.0 <= share <= 1.0:
        raise OutOfRange("backup and diverse must lie in 0..1")
    return float(share)
