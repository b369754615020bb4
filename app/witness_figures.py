"""What cameras could have recorded of an area: frames in, JSON-ready parts out. No database here.

A camera that was turned amid the time stands as two: its states are told apart, each with the part of the time it was in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from app.ranges import number
from spatial import recorded, samples
from spatial.beliefs import Beliefs, believed
from spatial.night import at_night, ir_factor, lit_by_lamps
from spatial.optics import LADDER
from spatial.sightings import Sightings, sightings
from spatial.types import LensDefaults, NightRules

Row = dict[str, Any]
THEMES = ("area", "alleys")
NOTHING: Row = dict.fromkeys(recorded.COLUMNS, 0.0)
UNKNOWN: Row = dict.fromkeys(recorded.COLUMNS)

# So many cells of the grid lie side by side from the middle of the area to its edge.
_CELLS = 50


@dataclass(frozen=True, slots=True)
class Scene:
    """What is looked at: frames in one metric CRS.

    area       one row, the area whose place is not known better
    buildings  that touch it, as they stood then; alleys: sections of street that touch it, whole
    lamps      that may light some of it
    cameras    camera_id (the number of the state), site_id, kind, heading_deg, height_m, ir_range_m and points
    views      fields of view of these, of every class; beliefs: camera_id, heading_sums, tilt_p
    radius_m   of the area
    """

    area: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    alleys: gpd.GeoDataFrame
    lamps: gpd.GeoDataFrame
    cameras: gpd.GeoDataFrame
    views: gpd.GeoDataFrame
    beliefs: pd.DataFrame
    radius_m: float
    lens: LensDefaults
    night: NightRules


class Look:
    """Sample points of a scene, and who sees them by day and in the dark, each worked out once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        cameras = scene.cameras.sort_values("camera_id", ignore_index=True)
        self.cameras = cameras.assign(
            height_m=cameras["height_m"].astype(float).fillna(scene.lens.height_m),
            ir_range_m=cameras["ir_range_m"].astype(float),
            heading_deg=cameras["heading_deg"].astype(float),
        )
        self.points = {"area": _ground(scene), "alleys": _streets(scene)}
        self.weights = {theme: at["weight"].to_numpy(dtype=np.float64) for theme, at in self.points.items()}
        self.beliefs: Beliefs = believed(
            pd.DataFrame(self.cameras.drop(columns="geometry")), told=scene.beliefs
        )
        self._lit = {theme: _lit(at, scene) for theme, at in self.points.items()}
        self._found: dict[tuple[str, str, bool], tuple[Sightings, Sightings] | None] = {}

    def found(self, theme: str, density_class: str, *, dark: bool) -> tuple[Sightings, Sightings] | None:
        """Return who sees what at a class, and who might at most; None where nobody's view at the class touches the area."""
        key = theme, density_class, dark
        if key not in self._found:
            self._found[key] = self._looked(theme, density_class, dark=dark)
        return self._found[key]

    def _looked(self, theme: str, density_class: str, *, dark: bool) -> tuple[Sightings, Sightings] | None:
        views = self.scene.views
        views = views[views["density_class"] == density_class]
        if views.empty or self.points[theme].empty:
            return None
        by_day = sightings(
            self.points[theme], views, self.cameras, density_class=density_class, beliefs=self.beliefs
        )
        if not dark:
            return by_day, by_day
        light = {name: self.cameras[name].to_numpy() for name in ("ir_range_m", "height_m")}
        factor, lit = ir_factor(density_class, self.scene.night), self._lit[theme]
        return (
            at_night(by_day, lit, **light, factor=factor),
            at_night(by_day, lit, **light, factor=factor, unknown_reach=True),
        )

    def by_camera(self, theme: str, density_class: str, *, dark: bool) -> dict[int, Row]:
        """Return which part of the area's ground or alleys each camera sees, by camera_id; null without any ground or alley."""
        ids = self.cameras["camera_id"].tolist()
        if self.points[theme].empty:
            return {int(each): dict(UNKNOWN) for each in ids}
        found = self.found(theme, density_class, dark=dark)
        if found is None:
            return {int(each): dict(NOTHING) for each in ids}
        table = recorded.parts(found[0], self.weights[theme], most=found[1])
        return {int(each): _numbers(table.loc[each]) for each in table.index}

    def of_any(self, theme: str, density_class: str, states: Sequence[int], *, dark: bool) -> Row:
        """Return which part at least one of some cameras sees; null without any ground or alley."""
        if self.points[theme].empty:
            return dict(UNKNOWN)
        found = self.found(theme, density_class, dark=dark)
        if found is None or not states:
            return dict(NOTHING)
        seen, most = (each.only(states) for each in found)
        return _numbers(recorded.together(seen, self.weights[theme], most=most))


def parts(look: Look, density_class: str, *, dark: bool) -> dict[int, Row]:
    """Return `area`, `alleys`, `by_class`, `class` and `certain_class` of each camera, by camera_id.

    class          the finest class of the ladder that any part of the area may be seen at; certain_class: is for certain
    """
    rungs = {rung: {theme: look.by_camera(theme, rung, dark=dark) for theme in THEMES} for rung in LADDER}
    asked = rungs.get(density_class) or {
        theme: look.by_camera(theme, density_class, dark=dark) for theme in THEMES
    }
    told: dict[int, Row] = {}
    for each in map(int, look.cameras["camera_id"]):
        own = {rung: {theme: rungs[rung][theme][each] for theme in THEMES} for rung in LADDER}
        told[each] = {
            **{theme: asked[theme][each] for theme in THEMES},
            "by_class": [{"class": rung, **own[rung]} for rung in LADDER],
            "class": _finest(own, "possible"),
            "certain_class": _finest(own, "certain"),
        }
    return told


def _finest(own: Mapping[str, Mapping[str, Row]], bound: str) -> str | None:
    reached = [rung for rung in LADDER if any(own[rung][theme][bound] for theme in THEMES)]
    return reached[-1] if reached else None


def _ground(scene: Scene) -> gpd.GeoDataFrame:
    return samples.sample_area(scene.area, step_m=scene.radius_m / _CELLS, open_to=scene.buildings)


def _streets(scene: Scene) -> gpd.GeoDataFrame:
    within = shapely.intersection(scene.alleys.geometry.to_numpy(), scene.area.geometry.iloc[0])
    pieces, row = shapely.get_parts(within, return_index=True)
    lines = shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING
    cut = gpd.GeoDataFrame(
        {"alley_id": scene.alleys["alley_id"].to_numpy()[row[lines]]},
        geometry=pieces[lines],
        crs=scene.area.crs,
    )
    return samples.sample_alleys(cut, step_m=min(1.0, max(scene.radius_m / _CELLS, 0.1)))


def _lit(points: gpd.GeoDataFrame, scene: Scene) -> NDArray[np.bool_]:
    where, lamps = (shapely.get_coordinates(each.geometry.to_numpy()) for each in (points, scene.lamps))
    return lit_by_lamps(where, lamps, radius_m=scene.night.lamp_radius_m)


def _numbers(row: Mapping[str, float] | pd.Series) -> Row:
    return {name: number(row[name]) for name in recorded.COLUMNS}
