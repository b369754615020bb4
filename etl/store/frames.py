"""Tables as frames for the analyses: in the district's metric CRS, through Arrow, NaN or None where unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import geopandas as gpd
import pandas as pd
import shapely

from etl.db import Database
from etl.store.queries import query


def cameras(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the active cameras as at a day, a row a camera: `spatial.frames.CAMERAS` and camera_key, legal_ground,
    status (working | down), aim_source, valid_from."""
    return _frame(db, "cameras", [at])


def camera_states(db: Database) -> gpd.GeoDataFrame:
    """Return every active state of every camera, of all dates: `spatial.frames.CAMERAS` and camera_key."""
    return _frame(db, "camera_states")


def buildings(db: Database, at: date | None = None) -> gpd.GeoDataFrame:
    """Return all buildings, those of now or (at) as they stood on a day: `spatial.frames.BUILDINGS` and building_key,
    name, floors, height_basis (measured, storeys: 3.1 m each, or None where the height is unknown)."""
    return _frame(db, "buildings") if at is None else _frame(db, "buildings_at", [at])


def cameras_moved(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the cameras that hung elsewhere on a day than they do now: camera_id, site_id, and the point of then."""
    return _frame(db, "cameras_moved", [at])


def buildings_before(db: Database, since: datetime) -> gpd.GeoDataFrame:
    """Return the buildings that changed since an instant as they were until then: building_key, name, height_m, and
    stood (False: there was none, the outline is empty)."""
    return _frame(db, "buildings_before", [since])


def camera_views(db: Database) -> gpd.GeoDataFrame:
    """Return what each camera saw at the last nightly run: camera_id, camera_key, density_class, sight, site_id, optics
    (JSON text) and engine."""
    return _frame(db, "camera_views")


def alleys(db: Database) -> gpd.GeoDataFrame:
    """Return all sections of street: `spatial.frames.ALLEYS` and alley_key."""
    return _frame(db, "alleys")


def boundaries(db: Database, level: str) -> gpd.GeoDataFrame:
    """Return the areas of one level, `district` or `dong`: `spatial.frames.BOUNDARIES` and area_m2."""
    return _frame(db, "boundaries", [level])


def zones(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the zones in force at a day: `spatial.frames.ZONES` and zone_key, name_ko, name_en."""
    return _frame(db, "zones", [at])


def incidents(
    db: Database, since: datetime, until: datetime, *, purpose: str, who: str | None = None
) -> gpd.GeoDataFrame:
    """Return the incidents that have a place, from `since` up to, not with, `until`; leave a row in the access log.

    purpose    why they are read, not blank
    who        the person; None is the database's user
    Columns    `spatial.frames.INCIDENTS` and class_name, false_alarm, origin. Exercises and repeats are left out.
    Raises     the driver's error when the purpose is blank
    """
    return _frame(db, "incidents", [since, until, purpose], who=who)


def lamps(db: Database) -> gpd.GeoDataFrame:
    """Return all security lamps: lamp_id, name, count."""
    return _frame(db, "lamps")


def speakers(db: Database) -> gpd.GeoDataFrame:
    """Return all loudspeakers: speaker_id, speaker_key, amplifier_key, place, power_w, level_db, installed_on."""
    return _frame(db, "speakers")


def bells(db: Database) -> gpd.GeoDataFrame:
    """Return all emergency bells and other help on safe ways home: bell_id, kind, name, police_linked, route_key."""
    return _frame(db, "bells")


def water(db: Database) -> gpd.GeoDataFrame:
    """Return all streams, rivers and ponds: water_id, name, kind."""
    return _frame(db, "water")


def fields(db: Database, at: date, density_class: str | None = None) -> gpd.GeoDataFrame:
    """Return the fields of view of the cameras active at a day, of one class or all: `spatial.frames.FIELDS` and
    counts (False: the reach of a turning camera, in no share), area_m2."""
    return _frame(db, "fields", [at, density_class or ""])


def layer(db: Database, name: str) -> gpd.GeoDataFrame:
    """Return the features of an added layer, none for an unknown name: feature_id, feature_key, weight, observed_on."""
    return _frame(db, "layer", [name])


def run_gaps(db: Database, run_id: int) -> gpd.GeoDataFrame:
    """Return the gaps of one computation, the gravest first: gap_id, alley_id, alley (name), length_m, risk."""
    return _frame(db, "run_gaps", [run_id])


def _frame(
    db: Database, name: str, values: Sequence[object] = (), *, who: str | None = None
) -> gpd.GeoDataFrame:
    """Run a named query whose column `geometry` is WKB. What it writes (a trace of the read) is committed."""
    with db.arrow() as connection, connection.cursor() as cursor:
        if who is not None:
            cursor.execute(query("reader"), [who])
            cursor.fetchall()
        cursor.execute(query(name), list(values) or None)
        table = cursor.fetch_arrow_table()
        connection.commit()
    wkb = table.column("geometry").to_numpy(zero_copy_only=False)
    columns: pd.DataFrame = table.drop_columns(["geometry"]).to_pandas(date_as_object=False)
    # ADBC carries bytes, not the CRS.
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkb(wkb), crs=db.district.srid)
