"""Ways along the streets, on a square that can be walked on paper."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import MissingColumn
from spatial.walks import ways_between

CORNERS = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def square() -> gpd.GeoDataFrame:
    """Return the four sides of a square of 100 m, and a street on its own."""
    lines = [shapely.LineString([CORNERS[k], CORNERS[(k + 1) % 4]]) for k in range(4)]
    lines.append(shapely.LineString([(500.0, 0.0), (600.0, 0.0)]))
    columns = {"alley_id": [1, 2, 3, 4, 9], "name": None, "width_m": 3.0, "kind": "alley", "lit": None}
    return gpd.GeoDataFrame(
        columns, geometry=shapely.transform(lines, lambda xy: np.add(xy, (200_000, 550_000))), crs=5186
    )


def places(*rows: tuple[int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["alley_id", "offset_m"])


def test_round_the_corner_and_along_one_street() -> None:
    # 10 m before the corner, 20 m after it; and two places of one street.
    ways = ways_between(places((1, 90.0), (2, 20.0), (1, 30.0)), square())
    assert ways == pytest.approx(np.array([[0, 30, 60], [30, 0, 90], [60, 90, 0]]), abs=1e-6)


def test_the_shorter_way_round() -> None:
    # From the middle of the first side to the middle of the third: 200 m either way; a metre on, 199.
    ways = ways_between(places((1, 50.0), (3, 49.0)), square())
    assert ways[0, 1] == pytest.approx(199.0)


def test_no_way_one_place_and_none() -> None:
    assert ways_between(places((1, 50.0), (9, 50.0)), square())[0, 1] == np.inf
    assert ways_between(places((1, 50.0), (1, 50.0)), square())[0, 1] == pytest.approx(0.0, abs=1e-6)
    assert ways_between(places(), square()).shape == (0, 0)
    with pytest.raises(MissingColumn):
        ways_between(places((1, 50.0)).drop(columns="offset_m"), square())
    with pytest.raises(KeyError):
        ways_between(places((7, 50.0)), square())
