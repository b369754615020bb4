"""What a plan is for: the pieces of street of a district or a dong, their risk, and the chance that each is seen today."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import shapely

from app.aim_figures import beliefs
from app.figures import risk_along
from app.plan_reasons import Demand, levels_of
from app.world import World
from spatial import samples
from spatial.sightings import sightings

# How finely a plan weighs the streets, metres.
STEP_M = 4.0


def demand_of(
    world: World, density_class: str, *, dong: str | None = None, without: Collection[int] = ()
) -> Demand:
    """Return what a plan is for. Risk is ranked among all streets of the district, whatever part is asked for.

    dong     code of the dong whose streets it is for; None, or a dong that is gone: the whole district
    without  camera_id of cameras that are taken not to be there
    """
    every = samples.sample_alleys(world.alleys, step_m=STEP_M)
    per_m, metres = risk_along(every, world), every["weight"].to_numpy(dtype=np.float64)
    area = world.dong[world.dong["code"].eq(dong)].geometry
    inside = np.ones(len(every), dtype=bool)
    if len(area):
        inside = np.asarray(shapely.intersects(area.iloc[0], every.geometry.to_numpy()), dtype=bool)
    points = every[inside].reset_index(drop=True)
    risk = (metres * per_m)[inside]
    return Demand(
        points, risk, seen_of(world, points, density_class, without=without), levels_of(per_m, metres)
    )


def seen_of(
    world: World, points: gpd.GeoDataFrame, density_class: str, *, without: Collection[int] = ()
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the chance (n,) that each point is seen today, some cameras taken not to be there."""
    if not len(points) or not len(world.cameras):
        return np.zeros(len(points))
    # What is believed of the aims as coverage believes it: today's share is the same on both pages.
    found = sightings(
        points, world.fields, world.cameras, density_class=density_class, beliefs=beliefs(world)
    )
    if without:
        found = found.only(found.camera_ids[~np.isin(found.camera_ids, list(without))])
    return np.asarray(found.p_seen(), dtype=np.float64)
