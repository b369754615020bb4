"""Which cameras see a place, which may, and which are merely near."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.beliefs import Beliefs, nothing_known
from spatial.chances import chances_of, windows_of
from spatial.doubts import COMMON_CHANCE
from spatial.errors import MissingColumn, OutOfRange
from spatial.frames import FIELDS, require, require_same_crs
from spatial.optics import DEFAULT_STANDARD, aim_share, class_of
from spatial.sightings import of_class
from spatial.types import XY

Floats = NDArray[np.float64]

RANK_COLUMNS = (
    "camera_id",
    "sight",
    "counts",
    "p_sees",
    "distance_m",
    "turn_to_deg",
    "density_px_per_m",
    "reaches_class",
)


def rank(
    point: XY,
    cameras: gpd.GeoDataFrame,
    fields: gpd.GeoDataFrame,
    *,
    k: int = 4,
    density_class: str = "observe",
    beliefs: Beliefs | None = None,
    standard_version: int = DEFAULT_STANDARD,
) -> pd.DataFrame:
    """Return the cameras that see a place for certain, then those that may, then the nearest others up to k.

    point     in the CRS of the frames
    cameras   camera_id, kind, heading_deg, image_w_px (as `with_assumptions` fills it) and points
    fields    fields of view; those of other cameras and classes are left aside
    k         how many rows to fill up to; the seeing ones are all given, also beyond k
    beliefs   of where these cameras look; None believes every heading alike
    Returns   a row a camera. sight: certain, possible or none. p_sees: 1, the chance over what is believed, or
              0. counts: False where only the reach of a PTZ holds the place, or nothing. distance_m in plan.
              turn_to_deg: bearing camera -> place, NaN on the spot. density_px_per_m: pixels per metre at the
              place, of a camera of unknown aim as if it looked there; NaN for a fisheye and without sight.
              reaches_class: the highest class of that density in that version of the standard, else None.
              Order: certain, chance, density, distance, camera_id; the unseeing by distance, camera_id.
    Raises    UnknownClass if the fields hold rows but none of this class; OutOfRange if k is negative
    """
    if k < 0:
        raise OutOfRange(f"k must be zero or more, not {k}")
    require(fields, FIELDS)
    require_same_crs(cameras, fields)
    if absent := {"camera_id", "kind", "heading_deg", "image_w_px"} - set(cameras.columns):
        raise MissingColumn(f"cameras lack {', '.join(sorted(absent))}")
    near = _from_each(point, cameras)
    believed = beliefs or nothing_known(cameras["camera_id"], heading_deg=cameras["heading_deg"])
    seers = _seers(point, near, of_class(fields, density_class), believed, standard_version=standard_version)
    rest = near[~near["camera_id"].isin(seers["camera_id"])].sort_values(["distance_m", "camera_id"])
    rest = rest.head(max(k - len(seers), 0)).assign(
        sight="none", counts=False, p_sees=0.0, density_px_per_m=np.nan, reaches_class=None
    )
    rows = [*seers.to_dict("records"), *rest.to_dict("records")]
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


def _from_each(point: XY, cameras: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return distance and bearing of the place from each camera."""
    apart = np.array([point.east_m, point.north_m]) - shapely.get_coordinates(cameras.geometry.to_numpy())
    distance = np.hypot(apart[:, 0], apart[:, 1])
    bearing = np.degrees(np.arctan2(apart[:, 0], apart[:, 1])) % 360.0
    columns = cameras[["camera_id", "kind", "heading_deg", "image_w_px"]]
    turn_to = np.where(distance > 0.0, bearing, np.nan)
    return pd.DataFrame(columns).assign(distance_m=distance, turn_to_deg=turn_to)


