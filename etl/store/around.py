"""What lies round a place, as GeoJSON ready for a map: views of cameras, streets, buildings; and the incident of a key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from etl.db import Database
from etl.store.queries import rows, run


def incident_named(
    db: Database, key: str, *, purpose: str, who: str | None = None, as_role: str | None = None
) -> dict[str, object] | None:
    """Return the incident of a key, or None; leave a row in the access log either way.

    purpose  why it is read, not blank
    who      the person; None is the database's user
    as_role  operator or auditor: they may see the very point; None: of sensitive classes a coarse one
    Row      incident_key, occurred_at (aware), class_code, class_name, urgency, closing_code, lon, lat (None: no place),
             place_m (the point is the middle of a cell of so many metres; None: it is the point itself)
    """
    with db.engine.begin() as connection:
        if who is not None:
            run(connection, "reading_for", {"who": who})
        asked = {"key": key, "purpose": purpose}
        if as_role is None:
            found = rows(connection, "incident_named", asked)
        else:
            found = rows(connection, "incident_point", asked | {"as_role": as_role})
    return found[0] if found else None


def views_of(
    db: Database, camera_ids: Sequence[int], *, density_class: str, at: date
) -> list[dict[str, object]]:
    """Return the views of some cameras as at a day: camera_id, sight, counts (False: a turning camera's reach), area_m2,
    geometry."""
    values = {"camera_ids": list(camera_ids), "density_class": density_class, "at": at}
    return _shaped(db, "views_of", values)


def streets_around(
    db: Database, lon: float, lat: float, *, radius_m: float, most: int
) -> list[dict[str, object]]:
    """Return streets within a radius, the nearest first and at most so many: name, kind, geometry."""
    return _shaped(db, "streets_around", _circle(db, lon, lat, radius_m, most))


def buildings_around(
    db: Database, lon: float, lat: float, *, radius_m: float, most: int
) -> list[dict[str, object]]:
    """Return buildings within a radius, the nearest first and at most so many: name, geometry."""
    return _shaped(db, "buildings_around", _circle(db, lon, lat, radius_m, most))


def _circle(db: Database, lon: float, lat: float, radius_m: float, most: int) -> dict[str, object]:
    return {"lon": lon, "lat": lat, "radius_m": radius_m, "most": most, "srid": db.district.srid}


def _shaped(db: Database, name: str, values: dict[str, object]) -> list[dict[str, object]]:
    with db.engine.connect() as connection:
        found = rows(connection, name, values)
    return [row | {"geometry": json.loads(str(row["geometry"]))} for row in found]
