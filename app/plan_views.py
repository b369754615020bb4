"""What the chosen aims of a plan would see, each with its own lens."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import to_geojson

from app.world import World
from spatial import candidates
from spatial.fov import fields_of_view
from spatial.optics import fov_deg
from spatial.types import LensDefaults

LENS = (
    "height_m", "tilt_deg", "focal_mm", "sensor_w_mm", "sensor_h_mm", "image_w_px", "image_h_px", "max_range_m",
)  # fmt: skip


def lenses_of(aims: pd.DataFrame, lens: LensDefaults) -> pd.DataFrame:
    """Return the lens of each aim (columns LENS, index of the aims): what an aim does not tell is as `lens` has it."""
    told = aims.reindex(columns=list(LENS)).astype("float64")
    return told.fillna({name: float(getattr(lens, name)) for name in LENS})


def hfov_deg(lens: pd.Series) -> float:
    """Return the horizontal angle of view of a row of `lenses_of`."""
    return round(float(fov_deg(lens["sensor_w_mm"], lens["focal_mm"])), 1)


def views(
    world: World, aims: pd.DataFrame, *, density_class: str, nothing: NDArray[np.bool_]
) -> gpd.GeoSeries:
    """Return what each aim certainly sees at a class, in the district's CRS, numbered 0, 1, ...; empty for none.

    aims     heading_deg, geometry and the columns LENS
    nothing  (n,) which of them see nothing: cameras that are taken down
    """
    found = np.full(len(aims), shapely.MultiPolygon(), dtype=object)
    # The range is a rule of the whole network to the engine: aims of one range go together.
    for _, rows in aims.assign(position=np.arange(len(aims))).groupby("max_range_m", sort=True):
        at = rows["position"].to_numpy()
        found[at] = _certain(world, rows, density_class, float(rows["max_range_m"].iloc[0]))
    found[nothing] = shapely.MultiPolygon()
    return gpd.GeoSeries(found, crs=world.alleys.crs)


def as_geojson(seen: gpd.GeoSeries) -> list[dict[str, Any] | None]:
    """Return views as GeoJSON in degrees, to some centimetre; None where there is none."""
    shapes = shapely.set_precision(seen.to_crs(4326).to_numpy(), 1e-7)
    return [None if shape is None or shape.is_empty else json.loads(to_geojson(shape)) for shape in shapes]


def _certain(world: World, aims: pd.DataFrame, density_class: str, range_m: float) -> NDArray[np.object_]:
    sites = gpd.GeoDataFrame(
        {"site_id": np.arange(len(aims))}, geometry=aims["geometry"].to_numpy(), crs=world.alleys.crs
    )
    lens = replace(world.lens, max_range_m=range_m)
    told = {name: aims[name].to_numpy() for name in (*LENS[:-1], "heading_deg")}
    poles = candidates.as_cameras(sites, lens).assign(**told)
    # Walls of the whole city take longer than all views together.
    near = world.buildings.sindex.query(
        sites.geometry.to_numpy(), predicate="dwithin", distance=lens.farthest_m + 1.0
    )[1]
    found = fields_of_view(
        poles,
        world.buildings.iloc[np.unique(near)],
        classes=[density_class],
        defaults=lens,
        ground=world.ground,
    )
    certain = found[found["sight"].eq("certain")].set_index("camera_id").geometry
    shapes: NDArray[np.object_] = certain.reindex(
        range(len(aims)), fill_value=shapely.MultiPolygon()
    ).to_numpy()
    return shapes
