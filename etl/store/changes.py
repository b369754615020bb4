"""What changed since: names and places of cameras, and what the nightly run keeps from one night to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import geopandas as gpd

from etl.db import Database
from etl.store.queries import rows, run


def camera_places(db: Database) -> dict[int, dict[str, object]]:
    """Return of each camera by number: site (its name, else its address), lat and lon (degrees, EPSG:4326)."""
    with db.engine.connect() as connection:
        found = rows(connection, "camera_places")
    return {
        int(str(row["camera_id"])): {
            "site": row["site"],
            "lat": round(float(str(row["lat"])), 6),
            "lon": round(float(str(row["lon"])), 6),
        }
        for row in found
    }


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of a job that ended, None for none; and when the first one since began that was killed or runs."""

    started_at: datetime | None
    finished_at: datetime | None
    went_on_from: datetime | None


def last_run(db: Database, job: str) -> LastRun:
    """Return what is known of the runs of a job."""
    with db.engine.connect() as connection:
        row = rows(connection, "job_last", {"job": job})[0]
    return LastRun(*(_moment(row[name]) for name in LastRun.__slots__))


def begin_run(db: Database, job: str) -> tuple[int, datetime]:
    """Write that a run of a job begins; return its number and when that was."""
    with db.engine.begin() as connection:
        row = rows(connection, "job_begin", {"job": job})[0]
    return int(str(row["run_id"])), cast(datetime, row["started_at"])


def finish_run(
    db: Database,
    run_id: int,
    *,
    answer: Mapping[str, object],
    views: gpd.GeoDataFrame,
    density_class: str,
    engine: str,
) -> None:
    """Write that a run ended with its answer, and keep what each camera sees in place of what was kept: both or none.

    views   camera_id, camera_key, sight, site_id, optics (JSON text) and areas in the district's CRS
    engine  how the views were computed, in the caller's words
    """
    columns = {
        "camera_ids": views["camera_id"].astype(int).tolist(),
        "camera_keys": views["camera_key"].astype(str).tolist(),
        "sights": views["sight"].astype(str).tolist(),
        "site_ids": views["site_id"].astype(int).tolist(),
        "optics": views["optics"].astype(str).tolist(),
        "shapes": list(views.geometry.to_wkb()),
    }
    about = {"run_id": run_id, "engine": engine, "srid": db.district.srid, "density_class": density_class}
    with db.engine.begin() as connection:
        run(connection, "job_lock")
        run(connection, "delete_views")
        run(connection, "insert_views", {**about, **columns})
        told = json.dumps(dict(answer), ensure_ascii=False, default=str)
        run(connection, "job_finish", {"run_id": run_id, "answer": told})


def terrain_since(db: Database, since: datetime) -> bool:
    """Tell whether ground heights were loaded since an instant."""
    with db.engine.connect() as connection:
        return bool(run(connection, "terrain_since", {"since": since}).scalar())


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None
