"""What lies round a place that an answer of Find tells of: streets, who sees them, outages, ground. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from etl.db import Database
from etl.store.queries import rows


def streets_to(db: Database, lon: float, lat: float, *, radius_m: float) -> list[dict[str, object]]:
    """Return the sections of street within a radius of a place.

    Rows       name (None unnamed), kind, points: a list of metres east and north of the place
    """
    with db.engine.connect() as connection:
        return rows(connection, "streets_to", {"lon": lon, "lat": lat, "radius_m": radius_m})


def approaches_seen(
    db: Database,
    lon: float,
    lat: float,
    *,
    offsets_m: Sequence[tuple[float, float]],
    density_class: str,
    at: date,
) -> list[dict[str, object]]:
    """Return the cameras in whose certain view points near a place lie at a class, a row a pair.

    offsets_m  of each point, metres east and north of the place
    Rows       n (number of the point, from 1), node_lon, node_lat, camera_id (None in the one row of a point in no view);
               which of them count and work `cameras_to` tells
    """
    asked = {
        "lon": lon,
        "lat": lat,
        "east_m": [east for east, _ in offsets_m],
        "north_m": [north for _, north in offsets_m],
        "density_class": density_class,
        "at": at,
    }
    with db.engine.connect() as connection:
        return rows(connection, "approaches_seen", asked)


def cameras_to(
    db: Database, cameras: Sequence[int], *, lon: float, lat: float, at: date
) -> list[dict[str, object]]:
    """Return those of some cameras that are active as `points.nearest` returns near ones, by distance; none, no question."""
    if not cameras:
        return []
    with db.engine.connect() as connection:
        return rows(connection, "cameras_to", {"cameras": list(cameras), "lon": lon, "lat": lat, "at": at})


def outages(
    db: Database,
    cameras: Mapping[int, bool],
    *,
    density_class: str,
    least: float,
    at: date,
    moment: datetime,
    purposes: Sequence[str] | None = None,
) -> list[dict[str, object]]:
    """Return since when cameras are out of order, and which camera sees most of what they would.

    cameras    whether the view of each is missed at the place: such a one is given the working camera whose view at the
               class overlaps most with its own; what may be seen counts by its chance
    least      share 0..1 of the missed view that it must overlap with
    at         the day of the network; moment: the instant of the outage
    purposes   of which a camera must have one to stand in; None: any will do
    Rows       down_id, since, reason (None unknown), and of the camera that stands in camera_id, camera_key, overlap_share
               (0..1 of the missed view) and sight (certain | possible), all None where no view overlaps
    """
    asked = {
        "cameras": list(cameras),
        "missed": [camera for camera, missed in cameras.items() if missed],
        "density_class": density_class,
        "least": least,
        "at": at,
        "moment": moment,
        "purposes": None if purposes is None else list(purposes),
    }
    with db.engine.connect() as connection:
        return rows(connection, "outages", asked)


def turnable(db: Database, cameras: Sequence[int], *, at: date) -> list[dict[str, object]]:
    """Return what turning cameras takes: camera_id, height_m (None unknown), presets of preset_no, heading_deg, tilt_deg."""
    with db.engine.connect() as connection:
        return rows(connection, "turnable", {"cameras": list(cameras), "at": at})


def ground_heights(db: Database, places: Sequence[tuple[float, float]]) -> list[dict[str, object]]:
    """Return the cells of ground height round places (lon, lat in degrees), no row for one without terrain.

    Rows       n (number of the place, from 1), columns, rows, nodata of the tile; east, south: where the place lies, in
               cells from the tile's outer corner; upper, lower: two heights each, 8 bytes of float32, little-endian
    """
    asked = {"lons": [lon for lon, _ in places], "lats": [lat for _, lat in places]}
    with db.engine.connect() as connection:
        return rows(connection, "ground_heights", asked)
