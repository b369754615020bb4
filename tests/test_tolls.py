"""Lagrange's bound of small models: never below the optimum, and no option of a better choice leaves the question."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.boards import board_of
from spatial.choices import allowed, greedy, worth_of
from spatial.siting_model import Group, Model
from spatial.tolls import settled
from spatial.worths import rounding
from tests.small_models import FEATURES, by_hand, every_choice, keeps, random_model

MIXED = [
    ("p",),
    *[("p", name) for name in FEATURES if name != "p"],
    ("p", "budget", "kept", "shares", "charges"),
    ("budget", "sides", "backup", "groups", "fixed"),
    FEATURES,
]


@pytest.mark.parametrize("features", MIXED)
def test_no_better_choice_is_bounded_away(features: tuple[str, ...]) -> None:
    asked = left_out = 0
    for seed in range(30):
        model = random_model(seed, *features, options=6)
        known = greedy(model)
        if allowed(model, known):
            continue
        asked += 1
        worth, margin = worth_of(model, known), rounding(model)
        found = settled(board_of(model), known, worth, margin=margin, go_on=lambda: True)
        for chosen in every_choice(model):
            if keeps(model, chosen) and by_hand(model, chosen) > worth + 1e-9:
                assert found.bound + margin >= by_hand(model, chosen)
                assert found.kept[chosen].all()
        assert found.bound + margin >= worth
        left_out += int((~found.kept).sum())
    assert asked
    # Tolls that settled nothing would be of no use.
    assert left_out > asked / 2


def test_a_bound_of_twelve_does_not_come_out_below_twelve() -> None:
    # The least bound is 12, which a choice reaches, by tolls that are no whole numbers.
    cover = sp.csr_array(np.array([[1, 0, 0, 1], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]))
    pole = Group("pole", np.array([0, 1]))
    model = Model(cover, np.array([5.0, 4.0, 3.0, 2.0]), np.ones(4), p=2, groups=[pole])
    found = settled(board_of(model), np.array([0, 2]), 11.0, margin=0.0, go_on=lambda: True)
    assert 12.0 <= found.bound < 12.01
    assert found.kept[[1, 3]].all()


def test_without_time_one_round_is_a_bound_already() -> None:
    model = random_model(4, "p", "groups", options=6)
    known = greedy(model)
    found = settled(board_of(model), known, worth_of(model, known), margin=0.0, go_on=lambda: False)
    best = max(by_hand(model, chosen) for chosen in every_choice(model) if keeps(model, chosen))
    assert best <= found.bound < np.inf
