"""Which camera sees him next: by hand on the toy city, and against a walk half a metre at a time."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import OutOfRange
from spatial.network import ways_for
from spatial.relays import Relay, next_cameras
from spatial.street_views import street_views
from spatial.streets import StreetGraph, street_graph
from tests import toy
from tests.escape_reference import SPEED, Lattice, Point, World, random_world

METRE = {"foot": {"road": 1.0, "alley": 1.0}}
STREET, LANE = 1, 2
Row = tuple[int, int, int, float, float]
Told = dict[int, tuple[float, float, float, float]]
Step = tuple[Point, int, int, int]


def _relay(
    *rows: Row,
    camera: int = 1,
    aim: int | None = None,
    seconds: float = 300.0,
    graph: StreetGraph | None = None,
) -> Relay:
    streets = street_graph(toy.alleys()) if graph is None else graph
    columns = ["camera_id", "aim_id", "alley_id", "from_m", "to_m"]
    views = street_views(streets, pd.DataFrame(rows, columns=columns))
    return next_cameras(ways_for(streets, speeds=METRE), views, camera, aim_id=aim, seconds=seconds)


def _told(relay: Relay) -> Told:
    times = zip(relay.blind_median_s, relay.blind_low_s, relay.blind_high_s, strict=True)
    rows = zip(relay.camera_id.tolist(), relay.probability.tolist(), times, strict=True)
    return {camera: (round(chance, 9), *map(float, blind)) for camera, chance, blind in rows}


def test_he_leaves_by_either_end_and_turns_back_at_the_dead_end() -> None:
    # West: 10 m to the dead end and 10 m back into view. East: 30 m to the corner, then the street or the lane.
    relay = _relay((1, 0, STREET, 10.0, 20.0), (2, 0, STREET, 60.0, 70.0), (3, 0, LANE, 4.0, 60.0))
    assert _told(relay) == {
        1: (0.5, 20.0, 20.0, 20.0),
        2: (0.25, 40.0, 40.0, 40.0),
        3: (0.25, 34.0, 34.0, 34.0),
    }
    assert relay.camera_id.tolist() == [1, 2, 3], "the likeliest first, then by number"
    assert relay.unseen == 0.0


def test_views_that_overlap_leave_no_blind_time() -> None:
    relay = _relay((1, 0, LANE, 0.0, 60.0), (2, 0, STREET, 50.0, 70.0))
    # From the lane he comes out at the corner: east he is in the next view at once, west he turns at the street's end.
    assert _told(relay)[2] == (0.75, 0.0, 0.0, 100.0)
    assert _told(relay)[1] == (0.25, 100.0, 100.0, 100.0)


def test_cameras_that_see_the_same_place_are_all_the_first() -> None:
    relay = _relay((1, 0, STREET, 0.0, 20.0), (2, 0, STREET, 30.0, 35.0), (3, 0, STREET, 30.0, 50.0))
    assert _told(relay) == {2: (1.0, 10.0, 10.0, 10.0), 3: (1.0, 10.0, 10.0, 10.0)}
    assert relay.unseen == 0.0


def test_whom_nobody_sees_in_time_is_unseen() -> None:
    rows = ((1, 0, STREET, 0.0, 20.0), (2, 0, STREET, 90.0, 100.0), (3, 0, LANE, 50.0, 60.0))
    assert _told(_relay(*rows, seconds=75.0)) == {2: (0.5, 70.0, 70.0, 70.0)}
    assert _relay(*rows, seconds=75.0).unseen == 0.5
    assert _relay(*rows, seconds=60.0).unseen == 1.0


def test_who_leaves_the_map_is_not_seen() -> None:
    graph = street_graph(toy.alleys(), outline=toy.place(shapely.box(-5, -50, 105, 65)))
    relay = _relay((1, 0, STREET, 10.0, 20.0), (2, 0, STREET, 60.0, 70.0), graph=graph)
    assert _told(relay) == {2: (0.25, 40.0, 40.0, 40.0)}
    assert relay.unseen == 0.75
    with_the_map = _relay((1, 0, STREET, 0.0, 20.0), (2, 0, STREET, 60.0, 70.0), graph=graph)
    assert _told(with_the_map) == {2: (0.25, 40.0, 40.0, 40.0)}, (
        "one of the two ends of its view is the map's"
    )


def test_a_camera_without_a_street_hands_nobody_over() -> None:
    for relay in (_relay((2, 0, STREET, 60.0, 70.0)), _relay()):
        assert (len(relay.camera_id), relay.unseen) == (0, 1.0)


def test_a_camera_that_sees_every_street_is_never_left() -> None:
    relay = _relay((1, 0, STREET, 0.0, 100.0), (1, 0, LANE, 0.0, 60.0), (2, 0, LANE, 0.0, 60.0))
    assert (len(relay.camera_id), relay.unseen) == (0, 1.0)


def test_without_another_camera_nobody_is_next() -> None:
    relay = _relay((1, 0, STREET, 0.0, 20.0), seconds=40.0)
    assert (len(relay.camera_id), relay.unseen) == (0, 1.0)


def test_it_is_left_at_the_aim_that_sees_him() -> None:
    rows = ((1, 0, STREET, 0.0, 20.0), (1, 1, LANE, 10.0, 60.0), (2, 0, STREET, 90.0, 100.0))
    assert _told(_relay(*rows, aim=0, seconds=75.0)) == {2: (0.5, 70.0, 70.0, 70.0)}
    assert _told(_relay(*rows, aim=1, seconds=75.0)) == {2: (0.5, 50.0, 50.0, 50.0)}


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(OutOfRange):
        _relay((1, 0, STREET, 0.0, 20.0), seconds=0.0)


def test_chances_and_times_are_those_of_a_walk_half_a_metre_at_a_time() -> None:
    rng = np.random.default_rng(6)
    compared = 0
    for _ in range(120):
        world = random_world(rng)
        ways = ways_for(world.graph(), "car", speeds=SPEED)
        for camera in {camera for camera, _ in world.seen}:
            relay = next_cameras(ways, world.views(), camera, seconds=25.0)
            met, unseen = _walked(world, camera, ticks=50)
            assert relay.unseen == pytest.approx(unseen, abs=1e-9)
            told = _told(relay)
            assert {each: row[0] for each, row in told.items()} == pytest.approx(
                {each: sum(by_tick.values()) for each, by_tick in met.items()}, abs=1e-8
            )
            assert {each: row[1:] for each, row in told.items()} == {
                each: tuple(_reached(by_tick, share) for share in (0.5, 0.0, 0.95))
                for each, by_tick in met.items()
            }
            compared += len(told)
    assert compared > 200


def _reached(by_tick: dict[int, float], share: float) -> float:
    """Return the seconds after which so much of a camera's chance has come."""
    total, so_far = sum(by_tick.values()), 0.0
    for tick in sorted(by_tick):
        so_far += by_tick[tick]
        if so_far >= (share - 1e-9) * total:
            return tick / 2.0
    raise AssertionError("all of it comes")


