"""The points that a plan is for: the toy city's streets, a walk and zones, counted by hand; risk there."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from app.demand import points_of, walks_of
from app.risk import Basis, layers, layers_of
from spatial.demand_points import demand_points, in_metres, is_street
from spatial.errors import MissingColumn, OutOfRange
from spatial.samples import sample_alleys
from tests import toy, toy_world


def points(**changes: object) -> gpd.GeoDataFrame:
    usual: dict[str, object] = {"step_m": 10.0, "walks": [2], "zone_step_m": 10.0, "dongs": toy.district()}
    return demand_points(toy.alleys(), toy_world.zones(), **(usual | changes))  # type: ignore[arg-type]


def test_streets_walks_and_zones_stand_apart_by_kind() -> None:
    found = points()
    # L1 has ten pieces, the walk L2 six; the flood zone of 40 m x 40 m 16 cells, the wildfire zone of 40 x 30 twelve.
    assert found["kind"].value_counts().to_dict() == {"flood": 16, "wildfire": 12, "alley": 10, "walk": 6}
    by_kind = found.groupby("kind")["weight"].sum()
    assert by_kind.to_dict() == pytest.approx({"alley": 100, "walk": 60, "flood": 1600, "wildfire": 1200})
    assert found.index.tolist() == list(range(44))
    assert is_street(found).tolist() == [True] * 16 + [False] * 28


def test_the_streets_are_those_that_coverage_counts() -> None:
    streets = points()[is_street]
    counted = sample_alleys(toy.alleys(), step_m=10.0)
    assert streets["alley_id"].tolist() == counted["alley_id"].tolist()
    assert streets["weight"].tolist() == counted["weight"].tolist()
    assert shapely.equals_exact(streets.geometry.to_numpy(), counted.geometry.to_numpy(), 0.0).all()
    assert streets["zone_id"].isna().all()


def test_houses_are_no_ground_of_a_zone_and_dongs_are_told() -> None:
    found = points(open_to=toy.buildings())
    flood = found[found["kind"].eq("flood")]
    # House A takes 10 m x 10 m, house B as much of the zone's 40 m x 40 m.
    assert flood["weight"].sum() == pytest.approx(1400.0)
    assert flood["alley_id"].isna().all()
    assert set(flood["dong"].dropna()) == {"W", "E"}
    # South of y = 0 lies no dong.
    assert flood["dong"].isna().sum() == 8


def test_without_zones_or_dongs() -> None:
    found = demand_points(toy.alleys(), step_m=10.0)
    assert (len(found), found["dong"].isna().all(), set(found["kind"])) == (16, True, {"alley"})
    none = demand_points(toy.alleys().iloc[:0], toy_world.zones().iloc[:0], step_m=10.0)
    assert len(none) == 0
    assert [*none.columns] == [*found.columns]


def test_square_metres_count_as_metres_at_a_rate() -> None:
    found = points()
    worth = in_metres(found, zone_m2_per_m=50.0)
    assert worth[:16].tolist() == found["weight"].tolist()[:16]
    assert worth[16:].sum() == pytest.approx((1600 + 1200) / 50.0)
    with pytest.raises(OutOfRange):
        in_metres(found, zone_m2_per_m=0.0)
    with pytest.raises(MissingColumn):
        demand_points(toy.alleys(), toy_world.zones().drop(columns="kind"), step_m=10.0)


def test_risk_of_a_place_in_a_zone_is_of_its_zone_not_of_an_alley() -> None:
    found = points()
    basis = Basis(
        alleys=toy.alleys(),
        incidents=toy_world.incidents([(50, 60)] * 5),
        lamps=toy.points((35, -15)),
        layers={},
        zones=toy_world.zones(),
        weights={"narrow": 1.0, "rates": 1.0, "dark": 1.0, "flood": 1.0, "wildfire": 1.0},
    )
    taken = layers(found, basis)
    by_layer = pd.DataFrame(taken.values.T, columns=[*taken.names])
    zone = by_layer[~is_street(found)].reset_index(drop=True)
    assert (zone["narrow"].max(), zone["rates"].max()) == (0.0, 0.0)
    assert zone["flood"].tolist() == [1.0] * 16 + [0.0] * 12
    # The two zones share no ground with their inner points, but streets run through both.
    assert by_layer["flood"][:10].tolist() == [0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
    lit = np.flatnonzero(zone["dark"].to_numpy() == 0.0)
    # The lamp stands on the middle of the zone's south-west cell: that, the two beside it (10 m) and the one across
    # (14.1 m) are lit.
    assert lit.tolist() == [0, 1, 4, 5]


def test_zones_bear_nothing_on_how_streets_are_scaled() -> None:
    # Calls at the lane's end, far from most of the zones' ground: the streets' risk is what it is without zones.
    world = toy_world.world(incidents=toy_world.incidents([(50, 60)] * 5), weights={"incidents": 1.0})
    every, streets = points(), demand_points(toy.alleys(), step_m=10.0)
    with_zones = layers_of(every, world)
    assert with_zones.facts[0]["scaled"] == "run"
    assert with_zones.total()[:16] == pytest.approx(layers_of(streets, world).total(), abs=1e-3)


def test_a_walk_along_water_is_known_by_its_name() -> None:
    alleys = toy.alleys().assign(name=["은여울천산책로", "Riverside Walk"])
    assert walks_of(alleys) == [1, 2]
    assert walks_of(toy.alleys()) == []
    assert walks_of(toy.alleys().assign(name=None)) == []


def test_the_points_of_a_world_are_its_streets_and_the_open_ground_of_its_zones() -> None:
    found = points_of(toy_world.world(), step_m=10.0, zone_step_m=10.0)
    assert found.groupby("kind")["weight"].sum().to_dict() == pytest.approx(
        {"alley": 160, "flood": 1400, "wildfire": 1200}
    )
