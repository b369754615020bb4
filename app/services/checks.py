"""Which glances would narrow the range most, in the order of a walk: what `golmok checks` answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.figures import Gauge, named_alleys
from app.ranges import number, ranged
from app.services import WrongUse, aims, check_day, coverage, fields
from app.world import Sampling, World
from etl.db import Database
from etl.store.days import network_day
from spatial.checks import route, walked_m, worth_checking
from spatial.coverage import shares_by_draw
from spatial.crs import unproject
from spatial.doubts import VARIANTS
from spatial.optics import px_per_m
from spatial.walks import ways_between

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
Floats = NDArray[np.float64]


class NothingToCheck(WrongUse):
    """Checks need streets, buildings and cameras."""


def checks(
    db: Database,
    *,
    count: int = 20,
    density_class: str = "observe",
    at: date | None = None,
    sampling: Sampling | None = None,
    progress: Progress,
) -> Row:
    """Return the next checks: camera and place, in an order to walk, and by how much they would narrow the range.

    db       opened as loader
    count    how many, at most; one a pole
    Returns  `share` of alleys as now; `checks`, each with camera, place, what chance there is of a yes and the part of
             the variance it takes away; `walk_m` along the streets; `narrows_by`, the part of the width of the range
             that they would take away if all answers were right, the doubt about lenses and heights left aside;
             `unknown` headings and `left`, poles more that are worth a check
    Raises   NothingToCheck without streets, buildings or cameras; UnknownClass; WrongUse for a day that cannot be
    """
    px_per_m(density_class)
    if at is not None:
        check_day(at)
    fields.refresh(db, progress=progress)
    aims.refresh(db, progress=progress)
    world = coverage.world(db, at or network_day(db))
    if world.alleys.empty or world.buildings.empty or world.cameras.empty:
        raise NothingToCheck("checks need streets, buildings and cameras")
    progress("Checks", 0, 1)
    gauge = Gauge(world, density_class, sampling or Sampling())
    points = gauge.points("alleys")
    fixed = world.cameras.loc[world.cameras["kind"].ne("ptz"), "camera_id"]
    worth = worth_checking(gauge.found("alleys"), points["weight"].to_numpy(), askable=fixed)
    listed, walk_m = _walk(worth.head(count), points, world)
    progress("Checks", 1, 1)
    return {
        "class": density_class,
        "at": world.at.isoformat(),
        "share": ranged(gauge.share("alleys")),
        "unknown": int(world.cameras["heading_deg"].isna().sum()),
        "checks": listed,
        "left": max(len(worth) - count, 0),
        "walk_m": walk_m,
        "narrows_by": _narrows_by(gauge, worth.head(count)["gain"].to_numpy()),
        "invented": db.district.invented,
    }


def _walk(worth: pd.DataFrame, points: gpd.GeoDataFrame, world: World) -> tuple[list[Row], float]:
    """Return the checks in an order to walk, and the length of the walk in metres."""
    places = points.iloc[worth["point"].to_numpy()]
    apart = ways_between(pd.DataFrame(places[["alley_id", "offset_m"]]), world.alleys)
    xy = np.column_stack([places.geometry.x, places.geometry.y])
    order = route(xy, apart)
    straight = np.hypot(*(xy[:, None] - xy[None]).T).T
    ways = np.where(np.isfinite(apart), apart, straight)
    lonlat = unproject(xy, srid=int(points.crs.to_epsg())) if len(xy) else xy
    names = named_alleys(world.alleys)["name"]
    rows = []
    for step, at in enumerate(order, 1):
        row, place = worth.iloc[at], places.iloc[at]
        camera = world.cameras.loc[world.cameras["camera_id"].eq(row["camera_id"])].iloc[0]
        rows.append(
            {"order": step, **_described(camera, xy[at]), "alley": names.get(place["alley_id"])}
            | {"lat": round(float(lonlat[at][1]), 6), "lon": round(float(lonlat[at][0]), 6)}
            | {"p_sees": number(row["p_sees"]), "tells": number(row["gain"] / row["variance"])}
        )
    return rows, round(walked_m(ways, order), 1)


def _described(camera: pd.Series, place: Floats) -> Row:
    east, north = place[0] - camera.geometry.x, place[1] - camera.geometry.y
    return {
        "camera_id": int(camera["camera_id"]),
        "camera_key": camera["camera_key"],
        "site_id": int(camera["site_id"]),
        "distance_m": round(float(np.hypot(east, north)), 1),
        "bearing_deg": round(float(np.degrees(np.arctan2(east, north)) % 360.0), 1),
    }


def _narrows_by(gauge: Gauge, gains: Floats) -> float | None:
    """Return the part of the width that is expected to go, were headings all that is not known."""
    weights = gauge.points("alleys")["weight"].to_numpy()
    headings = gauge.headings
    # The variant in the middle is that in which all is as assumed.
    variant = None if headings.variant is None else np.full_like(headings.variant, VARIANTS // 2)
    aim_alone = replace(headings, variant=variant)
    seen_m = shares_by_draw(gauge.found("alleys"), weights, aim_alone) * weights.sum()
    variance = float(np.var(seen_m))
    return number(1.0 - np.sqrt(max(1.0 - gains.sum() / variance, 0.0))) if variance > 0.0 else None
