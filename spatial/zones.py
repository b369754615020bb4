"""Does a camera reach a density class on any ground at all? Optics alone, no walls. Light to import: numpy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.optics import Lens, fisheye_range_m, naive_range_m

# Where a face is: density is asked across the target, so its height decides how far the lens looks down on it.
FACE_M = 1.6

# No flat picture is wider; data sheets give more for several lenses in one housing.
WIDEST_PICTURE_DEG = 170.0


def has_zone(
    kind: ArrayLike, lens: Lens, density_px_per_m: ArrayLike, *, tele_hfov_deg: float, cap_m: float
) -> NDArray[np.bool_]:
    """Return whether cameras reach a density anywhere at the height of the target; arrays that broadcast.

    kind           fixed, ptz or fisheye
    lens           drop over the target's height, not over the ground
    tele_hfov_deg  angle of a PTZ at its long end: it turns and zooms, so it has a zone if that end reaches
    cap_m          no sight is claimed beyond
    A fixed camera has none where the range of the density ends in the blind zone at the pole.
    """
    kinds = np.asarray(kind)
    drop = np.asarray(lens.drop_m, dtype=np.float64)
    fixed = lens.reach_m(density_px_per_m, cap_m=cap_m) > lens.near_m
    tele = np.minimum(tele_hfov_deg, lens.hfov_deg)
    turned = naive_range_m(density_px_per_m, image_w_px=lens.image_w_px, hfov_deg=tele) > drop
    circle = np.minimum(lens.image_w_px, lens.image_h_px)
    round_view = fisheye_range_m(density_px_per_m, circle_px=circle, drop_m=drop) > 0.0
    return np.where(kinds == "ptz", turned, np.where(kinds == "fisheye", round_view, fixed))
