"""Which cameras lost view between two nights, and why: frames in, rows out. No database here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures import Row
from spatial.changes import OPTICS, building_changes, camera_changes, view_changes
from spatial.shapes import areas_only
from spatial.types import LensDefaults

# Less than a square metre is no news.
LEAST_M2 = 1.0
# A wall hides the ground from its foot on.
_FOOT_M = 1.0
_SLIVER_M2 = 0.01


@dataclass(frozen=True, slots=True)
class Night:
    """What the cameras of a district see on a night.

    cameras    camera_id, camera_key, site_id, the columns spatial.changes.OPTICS, sight, and what each sees, one row each
    buildings  of those that changed between the nights as they are on this one: building_key, name, height_m
    engine     how the views were computed
    """

    cameras: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    engine: str


def views(cameras: gpd.GeoDataFrame, fields: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return cameras with what each sees of one class in place of where it hangs; a PTZ's reach is no view.

    Returns  the rows and columns of `cameras`, and sight; an empty area for a camera without a field
    """
    counted = fields[fields["counts"].astype(bool)] if "counts" in fields else fields
    seen = counted[["camera_id", "sight", "geometry"]]
    if seen["camera_id"].duplicated().any():
        seen = seen.dissolve("camera_id", aggfunc="min").reset_index()  # "certain" comes before "possible"
    by_camera = seen.set_index("camera_id").reindex(cameras["camera_id"])
    shapes = [shapely.Polygon() if each is None else each for each in by_camera["geometry"]]
    frame = cameras.assign(sight=by_camera["sight"].fillna("possible").to_numpy())
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=fields.crs))


def optics_text(cameras: gpd.GeoDataFrame) -> pd.Series:
    """Return the columns OPTICS of each camera as JSON text; what is unknown is null."""
    told = [
        json.dumps({name: None if pd.isna(value) else value for name, value in row.items()})
        for row in cameras[list(OPTICS)].to_dict("records")
    ]
    return pd.Series(told, cameras.index, name="optics", dtype=object)


def with_optics(cameras: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return cameras with the columns OPTICS out of their JSON text."""
    rows = [json.loads(text) for text in cameras["optics"]]
    known = pd.DataFrame(rows, index=cameras.index, columns=list(OPTICS))
    numbers = [name for name in OPTICS if name != "kind"]
    return cameras.assign(kind=known["kind"], **{name: known[name].astype("float64") for name in numbers})


def compare(before: Night, after: Night, *, defaults: LensDefaults, terrain: bool) -> Row:
    """Return the cameras that lost view, those that only gained some, and those whose aim became known or was lost.

    terrain  whether ground heights were loaded between the nights
    Returns  lost, gained: rows with camera_id, camera_key, before_m2, after_m2, lost_m2, gained_m2, share_lost (of
             before) and why, a list of {change} or {change, building_key, name}; the most first. aims: what a camera may see
             and what it does see cannot be set off against each other. cameras: how many, n, lost and gained.
    """
    told = camera_changes(before.cameras, after.cameras)
    areas = view_changes(before.cameras, after.cameras)
    areas = areas[(areas["lost_m2"] >= LEAST_M2) | (areas["gained_m2"] >= LEAST_M2)]
    aimed = _other_sight(before, after)
    moved = areas[~areas.index.isin(aimed)]
    reasons = _Reasons(before, after, told=told, defaults=defaults, terrain=terrain)
    rows = [reasons.row(int(camera), moved.loc[camera]) for camera in moved.index]
    lost = sorted((row for row in rows if row["lost_m2"] >= LEAST_M2), key=lambda row: -row["lost_m2"])
    gained = sorted((row for row in rows if row["lost_m2"] < LEAST_M2), key=lambda row: -row["gained_m2"])
    counts = {"n": len(after.cameras), "lost": len(lost), "gained": len(gained)}
    aims = [{"camera_id": int(camera), "change": told.get(camera, "unknown")} for camera in aimed]
    return {"cameras": counts, "lost": lost, "gained": gained, "aims": aims}


def _other_sight(before: Night, after: Night) -> list[int]:
    """Return the cameras that saw for certain and now only may, or the other way round."""
    first, last = (night.cameras.set_index("camera_id")["sight"] for night in (before, after))
    both = first.index.intersection(last.index).sort_values()
    return [int(camera) for camera in both[(first[both] != last[both]).to_numpy()]]


class _Reasons:
    """Why views changed: what is known of the camera, of the buildings round it, of how views are computed."""

    def __init__(
        self, before: Night, after: Night, *, told: pd.Series, defaults: LensDefaults, terrain: bool
    ) -> None:
        self.told, self.reach_m = told, defaults.farthest_m
        self.buildings = building_changes(
            before.buildings, after.buildings, default_height_m=defaults.building_height_m
        )
        self.otherwise = "unknown"
        if before.engine != after.engine:
            self.otherwise = "assumptions"
        elif terrain:
            self.otherwise = "terrain"
        self._nights = [night.cameras.set_index("camera_id") for night in (before, after)]

    def row(self, camera: int, area: pd.Series) -> Row:
        """Return the row of a camera that lost or gained view."""
        keys = [night["camera_key"][camera] for night in self._nights if camera in night.index]
        figures = {name: round(float(area[name]), 1) for name in area.index}
        share = round(area["lost_m2"] / area["before_m2"], 6) if area["before_m2"] > 0.0 else None
        head = {"camera_id": camera, "camera_key": str(keys[-1])}
        return head | figures | {"share_lost": share, "why": self._why(camera)}

    def _why(self, camera: int) -> list[Row]:
        if camera in self.told.index and self.told[camera] in ("added", "retired", "moved"):
            return [{"change": self.told[camera]}]
        own = [{"change": self.told[camera]}] if camera in self.told.index else []
        return [*own, *self._built(camera)] or [{"change": self.otherwise}]

    def _built(self, camera: int) -> Iterator[Row]:
        """Yield the buildings that changed at the edge of what changed of the view, else all within its reach."""
        old, new = (self._shape(night, camera) for night in self._nights)
        if self.buildings.empty or (old.is_empty and new.is_empty):
            return
        # Where both views end at one wall, slivers are left: they are no news, and no building is to blame for them.
        news = areas_only(np.array([shapely.symmetric_difference(old, new)]), least_m2=_SLIVER_M2)[0]
        ground = self.buildings.geometry
        at_edge = self.buildings[ground.distance(news) <= _FOOT_M]
        in_reach = self.buildings[ground.distance(shapely.union(old, new)) <= self.reach_m]
        for key, row in (at_edge if len(at_edge) else in_reach).iterrows():
            name = None if pd.isna(row["name"]) else str(row["name"])
            yield {"change": row["change"], "building_key": str(key), "name": name}

    def _shape(self, night: gpd.GeoDataFrame, camera: int) -> BaseGeometry:
        return night.geometry[camera] if camera in night.index else shapely.Polygon()
