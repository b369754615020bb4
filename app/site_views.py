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

from app.world import World
from spatial import candidates
from spatial.fov import fields_of_view
from spatial.optics import focal_mm
from spatial.sightings import sightings
from spatial.types import LensDefaults

# Walls this far beyond the reach of a lens may still push a pole off a building that it stands in.
_ROUND_M = 30.0


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
class Look:
    """What is seen from a place.

    rows    positions of the points that are seen
    stands  seen, on_wall, on_roof or inside, as `spatial.visibility.sight`
    view    GeoJSON of the view in degrees, None where the class is reached nowhere
    """

    rows: NDArray[np.int64]
    stands: str
    view: Mapping[str, Any] | None


def look(world: World, points: gpd.GeoDataFrame, place: Place, *, density_class: str) -> Look:
    """Return what a camera at a place sees of some points (district CRS) at a density class, as a plan reckons it."""
    site = gpd.GeoDataFrame(
        {"site_id": [0]}, geometry=[shapely.Point(place.x, place.y)], crs=world.alleys.crs
    )
    pole = candidates.as_cameras(site, place.lens)
    reach_m = candidates.reach_m(place.lens, density_class)
    near = world.buildings.sindex.query(shapely.box(*_square(place, reach_m + _ROUND_M)))
    buildings = world.buildings.iloc[np.sort(near)]
    # One visible area tells the points of any heading, as the candidates' aims are told; the other is what is drawn.
    free, aimed = (
        fields_of_view(each, buildings, classes=[density_class], defaults=place.lens, ground=world.ground)
        for each in (pole, pole.assign(heading_deg=place.heading_deg))
    )
    inside = points.sindex.query(shapely.box(*_square(place, reach_m + 1.0)))
    held = np.sort(inside).astype(np.int64)
    found = sightings(points.iloc[held], free, pole, density_class=density_class)
    cover, _ = candidates.aims(found, headings_deg=[place.heading_deg])
    return Look(held[np.unique(cover.nonzero()[0])], str(aimed["stands"].iloc[0]), _view(aimed))


def lens_of(row: Mapping[str, Any], defaults: LensDefaults) -> LensDefaults:
    """Return the lens that a plan's row tells of; what it does not tell is the district's."""
    told = {name: float(row[name]) for name in ("height_m", "tilt_deg") if row.get(name) is not None}
    if row.get("hfov_deg") is not None:
        told["focal_mm"] = float(focal_mm(defaults.sensor_w_mm, row["hfov_deg"]))
    return replace(defaults, **told) if told else defaults


def _square(place: Place, half_m: float) -> tuple[float, float, float, float]:
    return place.x - half_m, place.y - half_m, place.x + half_m, place.y + half_m


def _view(fields: gpd.GeoDataFrame) -> Mapping[str, Any] | None:
    certain = fields[fields["sight"].eq("certain")].geometry.to_crs(4326)
    shapes = shapely.set_precision(certain.to_numpy(), 1e-7)
    if not len(shapes) or shapes[0].is_empty:
        return None
    view: Mapping[str, Any] = json.loads(shapely.to_geojson(shapes[0]))
    return view
