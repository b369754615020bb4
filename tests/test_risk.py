"""The risk of an alley from what is loaded: narrow, dark, incidents, children, complaints, by the district's weights."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from app.risk import CHILD_ZONE_M, CHILDREN, COMPLAINTS, Basis, alley_risk
from spatial.samples import sample_alleys
from tests import toy
from tests.toy_world import WEIGHTS, incidents

# Ten pieces of the street L1 (8 m wide, lit), then six of the lane L2 (3 m wide, dark).
POINTS = sample_alleys(toy.alleys(), step_m=10.0)
NARROW = np.repeat([0.0, 5 / 6], [10, 6])  # from 8 m (0) to 2 m (1)
DARK = np.repeat([0.0, 1.0], [10, 6])


def risk(**changes: Any) -> np.ndarray:
    usual: dict[str, Any] = {
        "incidents": incidents(()),
        "lamps": toy.points(),
        "layers": {},
        "weights": WEIGHTS,
    }
    return alley_risk(POINTS, Basis(**({"alleys": toy.alleys()} | usual | changes)))


def layer(*shapes: Any, weight: float = 1.0) -> gpd.GeoDataFrame:
    geometry = [toy.place(shape) for shape in shapes]
    return gpd.GeoDataFrame({"weight": [weight] * len(shapes)}, geometry=geometry, crs=toy.SRID)


def test_narrow_and_dark_share_the_weight_when_nothing_else_is_loaded() -> None:
    assert risk() == pytest.approx((0.15 * NARROW + 0.15 * DARK) / 0.3)


def test_incidents_come_in_with_their_weight_and_grow_towards_where_they_are() -> None:
    # All at the lane's north end: the density falls along the lane southwards and along the street both ways.
    found = risk(incidents=incidents([(50, 60)] * 5), weights=WEIGHTS | {"narrow": 0.0, "dark": 0.0})
    lane = found[10:]
    assert np.all(np.diff(lane) >= 0.0)
    # Scaled by the quantiles along the streets: the last piece is the riskiest, the street's ends the least.
    assert lane[-1] == 1.0
    assert found[:10].argmax() in (4, 5)
    assert found[0] == pytest.approx(0.0, abs=0.02)
    assert found[9] == pytest.approx(found[0], abs=0.02)


def test_all_layers_keep_the_weights_of_the_district() -> None:
    everywhere = layer(shapely.box(-10, -10, 110, 70))
    complaints = layer(*[shapely.Point(50, 60)] * 3)
    layers = {CHILDREN: everywhere, COMPLAINTS: complaints}
    found = risk(incidents=incidents([(50, 60)] * 5), layers=layers)
    # Both densities are 1 on the lane's last piece, the child zone is 1, the lane is narrow and dark.
    assert found[-1] == pytest.approx(0.5 + 0.15 * 5 / 6 + 0.15 + 0.1 + 0.1)
    assert np.all((found >= 0.0) & (found <= 1.0))


def test_complaints_weigh_what_they_say() -> None:
    weights = {"complaints": 0.1, "narrow": 0.9}
    complaints = pd.concat([layer(shapely.Point(0, 0), weight=9.0), layer(shapely.Point(100, 0))])
    found = risk(layers={COMPLAINTS: complaints}, weights=weights)
    assert found[0] > found[9]


def test_a_child_zone_given_as_a_point_reaches_300_metres() -> None:
    only = {"children": 1.0}
    # From 301 m west of the corner the circle ends before every piece; from 290 m it takes those up to x = 10.
    far = layer(shapely.Point(-CHILD_ZONE_M - 1.0, 0))
    near = layer(shapely.Point(-290.0, 0))
    assert risk(layers={CHILDREN: far}, weights=only).tolist() == [0.0] * 16
    assert risk(layers={CHILDREN: near}, weights=only).tolist() == [1.0, *[0.0] * 15]


def test_a_child_zone_given_as_an_area_is_taken_as_it_is() -> None:
    # It holds the lane's pieces at 15 and 25 m.
    area = layer(shapely.box(40, 8, 60, 32))
    found = risk(layers={CHILDREN: area}, weights={"children": 1.0})
    assert found.tolist() == [*[0.0] * 10, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]


def test_lamps_tell_only_where_the_alley_does_not() -> None:
    unknown = toy.alleys().assign(lit=[True, None])
    dark = {"dark": 1.0}
    # A lamp at (50, 0) lights the lane's first 15 m: the pieces at 5 and, with 15.0 m, at 15.
    lamp = toy.points((50, 0))
    assert risk(alleys=unknown, lamps=lamp, weights=dark).tolist() == [0.0] * 12 + [1.0] * 4
    # Without any lamp loaded nobody knows: half.
    assert risk(alleys=unknown, weights=dark).tolist() == [0.0] * 10 + [0.5] * 6


def test_unknown_width_is_half_narrow() -> None:
    alleys = toy.alleys().assign(width_m=[np.nan, 3.0])
    assert risk(alleys=alleys, weights={"narrow": 1.0}).tolist() == [0.5] * 10 + [pytest.approx(5 / 6)] * 6


def test_without_any_weighted_layer_every_metre_is_alike() -> None:
    assert risk(weights={"incidents": 1.0}).tolist() == [1.0] * 16


def test_layers_of_other_names_do_not_count() -> None:
    assert risk(layers={"population": layer(shapely.Point(0, 0))}).tolist() == risk().tolist()
