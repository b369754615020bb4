"""Two days compared: by how much coverage moved, and which cameras and buildings moved it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np

from app.difference import Day, Terms, difference
from app.services import WrongUse, aims, check_day
from app.services import fields as fields_service
from app.world import Sampling
from etl.db import Database
from etl.store import frames
from etl.store.changes import camera_places
from etl.store.days import today
from spatial.changes import building_changes
from spatial.optics import px_per_m
from spatial.terrain import Ground
from spatial.types import LensDefaults

Progress = Callable[[str, int, int], None]


def explain(
    db: Database,
    start: date,
    end: date,
    *,
    density_class: str = "observe",
    sampling: Sampling | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Return what `golmok coverage --explain` answers: the share of alleys on both days and who made the difference.

    db      opened as loader; stale fields of view are brought up to date first
    start, end  the earlier and the later day, each with the buildings that stood and the poles that bore cameras then
    Raises  UnknownClass; WrongUse for days in the wrong order or a day that has not come
    """
    px_per_m(density_class)
    _check(db, start, end)
    fields_service.refresh(db, progress=progress)
    aims.refresh(db, progress=progress)
    ground = Ground.of(frames.terrain(db))
    terms = Terms(density_class, db.district.defaults, db.district.doubts, sampling or Sampling(), ground)
    present = frames.buildings(db)
    before, after = (_day(db, at, present, density_class=density_class) for at in (start, end))
    answer = difference(before, after, frames.alleys(db), terms=terms, progress=progress)
    places = camera_places(db)
    answer["cameras"] = [row | places[row["camera_id"]] for row in answer["cameras"]]
    return answer | {"district": db.district.name, "invented": db.district.invented}


def _check(db: Database, start: date, end: date) -> None:
    for day in (start, end):
        check_day(day)
    if end < start:
        raise WrongUse(f"the later day comes second: {start} is not before {end}")
    if end > (now := today(db)):
        raise WrongUse(f"what changes until {end} nobody knows: today is {now}")


def _day(db: Database, at: date, present: gpd.GeoDataFrame, *, density_class: str) -> Day:
    """Read a day; of stored fields of view, made among the buildings of now, those that hold for the day too."""
    buildings, moved = frames.buildings(db, at), frames.cameras_moved(db, at)
    cameras = _hung(frames.cameras(db, at), moved)
    defaults = db.district.defaults
    fields = frames.fields(db, at, density_class)
    other = _touched(cameras, buildings, present, defaults=defaults) | set(moved["camera_id"])
    true = fields[~fields["camera_id"].isin(other)]
    return Day(at, cameras, buildings, true, frames.aim_beliefs(db, at))


def _hung(cameras: gpd.GeoDataFrame, moved: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the cameras on the poles that bore them: site_id and point of those that were moved since."""
    where = moved.set_index("camera_id")
    there = cameras["camera_id"].isin(where.index)
    if not there.any():
        return cameras
    then = where.loc[cameras.loc[there, "camera_id"]]
    hung = cameras.copy()
    hung.loc[there, "site_id"] = then["site_id"].to_numpy()
    hung.loc[there, "geometry"] = then.geometry.to_numpy()
    return hung


def _touched(
    cameras: gpd.GeoDataFrame, then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, *, defaults: LensDefaults
) -> set[int]:
    """Return the cameras within whose reach a building is not what it was."""
    changed = building_changes(then, now, default_height_m=defaults.building_height_m)
    _, near = cameras.sindex.query(
        changed.geometry.to_numpy(), predicate="dwithin", distance=defaults.farthest_m
    )
    return set(cameras["camera_id"].to_numpy()[np.unique(near)].tolist())
