"""The next cameras: the aims along the streets that see the most unseen risk, with a bound among the candidates."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from app.aim_figures import beliefs
from app.figures import risk_along
from app.plan_reasons import Demand, described, levels_of
from app.progress import compiling
from app.risk import CHILDREN, COMPLAINTS
from app.services import WrongUse, coverage, fields
from app.services import aims as aims_service
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from etl.store.plans import keep_plan
from spatial import candidates, samples
from spatial.fov import fields_of_view
from spatial.optics import px_per_m
from spatial.sightings import sightings
from spatial.siting import SitingPlan, maximal_cover

Progress = Callable[[str, int, int], None]

# How finely the plan weighs the streets, and how many of the most promising mounts it looks through.
STEP_M = 4.0
MOUNTS = 2000


class NothingToPlan(WrongUse):
    """A plan needs streets, buildings and cameras' fields of view."""


def plan(
    db: Database,
    *,
    cameras: int | None = None,
    budget_won: int | None = None,
    density_class: str = "observe",
    weights: Mapping[str, float] | None = None,
    dong: str | None = None,
    name: str | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Return the answer of `golmok plan` and keep it: chosen aims in order, risk seen before and after, the bound.

    db             opened as loader
    cameras        how many new cameras, or
    budget_won     what they may cost, at the district's price a camera
    weights        of the layers of risk, zero or more, over those of the district's file; all zero: each metre alike
    dong           code of the dong whose streets it is for, and where the poles stand; None: the whole district
    name           what people call the plan
    Raises         NothingToPlan without streets or buildings; UnknownClass; WrongUse for a weight, a dong, or neither
                   number nor budget
    """
    started = time.perf_counter()
    px_per_m(density_class)
    chosen_weights = _weights(db, weights)
    if (cameras is None) == (budget_won is None):
        raise WrongUse("a plan is for a number of cameras or for a budget")
    world = _world(db, chosen_weights, progress)
    area = _area(world, dong)
    wanted = _demand(world, density_class, area)
    price_won, lens = db.district.price_won_per_camera, db.district.defaults
    most = cameras if cameras is not None else (budget_won or 0) // price_won
    mounts = _mounts(world, wanted, area=area, reach_m=candidates.reach_m(lens, density_class))
    aims, found = _chosen(mounts, world, wanted, density_class=density_class, most=most, progress=progress)
    listed = described(world, wanted, aims, density_class=density_class)
    answer = {
        "asked": {"cameras": cameras, "budget_won": budget_won},
        "name": (name or "").strip() or None,
        "class": density_class,
        "invented": db.district.invented,
        **_about(world, area),
        "chosen": [row | {"price_won": price_won} for row in listed],
        **_totals(wanted, found),
        "alleys": _alleys(wanted, aims),
        "candidates": {"mounts": len(mounts), "headings": len(candidates.EIGHT_WINDS), "step_m": STEP_M},
        "alternatives": [],
        "price_won_per_camera": price_won,
        "cost_won": price_won * len(found.chosen),
        "seconds": round(time.perf_counter() - started, 3),
    }
    return answer | {"plan_id": keep_plan(db, answer, name=answer["name"])}


def without_views(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer without the shapes of its views, which only a map can use."""
    chosen = [{name: value for name, value in row.items() if name != "view"} for row in answer["chosen"]]
    return {**answer, "chosen": chosen}


def _world(db: Database, weights: Mapping[str, float], progress: Progress) -> World:
    fields.refresh(db, progress=progress)
    aims_service.refresh(db, progress=progress)
    world = replace(coverage.world(db, network_day(db)), weights=weights)
    if world.alleys.empty or world.buildings.empty:
        raise NothingToPlan("a plan needs streets and buildings: load `juso` or `city`")
    return world


def _weights(db: Database, given: Mapping[str, float] | None) -> dict[str, float]:
    """Return weights that add up to 1 (or are all 0): the district's, with those given in their place."""
    if unknown := set(given or {}) - set(db.district.weights):
        known = ", ".join(db.district.weights)
        raise WrongUse(f"layers of risk are {known}, not {', '.join(sorted(unknown))}")
    taken = {**db.district.weights, **(given or {})}
    if not all(math.isfinite(weight) and weight >= 0.0 for weight in taken.values()):
        raise WrongUse("a weight is zero or more")
    total = sum(taken.values())
    return {layer: round(weight / total, 6) if total else 0.0 for layer, weight in taken.items()}


def _about(world: World, area: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Return the day, the weights, what had a weight and no rows, and the dong that a plan is for."""
    return {
        "at": world.at.isoformat(),
        "weights": dict(world.weights),
        "without": _without(world),
        "dong": _dong(area),
    }


def _without(world: World) -> list[str]:
    """Return the layers of risk that have a weight and no rows: they bear on nothing, and the others grow."""
    loaded = {
        "incidents": len(world.incidents),
        CHILDREN: len(world.layers.get(CHILDREN, ())),
        COMPLAINTS: len(world.layers.get(COMPLAINTS, ())),
    }
    layer = {"children": CHILDREN}
    return [
        name for name, weight in world.weights.items() if weight and not loaded.get(layer.get(name, name), 1)
    ]


def _area(world: World, dong: str | None) -> gpd.GeoDataFrame | None:
    """Return the one row of the dong that is asked for, None for the whole district."""
    if dong is None:
        return None
    found = world.dong[world.dong["code"].eq(dong)]
    if found.empty:
        raise WrongUse(f"there is no dong of the code {dong}")
    return found.iloc[:1]


def _dong(area: gpd.GeoDataFrame | None) -> dict[str, str] | None:
    return None if area is None else {name: area[name].iloc[0] for name in ("code", "name_ko", "name_en")}


def _within(frame: gpd.GeoDataFrame, area: gpd.GeoDataFrame | None) -> NDArray[np.bool_]:
    if area is None:
        return np.ones(len(frame), dtype=bool)
    return np.asarray(shapely.intersects(area.geometry.iloc[0], frame.geometry.to_numpy()), dtype=bool)


def _demand(world: World, density_class: str, area: gpd.GeoDataFrame | None) -> Demand:
    """Return what the plan is for. Risk is ranked among all streets of the district, whatever part is asked for."""
    every = samples.sample_alleys(world.alleys, step_m=STEP_M)
    per_m, metres = risk_along(every, world), every["weight"].to_numpy(dtype=np.float64)
    inside = _within(every, area)
    points = every[inside].reset_index(drop=True)
    seen = np.zeros(len(points))
    if len(world.cameras) and len(points):
        # What is believed of the aims as coverage believes it: today's share is the same on both pages.
        believed = beliefs(world)
        found = sightings(points, world.fields, world.cameras, density_class=density_class, beliefs=believed)
        seen = found.p_seen()
    return Demand(points, (metres * per_m)[inside], seen, levels_of(per_m, metres))


def _mounts(
    world: World, wanted: Demand, *, area: gpd.GeoDataFrame | None, reach_m: float
) -> gpd.GeoDataFrame:
    every = candidates.mounts(world.alleys)
    there = every[_within(every, area)]
    return candidates.most_promising(there, wanted.points, wanted.unseen, reach_m=reach_m, most=MOUNTS)


def _chosen(
    mounts: gpd.GeoDataFrame,
    world: World,
    wanted: Demand,
    *,
    density_class: str,
    most: int,
    progress: Progress,
) -> tuple[pd.DataFrame, SitingPlan]:
    """Return the chosen aims, a row each with what it sees anew, and the plan itself."""
    poles = candidates.as_cameras(mounts, world.lens)
    with compiling(progress):
        views = fields_of_view(
            poles,
            world.buildings,
            classes=[density_class],
            defaults=world.lens,
            ground=world.ground,
            progress=lambda done, total: progress("Candidates", done, total),
        )
    cover, aims = candidates.aims(sightings(wanted.points, views, poles, density_class=density_class))
    found = maximal_cover(cover, wanted.unseen, p=most)
    chosen = aims.iloc[found.chosen].reset_index(drop=True)
    covered = np.zeros(len(wanted.points), dtype=bool)
    anew = []
    for column in found.chosen:
        own = cover[:, [column]].nonzero()[0]
        fresh = own[~covered[own]]
        covered[fresh] = True
        anew.append(fresh)
    place = mounts.set_index("site_id").geometry.loc[chosen["camera_id"]]
    return chosen.assign(fresh=anew, geometry=place.to_numpy()), found


def _totals(wanted: Demand, found: SitingPlan) -> dict[str, Any]:
    """Return shares 0..1 of the risk that is asked about; the gap is theirs, and the bound holds among the candidates."""
    total = float(wanted.risk.sum())
    before = 1.0 - float(wanted.unseen.sum()) / total if total else 1.0
    after, bound = (
        before + covered / total if total else 1.0 for covered in (found.covered_weight, found.bound)
    )
    return {
        "before": round(before, 6),
        "after": round(after, 6),
        "bound": round(bound, 6),
        "gap": round((bound - after) / bound, 6) if bound else 0.0,
        "proved_optimal": found.proved_optimal,
    }


def _alleys(wanted: Demand, aims: pd.DataFrame) -> dict[str, float | None]:
    """Return the streets asked about: length_m, the share 0..1 of it that is seen before and after, and metres gained."""
    length_m = float(wanted.metres.sum())
    fresh = np.concatenate([*aims["fresh"], np.empty(0, dtype=np.int64)]).astype(np.int64)
    seen_m = float((wanted.metres * wanted.p_seen).sum())
    gained_m = float((wanted.metres * (1.0 - wanted.p_seen))[fresh].sum())
    return {
        "length_m": round(length_m, 1),
        "before": round(seen_m / length_m, 6) if length_m else None,
        "after": round((seen_m + gained_m) / length_m, 6) if length_m else None,
        "gained_m": round(gained_m, 1),
    }
