"""Density up to the border, and small counts smoothed: against what is drawn at random and by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from sklearn.neighbors import KernelDensity

from spatial.density import density_per_km2, mass_inside
from spatial.errors import OutOfRange, WrongShape
from spatial.smoothed_rates import smoothed_rates
from tests import toy

SIDE_M = 2000.0
DISTRICT = gpd.GeoDataFrame(geometry=[toy.place(shapely.box(0, 0, SIDE_M, SIDE_M))], crs=toy.SRID)


def test_incidents_that_are_everywhere_alike_are_as_dense_at_the_border_as_inside() -> None:
    # One in the middle of each square of 10 m: 10,000 per km2. A border point has half of its kernel inside, a corner
    # a quarter.
    at = np.arange(5.0, SIDE_M, 10.0)
    east, north = np.meshgrid(at, at)
    incidents = toy.points(*zip(east.ravel(), north.ravel(), strict=True))
    along = np.linspace(0.0, SIDE_M, 41)
    border = toy.points(*[(at, 0.0) for at in along], *[(0.0, at) for at in along])
    assert density_per_km2(border, incidents, within=DISTRICT) == pytest.approx(10_000.0, rel=0.02)
    plain = density_per_km2(border, incidents)
    assert plain[3:38] == pytest.approx(5_000.0, rel=0.02)
    assert plain[0] == pytest.approx(2_500.0, rel=0.02)
    inside = toy.points((1000, 1000), (700, 1290), (321, 1666))
    assert density_per_km2(inside, incidents, within=DISTRICT) == pytest.approx(10_000.0, rel=0.005)


def test_the_part_of_a_kernel_inside_is_that_of_the_normal_distribution() -> None:
    # Deep inside all of it, on an edge half, in a corner a quarter; 50 m (one deviation) inside an edge 0.8413.
    spots = toy.points((1000, 1000), (1000, 0), (0, 0), (1000, 50), (1000, -50), (1000, -900))
    expected = [1.0, 0.5, 0.25, 0.8413, 0.1587, 0.0]
    assert mass_inside(spots, DISTRICT, bandwidth_m=50.0) == pytest.approx(expected, abs=0.005)


def test_a_place_has_one_density_whatever_is_asked_beside_it() -> None:
    incidents = toy.points(*np.random.default_rng(4).uniform(0.0, SIDE_M, (500, 2)))
    spots = np.random.default_rng(5).uniform(0.0, SIDE_M, (40, 2))
    many = density_per_km2(toy.points(*spots), incidents, within=DISTRICT)
    few = density_per_km2(toy.points(*spots[7:9]), incidents, within=DISTRICT)
    assert few == pytest.approx(many[7:9], rel=2e-3)


def test_a_place_beyond_the_border_is_corrected_tenfold_at_most() -> None:
    beyond = toy.points((1000, -100))
    incident = toy.points((1000, 0))
    plain = density_per_km2(beyond, incident)
    assert density_per_km2(beyond, incident, within=DISTRICT) == pytest.approx(plain * 10.0)


def test_weighted_places_are_the_sum_of_their_kernels() -> None:
    rng = np.random.default_rng(3)
    xy, weights = rng.uniform(0.0, 400.0, (300, 2)), rng.integers(1, 6, 300).astype(float)
    spots = rng.uniform(0.0, 400.0, (200, 2))
    exact = KernelDensity(bandwidth=50.0).fit(xy, sample_weight=weights).score_samples(spots)
    read = density_per_km2(toy.points(*spots), toy.points(*xy), weights=weights)
    assert read == pytest.approx(np.exp(exact) * weights.sum() * 1e6, rel=0.01)


def test_rates_by_hand() -> None:
    # Three streets of 1, 1 and 2 km with 0, 8 and 8 calls. m = 16 / 4 = 4; raw 0, 8, 4.
    # s2 = (1*16 + 1*16 + 2*0) / 4 = 8; mean exposure 4/3; a = 8 - 4 / (4/3) = 5.
    # Trust: 5 / (5 + 4/1) = 5/9 for 1 km, 5 / (5 + 4/2) = 5/7 for 2 km.
    assert smoothed_rates([0, 8, 8], [1, 1, 2]) == pytest.approx([4 - 4 * 5 / 9, 4 + 4 * 5 / 9, 4.0])


def test_streets_that_differ_by_chance_alone_all_have_the_mean() -> None:
    # Raw 3 and 5, m = 4, s2 = 1, less than the 4 that chance makes: a = 0.
    assert smoothed_rates([3, 5], [1, 1]).tolist() == [4.0, 4.0]


def test_a_street_without_length_has_the_mean_and_nothing_anywhere_is_zero() -> None:
    assert smoothed_rates([0, 40, 0], [1, 1, 0])[2] == 20.0
    assert smoothed_rates([0, 0], [1, 2]).tolist() == [0.0, 0.0]
    assert smoothed_rates([], []).tolist() == []


def test_smoothed_rates_are_nearer_to_the_true_ones_than_the_counted_ones() -> None:
    # 2,000 streets whose true rates are gamma with mean 12 and deviation 8 per km, lengths 20 m to 400 m.
    rng = np.random.default_rng(29)
    true = rng.gamma((12 / 8) ** 2, 8**2 / 12, 2_000)
    km = rng.uniform(0.02, 0.4, 2_000)
    counts = rng.poisson(true * km)
    smooth = smoothed_rates(counts, km)
    error = [np.sqrt(np.average((rate - true) ** 2)) for rate in (smooth, counts / km, np.full(2_000, 12.0))]
    assert error[0] < 0.85 * error[2] < 0.85 * error[1]
    # For one street the best linear guess is known: m + v / (v + m / e) (r - m), with the true m = 12, v = 64.
    best = 12.0 + 64.0 / (64.0 + 12.0 / km) * (counts / km - 12.0)
    assert smooth == pytest.approx(best, abs=1.5)


def test_smoothed_rates_refuse() -> None:
    with pytest.raises(WrongShape):
        smoothed_rates([1, 2], [1])
    for counts, exposure in (([-1], [1]), ([1], [np.nan]), ([1], [0])):
        with pytest.raises(OutOfRange):
            smoothed_rates(counts, exposure)
