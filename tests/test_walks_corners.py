"""Ways along streets: by hand on a square of four."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import MissingColumn
from spatial.walks import ways_between


def streets(*lines: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    number = np.arange(len(lines)) + 1
    columns = {"alley_id": number, "name": None, "width_m": 4.0, "kind": "alley", "lit": None}
    return gpd.GeoDataFrame(columns, geometry=[shapely.LineString(line) for line in lines], crs=5186)


def spots(*at: tuple[int, float]) -> pd.DataFrame:
    return pd.DataFrame(at, columns=["alley_id", "offset_m"])


def test_one_walks_round_a_square_the_shorter_way() -> None:
    square = streets(
        [(0, 0), (100, 0)],
        [(100, 0), (100, 100)],
        [(100, 100), (0, 100)],
        [(0, 100), (0, 0)],
        [(300, 0), (310, 0)],
    )
    found = ways_between(spots((1, 10.0), (1, 60.0), (3, 50.0), (4, 70.0), (5, 5.0)), square)
    # From 10 m along the first to the middle of the third: 10 + 100 + 50 back, 90 + 100 + 50 on.
    assert found[0] == pytest.approx([0.0, 50.0, 160.0, 40.0, np.inf])
    assert found[1] == pytest.approx([50.0, 0.0, 190.0, 90.0, np.inf])
    assert found == pytest.approx(found.T)
    assert ways_between(spots(), square).shape == (0, 0)
    with pytest.raises(MissingColumn):
        ways_between(pd.DataFrame({"alley_id": [1]}), square)


def test_ends_two_centimetres_apart_are_one_corner_wherever_they_lie() -> None:
    # 100.04 and 100.06 lie in different tenths of a metre.
    for x in (100.0, 100.04, 100.09):
        joined = streets([(0, 0), (x, 0)], [(x + 0.02, 0), (200, 0)])
        assert ways_between(spots((1, 90.0), (2, 10.0)), joined)[0, 1] == pytest.approx(x - 80.0)
    apart = streets([(0, 0), (100, 0)], [(100.2, 0), (200, 0)])
    assert ways_between(spots((1, 90.0), (2, 10.0)), apart)[0, 1] == np.inf


def test_of_two_streets_between_the_same_corners_one_takes_the_shorter() -> None:
    found = ways_between(
        spots((1, 0.0), (2, 100.0)), streets([(0, 0), (100, 0)], [(0, 0), (0, 50), (100, 50), (100, 0)])
    )
    # The second place lies half way along the bend of 200 m: the end of the first street brings it no nearer.
    assert found[0, 1] == pytest.approx(100.0)
    twice = streets([(0, 0), (100, 0)], [(0, 0), (100, 0)])
    assert ways_between(spots((1, 0.0), (1, 100.0)), twice)[0, 1] == pytest.approx(100.0)
