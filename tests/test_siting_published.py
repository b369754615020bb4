"""Siting held against published optima, published graphs, and the fixtures of a library for location."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from scipy.sparse.csgraph import floyd_warshall
from scipy.spatial import KDTree

from spatial.siting import maximal_cover
from tests.plain_cover import plain_optimum


@pytest.fixture(scope="module")
def optimisation(shared_data: Path) -> Path:
    """Return the folder of the published instances, or skip with the reason."""
    folder = shared_data / "optimisation"
    if not folder.is_dir():
        pytest.skip("the instances of location (optimisation) are not among the real files")
    return folder


def test_every_published_optimum_is_proved(optimisation: Path) -> None:
    folder = optimisation / "mclp_sjc"
    optima = pd.read_csv(folder / "optima.csv")
    assert len(optima) == 21
    for row in optima.itertuples():
        place = np.loadtxt(folder / f"{row.instance}.txt", skiprows=1)
        weights = np.loadtxt(folder / f"demand-{row.instance}.dat")
        near = KDTree(place).sparse_distance_matrix(KDTree(place), row.radius, output_type="coo_matrix")
        cover = sp.csr_array((np.ones(near.nnz), (near.row, near.col)), shape=near.shape)
        plan = maximal_cover(cover, weights, p=row.p)
        assert plan.proved_optimal, row
        assert plan.covered_weight == plan.bound == row.covered_demand, row
        # What is proved is also there: the chosen cover just so much.
        assert weights[cover[:, plan.chosen].sum(axis=1) > 0].sum() == row.covered_demand
        assert len(plan.chosen) <= row.p


def graph(file: Path) -> tuple[np.ndarray, int]:
    """Return the distances between all vertices of a p-median instance, and its p; of an edge told twice, the last holds."""
    vertices, _, p = map(int, file.read_text().splitlines()[0].split())
    lengths = np.full((vertices, vertices), np.inf)
    for start, end, length in np.loadtxt(file, skiprows=1, dtype=int):
        lengths[start - 1, end - 1] = lengths[end - 1, start - 1] = length
    return floyd_warshall(lengths), p


@pytest.mark.parametrize("number", range(1, 11))
def test_covering_the_published_graphs_is_proved_and_equal_to_highs(optimisation: Path, number: int) -> None:
    distances, p = graph(optimisation / "pmed" / f"pmed{number}.txt")
    weights = 1.0 + np.arange(len(distances)) % 7
    for share in (0.03, 0.1):
        radius = np.quantile(distances, share)
        cover = sp.csr_array(distances <= radius)
        plan = maximal_cover(cover, weights, p=p)
        assert plan.proved_optimal, (number, radius)
        assert plan.covered_weight == round(plain_optimum(cover, weights, p=p)), (number, radius)


@pytest.mark.parametrize(("radius_m", "p"), [(2_000.0, 3), (3_000.0, 4), (5_000.0, 4), (5_000.0, 2)])
def test_the_stores_of_san_francisco(optimisation: Path, radius_m: float, p: int) -> None:
    named = "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    table = pd.read_csv(optimisation / "spopt" / named)
    metres = table.pivot_table(values="distance", index="DestinationName", columns="name")
    assert metres.shape == (205, 16)
    weights = (
        table.drop_duplicates("DestinationName").set_index("DestinationName").loc[metres.index, "demand"]
    )
    cover = sp.csr_array(metres.to_numpy() <= radius_m)
    plan = maximal_cover(cover, weights, p=p)
    assert plan.proved_optimal
    assert plan.covered_weight == round(plain_optimum(cover, weights.to_numpy(float), p=p))
    if find_spec("spopt") is not None:
        assert plan.covered_weight == round(by_spopt(metres.to_numpy(), weights.to_numpy(), radius_m, p))


def by_spopt(metres: np.ndarray, weights: np.ndarray, radius_m: float, p: int) -> float:
    """Return the objective that spopt itself finds."""
    pulp, locate = pytest.importorskip("pulp"), pytest.importorskip("spopt.locate")
    with warnings.catch_warnings():
        # It still makes its variables in the way that PuLP 4 will take away.
        warnings.simplefilter("ignore", DeprecationWarning)
        model = locate.MCLP.from_cost_matrix(metres, weights, radius_m, p_facilities=p)
        model.solve(pulp.PULP_CBC_CMD(msg=False), results=False)
    return float(pulp.value(model.problem.objective))
