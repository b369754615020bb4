"""What a plan is for: the streets and zones of a district or a dong, their risk, and the chance that each is seen today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from app import demand
from app.aim_figures import beliefs
from app.plan_reasons import Demand, levels_of
from app.risk import RiskLayers, layers_of
from app.world import World
from spatial.demand_points import in_metres, is_street
from spatial.sightings import sightings

Floats = NDArray[np.float64]

# How finely a plan weighs the streets, metres.
STEP_M = 4.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a planner asks to have seen.

    dong   code of the dong whose streets and zones it is for; None, or a dong that is gone: the whole district
    calls  codes of the classes of incidents that count; hours: on the district's clocks; None: all
    """

    density_class: str
    dong: str | None = None
    calls: tuple[str, ...] | None = None
    hours: tuple[int, ...] | None = None

    def told(self) -> dict[str, Any]:
        """Return the choice of incidents as an answer tells it, JSON-ready."""
        return {
            "calls": None if self.calls is None else list(self.calls),
            "hours": None if self.hours is None else list(self.hours),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A demand, and what its risk is made of.

    wanted   the demand itself: risk is metres times 0..1, a zone's square metres counted as the district says
    rows     (n,) positions of its points among all of the district, as `app.demand.points_of` lists them
    counts   (n,) metres that each point counts; 0 for a zone's point where the layer of its kind has no weight
    layers   of risk, at these points
    """

    wanted: Demand
    rows: NDArray[np.int64]
    counts: Floats
    layers: RiskLayers = field(repr=False)

    @property
    def streets(self) -> NDArray[np.bool_]:
        """Return which points (n,) lie along a street."""
        return is_street(self.wanted.points)


def weighed(world: World, wish: Wish, *, every: gpd.GeoDataFrame | None = None) -> Weighed:
    """Return what a plan is for. Risk is ranked among all of the district, whatever part is asked for.

    every  the points of the district, where they were made before
    """
    points = demand.points_of(world, step_m=STEP_M) if every is None else every
    layers = layers_of(points, world, classes=wish.calls, hours=wish.hours)
    per_m = layers.total()
    counts = in_metres(points, zone_m2_per_m=world.risk_rules.zone_m2_per_m)
    heavy = {kind for kind in ("flood", "wildfire") if world.weights.get(kind, 0.0) > 0.0}
    counts = np.where(is_street(points) | points["kind"].isin(heavy).to_numpy(), counts, 0.0)
    inside = _inside(points, world, wish.dong)
    rows = np.flatnonzero(inside)
    there = points.iloc[rows].reset_index(drop=True)
    street = is_street(points)
    wanted = Demand(
        there,
        (counts * per_m)[rows],
        seen_of(world, there, wish.density_class),
        levels_of(per_m[street], points["weight"].to_numpy(dtype=np.float64)[street]),
    )
    part = RiskLayers(layers.names, layers.values[:, rows], layers.weights, layers.facts, layers.without)
    return Weighed(wanted, rows, counts[rows], part)


def demand_of(world: World, density_class: str, *, dong: str | None = None) -> Demand:
    """Return what a plan of all incidents is for, as `weighed`."""
    return weighed(world, Wish(density_class, dong)).wanted


def seen_of(
    world: World, points: gpd.GeoDataFrame, density_class: str, *, without: Collection[int] = ()
) -> Floats:
    """Return the chance (n,) that each point is seen today, some cameras (camera_id) taken not to be there."""
    if not len(points) or not len(world.cameras):
        return np.zeros(len(points))
    # What is believed of the aims as coverage believes it: today's share is the same on both pages.
    found = sightings(
        points, world.fields, world.cameras, density_class=density_class, beliefs=beliefs(world)
    )
    if without:
        found = found.only(found.camera_ids[~np.isin(found.camera_ids, list(without))])
    return np.asarray(found.p_seen(), dtype=np.float64)


def area_of(world: World, dong: str | None) -> Any:
    """Return the area of a dong, None for the whole district or a dong that is gone. Any: a shapely geometry or None."""
    found = world.dong[world.dong["code"].eq(dong)].geometry
    return found.iloc[0] if len(found) else None


def _inside(points: gpd.GeoDataFrame, world: World, dong: str | None) -> NDArray[np.bool_]:
    area = area_of(world, dong)
    if area is None:
        return np.ones(len(points), dtype=bool)
    return np.asarray(shapely.intersects(area, points.geometry.to_numpy()), dtype=bool)
