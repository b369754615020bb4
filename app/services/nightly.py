"""The nightly run: all that is stale computed anew, and the cameras that lost view since the last run named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import geopandas as gpd

from app.figures import Row
from app.lost_view import Night, compare, optics_text, views, with_optics
from app.services import coverage as coverage_service
from app.services import covering, dividend, private_kept, status
from app.services import fields as fields_service
from app.world import Sampling
from etl.db import Database
from etl.store import changes, frames, live

JOB = "nightly"
DENSITY_CLASS = "observe"

Progress = Callable[[str, int, int], None]


def nightly(db: Database, *, sampling: Sampling | None = None, progress: Progress) -> dict[str, Any]:
    """Return what `golmok nightly` answers, and keep what each camera sees for the next run to compare with.

    db  opened as loader. Fields of view and coverage are kept as they are done; what the cameras see is put in place of
        what the last run saw in one transaction at the end. So a killed run leaves the last run to compare with, and the
        next goes on with what is left to compute.
    """
    live.forget_events(db)
    last = changes.last_run(db, JOB)
    run_id, started = changes.begin_run(db, JOB)
    figures = coverage_service.coverage(db, density_class=DENSITY_CLASS, sampling=sampling, progress=progress)
    # What Start compares with stays true too, when a street or a house has changed since.
    dividend.keep(db, sampling=sampling, progress=progress)
    # So does what the next plan rests on, where somebody has planned.
    covers = covering.refresh_kept(db, progress=progress)
    private_kept.refresh_kept(db, progress=progress)
    progress("Views", 0, 2)
    now = _views(db, date.fromisoformat(figures["at"]))
    found = _since(db, now, last.started_at)
    progress("Views", 1, 2)
    told = status.status(db)["alarms"]
    answer = _head(db, figures) | found | _times(last, started) | {"alarms": told, "covers": covers}
    changes.finish_run(
        db,
        run_id,
        answer=answer,
        views=now,
        density_class=DENSITY_CLASS,
        engine=fields_service.engine_of(db),
    )
    progress("Views", 2, 2)
    return answer | {"run_id": run_id}


def _views(db: Database, at: date) -> gpd.GeoDataFrame:
    cameras = frames.cameras(db, at)
    seen = views(cameras, frames.fields(db, at, DENSITY_CLASS))
    return seen.assign(optics=optics_text(cameras))


def _since(db: Database, now: gpd.GeoDataFrame, since: datetime | None) -> Row:
    """Return what changed since the last run; of a first run nothing but how many cameras there are."""
    counts = {"n": len(now), "lost": 0, "gained": 0}
    if since is None:
        return {"cameras": counts, "lost": [], "gained": [], "aims": []}
    was = with_optics(frames.camera_views(db))
    before = frames.buildings_before(db, since)
    present = frames.buildings(db)
    present = present[present["building_key"].isin(before["building_key"])]
    engine = fields_service.engine_of(db)
    found = compare(
        Night(was, before[before["stood"].astype(bool)], was["engine"].iloc[0] if len(was) else engine),
        Night(now, present, engine),
        defaults=db.district.defaults,
        terrain=changes.terrain_since(db, since),
    )
    return found | _placed(db, found)


def _placed(db: Database, found: Row) -> Row:
    """Return the rows with the site of each camera, and where it lies."""
    places = changes.camera_places(db)
    return {
        name: [row | places[row["camera_id"]] for row in found[name]] for name in ("lost", "gained", "aims")
    }


def _head(db: Database, figures: Row) -> Row:
    names = ("share", "low", "high", "certain", "possible", "length_m", "seen_m")
    return {
        "job": JOB,
        "district": db.district.name,
        "timezone": db.district.timezone,
        "invented": db.district.invented,
        "at": figures["at"],
        "fields_computed": figures["fields_computed"],
        "coverage": {"class": DENSITY_CLASS, **{name: figures["alleys"].get(name) for name in names}},
        "coverage_run_id": figures["run_id"],
    }


def _times(last: changes.LastRun, started: datetime) -> Row:
    return {
        "started_at": started.isoformat(),
        "first": last.started_at is None,
        "last_run": None if last.finished_at is None else last.finished_at.isoformat(),
        "went_on_from": None if last.went_on_from is None else last.went_on_from.isoformat(),
    }
