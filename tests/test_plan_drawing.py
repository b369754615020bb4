"""The map of a plan for paper: what is drawn where, how sites are told apart, that the same plan gives the same text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app.plan_drawing import HIGHEST, LOWEST, WIDTH, Ground, drawing
from tests import toy
from tests.plan_answer import full, site, taken_down, turned


@pytest.fixture(scope="module")
def ground() -> Ground:
    cameras = toy.cameras()
    return Ground(toy.alleys(), toy.buildings(), toy.district(), cameras)


def numbers(svg: str) -> dict[str, tuple[float, float]]:
    """Return where each number stands, units from the upper left."""
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*text-anchor="middle">(\d+)<', svg)
    return {no: (float(x), float(y)) for x, y, no in found}


def test_the_same_plan_gives_the_same_text_that_any_reader_of_svg_takes(ground: Ground) -> None:
    svg = drawing(full()["chosen"], ground, views=True)
    assert svg == drawing(full()["chosen"], ground, views=True)
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert sorted(numbers(svg)) == ["1", "2", "3", "4"]


def test_north_is_up_and_east_to_the_right(ground: Ground) -> None:
    svg = drawing([site(0, 0), site(100, 0), site(0, 60)], ground, views=False)
    south_west, east, north = (numbers(svg)[no] for no in "123")
    assert east[0] > south_west[0] and east[1] == pytest.approx(south_west[1], abs=0.2)
    assert north[1] < south_west[1] and north[0] == pytest.approx(south_west[0], abs=0.2)
    # The paper shows 300 m at least: 100 m are a third of its width.
    assert east[0] - south_west[0] == pytest.approx(WIDTH / 3, abs=1.0)


def test_what_is_done_is_told_by_shape(ground: Ground) -> None:
    circles, closed = re.compile(r'd="M[\d.]+ [\d.]+a8\.5'), re.compile(r'd="M[\d.L\s]+z"')
    new = drawing([site(50, 30)], ground, views=False)
    turn = drawing([turned()], ground, views=False)
    down = drawing([taken_down()], ground, views=False)
    assert (len(circles.findall(new)), len(circles.findall(turn)), len(circles.findall(down))) == (1, 0, 0)
    corners = [len(closed.findall(svg)[0].split("L")) for svg in (turn, down)]
    assert corners == [3, 4]
    # What is taken down looks nowhere; the other two have a needle.
    assert ['stroke-width="2.4"' in svg for svg in (new, turn, down)] == [True, True, False]


def test_views_are_drawn_only_where_they_may_be(ground: Ground) -> None:
    assert "fill-opacity" in drawing(full()["chosen"], ground, views=True)
    assert "fill-opacity" not in drawing(full()["chosen"], ground, views=False)


def test_no_mark_hides_another(ground: Ground) -> None:
    svg = drawing([site(50, 30) for _ in range(12)], ground, views=False)
    xy = np.array([*numbers(svg).values()])
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))[~np.eye(12, dtype=bool)]
    assert apart.min() > 15.0


def test_all_lies_on_the_paper_which_is_as_high_as_it_needs(ground: Ground) -> None:
    for places, height in (([(0, 0), (2000, 10)], LOWEST), ([(0, 0), (10, 2000)], HIGHEST)):
        svg = drawing([site(*place) for place in places], ground, views=False)
        assert f'viewBox="0 0 900 {height:g}"' in svg
        for x, y in numbers(svg).values():
            assert 0.0 < x < WIDTH
            assert 0.0 < y < height


def test_a_city_of_streets_alone_and_a_plan_of_nothing_are_drawn(ground: Ground) -> None:
    none = gpd.GeoDataFrame(geometry=[], crs=toy.SRID)
    bare = Ground(ground.streets, none, none, none)
    assert numbers(drawing([site(50, 30)], bare, views=True)) != {}
    assert ElementTree.fromstring(drawing([], ground, views=True)) is not None


def test_houses_have_their_yards(ground: Ground) -> None:
    yard = shapely.Polygon(shapely.box(0, 0, 40, 40).exterior, [shapely.box(15, 15, 25, 25).exterior])
    one = Ground(
        ground.streets,
        gpd.GeoDataFrame(geometry=[toy.place(yard)], crs=toy.SRID),
        ground.dong,
        ground.cameras,
    )
    (rings,) = re.findall(r'd="([^"]+)" fill="#EEF1F4"', drawing([site(20, 20)], one, views=False))
    assert rings.count("M") == 2
