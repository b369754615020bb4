"""The street graph: what is joined, what is not, and that no metre of street is lost."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import MissingColumn, NotMetric, OutOfRange
from spatial.streets import StreetGraph, street_graph
from tests import toy

Line = list[tuple[float, float]]


def _alleys(*lines: Line | list[Line], **columns: list[Any]) -> gpd.GeoDataFrame:
    shapes = [
        shapely.MultiLineString(line) if isinstance(line[0], list) else shapely.LineString(line)
        for line in lines
    ]
    count = len(shapes)
    told = {"kind": ["alley"] * count, "width_m": [3.0] * count, "name": [""] * count, "lit": [None] * count}
    return gpd.GeoDataFrame(
        {"alley_id": range(1, count + 1), **told, **columns},
        geometry=[toy.place(shape) for shape in shapes],
        crs=toy.SRID,
    )


def _parts(graph: StreetGraph) -> list[tuple[int, float, float]]:
    rows = zip(graph.alley_id, graph.alley_from_m, graph.length_m, strict=True)
    return [(int(alley), round(float(start), 6), round(float(length), 6)) for alley, start, length in rows]


def _joined(*lines: Line, **columns: list[Any]) -> int:
    """Return how many nodes the graph of the lines has."""
    return len(street_graph(_alleys(*lines, **columns)).xy)


def test_the_lane_of_the_toy_city_cuts_its_street() -> None:
    graph = street_graph(toy.alleys())
    assert _parts(graph) == [(1, 0.0, 50.0), (1, 50.0, 50.0), (2, 0.0, 60.0)]
    assert len(graph.xy) == 4
    corner = graph.to_node[0]
    assert (graph.from_node[1], graph.from_node[2]) == (corner, corner)
    assert (graph.xy[corner] - toy.CORNER).tolist() == [50.0, 0.0]
    assert graph.kind.tolist() == ["road", "road", "alley"]
    assert graph.width_m.tolist() == [8.0, 8.0, 3.0]
    assert graph.oneway.tolist() == [0, 0, 0]
    assert not graph.leads_on.any()
    assert [line.length for line in graph.lines] == graph.length_m.tolist()


CROSS: tuple[Line, Line] = ([(0, 0), (10, 0)], [(5, -5), (5, 5)])


def test_streets_of_one_level_are_joined_where_they_cross() -> None:
    assert _joined(*CROSS) == 5
    assert _joined(*CROSS, level=[1, 1]) == 5
    assert _joined(*CROSS, level=[None, 0]) == 5, "a level that nobody told is the ground"


def test_a_bridge_is_not_joined_to_what_it_crosses() -> None:
    assert _joined(*CROSS, level=[0, 1]) == 4
    assert _joined(*CROSS, level=[None, 1]) == 4


def test_a_bridge_ends_on_the_ground_and_is_joined_there() -> None:
    assert _joined([(0, 0), (10, 0)], [(10, 0), (20, 0)], level=[0, 1]) == 3
    assert _joined([(0, 0), (10, 0)], [(5, 0), (5, 5)], level=[0, 1]) == 4, (
        "but not to the middle of a street"
    )


def test_a_bridge_is_not_joined_to_a_corner_that_streets_below_make_by_crossing() -> None:
    assert _joined(*CROSS, [(5, 0), (9, 9)], level=[0, 0, 1]) == 7
    assert _joined(*CROSS, [(5, 0), (9, 9)], level=[0, 0, 0]) == 6


@pytest.mark.parametrize(("gap_m", "nodes"), [(0.0, 3), (0.4, 3), (0.6, 4)])
def test_ends_within_half_a_metre_are_one_corner(gap_m: float, nodes: int) -> None:
    assert _joined([(0, 0), (10, 0)], [(10, gap_m), (10, 10)]) == nodes


@pytest.mark.parametrize(("gap_m", "nodes"), [(0.4, 4), (0.6, 4)])
def test_a_lane_that_stops_short_of_a_street_joins_it_within_half_a_metre(gap_m: float, nodes: int) -> None:
    graph = street_graph(_alleys([(0, 0), (10, 0)], [(5, gap_m), (5, 5)]))
    assert len(graph.xy) == nodes
    assert len(graph.length_m) == (3 if gap_m < 0.5 else 2)


def test_parts_of_an_alley_are_counted_along_it() -> None:
    graph = street_graph(_alleys([[(0, 0), (10, 0)], [(20, 0), (24, 0)]], [(22, 0), (22, 9)]))
    assert _parts(graph) == [(1, 0.0, 10.0), (1, 10.0, 2.0), (1, 12.0, 2.0), (2, 0.0, 9.0)]


def test_a_street_that_crosses_itself_is_joined_there() -> None:
    graph = street_graph(_alleys([(0, 0), (10, 0), (10, 5), (5, 5), (5, -5)]))
    crossing = np.flatnonzero((graph.xy - toy.CORNER == [5.0, 0.0]).all(axis=1))
    assert len(crossing) == 1
    assert np.bincount(np.concatenate([graph.from_node, graph.to_node]))[crossing[0]] == 4
    assert graph.length_m.sum() == pytest.approx(30.0)


def test_what_is_not_told_is_both_ways() -> None:
    graph = street_graph(_alleys(*CROSS, oneway=[None, -1]))
    assert sorted(zip(graph.alley_id.tolist(), graph.oneway.tolist(), strict=True)) == [
        (1, 0), (1, 0), (2, -1), (2, -1),
    ]  # fmt: skip


def test_dead_ends_at_the_border_lead_on() -> None:
    outline = toy.place(shapely.box(-10, -30, 200, 70))
    graph = street_graph(toy.alleys(), outline=outline, border_m=15.0)
    ends = {tuple(xy) for xy in (graph.xy[graph.leads_on] - toy.CORNER).tolist()}
    assert ends == {(0.0, 0.0), (50.0, 60.0)}, "the street's west end and the lane's north end"
    beyond = street_graph(toy.alleys(), outline=toy.place(shapely.box(-90, -90, 60, 90)), border_m=1.0)
    assert (beyond.xy[beyond.leads_on] - toy.CORNER).tolist() == [[100.0, 0.0]], "outside the district"


def test_specks_are_part_of_the_corner() -> None:
    graph = street_graph(_alleys([(0, 0), (10, 0)], [(10, 0), (10.3, 0)], [(10.3, 0), (20, 0)]))
    assert (len(graph.xy), len(graph.length_m)) == (3, 2)


def test_no_street_is_an_empty_graph() -> None:
    graph = street_graph(toy.alleys().iloc[:0])
    assert (len(graph.xy), len(graph.length_m)) == (0, 0)
    assert graph.xy.shape == (0, 2)


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NotMetric):
        street_graph(toy.alleys().to_crs(4326))
    with pytest.raises(MissingColumn):
        street_graph(toy.alleys().drop(columns="kind"))
    with pytest.raises(OutOfRange):
        street_graph(toy.alleys(), snap_m=-1.0)
    with pytest.raises(OutOfRange):
        street_graph(toy.alleys(), border_m=float("nan"))


def test_the_frame_is_left_as_it_is() -> None:
    alleys = toy.alleys()
    street_graph(alleys)
    assert alleys.equals(toy.alleys())


SPOT = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda xy: (10.0 * xy[0], 10.0 * xy[1]))
STREET = st.lists(SPOT, min_size=2, max_size=4).filter(lambda line: len(set(line)) > 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(STREET, min_size=1, max_size=6))
def test_no_metre_is_lost_and_every_edge_lies_on_its_alley(lines: list[Line]) -> None:
    alleys = _alleys(*lines)
    graph = street_graph(alleys, snap_m=0.0)
    assert graph.length_m.sum() == pytest.approx(alleys.length.sum())
    for alley, start, length, line in zip(
        graph.alley_id, graph.alley_from_m, graph.length_m, graph.lines, strict=True
    ):
        whole = alleys.geometry[alley - 1]
        middle = shapely.line_interpolate_point(whole, start + length / 2.0)
        assert shapely.distance(middle, line) < 1e-6
    ends = np.concatenate([graph.from_node, graph.to_node])
    spots = shapely.get_coordinates([shapely.get_point(line, at) for at in (0, -1) for line in graph.lines])
    assert np.abs(graph.xy[ends] - spots).max() < 1e-5
