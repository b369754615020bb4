"""What the models of camera on offer see of the plane: their footprints, by density class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spatial.optics import DEFAULT_STANDARD, Lens, contain, fov_deg, px_per_m
from spatial.types import LensModel
from spatial.zones import WIDEST_PICTURE_DEG

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Footprints:
    """What n optics see of the plane at k density classes, each looking along its heading.

    height_m   (n,) over the ground
    near_m     (n,) where the footprints begin, before the camera; negative: behind the pole
    far_m      (k, n) where they end; no footprint where it is not beyond near_m
    slope, offset_m   (n,) half the width at d is slope * d + offset_m
    """

    height_m: Floats
    near_m: Floats
    far_m: Floats
    slope: Floats
    offset_m: Floats

    @property
    def reach_m(self) -> Floats:
        """Return how far from the pole (n,) the farthest corner of any class lies; 0 where none is reached."""
        _angle, corner = contain(self.near_m, self.far_m, slope=self.slope, offset_m=self.offset_m)
        reached: Floats = np.where(self.far_m > self.near_m, corner, 0.0)
        return np.asarray(reached.max(axis=0, initial=0.0))


def footprints(
    models: Sequence[LensModel], classes: Sequence[str], *, standard_version: int = DEFAULT_STANDARD
) -> Footprints:
    """Return the footprints of the models at the classes. Raises UnknownClass, and OutOfRange for no lens."""
    column = {name: np.array([getattr(each, name) for each in models], dtype=np.float64) for name in _NUMBERS}
    hfov_deg = fov_deg(column["sensor_w_mm"], column["focal_mm"])
    density = _densities(classes, standard_version)
    return _footprints(column | {"hfov_deg": hfov_deg}, density, cap_m=column["max_range_m"])


def footprints_of(
    cameras: pd.DataFrame,
    classes: Sequence[str],
    *,
    cap_m: float,
    standard_version: int = DEFAULT_STANDARD,
) -> Footprints:
    """Return the footprints of fixed cameras after `fov.with_assumptions`, as they stand; none reaches beyond cap_m."""
    names = ("hfov_deg", "image_w_px", "image_h_px", "tilt_deg", "height_m")
    column = {name: cameras[name].to_numpy(dtype=np.float64) for name in names}
    return _footprints(column, _densities(classes, standard_version), cap_m=np.full(len(cameras), cap_m))


def _densities(classes: Sequence[str], standard_version: int) -> Floats:
    return np.array([px_per_m(code, standard_version=standard_version) for code in classes])


def _footprints(column: Mapping[str, Floats], density: Floats, *, cap_m: Floats) -> Footprints:
    lens = Lens(
        np.minimum(column["hfov_deg"], WIDEST_PICTURE_DEG),
        column["image_w_px"],
        column["image_h_px"],
        column["tilt_deg"],
        column["height_m"],
    )
    return Footprints(
        height_m=column["height_m"],
        near_m=np.minimum(lens.near_m, cap_m),
        far_m=lens.reach_m(density[:, np.newaxis], cap_m=cap_m),
        slope=lens.slope,
        offset_m=lens.offset_m,
    )


_NUMBERS = ("sensor_w_mm", "focal_mm", "image_w_px", "image_h_px", "tilt_deg", "height_m", "max_range_m")
