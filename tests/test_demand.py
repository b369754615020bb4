"""Demand: densities against the exact kernel, references, and risk by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import KernelDensity

from spatial.demand import (
    darkness,
    inside,
    narrowness,
    reference_quantiles,
    risk,
    scaled,
)
from spatial.density import density_per_km2
from spatial.errors import MissingColumn, OutOfRange, WrongShape
from tests import toy


def test_density_of_one_incident_is_the_kernel() -> None:
    # At its centre a Gaussian of 50 m has 1 / (2 pi 50^2) per m2 = 63.66 per km2; a bandwidth away, e^-0.5 of it.
    spots = toy.points((0, 0), (50, 0), (0, 100))
    density = density_per_km2(spots, toy.points((0, 0)), bandwidth_m=50.0)
    assert density == pytest.approx(63.662 * np.exp([0.0, -0.5, -2.0]), rel=0.02)


def test_density_agrees_with_the_exact_sum_of_kernels() -> None:
    rng = np.random.default_rng(5)
    incidents = rng.normal(size=(400, 2)) * 80.0
    spots = rng.uniform(-200.0, 200.0, (500, 2))
    exact = KernelDensity(bandwidth=40.0).fit(incidents).score_samples(spots)
    exact = np.exp(exact) * len(incidents) * 1e6
    read = density_per_km2(toy.points(*spots), toy.points(*incidents), bandwidth_m=40.0)
    heavy = exact > exact.max() / 10.0
    assert heavy.sum() > 300
    assert read[heavy] == pytest.approx(exact[heavy], rel=0.01)
    assert np.abs(read - exact).max() < 0.01 * exact.max()


def test_density_integrates_to_the_weight_of_the_places() -> None:
    east, north = np.meshgrid(np.arange(-300.0, 301.0, 10.0), np.arange(-300.0, 301.0, 10.0))
    spots = toy.points(*zip(east.ravel(), north.ravel(), strict=True))
    places = toy.points((3, 4), (-20, 37))
    density = density_per_km2(spots, places, bandwidth_m=50.0, weights=[1.0, 2.5])
    assert density.sum() * 100.0 / 1e6 == pytest.approx(3.5, rel=1e-3)


def test_places_nowhere_and_far_away_add_nothing() -> None:
    places = toy.points((0, 0), (0, 0), (90_000, 0))
    places.loc[1, "geometry"] = None
    spots = toy.points((0, 0))
    alone = density_per_km2(spots, toy.points((0, 0)))
    assert density_per_km2(spots, places) == pytest.approx(alone, rel=1e-9)
    assert density_per_km2(spots, places.iloc[:0]).tolist() == [0.0]
    assert density_per_km2(spots.iloc[:0], places).tolist() == []


def test_density_refuses() -> None:
    spots = toy.points((0, 0), (900_000, 900_000))
    for bandwidth_m in (0.0, np.nan, 1.0):
        with pytest.raises(OutOfRange):
            density_per_km2(spots, spots, bandwidth_m=bandwidth_m)
    with pytest.raises(WrongShape):
        density_per_km2(spots, spots, weights=[1.0])


def test_reference_quantiles_by_hand() -> None:
    # Of the values 1..100, 5 of 100 lie at or below 5, 95 at or below 95.
    assert reference_quantiles(np.arange(100, 0, -1)) == (5.0, 95.0)
    # Weighted: 10 m at 1, 80 m at 2, 10 m at 9: the lower twentieth ends at 1, 95 % at 9.
    assert reference_quantiles([9.0, 1.0, 2.0], [10.0, 10.0, 80.0]) == (1.0, 9.0)
    assert np.isnan(reference_quantiles([])).all()
    with pytest.raises(WrongShape):
        reference_quantiles([1.0], [1.0, 2.0])


def test_scaling_is_by_the_reference_not_by_the_day() -> None:
    assert scaled([0.0, 10.0, 15.0, 20.0, 99.0], (10.0, 20.0)).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert scaled([0.0, 3.0], (0.0, 0.0)).tolist() == [0.0, 1.0]
    for reference in ((2.0, 1.0), (np.nan, 1.0)):
        with pytest.raises(OutOfRange):
            scaled([1.0], reference)


def test_narrowness_by_hand() -> None:
    assert narrowness([1.0, 2.0, 5.0, 8.0, 20.0, np.nan]).tolist() == [1.0, 1.0, 0.5, 0.0, 0.0, 0.5]
    with pytest.raises(OutOfRange):
        narrowness([1.0], narrow_m=8.0, wide_m=8.0)


def test_darkness_by_hand() -> None:
    spots = toy.points((0, 0), (15, 0), (16, 0), (0, 0), (99, 0))
    lamps = toy.points((0, 0))
    # A lamp lights 15 m; what is known of the alley wins over it.
    lit = [None, None, None, False, True]
    assert darkness(spots, lit, lamps).tolist() == [0.0, 0.0, 1.0, 1.0, 0.0]
    assert darkness(spots, lit, None).tolist() == [0.5, 0.5, 0.5, 1.0, 0.0]
    assert darkness(spots, None, lamps.iloc[:0], unknown=0.3).tolist() == [0.3] * 5
    assert darkness(spots.iloc[:0], [], lamps).tolist() == []
    assert darkness(spots.iloc[:2], pd.array([True, pd.NA], dtype="boolean"), None).tolist() == [0.0, 0.5]
    with pytest.raises(WrongShape):
        darkness(spots, [True], lamps)


def test_inside_counts_the_border() -> None:
    spots = toy.points((10, 10), (5, 5), (25, 20))
    assert inside(spots, toy.buildings()).tolist() == [1.0, 0.0, 1.0]
    assert inside(spots, toy.buildings().iloc[:0]).tolist() == [0.0, 0.0, 0.0]


def test_risk_is_the_mean_of_the_layers_at_hand() -> None:
    weights = {"incidents": 0.5, "narrow": 0.25, "dark": 0.25}
    layers = {"incidents": [1.0, 0.0], "narrow": [0.0, 1.0], "dark": [1.0, 1.0]}
    assert risk(layers, weights).tolist() == [0.75, 0.5]
    # Without darkness, incidents weigh two thirds and width one.
    assert risk({"incidents": [1.0], "narrow": [0.0]}, weights).tolist() == pytest.approx([2 / 3])


def test_risk_refuses() -> None:
    with pytest.raises(MissingColumn):
        risk({"moon": [1.0]}, {"incidents": 1.0})
    with pytest.raises(OutOfRange):
        risk({"incidents": [1.1]}, {"incidents": 1.0})
    with pytest.raises(OutOfRange):
        risk({"incidents": [np.nan]}, {"incidents": 1.0})
    with pytest.raises(OutOfRange):
        risk({"incidents": [1.0]}, {"incidents": 0.0})
    with pytest.raises(OutOfRange):
        risk({}, {})
    with pytest.raises(WrongShape):
        risk({"a": [1.0], "b": [1.0, 0.0]}, {"a": 1.0, "b": 1.0})


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5),
    st.floats(0.01, 1.0),
    st.floats(0.01, 1.0),
)
def test_risk_lies_between_its_layers(rows: list[tuple[float, float]], first: float, second: float) -> None:
    layers = dict(zip("ab", np.array(rows).T, strict=True))
    score = risk(layers, {"a": first, "b": second})
    assert (score >= np.minimum(layers["a"], layers["b"]) - 1e-12).all()
    assert (score <= np.maximum(layers["a"], layers["b"]) + 1e-12).all()


def test_inputs_stay_untouched() -> None:
    spots, lamps = toy.points((0, 0)), toy.points((1, 0))
    before = shapely.get_coordinates(spots.geometry.to_numpy()).copy()
    darkness(spots, [None], lamps)
    density_per_km2(spots, lamps)
    assert list(spots.columns) == ["weight", "geometry"]
    assert np.array_equal(shapely.get_coordinates(spots.geometry.to_numpy()), before)
