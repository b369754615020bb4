"""What one camera would see from one place: a single view among the buildings round it, some milliseconds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from app.plan_views import LENS
from app.world import World
from spatial import candidates
from spatial.fov import fields_of_view
from spatial.optics import focal_mm, footprint
from spatial.optics import place as placed
from spatial.shapes import areas_only
from spatial.sightings import Sightings, sightings
from spatial.types import LensDefaults

# Walls this far beyond the reach of a lens may still push a pole off a building that it stands in.
_ROUND_M = 30.0
# Overlay leaves slivers of this size where two shapes share an edge.
_LEAST_M2 = 1e-6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a camera hangs and looks: degrees (EPSG:4326), metres of the district's CRS, degrees clockwise from north."""

    lat: float
    lon: float
    x: float
    y: float
    heading_deg: float
    lens: LensDefaults


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """What a camera on one pole could see whichever way it looks: the same for every heading.

    held   positions of the points within reach
    found  who sees which of them at which heading
    field  the one field of view of the camera, as of unknown heading
    """

    held: NDArray[np.int64]
    found: Sightings
    field: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is seen from a place.

    rows    positions of the points that are seen
    stands  seen, on_wall, on_roof or inside, as `spatial.visibility.sight`
    view    GeoJSON of the view in degrees, None where the class is reached nowhere
    """

    rows: NDArray[np.int64]
    stands: str
    view: Mapping[str, Any] | None


def pole(world: World, points: gpd.GeoDataFrame, place: Place, *, density_class: str) -> Pole:
    """Return what a camera at a place could see of some points (district CRS) at a density class, whatever its heading."""
    site = gpd.GeoDataFrame(
        {"site_id": [0]}, geometry=[shapely.Point(place.x, place.y)], crs=world.alleys.crs
    )
    camera = candidates.as_cameras(site, place.lens)
    reach_m = candidates.reach_m(place.lens, density_class)
    near = world.buildings.sindex.query(shapely.box(*_square(place, reach_m + _ROUND_M)))
    buildings = world.buildings.iloc[np.sort(near)]
    inside = points.sindex.query(shapely.box(*_square(place, reach_m + 1.0)))
    held = np.sort(inside).astype(np.int64)
    field = fields_of_view(
        camera, buildings, classes=[density_class], defaults=place.lens, ground=world.ground
    )
    found = sightings(points.iloc[held], field, camera, density_class=density_class)
    return Pole(held, found, field)


def look(on: Pole, place: Place) -> Look:
    """Return what a camera on its pole sees at the heading of a place, as a plan reckons it."""
    cover, _ = candidates.aims(on.found, headings_deg=[place.heading_deg])
    return Look(on.held[np.unique(cover.nonzero()[0])], str(on.field["stands"].iloc[0]), _view(on, place))


def lens_of(row: Mapping[str, Any], assumed: LensDefaults, models: Mapping[str, Any]) -> LensDefaults:
    """Return the lens that a plan's row tells of: its model's, where the district has one of that name; else as assumed.

    models  by name, with the attributes `app.plan_views.LENS`
    """
    model = models.get(row.get("model") or "")
    told = {} if model is None else {name: getattr(model, name) for name in LENS}
    if model is None and row.get("hfov_deg") is not None:
        told["focal_mm"] = float(focal_mm(assumed.sensor_w_mm, row["hfov_deg"]))
    told |= {name: float(row[name]) for name in ("height_m", "tilt_deg") if row.get(name) is not None}
    return replace(assumed, **told) if told else assumed


def _square(place: Place, half_m: float) -> tuple[float, float, float, float]:
    return place.x - half_m, place.y - half_m, place.x + half_m, place.y + half_m


def _view(on: Pole, place: Place) -> Mapping[str, Any] | None:
    """Return the part of what could be seen that lies in the lens's footprint at this heading: for a map, to some decimetres."""
    row = on.field.iloc[0]
    shape = footprint(row["near_m"], row["far_m"], slope=row["slope"], offset_m=row["offset_m"])
    turned = placed(shape, [(place.x, place.y)], heading_deg=place.heading_deg)
    seen = areas_only(shapely.intersection(on.field.geometry.to_numpy(), turned), least_m2=_LEAST_M2)
    degrees = gpd.GeoSeries(seen, crs=on.field.crs).to_crs(4326).to_numpy()
    shown = shapely.set_precision(degrees, 1e-7)[0]
    if shown.is_empty:
        return None
    view: Mapping[str, Any] = json.loads(shapely.to_geojson(shown))
    return view
