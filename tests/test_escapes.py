"""What lies between him and the ring, on the toy city at a metre a second: he starts at 20 m of a 100 m street."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import OutOfRange
from spatial.escapes import Escape, escape_graph, escape_share, open_exits, region_and_ring
from spatial.nets import fewest_net, greedy_net
from spatial.network import Spot, reach, region, ways_for
from spatial.street_views import StreetViews, street_views
from spatial.streets import street_graph
from tests import toy
from tests.escape_reference import SPEED, STEP_M, random_world

METRE = {"foot": {"road": 1.0, "alley": 1.0}}
STREET, LANE = 1, 2
Row = tuple[int, int, int, float, float]
GRAPH = street_graph(toy.alleys(), outline=toy.place(shapely.box(-5, -50, 105, 65)))
FIELD = reach(ways_for(GRAPH, speeds=METRE), Spot(0, 20.0, 0.0), seconds=300.0)


def _views(*rows: Row) -> StreetViews:
    columns = ["camera_id", "aim_id", "alley_id", "from_m", "to_m"]
    return street_views(GRAPH, pd.DataFrame(rows, columns=columns))


def _escape(*rows: Row, region_s: float = 10.0, ring_s: float = 40.0, least_m: float = 1.0) -> Escape:
    return escape_graph(FIELD, _views(*rows), region_s=region_s, ring_s=ring_s, least_m=least_m)


def _open(escape: Escape) -> list[bool]:
    return open_exits(escape, np.arange(len(escape.camera_id))).tolist()


WEST, EAST, NORTH = range(3)


def test_the_ways_out_of_the_toy_city() -> None:
    exits = _escape().exits
    assert (exits.xy - toy.CORNER).tolist() == [[0.0, 0.0], [60.0, 0.0], [50.0, 10.0]]
    assert exits.direction.tolist() == [0, 1, 1], "the map ends in the west, which he reaches after 20 s"


def test_what_is_joined_unseen_is_one_room() -> None:
    bare = _escape()
    assert (bare.rooms, bare.exit_room.tolist()) == (1, [bare.source] * 3)
    parted = _escape((1, 0, STREET, 40.0, 45.0))
    assert (parted.rooms, len(parted.room_from)) == (2, 1), "the way back to where he may be is left out"
    assert parted.exit_room[1] == parted.exit_room[2] == parted.room_to[0] != parted.source


def test_a_view_closes_the_ways_that_cross_it() -> None:
    assert _open(_escape((1, 0, STREET, 40.0, 45.0))) == [True, False, False]
    assert _open(_escape((1, 0, STREET, 2.0, 6.0))) == [False, True, True]
    assert _open(_escape((1, 0, STREET, 45.0, 55.0))) == [True, False, False]
    assert _open(_escape((1, 0, STREET, 52.0, 55.0))) == [True, False, True]


def test_a_view_of_where_he_may_be_closes_nothing() -> None:
    assert _open(_escape((1, 0, STREET, 10.0, 30.0))) == [True, True, True]
    assert len(_escape((1, 0, STREET, 10.0, 30.0)).camera_id) == 0


def test_only_the_part_beyond_him_counts_and_it_must_show_some_street() -> None:
    assert _open(_escape((1, 0, STREET, 10.0, 30.5))) == [True, True, True]
    assert _open(_escape((1, 0, STREET, 10.0, 30.5), least_m=0.5)) == [True, False, False]
    assert _open(_escape((1, 0, STREET, 10.0, 31.0))) == [True, False, False]


def test_a_view_beyond_the_ring_closes_nothing() -> None:
    assert _open(_escape((1, 0, LANE, 10.0, 60.0))) == [True, True, True]
    assert _open(_escape((1, 0, LANE, 8.0, 60.0))) == [True, True, False]


def test_what_is_not_certain_closes_nothing() -> None:
    views = _views((1, 0, STREET, 40.0, 45.0))
    doubted = replace(views, certain=np.array([False]))
    escape = escape_graph(FIELD, doubted, region_s=10.0, ring_s=40.0)
    assert _open(escape) == [True, True, True]


def test_how_soon_he_can_come_into_a_view() -> None:
    escape = _escape(
        (1, 0, STREET, 40.0, 55.0),
        (2, 0, LANE, 5.0, 8.0),
        (3, 0, STREET, 2.0, 6.0),
        (4, 0, STREET, 5.0, 35.0),
    )
    assert escape.camera_id.tolist() == [1, 2, 3, 4]
    assert escape.first_s.tolist() == [20.0, 35.0, 14.0, 10.0]


def test_the_share_left_open_is_that_of_the_walks_that_nobody_sees() -> None:
    # He goes west or east, one in two; at the corner on or up the lane, one in two.
    assert escape_share(_escape(), []) == 1.0
    east = _escape((1, 0, STREET, 52.0, 55.0), (2, 0, STREET, 2.0, 6.0), (3, 0, LANE, 5.0, 8.0))
    assert escape_share(east, [0]) == pytest.approx(0.75)
    assert escape_share(east, [1]) == pytest.approx(0.5)
    assert escape_share(east, [1, 2]) == pytest.approx(0.25)
    assert escape_share(east, [0, 1, 2]) == 0.0


def test_who_turns_back_at_a_dead_end_comes_by_again() -> None:
    # Without the map's end in the west he turns back there: every walk gets to the corner.
    graph = street_graph(toy.alleys())
    field = reach(ways_for(graph, speeds=METRE), Spot(0, 20.0, 0.0), seconds=300.0)
    seen = pd.DataFrame(
        [(1, 0, STREET, 2.0, 6.0)], columns=["camera_id", "aim_id", "alley_id", "from_m", "to_m"]
    )
    escape = escape_graph(field, street_views(graph, seen), region_s=10.0, ring_s=40.0)
    assert escape_share(escape, [0]) == pytest.approx(0.5), "seen, though what sees him closes nothing"
    assert open_exits(escape, [0]).tolist() == [True, True]


def test_two_aims_of_a_camera_are_not_held_at_once() -> None:
    turning = _escape((1, 0, STREET, 40.0, 45.0), (1, 1, STREET, 2.0, 6.0))
    for net in (greedy_net(turning), fewest_net(turning)):
        assert net.aim_id.tolist() == [0], "the aim that closes two ways out, not the one that closes one"
        assert net.closed.tolist() == [False, True, True]
        assert net.closable.tolist() == [True, True, True]
    assert fewest_net(turning).proved


def test_a_camera_at_the_corner_does_for_two() -> None:
    escape = _escape(
        (1, 0, STREET, 52.0, 55.0),
        (2, 0, LANE, 5.0, 8.0),
        (3, 0, STREET, 2.0, 6.0),
        (9, 0, STREET, 40.0, 45.0),
    )
    net = fewest_net(escape)
    assert net.camera_id.tolist() == [3, 9]
    assert net.closes.tolist() == [[True, False, False], [False, True, True]]
    assert (net.proved, net.bound) == (True, 2)


def test_of_nets_as_good_the_one_he_meets_first_is_taken() -> None:
    net = fewest_net(_escape((1, 0, STREET, 45.0, 49.0), (2, 0, STREET, 32.0, 36.0)))
    assert net.camera_id.tolist() == [2]
    assert net.first_s.tolist() == [12.0]


def test_a_pocket_is_closed_already() -> None:
    graph = street_graph(toy.alleys())
    field = reach(ways_for(graph, speeds=METRE), Spot(0, 20.0, 0.0), seconds=300.0)
    escape = escape_graph(field, _views((1, 0, LANE, 0.0, 60.0)), region_s=10.0, ring_s=300.0)
    net = fewest_net(escape)
    assert (len(net.closed), len(net.aims), net.proved, net.bound) == (0, 0, True, 0)
    assert escape_share(escape, net.aims) == 0.0


def test_at_zero_minutes_there_is_no_street_to_close() -> None:
    escape = _escape((1, 0, STREET, 0.0, 100.0), (2, 0, LANE, 0.0, 60.0), region_s=40.0, ring_s=40.0)
    assert _open(escape) == [True, True, True]
    net = fewest_net(escape)
    assert not net.closable.any()
    assert (len(net.aims), net.proved) == (0, True)


def test_rings_are_counted_from_where_he_may_be_and_grow_with_the_clock() -> None:
    assert region_and_ring(0.0, 3) == (30.0, 210.0)
    assert region_and_ring(90.0, 3) == (120.0, 300.0)
    assert region_and_ring(90.0, 0, reaction_s=10.0) == (100.0, 100.0)
    for elapsed, minutes, reaction in ((-1.0, 1.0, 30.0), (0.0, -1.0, 30.0), (0.0, 1.0, -1.0)):
        with pytest.raises(OutOfRange):
            region_and_ring(elapsed, minutes, reaction_s=reaction)


def test_a_ring_within_the_region_is_refused() -> None:
    with pytest.raises(OutOfRange):
        _escape(region_s=41.0)
    with pytest.raises(OutOfRange):
        _escape(ring_s=301.0)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 100_000), st.data())
def test_more_cameras_never_open_an_exit(seed: int, draw: st.DataObject) -> None:
    world = random_world(np.random.default_rng(seed))
    edge, at = world.origin
    field = reach(ways_for(world.graph(), "car", speeds=SPEED), Spot(edge, at * STEP_M, 0.0), seconds=20.0)
    views = world.views()
    escape = escape_graph(field, views, region_s=world.region * STEP_M, ring_s=world.ring * STEP_M)
    rows = st.sets(st.integers(0, max(len(escape.camera_id) - 1, 0)), max_size=len(escape.camera_id))
    few, more = draw.draw(rows), draw.draw(rows)
    fewer, all_of_them = sorted(few), sorted(few | more)
    assert not (open_exits(escape, all_of_them) & ~open_exits(escape, fewer)).any()
    assert escape_share(escape, all_of_them) <= escape_share(escape, fewer) + 1e-9


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 100_000))
def test_a_camera_that_sees_all_of_the_region_closes_nothing(seed: int) -> None:
    world = random_world(np.random.default_rng(seed))
    edge, at = world.origin
    times = {"region_s": world.region * STEP_M, "ring_s": world.ring * STEP_M}
    field = reach(ways_for(world.graph(), "car", speeds=SPEED), Spot(edge, at * STEP_M, 0.0), seconds=20.0)
    where = region(field, times["region_s"])
    watched = StreetViews(
        camera_id=np.full(len(where.edge), 99),
        aim_id=np.zeros(len(where.edge), dtype=np.int64),
        edge=where.edge,
        from_m=where.from_m,
        to_m=where.to_m,
        certain=np.ones(len(where.edge), dtype=bool),
    )
    escape = escape_graph(field, watched, **times, least_m=0.0)
    assert len(escape.camera_id) == 0
    # Every exit is reached by some way, and none is seen.
    assert open_exits(escape, []).all()
