"""Quick choices: what they are worth, that they keep the limits, and that swaps better them."""

from __future__ import annotations

from dataclasses import replace

import numba
import numpy as np
import pytest
import scipy.sparse as sp

from spatial.boards import board_of
from spatial.choices import allowed, greedy, improved, worth_of
from spatial.errors import OutOfRange, WrongShape
from spatial.siting_model import Group, Model, Share
from tests.small_models import FEATURES, best_of_all, by_hand, every_choice, keeps, random_model

MIXED = [
    (),
    *[(name,) for name in FEATURES],
    FEATURES,
    ("p", "budget", "kept", "shares"),
    ("budget", "sides", "backup"),
]


@pytest.mark.parametrize("features", MIXED)
def test_worth_and_limits_are_those_counted_by_hand(features: tuple[str, ...]) -> None:
    model = random_model(3, *features, options=6)
    for chosen in every_choice(model):
        assert worth_of(model, chosen) == pytest.approx(by_hand(model, chosen), abs=1e-9)
        assert (not allowed(model, chosen)) == keeps(model, chosen)


@pytest.mark.parametrize("features", MIXED)
def test_greedy_keeps_upper_limits_and_swaps_never_lose(features: tuple[str, ...]) -> None:
    reached = possible = 0
    for seed in range(12):
        model = random_model(seed, *features)
        first = greedy(model)
        best = best_of_all(model)
        upper = {"p", "budget", "private plots"}
        assert not upper & set(allowed(model, first.tolist()))
        assert len(set(first.tolist()) | set(model.fixed)) == len(first) + len(model.fixed)
        if best is None:
            assert allowed(model, first)
            continue
        possible += 1
        second = improved(model, first)
        if not allowed(model, first):
            assert not allowed(model, second)
            assert best + 1e-9 >= worth_of(model, second) >= worth_of(model, first) - 1e-9
        reached += not allowed(model, second) and worth_of(model, second) > best - 1e-9
    # Swaps find nearly every optimum of so small models: one that could not search would not.
    assert reached >= 0.75 * possible


def test_by_gain_and_by_gain_per_won() -> None:
    # Option 0 sees all 10 for 10 won; 1 and 2 see 6 and 3 for 2 won each. With 10 won: 0 alone is best, though the
    # gain per won begins with 1. With 9 won 0 is out of reach.
    cover = sp.csr_array(np.array([[1, 1, 0], [1, 0, 1], [1, 0, 0]]))
    model = Model(cover, np.array([6.0, 3.0, 1.0]), np.array([10.0, 2.0, 2.0]), budget=10.0)
    assert greedy(model).tolist() == [0]
    assert greedy(Model(cover, model.weights, model.costs, budget=9.0)).tolist() == [1, 2]


def test_another_weight_another_choice_and_one_board_for_all() -> None:
    cover = sp.csr_array(np.eye(3))
    model = Model(cover, np.array([3.0, 2.0, 1.0]), np.ones(3), p=2)
    board = board_of(model)
    assert greedy(board).tolist() == [0, 1]
    assert greedy(board, [1.0, 2.0, 3.0]).tolist() == [2, 1]
    assert worth_of(model, [2, 1], [1.0, 2.0, 3.0]) == 5.0


def test_what_must_be_chosen_comes_before_what_gains() -> None:
    # Row 2 must be seen and weighs nothing; the camera of group "kept" must have one fate. p is 1: row 0 is out of reach.
    cover = sp.csr_array(np.array([[1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]))
    model = Model(
        cover,
        np.array([9.0, 1.0, 0.0]),
        np.array([1.0, 1.0, 0.0, 5.0]),
        p=1,
        counted=np.array([True, True, False, False]),
        groups=[Group("kept", np.array([2, 3]), most=1, least=1)],
        shares=[Share("zone", np.array([2]), np.array([4.0]), 4.0)],
    )
    assert sorted(greedy(model).tolist()) == [1, 2]


def test_nothing_to_choose_and_nothing_to_see() -> None:
    empty = Model(sp.csr_array((0, 0)), np.empty(0), np.empty(0), p=3)
    assert greedy(empty).tolist() == []
    unseen = Model(sp.csr_array((2, 2)), np.ones(2), np.ones(2), p=1)
    assert greedy(unseen).tolist() == []
    assert improved(unseen, []).tolist() == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"weights": np.ones(3)}, WrongShape),
        ({"weights": np.array([1.0, -1.0])}, OutOfRange),
        ({"costs": np.array([1.0, np.nan])}, OutOfRange),
        ({"p": -1}, OutOfRange),
        ({"budget": -1.0}, OutOfRange),
        ({"backup": 1.5}, OutOfRange),
        ({"fixed": [2]}, OutOfRange),
        ({"poles": np.array([1])}, WrongShape),
        ({"groups": [Group("far", np.array([5]))]}, OutOfRange),
        ({"sides": sp.csr_array(np.full((2, 2), 7))}, OutOfRange),
        ({"counted": np.array([True])}, WrongShape),
    ],
)
def test_a_model_that_cannot_be_is_refused(change: dict[str, object], error: type[Exception]) -> None:
    given: dict[str, object] = {
        "cover": sp.csr_array(np.eye(2)),
        "weights": np.ones(2),
        "costs": np.ones(2),
        "p": 1,
    }
    with pytest.raises(error):
        board_of(Model(**(given | change)))  # type: ignore[arg-type]


def test_what_a_group_took_for_cheapness_is_bettered_where_that_wins_more_for_its_won() -> None:
    # Camera 7 kept sees 1, turned sees 6 for 2 won; a new one sees 8 for 4 won. With 4 won: the new one beside the kept.
    cover = sp.csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    model = Model(
        cover,
        np.array([1.0, 6.0, 8.0]),
        np.array([0.0, 2.0, 4.0]),
        budget=4.0,
        groups=[Group("camera 7", np.array([0, 1]), most=1, least=1)],
    )
    assert sorted(greedy(model).tolist()) == [0, 2]
    assert sorted(greedy(replace(model, budget=6.0)).tolist()) == [1, 2]
    assert sorted(greedy(replace(model, budget=3.0)).tolist()) == [1]


def test_arrays_that_may_not_be_written_need_no_other_kernels() -> None:
    given = {
        "poles": np.array([0, 1]),
        "counted": np.ones(2, dtype=bool),
        "weights": np.ones(3),
        "costs": np.ones(2),
    }
    model = Model(cover=sp.csr_array(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])), p=1, **given)
    for array in given.values():
        array.flags.writeable = False
    kept = board_of(model)
    loose = board_of(replace(model, **{name: array.copy() for name, array in given.items()}))
    assert [numba.typeof(each) for each in kept] == [numba.typeof(each) for each in loose]
