"""Repair and reshaping of areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from spatial.errors import BadGeometry
from spatial.shapes import areas_only, multipolygons, polygon_parts

BOW = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])  # two triangles of 1 m2


def test_parts_remember_where_they_came_from():
    areas = [box(0, 0, 1, 1), None, Polygon(), MultiPolygon([box(0, 0, 1, 2), box(5, 5, 6, 6)]), BOW]
    parts, index = polygon_parts(areas)
    assert index.tolist() == [0, 3, 3, 4, 4]
    assert sorted(shapely.area(parts)) == pytest.approx([1.0, 1.0, 1.0, 1.0, 2.0])
    assert shapely.is_valid(parts).all()
    assert BOW.is_valid is False  # the input stays


def test_parts_are_flat_and_turn_left():
    clockwise = Polygon([(0, 0, 5), (0, 1, 5), (1, 1, 5), (1, 0, 5)])
    (part,), _ = polygon_parts([clockwise])
    assert part.exterior.is_ccw
    assert not part.has_z


def test_no_areas_no_parts():
    parts, index = polygon_parts([])
    assert (len(parts), len(index)) == (0, 0)


def test_lines_are_no_areas():
    with pytest.raises(BadGeometry):
        polygon_parts([LineString([(0, 0), (1, 1)])])


def test_gathering_leaves_empty_ones():
    squares = np.array([box(0, 0, 1, 1), box(3, 3, 4, 4)])
    gathered = multipolygons(squares, np.array([2, 0]), count=4)
    assert shapely.area(gathered).tolist() == [1.0, 0.0, 1.0, 0.0]
    assert set(shapely.get_type_id(gathered)) == {6}


def test_only_areas_are_kept():
    mixed = GeometryCollection(
        [Point(0, 0), MultiPolygon([box(0, 0, 1, 1), box(2, 2, 2.001, 2.001)]), LineString([(0, 0), (1, 1)])]
    )
    whole, none = areas_only(np.array([mixed, Polygon()]), least_m2=1e-3)
    assert whole.equals(MultiPolygon([box(0, 0, 1, 1)]))
    assert none.is_empty
    assert none.geom_type == "MultiPolygon"
