"""Siting: by hand, against every choice there is."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import OutOfRange, WrongShape
from spatial.siting import SitingPlan, maximal_cover

# Demand a..d weighs 5, 4, 3, 2. Candidate 0 sees a and b, 1 sees b and c, 2 sees d, 3 sees a.
BY_HAND = sp.csr_array(np.array([[1, 0, 0, 1], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]))
WEIGHTS = [5.0, 4.0, 3.0, 2.0]


def test_one_camera_takes_the_heaviest() -> None:
    plan = maximal_cover(BY_HAND, WEIGHTS, p=1)
    assert plan.chosen.tolist() == [0]
    assert (plan.covered_weight, plan.bound, plan.gap, plan.proved_optimal) == (9.0, 9.0, 0.0, True)


def test_two_cameras_by_hand() -> None:
    # After 0 (9), candidate 1 adds c (3), candidate 2 adds d (2). {1, 3} covers 12 too; nothing covers more.
    plan = maximal_cover(BY_HAND, WEIGHTS, p=2)
    assert plan.chosen.tolist() == [0, 1]
    assert (plan.covered_weight, plan.bound, plan.gap, plan.proved_optimal) == (12.0, 12.0, 0.0, True)


def test_stops_when_nothing_is_left_to_gain() -> None:
    plan = maximal_cover(BY_HAND, WEIGHTS, p=4)
    assert plan.chosen.tolist() == [0, 1, 2]
    assert (plan.covered_weight, plan.proved_optimal) == (14.0, True)


def test_fixed_candidates_count_in_the_cover_and_nowhere_else() -> None:
    plan = maximal_cover(BY_HAND, WEIGHTS, p=1, fixed=[0])
    assert plan.chosen.tolist() == [1]
    assert (plan.covered_weight, plan.bound) == (12.0, 12.0)


def test_budget_prefers_gain_per_cost() -> None:
    # Candidate 0 costs all; 1 and 2 together cost as much and cover 9 against its 9; 3 and 2 and half of 1.
    plan = maximal_cover(BY_HAND, WEIGHTS, costs=[10.0, 5.0, 2.0, 3.0], budget=10.0)
    # Per cost: 0: .9, 1: 1.4, 2: 1, 3: 1.67. So 3 (5), then 1 (7, 1.4), then 2 (2): 14 for 10.
    assert plan.chosen.tolist() == [3, 1, 2]
    assert (plan.covered_weight, plan.proved_optimal) == (14.0, True)


def test_best_single_candidate_saves_the_greedy_from_crumbs() -> None:
    # Greedy by gain per cost takes the crumb (2 for 1) and can no longer afford the loaf (100 for 100).
    plan = maximal_cover(sp.eye_array(2).tocsr(), [2.0, 100.0], costs=[1.0, 100.0], budget=100.0)
    assert plan.chosen.tolist() == [1]
    # The fractional knapsack holds the crumb and 99 % of the loaf, 101; no whole choice does.
    assert (plan.covered_weight, plan.bound) == (100.0, 100.0)


def test_both_limits_together() -> None:
    plan = maximal_cover(BY_HAND, WEIGHTS, p=1, costs=[10.0, 5.0, 2.0, 3.0], budget=9.0)
    assert plan.chosen.tolist() == [1]  # 7 for 5; candidate 0 is too dear, 3 covers 5
    assert (plan.covered_weight, plan.bound, plan.proved_optimal) == (7.0, 7.0, True)


def test_nothing_to_cover_or_to_choose() -> None:
    nothing = maximal_cover(sp.csr_array((0, 3)), [], p=2)
    assert (nothing.chosen.tolist(), nothing.covered_weight, nothing.gap, nothing.proved_optimal) == (
        [],
        0.0,
        0.0,
        True,
    )
    nobody = maximal_cover(sp.csr_array((2, 0)), [1.0, 1.0], p=2)
    assert (nobody.chosen.tolist(), nobody.covered_weight, nobody.bound) == ([], 0.0, 0.0)
    none = maximal_cover(BY_HAND, WEIGHTS, p=0, fixed=[2])
    assert (none.chosen.tolist(), none.covered_weight, none.bound) == ([], 2.0, 2.0)


def test_refuses_what_makes_no_sense() -> None:
    for wrong in ({}, {"p": -1}, {"costs": [1.0] * 4}, {"p": 1, "fixed": [4]}, {"p": 1, "fixed": [-1]}):
        with pytest.raises(OutOfRange):
            maximal_cover(BY_HAND, WEIGHTS, **wrong)
    with pytest.raises(OutOfRange):
        maximal_cover(BY_HAND, WEIGHTS, costs=[0.0, 1.0, 1.0, 1.0], budget=1.0)
    with pytest.raises(OutOfRange):
        maximal_cover(BY_HAND, [1.0, 1.0, 1.0, np.nan], p=1)
    with pytest.raises(WrongShape):
        maximal_cover(BY_HAND, [1.0], p=1)
    with pytest.raises(WrongShape):
        maximal_cover(BY_HAND, WEIGHTS, costs=[1.0], budget=1.0)
    with pytest.raises(OutOfRange):
        SitingPlan(np.array([0]), covered_weight=2.0, bound=1.0, gap=0.0, proved_optimal=False)


@st.composite
def instances(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    demands, candidates = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    cells = draw(st.lists(st.booleans(), min_size=demands * candidates, max_size=demands * candidates))
    heavy = st.integers(0, 9).map(float) if draw(st.booleans()) else st.floats(0.0, 10.0)
    weights = draw(st.lists(heavy, min_size=demands, max_size=demands))
    costs = draw(st.lists(st.floats(0.5, 5.0), min_size=candidates, max_size=candidates))
    fixed = draw(st.lists(st.integers(0, candidates - 1), unique=True, max_size=2))
    return np.reshape(cells, (demands, candidates)), np.array(weights), np.array(costs), fixed


def optimum(
    cover: np.ndarray, weights: np.ndarray, fixed: list[int], *, p: int, costs: np.ndarray, budget: float
) -> float:
    """Try every choice there is."""
    free = [candidate for candidate in range(cover.shape[1]) if candidate not in fixed]
    best = 0.0
    for size in range(min(p, len(free)) + 1):
        for choice in combinations(free, size):
            if costs[list(choice)].sum() <= budget:
                best = max(best, math.fsum(weights[cover[:, [*fixed, *choice]].any(axis=1)]))
    return best


@given(instances(), st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_optimum_lies_between_plan_and_bound(instance: tuple, p: int) -> None:
    cover, weights, costs, fixed = instance
    plan = maximal_cover(sp.csr_array(cover), weights, p=p, fixed=fixed)
    best = optimum(cover, weights, fixed, p=p, costs=costs, budget=np.inf)
    assert plan.covered_weight <= best <= plan.bound
    assert len(plan.chosen) <= p
    assert not set(plan.chosen) & set(fixed)
    # Nemhauser, Wolsey, Fisher: greedy wins at least 1 - 1/e of what can be won over the fixed ones.
    given_free = optimum(cover, weights, fixed, p=0, costs=costs, budget=np.inf)
    assert plan.covered_weight - given_free >= (1 - 1 / np.e) * (best - given_free) - 1e-9
    if plan.proved_optimal:
        assert plan.covered_weight == best


@given(instances(), st.floats(0.0, 12.0))
@settings(max_examples=150, deadline=None)
def test_optimum_under_a_budget_lies_between_plan_and_bound(instance: tuple, budget: float) -> None:
    cover, weights, costs, fixed = instance
    plan = maximal_cover(sp.csr_array(cover), weights, costs=costs, budget=budget, fixed=fixed)
    best = optimum(cover, weights, fixed, p=len(costs), costs=costs, budget=budget)
    assert plan.covered_weight <= best <= plan.bound
    assert costs[plan.chosen].sum() <= budget * (1 + 1e-12)
    seen = cover[:, [*fixed, *plan.chosen]].any(axis=1)
    assert plan.covered_weight == math.fsum(weights[seen])


def test_same_question_same_plan() -> None:
    rng = np.random.default_rng(3)
    cover = sp.random_array((300, 80), density=0.05, rng=rng, format="csr")
    weights = rng.random(300)
    first, second = (maximal_cover(cover, weights, p=10) for _ in range(2))
    assert first.chosen.tolist() == second.chosen.tolist()
    assert first.bound == second.bound
