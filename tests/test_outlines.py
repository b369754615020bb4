"""Outlines are those of the library's parts, corner for corner, however ugly the areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity, box

from spatial import outlines as module
from spatial.edges import Walls
from spatial.errors import BadGeometry
from spatial.outlines import outlines, polygons, taken
from spatial.shapes import polygon_parts
from tests.test_sweep import ugly


def same_as_parts(areas):
    found = outlines(areas)
    parts, index = polygon_parts(areas)
    made = polygons(found.xy, found.corner, found.rings)
    assert len(made) == len(parts)
    assert shapely.equals_exact(made, parts, tolerance=0.0).all()
    assert found.origin.tolist() == index.tolist()
    assert (found.box == shapely.bounds(parts).reshape(-1, 4)).all()
    return found


def test_ugly_areas(long_run):
    # Touching, crossing themselves, doubled corners, slivers, courts, several parts; clockwise too, and far out.
    for seed in range(3000 if long_run else 150):
        rng = np.random.default_rng([13, seed])
        areas, _ = ugly(rng, int(rng.integers(1, 40)))
        turn_deg, shift = float(rng.choice([0.0, 37.0])), rng.choice([0.0, 1e6])
        moved = [affinity.rotate(affinity.translate(a, shift, 0.55 * shift), turn_deg) for a in areas]
        same_as_parts([area.reverse() if rng.uniform() < 0.5 else area for area in moved])


def test_random_rings_of_any_size(long_run):
    # Most cross themselves; the hulls do not. More than 64 corners are left to the library.
    for seed in range(1000 if long_run else 60):
        rng = np.random.default_rng([17, seed])
        corners = rng.uniform(-3, 3, (int(rng.integers(3, 90)), 2)) * rng.choice([1.0, 1e-6])
        same_as_parts([Polygon(corners), shapely.convex_hull(shapely.MultiPoint(corners)), box(9, 9, 10, 10)])


def test_every_kind_of_area():
    court = box(0, 0, 10, 10).difference(box(2, 2, 4, 4)).difference(box(6, 6, 8, 8))
    high = shapely.force_3d(box(0, 0, 3, 4), 5.0)
    pair = MultiPolygon([box(20, 0, 21, 1), court])
    found = same_as_parts(
        [None, court, Polygon(), high, pair, MultiPolygon(), Point(3, 3).buffer(2.0, quad_segs=40)]
    )
    assert found.origin.tolist() == [1, 3, 4, 4, 6]
    assert np.diff(found.rings).tolist() == [3, 1, 1, 3, 1]  # the court has two holes


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (4, 0), (2, 0), (2, 3)],  # turns back on itself
        [(0, 0), (4, 0), (4, 3), (2, 0), (0, 3)],  # touches itself in a corner
        [(0, 0), (4, 4), (4, 0), (0, 4)],  # crosses itself
        [(0, 0), (0, 0), (4, 0), (4, 3)],  # a corner twice: valid, but not vouched for
        [(0, 0), (2, 0), (4, 0), (4, 3)],  # goes straight on: valid
        [(0, 0), (1, 1e-17), (2, 0), (4, 0), (4, 3)],  # turns less than can be told
    ],
)
def test_rings_that_are_hard_to_tell(corners):
    same_as_parts([Polygon(corners), Polygon(corners[::-1])])


def test_nothing_and_what_is_no_area():
    assert [len(part) for part in outlines([])] == [0, 1, 1, 0, 0]
    assert len(polygons(*outlines([None])[:3])) == 0
    with pytest.raises(BadGeometry):
        outlines([Point(1, 1)])


def test_no_object_is_made_of_sound_houses(monkeypatch):
    def never(_):
        raise AssertionError("a plain house went to the library")

    monkeypatch.setattr(module, "polygon_parts", never)
    houses = [affinity.rotate(box(10 * k, 1e6, 10 * k + 7, 1e6 + 5), 3.7 * k) for k in range(90)]
    ell = Polygon([(0, 0), (9, 0), (9, 3), (6, 3), (3, 3), (3, 8), (0, 8)])
    assert len(outlines([*houses, ell, ell.reverse()]).origin) == 92


def test_parts_are_taken_in_the_order_asked_for():
    court = box(0, 0, 10, 10).difference(box(2, 2, 4, 4))
    found = taken(outlines([box(20, 0, 21, 1), court, box(30, 0, 31, 1)]), np.array([2, 1, 1]))
    parts = polygons(found.xy, found.corner, found.rings)
    assert shapely.area(parts).tolist() == [1.0, 96.0, 96.0]
    assert found.origin.tolist() == [2, 1, 1]


def test_walls_make_the_polygons_that_are_asked_for():
    court = box(0, 0, 10, 10).difference(box(2, 2, 4, 4))
    walls = Walls.of([box(20, 0, 21, 1), court, None], [3.0, 6.0, 9.0])
    assert len(walls) == 2
    assert shapely.area(walls.polygons(np.array([1, 0, 1]))).tolist() == [1.0, 96.0, 1.0]
    assert walls.grid.height_m.tolist() == [6.0, 3.0]
    assert walls.near(Point(15.0, 0.5), 5.0).tolist() == [0, 1]
    assert walls.near(Point(3.0, 3.0), 0.5).tolist() == []  # in the court, 1 m from its walls


def test_many_obstacles_in_one_place_lie_in_the_order_of_their_boxes():
    # More than are sorted one by one: 500 boxes on a lattice of 3 x 3, so that many boxes agree in part or in whole.
    rng = np.random.default_rng(3)
    corners = rng.integers(0, 3, (500, 2)).astype(np.float64)
    walls = Walls.of(shapely.box(*corners.T, *(corners + rng.integers(1, 4, (500, 2))).T))
    boxes = walls.grid.box.tolist()
    cells = (walls.grid.cell[:, 1] * walls.grid.columns + walls.grid.cell[:, 0]).tolist()
    assert boxes == [box for _, box in sorted(zip(cells, boxes, strict=True))]
