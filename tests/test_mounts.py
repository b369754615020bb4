"""Where cameras could stand: corners told apart from dead ends, and what stands already from what would be built."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from spatial.errors import NotMetric, OutOfRange
from spatial.mounts import mounts, off_walls
from tests import toy
from tests.toy import LENS


def where(sites: gpd.GeoDataFrame) -> list[tuple[float, float, str]]:
    xy = shapely.get_coordinates(sites.geometry.to_numpy()) - toy.CORNER
    return [
        (round(float(x), 6), round(float(y), 6), place)
        for (x, y), place in zip(xy, sites["place"], strict=True)
    ]


def streets(*lines: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    shapes = [toy.place(shapely.LineString(line)) for line in lines]
    return gpd.GeoDataFrame({"alley_id": range(len(lines))}, geometry=shapes, crs=toy.SRID)


def test_a_corner_is_where_three_arms_meet_and_an_end_where_one_ends() -> None:
    # L2 ends on the middle of L1: three arms, whether L1 is one line there or two.
    halves = streets([(0, 0), (50, 0)], [(50, 0), (100, 0)], [(50, 0), (50, 60)])
    expected = [
        (0.0, 0.0, "end"),
        (50.0, 0.0, "corner"),
        (50.0, 60.0, "end"),
        (100.0, 0.0, "end"),
    ]
    assert where(mounts(toy.alleys(), every_m=999.0)) == expected
    assert where(mounts(halves, every_m=999.0)) == expected


def test_two_lines_that_go_on_into_each_other_make_no_corner() -> None:
    straight = streets([(0, 0), (50, 0)], [(100, 0), (50, 0)])
    assert where(mounts(straight, every_m=999.0))[1] == (50.0, 0.0, "between")
    # The way turns by 90 degrees where they meet, and by 20 in the other.
    assert where(mounts(streets([(0, 0), (50, 0)], [(50, 0), (50, 40)]), every_m=999.0))[1] == (
        50.0,
        0.0,
        "bend",
    )
    gentle = streets([(0, 0), (50, 0)], [(50, 0), (150, 36.4)])
    assert where(mounts(gentle, every_m=999.0))[1] == (50.0, 0.0, "between")


def test_lines_that_cross_without_an_end_may_be_a_bridge() -> None:
    crossing = streets([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    assert [place for _, _, place in where(mounts(crossing, every_m=999.0))] == ["end"] * 4


def test_what_stands_already_wins_within_a_metre() -> None:
    found = mounts(
        toy.alleys(),
        poles=toy.points((50.5, 0.5), (50.5, 0.5)),
        lamps=toy.points((0.6, 0.0), (20, 4), (50.5, 1.2)),
        bells=toy.points((20, 4.5), (100, 2)),
        every_m=50.0,
    )
    assert where(found) == [
        (0.6, 0.0, "lamp"),  # stands where the street ends
        (20.0, 4.0, "lamp"),  # before the bell half a metre on
        (50.0, 30.0, "between"),
        (50.0, 60.0, "end"),
        (50.5, 0.5, "pole"),  # two cameras' pole, before the lamp and the corner beside it
        (100.0, 0.0, "end"),  # two metres from the bell
        (100.0, 2.0, "bell"),
    ]
    assert found["site_id"].tolist() == list(range(7))


def test_nothing_to_stand_on_is_none() -> None:
    assert len(mounts(toy.alleys().iloc[:0])) == 0
    assert where(mounts(toy.alleys().iloc[:0], lamps=toy.points((1, 2)))) == [(1.0, 2.0, "lamp")]
    with pytest.raises(OutOfRange):
        mounts(toy.alleys(), bend_deg=0.0)
    with pytest.raises(NotMetric):
        mounts(toy.alleys(), lamps=toy.points((1, 2)).to_crs(4326))


def test_a_mount_on_a_wall_is_moved_off_it_and_one_within_a_house_is_left_out() -> None:
    # House A lies at x 10..40, y 10..30: 0.5 m within its south wall, and 8 m within.
    sites = mounts(toy.alleys().iloc[:0], lamps=toy.points((20, 10.5), (25, 18), (50, 20)))
    free = off_walls(sites, toy.buildings(), lens=LENS)
    assert (free.moved, free.dropped) == (1, 1)
    assert free.mounts["site_id"].tolist() == [0, 2]
    (moved, stays) = where(free.mounts)
    assert moved == (20.0, pytest.approx(9.95, abs=1e-3), "lamp")
    assert stays == (50.0, 20.0, "lamp")
    assert where(sites)[0] == (20.0, 10.5, "lamp")
    nothing = off_walls(sites, toy.buildings().iloc[:0], lens=LENS)
    assert (len(nothing.mounts), nothing.moved, nothing.dropped) == (3, 0, 0)