def _walked(world: World, camera: int, *, ticks: int) -> tuple[dict[int, dict[int, float]], float]:
    """Return by camera and tick the chance that it is the first to see him, and the chance that none does."""
    lattice = Lattice(world)
    sees = {
        (edge, at): {
            each for (each, _), parts in world.seen.items() for e, a, b in parts if e == edge and a <= at < b
        }
        for edge, (_, _, length, _) in enumerate(world.edges)
        for at in range(length)
    }
    entered = {
        step[0] for steps in lattice.steps.values() for step in steps if camera in sees[step[1], step[2]]
    }
    gone = [("n", node) for node in world.leads_on if ("n", node) in entered]
    starts = [
        step
        for point in entered
        if point not in gone
        for step in lattice.steps.get(point, [])
        if camera not in sees[step[1], step[2]]
    ]
    met: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    if not starts:
        return met, 1.0
    now = dict.fromkeys(starts, 1.0 / (len(starts) + len(gone)))
    seen = 0.0
    for tick in range(ticks + 1):
        then: dict[Step, float] = defaultdict(float)
        for step, chance in now.items():
            by = sees[step[1], step[2]]
            for each in by:
                met[each][tick] += chance
            seen += chance if by else 0.0
            onward = [] if by else _onward(lattice, step)
            for each_step in onward:
                then[each_step] += chance / len(onward)
        now = then
    return met, 1.0 - seen


def _onward(lattice: Lattice, step: Step) -> list[Step]:
    """Return what may follow a step: any but turning round, which is left for dead ends."""
    there, edge, at, way = step
    if there[0] == "n" and there[1] in lattice.world.leads_on:
        return []
    steps = lattice.steps.get(there, [])
    return [each for each in steps if each[1:] != (edge, at, -way)] or steps
