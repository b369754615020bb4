"""Limits that cannot be kept together: the fewest of them are named, and what could be reached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.errors import Contradiction
from spatial.siting_model import Cap, Group, Model, Share
from spatial.solving import solve
from tests.small_models import best_of_all, random_model

# Row 0 is seen by option 0, row 1 by option 1, row 2 by none.
COVER = sp.csr_array(np.array([[1, 0], [0, 1], [0, 0]]))
MODEL = Model(COVER, np.ones(3), np.array([4.0, 7.0]), p=2, budget=20.0)


def refused(model: Model) -> Contradiction:
    with pytest.raises(Contradiction) as caught:
        solve(model)
    return caught.value


def test_a_zone_that_no_candidate_sees() -> None:
    zone = Share("zone X", np.array([0, 2]), np.array([412.0, 88.0]), 500.0)
    error = refused(replace(MODEL, shares=[zone]))
    assert error.names == ["zone X"]
    assert error.most["zone X"] == (pytest.approx(412.0, rel=1e-6), 500.0)
    assert error.most["zone X"][0] >= 412.0


def test_two_dongs_and_a_budget() -> None:
    shares = [
        Share("dong A", np.array([0]), np.ones(1), 1.0),
        Share("dong B", np.array([1]), np.ones(1), 1.0),
    ]
    error = refused(replace(MODEL, budget=10.0, shares=shares))
    assert error.names == ["dong A", "dong B", "budget"]
    assert error.least["budget"] == pytest.approx(11.0, rel=1e-5)
    assert error.least["budget"] <= 11.0
    # With budget enough it is p.
    assert refused(replace(MODEL, p=1, shares=shares)).names == ["dong A", "dong B", "p"]


def test_a_cap_and_a_zone() -> None:
    zone = Share("zone X", np.array([1]), np.ones(1), 1.0)
    cap = Cap("private plots", np.array([0.0, 30.0]), 29.0)
    assert refused(replace(MODEL, shares=[zone], caps=[cap])).names == ["zone X", "private plots"]


def test_a_camera_of_which_nothing_can_become() -> None:
    fates = Group("camera 7", np.array([0, 1]), most=1, least=1)
    assert refused(replace(MODEL, budget=3.0, groups=[fates])).names == ["budget", "camera 7"]
    assert refused(replace(MODEL, groups=[replace(fates, least=3)])).names == ["camera 7"]


FEATURES = ("p", "budget", "groups", "kept", "shares", "caps")


def test_what_is_named_contradicts_itself_and_no_fewer_do() -> None:
    met = 0
    for seed in range(400):
        model = random_model(seed, *FEATURES, options=6)
        # Shares that are hard to meet, so that there is something to contradict.
        hard = [replace(share, least=float(share.amounts.sum())) for share in model.shares]
        model = replace(model, shares=hard)
        if best_of_all(model) is not None:
            continue
        met += 1
        names = refused(model).names
        assert best_of_all(only(model, names)) is None
        for name in names:
            assert best_of_all(only(model, [other for other in names if other != name])) is not None
        if met == 40:
            break
    assert met == 40


def only(model: Model, names: list[str]) -> Model:
    """Return the model with the named limits alone."""
    return replace(
        model,
        p=model.p if "p" in names else None,
        budget=model.budget if "budget" in names else None,
        groups=[group for group in model.groups if group.name in names],
        shares=[share for share in model.shares if share.name in names],
        caps=[cap for cap in model.caps if cap.name in names],
    )
