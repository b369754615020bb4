"""The plans with side constraints that are measured: what they ask for, and that their answers keep it."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from app.services.bench_siting_sample import BACKUP, BUDGET_WON, CAMERAS, DONG_M, Sample, models
from spatial.choices import allowed
from spatial.siting_model import Model
from spatial.solving import solve

# Thirty mounts along a street of sixty pieces, 4 m each, in two dongs; each aim sees two or three pieces.
MOUNTS, PIECES = 30, 60


@pytest.fixture(scope="module")
def asked() -> dict[str, Model]:
    cover = np.zeros((PIECES, MOUNTS * 8))
    for option in range(MOUNTS * 8):
        first = (2 * (option // 8) + option % 8) % PIECES
        cover[[first, (first + 1) % PIECES, (first + option % 3) % PIECES], option] = 1.0
    weights = np.random.default_rng(2).integers(1, 9, PIECES).astype(float)
    dong = np.repeat(np.array(["11", "12"], dtype=object), PIECES // 2)
    xy = np.stack([4.0 * np.arange(PIECES), np.zeros(PIECES)], axis=1)
    costs = np.repeat(np.linspace(18e6, 39e6, MOUNTS), 8)
    return dict(models(Sample(sp.csr_array(cover), weights, np.full(PIECES, 4.0), xy, dong, costs)))


def test_what_is_asked(asked: dict[str, Model]) -> None:
    plain, dongs, bought, whole, turning = asked.values()
    assert (plain.p, plain.budget, plain.backup, len(plain.groups)) == (CAMERAS, None, BACKUP, MOUNTS)
    assert [share.name for share in dongs.shares] == ["dong 11", "dong 12", "stretch"]
    assert dongs.shares[0].least == DONG_M
    stretch = dongs.shares[-1]
    assert stretch.least == stretch.amounts.sum() == len(stretch.demand)
    assert (bought.p, bought.budget) == (None, BUDGET_WON)
    assert np.all(whole.weights == np.floor(whole.weights))
    # Every other mount has a camera: kept for nothing, turned seven ways, or taken down; it is no new one.
    cameras = [group for group in turning.groups if group.least]
    assert len(cameras) == MOUNTS // 2
    assert {len(group.options) for group in cameras} == {9}
    assert all((turning.costs[group.options] == 0.0).sum() == 1 for group in cameras)
    assert turning.counted is not None
    assert not turning.counted[np.concatenate([group.options for group in cameras])].any()
    assert turning.counted.sum() == 8 * (MOUNTS - MOUNTS // 2)


def test_each_is_answered_within_a_hundredth(asked: dict[str, Model]) -> None:
    for model in asked.values():
        found = solve(model)
        assert not allowed(model, found.chosen)
        assert found.gap <= 0.01
