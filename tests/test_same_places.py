"""Places of two lists that are the same: one with one, as many as can be, the nearest together."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from spatial.errors import WrongShape
from spatial.same_places import paired


def test_nothing_pairs_with_nothing() -> None:
    none, some = np.empty((0, 2)), np.array([[0.0, 0.0]])
    for one, other in ((none, none), (none, some), (some, none)):
        first, second = paired(one, other, within_m=10.0)
        assert (len(first), len(second)) == (0, 0)


def test_a_place_pairs_once_and_only_within_reach() -> None:
    one = np.array([[0.0, 0.0], [100.0, 0.0]])
    other = np.array([[10.0, 0.0], [3.0, 0.0], [110.1, 0.0]])
    first, second = paired(one, other, within_m=10.0)
    # 3 m is nearer than 10 m, and 10.1 m is no longer the same place.
    assert (first.tolist(), second.tolist()) == ([0], [1])


def test_a_pair_more_is_worth_farther_pairs() -> None:
    # The first lies 1 m from the second of the other list, but only it can pair with the first: 9 + 9 m make two pairs.
    one, other = np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([[-9.0, 0.0], [1.0, 0.0]])
    first, second = paired(one, other, within_m=10.0)
    assert (first.tolist(), second.tolist()) == ([0, 1], [0, 1])


def test_of_heads_of_one_pole_those_that_look_alike_pair() -> None:
    pole = np.zeros((2, 2))
    turned = np.array([[170.0, 5.0], [10.0, 175.0]])
    first, second = paired(pole, pole, within_m=10.0, turned_deg=turned)
    assert (first.tolist(), second.tolist()) == ([0, 1], [1, 0])


def test_no_choice_of_pairs_is_better() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        one, other = rng.uniform(0, 25, (4, 2)), rng.uniform(0, 25, (4, 2))
        apart = np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1))
        every = [
            [apart[i, j] for i, j in enumerate(p) if apart[i, j] <= 10.0] for p in permutations(range(4))
        ]
        most = max(map(len, every))
        first, second = paired(one, other, within_m=10.0)
        assert len(first) == most
        assert apart[first, second].sum() == pytest.approx(min(sum(e) for e in every if len(e) == most))
        assert np.all(apart[first, second] <= 10.0)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(WrongShape):
        paired(np.zeros((2, 3)), np.zeros((2, 2)), within_m=10.0)
    with pytest.raises(WrongShape):
        paired(np.zeros((2, 2)), np.zeros((1, 2)), within_m=10.0, turned_deg=np.zeros((1, 2)))
