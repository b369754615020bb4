"""Questions about one place: which cameras see it, which are near. Light to import: a click waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.db import Database
from etl.store.days import today
from etl.store.queries import prepared, rows, run


def seeing(
    db: Database,
    lon: float,
    lat: float,
    *,
    density_class: str = "observe",
    at: date | None = None,
    incident_class: str | None = None,
) -> list[dict[str, object]]:
    """Return the cameras that see a place at a class, the certain first, then those that may.

    lon, lat   degrees, EPSG:4326
    at         the day of the network; None is today on the district's clocks
    incident_class  112 class code: use_allowed says whether the camera's purposes cover it
    Rows       camera_id, camera_key, site_id, site_name, address_road, address_lot, agency, agency_en, purpose_code,
               purpose_ko, purpose_en, legal_ground, further_purposes, kind, sight (certain | possible), counts (False: only a turning camera's reach),
               p_sees (0..1), distance_m, turn_to_deg (from north, clockwise), heading_deg, density_px_per_m,
               reaches_class, basis (survey | datasheet | assumed), status (working | down), use_allowed (None: no
               class given), use_ground (the article it was installed under), lon, lat
    """
    values = {"lon": lon, "lat": lat, "density_class": density_class, "at": at or today(db)}
    with db.engine.connect() as connection:
        return prepared(connection, "seeing", values | {"incident_class": incident_class})


def seeing_heads(
    db: Database, cameras: Sequence[int], *, density_class: str, at: date
) -> list[dict[str, object]]:
    """Return what the chances of some cameras come from, those of uncertain sight alone.

    Rows       camera_id, site_id, apart (0..1), heading_deg (None unknown), footprints (near, far, slope, offset, once or
               for each variant), heading_sums, tilt_p (None: nothing is believed)
    """
    values = {"cameras": list(cameras), "density_class": density_class, "at": at}
    with db.engine.connect() as connection:
        return rows(connection, "seeing_heads", values)


def obstacles(
    db: Database, cameras: Sequence[int], *, lon: float, lat: float, density_class: str, at: date
) -> dict[int, dict[str, object]]:
    """Return what tells why each of some cameras does not see a place at a class, by camera_id.

    Rows       kind, heading_deg, height_m (None unknown), distance_m, bearing_deg (None on the spot); fields, a list of
               near_m, far_m, slope, offset_m, variants, counts, model, stands and image_w_px, what counts first;
               crossings, a list of height_m, nearest_m and farthest_m of each building on the line, the nearest first
    """
    if not cameras:
        return {}
    values = {"cameras": list(cameras), "lon": lon, "lat": lat, "density_class": density_class, "at": at}
    with db.engine.connect() as connection:
        found = prepared(connection, "obstacles", values)
    return {int(str(row["camera_id"])): row for row in found}


def nearest(
    db: Database,
    lon: float,
    lat: float,
    *,
    k: int = 4,
    at: date | None = None,
    incident_class: str | None = None,
) -> list[dict[str, object]]:
    """Return the k active cameras nearest to a place, whether they see it or not, by distance.

    Rows       as of `seeing`, without what tells about sight
    """
    values = {"lon": lon, "lat": lat, "k": k, "at": at or today(db), "incident_class": incident_class}
    with db.engine.connect() as connection:
        return prepared(connection, "nearest", values)


def camera_card(db: Database, name: str, *, density_class: str, at: date) -> dict[str, object] | None:
    """Return the camera of a number as it hangs on a day, None where none such does.

    name     its registry number, or that of its pole without the head's
    Row      camera_id, camera_key, site_id, site_name, address_road, address_lot, agency, agency_en, purpose_code,
             further_purposes, kind, heading_deg, tilt_deg, height_m, aim_source, surveyed_on, valid_from, ir_range_m (None
             unknown), status, heading_sums (None: nothing is believed), lon, lat; of its view at the class certain_m2,
             possible_m2 and west, south, east, north in degrees (None: it sees nothing, or was not computed)
    """
    asked = {"name": name, "density_class": density_class, "at": at}
    with db.engine.connect() as connection:
        found = rows(connection, "camera_card", asked)
    return found[0] if found else None


def stale_near(
    db: Database, lon: float, lat: float, *, engine: str, reach_m: float, ptz_reach_m: float, at: date
) -> int:
    """Return how many cameras in whose reach a place lies have fields of view that are missing or out of date.

    engine, reach_m, ptz_reach_m   as `etl.store.coverage.stale_states` takes them
    """
    asked = {
        "lon": lon,
        "lat": lat,
        "engine": engine,
        "reach_m": reach_m,
        "ptz_reach_m": ptz_reach_m,
        "at": at,
    }
    with db.engine.connect() as connection:
        return int(str(run(connection, "stale_near", asked).scalar()))


def outside(db: Database, lon: float, lat: float) -> bool | None:
    """Tell whether a place lies outside the district; None while its outline is not known."""
    with db.engine.connect() as connection:
        found = run(connection, "outside", {"lon": lon, "lat": lat}).scalar()
    return None if found is None else bool(found)


def walls_known(db: Database) -> bool:
    """Tell whether any building is loaded; without one nobody knows what stands in the way."""
    with db.engine.connect() as connection:
        return bool(run(connection, "walls_known").scalar())


def lit(db: Database, lon: float, lat: float, *, radius_m: float) -> bool | None:
    """Tell whether a security lamp stands within a radius of a place; None while no lamp is loaded."""
    with db.engine.connect() as connection:
        found = run(connection, "lit", {"lon": lon, "lat": lat, "radius_m": radius_m}).scalar()
    return None if found is None else bool(found)


def lenses(
    db: Database, camera_ids: Sequence[int], *, at: date | None = None
) -> dict[int, dict[str, object]]:
    """Return what is known of the lens and light of some cameras as at a day, by camera_id; None is unknown.

    Rows       kind, height_m, tilt_deg, focal_mm, hfov_deg, sensor_w_mm, image_w_px, image_h_px, ir_range_m and
               presets, a list of heading_deg, tilt_deg, hfov_deg, dwell_s
    """
    with db.engine.connect() as connection:
        found = rows(connection, "lenses", {"camera_ids": list(camera_ids), "at": at or today(db)})
    return {int(str(row["camera_id"])): row for row in found}
