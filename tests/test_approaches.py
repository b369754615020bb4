"""By which ways one comes to a place, on streets drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from spatial.approaches import Approach, approaches

# A road of 100 m to the east, a lane of 60 m to the north from its middle (no end of the road is there), and a lane that
# crosses the road at 80 m.
ROAD = ((0.0, 0.0), (100.0, 0.0))
LANE = ((50.0, 0.0), (50.0, 60.0))
ACROSS = ((80.0, -30.0), (80.0, 30.0))


def ways(
    place: tuple[float, float],
    *sections: Sequence[tuple[float, float]],
    reach_m: float = 100.0,
    ends_m: float = 120.0,
) -> list[Approach]:
    lines = [np.array(section, dtype=np.float64) for section in sections]
    return approaches(place, lines, reach_m=reach_m, ends_m=ends_m, snap_m=30.0)


def told(found: list[Approach]) -> list[tuple[float, float, float, bool]]:
    return [(each.east_m, each.north_m, each.along_m, each.dead_end) for each in found]


def test_junctions_and_ends_come_by_their_way_along_the_streets() -> None:
    assert told(ways((5, 0), ROAD, LANE)) == [
        (0.0, 0.0, 5.0, True),
        (50.0, 0.0, 45.0, False),
        (100.0, 0.0, 95.0, True),
    ]
    # 105 m, by the corner: the way through the house is shorter.
    assert told(ways((5, 0), ROAD, LANE, reach_m=105.0))[-1] == (50.0, 60.0, 105.0, True)


def test_streets_meet_where_they_cross_though_neither_ends_there() -> None:
    found = ways((60, 0), ROAD, ACROSS, reach_m=50.0)
    assert told(found) == [(80.0, 0.0, 20.0, False), (100.0, 0.0, 40.0, True), (80.0, -30.0, 50.0, True),
                           (80.0, 30.0, 50.0, True), (0.0, 0.0, 60.0, True)]  # fmt: skip
    # One leaves the crossing for the place by the road, the lane's end by the lane.
    assert [each.section for each in found] == [0, 0, 1, 1, 0]


def test_the_next_end_on_either_side_counts_beyond_the_reach() -> None:
    found = ways((90, 0), ROAD, LANE, reach_m=15.0)
    # West the corner is the first; what lies behind it is not.
    assert told(found) == [(100.0, 0.0, 10.0, True), (50.0, 0.0, 40.0, False)]
    assert told(ways((90, 0), ROAD, LANE, reach_m=15.0, ends_m=30.0)) == [(100.0, 0.0, 10.0, True)]


def test_where_two_sections_join_nothing_leads_elsewhere() -> None:
    west, east = ((0.0, 0.0), (50.0, 0.0)), ((50.0, 0.0), (100.0, 0.0))
    assert [each.east_m for each in ways((40, 0), west, east)] == [0.0, 100.0]
    # Ends that miss each other by a hand meet all the same; by a metre they do not.
    assert [each.east_m for each in ways((40, 0), west, ((50.2, 0.0), (100.0, 0.0)))] == [0.0, 100.0]
    assert [each.east_m for each in ways((40, 0), west, ((51.0, 0.0), (100.0, 0.0)))] == [50.0, 0.0]


def test_the_nearest_way_round_a_block_counts() -> None:
    block = [
        ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0)),
        ((60.0, 40.0), (0.0, 40.0), (0.0, 0.0)),
        ((0.0, 0.0), (-20.0, 0.0)),
    ]
    # 30 m straight on; the other way round would be 170 m.
    assert told(ways((30, 2), *block, ends_m=200.0)) == [(0.0, 0.0, 30.0, False), (-20.0, 0.0, 50.0, True)]


def test_a_place_beside_a_street_stands_in_it_and_one_far_off_in_none() -> None:
    assert told(ways((5, 30), ROAD))[0] == (0.0, 0.0, 5.0, True)
    assert ways((5, 31), ROAD) == []
    assert ways((5, 0)) == []
    # A street of one point is none.
    assert ways((5, 0), ((5.0, 0.0),)) == []


def test_a_place_on_a_junction_is_at_it() -> None:
    found = ways((50, 0), ROAD, LANE)
    assert told(found)[0] == (50.0, 0.0, 0.0, False)
    assert [each.along_m for each in found] == pytest.approx([0.0, 50.0, 50.0, 60.0])
