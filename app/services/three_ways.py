"""Circle, fan and truth: what three ways of drawing sight claim of the cameras of a day, and how far two are off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from app.services.verify import UnknownCamera
from etl.db import Database
from etl.store import frames
from etl.store.days import network_day
from spatial.edges import Walls
from spatial.fans import three_ways
from spatial.fov import WALL_M
from spatial.visibility import INSIDE

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# The circle that others draw.
RADIUS_M = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One camera: its row of `ThreeWays.cameras`, and the walls about it, metres from the pole, north up."""

    row: Row
    circle: shapely.Geometry
    fan: shapely.Geometry
    seen: shapely.Geometry
    walls: NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class ThreeWays:
    """What circle, fan and exact view claim of the cameras of a day.

    cameras  a row a camera that sees anything: camera_id, camera_key, `circle_m2`, `fan_m2`, `seen_m2`,
             `circle_times` (circle by exact area), `fan_off` (how far the fan's area is off, as a part of the exact
             one, above 0 where it claims too much) and `fan_wrong` (ground that the fan claims and is not seen, or
             is seen and not claimed, by the exact area)
    inside   how many cameras stand inside a building and see nothing
    medians  of `circle_times`, of `fan_off` without its sign and of `fan_wrong`; None without cameras
    scene    the camera that was asked for, or the one whose fan is wrong by most ground; None without cameras
    """

    at: date
    radius_m: float
    cameras: pd.DataFrame
    inside: int
    medians: dict[str, float | None]
    scene: Scene | None


def compare(
    db: Database,
    *,
    camera: str | None = None,
    at: date | None = None,
    radius_m: float = RADIUS_M,
    step_deg: float = 1.0,
    progress: Progress,
) -> ThreeWays:
    """Hold circle and fan against the exact view, all round, among the outlines of all buildings as walls without top.

    Optics play no part here, nor do heights: this is about the drawing of sight alone.
    db       any role that may read cameras and buildings
    camera   the number in the registry (camera_key), else camera_id, of the one to be drawn; None: the most telling one
    at       as at this day; None is the latest that the registries speak of
    step_deg between the rays of the fan
    Raises   UnknownCamera for a camera that does not stand that day, or sees nothing
    """
    day = at or network_day(db)
    progress("Circle, fan, truth", 0, 1)
    standing, buildings = frames.cameras(db, day), frames.buildings(db, at)
    found = compared(standing, buildings, radius_m=radius_m, step_deg=step_deg)
    progress("Circle, fan, truth", 1, 1)
    seeing = found[found["seen_m2"] > 0.0].reset_index(drop=True)
    return ThreeWays(
        at=day,
        radius_m=radius_m,
        cameras=seeing[list(_COLUMNS)],
        inside=int(found["stands"].eq(INSIDE).sum()),
        medians=_medians(seeing),
        scene=_scene(seeing, camera, buildings, radius_m),
    )


_COLUMNS = (
    "camera_id",
    "camera_key",
    "circle_m2",
    "fan_m2",
    "seen_m2",
    "circle_times",
    "fan_off",
    "fan_wrong",
)


def compared(
    cameras: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, *, radius_m: float, step_deg: float
) -> pd.DataFrame:
    """Return a row a camera: its numbers, all of `spatial.fans.three_ways`, and the errors as `ThreeWays` tells them."""
    walls = Walls.of(buildings.geometry.to_numpy())
    places = shapely.get_coordinates(cameras.geometry.to_numpy())
    table = three_ways(places, walls, radius_m=radius_m, wall_m=WALL_M, step_deg=step_deg)
    numbers = cameras[["camera_id", "camera_key"]].reset_index(drop=True)
    seen = table["seen_m2"].where(table["seen_m2"] > 0.0)
    whole: pd.DataFrame = pd.concat([numbers, table], axis=1)
    return whole.assign(
        circle_times=table["circle_m2"] / seen,
        fan_off=table["fan_m2"] / seen - 1.0,
        fan_wrong=table["fan_wrong_m2"] / seen,
    )


def _medians(seeing: pd.DataFrame) -> dict[str, float | None]:
    columns = {name: seeing[name].abs() for name in ("circle_times", "fan_off", "fan_wrong")}
    return {name: float(each.median()) if len(each) else None for name, each in columns.items()}


def _scene(
    seeing: pd.DataFrame, camera: str | None, buildings: gpd.GeoDataFrame, radius_m: float
) -> Scene | None:
    chosen = seeing
    if camera is not None:
        named = seeing["camera_key"].eq(camera)
        chosen = seeing[named if named.any() else seeing["camera_id"].astype(str).eq(camera)]
        if chosen.empty:
            raise UnknownCamera(camera)
    if chosen.empty:
        return None
    row = chosen.to_dict("records")[int(chosen["fan_wrong_m2"].to_numpy().argmax())]
    # The middle of the circle is where the camera stands once it is off its wall.
    middle = np.asarray(row["circle"].centroid.coords[0])
    near = buildings.geometry.iloc[buildings.sindex.query(row["circle"], predicate="intersects")]
    frame = shapely.box(*(middle - radius_m), *(middle + radius_m))
    walls = shapely.transform(shapely.intersection(near.to_numpy(), frame), lambda xy: xy - middle)
    circle, fan, seen = (
        shapely.transform(row[name], lambda xy: xy - middle) for name in ("circle", "fan", "seen")
    )
    return Scene({name: row[name] for name in _COLUMNS}, circle, fan, seen, walls)
