"""Which part of an area each camera sees, and which any of them: on the toy city's streets."""

from __future__ import annotations

import numpy as np
import pytest

from spatial import recorded, samples
from spatial.errors import WrongShape
from spatial.sightings import Sightings, sightings
from tests import toy


def found() -> tuple[Sightings, np.ndarray]:
    """Return who sees what of the 160 m of street, in pieces of 10 m, and their weights."""
    points = samples.sample_alleys(toy.alleys(), step_m=10.0)
    return sightings(points, toy.drawn_fields(), toy.cameras()), points["weight"].to_numpy()


def test_the_part_of_each_camera() -> None:
    """Camera 1 has 30 m; camera 2 has 60 m in reach, a quarter of it at a time; camera 3 has 10 m and reaches 20 more."""
    seen, weights = found()
    table = recorded.parts(seen, weights) * 160
    assert table.index.tolist() == [1, 2, 3]
    assert table["certain"].tolist() == pytest.approx([30, 0, 10])
    assert table["share"].tolist() == pytest.approx([30, 15, 10])
    assert table["possible"].tolist() == pytest.approx([30, 60, 30])


def test_the_part_of_any_is_no_sum() -> None:
    """The reach of camera 3 ends where that of camera 2 does not begin: 30 + 60 + 30 m in all."""
    seen, weights = found()
    told = recorded.together(seen, weights)
    assert {name: 160 * part for name, part in told.items()} == pytest.approx(
        {"certain": 40, "share": 55, "possible": 120}
    )
    twice = recorded.together(seen.only([2]), weights)
    assert twice == pytest.approx({"certain": 0.0, "share": 15 / 160, "possible": 60 / 160})


def test_an_upper_bound_of_its_own() -> None:
    seen, weights = found()
    less = seen.only([1])
    assert recorded.parts(less, weights, most=seen)["possible"].tolist() == pytest.approx(
        [30 / 160, 60 / 160, 30 / 160]
    )
    assert recorded.together(less, weights, most=seen)["possible"] == pytest.approx(120 / 160)


def test_without_weight_nothing_is_a_share() -> None:
    seen, weights = found()
    assert recorded.parts(seen, 0 * weights).isna().all(axis=None)
    assert all(np.isnan(part) for part in recorded.together(seen, 0 * weights).values())


def test_what_does_not_pair_up_is_refused() -> None:
    seen, weights = found()
    with pytest.raises(WrongShape):
        recorded.parts(seen, weights[1:])
    other = sightings(toy.points((0, 0)), toy.drawn_fields(), toy.cameras())
    with pytest.raises(WrongShape):
        recorded.together(seen, weights, most=other)
