"""What became of cameras, buildings and views between two states of a district: frames in, a row a change out."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from spatial.frames import require_same_crs

# What a camera's view rests on, by the gravest first: the first that differs names the change.
_MOUNT = ("height_m",)
_LENS = (
    "focal_mm",
    "hfov_deg",
    "sensor_w_mm",
    "sensor_h_mm",
    "image_w_px",
    "image_h_px",
    "ir_range_m",
)
OPTICS = ("kind", "heading_deg", "tilt_deg", *_MOUNT, *_LENS)


def camera_changes(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.Series:
    """Return what became of each camera that is not as it was: a Series `change` indexed by camera_id, ascending.

    before, after  camera_id, site_id and the columns OPTICS; NaN or None is unknown, and alike on both sides
    Returns        added, retired, moved (another site), kind, aim_known (its heading was not), aim_unknown,
                   re_aimed (heading or tilt), mount (height) or lens; of several the first of this order
    """
    first, last = (frame.set_index("camera_id").sort_index() for frame in (before, after))
    both = first.index.intersection(last.index)
    old, new = first.loc[both], last.loc[both]
    known, now = old["heading_deg"].notna(), new["heading_deg"].notna()
    aim = _differs(old, new, ("heading_deg", "tilt_deg"))
    told = np.select(
        [
            (old["site_id"] != new["site_id"]).to_numpy(),
            _differs(old, new, ("kind",)),
            (~known & now).to_numpy(),
            (known & ~now).to_numpy(),
            aim,
            _differs(old, new, _MOUNT),
            _differs(old, new, _LENS),
        ],
        ["moved", "kind", "aim_known", "aim_unknown", "re_aimed", "mount", "lens"],
        default="",
    )
    parts = [
        pd.Series("added", last.index.difference(first.index)),
        pd.Series("retired", first.index.difference(last.index)),
        pd.Series(told, both)[told != ""],
    ]
    changes: pd.Series = pd.concat(parts).astype(object).sort_index()
    return changes.rename("change").rename_axis("camera_id")


def _differs(old: pd.DataFrame, new: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    unlike = np.zeros(len(old), dtype=bool)
    for column in columns:
        was, is_now = old[column], new[column]
        unlike |= ((was != is_now) & ~(was.isna() & is_now.isna())).to_numpy(dtype=bool)
    return unlike


def building_changes(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *, default_height_m: float
) -> gpd.GeoDataFrame:
    """Return what became of each building that stands in the way otherwise than it did.

    before, after     building_key, name, height_m and the outline; a building without height has the default one
    Returns           a row a building, indexed by building_key, ascending: name, change (new, gone, reshaped, higher,
                      lower) and geometry, all ground that it took before or takes after
    Raises            NotMetric for frames of different systems
    """
    crs = require_same_crs(before, after)
    first, last = (frame.set_index("building_key").sort_index() for frame in (before, after))
    both = first.index.intersection(last.index)
    old, new = first.loc[both], last.loc[both]
    was_m = old["height_m"].fillna(default_height_m).to_numpy(dtype=np.float64)
    is_m = new["height_m"].fillna(default_height_m).to_numpy(dtype=np.float64)
    shapes = old.geometry.to_numpy(), new.geometry.to_numpy()
    # The same outline may begin at another corner.
    reshaped = ~shapely.equals_exact(shapes[0], shapes[1], tolerance=0.0, normalize=True)
    told = np.select([reshaped, is_m > was_m, is_m < was_m], ["reshaped", "higher", "lower"], default="")
    changed = both[told != ""]
    parts = [
        _rows(last.loc[last.index.difference(first.index)], "new"),
        _rows(first.loc[first.index.difference(last.index)], "gone"),
        _rows(new.loc[changed], told[told != ""]).set_geometry(
            shapely.union(shapes[0][told != ""], shapes[1][told != ""]), crs=crs
        ),
    ]
    rows = pd.concat(parts).sort_index()
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=crs)


def _rows(buildings: gpd.GeoDataFrame, change: object) -> gpd.GeoDataFrame:
    rows = {"name": buildings["name"].astype(object), "change": np.full(len(buildings), change, dtype=object)}
    return gpd.GeoDataFrame(
        rows, index=buildings.index, geometry=buildings.geometry.to_numpy(), crs=buildings.crs
    )


def view_changes(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how much ground each camera lost and gained: a row a camera of either frame, indexed by camera_id.

    before, after  camera_id and what it sees, one row a camera, in one metric CRS; a camera that is absent sees nothing
    Returns        before_m2, after_m2, lost_m2 (seen before, not after) and gained_m2, square metres
    Raises         NotMetric for frames of different systems
    """
    require_same_crs(before, after)
    ids = pd.Index(np.union1d(before["camera_id"], after["camera_id"]).astype(np.int64), name="camera_id")
    old, new = (_by_camera(frame, ids) for frame in (before, after))
    shared = np.zeros(len(ids))
    same = shapely.equals_exact(old, new, tolerance=0.0)
    shared[same] = shapely.area(old[same])
    shared[~same] = shapely.area(shapely.intersection(old[~same], new[~same]))
    was, is_now = shapely.area(old), shapely.area(new)
    rows = {
        "before_m2": was,
        "after_m2": is_now,
        "lost_m2": np.maximum(was - shared, 0.0),
        "gained_m2": np.maximum(is_now - shared, 0.0),
    }
    return pd.DataFrame(rows, index=ids)


def _by_camera(frame: gpd.GeoDataFrame, ids: pd.Index) -> np.ndarray:
    shapes = pd.Series(frame.geometry.to_numpy(), frame["camera_id"].to_numpy()).reindex(ids)
    given = np.array(shapes, dtype=object)
    given[shapes.isna().to_numpy()] = shapely.Polygon()
    return given
