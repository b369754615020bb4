"""A camera that is out of order: since when, and the working one that sees most of what it would. Light to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.services import grounds
from etl.db import Database
from etl.store import vicinity

# A row of the store or of an answer: its keys are the contract of `etl.store.vicinity` and `find.nearest`.
Row = dict[str, Any]

# Who sees less than this of another's view stands in for nobody.
LEAST_SHARE = 0.05


def of(
    db: Database,
    cameras: Sequence[Row],
    *,
    density_class: str,
    at: date,
    moment: datetime,
    incident_class: str | None = None,
) -> dict[int, list[int]]:
    """Note in the rows of an answer what their outages are, and return whom each camera stands in for, by camera_id.

    down_since, down_reason  of a camera out of order, the instant on the district's clocks; None unknown or working
    replaced_by              of one that would see the place, or may: camera_id, camera_key, overlap_share (0..1 of its view
                             at the class) and sight (certain | possible) of the working camera whose view overlaps most with
                             its own; None where none sees LEAST_SHARE of it. One of its own pole only counts where both aims
                             are known: heads of a pole are hung to look apart. Where an incident class is told (112), one
                             that may not be used for it stands in for nobody.
    """
    for row in cameras:
        row.update(down_since=None, down_reason=None, replaced_by=None)
    down = {row["camera_id"]: row for row in cameras if row["status"] != "working"}
    if not down:
        return {}
    missed = {camera: row["sight"] != "none" for camera, row in down.items()}
    found: list[Row] = vicinity.outages(
        db,
        missed,
        density_class=density_class,
        least=LEAST_SHARE,
        at=at,
        moment=moment,
        purposes=None if incident_class is None else grounds.purposes_for(incident_class),
    )
    instead: dict[int, list[int]] = {}
    for row in found:
        down[row["down_id"]].update(_outage(row, db.district.zone))
        if row["camera_id"] is not None:
            instead.setdefault(row["camera_id"], []).append(row["down_id"])
    return instead


def _outage(row: Row, zone: ZoneInfo) -> Row:
    stands_in = {name: row[name] for name in ("camera_id", "camera_key", "sight")}
    return {
        "down_since": None if row["since"] is None else row["since"].astimezone(zone).isoformat(),
        "down_reason": row["reason"],
        "replaced_by": None
        if row["camera_id"] is None
        else stands_in | {"overlap_share": round(float(row["overlap_share"]), 4)},
    }
