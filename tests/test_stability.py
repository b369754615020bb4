"""The stability of a plan: by hand where one weight decides, and the same again from the same seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.errors import OutOfRange, WrongShape
from spatial.siting_model import Group, Model, Share
from spatial.stability import stability
from tests.every_choice import random_model

Whole = np.ndarray


# Two sites that see one thing each: the first is risky by layer 0, the second by layer 1.
TWO = Model(cover=sp.csr_array(np.eye(2)), weights=np.array([0.5, 0.5]), costs=np.ones(2), p=1)
LAYERS = np.eye(2)


def test_a_site_that_leads_by_more_than_the_weights_may_move_stays_always() -> None:
    # 0.61 x 0.8 = 0.488 is more than 0.39 x 1.2 = 0.468.
    found = stability(TWO, [0], layers=LAYERS, layer_weights=[0.61, 0.39], amounts=[1.0, 1.0], draws=200)
    assert found.kept.tolist() == [1.0]
    assert found.alike.tolist() == [True]
    assert found.tau is not None and (found.tau.low, found.tau.median, found.tau.high) == (1.0, 1.0, 1.0)


def test_of_two_equal_layers_each_leads_in_half_of_the_draws() -> None:
    found = stability(TWO, [0], layers=LAYERS, layer_weights=[1.0, 1.0], amounts=[1.0, 1.0], seed=5)
    factors = np.random.default_rng(5).uniform(0.8, 1.2, (1000, 2))
    leads = np.count_nonzero(factors[:, 0] >= factors[:, 1])
    assert found.kept.tolist() == [leads / 1000]
    assert 0.45 < leads / 1000 < 0.55
    assert (found.draws, found.seed, found.spread) == (1000, 5, 0.2)


def test_the_chance_is_that_of_two_even_numbers() -> None:
    # 55 a > 45 b, a and b even on 0.8..1.2: b < 1.222 a is sure from a = 0.98182 on; below, the part
    # (1.2222 a - 0.8) / 0.4 of the b's. In all 0.54545 + (0.98182 - 0.8) / 0.4 x mean of 0.4444 and 1 = 0.8737.
    found = stability(TWO, [0], layers=LAYERS, layer_weights=[0.55, 0.45], amounts=[1, 1], draws=4000)
    # Four standard errors of a share of 4,000 draws.
    assert found.kept[0] == pytest.approx(0.8737, abs=4 * (0.8737 * 0.1263 / 4000) ** 0.5)


def test_the_same_seed_gives_the_same_and_progress_counts_the_draws() -> None:
    told: list[tuple[int, int]] = []
    model = random_model(np.random.default_rng(1))
    rng = np.random.default_rng(2)
    asked = {
        "layers": rng.random((3, 12)), "layer_weights": [3.0, 2.0, 1.0], "amounts": rng.random(12),
        "draws": 20, "seed": 9,
    }  # fmt: skip
    first = stability(model, [0, 3], progress=lambda done, total: told.append((done, total)), **asked)
    second = stability(model, [0, 3], **asked)
    assert first.kept.tolist() == second.kept.tolist() and first.tau == second.tau
    assert told == [(number, 20) for number in range(1, 21)]


def test_a_site_stays_when_its_pole_does_whatever_the_aim() -> None:
    # Pole 0 has an aim for each layer: one of them is always chosen, each in some draws only.
    model = replace(TWO, groups=[Group("pole", np.array([0, 1]))], poles=np.array([0, 0]))
    found = stability(model, [0], layers=LAYERS, layer_weights=[1.0, 1.0], amounts=[1.0, 1.0], draws=50)
    assert found.kept.tolist() == [1.0]
    # One site alone has no ranking.
    assert found.tau is None


def test_tau_is_that_of_the_ranking_of_sites() -> None:
    # Site 0 and 1 change places, 2 is last always: of three pairs one is turned round in such draws, (2 - 1) / 3.
    model = replace(TWO, cover=sp.csr_array(np.eye(3)), weights=np.zeros(3), costs=np.ones(3), p=1)
    layers = np.array([[1.0, 0.0, 0.1], [0.0, 1.0, 0.1]])
    found = stability(model, [0], layers=layers, layer_weights=[1.0, 1.001], amounts=np.ones(3), draws=100)
    assert found.tau is not None
    assert found.tau.low == pytest.approx(1 / 3) and found.tau.high == pytest.approx(1.0)


def test_sites_that_see_nothing_new_are_in_no_ranking() -> None:
    # Site 1 sees what is open already.
    cover = sp.csr_array(np.array([[1.0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]]))
    model = Model(cover=cover, weights=np.zeros(3), costs=np.ones(4), p=1, fixed=[3])
    layers = np.array([[1.0, 9.0, 0.1], [0.5, 9.0, 0.6]])
    found = stability(model, [0], layers=layers, layer_weights=[1, 1], amounts=np.ones(3), draws=30)
    # Of 0 and 2 the first is always more: 1.5 against 0.7.
    assert found.tau is not None and found.tau.low == 1.0
    assert found.kept.tolist() == [1.0]


def test_a_quick_choice_that_takes_another_site_says_so() -> None:
    found = stability(TWO, [1], layers=LAYERS, layer_weights=[0.61, 0.39], amounts=[1.0, 1.0], draws=10)
    assert (found.kept.tolist(), found.alike.tolist()) == ([0.0], [False])


def test_demands_seen_alike_are_made_one_and_the_draws_come_out_the_same() -> None:
    rng = np.random.default_rng(3)
    for _ in range(10):
        model = random_model(rng, demand=30)
        layers, amounts = rng.random((2, 30)), rng.random(30)
        asked = {
            "layers": layers,
            "layer_weights": [1.0, 2.0],
            "amounts": amounts,
            "draws": 8,
        }
        whole = replace(model, shares=[Share("nothing asked", np.array([0]), np.ones(1), 0.0)])
        merged, apart = (stability(each, [0, 2, 5], **asked) for each in (model, whole))
        assert merged.kept.tolist() == apart.kept.tolist()
        assert merged.tau is not None and apart.tau is not None
        assert merged.tau.median == pytest.approx(apart.tau.median)


def test_the_amounts_weigh_with_the_layers() -> None:
    # 3/4 of a weight on 2 metres are less than 1/4 on 8, in most draws.
    asked = {"layers": LAYERS, "layer_weights": [3.0, 1.0], "amounts": [2.0, 8.0], "draws": 400, "seed": 4}
    found = stability(TWO, [1], **asked)
    factors = np.random.default_rng(4).uniform(0.8, 1.2, (400, 2))
    leads = np.count_nonzero(2.0 * factors[:, 1] > 1.5 * factors[:, 0])
    assert 300 < leads < 400
    assert found.kept.tolist() == [leads / 400]


def test_refuses_what_makes_no_sense() -> None:
    good = {"layers": LAYERS, "layer_weights": [1.0, 1.0], "amounts": [1.0, 1.0], "draws": 2}
    for wrong in ({"draws": 0}, {"spread": 1.5}, {"layer_weights": [0.0, 0.0]}, {"amounts": [-1.0, 1.0]}):
        with pytest.raises(OutOfRange):
            stability(TWO, [0], **{**good, **wrong})
    for wrong in ({"layers": np.eye(3)}, {"amounts": [1.0]}):
        with pytest.raises(WrongShape):
            stability(TWO, [0], **{**good, **wrong})
