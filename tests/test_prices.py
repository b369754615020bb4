"""What a camera costs on each mount: by hand."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import MissingColumn, OutOfRange
from spatial.prices import prices_of, prices_of_mounts
from spatial.types import Prices, assumed_model
from tests import toy

PRICES = Prices(
    pole_won=8_000_000, arm_won=1_000_000, power_won_per_m=60_000, fibre_won_per_m=50_000, line_most_m=150.0
)
PLAIN = assumed_model(toy.LENS, price_won=1_500_000)
MODELS = (PLAIN, replace(PLAIN, name="long", focal_mm=12.0, price_won=2_500_000))


def sites() -> gpd.GeoDataFrame:
    """Return a corner 30 m from a lamp and 40 m from a pole, a lamp, and a pole."""
    return toy.points((0, 0), (30, 0), (0, 40)).assign(place=["corner", "lamp", "pole"])


def options() -> pd.DataFrame:
    return pd.DataFrame({"mount": [0, 0, 1, 2], "model": [0, 1, 0, 0]}, index=[5, 6, 7, 8])


def priced(wanted: pd.DataFrame, **asked: object) -> pd.DataFrame:
    return prices_of(wanted, prices_of_mounts(sites(), **asked), MODELS)


def test_prices_by_hand() -> None:
    lamps, poles = toy.points((30, 0)), toy.points((0, 40))
    found = priced(options(), prices=PRICES, power_at=[lamps, poles], fibre_at=[poles])
    assert found.index.tolist() == [5, 6, 7, 8]
    assert found.to_dict("list") == {
        "pole_won": [8_000_000, 8_000_000, 1_000_000, 1_000_000],
        "power_won": [1_800_000, 1_800_000, 0, 0],
        # From the lamp to the pole as the crow flies: 50 m.
        "fibre_won": [2_000_000, 2_000_000, 2_500_000, 0],
        "camera_won": [1_500_000, 2_500_000, 1_500_000, 1_500_000],
        "total_won": [13_300_000, 14_300_000, 5_000_000, 2_500_000],
    }
    assert (found.dtypes == np.int64).all()


def test_known_fibre_may_be_a_line() -> None:
    line = gpd.GeoDataFrame(geometry=[toy.place(shapely.LineString([(-10, -5), (50, -5)]))], crs=toy.SRID)
    found = priced(options(), prices=PRICES, fibre_at=[line])
    assert found["fibre_won"].tolist() == [250_000, 250_000, 250_000, 0]


def test_where_nothing_near_is_known_the_longest_line_is_taken() -> None:
    far = toy.points((0, 5_000))
    for known in ([], [far], [far.iloc[:0]]):
        found = priced(options(), prices=PRICES, power_at=known, fibre_at=known)
        assert found["power_won"].tolist() == [9_000_000, 9_000_000, 0, 0]
        assert found["fibre_won"].tolist() == [7_500_000, 7_500_000, 7_500_000, 0]


def test_a_won_begun_counts() -> None:
    third = Prices(fibre_won_per_m=1, line_most_m=100.0)
    diagonal = toy.points((1, 1))
    found = priced(options().iloc[:1], prices=third, fibre_at=[diagonal])
    assert found["fibre_won"].tolist() == [2]  # 1.41 m
    # Without prices of its own a camera costs what it costs.
    assert priced(options(), prices=Prices())["total_won"].tolist() == [
        1_500_000,
        2_500_000,
        1_500_000,
        1_500_000,
    ]


def test_prices_refuse() -> None:
    with pytest.raises(MissingColumn):
        priced(options().drop(columns="model"), prices=PRICES)
    with pytest.raises(MissingColumn):
        prices_of_mounts(sites().drop(columns="place"), prices=PRICES)
    with pytest.raises(OutOfRange, match="pole_won must be zero or more"):
        Prices(pole_won=-1)
    assert len(priced(options().iloc[:0], prices=PRICES)) == 0
    assert len(prices_of_mounts(sites().iloc[:0], prices=PRICES)) == 0
    for fault in (
        {"name": " "},
        {"focal_mm": 0.0},
        {"tilt_deg": 91.0},
        {"price_won": -1},
        {"height_m": np.nan},
    ):
        with pytest.raises(OutOfRange):
            replace(PLAIN, **fault)
    assert replace(PLAIN, tilt_deg=0.0, price_won=0).price_won == 0
