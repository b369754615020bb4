"""What siting proves: never more than is so, whatever the weights, and by HiGHS only what HiGHS answers."""

from __future__ import annotations

import math
from itertools import combinations

import highspy
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import KDTree

from spatial import closing, searching
from spatial.covers import Limits, Question, among, covered, reduced, scaled
from spatial.proving import decided
from spatial.siting import SLACK, maximal_cover
from tests.plain_cover import plain_optimum

KINDS = {
    "whole": lambda rng, n: rng.integers(0, 9, n).astype(float),
    "equal": lambda rng, n: np.full(n, 0.3),
    "real": lambda rng, n: rng.random(n),
    "huge": lambda rng, n: 4.0 * rng.integers(2**50, 2**53, n),
    "tiny": lambda rng, n: 1e-300 * rng.random(n),
    "last bit": lambda rng, n: 1.0 + rng.integers(0, 3, n) * 2.0**-52,
    "24 decades": lambda rng, n: 10.0 ** rng.uniform(-12.0, 12.0, n),
}


def in_a_square(candidates: int, demand: int, *, degree: float, seed: int) -> tuple[sp.csr_array, np.ndarray]:
    """Return a cover of what lies near, each demand by `degree` candidates on average, and weights from 1 to 100."""
    rng = np.random.default_rng(seed)
    at, stands = rng.random((demand, 2)), rng.random((candidates, 2))
    reach = math.sqrt(degree / (math.pi * candidates))
    near = KDTree(at).sparse_distance_matrix(KDTree(stands), reach, output_type="coo_matrix")
    cover = sp.csr_array((np.ones(near.nnz), (near.row, near.col)), shape=near.shape)
    return cover, rng.integers(1, 101, demand).astype(float)


def question(cover: sp.csr_array, weights: np.ndarray, p: int) -> Question:
    """Return a question as siting asks it, of a cover without empty rows."""
    columns = cover.shape[1]
    kept, rows = among(cover.indptr, cover.indices, (weights > 0.0, np.ones(columns, dtype=bool)))
    scale, up, low = scaled(weights[rows], p)
    return Question(kept, up, low, up, Limits(p, np.ones(columns), np.inf), np.arange(columns), scale=scale)