def _seers(
    point: XY, near: pd.DataFrame, fields: gpd.GeoDataFrame, beliefs: Beliefs, *, standard_version: int
) -> pd.DataFrame:
    """Return the cameras whose field holds the place, each once and in its strongest way, in order."""
    held = fields.sindex.query(shapely.Point(point.east_m, point.north_m), predicate="intersects")
    found = pd.DataFrame(fields.drop(columns=fields.geometry.name)).iloc[held]
    found = found.drop(columns=["state_id", "density_class"]).merge(near, on="camera_id")
    if "counts" not in found.columns:
        found["counts"] = True
    found["p_sees"] = np.where(found["sight"].eq("certain"), 1.0, _chance(found, beliefs))
    found["density_px_per_m"] = _density(found)
    found["reaches_class"] = [
        class_of(density, standard_version=standard_version) for density in found["density_px_per_m"]
    ]
    found["certain"] = found["sight"].eq("certain")
    # The disc is drawn a little wide. A turning camera of unknown home may zoom beyond what it sees at home.
    found = found[found["p_sees"].gt(0.0) | found["kind"].eq("ptz")]
    found = found.sort_values(["camera_id", "certain", "counts"], ascending=[True, False, False])
    found = found.drop_duplicates("camera_id")
    # Chances that differ by rounding alone are the same: density decides.
    found["chance"] = found["p_sees"].round(9)
    ordered: pd.DataFrame = found.sort_values(
        ["certain", "chance", "density_px_per_m", "distance_m", "camera_id"],
        ascending=[False, False, False, True, True],
        na_position="last",
    )
    return ordered


def _chance(found: pd.DataFrame, beliefs: Beliefs) -> Floats:
    """Return the chance that each camera has the place in its footprint; of a PTZ's reach, in its widest picture."""
    columns = [found[name].to_numpy(dtype=np.float64) for name in ("near_m", "far_m", "slope", "offset_m")]
    near_m, far_m, slope, offset_m = columns
    distance_m = found["distance_m"].to_numpy(dtype=np.float64)
    turned = aim_share(distance_m, near_m=near_m, far_m=far_m, slope=slope, offset_m=offset_m)
    chance = np.zeros(len(found))
    for at, row in enumerate(found.to_dict("records")):
        told = row.get("variants")
        shapes = np.array([column[at] for column in columns] if told is None else told).reshape(1, -1, 4)
        windows = windows_of(distance_m[at : at + 1], np.zeros(1, dtype=np.int64), shapes)
        belief = beliefs.of([row["camera_id"]])
        # On the spot there is no bearing, and any will do.
        bearing = np.nan_to_num(np.array([row["turn_to_deg"]], dtype=np.float64))
        heading = belief.heading_deg if told is not None else np.full(1, np.nan)
        pair = (np.zeros(1, dtype=np.int64), bearing, windows)
        chance[at] = chances_of(pair, (heading, belief.sums), (COMMON_CHANCE, belief.tilt_p))[0]
    return np.where(found["counts"].astype(bool), chance, turned)


def _density(found: pd.DataFrame) -> Floats:
    """Return the pixels per metre at the place: the image's width over the footprint's width there.

    Lines of one density run square to the axis, so a camera of known aim counts the forward distance only.
    """
    distance = found["distance_m"].to_numpy(dtype=np.float64)
    off = np.radians((found["turn_to_deg"] - found["heading_deg"]).to_numpy(dtype=np.float64))
    varied = found["variants"].notna() if "variants" in found.columns else False
    aimed = (found["sight"].eq("certain") | varied) & found["heading_deg"].notna()
    known = (aimed & found["turn_to_deg"].notna()).to_numpy()
    forward = np.where(known, distance * np.cos(np.where(known, off, 0.0)), distance)
    width = 2.0 * (found["slope"].to_numpy(np.float64) * forward + found["offset_m"].to_numpy(np.float64))
    flat = (found["kind"].ne("fisheye")).to_numpy() & (forward > 0.0) & (width > 0.0)
    image_w = found["image_w_px"].to_numpy(dtype=np.float64)
    return np.where(flat, image_w / np.where(flat, width, 1.0), np.nan)
