"""The curves by hand, and their bounds against every choice there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.curves import INTRUSION, curve, frontier
from spatial.errors import OutOfRange, WrongShape
from spatial.siting_model import Cap, Group, Model, Solved
from tests.every_choice import allowed, random_model, solved

# Four sites see 8, 6, 4 and 4 of their own and cost 2, 1, 4 and 1.
ALONE = Model(
    cover=sp.csr_array(np.eye(4)),
    weights=np.array([8.0, 6.0, 4.0, 4.0]),
    costs=np.array([2.0, 1.0, 4.0, 1.0]),
    p=4,
)


def test_the_order_is_that_of_gain_per_won() -> None:
    found = curve(ALONE)
    # 6 for 1, then 8 for 2 (4 a won) beside 4 for 1 (as much): the first of them in the choice's order, then 4 for 4.
    assert [(point.won, point.cameras, point.seen) for point in found] == [
        (0.0, 0, 0.0), (1.0, 1, 6.0), (3.0, 2, 14.0), (4.0, 3, 18.0), (8.0, 4, 22.0)
    ]  # fmt: skip
    # Sites that share nothing are a knapsack, whose parts in this order are the bound.
    assert [point.bound for point in found] == pytest.approx([0.0, 6.0, 14.0, 18.0, 22.0])


def test_few_points_hold_the_first_and_the_last() -> None:
    found = curve(ALONE, steps=2)
    assert [(point.won, point.seen) for point in found] == [(0.0, 0.0), (8.0, 22.0)]
    with pytest.raises(OutOfRange):
        curve(ALONE, steps=1)


def test_what_is_open_already_is_seen_for_nothing() -> None:
    found = curve(replace(ALONE, fixed=[0], p=1, budget=1.0))
    assert [(point.won, point.cameras, point.seen) for point in found] == [(0.0, 0, 8.0), (1.0, 1, 14.0)]
    # For 1 won no choice adds more than the 6.
    assert [point.bound for point in found] == pytest.approx([8.0, 14.0])


def test_of_aims_on_one_pole_the_bound_counts_one() -> None:
    groups = [Group("pole", np.array([0, 1]))]
    found = curve(replace(ALONE, groups=groups, costs=np.ones(4), p=3))
    # 8 and not 8 + 6, then 4 and 4.
    assert [point.seen for point in found] == [0.0, 8.0, 12.0, 16.0]
    assert [point.bound for point in found] == pytest.approx([0.0, 8.0, 12.0, 16.0])


def test_an_existing_camera_is_seen_by_until_the_order_turns_it() -> None:
    # Options: the camera as it is (sees 3), turned (sees 5, costs 1), a new one (sees 9, costs 3).
    model = Model(
        cover=sp.csr_array(np.eye(3)),
        weights=np.array([3.0, 5.0, 9.0]),
        costs=np.array([0.0, 1.0, 3.0]),
        p=1,
        counted=np.array([False, False, True]),
        groups=[Group("camera", np.array([0, 1]), most=1, least=1)],
    )
    found = curve(model)
    # The turn adds 2 for 1, the new one 9 for 3: that one first.
    assert [(point.won, point.cameras, point.seen) for point in found] == [
        (0.0, 0, 3.0), (3.0, 1, 12.0), (4.0, 1, 14.0)
    ]  # fmt: skip
    assert all(point.bound >= point.seen for point in found)


@pytest.mark.parametrize("budgeted", [False, True])
def test_no_choice_of_the_cost_sees_more_than_the_bound(budgeted: bool) -> None:
    rng = np.random.default_rng(5)
    for _ in range(30):
        model = random_model(rng)
        if budgeted:
            model = replace(model, p=None, budget=6.0)
        every = [
            (model.costs[choice].sum(), len(choice), model.weights[_seen(model, choice)].sum())
            for choice in allowed(replace(model, p=4, budget=None))
        ]
        for point in curve(model):
            most = max(
                seen
                for cost, cameras, seen in every
                if cost <= point.won and (budgeted or cameras <= point.cameras)
            )
            assert point.seen <= most <= point.bound


def test_where_the_number_is_limited_the_bound_counts_cameras_too() -> None:
    # Two cheap sites would be affordable for the dear one's price; but one camera may hang.
    model = Model(
        cover=sp.csr_array(np.eye(3)), weights=np.array([9.0, 5.0, 5.0]), costs=np.array([2.0, 1, 1]), p=1
    )
    last = curve(model)[-1]
    assert (last.won, last.cameras, last.seen) == (2.0, 1, 9.0)
    assert last.bound == pytest.approx(9.0)
    last = curve(replace(model, p=None, budget=2.0))[-1]
    assert (last.won, last.seen) == (2.0, 10.0)
    assert last.bound == pytest.approx(10.0)


def _seen(model: Model, choice: list[int]) -> np.ndarray:
    return np.asarray((model.cover.toarray()[:, choice] != 0).any(axis=1))


# -- intrusion --------------------------------------------------------------------------------------------------------

PLOTS_M2 = np.array([90.0, 40.0, 0.0, 10.0])


def test_each_cap_has_its_best_plan() -> None:
    found = frontier(replace(ALONE, p=2), PLOTS_M2, solve=solved, steps=3)
    # Without a cap 8 + 6, intruding 130 m². Under 0 m²: the third alone. Under 65 m²: 6 + 4.
    assert [(point.cap, point.intruded, point.seen) for point in found] == [
        (0.0, 0.0, 4.0), (65.0, 40.0, 10.0), (130.0, 130.0, 14.0)
    ]  # fmt: skip
    assert [(point.cost_won, point.cameras) for point in found] == [(4.0, 1), (5.0, 2), (3.0, 2)]
    assert [point.bound for point in found] == [4.0, 10.0, 14.0]


def test_the_cap_and_the_charges_of_the_question_itself_are_left_out() -> None:
    model = replace(ALONE, p=2, caps=[Cap(INTRUSION, PLOTS_M2, 0.0)], charges=PLOTS_M2)
    assert [point.seen for point in frontier(model, PLOTS_M2, solve=solved, steps=3)] == [4.0, 10.0, 14.0]
    # Another cap stays.
    model = replace(model, caps=[Cap("else", np.array([9.0, 0, 0, 0]), 1.0)])
    assert [point.seen for point in frontier(model, PLOTS_M2, solve=solved, steps=3)][-1] == 10.0


def test_a_plan_that_intrudes_on_nothing_is_one_point() -> None:
    found = frontier(ALONE, np.zeros(4), solve=solved)
    assert [(point.cap, point.seen) for point in found] == [(0.0, 22.0)]


def test_a_cap_that_no_plan_can_keep_is_left_out() -> None:
    model = replace(ALONE, p=2, groups=[Group("camera", np.array([1, 3]), most=1, least=1)])
    found = frontier(model, PLOTS_M2, solve=solved, steps=3)
    # One of 40 and 10 m² must stand.
    assert [point.cap for point in found] == [65.0, 130.0]
    impossible = replace(model, groups=[Group("both", np.array([0]), most=1, least=2)])
    assert frontier(impossible, PLOTS_M2, solve=solved) == []


def test_worth_never_falls_as_the_cap_grows() -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        model, plots_m2 = random_model(rng), rng.integers(0, 50, 8).astype(float)

        def worse(model: Model, *, time_limit_s: float, gap: float) -> Solved:
            # A solver that ends early under looser caps.
            found = solved(model)
            lazy = model.caps and model.caps[-1].most > 40.0
            return solved(replace(model, p=1)) if lazy else found

        points = frontier(model, plots_m2, solve=worse)
        assert all(one.worth <= two.worth for one, two in pairwise(points))
        assert all(point.intruded <= point.cap and point.worth <= point.bound for point in points)


def test_a_price_finds_what_greed_under_a_cap_does_not() -> None:
    # One site gains 10 and spends the whole cap of 10 m²; five gain 4 each for 2 m² each.
    model = Model(cover=sp.csr_array(np.eye(6)), weights=np.array([10.0] + [4.0] * 5), costs=np.ones(6), p=6)
    found = frontier(model, np.array([10.0] + [2.0] * 5), steps=3, time_limit_s=0.0)
    assert [(point.cap, point.intruded, point.seen) for point in found] == [
        (0.0, 0.0, 0.0), (10.0, 10.0, 20.0), (20.0, 20.0, 30.0)
    ]  # fmt: skip
    assert all(point.worth <= point.bound for point in found)


def test_our_own_way_finds_what_every_choice_finds() -> None:
    rng = np.random.default_rng(12)
    for _ in range(10):
        model, plots_m2 = random_model(rng), rng.integers(0, 50, 8).astype(float)
        ours = frontier(model, plots_m2, time_limit_s=600.0)
        # What the plan without a cap intrudes may differ among equally good plans, and with it the caps.
        for point in ours:
            capped = replace(model, caps=[Cap(INTRUSION, plots_m2, point.cap)])
            assert point.worth <= solved(capped).worth <= point.bound
            assert point.bound - point.worth <= 0.001 * point.bound


def test_refuses_what_makes_no_sense() -> None:
    with pytest.raises(WrongShape):
        frontier(ALONE, [1.0], solve=solved)
    for amounts, steps in (([-1.0, 0, 0, 0], 3), (PLOTS_M2, 1)):
        with pytest.raises(OutOfRange):
            frontier(ALONE, amounts, solve=solved, steps=steps)
