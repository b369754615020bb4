"""Grounds of a few cells: heights between them, tiles side by side, coarse under fine."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from shapely import box

from spatial.edges import Walls
from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.terrain import Ground, feet_of

NAN = float("nan")


def grid(rows, **more):
    place = {"west_m": 0.0, "north_m": 20.0, "cell_m": 10.0} | more
    return Ground(np.array(rows, dtype=np.float32), **place)


def tiles(*rows):
    frame = pd.DataFrame(list(rows), columns=["cell_m", "west_m", "north_m", "elevation_m"])
    frame["elevation_m"] = [np.array(tile, dtype=np.float32) for tile in frame["elevation_m"]]
    return frame


def test_height_between_four_middles_is_bilinear():
    ground = grid([[10.0, 20.0], [30.0, 60.0]])
    places = [(5, 15), (15, 15), (5, 5), (15, 5), (10, 10), (7.5, 5), (5, 12.5)]
    assert ground.height_m(places).tolist() == [10.0, 20.0, 30.0, 60.0, 30.0, 37.5, 15.0]


def test_height_ends_at_the_outermost_middles_and_at_unknown_cells():
    ground = grid([[10.0, NAN], [30.0, 60.0]])
    assert np.isnan(ground.height_m([(4.9, 15), (5, 15.1), (10, 10), (400, 400)])).all()
    assert ground.height_m(np.empty((0, 2))).shape == (0,)
    assert grid([[7.0]], north_m=10.0).height_m([(5, 5)]).tolist() == [7.0]


def test_rise_along_a_heading():
    ground = grid([[0.0, 0.0, 10.0], [0.0, 0.0, 10.0]])
    rise = ground.rise_deg(
        [(15, 10), (15, 10), (15, 10)], heading_deg=[90.0, 270.0, 0.0], along_m=[10, 10, 5]
    )
    assert rise == pytest.approx([45.0, 0.0, 0.0])
    assert np.isnan(ground.rise_deg([(15, 10)], heading_deg=90.0, along_m=50.0)).all()


def test_tiles_lie_side_by_side():
    ground = Ground.of(tiles((10.0, 0.0, 20.0, [[1, 2], [3, 4]]), (10.0, 20.0, 10.0, [[5]])))
    assert (ground.west_m, ground.north_m, ground.cell_m) == (0.0, 20.0, 10.0)
    np.testing.assert_array_equal(ground.elevation_m, [[1, 2, NAN], [3, 4, 5]])


def test_no_tiles_are_no_ground():
    assert Ground.of(tiles()) is None
    with pytest.raises(MissingColumn, match="west_m"):
        Ground.of(pd.DataFrame({"cell_m": [1.0], "north_m": [1.0], "elevation_m": [None]}))


def test_coarse_tiles_fill_what_fine_ones_leave_unknown():
    fine = (5.0, 0.0, 40.0, [[1.0, NAN], [1.0, 1.0]])
    coarse = (20.0, -20.0, 60.0, [[9.0] * 4, [9.0] * 4, [9.0] * 4])
    ground = Ground.of(tiles(coarse, fine))
    assert ground.cell_m == 5.0
    # The fine cell that is unknown has its middle at (7.5, 37.5).
    assert ground.height_m([(2.5, 37.5), (7.5, 37.5), (30.0, 20.0)]).tolist() == [1.0, 9.0, 9.0]


def test_shifted_tiles_of_one_size_fill_each_other_too():
    ground = Ground.of(tiles((10.0, 0.0, 20.0, [[1, 1], [1, 1]]), (10.0, 13.0, 20.0, [[3, 3, 3], [3, 3, 3]])))
    assert ground.height_m([(15.0, 10.0), (25.0, 10.0)]).tolist() == [1.0, 3.0]


def test_a_ground_is_checked():
    with pytest.raises(WrongShape):
        grid([1.0, 2.0])
    for wrong in ({"cell_m": 0.0}, {"cell_m": NAN}, {"west_m": NAN}):
        with pytest.raises(OutOfRange):
            grid([[1.0]], **wrong)


def test_a_building_stands_on_the_mean_of_its_outline():
    # Ground x / 10 with middles at 5, 15, 25: along the outline from x = 5 to 25 the mean is that of x = 15.
    ground = grid([[0.5, 1.5, 2.5], [0.5, 1.5, 2.5]])
    walls = Walls.of([box(5, 5, 25, 15), box(15, 6, 25, 7), box(500, 500, 510, 510)], 3.0)
    feet = dict(zip(walls.grid.box[:, 0], feet_of(ground.surface, walls.grid), strict=True))
    assert feet[5.0] == pytest.approx(1.5)
    assert feet[15.0] == pytest.approx(2.0)
    assert np.isnan(feet[500.0])
