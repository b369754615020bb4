"""Streets at a pole, and the habit that known headings show: by hand, and learned back from cameras made to keep one."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.beliefs import BINS
from spatial.errors import MissingColumn, NotMetric
from spatial.lookouts import ASSUMED_HABIT, Habit, learned_habit, lookouts, street_p

EAST_M, NORTH_M = 200_000.0, 550_000.0


def streets(*lines: list[tuple[float, float]], width_m: float | list[float] = 4.0) -> gpd.GeoDataFrame:
    shapes = [shapely.LineString([(EAST_M + x, NORTH_M + y) for x, y in line]) for line in lines]
    number = np.arange(len(lines))
    columns = {"alley_id": number, "name": None, "width_m": width_m, "kind": "alley", "lit": None}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=5186)


def poles(*xy: tuple[float, float]) -> gpd.GeoDataFrame:
    spots = [shapely.Point(EAST_M + x, NORTH_M + y) for x, y in xy]
    return gpd.GeoDataFrame({"site_id": np.arange(len(xy)) + 1}, geometry=spots, crs=5186)


def test_a_pole_in_the_middle_looks_both_ways_and_one_at_the_end_one() -> None:
    along = streets([(0, 0), (100, 0)])
    found = lookouts(poles((50, 3), (2, 3), (50, 13)), along)
    # The third stands 13 m off: that is not its street. From 2 m on, there is no street to the west.
    assert found.to_dict("list") == {
        "site_id": [1, 1, 2],
        "heading_deg": [90.0, 270.0, 90.0],
        "width_m": [4.0] * 3,
    }


def test_a_bend_within_twenty_metres_is_looked_across() -> None:
    # 10 m east, then north: 20 m on is (10, 10), to the north-east. Back, the way ends after 0 m.
    found = lookouts(poles((0, 0)), streets([(0, 0), (10, 0), (10, 50)]))
    assert found["heading_deg"].tolist() == [pytest.approx(45.0)]


def test_ways_that_part_by_little_are_one_also_through_north() -> None:
    # 8 degrees on either side of north, and east; the merged way is as wide as the narrower street.
    fan = [[(0.0, 0.0), (50 * np.sin(a), 50 * np.cos(a))] for a in np.radians([-8.0, 8.0, 90.0])]
    found = lookouts(poles((0, 0)), streets(*fan, width_m=[6.0, 3.0, np.nan]))
    assert found["heading_deg"].tolist() == pytest.approx([0.0, 90.0], abs=1e-9)
    assert found["width_m"].tolist() == [3.0, pytest.approx(np.nan, nan_ok=True)]


def test_no_streets_and_what_is_refused() -> None:
    assert len(lookouts(poles((0, 0)), streets())) == 0
    assert len(lookouts(poles(), streets([(0, 0), (50, 0)]))) == 0
    with pytest.raises(MissingColumn):
        lookouts(poles((0, 0)).drop(columns="site_id"), streets([(0, 0), (50, 0)]))
    with pytest.raises(NotMetric):
        lookouts(poles((0, 0)).to_crs(4326), streets([(0, 0), (50, 0)]))


def test_narrow_streets_are_preferred_by_the_power() -> None:
    ways = pd.DataFrame(
        {"site_id": [1, 1, 1], "heading_deg": [2.5, 92.5, 182.5], "width_m": [2.0, 4.0, np.nan]}
    )
    even = street_p(ways, Habit(0.9, 3.0, 0.0, 0))[1]
    assert [even[0], even[18], even[36]] == pytest.approx([even[0]] * 3)
    # To the power 1: 1/2 to 1/4, and the unknown one counts as the middle width of the others, 3.
    narrow = street_p(ways, Habit(0.9, 3.0, 1.0, 0))[1]
    assert narrow[18] / narrow[0] == pytest.approx(0.5)
    assert narrow[36] / narrow[0] == pytest.approx(2 / 3)


@pytest.mark.parametrize("kept", [Habit(0.9, 5.0, 0.0, 0), Habit(0.5, 8.0, 0.0, 0), Habit(0.85, 6.0, 2.0, 0)])
def test_a_habit_is_learned_back(kept: Habit) -> None:
    # 600 poles at crossings of a wide and a narrow street, cameras that keep the habit.
    rng = np.random.default_rng(4)
    first = rng.uniform(0, 360, 600)
    headings = np.stack([first, first + 90, first + 180, first + 270], axis=1) % 360
    ways = pd.DataFrame(
        {
            "site_id": np.repeat(np.arange(600), 4),
            "heading_deg": headings.ravel(),
            "width_m": np.tile([3.0, 9.0, 3.0, 9.0], 600),
        }
    )
    share = np.array([3.0, 9.0, 3.0, 9.0]) ** -kept.narrow
    street = headings[np.arange(600), rng.choice(4, 600, p=share / share.sum())]
    keeps = rng.random(600) < kept.weight
    aims = np.where(keeps, street + rng.normal(0, kept.spread_deg, 600), rng.uniform(0, 360, 600)) % 360
    found = learned_habit(ways, pd.DataFrame({"site_id": np.arange(600), "heading_deg": aims}))
    assert found.learned_from == 600
    assert found.weight == pytest.approx(kept.weight, abs=0.11)
    assert found.spread_deg == pytest.approx(kept.spread_deg, rel=0.35)
    assert found.narrow == pytest.approx(kept.narrow, abs=0.51)


def test_without_known_headings_the_habit_is_assumed_and_few_hardly_move_it() -> None:
    ways = pd.DataFrame({"site_id": [1, 2], "heading_deg": [0.0, 90.0], "width_m": [4.0, 4.0]})
    nobody = pd.DataFrame({"site_id": [1, 3], "heading_deg": [np.nan, 10.0]})
    assert learned_habit(ways, nobody) == ASSUMED_HABIT
    one = learned_habit(ways, pd.DataFrame({"site_id": [1], "heading_deg": [180.0]}))
    # One camera that looks elsewhere, against ten as assumed: 7 of 11.
    assert (one.learned_from, one.weight) == (1, 0.65)
    assert BINS == 72
