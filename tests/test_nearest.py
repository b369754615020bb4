"""Which cameras see a place: order, chance, density and bearing, worked out on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from spatial.errors import MissingColumn, OutOfRange, UnknownClass
from spatial.nearest import RANK_COLUMNS, rank
from spatial.types import XY
from tests import toy


def at(east_m: float, north_m: float) -> XY:
    return XY(toy.CORNER[0] + east_m, toy.CORNER[1] + north_m)


def test_a_seen_place_lists_seers_then_near_ones() -> None:
    # (35, 0) lies in the possible field of camera 2 alone; 3 is 61.8 m off, 1 is 35 m off.
    found = rank(at(35, 0), toy.cameras(), toy.drawn_fields())
    assert list(found.columns) == list(RANK_COLUMNS)
    assert found["camera_id"].tolist() == [2, 1, 3]
    assert found["sight"].tolist() == ["possible", "none", "none"]
    assert found["p_sees"].tolist() == pytest.approx([0.25, 0.0, 0.0])
    assert found["distance_m"].tolist() == pytest.approx([15.0, 35.0, math.hypot(15, 60)])
    assert found["turn_to_deg"].tolist() == pytest.approx(
        [270.0, 90.0, 180 + math.degrees(math.atan2(15, 60))]
    )
    # 15 m ahead the picture is 2 x 15 m wide and 1920 px across: 64 px/m, just above observe.
    assert found["density_px_per_m"].iloc[0] == pytest.approx(64.0)
    assert found["reaches_class"].tolist()[0] == "observe"
    assert found["density_px_per_m"].isna().tolist() == [False, True, True]


def test_certain_sight_comes_before_possible_and_counts_forward_distance_only() -> None:
    rows = [
        toy.field(1, shapely.box(0, -20, 60, 20)),
        toy.field(2, shapely.box(0, -20, 90, 20), sight="possible", offset_m=30.0),
    ]
    found = rank(at(40, 10), toy.cameras(), toy.fields(rows), k=2)
    assert found["camera_id"].tolist() == [1, 2]
    assert found["sight"].tolist() == ["certain", "possible"]
    # Camera 1 looks east: the place lies 40 m forward, 10 m aside. 1920 / (2 x 40) = 24 px/m.
    assert found["density_px_per_m"].iloc[0] == pytest.approx(24.0)
    assert found["p_sees"].iloc[0] == 1.0
    # Camera 2: 14.14 m off and half the picture is 14.14 + 30 m wide there, so it sees the place wherever it
    # looks ahead: near edge at 0 m leaves half the circle.
    assert found["p_sees"].iloc[1] == pytest.approx(0.5)
    assert found["density_px_per_m"].iloc[1] == pytest.approx(1920 / (2 * (math.hypot(10, 10) + 30)))


def test_ptz_is_certain_at_home_and_possible_in_reach() -> None:
    home = rank(at(50, 55), toy.cameras(), toy.drawn_fields())
    assert home[["camera_id", "sight", "counts"]].iloc[0].tolist() == [3, "certain", True]
    assert (home["camera_id"] == 3).sum() == 1
    turned = rank(at(50, 40), toy.cameras(), toy.drawn_fields())
    assert turned[["camera_id", "sight", "counts"]].iloc[0].tolist() == [3, "possible", False]


def test_none_is_an_answer() -> None:
    found = rank(at(90, 0), toy.cameras(), toy.drawn_fields(), k=2)
    assert found["sight"].tolist() == ["none", "none"]
    assert found["camera_id"].tolist() == [2, 3]  # 40 m and 72.1 m off; camera 1 is 90 m off
    assert found["counts"].tolist() == [False, False]


def test_seers_are_all_given_and_k_only_fills() -> None:
    rows = [toy.field(number, shapely.box(0, 0, 100, 60), sight="possible") for number in (1, 2, 3)]
    found = rank(at(45, 30), toy.cameras(), toy.fields(rows), k=1)
    # The chance is a quarter for each, so density decides: camera 2 and 3 are equally near; then the number.
    assert found["camera_id"].tolist() == [2, 3, 1]
    assert len(rank(at(90, 0), toy.cameras(), toy.drawn_fields(), k=0)) == 0


def test_on_the_spot_there_is_no_bearing_and_no_density() -> None:
    rows = [toy.field(1, shapely.box(-1, -1, 30, 1))]
    first = rank(at(0, 0), toy.cameras(), toy.fields(rows)).iloc[0]
    assert (first["camera_id"], first["sight"], first["distance_m"]) == (1, "certain", 0.0)
    assert math.isnan(first["turn_to_deg"])
    assert math.isnan(first["density_px_per_m"])


def test_fisheye_has_no_straight_density() -> None:
    cameras = toy.cameras().assign(kind=["fisheye", "fixed", "ptz"], heading_deg=np.nan)
    first = rank(at(5, 0), cameras, toy.drawn_fields()).iloc[0]
    assert (first["camera_id"], first["sight"]) == (1, "certain")
    assert math.isnan(first["density_px_per_m"])


def test_nobody_and_nothing() -> None:
    nobody = rank(at(5, 0), toy.cameras().iloc[:0], toy.drawn_fields())
    assert (len(nobody), list(nobody.columns)) == (0, list(RANK_COLUMNS))
    blind = rank(at(5, 0), toy.cameras(), toy.fields([]))
    assert blind["sight"].tolist() == ["none"] * 3
    outside = rank(at(5, 0), toy.cameras().iloc[1:], toy.drawn_fields())
    assert 1 not in outside["camera_id"].tolist()


def test_refuses() -> None:
    with pytest.raises(OutOfRange):
        rank(at(5, 0), toy.cameras(), toy.drawn_fields(), k=-1)
    with pytest.raises(UnknownClass):
        rank(at(5, 0), toy.cameras(), toy.drawn_fields(), density_class="identify")
    with pytest.raises(MissingColumn):
        rank(at(5, 0), toy.cameras().drop(columns="image_w_px"), toy.drawn_fields())
