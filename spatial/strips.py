"""Optics of many cameras at once: footprints and radii for each density class, and what they might be instead."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from spatial.doubts import VARIANTS, Optics, doubted, variants
from spatial.optics import (
    Lens,
    contain,
    fisheye_range_m,
    fov_deg,
    hfov_for_deg,
    naive_range_m,
)
from spatial.types import Doubts, LensDefaults
from spatial.zones import WIDEST_PICTURE_DEG

Floats = NDArray[np.float64]

# Columns of optics that are numbers; the first six are assumed where they are unknown.
ASSUMED = ("tilt_deg", "height_m", "sensor_w_mm", "sensor_h_mm", "image_w_px", "image_h_px")
NUMBERS = (*ASSUMED, "focal_mm", "hfov_deg")
# What doubts are about, in the order of `doubts.variants`.
DOUBTFUL = ("height_assumed", "lens_assumed", "tilt_assumed")

# The chords of a disc lie up to 0.0003 of its radius inside the circle; the corners of a footprint must not.
_RIM = 1.0005

# Numbers of a footprint in each variant.
NEAR, FAR, SLOPE, OFFSET = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Strips:
    """Optics of n cameras for k classes: footprints (near, far, slope, offset) and radii.

    corner_m        (n, k) how far the footprint reaches, in whichever variant reaches farthest
    nearest_m       (n,) where it begins, in the variant that begins nearest
    doubted         (n,) whether something assumed may be otherwise
    variant         (n, v, k, 4) footprints in each variant; v is 1, the nominal one, where nothing is doubted
    """

    kind: NDArray[np.str_]
    heading_deg: Floats
    near_m: Floats
    slope: Floats
    offset_m: Floats
    far_m: Floats
    corner_m: Floats
    nearest_m: Floats
    plan_angle_deg: Floats
    reach_m: Floats
    reach_slope: Floats
    doubted: NDArray[np.bool_]
    variant: Floats

    @property
    def sure_m(self) -> Floats:
        """How far (n, k) a disc reaches in whichever variant reaches least."""
        return np.asarray(self.variant[..., FAR].min(axis=1))

    @property
    def aimed(self) -> NDArray[np.bool_]:
        """Which cameras have a footprint with a known heading."""
        return np.asarray((self.kind != "fisheye") & np.isfinite(self.heading_deg))

    @property
    def also_reach(self) -> NDArray[np.bool_]:
        """Which cameras get a second row for what they could be turned to."""
        return np.asarray((self.kind == "ptz") & np.isfinite(self.heading_deg))


def strips(
    known: gpd.GeoDataFrame,
    density: Floats,
    *,
    target_height_m: float,
    defaults: LensDefaults,
    doubts: Doubts,
) -> Strips:
    """Return the optics of cameras (after `fov.with_assumptions`) for (k,) densities in pixels per metre."""
    column = {name: known[name].to_numpy(dtype=np.float64)[:, None] for name in NUMBERS}
    kind, heading = known["kind"].to_numpy(dtype=np.str_), known["heading_deg"].to_numpy(dtype=np.float64)
    assumed = known[list(DOUBTFUL)].to_numpy(dtype=bool, copy=True)
    fisheye = kind == "fisheye"
    # A fisheye looks straight down through an image circle: of what is doubted its height alone bears on it.
    assumed[fisheye, 1:] = False
    doubt = doubted(assumed, doubts)
    limits = {"target_height_m": target_height_m, "cap_m": defaults.max_range_m}
    nominal = _footprints(column, fisheye, density, **limits)
    varied = nominal
    if doubt.any():
        column_of = _varied(column, assumed, doubts)
        varied = _footprints(column_of, fisheye, density, **limits)
    angle, corner = _contained(varied, fisheye, cap_m=defaults.max_range_m)
    drop = np.maximum(column["height_m"] - target_height_m, 0.0)
    reach, reach_slope = _ptz_reach(column, density, drop_m=drop, defaults=defaults)
    first = nominal[:, 0]
    return Strips(
        kind=kind,
        heading_deg=heading,
        near_m=first[:, 0, NEAR],
        slope=first[:, 0, SLOPE],
        offset_m=first[:, 0, OFFSET],
        far_m=first[:, :, FAR],
        corner_m=corner,
        nearest_m=varied[:, :, 0, NEAR].min(axis=1),
        plan_angle_deg=angle,
        reach_m=np.where((kind == "ptz")[:, None], reach, 0.0),
        reach_slope=reach_slope,
        doubted=doubt,
        variant=varied,
    )


def _varied(column: dict[str, Floats], assumed: NDArray[np.bool_], doubts: Doubts) -> dict[str, Floats]:
    """Return the columns (n, VARIANTS) of cameras in all variants."""
    height, lens, tilt = (column[name][:, 0] for name in ("height_m", "focal_mm", "tilt_deg"))
    optics: Optics = variants(height, lens, tilt, assumed=assumed, doubts=doubts)
    # An angle that a data sheet gives stays; one that was reckoned from an assumed lens goes with the lens.
    hfov = np.where(assumed[:, 1:2], fov_deg(column["sensor_w_mm"], optics.focal_mm), column["hfov_deg"])
    whole = {name: np.broadcast_to(numbers, (len(height), VARIANTS)) for name, numbers in column.items()}
    return whole | {"height_m": optics.height_m, "tilt_deg": optics.tilt_deg, "hfov_deg": hfov}


def _footprints(
    column: dict[str, Floats],
    fisheye: NDArray[np.bool_],
    density: Floats,
    *,
    target_height_m: float,
    cap_m: float,
) -> Floats:
    """Return (n, v, k, 4) near, far, slope and offset of cameras whose columns are (n, v)."""
    drop = np.maximum(column["height_m"] - target_height_m, 0.0)[:, :, None]
    wide_deg = np.minimum(column["hfov_deg"], WIDEST_PICTURE_DEG)[:, :, None]
    image_w, image_h = column["image_w_px"][:, :, None], column["image_h_px"][:, :, None]
    lens = Lens(wide_deg, image_w, image_h, column["tilt_deg"][:, :, None], drop)
    disc = np.minimum(fisheye_range_m(density, circle_px=np.minimum(image_w, image_h), drop_m=drop), cap_m)
    round_view = fisheye[:, None, None]
    near = np.where(round_view, 0.0, np.minimum(lens.near_m, cap_m))
    # Where a class is never reached the range is negative, without bound at 90 degrees of tilt.
    far = np.maximum(lens.reach_m(density, cap_m=cap_m), np.minimum(near, 0.0))
    slope = np.where(round_view, 0.0, lens.slope)
    return np.stack(np.broadcast_arrays(near, np.where(round_view, disc, far), slope, lens.offset_m), axis=-1)


def _contained(varied: Floats, fisheye: NDArray[np.bool_], *, cap_m: float) -> tuple[Floats, Floats]:
    """Return the plan angle (n,) and corner radius (n, k) that hold the footprint in every variant."""
    near, far = varied[..., NEAR], varied[..., FAR]
    angle, corner = contain(near, far, slope=varied[..., SLOPE], offset_m=varied[..., OFFSET])
    corner = np.where(far > near, np.minimum(corner * _RIM, cap_m), 0.0)
    corner = np.where(fisheye[:, None, None], far, corner)
    return angle.max(axis=(1, 2), initial=1.0), corner.max(axis=1, initial=0.0)


def _ptz_reach(
    column: dict[str, Floats], density: Floats, *, drop_m: Floats, defaults: LensDefaults
) -> tuple[Floats, Floats]:
    """Return how far the long end reaches each class, and the slope of the widest picture that holds it there.

    A PTZ tilts onto its target, so the density holds along the slant.
    """
    wide_deg = np.minimum(column["hfov_deg"], WIDEST_PICTURE_DEG)
    tele_deg = np.minimum(defaults.ptz_tele_hfov_deg, wide_deg)
    slant = naive_range_m(density, image_w_px=column["image_w_px"], hfov_deg=tele_deg)
    reach = np.minimum(np.sqrt(np.maximum(slant**2 - drop_m**2, 0.0)), defaults.ptz_reach_m)
    needed = hfov_for_deg(density, np.hypot(reach, drop_m), image_w_px=column["image_w_px"])
    picture_deg = np.clip(needed, tele_deg, wide_deg)
    return reach, np.tan(np.radians(picture_deg) / 2.0)
