"""The risk of a stretch of alley, from what the district has loaded and the weights that it set."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from spatial import demand

# The Korean child zone reaches 300 m from a school's main gate (Road Traffic Act, Article 12).
CHILD_ZONE_M = 300.0
CHILDREN = "child_zones"
COMPLAINTS = "complaints"

Floats = NDArray[np.float64]


def alley_risk(
    points: gpd.GeoDataFrame,
    alleys: gpd.GeoDataFrame,
    *,
    incidents: gpd.GeoDataFrame,
    lamps: gpd.GeoDataFrame,
    layers: Mapping[str, gpd.GeoDataFrame],
    weights: Mapping[str, float],
) -> Floats:
    """Return the risk (n,), 0..1, of sample points along alleys: a judgement by the district's weights.

    points   alley_id, weight and the point; all frames in one metric CRS
    layers   added layers by name; `child_zones` and `complaints` are used where they are loaded
    weights  incidents, narrow, dark, children, complaints; a layer that is not at hand is left out and the
             others grow in proportion
    Densities are scaled by their 5 % and 95 % quantiles along the streets of this run, by metre: risks rank the
    places of one run, and do not compare with those of another day or district.
    """
    street = alleys.set_index("alley_id").loc[points["alley_id"]]
    metres = points["weight"].to_numpy(dtype=np.float64)
    found: dict[str, Floats] = {
        "narrow": demand.narrowness(street["width_m"].to_numpy(dtype=np.float64)),
        "dark": demand.darkness(points, street["lit"].to_numpy(), lamps),
    }
    if len(incidents):
        found["incidents"] = _dense(demand.density_per_km2(points, incidents), metres)
    if len(zones := layers.get(CHILDREN, ())):
        found["children"] = demand.inside(points, areas_of(zones))
    if len(complaints := layers.get(COMPLAINTS, ())):
        worth = complaints["weight"].to_numpy(dtype=np.float64)
        found["complaints"] = _dense(demand.density_per_km2(points, complaints, weights=worth), metres)
    used = {name: values for name, values in found.items() if weights.get(name, 0.0) > 0.0}
    return demand.risk(used, weights) if used else np.ones(len(points))


def _dense(density: Floats, metres: Floats) -> Floats:
    return demand.scaled(density, demand.reference_quantiles(density, metres))


def areas_of(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the zones as areas: a point stands for the zone round it."""
    points = zones.geom_type.isin(("Point", "MultiPoint"))
    return zones.set_geometry(zones.geometry.where(~points, zones.geometry.buffer(CHILD_ZONE_M)))
