"""The usual way by hand: the rings of one camera, the worst cells, the mount in each, and the aim most in its favour."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp

from spatial.errors import OutOfRange, WrongShape
from spatial.index_grid import Cells, favourable_aims, index_sites, indexed

# Six cells in a row, a point in the middle of each.
ROW = [(25.0 + 50.0 * cell, 25.0) for cell in range(6)]
RISK = [1.0, 0.0, 0.5, 1.0, 0.0, 0.2]


def _near(values: np.ndarray, wanted: list[float]) -> None:
    assert values == pytest.approx(np.array(wanted), abs=1e-12)


def test_a_camera_counts_most_in_its_own_cell_because_the_rings_are_nested() -> None:
    # Two cameras in cell 0: 1.6 each there, 0.7 next to it, 0.1 after that: 3.2, 1.4, 0.2 and nothing, so 10, 4.375, ...
    found = indexed(ROW, {"risk": RISK}, [(1.0, 1.0), (49.0, 49.0)])
    _near(found.watched, [10.0, 4.375, 0.625, 0.0, 0.0, 0.0])
    _near(found.weak, [10.0, 0.0, 5.0, 10.0, 0.0, 2.0])
    # 100 - max(0, weak - watched)
    _near(found.efficiency, [100.0, 100.0, 95.625, 90.0, 100.0, 98.0])
    assert found.worst_first().tolist() == [3, 2, 5]


def test_a_camera_in_a_cell_without_streets_reaches_its_neighbours() -> None:
    # It stands one cell south of cell 1: 0.7 in cells 0, 1, 2 and 0.1 in cell 3, and far ones reach nobody.
    found = indexed(ROW, {"risk": RISK}, [(75.0, -10.0), (9_000.0, 9_000.0), (75.0, -140.0)])
    _near(found.watched, [10.0, 10.0, 10.0, 10.0 / 7.0, 0.0, 0.0])


def test_layers_are_scored_one_by_one_and_added() -> None:
    # The mean of two points in a cell counts, by their metres: (3 x 0 + 1 x 1) / 4 = 0.25 in cell 0.
    points = [(10.0, 10.0), (20.0, 10.0), (60.0, 10.0)]
    found = indexed(points, {"a": [0.0, 1.0, 1.25], "b": [4.0, 4.0, 4.0]}, [], metres=[3.0, 1.0, 2.0])
    # a: 0.25 and 1.25 become 0 and 10; b is the same everywhere and scores nothing at all: one of the index's faults.
    _near(found.weak, [0.0, 10.0])
    _near(found.watched, [0.0, 0.0])
    assert found.centres.tolist() == [[25.0, 25.0], [75.0, 25.0]]


def test_the_scores_of_one_place_depend_on_all_others() -> None:
    alone = indexed(ROW[:4], {"risk": RISK[:4]}, [])
    beside = indexed([*ROW[:4], (425.0, 25.0)], {"risk": [*RISK[:4], 9.0]}, [])
    assert alone.weak[0] == 10.0
    assert beside.weak[0] == pytest.approx(10.0 / 9.0)


def test_the_camera_stands_on_the_mount_nearest_to_the_middle_of_its_cell() -> None:
    found = indexed(ROW, {"risk": RISK}, [(1.0, 1.0), (49.0, 49.0)])
    #         beside cell 3   in 3: 15 m off  in 3: 5 m off   in 5, 25 m off  cell 0 wants none
    mounts = [(149.9, 25.0), (160.0, 25.0), (175.0, 30.0), (275.0, 50.0 - 1e-9), (25.0, 25.0)]
    cells, mount = index_sites(found, mounts, p=3)
    # Cell 2 holds mount 0 (it ends at 150 m), 3 holds 1 and 2, 5 holds 3.
    assert cells.tolist() == [3, 2, 5]
    assert mount.tolist() == [2, 0, 3]
    cells, mount = index_sites(found, mounts[1:], p=2)
    assert (cells.tolist(), mount.tolist()) == ([3, 5], [1, 2])
    assert index_sites(found, [], p=2)[0].tolist() == []
    assert index_sites(found, mounts, p=0)[0].tolist() == []


def test_equal_cells_come_from_the_south_west_and_equal_mounts_in_their_order() -> None:
    found = indexed(ROW, {"risk": [0.0, 1.0, 1.0, 0.0, 0.0, 0.0]}, [])
    cells, mount = index_sites(found, [(130.0, 25.0), (80.0, 25.0), (70.0, 25.0)], p=2)
    assert (cells.tolist(), mount.tolist()) == ([1, 2], [1, 0])


def test_nothing_to_rank() -> None:
    empty = indexed([], {"risk": []}, [(0.0, 0.0)])
    assert index_sites(empty, [(0.0, 0.0)], p=3)[0].tolist() == []
    assert isinstance(empty, Cells)


def test_refuses_what_makes_no_sense() -> None:
    with pytest.raises(WrongShape):
        indexed(ROW, {"risk": [1.0]}, [])
    with pytest.raises(WrongShape):
        indexed([1.0, 2.0], {}, [])
    for wrong in (0.0, float("nan")):
        with pytest.raises(OutOfRange):
            indexed(ROW, {"risk": RISK}, [], cell_m=wrong)
    with pytest.raises(OutOfRange):
        indexed([(0.0, 0.0), (1e6, 1e6)], {}, [], cell_m=1.0)
    with pytest.raises(OutOfRange):
        index_sites(indexed(ROW, {"risk": RISK}, []), ROW, p=-1)
    with pytest.raises(WrongShape):
        favourable_aims(sp.eye_array(2), [1.0], poles=[0, 1], sites=[0])


# -- the aim ----------------------------------------------------------------------------------------------------------


def _worth(cover: np.ndarray, weights: np.ndarray, chosen: list[int]) -> float:
    return float(weights[cover[:, chosen].any(axis=1)].sum()) if chosen else 0.0


def test_an_aim_is_changed_when_another_site_sees_the_same() -> None:
    # Pole 0 sees a or b, pole 1 sees a or nothing else: greedy gives a (5) to pole 0, and pole 1 must do without.
    cover = np.array([[1, 0, 1], [0, 1, 0]])
    chosen = favourable_aims(sp.csr_array(cover), [5.0, 4.0], poles=[0, 0, 1], sites=[1, 0, 7])
    assert chosen.tolist() == [2, 1, -1]


def test_what_is_seen_already_draws_no_aim() -> None:
    chosen = favourable_aims(sp.csr_array(np.eye(2)), [5.0, 1.0], poles=[0, 0], sites=[0], seen=[True, False])
    assert chosen.tolist() == [1]


def test_no_single_turn_of_an_aim_is_better() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        cover = rng.random((14, 9)) < 0.3
        weights = rng.integers(1, 9, 14).astype(float)
        poles = np.repeat([0, 1, 2], 3)
        chosen = favourable_aims(sp.csr_array(cover), weights, poles=poles, sites=[2, 0, 1]).tolist()
        worth = _worth(cover, weights, chosen)
        for place, first in enumerate((6, 0, 3)):
            for aim in range(first, first + 3):
                other = [*chosen]
                other[place] = aim
                assert _worth(cover, weights, other) <= worth
        best = max(_worth(cover, weights, list(each)) for each in product((6, 7, 8), (0, 1, 2), (3, 4, 5)))
        # At least half of the best, as greedy choice within groups guarantees.
        assert 2.0 * worth >= best
