"""Nets: closed means that no way is open, the fewest means that no fewer do; by every way and every choice of cameras."""

from __future__ import annotations

import numpy as np
import pytest

from spatial.errors import OutOfRange
from spatial.escapes import Escape, escape_graph, escape_share, open_exits
from spatial.nets import Net, fewest_net, greedy_net
from spatial.network import Spot, reach, ways_for, ways_out
from tests.escape_reference import SPEED, STEP_M, Aim, Lattice, World, holdings, random_world

WORLDS = 200


def _escape(world: World) -> Escape:
    ways = ways_for(world.graph(), "car", speeds=SPEED)
    edge, at = world.origin
    field = reach(ways, Spot(edge, at * STEP_M, 0.0), seconds=world.ring * STEP_M)
    return escape_graph(
        field,
        world.views(),
        region_s=world.region * STEP_M,
        ring_s=world.ring * STEP_M,
        least_m=STEP_M / 2,
    )


def _rows(escape: Escape, held: list[Aim]) -> list[int]:
    row = {aim: k for k, aim in enumerate(zip(escape.camera_id, escape.aim_id, strict=True))}
    return [row[aim] for aim in held if aim in row]


def _ways_by_exit(world: World) -> list[list[frozenset[Aim]]]:
    lattice = Lattice(world)
    return [lattice.ways_to(lattice.point(edge, round(at_m / STEP_M))) for edge, at_m, _ in lattice.exits()]


def _open(ways: list[list[frozenset[Aim]]], held: list[Aim]) -> list[bool]:
    return [any(not seen & set(held) for seen in each) for each in ways]


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    rng = np.random.default_rng(20261126)
    return [random_world(rng) for _ in range(WORLDS)]


def test_the_worlds_hold_what_is_to_be_proved(worlds: list[World]) -> None:
    turning = [w for w in worlds if any(aim > 0 for _, aim in w.seen)]
    oneway = [w for w in worlds if any(one for *_, one in w.edges)]
    assert (len(turning), len(oneway)) == (174, 81)
    solved = [fewest_net(_escape(world)) for world in worlds]
    assert np.bincount([len(net.aims) for net in solved]).tolist() == [56, 87, 37, 17, 3]
    torn = [net for net in solved if (net.closable & ~net.closed).any()]
    hopeless = [net for net in solved if not net.closable.all()]
    assert (len(torn), len(hopeless)) == (7, 66), "asked for two aims at once, and out of any camera's sight"


def test_exits_are_where_the_ring_is_crossed(worlds: list[World]) -> None:
    for world in worlds:
        exits = _escape(world).exits
        found = list(zip(exits.edge.tolist(), exits.offset_m.tolist(), exits.direction.tolist(), strict=True))
        assert found == Lattice(world).exits()


def test_closed_means_that_no_way_is_open_for_every_choice_of_cameras(worlds: list[World]) -> None:
    for world in worlds:
        escape, ways = _escape(world), _ways_by_exit(world)
        for held in holdings(world):
            opened = open_exits(escape, _rows(escape, held)).tolist()
            assert opened == _open(ways, held)
            share = escape_share(escape, _rows(escape, held))
            assert 0.0 <= share <= 1.0
            assert (share > 0.0) == any(opened)


def test_the_fewest_are_the_fewest(worlds: list[World]) -> None:
    for world in worlds:
        escape, ways = _escape(world), _ways_by_exit(world)
        closable = [not each for each in _open(ways, list(world.seen))]
        cost = min((sum(_open(ways, held)), len(held)) for held in holdings(world))
        for net in (fewest_net(escape), fewest_net(escape, greedy_net(escape), time_limit_s=60.0)):
            assert net.proved
            assert net.closable.tolist() == closable
            assert (int((~net.closed).sum()), len(net.aims)) == cost
            assert net.bound == len(net.aims)
            _tells_the_truth(escape, net)


def test_the_first_answer_holds_and_has_no_spare(worlds: list[World]) -> None:
    for world in worlds:
        escape = _escape(world)
        first, best = greedy_net(escape), fewest_net(escape)
        _tells_the_truth(escape, first)
        assert first.closes.any(axis=1).all()
        assert first.bound <= len(best.aims) or first.closed.sum() < best.closed.sum()
        open_first, open_best = (~first.closed).sum(), (~best.closed).sum()
        assert (open_best, len(best.aims)) <= (open_first, len(first.aims))
        assert not first.proved or (open_best, len(best.aims)) == (open_first, len(first.aims))


def test_without_time_the_first_answer_stands(worlds: list[World]) -> None:
    for world in worlds[:40]:
        escape = _escape(world)
        first = greedy_net(escape)
        assert fewest_net(escape, first, time_limit_s=0.0) is first


def test_however_short_the_time_the_answer_is_no_worse_and_its_bound_holds(worlds: list[World]) -> None:
    for world in worlds[:60]:
        escape = _escape(world)
        first, best = greedy_net(escape), fewest_net(escape)
        hurried = fewest_net(escape, first, time_limit_s=1e-9)
        _tells_the_truth(escape, hurried)
        assert hurried.closed.sum() >= first.closed.sum()
        assert len(hurried.aims) <= len(first.aims) or hurried.closed.sum() > first.closed.sum()
        assert hurried.bound <= len(best.aims) or hurried.closed.sum() < best.closed.sum()
        assert not hurried.proved or len(hurried.aims) == len(best.aims)


def test_a_limit_below_zero_is_refused(worlds: list[World]) -> None:
    with pytest.raises(OutOfRange):
        fewest_net(_escape(worlds[0]), time_limit_s=-1.0)


def test_exits_of_the_ring_alone_are_the_same(worlds: list[World]) -> None:
    for world in worlds[:40]:
        ways = ways_for(world.graph(), "car", speeds=SPEED)
        edge, at = world.origin
        field = reach(ways, Spot(edge, at * STEP_M, 0.0), seconds=world.ring * STEP_M)
        alone, part = ways_out(field, world.ring * STEP_M), _escape(world).exits
        assert alone.edge.tolist() == part.edge.tolist()
        assert alone.offset_m.tolist() == part.offset_m.tolist()


def _tells_the_truth(escape: Escape, net: Net) -> None:
    """Assert what a net says of itself: one aim a camera, what is closed, and who is needed for what."""
    assert len(set(net.camera_id.tolist())) == len(net.camera_id)
    assert net.camera_id.tolist() == escape.camera_id[net.aims].tolist()
    assert net.aim_id.tolist() == escape.aim_id[net.aims].tolist()
    assert net.closed.tolist() == (~open_exits(escape, net.aims)).tolist()
    assert not (net.closed & ~net.closable).any()
    for row in range(len(net.aims)):
        opened = open_exits(escape, np.delete(net.aims, row)) & net.closed
        assert net.closes[row].tolist() == opened.tolist()
