"""Where he may be and where the ways out cross the ring, in a town of a street and a lane at a metre a second."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import NoStreetNear, OutOfRange
from spatial.network import (
    SPEEDS_M_PER_S,
    Exits,
    Reach,
    Spot,
    Stretches,
    Ways,
    locate,
    reach,
    region,
    ways_for,
    ways_out,
)
from spatial.streets import street_graph
from tests import toy
from tests.escape_reference import SPEED, STEP_M, random_world

METRE = {
    "foot": {"road": 1.0, "alley": 1.0, "footway": 1.0, "steps": 0.5},
    "car": {"road": 1.0, "alley": 1.0},
}
STREET_W, STREET_E, LANE = 0, 1, 2


def _ways(mode: str = "foot", alleys: gpd.GeoDataFrame | None = None) -> Ways:
    return ways_for(street_graph(toy.alleys() if alleys is None else alleys), mode, speeds=METRE)


def _field(at_m: float = 20.0, *, edge: int = STREET_W, seconds: float = 300.0, mode: str = "foot") -> Reach:
    return reach(_ways(mode), Spot(edge, at_m, 0.0), seconds=seconds)


def _stretches(found: Stretches) -> list[tuple[int, float, float]]:
    return list(zip(found.edge.tolist(), found.from_m.tolist(), found.to_m.tolist(), strict=True))


def _exits(found: Exits) -> list[tuple[int, float, int]]:
    return list(zip(found.edge.tolist(), found.offset_m.tolist(), found.direction.tolist(), strict=True))


def _at(x: float, y: float) -> list[float]:
    return [toy.CORNER[0] + x, toy.CORNER[1] + y]


def test_a_place_is_brought_to_the_nearest_street() -> None:
    near_street, near_lane = locate(_ways(), _at(20.0, 7.0)), locate(_ways(), _at(53.0, 20.0))
    assert (near_street.edge, near_lane.edge) == (STREET_W, LANE)
    assert (near_street.offset_m, near_lane.offset_m) == pytest.approx((20.0, 20.0))
    assert (near_street.off_street_m, near_lane.off_street_m) == pytest.approx((7.0, 3.0))


def test_a_place_far_from_any_street_is_told_with_its_distance() -> None:
    with pytest.raises(NoStreetNear) as told:
        locate(_ways(), _at(20.0, -130.0))
    assert told.value.distance_m == 130.0
    assert "130" in str(told.value)
    assert locate(_ways(), _at(20.0, -130.0), within_m=130.0).off_street_m == 130.0


def test_without_a_street_none_is_near() -> None:
    with pytest.raises(NoStreetNear) as told:
        locate(_ways(alleys=toy.alleys().iloc[:0]), _at(0.0, 0.0))
    assert told.value.distance_m == np.inf


def test_a_mode_is_brought_to_a_street_that_it_can_use() -> None:
    narrow = toy.alleys().assign(width_m=[8.0, 2.0])
    assert locate(_ways("car", narrow), _at(53.0, 20.0)).edge in (STREET_W, STREET_E)


def test_times_run_along_the_streets() -> None:
    field = _field()
    graph = field.ways.graph
    times = {tuple(xy): s for xy, s in zip((graph.xy - toy.CORNER).tolist(), field.node_s, strict=True)}
    assert times == {(0.0, 0.0): 20.0, (50.0, 0.0): 30.0, (100.0, 0.0): 80.0, (50.0, 60.0): 90.0}


def test_times_are_followed_no_farther_than_asked() -> None:
    assert np.sort(_field(seconds=30.0).node_s).tolist() == [20.0, 30.0, np.inf, np.inf]


def test_where_he_may_be_holds_parts_of_streets() -> None:
    assert _stretches(region(_field(), 25.0)) == [(STREET_W, 0.0, 45.0)]
    assert _stretches(region(_field(), 40.0)) == [
        (STREET_W, 0.0, 50.0), (STREET_E, 0.0, 10.0), (LANE, 0.0, 10.0),
    ]  # fmt: skip


def _lengths(found: Stretches) -> dict[int, float]:
    totals = pd.Series(found.to_m - found.from_m).groupby(found.edge).sum()
    return {int(edge): float(m) for edge, m in totals.items()}


def test_the_ring_is_crossed_where_he_heads_outward() -> None:
    exits = ways_out(_field(), 40.0)
    assert _exits(exits) == [(STREET_E, 10.0, 1), (LANE, 10.0, 1)]
    assert (exits.xy - toy.CORNER).tolist() == [[60.0, 0.0], [50.0, 10.0]]


def test_at_once_the_ring_is_around_him() -> None:
    assert _exits(ways_out(_field(), 0.0)) == [(STREET_W, 20.0, 1), (STREET_W, 20.0, -1)]
    assert _lengths(region(_field(), 0.0)) == {}


def test_at_a_corner_every_street_is_a_way() -> None:
    assert _exits(ways_out(_field(50.0), 0.0)) == [(STREET_W, 50.0, -1), (STREET_E, 0.0, 1), (LANE, 0.0, 1)]
    assert _exits(ways_out(_field(0.0, edge=LANE), 10.0)) == [
        (STREET_W, 40.0, -1), (STREET_E, 10.0, 1), (LANE, 10.0, 1),
    ]  # fmt: skip


def test_a_pocket_of_dead_ends_has_no_way_out() -> None:
    assert _exits(ways_out(_field(), 200.0)) == []
    assert _lengths(region(_field(), 200.0)) == {STREET_W: 50.0, STREET_E: 50.0, LANE: 60.0}


def test_where_the_map_ends_is_a_way_out_once_he_can_be_there() -> None:
    graph = street_graph(toy.alleys(), outline=toy.place(shapely.box(-5, -50, 200, 200)))
    field = reach(ways_for(graph, speeds=METRE), Spot(STREET_W, 20.0, 0.0), seconds=300.0)
    assert _exits(ways_out(field, 19.0)) == [(STREET_W, 1.0, -1), (STREET_W, 39.0, 1)]
    assert _exits(ways_out(field, 20.0)) == [(STREET_W, 0.0, 0), (STREET_W, 40.0, 1)]
    assert _exits(ways_out(field, 300.0)) == [(STREET_W, 0.0, 0)]


def test_a_street_entered_from_both_ends_is_crossed_twice_until_he_may_be_all_along_it() -> None:
    square = [[(0, 0), (10, 0)], [(10, 0), (10, 10)], [(10, 10), (0, 10)], [(0, 10), (0, 0)]]
    alleys = gpd.GeoDataFrame(
        {"alley_id": range(4), "name": "", "width_m": np.nan, "kind": "alley", "lit": None},
        geometry=[toy.place(shapely.LineString(side)) for side in square],
        crs=toy.SRID,
    )
    field = reach(_ways(alleys=alleys), Spot(0, 5.0, 0.0), seconds=60.0)
    assert _exits(ways_out(field, 18.0)) == [(2, 3.0, 1), (2, 7.0, -1)]
    assert _exits(ways_out(field, 20.0)) == []


def test_stairs_are_slower() -> None:
    stairs = toy.alleys().assign(kind=["road", "steps"])
    field = reach(_ways(alleys=stairs), Spot(STREET_W, 50.0, 0.0), seconds=60.0)
    assert _lengths(region(field, 20.0)) == {STREET_W: 20.0, STREET_E: 20.0, LANE: 10.0}
    for mode in ("foot", "bicycle"):
        assert SPEEDS_M_PER_S[mode]["steps"] < SPEEDS_M_PER_S[mode]["alley"]


def test_cars_keep_to_streets_wide_enough_and_without_stairs() -> None:
    for blocked in (toy.alleys().assign(width_m=[8.0, 2.4]), toy.alleys().assign(kind=["road", "footway"])):
        field = reach(_ways("car", blocked), Spot(STREET_W, 50.0, 0.0), seconds=60.0)
        assert _lengths(region(field, 20.0)) == {STREET_W: 20.0, STREET_E: 20.0}
    unknown = toy.alleys().assign(width_m=[8.0, np.nan])
    field = reach(_ways("car", unknown), Spot(STREET_W, 50.0, 0.0), seconds=60.0)
    assert _lengths(region(field, 20.0))[LANE] == 20.0, "a width that nobody told keeps no car out"


def test_one_way_streets_bind_cars_alone() -> None:
    alleys = toy.alleys().assign(oneway=[1, -1])
    car = reach(_ways("car", alleys), Spot(STREET_W, 40.0, 0.0), seconds=60.0)
    assert _lengths(region(car, 20.0)) == {STREET_W: 10.0, STREET_E: 10.0}
    assert _exits(ways_out(car, 20.0)) == [(STREET_E, 10.0, 1)]
    foot = reach(_ways("foot", alleys), Spot(STREET_W, 40.0, 0.0), seconds=60.0)
    assert _lengths(region(foot, 20.0)) == {STREET_W: 30.0, STREET_E: 10.0, LANE: 10.0}


def test_what_makes_no_sense_is_refused() -> None:
    graph = street_graph(toy.alleys())
    with pytest.raises(OutOfRange, match="boat"):
        ways_for(graph, "boat")
    with pytest.raises(OutOfRange):
        ways_for(graph, "foot", speeds={"foot": {"road": 0.0}})
    with pytest.raises(OutOfRange):
        _field(seconds=-1.0)
    with pytest.raises(OutOfRange, match="30"):
        region(_field(seconds=30.0), 31.0)
    with pytest.raises(OutOfRange):
        ways_out(_field(), -1.0)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 12), st.integers(0, 12))
def test_longer_never_shrinks_where_he_may_be(seed: int, less: int, more: int) -> None:
    world = random_world(np.random.default_rng(seed))
    edge, at = world.origin
    ways = ways_for(world.graph(), "car", speeds=SPEED)
    field = reach(ways, Spot(edge, at * STEP_M, 0.0), seconds=20.0)
    early, late = (region(field, s / 2.0) for s in sorted((less, more)))
    for one, low, high in _stretches(early):
        inside = [min(high, to) - max(low, start) for each, start, to in _stretches(late) if each == one]
        assert sum(max(m, 0.0) for m in inside) == pytest.approx(high - low)
