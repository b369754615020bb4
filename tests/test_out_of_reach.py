"""Shares that plainly cannot be reached: named at once, never where a choice keeps them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.choices import allowed
from spatial.errors import Contradiction
from spatial.out_of_reach import out_of_reach
from spatial.siting_model import Model, Share
from spatial.solving import solve

# Four pieces of 10 m; the first three options see a piece each, the last sees nothing; nobody sees the fourth piece.
MODEL = Model(
    cover=sp.csr_array(np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], dtype=float)),
    weights=np.ones(4),
    costs=np.array([1.0, 2.0, 3.0, 1.0]),
)
ALL = Share("dong A", np.arange(4), np.full(4, 10.0), 40.0)


def test_what_no_option_sees_is_named_alone() -> None:
    found = out_of_reach(replace(MODEL, shares=[ALL], p=9))
    assert found is not None
    assert (found.names, found.most) == (["dong A"], {"dong A": (30.0, 40.0)})


def test_too_few_cameras_and_too_little_money() -> None:
    some = replace(ALL, least=30.0)
    by_number = out_of_reach(replace(MODEL, shares=[some], p=2))
    assert by_number is not None
    assert (by_number.names, by_number.most) == (["dong A", "p"], {"dong A": (20.0, 30.0)})
    assert by_number.least == {"p": 3.0}
    # 5 won buy the first two pieces and two thirds of the third.
    by_won = out_of_reach(replace(MODEL, shares=[some], budget=5.0))
    assert by_won is not None
    assert by_won.names == ["dong A", "budget"]
    assert by_won.least == {"budget": 6.0}
    assert by_won.most["dong A"][0] == pytest.approx(10.0 + 10.0 + 20.0 / 3.0)
    assert out_of_reach(replace(MODEL, shares=[some], p=3, budget=6.0)) is None


def test_shares_that_fail_together_are_named_together() -> None:
    shares = [Share(f"dong {at}", np.array([at]), np.array([10.0]), 10.0) for at in range(3)]
    found = out_of_reach(replace(MODEL, shares=shares, p=2))
    assert found is not None
    assert (sorted(found.names), found.most) == (["dong 0", "dong 1", "dong 2", "p"], {})
    # Two of them are too much for one camera already.
    one = out_of_reach(replace(MODEL, shares=shares, p=1))
    assert one is not None
    assert len(one.names) == 3


def test_what_is_no_new_camera_is_free_of_the_number() -> None:
    counted = np.array([False, False, True, True])
    assert out_of_reach(replace(MODEL, shares=[replace(ALL, least=30.0)], p=1, counted=counted)) is None


@pytest.mark.parametrize("seed", range(60))
def test_never_where_a_choice_keeps_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cover = (rng.random((7, 6)) < 0.4).astype(float)
    shares = [
        Share(f"dong {at}", rows, rng.integers(1, 9, len(rows)).astype(float), float(rng.integers(1, 20)))
        for at, rows in enumerate(np.array_split(np.arange(7), 2))
    ]
    model = Model(
        sp.csr_array(cover), np.ones(7), rng.integers(1, 5, 6).astype(float), p=int(rng.integers(1, 5)),
        budget=float(rng.integers(2, 12)), shares=shares,
    )  # fmt: skip
    kept = any(not allowed(model, chosen) for size in range(7) for chosen in combinations(range(6), size))
    if out_of_reach(model) is not None:
        assert not kept
        with pytest.raises(Contradiction):
            solve(model, time_limit_s=0.0)
