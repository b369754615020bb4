"""Weights from judgements in pairs: by hand, against a power iteration, and what is refused."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import OutOfRange
from spatial.judgement import Inconsistent, judged, require_agreement

NAMES = ("incidents", "dark", "narrow")


def test_judgements_that_agree_give_their_ratios() -> None:
    # 6 : 3 : 2, so that each pair's ratio is that of the weights.
    found = judged(NAMES, {("incidents", "dark"): 2.0, ("incidents", "narrow"): 3.0, ("dark", "narrow"): 1.5})
    assert found.weights == pytest.approx({"incidents": 6 / 11, "dark": 3 / 11, "narrow": 2 / 11})
    assert (found.ci, found.cr, found.worst) == (0.0, 0.0, None)
    assert require_agreement(found) is found


def test_saatys_ratio_by_hand() -> None:
    # For three layers the eigenvalue is 1 + t + 1/t with t the cube root of a12 a23 / a13 = 3 * 3 / 5 = 1.8.
    found = judged(NAMES, {("incidents", "dark"): 3.0, ("dark", "narrow"): 3.0, ("incidents", "narrow"): 5.0})
    t = 1.8 ** (1 / 3)
    ci = (1 + t + 1 / t - 3) / 2
    assert (found.ci, found.cr) == pytest.approx((ci, ci / 0.58))
    assert found.agrees
    # The weights are the geometric means of the rows: 15, 1 and 1/15, each to the third.
    means = np.array([15.0, 1.0, 1 / 15]) ** (1 / 3)
    assert list(found.weights.values()) == pytest.approx(means / means.sum())


def test_the_worst_judgement_is_named_and_refused() -> None:
    # All are alike but for one pair, which says 9: the weights between them say less.
    names = ("incidents", "dark", "narrow", "children")
    ratios = dict.fromkeys(combinations(names, 2), 1.0) | {("incidents", "children"): 9.0}
    found = judged(names, ratios)
    assert found.worst == ("incidents", "children")
    assert found.given == 9.0
    assert found.would is not None
    assert 1.0 < found.would < 9.0
    assert not found.agrees
    with pytest.raises(Inconsistent, match=r"incidents/children = 9 -> \d.*, CR 0\.\d{3} > 0\.10"):
        require_agreement(found)


def test_a_pair_may_be_judged_either_way_round() -> None:
    one = judged(NAMES, {("incidents", "dark"): 3.0, ("incidents", "narrow"): 3.0, ("dark", "narrow"): 1.0})
    other = judged(
        NAMES, {("dark", "incidents"): 1 / 3, ("narrow", "incidents"): 1 / 3, ("narrow", "dark"): 1}
    )
    assert other.weights == pytest.approx(one.weights)


def test_two_layers_always_agree() -> None:
    found = judged(("incidents", "dark"), {("incidents", "dark"): 9.0})
    assert found.weights == pytest.approx({"incidents": 0.9, "dark": 0.1})
    assert found.cr == 0.0


@given(
    st.integers(2, 10).flatmap(
        lambda n: st.lists(st.floats(1 / 9, 9), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2).map(
            lambda drawn: (n, drawn)
        )
    )
)
def test_the_weights_are_the_principal_eigenvector(drawn: tuple[int, list[float]]) -> None:
    n, ratios = drawn
    names = [f"layer{i}" for i in range(n)]
    pairs = list(combinations(range(n), 2))
    found = judged(names, {(names[a], names[b]): r for (a, b), r in zip(pairs, ratios, strict=True)})
    matrix = np.ones((n, n))
    for (a, b), ratio in zip(pairs, ratios, strict=True):
        matrix[a, b], matrix[b, a] = ratio, 1.0 / ratio
    vector = np.full(n, 1.0 / n)
    for _ in range(500):
        vector = matrix @ vector
        vector = vector / vector.sum()
    assert list(found.weights.values()) == pytest.approx(vector, abs=1e-6)
    assert found.cr >= 0.0


def test_what_is_no_judgement_is_refused() -> None:
    whole = {("incidents", "dark"): 1.0, ("incidents", "narrow"): 1.0, ("dark", "narrow"): 1.0}
    for ratios in (
        {("incidents", "dark"): 1.0},
        whole | {("incidents", "dark"): 10.0},
        whole | {("incidents", "dark"): 0.1},
        whole | {("incidents", "dark"): float("nan")},
        whole | {("dark", "incidents"): 1.0},
        whole | {("incidents", "colour"): 1.0},
        whole | {("dark", "dark"): 1.0},
    ):
        with pytest.raises(OutOfRange):
            judged(NAMES, ratios)
    with pytest.raises(OutOfRange):
        judged(("incidents",), {})
