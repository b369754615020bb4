"""Cases, and which cameras could have recorded a place: told for an open case alone, each question traced."""

from __future__ import annotations

from datetime import date, datetime

from etl.db import Database
from etl.store.queries import rows, run
from spatial.types import Circle

Row = dict[str, object]


def open_case(db: Database, case_no: str, *, office: str, ground: str, by: str) -> Row | None:
    """Open a case and return its row: case_id, case_no, office, ground, opened_at, opened_by, closed_at, closed_by.

    db       opened as loader
    Returns  None when a case of this number is open already
    """
    values = {"case_no": case_no, "office": office, "ground": ground, "opened_by": by}
    with db.engine.begin() as connection:
        found = rows(connection, "open_case", values)
    return found[0] if found else None


def close_case(db: Database, case_no: str, *, by: str) -> Row | None:
    """Close the open case of a number and return its row, None where none is open; `db` opened as loader."""
    with db.engine.begin() as connection:
        found = rows(connection, "close_case", {"case_no": case_no, "closed_by": by})
    return found[0] if found else None


def cases(db: Database) -> list[Row]:
    """Return all openings of cases, the last first, as `open_case` gives them; `db` opened as loader."""
    with db.engine.connect() as connection:
        return rows(connection, "cases")


def case_named(db: Database, case_no: str) -> Row | None:
    """Return the open case of a number (case_id, case_no, office, ground, opened_at, opened_by), None where none is open."""
    with db.engine.connect() as connection:
        found = rows(connection, "case_named", {"case_no": case_no})
    return found[0] if found else None


def could_have_recorded(
    db: Database, circle: Circle, *, case_no: str, since: datetime, until: datetime, who: str | None = None
) -> list[Row]:
    """Return the states of cameras in whose view some of a circle lay at a moment of the time; leave a row in the access log.

    case_no       of an open case
    since, until  aware
    who           the person who asks; None is the database's user
    Rows          state_id, camera_id, camera_key, site_id, site_name, address_road, address_lot, agency, agency_en, purpose,
                  kind, heading_deg, height_m, ir_range_m, retention_days (None unknown), in_force_from, in_force_until
                  (aware, within the time), down (list of from, until as text, reason), east_m, north_m, lon, lat
    Raises        the driver's error when no case of this number is open
    """
    values = {"case_no": case_no, "since": since, "until": until, "who": who, **_asked(circle)}
    with db.engine.begin() as connection:
        return rows(connection, "could_have_recorded", values)


def stale_in(
    db: Database, circle: Circle, *, engine: str, reach_m: float, ptz_reach_m: float, at: date
) -> int:
    """Return how many cameras in whose reach a circle lies have fields of view that are missing or out of date at a day."""
    asked = {"engine": engine, "reach_m": reach_m, "ptz_reach_m": ptz_reach_m, "at": at}
    with db.engine.connect() as connection:
        values = asked | _asked(circle) | {"srid": db.district.srid}
        return int(str(run(connection, "stale_in", values).scalar()))


def witness_facts(db: Database) -> Row:
    """Return `lamps`, whether any is loaded, and `first_camera`, the day from which the first one hung (None: none)."""
    with db.engine.connect() as connection:
        return rows(connection, "witness_facts")[0]


def _asked(circle: Circle) -> dict[str, object]:
    return {"lon": circle.place.lon, "lat": circle.place.lat, "radius_m": circle.radius_m}
