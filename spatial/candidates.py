"""The aims of cameras that could stand on mounts along the streets, one lens for all, and what each aim would see."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike
from scipy.spatial import KDTree

from spatial.errors import MissingColumn, WrongShape
from spatial.frames import require_same_crs
from spatial.mounts import mounts as mounts
from spatial.optics import DEFAULT_STANDARD, Lens, contain, fov_deg, px_per_m
from spatial.sightings import Sightings
from spatial.types import LensDefaults

EIGHT_WINDS = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)


def most_promising(
    sites: gpd.GeoDataFrame, points: gpd.GeoDataFrame, weights: ArrayLike, *, reach_m: float, most: int
) -> gpd.GeoDataFrame:
    """Return the `most` sites with the greatest weight within reach, no less than what any of their aims could gain.

    reach_m  how far from the site an aim can see, as `reach_m` gives it for the lens and class
    Column `within_reach` holds that weight; sites without any are left out. Heaviest first, then as they came.
    """
    require_same_crs(sites, points)
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (len(points),):
        raise WrongShape(f"{weight.shape} weights for {len(points)} points")
    worth = np.flatnonzero(weight > 0.0)
    if not len(worth) or not len(sites):
        return sites.iloc[:0].assign(within_reach=np.zeros(0))
    demand = KDTree(shapely.get_coordinates(points.geometry.to_numpy()[worth]))
    reached = demand.query_ball_point(shapely.get_coordinates(sites.geometry.to_numpy()), reach_m)
    count = np.fromiter((len(found) for found in reached), dtype=np.int64, count=len(sites))
    flat = np.concatenate([*reached, np.empty(0)]).astype(np.int64)
    site = np.repeat(np.arange(len(sites)), count)
    total = np.bincount(site, weights=weight[worth][flat], minlength=len(sites))
    order = np.argsort(-total, kind="stable")[:most]
    order = order[total[order] > 0.0]
    return sites.iloc[order].assign(within_reach=total[order])


def reach_m(lens: LensDefaults, density_class: str, *, standard_version: int = DEFAULT_STANDARD) -> float:
    """Return how far from its pole (metres, on the ground) such a camera sees at a class: its footprint's far corner.

    Zero where the lens never reaches the class. Raises UnknownClass, and OutOfRange for no lens.
    """
    hfov_deg = fov_deg(lens.sensor_w_mm, lens.focal_mm)
    view = Lens(hfov_deg, lens.image_w_px, lens.image_h_px, lens.tilt_deg, lens.height_m)
    far = view.reach_m(px_per_m(density_class), cap_m=lens.max_range_m)
    if not far > view.near_m:
        return 0.0
    _, corner = contain(view.near_m, far, slope=view.slope, offset_m=view.offset_m)
    return float(corner)


def as_cameras(sites: gpd.GeoDataFrame, lens: LensDefaults) -> gpd.GeoDataFrame:
    """Return a fixed camera of unknown heading on each site, ready for `fov.fields_of_view`.

    camera_id and state_id are the site_id. One visible area serves all headings: `aims` tells them apart.
    """
    if "site_id" not in sites.columns:
        raise MissingColumn("sites lack site_id")
    number = sites["site_id"].to_numpy()
    columns = {
        "camera_id": number,
        "state_id": number,
        "site_id": number,
        "agency": "",
        "purpose": "",
        "kind": "fixed",
        "heading_deg": np.nan,
        "tilt_deg": lens.tilt_deg,
        "height_m": lens.height_m,
        "focal_mm": lens.focal_mm,
        "hfov_deg": np.nan,
        "sensor_w_mm": lens.sensor_w_mm,
        "sensor_h_mm": lens.sensor_h_mm,
        "image_w_px": lens.image_w_px,
        "image_h_px": lens.image_h_px,
        "ir_range_m": np.nan,
    }
    frame = pd.DataFrame(columns, index=sites.index)
    return gpd.GeoDataFrame(frame, geometry=sites.geometry.to_numpy(), crs=sites.crs)


def aims(
    found: Sightings, *, headings_deg: Sequence[float] = EIGHT_WINDS
) -> tuple[sp.csr_array, pd.DataFrame]:
    """Return what each candidate aim, a mount at a heading, would see: the cover matrix for `maximal_cover`.

    found    sightings of the cameras that `as_cameras` made, all of unknown heading
    Returns  the sparse cover (points, aims) and a frame of the aims in its column order: camera_id, heading_deg
    Raises   WrongShape if a camera of these sightings has a known aim: it is no candidate
    """
    if len(found.certain):
        raise WrongShape("candidates have no heading of their own")
    headings = np.asarray(headings_deg, dtype=np.float64)
    pairs = found.possible
    off = np.abs((pairs.bearing_deg[:, np.newaxis] - headings + 180.0) % 360.0 - 180.0)
    sees = (off >= pairs.from_deg[:, np.newaxis]) & (off <= pairs.to_deg[:, np.newaxis])
    pair, heading = np.nonzero(sees)
    column = pairs.camera[pair] * len(headings) + heading
    shape = (found.points, len(found.camera_ids) * len(headings))
    cover = sp.csr_array((np.ones(len(pair)), (pairs.point[pair], column)), shape=shape)
    columns = {
        "camera_id": np.repeat(found.camera_ids, len(headings)),
        "heading_deg": np.tile(headings, len(found.camera_ids)),
    }
    return cover, pd.DataFrame(columns)
