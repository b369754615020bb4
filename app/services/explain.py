"""Two days compared: by how much coverage moved, and which cameras and buildings moved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from app.difference import Day, Terms, difference
from app.services import WrongUse, aims, check_day
from app.services import fields as fields_service
from app.world import Sampling
from etl.db import Database
from etl.store import frames
from etl.store.changes import camera_places
from etl.store.days import today
from spatial.changes import building_changes, camera_changes
from spatial.optics import px_per_m
from spatial.terrain import Ground
from spatial.types import LensDefaults

Progress = Callable[[str, int, int], None]
# JSON-ready: the contract of `golmok coverage --explain`, and of the report.
Row = dict[str, Any]


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
    answer, _, _ = explained(
        db, (start, end), density_class=density_class, sampling=sampling or Sampling(), progress=progress
    )
    places = camera_places(db)
    answer["cameras"] = [row | places[row["camera_id"]] for row in answer["cameras"]]
    return answer | {"district": db.district.name, "invented": db.district.invented}


def by_agency(db: Database, start: date, end: date, *, progress: Progress) -> Row:
    """Return what became of cameras between two days, by agency, and which of them moved the share of alleys most.

    Returns  `agencies`: agency, added, retired, moved, re_aimed (its aim became known, unknown or another), other (kind,
             mount, lens) and delta_m, expected metres of alley; `cameras`: camera_key, agency, change and delta_m of
             those that moved it, the most first; `buildings_m` and `shared_m`, which no camera did alone; `change_m`.
    Raises   as `explain`
    """
    answer, before, after = explained(
        db, (start, end), density_class="observe", sampling=Sampling(), progress=progress
    )
    whose = pd.concat([day.cameras.set_index("camera_id")["agency"] for day in (before, after)])
    whose = whose[~whose.index.duplicated(keep="last")]
    told = camera_changes(before.cameras, after.cameras)
    counts = Counter((whose[camera], _KINDS.get(change, "other")) for camera, change in told.items())
    delta_m: Counter[str] = Counter()
    for row in answer["cameras"]:
        delta_m[whose[row["camera_id"]]] += row["delta_m"]
    names = sorted({agency for agency, _ in counts})
    kept = ("camera_key", "change", "delta_m")
    return {
        "agencies": [
            {
                "agency": agency,
                **{kind: counts[agency, kind] for kind in (*_COUNTED, "other")},
                "delta_m": round(delta_m[agency], 1),
            }
            for agency in names
        ],
        "cameras": [
            {"agency": whose[row["camera_id"]]} | {name: row[name] for name in kept}
            for row in answer["cameras"]
        ],
        "buildings_m": round(sum(row["delta_m"] for row in answer["buildings"]), 1),
        "shared_m": answer["shared_m"],
        "change_m": answer["change_m"],
    }


_COUNTED = ("added", "retired", "moved", "re_aimed")
_KINDS = {name: name for name in _COUNTED} | dict.fromkeys(("aim_known", "aim_unknown"), "re_aimed")


def explained(
    db: Database, days: tuple[date, date], *, density_class: str, sampling: Sampling, progress: Progress
) -> tuple[Row, Day, Day]:
    """Return the difference between two days and both days. Raises as `explain`."""
    start, end = days
    px_per_m(density_class)
    _check(db, start, end)
    fields_service.refresh(db, progress=progress)
    aims.refresh(db, progress=progress)
    ground = Ground.of(frames.terrain(db))
    terms = Terms(density_class, db.district.defaults, db.district.doubts, sampling, ground)
    present = frames.buildings(db)
    before, after = (_day(db, at, present, density_class=density_class) for at in (start, end))
    return difference(before, after, frames.alleys(db), terms=terms, progress=progress), before, after


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
