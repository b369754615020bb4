"""The error budget of a share: each error alone, from the kernel's rim to the aim, so that one sees which to mend first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np

from app.ranges import number
from app.services import coverage
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from spatial.fov import fields_of_view

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# How far off the height of a building may be, one standard deviation as a share: assumptions. A storey is 2.8 to 3.4 m;
# a height that the district's file assumes may be half or half as much again.
STOREY_SPREAD, ASSUMED_SPREAD = 0.1, 0.5
_HALF_95 = 1.96
# Cameras whose fields of view are computed anew among lower and higher buildings.
CAMERAS = 60
_SEED = 1
_REASON = ("reason_code", "reason")


def budget(
    db: Database, *, density_class: str = "observe", at: date | None = None, progress: Progress
) -> Row:
    """Return half widths at 95 %, as parts of all alleys, each error alone; null with the reason where it is not known.

    db   opened as loader
    aim, height, lens  as `aims.errors` of the coverage answer: headings and tilts, mount heights, lenses
    buildings  heights of buildings reckoned from storeys or assumed, all off together, from `sampled` cameras
    rim        what the chords of drawn discs leave out
    step_m     alleys are seen or unseen by pieces of this length
    """
    run = coverage.coverage(db, density_class=density_class, at=at, progress=progress)
    errors, share = run["aims"]["errors"], run["alleys"]["share"]
    if errors is None or share is None:
        return {"share": None, "errors": None, **{name: run["aims"].get(name) for name in _REASON}}
    found, sampled = of_buildings(
        coverage.world(db, at or network_day(db)), density_class=density_class, progress=progress
    )
    told = {**errors, "rim": number(errors["rim"] * share), "buildings": number(found * share)}
    return {
        "share": share,
        "low": run["alleys"]["low"],
        "high": run["alleys"]["high"],
        "errors": told,
        "sampled": sampled,
    }


def of_buildings(world: World, *, density_class: str, progress: Progress) -> tuple[float, int]:
    """Return the half width at 95 % that unknown heights of buildings give the ground in view, and the cameras asked.

    Half the change from all of them one standard deviation lower to all one higher, as a part of the ground in view;
    0 where nothing is in view. A camera of unknown heading brings the whole ring that it may see.
    """
    rng = np.random.default_rng(_SEED)
    chosen = rng.choice(len(world.cameras), min(CAMERAS, len(world.cameras)), replace=False)
    cameras = world.cameras.iloc[np.sort(chosen)]
    seen = []
    for done, way in enumerate((-1.0, 1.0)):
        progress("Error budget", done, 2)
        views = fields_of_view(
            cameras, _as_high(world, way), classes=[density_class], defaults=world.lens, ground=world.ground
        )
        seen.append(float(views.loc[views["counts"], "geometry"].area.sum()))
    progress("Error budget", 2, 2)
    whole = sum(seen) / 2.0
    return (_HALF_95 * abs(seen[1] - seen[0]) / 2.0 / whole if whole > 0.0 else 0.0), len(cameras)


def _as_high(world: World, way: float) -> gpd.GeoDataFrame:
    """Return the buildings one standard deviation lower (-1) or higher (1) where their height was not measured."""
    buildings = world.buildings
    unknown = buildings["height_m"].isna()
    storeys = buildings["height_basis"].eq("storeys") if "height_basis" in buildings else unknown & False
    spread = np.where(unknown, ASSUMED_SPREAD, np.where(storeys, STOREY_SPREAD, 0.0))
    height = buildings["height_m"].astype("float64").fillna(world.lens.building_height_m)
    return buildings.assign(height_m=height * (1.0 + way * spread))
