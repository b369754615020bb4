"""One camera a pole: the plain question asked again where it fails, against every choice there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.apart import apart, only_apart
from spatial.choices import allowed, worth_of
from spatial.siting_model import Group, Model, Share
from spatial.solving import solve

# Two poles, two aims each. The first pole's aims see 6 and 5, the second's 4 and 1: two cameras see 11 from one pole.
BY_HAND = Model(
    cover=sp.csr_array(np.eye(4)),
    weights=np.array([6.0, 5.0, 4.0, 1.0]),
    costs=np.ones(4),
    p=2,
    groups=(Group("pole 0", np.array([0, 1])), Group("pole 1", np.array([2, 3]))),
)


def test_a_pole_bears_one() -> None:
    found = solve(BY_HAND)
    assert found.chosen.tolist() == [0, 2]
    assert (found.worth, found.bound, found.proved_optimal) == (10.0, 10.0, True)
    # Where the pole bears two, they hang there.
    loose = solve(replace(BY_HAND, groups=(Group("pole 0", np.array([0, 1]), most=2),)))
    assert (sorted(loose.chosen.tolist()), loose.worth) == ([0, 1], 11.0)


def test_what_it_is_for() -> None:
    assert only_apart(BY_HAND)
    assert not only_apart(replace(BY_HAND, groups=()))
    assert not only_apart(replace(BY_HAND, groups=(Group("camera", np.array([0, 1]), least=1),)))


@pytest.mark.parametrize("seed", range(60))
def test_against_every_choice(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = _any(rng)
    best = max(
        (worth_of(model, chosen), chosen)
        for size in range(model.cover.shape[1] + 1)
        for chosen in combinations(range(model.cover.shape[1]), size)
        if not allowed(model, chosen)
    )
    found = solve(model, time_limit_s=30.0)
    assert allowed(model, found.chosen) == []
    assert found.worth == pytest.approx(best[0], rel=1e-12, abs=1e-12)
    assert found.proved_optimal
    assert found.bound == found.worth


@pytest.mark.parametrize("seed", range(8))
def test_without_time_the_bound_still_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = _any(rng)
    quick, best = solve(model, time_limit_s=0.0), solve(model, time_limit_s=30.0)
    assert allowed(model, quick.chosen) == []
    assert quick.worth <= best.worth <= quick.bound


def test_a_start_that_is_best_stays() -> None:
    start = np.array([0, 2])
    found = apart(BY_HAND, start, better=lambda chosen: chosen, time_limit_s=30.0, gap=0.0)
    assert (found.chosen.tolist(), found.bound) == ([0, 2], 10.0)


def test_the_plain_question_bounds_one_with_shares() -> None:
    # Demand 3 must be seen: with the first pole's best that is 6 + 1, where any two would see 11 at most.
    must = replace(BY_HAND, shares=(Share("zone", np.array([3]), np.array([1.0]), 1.0),))
    quick = solve(must, time_limit_s=0.0)
    assert quick.worth == 7.0
    assert quick.worth <= quick.bound <= 11.0
    assert solve(must, time_limit_s=30.0).worth == 7.0


def _any(rng: np.random.Generator) -> Model:
    """Return a small model of poles with aims that look much alike, by number, by budget or both."""
    poles, aims, demand = int(rng.integers(2, 4)), int(rng.integers(2, 4)), int(rng.integers(4, 10))
    options = poles * aims
    cover = rng.random((demand, options)) < 0.35
    weights = rng.integers(1, 9, demand).astype(float) if rng.random() < 0.5 else rng.random(demand)
    costs = rng.integers(1, 6, options).astype(float)
    by = rng.integers(0, 3)
    return Model(
        cover=sp.csr_array(cover.astype(float)),
        weights=weights,
        costs=costs,
        p=None if by == 1 else int(rng.integers(1, 4)),
        budget=None if by == 0 else float(rng.integers(3, 12)),
        groups=tuple(
            Group(f"pole {pole}", np.arange(pole * aims, (pole + 1) * aims), most=int(rng.integers(1, 3)))
            for pole in range(poles)
        ),
    )
