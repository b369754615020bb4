"""What assumed optics might be instead: the steps by hand, and fields of view that hold whichever is true."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from spatial.doubts import (
    COMMON,
    COMMON_CHANCE,
    TILT_CHANCE,
    TILTS,
    VARIANTS,
    doubted,
    tilt_steps,
    variants,
)
from spatial.errors import OutOfRange
from spatial.fov import fields_of_view, with_assumptions
from spatial.optics import image_size
from spatial.types import Doubts, LensDefaults
from tests import toy
from tests.test_fov import DEFAULTS, cameras, houses

SURE = np.zeros((1, 3), dtype=bool)
ROOT3 = np.sqrt(3.0)
DOUBTS = Doubts(height_m=1.0, tilt_deg=4.0, focal_share=0.25)


def test_the_steps_keep_mean_and_variance() -> None:
    # Three nodes at 0 and 3**0.5 deviations: mean 0, variance 1, fourth moment 3, as of a normal distribution.
    optics = variants([20.0], [4.0], [30.0], assumed=~SURE, doubts=DOUBTS)
    weight = (COMMON_CHANCE[:, None] * TILT_CHANCE).ravel()
    assert weight.sum() == pytest.approx(1.0)
    off = optics.height_m[0] - 20.0
    assert [weight @ off, weight @ off**2, weight @ off**4] == pytest.approx([0.0, 1.0, 3.0], abs=1e-12)
    tilt = optics.tilt_deg[0] - 30.0
    assert [weight @ tilt, weight @ tilt**2] == pytest.approx([0.0, 16.0], abs=1e-12)
    # A lens is off by a factor: a quarter longer or shorter is one deviation.
    assert weight @ np.log(optics.focal_mm[0] / 4.0) ** 2 == pytest.approx(np.log(1.25) ** 2)
    # Height and lens turn with the common step, the tilt with its own.
    assert (
        optics.height_m[0].reshape(COMMON, TILTS) == optics.height_m[0].reshape(COMMON, TILTS)[:, :1]
    ).all()
    assert tilt.reshape(COMMON, TILTS)[0].tolist() == tilt.reshape(COMMON, TILTS)[8].tolist()
    assert tilt_steps(30.0, DOUBTS).tolist() == pytest.approx([30 - 4 * ROOT3, 30, 30 + 4 * ROOT3])


def test_what_is_known_stays_and_nothing_leaves_its_range() -> None:
    known = variants([5.0], [4.0], [20.0], assumed=SURE, doubts=DOUBTS)
    assert (known.height_m == 5.0).all() and (known.focal_mm == 4.0).all() and (known.tilt_deg == 20.0).all()
    low = variants([1.0, 0.3], [4.0, 4.0], [2.0, 89.0], assumed=np.ones((2, 3), bool), doubts=DOUBTS)
    assert low.height_m.min(axis=1).tolist() == [0.5, 0.3]
    assert (low.tilt_deg.min(), low.tilt_deg.max()) == (0.0, 90.0)
    assert doubted(np.array([[True, False, False], [False] * 3]), DOUBTS).tolist() == [True, False]
    assert not doubted(~SURE, Doubts()).any()
    for wrong in ({"height_m": -1.0}, {"tilt_deg": np.nan}, {"focal_share": np.inf}):
        with pytest.raises(OutOfRange):
            Doubts(**wrong)


def test_certain_is_what_every_variant_sees_and_possible_what_one_does() -> None:
    # Heading known, all else assumed: each variant alone, as known optics, lies between the two.
    whole = fields_of_view(
        cameras({"heading_deg": 90.0}), houses(), classes=["observe"], defaults=DEFAULTS, doubts=DOUBTS
    ).set_index("sight")
    assert sorted(whole.index) == ["certain", "possible"]
    assert whole["counts"].all()
    certain, possible = whole.geometry["certain"], whole.geometry["possible"]
    optics = variants([6.0], [4.0], [20.0], assumed=~SURE, doubts=DOUBTS)
    alone = [
        {"heading_deg": 90.0, "height_m": h, "focal_mm": f, "tilt_deg": t}
        for h, f, t in zip(optics.height_m[0], optics.focal_mm[0], optics.tilt_deg[0], strict=True)
    ]
    rows = [
        fields_of_view(cameras(each), houses(), classes=["observe"], defaults=DEFAULTS).geometry[0]
        for each in alone
    ]
    assert certain.symmetric_difference(shapely.intersection_all(rows)).area < 0.01
    assert possible.symmetric_difference(shapely.union_all(rows)).area < 0.01
    # The footprints that chances are computed from are those of the variants.
    told = whole["variants"]["possible"]
    assert told.shape == (VARIANTS, 4)
    assert told[VARIANTS // 2].tolist() == pytest.approx(
        whole.loc["possible", ["near_m", "far_m", "slope", "offset_m"]].tolist()
    )


def test_an_unknown_heading_may_see_as_far_as_the_longest_lens() -> None:
    row = fields_of_view(cameras({}), houses(), classes=["observe"], defaults=DEFAULTS, doubts=DOUBTS).iloc[0]
    sure = fields_of_view(cameras({}), houses(), classes=["observe"], defaults=DEFAULTS).iloc[0]
    assert sure["variants"] is None
    near, far, slope, offset = (row["variants"][:, k] for k in range(4))
    corner = np.hypot(far, slope * far + offset)[far > near].max()
    outer = np.sqrt(row.geometry.convex_hull.area / np.pi)
    assert outer == pytest.approx(corner, rel=2e-3)
    assert sure.geometry.difference(row.geometry).area < 0.01
    # The blind zone is that of the variant that is least blind.
    hole = np.sqrt((row.geometry.convex_hull.area - row.geometry.area) / np.pi)
    assert hole == pytest.approx(near.min(), rel=2e-3)


def test_known_optics_are_not_doubted_and_a_turning_camera_keeps_its_reach() -> None:
    known = {"heading_deg": 0.0, "height_m": 6.0, "tilt_deg": 20.0, "focal_mm": 4.0}
    assert (
        len(fields_of_view(cameras(known), houses(), classes=["observe"], defaults=DEFAULTS, doubts=DOUBTS))
        == 1
    )
    turning = fields_of_view(
        cameras({"kind": "ptz", "heading_deg": 0.0}),
        houses(),
        classes=["observe"],
        defaults=DEFAULTS,
        doubts=DOUBTS,
    )
    kinds = list(zip(turning["sight"], turning["counts"], strict=True))
    assert kinds == [("certain", True), ("possible", True), ("possible", False)]
    assert turning["variants"].iloc[2] is None


def test_pixels_of_the_registry_give_the_image() -> None:
    # Two million are 1886 x 1061 (16:9), 410,000 are 739 x 555 (4:3).
    wide, high = image_size([2.0e6, 0.41e6])
    assert (wide.round().tolist(), high.round().tolist()) == ([1886.0, 739.0], [1061.0, 555.0])
    given = cameras({}, {"image_w_px": 640.0, "image_h_px": 480.0}).assign(pixels=[0.41e6, 2.0e6])
    sized = with_assumptions(given, DEFAULTS)
    assert sized["image_w_px"].tolist() == pytest.approx([739.4, 640.0], abs=0.1)
    assert with_assumptions(cameras({}).assign(pixels=np.nan), DEFAULTS)["image_w_px"].tolist() == [1920.0]
    told = with_assumptions(cameras({"hfov_deg": 60.0}, {"tilt_deg": 3.0}), toy.LENS)
    flags = told[["height_assumed", "lens_assumed", "tilt_assumed"]].to_numpy().tolist()
    assert flags == [[True, False, True], [True, True, False]]
    assert isinstance(toy.LENS, LensDefaults)
