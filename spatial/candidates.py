"""Where a camera could stand: mounts along the streets, their possible aims, and what each aim would see."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from spatial.errors import BadGeometry, MissingColumn, OutOfRange, WrongShape
from spatial.frames import require_same_crs
from spatial.optics import DEFAULT_STANDARD, Lens, contain, fov_deg, px_per_m
from spatial.sightings import Sightings
from spatial.types import LensDefaults

# Two street points closer than this are one place for a pole.
_SAME_PLACE_M = 0.5

EIGHT_WINDS = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)


def mounts(alleys: gpd.GeoDataFrame, *, every_m: float = 25.0, bend_deg: float = 30.0) -> gpd.GeoDataFrame:
    """Return places for poles: ends and crossings of alleys, their bends, and a place every few metres between.

    The places lie on the street's centre line, where nothing stands in the way of sight; the pole itself stands
    at the kerb, within the accuracy of a street map.
    alleys   LineStrings, metric CRS
    every_m  greatest distance between two places along an alley
    bend_deg a vertex that turns by this much or more is a bend
    Returns  site_id (0, 1, ...), place (end | bend | between; an end wins over a bend, a bend over between) and
             the point; those closer than half a metre are one. Ordered from west to east.
    Raises   OutOfRange unless every_m and bend_deg are positive; BadGeometry for other geometries
    """
    if not (every_m > 0.0 and bend_deg > 0.0):
        raise OutOfRange("every_m and bend_deg must be positive")
    lines = alleys.geometry.to_numpy()
    if not np.all(shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING):
        raise BadGeometry("alleys must be LineStrings")
    ends = shapely.get_coordinates([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    kinds = [("end", ends), ("bend", _bends(lines, bend_deg)), ("between", _between(lines, every_m))]
    xy = np.concatenate([part for _, part in kinds])
    name = np.repeat([kind for kind, _ in kinds], [len(part) for _, part in kinds])
    kept = _first_of_each_place(xy)
    kept = kept[np.lexsort((xy[kept, 1], xy[kept, 0]))]
    columns = {"site_id": np.arange(len(kept)), "place": name[kept]}
    return gpd.GeoDataFrame(columns, geometry=shapely.points(xy[kept]), crs=alleys.crs)


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


def _bends(lines: NDArray[np.object_], bend_deg: float) -> NDArray[np.float64]:
    """Return the inner vertices (n, 2) at which a line turns by at least `bend_deg`."""
    xy, line = shapely.get_coordinates(shapely.remove_repeated_points(lines), return_index=True)
    if len(xy) < 3:
        return np.empty((0, 2))
    step = np.diff(xy, axis=0)
    ahead = np.degrees(np.arctan2(step[:, 1], step[:, 0]))
    turn = np.abs((np.diff(ahead) + 180.0) % 360.0 - 180.0)
    inner = line[2:] == line[:-2]
    bends: NDArray[np.float64] = xy[1:-1][inner & (turn >= bend_deg)]
    return bends


def _between(lines: NDArray[np.object_], every_m: float) -> NDArray[np.float64]:
    """Return places (n, 2) that divide each line into equal parts of at most `every_m`."""
    length = shapely.length(lines)
    inner = np.maximum(np.ceil(length / every_m).astype(np.int64) - 1, 0)
    line = np.repeat(np.arange(len(lines)), inner)
    order = np.arange(len(line)) - np.repeat(np.cumsum(inner) - inner, inner) + 1
    offset = order * length[line] / (inner[line] + 1)
    return shapely.get_coordinates(shapely.line_interpolate_point(lines[line], offset))


def _first_of_each_place(xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the positions to keep, so that of two places closer than half a metre the first one stays."""
    if not len(xy):
        return np.empty(0, dtype=np.int64)
    kept = np.ones(len(xy), dtype=bool)
    close = KDTree(xy).query_pairs(_SAME_PLACE_M, output_type="ndarray")
    for first, second in close[np.lexsort((close[:, 1], close[:, 0]))]:
        if kept[first]:
            kept[second] = False
    return np.flatnonzero(kept)
