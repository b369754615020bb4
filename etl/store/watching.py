"""What operators open and see: written once, never changed, and told as counts. Light to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from etl.db import Database
from etl.errors import PlatformError
from etl.shifts import Span
from etl.store.queries import rows

# Rows as the driver gives them and JSON takes them.
Row = dict[str, Any]


class GroundNeeded(PlatformError):
    """A camera was installed for another purpose, and no recorded emergency ground holds."""


class CameraGone(PlatformError):
    """No camera of this number hangs today."""


class NoSuchIncident(PlatformError):
    """No incident of this key is loaded."""


def note_opening(
    db: Database,
    camera_id: int,
    *,
    lon: float,
    lat: float,
    incident_key: str | None,
    incident_class: str | None,
    who: str | None = None,
) -> Row:
    """Write that a camera is opened for a place; return opening_id, at (aware), use_allowed and ground_id.

    db              opened as loader
    lon, lat        degrees, EPSG:4326
    incident_class  112 class as told; a loaded incident's own goes before it
    who             None is the database's user
    Raises          GroundNeeded, CameraGone, NoSuchIncident: the table itself refuses
    """
    values = {"camera_id": camera_id, "incident_key": incident_key, "class_code": incident_class, "who": who}
    return _written(db, "note_opening", values | _place(db, lon, lat))


def note_ground(
    db: Database,
    ground: str,
    *,
    lon: float,
    lat: float,
    incident_key: str | None,
    who: str,
    reason: str,
    minutes: int,
    radius_m: float,
) -> Row:
    """Write an emergency ground; return ground_id, at and until (aware).

    db            opened as loader
    ground        life_body_property or public_safety
    incident_key  what it holds for; None: the place at lon, lat (degrees), and radius_m round it
    Raises        NoSuchIncident
    """
    values = {
        "ground": ground,
        "incident_key": incident_key,
        "who": who,
        "reason": reason,
        "minutes": minutes,
        "radius_m": radius_m,
    }
    return _written(db, "note_ground", values | _place(db, lon, lat))


def note_sighting(
    db: Database,
    camera_id: int,
    *,
    lon: float,
    lat: float,
    incident_key: str | None,
    density_class: str,
    told: str,
    seen: bool,
    late_s: float = 0.0,
    who: str | None = None,
) -> Row:
    """Write whether a place is on a camera's picture; return sighting_id and at (aware).

    db      opened as loader
    told    what the answer told of the camera: certain, possible or none
    late_s  how long ago the key was pressed, seconds
    Raises  CameraGone, NoSuchIncident
    """
    values = {
        "camera_id": camera_id,
        "incident_key": incident_key,
        "density_class": density_class,
        "told": told,
        "seen": seen,
        "late_s": late_s,
        "who": who,
    }
    return _written(db, "note_sighting", values | _place(db, lon, lat))


def undo_sighting(db: Database, sighting_id: int, *, who: str | None = None) -> Row | None:
    """Take a sighting back, `db` opened as loader; return sighting_id and at, None where none stands by that number."""
    with db.engine.begin() as connection:
        found = rows(connection, "undo_sighting", {"sighting_id": sighting_id, "who": who})
    return found[0] if found else None


def ground_in_force(db: Database, *, lon: float, lat: float, incident_key: str | None) -> Row | None:
    """Return the emergency ground that holds now for an incident or a place: ground_id, ground, since, until (aware)."""
    with db.engine.connect() as connection:
        found = rows(connection, "ground_in_force", {"lon": lon, "lat": lat, "incident_key": incident_key})
    return found[0] if found else None


def grounds_noted(db: Database, since: datetime, until: datetime) -> list[Row]:
    """Return the emergency grounds of a period and the cameras opened on each, the last first; `db` opened as owner.

    Rows   ground_id, at, until (aware), ground, who, login, reason, incident_key (None: of a place), of_place, openings,
           cameras (camera_key)
    """
    with db.engine.connect() as connection:
        return rows(connection, "grounds_noted", {"since": since, "until": until})


def shift_views(db: Database, spans: Sequence[Span]) -> list[Row]:
    """Return how long calls waited for a first view, by shift, and of all in the last row (shift None).

    Rows   shift, incidents, opened, seen (counts); opened_median_s, opened_p90_s, seen_median_s, seen_p90_s (None with
           fewer than five)
    """
    values = {
        "since": [span.since for span in spans],
        "until": [span.until for span in spans],
        "shift": [span.shift for span in spans],
    }
    with db.engine.connect() as connection:
        return rows(connection, "shift_views", values)


def sights_denied(db: Database) -> list[Row]:
    """Return the cameras that were told to see places certainly and do not, as operators said, the most denied first.

    Rows   camera_key, camera_id, denied, confirmed, places (counts of places), last_day
    """
    with db.engine.connect() as connection:
        return rows(connection, "sights_denied")


def _place(db: Database, lon: float, lat: float) -> Row:
    return {"lon": lon, "lat": lat, "srid": db.district.srid}


def _written(db: Database, name: str, values: Row) -> Row:
    try:
        with db.engine.begin() as connection:
            return rows(connection, name, values)[0]
    except IntegrityError as error:
        # Any: the driver's own account of what refused
        refused: Any = getattr(error.orig, "diag", None)
        kind = _REFUSALS.get(getattr(refused, "constraint_name", None) or "")
        if kind is None:
            raise
        raise kind(str(values.get("incident_key" if kind is NoSuchIncident else "camera_id"))) from error


_REFUSALS: dict[str, type[PlatformError]] = {
    "emergency_ground_needed": GroundNeeded,
    "camera_hangs": CameraGone,
    "incident_known": NoSuchIncident,
    "camera_opening_camera_id_fkey": CameraGone,
    "sighting_camera_id_fkey": CameraGone,
}
