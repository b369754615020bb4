"""Drawn walks: that they keep to the streets and to the model, and that what sees them is counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import OutOfRange
from spatial.escapes import escape_graph, escape_share
from spatial.network import Spot, Ways, reach, ways_for
from spatial.roaming import Walks, random_walks, seen, seen_share
from spatial.street_views import StreetViews, street_views
from spatial.streets import street_graph
from tests import toy
from tests.escape_reference import SPEED, STEP_M, random_world

METRE = {"foot": {"road": 1.0, "alley": 1.0}, "car": {"road": 1.0, "alley": 1.0}}
GRAPH = street_graph(toy.alleys())
WAYS = ways_for(GRAPH, speeds=METRE)
START = Spot(0, 20.0, 0.0)


def _drawn(n: int, seconds: float, *, ways: Ways = WAYS, origin: Spot = START, seed: int = 7) -> Walks:
    return random_walks(ways, origin, n, seconds=seconds, rng=np.random.default_rng(seed))


def _views(*rows: tuple[int, int, int, float, float]) -> StreetViews:
    columns = ["camera_id", "aim_id", "alley_id", "from_m", "to_m"]
    return street_views(GRAPH, pd.DataFrame(rows, columns=columns))


def test_the_same_seed_draws_the_same_walks() -> None:
    one, other, third = _drawn(50, 120.0), _drawn(50, 120.0), _drawn(50, 120.0, seed=8)
    assert one.edge.tolist() == other.edge.tolist()
    assert one.edge.tolist() != third.edge.tolist()


def test_walks_last_as_long_as_asked_and_go_on_where_they_were() -> None:
    walks = _drawn(200, 150.0)
    assert np.unique(walks.walk).tolist() == list(range(200))
    assert np.abs(walks.to_m - walks.from_m) == pytest.approx(walks.to_s - walks.from_s), "a metre a second"
    follows = walks.walk[1:] == walks.walk[:-1]
    assert (walks.from_s[1:][follows] == walks.to_s[:-1][follows]).all()
    assert (walks.from_s[np.append(True, ~follows)] == 0.0).all()
    assert (walks.to_s[np.append(~follows, True)] == 150.0).all()
    left, come = _node(walks, walks.to_m)[:-1][follows], _node(walks, walks.from_m)[1:][follows]
    assert (left == come).all()


def _node(walks: Walks, at_m: np.ndarray) -> np.ndarray:
    """Return the node at a place on the walks' edges, -1 within an edge."""
    length = GRAPH.length_m[walks.edge]
    return np.where(
        at_m == 0.0, GRAPH.from_node[walks.edge], np.where(at_m == length, GRAPH.to_node[walks.edge], -1)
    )


def test_nobody_turns_round_but_at_a_dead_end() -> None:
    walks = _drawn(300, 300.0)
    turned = (walks.walk[1:] == walks.walk[:-1]) & (walks.edge[1:] == walks.edge[:-1])
    turned &= (walks.from_m < walks.to_m)[1:] != (walks.from_m < walks.to_m)[:-1]
    corner = GRAPH.to_node[0]
    assert turned.any()
    assert corner not in _node(walks, walks.from_m)[1:][turned]


def test_who_leaves_the_map_walks_no_farther() -> None:
    graph = street_graph(toy.alleys(), outline=toy.place(shapely.box(-5, -50, 105, 65)))
    walks = _drawn(100, 500.0, ways=ways_for(graph, speeds=METRE))
    assert walks.to_s.max() <= 90.0
    assert set(_node(walks, walks.to_m)[np.append(walks.walk[1:] != walks.walk[:-1], True)]) <= set(
        np.flatnonzero(graph.leads_on)
    )


def test_a_street_that_nothing_leads_out_of_ends_the_walk() -> None:
    ways = ways_for(street_graph(toy.alleys().assign(oneway=[1, 1])), "car", speeds=METRE)
    walks = _drawn(20, 500.0, ways=ways)
    assert set(walks.to_s[np.append(walks.walk[1:] != walks.walk[:-1], True)]) == {80.0, 90.0}


def test_walks_from_a_corner_take_all_its_streets() -> None:
    walks = _drawn(300, 5.0, origin=Spot(0, 50.0, 0.0))
    count = np.bincount(walks.edge)
    assert count.sum() == 300
    assert count.min() > 70, "one in three each"


def test_a_walk_is_seen_where_it_passes_a_view_in_time() -> None:
    walks = Walks(
        walk=np.array([0, 0, 1]),
        edge=np.array([0, 2, 0]),
        from_m=np.array([20.0, 0.0, 20.0]),
        to_m=np.array([50.0, 10.0, 0.0]),
        from_s=np.array([0.0, 30.0, 0.0]),
        to_s=np.array([30.0, 40.0, 20.0]),
        n=3,
    )
    assert seen(walks, _views((1, 0, 1, 30.0, 35.0))).tolist() == [True, False, False]
    assert seen(walks, _views((1, 0, 1, 5.0, 10.0))).tolist() == [False, True, False]
    assert seen(walks, _views((1, 0, 1, 30.0, 35.0)), after_s=14.0).tolist() == [True, False, False]
    assert seen(walks, _views((1, 0, 1, 30.0, 35.0)), after_s=15.0).tolist() == [False, False, False]
    assert seen(walks, _views((1, 0, 1, 5.0, 10.0)), after_s=12.0).tolist() == [False, True, False]
    assert seen(walks, _views((1, 0, 2, 9.0, 60.0)), after_s=30.0).tolist() == [True, False, False]
    assert seen(walks, _views((1, 0, 2, 10.0, 60.0))).tolist() == [False, False, False]
    assert seen_share(walks, _views((1, 0, 1, 30.0, 35.0), (2, 0, 1, 5.0, 10.0))) == pytest.approx(2 / 3)
    doubted = replace(_views((1, 0, 1, 30.0, 35.0)), certain=np.array([False]))
    assert seen_share(walks, doubted) == 0.0


def test_drawn_walks_agree_with_the_exact_share() -> None:
    rng = np.random.default_rng(11)
    compared = 0
    for _ in range(60):
        world = random_world(rng)
        if not world.leads_on or any(one for *_, one in world.edges):
            continue
        edge, at = world.origin
        ways, origin = ways_for(world.graph(), "car", speeds=SPEED), Spot(edge, at * STEP_M, 0.0)
        # All of the town lies within the ring, so that an escape is a walk that leaves the map.
        field = reach(ways, origin, seconds=1000.0)
        escape = escape_graph(field, world.views(), region_s=0.0, ring_s=1000.0, least_m=0.1)
        if escape.runs.at_exit:
            continue
        walks = random_walks(ways, origin, 4000, seconds=1000.0, rng=rng)
        away = 1.0 - escape_share(escape, np.arange(len(escape.camera_id)))
        assert seen_share(walks, world.views()) == pytest.approx(away, abs=0.035)
        compared += 1
    assert compared > 10


def test_what_makes_no_sense_is_refused() -> None:
    for n, seconds in ((0, 10.0), (5, 0.0), (5, float("inf"))):
        with pytest.raises(OutOfRange):
            _drawn(n, seconds)
