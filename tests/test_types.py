"""Values refuse what they cannot be."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict

import pytest

from spatial.errors import OutOfRange
from spatial.types import XY, LensDefaults, LonLat, Share

NAN = float("nan")
LENS = {
    "focal_mm": 4.0,
    "sensor_w_mm": 5.57,
    "sensor_h_mm": 3.13,
    "image_w_px": 1920,
    "image_h_px": 1080,
    "height_m": 5.0,
    "tilt_deg": 20.0,
    "ptz_tele_hfov_deg": 2.47,
    "max_range_m": 150.0,
    "building_height_m": 6.0,
}


@pytest.mark.parametrize(("lon", "lat"), [(181.0, 0.0), (0.0, -90.1), (NAN, 0.0), (37.5791, 126.9368)])
def test_no_place_on_the_globe(lon, lat):
    with pytest.raises(OutOfRange):
        LonLat(lon, lat)


def test_places_are_frozen_and_ordered():
    assert LonLat(1.0, 2.0) < LonLat(1.0, 3.0)
    place = XY(1.0, 2.0)
    with pytest.raises(FrozenInstanceError):
        place.east_m = 5.0  # type: ignore[misc]
    with pytest.raises(OutOfRange):
        XY(float("inf"), 0.0)


def test_share_keeps_its_order():
    share = Share(0.62, 0.55, 0.66, 0.4, 0.9)
    assert (share.certain, share.possible) == (0.4, 0.9)
    # A mean of draws may pass its bound by rounding, not by more.
    Share(1.0, 1.0, 1.0 + 1e-12, 1.0, 1.0)
    for wrong in ((0.5, 0.6, 0.7, 0.4, 0.9), (0.62, 0.55, 0.66, 0.6, 0.9), (0.62, 0.55, 0.66, 0.4, 1.1)):
        with pytest.raises(OutOfRange):
            Share(*wrong)


def test_share_of_nothing_is_unknown_altogether():
    Share(NAN, NAN, NAN, NAN, NAN)
    with pytest.raises(OutOfRange):
        Share(NAN, 0.0, 1.0, 0.0, 1.0)


def test_lens_defaults():
    assert asdict(LensDefaults(**LENS)) == {**LENS, "ptz_max_range_m": None}
    assert LensDefaults(**{**LENS, "tilt_deg": 0.0}).tilt_deg == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"focal_mm": 0.0},
        {"max_range_m": NAN},
        {"ptz_max_range_m": 0.0},
        {"tilt_deg": 91.0},
        {"tilt_deg": -1.0},
        {"ptz_tele_hfov_deg": 180},
    ],
)
def test_impossible_defaults(wrong):
    with pytest.raises(OutOfRange):
        LensDefaults(**{**LENS, **wrong})