@given(st.sampled_from(list(KINDS)), st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_the_optimum_is_found_and_proved_whatever_the_weights(
    kind: str, seed: int, whole: bool, dear: bool
) -> None:
    rng = np.random.default_rng(seed)
    demand, candidates = int(rng.integers(1, 25)), int(rng.integers(1, 10))
    cover = rng.random((demand, candidates)) < rng.choice([0.1, 0.2, 0.4])
    weights = KINDS[kind](rng, demand)
    costs = rng.integers(1, 6, candidates).astype(float) if whole else rng.random(candidates) + 0.1
    budget = round(float(rng.random() * costs.sum()), 2) if dear else None
    p = int(rng.integers(0, candidates + 1))
    plan = maximal_cover(sp.csr_array(cover), weights, p=p, costs=costs if dear else None, budget=budget)
    best = 0.0
    for size in range(p + 1):
        for choice in combinations(range(candidates), size):
            if budget is None or math.fsum(costs[list(choice)]) <= budget * (1.0 + SLACK):
                best = max(best, math.fsum(weights[cover[:, list(choice)].any(axis=1)]))
    # Few candidates: nothing is left to HiGHS and its tolerances.
    assert (plan.covered_weight, plan.bound, plan.gap, plan.proved_optimal) == (best, best, 0.0, True)
    assert math.fsum(weights[cover[:, plan.chosen].any(axis=1)]) == best


@pytest.mark.parametrize("seed", range(24))
def test_middling_questions_are_answered_as_highs_answers_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    candidates = int(rng.integers(40, 120))
    cover, weights = in_a_square(candidates, 3 * candidates, degree=float(rng.choice([4, 8])), seed=seed)
    limits = {"p": candidates // 8} if seed % 3 else {}
    if seed % 3 != 1:
        limits |= {"costs": rng.integers(1, 20, candidates).astype(float), "budget": float(candidates)}
    plan = maximal_cover(cover, weights, **limits)
    assert plan.proved_optimal
    assert plan.covered_weight == plan.bound == round(plain_optimum(cover, weights, **limits))


def test_highs_closes_what_is_left_and_counts_its_tolerances(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_PARTS", 0)
    cover, weights = in_a_square(120, 360, degree=8.0, seed=5)
    asked = []
    monkeypatch.setattr(
        searching, "closed", lambda *given, **more: asked.append(1) or closing.closed(*given, **more)
    )
    plan = maximal_cover(cover, weights, p=18)
    best = round(plain_optimum(cover, weights, p=18))
    assert (len(asked), plan.covered_weight, plan.proved_optimal) == (1, best, True)
    # A third is no whole number in any unit: then the tolerances stay in the bound, and nothing is proved.
    parts = maximal_cover(cover, weights / 3.0, p=18)
    assert len(asked) == 2
    assert parts.chosen.tolist() == plan.chosen.tolist()
    assert not parts.proved_optimal
    assert 0.0 < parts.gap < 1e-6


class Refusing:
    """A HiGHS that does not run, as it does where its threads are fixed otherwise, or that says what cannot be."""

    def __init__(self, bound: float, *, runs: bool) -> None:
        self.mip_dual_bound, self.col_value = bound, [0.0] * 100
        self.answer = highspy.HighsStatus.kOk if runs else highspy.HighsStatus.kError

    def run(self) -> highspy.HighsStatus:
        return self.answer

    def getModelStatus(self) -> highspy.HighsModelStatus:  # noqa: N802  # its name
        return highspy.HighsModelStatus.kOptimal

    def getInfo(self) -> Refusing:  # noqa: N802  # its name
        return self

    getSolution = getInfo  # noqa: N815  # its name

    def setOptionValue(self, *_: object) -> None:  # noqa: N802  # its name
        """Take any option."""

    setSolution = setOptionValue  # noqa: N815  # its name


@pytest.mark.parametrize(("bound", "runs"), [(0.0, False), (0.0, True), (-np.inf, True)])
def test_what_highs_does_not_answer_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, bound: float, runs: bool
) -> None:
    cover, weights = in_a_square(60, 180, degree=8.0, seed=1)
    asked = question(cover, weights, 6)
    monkeypatch.setattr(closing, "_model", lambda *_, **__: (Refusing(bound, runs=runs), 1.0))
    assert closing.closed(asked, np.arange(6), time_limit_s=1.0) is None


def test_a_bound_that_just_reaches_the_target_is_no_proof() -> None:
    # One of three: 5, 6 and 7 on rows of their own. Taxes that are the weights bound each choice by itself.
    asked = question(sp.csr_array(np.eye(3)), np.array([5.0, 6.0, 7.0]), 1)
    unit = asked.scale.step
    for known, out in ((6, [True, True, False]), (5, [True, False, False]), (4, [False, False, False])):
        bound, left_out, _ = decided(asked.problem, (asked.up, (known + 1) * unit))
        assert (bound, left_out.tolist()) == (7 * unit, out)
    # 7 is known: nothing reaches 8.
    assert decided(asked.problem, (asked.up, 8 * unit))[0] < 8 * unit


def test_the_greatest_gain_first_is_not_the_optimum_and_is_not_taken_for_it() -> None:
    # Candidate 0 sees the two in the middle (6), and then a side adds 2; the two sides alone see all: 10.
    cover = sp.csr_array(np.array([[0, 1, 0], [1, 1, 0], [1, 0, 1], [0, 0, 1]]))
    plan = maximal_cover(cover, [2.0, 3.0, 3.0, 2.0], p=2)
    assert sorted(plan.chosen.tolist()) == [1, 2]
    assert (plan.covered_weight, plan.bound, plan.proved_optimal) == (10.0, 10.0, True)


def test_a_plan_that_is_none_of_the_best_is_never_called_optimal() -> None:
    less = 0
    for seed in range(8):
        hard, each = in_a_square(100, 400, degree=12.0, seed=seed)
        quick, best = (maximal_cover(hard, each, p=10, time_limit_s=limit) for limit in (0.0, 60.0))
        assert best.proved_optimal
        assert quick.bound >= best.covered_weight >= quick.covered_weight
        assert quick.gap == (quick.bound - quick.covered_weight) / quick.bound
        if quick.covered_weight < best.covered_weight:
            less += 1
            assert not quick.proved_optimal
            assert quick.gap > 0.0
    assert less >= 2


def test_a_gap_that_is_accepted_ends_the_search_and_is_told() -> None:
    cover, weights = in_a_square(150, 600, degree=20.0, seed=2)
    plan = maximal_cover(cover, weights, p=12, gap=0.2)
    assert 0.0 < plan.gap <= 0.2
    assert not plan.proved_optimal


@given(st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=30), st.integers(0, 5000))
@settings(max_examples=200, deadline=None)
def test_weights_lie_between_whole_numbers_of_units(weights: list[float], most: int) -> None:
    scale, up, low = scaled(np.array(weights), most)
    for weight, above, below in zip(weights, up.tolist(), low.tolist(), strict=True):
        assert below <= math.ldexp(weight, scale.shift) <= above <= below + 1
        assert scale.above(above) >= weight
    assert sum(up.tolist()) * (most + 1) < 2**63


def test_whole_weights_differ_by_their_greatest_common_measure() -> None:
    scale, up, low = scaled(np.array([200.0, 300.0, 1000.0]), 10)
    assert scale.exact
    assert up.tolist() == low.tolist() == [2 * scale.step, 3 * scale.step, 10 * scale.step]
    assert scale.above(scale.step) == 100.0


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_a_smaller_question_keeps_what_any_choice_of_it_covers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cover = rng.random((20, 8)) < 0.25
    cover[rng.integers(0, 20, 5)] = cover[rng.integers(0, 20, 5)]
    asked = question(sp.csr_array(cover), rng.integers(1, 9, 20).astype(float), 3)
    small = reduced(asked)
    rows = [
        small.cover.row[a:b].tolist()
        for a, b in zip(small.cover.row_at[:-1], small.cover.row_at[1:], strict=True)
    ]
    assert len({tuple(row) for row in rows}) == len(rows)
    choice = rng.permutation(len(small.columns))[:3]
    less, more = covered(small.cover, choice), covered(asked.cover, small.columns[choice])
    assert small.up[less].sum() == asked.up[more].sum()
    # A column that went is no better than one that stayed.
    for gone in set(range(8)) - set(small.columns.tolist()):
        mine = set(np.flatnonzero(cover[:, gone]))
        assert any(mine <= set(np.flatnonzero(cover[:, stays])) for stays in small.columns) or not mine
