"""The invented district with all headings known, and as a registry tells it: with none. For proofs of beliefs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from etl.sample import SEED
from etl.sample.district import invent
from spatial.beliefs import Beliefs, nothing_known, with_headings
from spatial.fov import fields_of_view, with_assumptions
from spatial.lookouts import Habit, learned_habit, lookouts, street_p
from spatial.samples import sample_alleys
from spatial.sightings import Sightings, sightings
from tests import toy

STOREY_M = 3.1


@dataclass(frozen=True)
class Hidden:
    """Fixed cameras whose headings are hidden: what is believed and who may see what, and the truth beside it.

    true_deg   (c,) headings, in the order of the sightings' cameras
    truth      who really sees what
    habit      as the cameras that were not hidden show it
    """

    points: gpd.GeoDataFrame
    cameras: gpd.GeoDataFrame
    found: Sightings
    truth: Sightings
    true_deg: NDArray[np.float64]
    habit: Habit


@lru_cache(maxsize=2)
def _invented(seed: int) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return cameras, buildings and alleys of a district."""
    district = invent(np.random.default_rng(seed).spawn(9)[:6], lambda _: None)
    heads = district.cameras.heads.reset_index(drop=True)
    number = np.arange(len(heads)) + 1
    ids = {"camera_id": number, "state_id": number, "site_id": heads["site"], "agency": "a", "purpose": "p"}
    spots = shapely.points(np.asarray(district.cameras.poles, dtype=float)[heads["site"]])
    cameras = gpd.GeoDataFrame(heads.assign(**ids), geometry=spots, crs=toy.SRID)
    tall = district.buildings["floors"].to_numpy(dtype=float) * STOREY_M
    buildings = gpd.GeoDataFrame(
        {"building_id": np.arange(len(tall)), "height_m": tall},
        geometry=district.buildings.geometry.to_numpy(),
        crs=toy.SRID,
    )
    rows = district.sections
    columns = {
        "alley_id": np.arange(len(rows)),
        "name": None,
        "width_m": rows["width_m"].to_numpy(),
        "lit": None,
    }
    alleys = gpd.GeoDataFrame(columns | {"kind": "alley"}, geometry=rows.geometry.to_numpy(), crs=toy.SRID)
    return cameras[cameras["kind"].eq("fixed")], buildings, alleys


def hidden_district(*, poles: int, seed: int = SEED, known: float = 1 / 3) -> Hidden:
    """Return some poles of a district, a share of its other cameras having taught the habit.

    poles   how many poles are hidden; the alleys within 60 m of them are looked at, in pieces of 2 m
    """
    cameras, buildings, alleys = _invented(seed)
    rng = np.random.default_rng(seed + 1)
    sites = rng.permutation(cameras["site_id"].unique())
    taught = cameras["site_id"].isin(sites[: int(known * len(sites))])
    chosen = cameras[cameras["site_id"].isin(sites[len(sites) - poles :])]
    ways = lookouts(cameras, alleys)
    habit = learned_habit(ways, cameras.loc[taught, ["site_id", "heading_deg"]])
    near = alleys.iloc[
        np.unique(alleys.sindex.query(chosen.geometry.to_numpy(), predicate="dwithin", distance=60.0)[1])
    ]
    points = sample_alleys(near, step_m=2.0)
    asked = {"classes": ("observe",), "defaults": toy.LENS}
    hidden = chosen.assign(heading_deg=np.nan)
    walls = buildings.iloc[
        np.unique(buildings.sindex.query(chosen.geometry.to_numpy(), predicate="dwithin", distance=150.0)[1])
    ]
    views = fields_of_view(with_assumptions(hidden, toy.LENS), walls, **asked)
    real = fields_of_view(with_assumptions(chosen, toy.LENS), walls, **asked)
    beliefs = _believed(hidden, street_p(ways, habit), habit)
    found = sightings(points, views, hidden, beliefs=beliefs)
    order = chosen.set_index("camera_id").loc[found.camera_ids, "heading_deg"]
    return Hidden(points, chosen, found, sightings(points, real, chosen), order.to_numpy(), habit)


def _believed(cameras: gpd.GeoDataFrame, streets: dict[int, NDArray[np.float64]], habit: Habit) -> Beliefs:
    beliefs = nothing_known(cameras["camera_id"], pole=cameras["site_id"])
    for camera, site in zip(cameras["camera_id"], cameras["site_id"], strict=True):
        if site in streets:
            beliefs = with_headings(beliefs, int(camera), streets[site], weight=habit.weight)
    return beliefs
