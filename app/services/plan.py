"""The next cameras: the aims along the streets that see the most unseen risk, with a bound among the candidates."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.figures import named_alleys, risk_along
from app.progress import compiling
from app.services import WrongUse, coverage, fields
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from etl.store.plans import keep_plan
from spatial import candidates, samples
from spatial.fov import fields_of_view
from spatial.optics import px_per_m
from spatial.sightings import sightings
from spatial.siting import SitingPlan, maximal_cover
from spatial.types import LensDefaults

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]

# How finely the plan weighs the streets, and how many of the most promising mounts it looks through.
STEP_M = 4.0
MOUNTS = 2000


class NothingToPlan(WrongUse):
    """A plan needs streets, buildings and cameras' fields of view."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """Pieces of street: their points, their risk (metres times 0..1), and the part of it unseen today."""

    points: gpd.GeoDataFrame
    risk: Floats
    unseen: Floats


def plan(
    db: Database,
    *,
    cameras: int | None = None,
    budget_won: int | None = None,
    density_class: str = "observe",
    progress: Progress,
) -> dict[str, Any]:
    """Return the answer of `golmok plan` and keep it: chosen aims in order, risk seen before and after, the bound.

    cameras        how many new cameras, or
    budget_won     what they may cost, at the district's price a camera
    Raises         NothingToPlan without streets or buildings; UnknownClass
    """
    started = time.perf_counter()
    px_per_m(density_class)
    fields.refresh(db, progress=progress)
    world = coverage.world(db, network_day(db))
    if world.alleys.empty or world.buildings.empty:
        raise NothingToPlan("a plan needs streets and buildings: load `juso` or `city`")
    demand = _demand(world, density_class)
    price_won, lens = db.district.price_won_per_camera, db.district.defaults
    most = cameras if cameras is not None else (budget_won or 0) // price_won
    mounts = _mounts(world, demand, candidates.reach_m(lens, density_class))
    aims, found = _chosen(
        mounts, world, demand, density_class=density_class, most=most, lens=lens, progress=progress
    )
    answer = {
        "asked": {"cameras": cameras, "budget_won": budget_won},
        "class": density_class,
        "at": world.at.isoformat(),
        "invented": db.district.invented,
        "chosen": _described(world, demand, aims, price_won),
        **_totals(demand, found),
        "candidates": {"mounts": len(mounts), "headings": len(candidates.EIGHT_WINDS), "step_m": STEP_M},
        "alternatives": [],
        "price_won_per_camera": price_won,
        "cost_won": price_won * len(found.chosen),
        "seconds": round(time.perf_counter() - started, 3),
    }
    return answer | {"plan_id": keep_plan(db, answer)}


def _demand(world: World, density_class: str) -> _Demand:
    points = samples.sample_alleys(world.alleys, step_m=STEP_M)
    risk = points["weight"].to_numpy() * risk_along(points, world)
    if world.cameras.empty:
        return _Demand(points, risk, risk)
    seen = sightings(points, world.fields, world.cameras, density_class=density_class).p_seen()
    return _Demand(points, risk, risk * (1.0 - seen))


def _mounts(world: World, demand: _Demand, reach_m: float) -> gpd.GeoDataFrame:
    every = candidates.mounts(world.alleys)
    return candidates.most_promising(every, demand.points, demand.unseen, reach_m=reach_m, most=MOUNTS)


def _chosen(
    mounts: gpd.GeoDataFrame,
    world: World,
    demand: _Demand,
    *,
    density_class: str,
    most: int,
    lens: LensDefaults,
    progress: Progress,
) -> tuple[pd.DataFrame, SitingPlan]:
    """Return the chosen aims, a row each with what it sees anew, and the plan itself."""
    poles = candidates.as_cameras(mounts, lens)
    with compiling(progress):
        views = fields_of_view(
            poles,
            world.buildings,
            classes=[density_class],
            defaults=lens,
            ground=world.ground,
            progress=lambda done, total: progress("Candidates", done, total),
        )
    cover, aims = candidates.aims(sightings(demand.points, views, poles, density_class=density_class))
    found = maximal_cover(cover, demand.unseen, p=most)
    chosen = aims.iloc[found.chosen].reset_index(drop=True)
    covered = np.zeros(len(demand.points), dtype=bool)
    anew = []
    for column in found.chosen:
        own = cover[:, [column]].nonzero()[0]
        fresh = own[~covered[own]]
        covered[fresh] = True
        anew.append(fresh)
    place = mounts.set_index("site_id").geometry.loc[chosen["camera_id"]]
    return chosen.assign(fresh=anew, geometry=place.to_numpy()), found


def _totals(demand: _Demand, found: SitingPlan) -> dict[str, Any]:
    """Return shares 0..1 of the district's risk; the gap is theirs, and the bound holds among the candidates."""
    total = float(demand.risk.sum())
    before = 1.0 - float(demand.unseen.sum()) / total if total else 1.0
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


def _described(world: World, demand: _Demand, aims: pd.DataFrame, price_won: int) -> list[dict[str, Any]]:
    """Return the chosen aims with place, gain and the reason as a code with its numbers; `words` holds its sentence."""
    if aims.empty:
        return []
    places = gpd.GeoSeries(aims["geometry"].to_numpy(), crs=world.alleys.crs).to_crs(4326)
    total = float(demand.risk.sum())
    streets = named_alleys(world.alleys)
    metres = demand.points["weight"].to_numpy()
    alley = demand.points["alley_id"].to_numpy()
    rows = []
    headings = aims["heading_deg"].to_numpy(dtype=np.float64)
    for heading_deg, fresh, point in zip(headings, aims["fresh"], places, strict=True):
        seen = pd.Series(metres[fresh]).groupby(alley[fresh]).sum().sort_values(ascending=False)
        street = streets.loc[seen.index[0]]
        rows.append(
            {
                "lat": round(point.y, 7),
                "lon": round(point.x, 7),
                "heading_deg": float(heading_deg),
                "gain": round(float(demand.unseen[fresh].sum()) / total, 6),
                "metres": round(float(metres[fresh].sum()), 1),
                "price_won": price_won,
                "alley": street["name"],
                "reason": _reason(float(seen.iloc[0]), street),
            }
        )
    return rows


def _reason(metres: float, street: pd.Series) -> dict[str, Any]:
    """Return the street that gains most from the aim: how much of it is newly seen, and how wide it is."""
    width = None if pd.isna(street["width_m"]) else round(float(street["width_m"]), 1)
    return {"code": "most_in_street", "alley": street["name"], "metres": round(metres, 1), "width_m": width}
