"""What people find of a camera's aim: written through a table reflected from the database, withdrawn, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from geoalchemy2 import Geometry  # noqa: F401 - its import teaches SQLAlchemy to reflect geometry columns
from geoalchemy2.functions import ST_MakePoint, ST_SetSRID
from sqlalchemy import MetaData, Table, func, insert, update

from etl.db import Database
from etl.store import queries

# Rows as the driver gives them and JSON takes them; their columns are those of core.aim_evidence.
Row = Mapping[str, Any]


def camera_named(db: Database, name: str, day: date) -> Row | None:
    """Return the camera of a number, None when there is none.

    name   camera_key, else camera_id as text
    Row    camera_id, camera_key, site_id, east_m, north_m (district CRS), image_w_px, image_h_px (None unknown),
           hangs (whether it hung there on `day`)
    """
    with db.engine.connect() as connection:
        found = queries.rows(connection, "camera_named", {"name": name, "day": day})
    return found[0] if found else None


def keep_evidence(db: Database, found: Row, *, by: str | None = None) -> Row:
    """Write one piece of evidence; return evidence_id, recorded_by and recorded_at (aware).

    db      opened as loader
    found   columns of core.aim_evidence; a place as `east_m` and `north_m`, district CRS
    by      who found it; None is the database's user
    """
    written = {key: value for key, value in found.items() if key not in ("east_m", "north_m")}
    if "east_m" in found:
        written["place"] = ST_SetSRID(ST_MakePoint(found["east_m"], found["north_m"]), db.district.srid)
    if by is not None:
        written["recorded_by"] = by
    table = _table(db)
    said = table.c.evidence_id, table.c.recorded_by, table.c.recorded_at
    with db.engine.begin() as connection:
        return dict(connection.execute(insert(table).values(written).returning(*said)).mappings().one())


def withdraw(db: Database, evidence_id: int, *, by: str | None = None) -> Row | None:
    """Take a row back that stands: it is kept and counts no more. None when there is none that stands.

    Returns   evidence_id, camera_id, source, observed_on, withdrawn_by, withdrawn_at
    """
    table = _table(db)
    who = by if by is not None else func.session_user()
    names = ("evidence_id", "camera_id", "source", "observed_on", "withdrawn_by", "withdrawn_at")
    taken = (
        update(table)
        .where(table.c.evidence_id == evidence_id, table.c.withdrawn_at.is_(None))
        .values(withdrawn_by=who, withdrawn_at=func.now())
        .returning(*(table.c[name] for name in names))
    )
    with db.engine.begin() as connection:
        row = connection.execute(taken).mappings().one_or_none()
    return None if row is None else dict(row)


def _table(db: Database) -> Table:
    known = MetaData(schema="core")
    known.reflect(db.engine, only=("aim_evidence",), resolve_fks=False)
    return known.tables["core.aim_evidence"]
