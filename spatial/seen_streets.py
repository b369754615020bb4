"""What views hold of the streets: stretches of middle line, metre from metre; and views of the presets of turning cameras."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.errors import MissingColumn
from spatial.fov import with_assumptions
from spatial.frames import ALLEYS, CAMERAS, require, require_same_crs
from spatial.optics import Lens, footprint, place
from spatial.shapes import areas_only
from spatial.types import LensDefaults
from spatial.zones import WIDEST_PICTURE_DEG

Floats = NDArray[np.float64]

# Stretches this near to each other are one: the joint of two segments is no gap.
_JOINT_M = 0.01
# What a view merely touches it does not hold.
_LEAST_M = 0.05


def seen_stretches(views: gpd.GeoDataFrame, alleys: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return which stretch of which street each view holds, a row a stretch, sorted by view, street and place.

    views    polygons in a metric CRS; what a view is named by is its place in the frame
    alleys   the frame contract ALLEYS in the same CRS, one LineString each
    Returns  view (row number of `views`), alley_id, from_m < to_m (metres from the start of the line)
    Raises   what the frame contract raises; NotMetric for two systems
    Stretches of one view that meet are one; such under 5 cm are left out. Zero rows of either give zero rows.
    """
    require(alleys, ALLEYS)
    require_same_crs(views, alleys)
    segments, street, start_m = _segments(alleys)
    view, segment = shapely.STRtree(segments).query(views.geometry.to_numpy(), predicate="intersects")
    held = shapely.intersection(segments[segment], views.geometry.to_numpy()[view])
    pieces, pair = shapely.get_parts(held, return_index=True)
    lines = shapely.get_type_id(pieces) == 1
    pieces, pair = pieces[lines], pair[lines]
    of = segment[pair]
    origin = shapely.get_point(segments[of], 0)
    ends = [shapely.distance(shapely.get_point(pieces, k), origin) for k in (0, -1)]
    found = pd.DataFrame(
        {
            "view": view[pair],
            "alley_id": alleys["alley_id"].to_numpy()[street[of]],
            "from_m": start_m[of] + np.minimum(*ends),
            "to_m": start_m[of] + np.maximum(*ends),
        }
    )
    return _joined(found)


def _segments(alleys: gpd.GeoDataFrame) -> tuple[NDArray[np.object_], NDArray[np.intp], Floats]:
    """Return the straight pieces of all lines, the row that each is of, and where on its line it begins, metres."""
    xy, row = shapely.get_coordinates(alleys.geometry.to_numpy(), return_index=True)
    same = row[1:] == row[:-1]
    length = np.where(same, np.hypot(*np.diff(xy, axis=0).T), 0.0)
    along = np.concatenate([[0.0], np.cumsum(length)])
    first = np.searchsorted(row, row[:-1][same])
    pairs = np.stack([xy[:-1][same], xy[1:][same]], axis=1)
    lines = np.asarray(shapely.linestrings(pairs), dtype=object)
    return lines, row[:-1][same], along[:-1][same] - along[first]


def _joined(found: pd.DataFrame) -> pd.DataFrame:
    """Return stretches with those put together that meet."""
    rows = found.sort_values(["view", "alley_id", "from_m"], kind="stable", ignore_index=True)
    keys = ["view", "alley_id"]
    reached = rows.groupby(keys, sort=False)["to_m"].cummax().shift()
    other = (rows[keys] != rows[keys].shift()).any(axis=1)
    fresh = other | (rows["from_m"] > reached + _JOINT_M)
    one = rows.groupby(fresh.cumsum().to_numpy(), sort=True).agg(
        {"view": "first", "alley_id": "first", "from_m": "min", "to_m": "max"}
    )
    return one[one["to_m"] - one["from_m"] >= _LEAST_M].reset_index(drop=True)


def preset_views(
    cameras: gpd.GeoDataFrame,
    presets: pd.DataFrame,
    reaches: gpd.GeoSeries,
    *,
    density_px_per_m: float,
    defaults: LensDefaults,
) -> gpd.GeoDataFrame:
    """Return what turning cameras see for certain when they stand on a preset: its footprint, cut by their reach.

    cameras   the frame contract CAMERAS
    presets   camera_id, preset_no, heading_deg, tilt_deg, hfov_deg (NaN unknown)
    reaches   all that each camera could be turned to see at the class, walls in place; index camera_id
    Returns   camera_id, preset_no, heading_deg, tilt_deg, geometry, a row a preset that sees anything, by camera and preset

    A preset whose tilt or angle is not known, or whose camera hangs at an unknown height, is assumed: it is left out, and
    so is one whose camera is not there or has no reach.
    Raises    MissingColumn; what the frame contract raises
    """
    require(cameras, CAMERAS)
    if absent := {"camera_id", "preset_no", "heading_deg", "tilt_deg", "hfov_deg"} - set(presets.columns):
        raise MissingColumn(f"presets lack {', '.join(sorted(absent))}")
    sure = cameras[cameras["height_m"].notna() & cameras["camera_id"].isin(reaches.index)]
    known = with_assumptions(sure, defaults).set_index("camera_id")
    told = presets[presets["camera_id"].isin(known.index)].dropna(
        subset=["heading_deg", "tilt_deg", "hfov_deg"]
    )
    told = told.sort_values(["camera_id", "preset_no"], ignore_index=True)
    of = known.loc[told["camera_id"]]
    lens = Lens(
        hfov_deg=np.minimum(told["hfov_deg"].to_numpy(dtype=np.float64), WIDEST_PICTURE_DEG),
        image_w_px=of["image_w_px"].to_numpy(dtype=np.float64),
        image_h_px=of["image_h_px"].to_numpy(dtype=np.float64),
        tilt_deg=told["tilt_deg"].to_numpy(dtype=np.float64),
        drop_m=of["height_m"].to_numpy(dtype=np.float64),
    )
    heading = told["heading_deg"].to_numpy(dtype=np.float64)
    spots = shapely.get_coordinates(of.geometry.to_numpy())
    shapes = place(_footprints(lens, density_px_per_m, defaults), spots, heading_deg=heading)
    seen = areas_only(shapely.intersection(shapes, reaches.loc[told["camera_id"]].to_numpy()))
    kept = told[["camera_id", "preset_no", "heading_deg", "tilt_deg"]]
    frame = gpd.GeoDataFrame(kept, geometry=seen, crs=cameras.crs)
    return frame[~frame.geometry.is_empty].reset_index(drop=True)


def _footprints(lens: Lens, density_px_per_m: float, defaults: LensDefaults) -> NDArray[np.object_]:
    """Return the footprints of presets, as far as a turning camera is believed to reach."""
    cap_m = defaults.ptz_reach_m
    near = np.minimum(lens.near_m, cap_m)
    far = np.maximum(lens.reach_m(density_px_per_m, cap_m=cap_m), np.minimum(near, 0.0))
    return footprint(near, far, slope=lens.slope, offset_m=lens.offset_m)
