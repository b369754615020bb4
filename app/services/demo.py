"""Everything at once, on the invented district: database, files, the ordinary load, views, coverage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.services import coverage, dividend, loading, sample, status
from etl import db as database
from etl.db import Database
from etl.results import LoadResult
from etl.settings import settings
from spatial.optics import LADDER

Progress = Callable[[str, int, int], None]

DISTRICT = "sample"

# In the order a centre would: the ground first, then the network, then what happened there.
FILES: tuple[tuple[str, str, str | None], ...] = (
    ("boundaries", "boundaries.geojson", None),
    ("juso", "juso", None),
    ("dem", "dem.tif", None),
    ("zones", "zones.geojson", None),
    ("cameras", "cctv_20131231.csv", None),
    ("survey", "survey.csv", None),
    ("status", "camera_status.csv", None),
    ("speakers", "speakers.csv", None),
    ("lamps", "lamps.csv", None),
    ("bells", "bells.csv", None),
    ("bells", "safe_return.csv", None),
    ("incidents", "incidents_112.csv", None),
    ("police", "police_records.csv", None),
    ("layer", "safe_routes.geojson", "safe_routes"),
    ("layer", "child_zones.csv", "child_zones"),
    ("layer", "complaints.csv", "complaints"),
    ("layer", "plots.geojson", "plots"),
    ("layer", "sensitive_places.csv", "sensitive_places"),
    ("layer", "population.geojson", "population"),
)


def demo(*, progress: Progress) -> dict[str, Any]:
    """Bring up the sample district and return its status and coverage. Safe to repeat: the same files change nothing."""
    database.init_district(DISTRICT)
    folder = settings().state / "sample"
    db = database.open_database(DISTRICT, role="loader")
    return fill(db, folder, progress=progress)


def fill(db: Database, folder: Path, *, progress: Progress) -> dict[str, Any]:
    """Write the sample's files into a folder, load them all and compute coverage; return status and coverage."""
    sample.write_files(folder, progress=progress)
    load_files(db, folder, progress=progress)
    return worked_out(db, progress=progress)


def worked_out(db: Database, *, progress: Progress) -> dict[str, Any]:
    """Compute what the pages show of a district that is loaded; return status and coverage."""
    # Every rung of the ladder, so that each page answers at once; the default class is the one that is told.
    runs = {code: coverage.coverage(db, density_class=code, progress=progress) for code in LADDER}
    dividend.keep(db, progress=progress)
    computed = coverage.without_shapes(runs["observe"])
    return {"invented": True, "status": status.status(db), "coverage": computed}


def load_files(db: Database, folder: Path, *, progress: Progress) -> list[LoadResult]:
    """Load the sample's files in their order and return what became of each."""
    return [
        loading.load_into(db, source, folder / name, layer=layer, progress=progress)
        for source, name, layer in FILES
    ]
