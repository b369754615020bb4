"""The round of a turning camera, on compass and paper."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from spatial import optics
from spatial.errors import WrongShape
from spatial.optics import Lens
from spatial.presets import Rounds, dwell_weights, rounds, time_share, watched_share

# Square pictures of 90 degrees, level: half as wide as far on either side, 1,000 px; 62.5 px/m is reached at 8 m.
LEVEL = {"hfov_deg": 90.0, "image_w_px": 1000, "image_h_px": 1000, "tilt_deg": 0.0}


def of(camera, heading_deg, dwell_s, *, lens=None, cap_m=150.0) -> Rounds:
    return rounds(
        camera, lens or Lens(**LEVEL, drop_m=1.0), heading_deg=heading_deg, dwell_s=dwell_s, density_px_per_m=62.5, cap_m=cap_m
    )  # fmt: skip


def test_a_preset_looks_where_its_footprint_lies():
    tour = of([7], [90.0], [60.0])
    # A level picture with its lower edge 45 degrees down begins 1 m from the pole and ends where 62.5 px/m do: 8 m.
    assert (tour.near_m[0], tour.far_m[0]) == pytest.approx((1.0, 8.0))
    distance = [0.9, 1.1, 7.9, 8.1, 5.0, 5.0]
    bearing = [90.0, 90.0, 90.0, 90.0, 134.0, 136.0]  # the picture ends 45 degrees off the heading
    share = time_share([7] * 6, distance, bearing, of=tour)
    assert share.tolist() == [0.0, 1.0, 1.0, 0.0, 1.0, 0.0]


def test_shares_go_by_the_time_it_stays():
    tour = of([1, 1, 1], [0.0, 120.0, 240.0], [60.0, 30.0, 10.0])
    share = time_share([1, 1, 1, 1], [5.0] * 4, [0.0, 120.0, 240.0, 60.0], of=tour)
    assert share == pytest.approx([0.6, 0.3, 0.1, 0.0])  # between two pictures nobody looks


def test_overlapping_presets_add_up_and_north_is_no_seam():
    tour = of([1, 1], [350.0, 20.0], [1.0, 3.0])
    assert time_share([1, 1], [5.0, 5.0], [5.0, 330.0], of=tour) == pytest.approx([1.0, 0.25])


def test_unknown_dwell_counts_like_the_mean_of_the_others():
    # 60 and 20 are known, so 40: half, a sixth, a third.
    assert dwell_weights([1, 1, 1], [60.0, 20.0, np.nan]) == pytest.approx([1 / 2, 1 / 6, 1 / 3])
    assert dwell_weights([1, 1], [np.nan, np.nan]).tolist() == [0.5, 0.5]
    assert dwell_weights([1, 1], [0.0, 0.0]).tolist() == [0.5, 0.5]  # it stays nowhere: nothing is known
    assert dwell_weights([1, 1], [0.0, 9.0]).tolist() == [0.0, 1.0]  # passed by
    # Each camera by itself, in whatever order.
    assert dwell_weights([2, 1, 2], [30.0, 5.0, 10.0]).tolist() == [0.75, 1.0, 0.25]


def test_a_camera_without_presets_is_unknown_not_zero():
    tour = of([3], [0.0], [10.0])
    share = time_share([2, 3, 4], [5.0] * 3, [180.0] * 3, of=tour)
    assert np.isnan(share).tolist() == [True, False, True]
    assert share[1] == 0.0
    nobody = of([], [], [])
    assert np.isnan(time_share([1], [5.0], [0.0], of=nobody)).tolist() == [True]
    assert time_share([], [], [], of=tour).tolist() == []


def test_presets_in_any_order_and_of_many_cameras():
    tour = of([9, 4, 9], [90.0, 0.0, 0.0], [1.0, 5.0, 3.0])
    assert tour.camera.tolist() == [4, 9, 9]
    assert time_share([9, 4, 9], [5.0] * 3, [0.0, 0.0, 90.0], of=tour) == pytest.approx([0.75, 1.0, 0.25])


def test_the_share_is_that_of_polygons():
    """The closed rule against shapely, for tilted and zoomed presets, also one that looks behind its pole."""
    rng = np.random.default_rng(8)
    lens = Lens(
        hfov_deg=[65.86, 30.0, 12.0, 80.0], image_w_px=1920, image_h_px=1080, tilt_deg=[15.0, 20.0, 8.0, 75.0], drop_m=6.0
    )  # fmt: skip
    heading, dwell = np.array([10.0, 75.0, 200.0, 310.0]), np.array([60.0, 20.0, 20.0, 5.0])
    tour = of([1] * 4, heading, dwell, lens=lens)
    far = np.maximum(lens.reach_m(62.5, cap_m=150.0), np.minimum(lens.near_m, 0.0))
    shapes = optics.footprint(lens.near_m, far, slope=lens.slope, offset_m=lens.offset_m)
    shapes = optics.place(shapes, np.zeros((4, 2)), heading_deg=heading)
    xy = rng.uniform(-60.0, 60.0, (4000, 2))
    held = np.array([shapely.contains_xy(shape, xy[:, 0], xy[:, 1]) for shape in shapes])
    bearing = np.degrees(np.arctan2(xy[:, 0], xy[:, 1]))
    share = time_share(np.ones(4000), np.hypot(*xy.T), bearing, of=tour)
    assert held.any(axis=1).all()  # each preset holds some of the places
    assert share == pytest.approx(held.T @ (dwell / 105.0))


def test_several_rounds_are_independent():
    # Two cameras half of the time each: three quarters. NaN never looks; a certain look stays certain.
    watched = watched_share(4, np.array([0, 0, 1, 2, 2]), np.array([0.5, 0.5, np.nan, 1.0, 0.2]))
    assert watched == pytest.approx([0.75, 0.0, 1.0, 0.0])


def test_presets_that_do_not_pair_up_are_refused():
    with pytest.raises(WrongShape):
        of([1, 1], [0.0], [1.0, 1.0])
