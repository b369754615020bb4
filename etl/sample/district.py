"""The whole invented district, made from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from etl.sample import buildings as walls
from etl.sample.cameras import Cameras, put_cameras
from etl.sample.dongs import divide, dong_of
from etl.sample.ground import Array, Ground, make_ground
from etl.sample.names import CITY, GU
from etl.sample.plan import draw_plan
from etl.sample.risk import HotPlaces, make_hot_places
from etl.sample.streets import lay_streets


@dataclass(frozen=True, slots=True)
class District:
    """Everything that the files tell of; geometry in metres round `ground.ORIGIN`.

    `buildings` carry dong (row of `dongs`), main and sub (land lot number) besides.
    """

    ground: Ground
    dongs: gpd.GeoDataFrame
    sections: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    hot_places: HotPlaces
    cameras: Cameras


def invent(rngs: list[np.random.Generator], say: Callable[[str], None]) -> District:
    """Return the district; each of its rooms draws from a generator of its own (six are used)."""
    say("ground")
    ground = make_ground(rngs[0])
    say("streets")
    plan = draw_plan(ground, rngs[1])
    sections = lay_streets(ground, plan, rngs[2])
    dongs = divide(ground, plan)
    say("buildings")
    buildings = _on_land_lots(walls.stand_buildings(ground, plan, sections, rng=rngs[3]), dongs)
    say("cameras")
    hot_places = make_hot_places(sections, rngs[4])
    return District(
        ground, dongs, sections, buildings, hot_places, put_cameras(sections, hot_places, rngs[5])
    )


def addresses(district: District, xy: Array) -> pd.DataFrame:
    """Return the addresses at points (n, 2), those of the nearest door: road, jibun, dong."""
    at = district.buildings.iloc[walls.nearest_doors(district.buildings, xy)]
    names = district.sections["name"].to_numpy()[at["section"]]
    dongs = district.dongs["dong"].to_numpy()[at["dong"]]
    place = f"{CITY} {GU}"
    road = [f"{place} {name} {number}" for name, number in zip(names, at["number"], strict=True)]
    lots = zip(dongs, at["main"], at["sub"], strict=True)
    return pd.DataFrame({"road": road, "jibun": [f"{place} {d} {m}-{s}" for d, m, s in lots], "dong": dongs})


def _on_land_lots(buildings: gpd.GeoDataFrame, dongs: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Number the land lots: a main number a cell of 120 m in its dong, a sub number a building."""
    middles = np.column_stack([buildings.geometry.centroid.x, buildings.geometry.centroid.y])
    cells = np.floor(middles / 120.0).astype(int)
    lots = pd.DataFrame({"dong": dong_of(dongs, middles), "cell": cells[:, 1] * 1000 + cells[:, 0]})
    main = lots.groupby("dong")["cell"].rank(method="dense").astype(int).to_numpy()
    sub = lots.groupby(["dong", "cell"]).cumcount().to_numpy() + 1
    return buildings.assign(dong=lots["dong"].to_numpy(), main=main, sub=sub)
