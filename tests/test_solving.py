"""Models of siting solved: against every choice there is, with each limit alone and all together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.cheapest import solve_cheapest
from spatial.choices import allowed, worth_of
from spatial.errors import Contradiction, NoPlanInTime, OutOfRange
from spatial.programmes import answered, programme
from spatial.reduction import reduced
from spatial.siting_model import Cap, Group, Model, Share
from spatial.solving import is_plain, solve
from tests.small_models import FEATURES, best_of_all, every_choice, keeps, random_model

ALL_WHOLE = tuple(name for name in FEATURES if name != "fractions")
MIXED = [
    (),
    *[(name,) for name in FEATURES],
    ("p", "budget", "kept", "shares"),
    ("budget", "sides", "backup"),
    ("p", "groups", "backup", "fixed", "sides"),
    ("budget", "fractions", "caps", "charges"),
    ALL_WHOLE,
    FEATURES,
]


@pytest.mark.parametrize("features", MIXED)
def test_no_choice_is_better_than_what_is_found(features: tuple[str, ...]) -> None:
    for seed in range(14):
        model = random_model(seed, *features, options=7)
        best = best_of_all(model)
        if best is None:
            with pytest.raises(Contradiction):
                solve(model)
            continue
        found = solve(model)
        assert not allowed(model, found.chosen)
        assert found.worth == pytest.approx(worth_of(model, found.chosen), abs=1e-9)
        assert found.worth == pytest.approx(best, abs=1e-6)
        # The bound is proved, not read off: never below the optimum, and said to be reached only in whole numbers.
        assert found.bound >= max(best - 1e-9, found.worth)
        assert found.proved_optimal == (found.worth == found.bound)
        if "fractions" not in features:
            assert found.proved_optimal


@pytest.mark.parametrize("features", MIXED)
def test_without_time_the_greedy_choice_and_an_honest_bound(features: tuple[str, ...]) -> None:
    for seed in range(14):
        model = random_model(seed, *features, options=7)
        best = best_of_all(model)
        try:
            found = solve(model, time_limit_s=0.0)
        except (Contradiction, NoPlanInTime) as error:
            # Greedy found none: either there is none, or it says that it did not find out.
            assert isinstance(error, NoPlanInTime) or best is None
            continue
        assert best is not None
        assert not allowed(model, found.chosen)
        assert found.worth - 1e-9 <= best <= found.bound + 1e-9
        if found.proved_optimal:
            assert found.worth == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize(
    "features", [("shares",), ("shares", "groups", "caps"), ("kept", "shares"), ALL_WHOLE]
)
def test_the_cheapest_choice_that_keeps_all_limits(features: tuple[str, ...]) -> None:
    for seed in range(14):
        model = random_model(seed, *features, options=7)
        costs = [sum(model.costs[chosen]) for chosen in every_choice(model) if keeps(model, chosen)]
        if not costs:
            with pytest.raises(Contradiction):
                solve_cheapest(model)
            continue
        found = solve_cheapest(model)
        assert not allowed(model, found.chosen)
        assert found.cost_won == found.bound_won == min(costs) == sum(model.costs[found.chosen])
        assert (found.gap, found.proved_cheapest) == (0.0, True)


@pytest.mark.parametrize("features", [("p", "fixed"), ("groups", "budget"), ("sides", "backup"), FEATURES])
def test_what_is_left_out_changes_no_optimum(features: tuple[str, ...]) -> None:
    fewer = 0
    for seed in range(14):
        model = random_model(seed, *features, options=7)
        small = reduced(model)
        best, less = best_of_all(model), best_of_all(small.model)
        assert (best is None) == (less is None)
        if best is not None and less is not None:
            assert less + small.settled == pytest.approx(best, abs=1e-9)
        fewer += small.model.cover.shape[0] < model.cover.shape[0]
    assert fewer


def test_equal_rows_become_one_and_shares_add_up() -> None:
    # Rows 0 and 1 are seen by option 0 alone, row 2 by both, row 3 by none.
    cover = sp.csr_array(np.array([[1, 0], [1, 0], [1, 1], [0, 0]]))
    share = Share("zone", np.array([0, 1, 3]), np.array([2.0, 3.0, 4.0]), 5.0)
    small = reduced(Model(cover, np.array([1.0, 2.0, 4.0, 8.0]), np.ones(2), p=1, shares=[share])).model
    assert sorted(small.weights.tolist()) == [3.0, 4.0]
    (left,) = small.shares
    assert left.amounts.tolist() == [5.0]
    assert small.weights[left.demand].tolist() == [3.0]


def test_an_existing_camera_is_turned_only_where_that_is_worth_its_cost() -> None:
    # Kept it sees 4; turned it sees 5 of which a new camera could see 3. A turn costs 3 won, a new camera 5.
    cover = sp.csr_array(np.array([[1, 0, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0]]))
    fates = Group("camera 7", np.array([0, 1, 2]), most=1, least=1)
    model = Model(
        cover,
        np.array([4.0, 3.0, 2.0]),
        np.array([0.0, 3.0, 1.0, 5.0]),
        budget=3.0,
        p=1,
        counted=np.array([False, False, False, True]),
        groups=[fates],
    )
    assert (solve(model).chosen.tolist(), solve(model).worth) == ([1], 5.0)
    # For 5 won it stays, and the new one is set up: 7.
    assert (
        sorted(solve(replace(model, budget=5.0)).chosen.tolist()),
        solve(replace(model, budget=5.0)).worth,
    ) == (
        [0, 3],
        7.0,
    )
    # For nothing it stays as it is.
    assert (solve(replace(model, budget=0.0)).chosen.tolist(), solve(replace(model, budget=0.0)).worth) == (
        [0],
        4.0,
    )


def test_a_second_view_counts_from_another_pole_only() -> None:
    # Options 0 and 1 hang on one pole, 2 on another; all see the one row of weight 10.
    model = Model(
        sp.csr_array(np.ones((1, 3))),
        np.array([10.0]),
        np.ones(3),
        p=2,
        poles=np.array([0, 0, 1]),
        backup=0.3,
    )
    found = solve(model)
    assert (found.worth, found.bound, found.proved_optimal) == (13.0, 13.0, True)
    assert 2 in found.chosen.tolist()
    assert solve(replace(model, poles=np.array([0, 0, 0]))).worth == 10.0


def test_a_face_is_seen_from_both_ways() -> None:
    # The row weighs 10; options 0 and 1 look along the street, 2 against it.
    sides = sp.csr_array(np.array([[1, 1, 2]]))
    model = Model(sp.csr_array(np.ones((1, 3))), np.array([10.0]), np.ones(3), p=2, sides=sides, diverse=0.5)
    found = solve(model)
    assert (found.worth, found.proved_optimal) == (15.0, True)
    assert 2 in found.chosen.tolist()


def test_whole_numbers_prove_and_fractions_leave_a_gap() -> None:
    cover = sp.csr_array(np.array([[1, 0, 0, 1], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]))
    pole = Group("pole", np.array([0, 1]))
    model = Model(cover, np.array([5.0, 4.0, 3.0, 2.0]), np.ones(4), p=2, groups=[pole])
    found = solve(model)
    assert (sorted(found.chosen.tolist()), found.worth, found.proved_optimal) == ([1, 3], 12.0, True)
    tenths = solve(replace(model, weights=model.weights * 0.1))
    assert sorted(tenths.chosen.tolist()) == [1, 3]
    assert 0.0 <= tenths.gap < 1e-6


def test_options_come_in_the_order_of_greatest_gain() -> None:
    cover = sp.csr_array(np.eye(3))
    model = Model(cover, np.array([1.0, 3.0, 2.0]), np.ones(3), p=3, caps=[Cap("plots", np.ones(3), 3.0)])
    assert solve(model).chosen.tolist() == [1, 2, 0]
    assert solve(model).seen.tolist() == [True, True, True]


def test_plain_models_and_limits_that_are_none() -> None:
    model = random_model(1, "p")
    assert is_plain(model)
    assert not is_plain(random_model(1))
    assert not is_plain(random_model(1, "p", "caps"))
    with pytest.raises(OutOfRange):
        solve(model, time_limit_s=-1.0)
    told: list[tuple[str, int, int]] = []
    solve(random_model(1, "p", "caps"), progress=lambda *step: told.append(step))
    assert told[0] == ("Solve", 0, 3)
    assert told[-1] == ("Solve", 3, 3)


def test_a_needless_option_to_begin_with_ends_no_search() -> None:
    # HiGHS 1.16 loses a beginning with an option that presolve takes out, and calls its own worth 0 the best.
    model = random_model(2, "shares", options=7)
    costs = [sum(model.costs[chosen]) for chosen in every_choice(model) if keeps(model, chosen)]
    asked = programme(replace(model, weights=np.zeros(10), charges=model.costs))
    for begin in ([0], [3], None):
        answer = answered(asked, time_limit_s=20.0, begin=None if begin is None else np.array(begin))
        assert answer.chosen is not None
        assert answer.chosen.tolist() == [3]
        assert -answer.bound == pytest.approx(min(costs), abs=1e-3)
        assert -answer.bound <= min(costs)
