"""What the ways out of a place are closed with: whether streets and views are those of before, and who the cameras are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.db import Database
from etl.store.queries import rows, run


def ways_stamp(db: Database, *, density_class: str) -> str:
    """Return a name of the streets, views of a class, presets and walls: the same ones, the same name."""
    with db.engine.connect() as connection:
        return str(run(connection, "ways_stamp", {"density_class": density_class}).scalar())


def watchers(db: Database, camera_ids: Sequence[int], *, at: date) -> dict[int, dict[str, object]]:
    """Return some cameras as they hang on a day, by camera_id; one that hangs no more is left out.

    Rows       camera_key, site_id, site_name, agency, agency_en, purpose_code, further_purposes, legal_ground, kind,
               heading_deg and tilt_deg (None unknown), status (working | down), lon, lat
    """
    if not camera_ids:
        return {}
    with db.engine.connect() as connection:
        found = rows(connection, "watchers", {"camera_ids": list(camera_ids), "at": at})
    return {int(str(row["camera_id"])): row for row in found}
