"""Evidence of where a camera looks, as a person finds it: a place seen or not, a measured aim, ties of a picture.

Nothing here changes what the registry or a survey said of the camera (core.camera_state): it is evidence beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.services import WrongUse, check_day
from etl import coordinates
from etl.db import Database
from etl.store.days import today
from etl.store.evidence import camera_named, keep_evidence, withdraw
from etl.ties import read_ties
from spatial.pose import DegenerateTies, Pose, solve_pose

Answer = dict[str, Any]

# How far each kind is trusted, 0..1. Assumptions: people confuse places, cameras and pictures now and then.
WEIGHTS = {"check": 0.95, "survey": 0.98, "pose": 0.95}
# One standard deviation of a heading and a tilt that somebody measured and did not say how well.
SPREAD_DEG = 3.0
# No pose is surer than the registry's point of the pole, some metre against ties some thirty away.
LEAST_POSE_SPREAD_DEG = 2.0
_OPEN_SPREAD_DEG = 45.0
_FARTHEST_M = 10_000.0
_TILTS_DEG = (-10.0, 90.0)
_NAME_CHARS = 100


class UnknownCamera(WrongUse):
    """No camera has this number."""


class UnknownEvidence(WrongUse):
    """No piece of evidence that stands has this number."""


def check(
    db: Database,
    camera: str,
    *,
    lat: float,
    lon: float,
    seen: bool,
    by: str | None = None,
    on: date | None = None,
) -> Answer:
    """Record that a camera's picture shows a place, or does not.

    db       opened as loader
    camera   its number in the registry (camera_key), else camera_id
    lat, lon degrees, EPSG:4326
    by, on   who looked and which day; the database's user, today
    Raises   UnknownCamera; WrongUse for a place out of any camera's reach or a day that cannot be
    """
    found, day = _camera(db, camera, on)
    (place,) = _on_plane(db, np.array([lon]), np.array([lat]))
    away = place - (found["east_m"], found["north_m"])
    distance_m = float(np.hypot(*away))
    if not distance_m <= _FARTHEST_M:
        raise WrongUse(f"the place lies {distance_m / 1000:,.0f} km from the camera")
    kept = _keep(
        db, found, "check", day, {"east_m": float(place[0]), "north_m": float(place[1]), "seen": seen}, by
    )
    bearing_deg = float(np.degrees(np.arctan2(*away)) % 360.0)
    return kept | {
        "lat": lat,
        "lon": lon,
        "seen": seen,
        "distance_m": round(distance_m, 1),
        "bearing_deg": round(bearing_deg, 1),
    }


def survey(
    db: Database,
    camera: str,
    *,
    heading_deg: float,
    tilt_deg: float | None = None,
    spread_deg: float = SPREAD_DEG,
    by: str | None = None,
    on: date | None = None,
) -> Answer:
    """Record an aim that somebody measured, as evidence: degrees clockwise from north, below the horizontal.

    spread_deg   one standard deviation of both
    Raises       UnknownCamera; WrongUse for a day that cannot be
    """
    found, day = _camera(db, camera, on)
    aim: Answer = {"lobes": [[heading_deg % 360.0, spread_deg, 1.0]]}
    if tilt_deg is not None:
        aim |= {"tilt_deg": tilt_deg, "tilt_spread_deg": spread_deg}
    kept = _keep(db, found, "survey", day, aim, by)
    return kept | {"heading_deg": heading_deg % 360.0, "spread_deg": spread_deg, "tilt_deg": tilt_deg}


def pose(
    db: Database,
    camera: str,
    *,
    ties: Path,
    image: tuple[int, int] | None = None,
    by: str | None = None,
    on: date | None = None,
) -> Answer:
    """Record the aim that ties between a camera's picture and the map give. The picture is neither read nor kept.

    ties     CSV px_x,px_y,lat,lon of four points on the ground or more
    image    width and height in pixels; None takes the camera's
    Raises   UnknownCamera; WrongUse without a picture's size; etl.ties.WrongTies; DegenerateTies, ContradictingTies
    """
    found, day = _camera(db, camera, on)
    width, height = image or (found["image_w_px"], found["image_h_px"])
    if width is None or height is None:
        raise WrongUse("the size of this camera's picture is not known: give --image WIDTHxHEIGHT")
    points = read_ties(ties)
    places = _on_plane(db, points["lon"].to_numpy(), points["lat"].to_numpy())
    solved = solve_pose(
        points[["px_x", "px_y"]].to_numpy(),
        places - (found["east_m"], found["north_m"]),
        image_w_px=width,
        image_h_px=height,
    )
    aim = _evidence(solved, (width, height))
    kept = _keep(db, found, "pose", day, aim, by)
    return kept | {"pose": _told(solved), "spread_deg": round(aim["lobes"][0][1], 2)}


def undo(db: Database, evidence_id: int, *, by: str | None = None) -> Answer:
    """Take a piece of evidence back: the row stays, with who took it back and when, and counts no more.

    Raises UnknownEvidence when none that stands has this number
    """
    taken = withdraw(db, evidence_id, by=_name(by))
    if taken is None:
        raise UnknownEvidence(str(evidence_id))
    return _said(db, taken)


RECORD: Mapping[str, Callable[..., Answer]] = {"check": check, "survey": survey, "pose": pose}


def _camera(db: Database, name: str, on: date | None) -> tuple[Mapping[str, Any], date]:
    latest = today(db)
    day = on or latest
    check_day(day)
    if day > latest:
        raise WrongUse(f"nobody looked on {day} yet")
    # What no database can hold is no camera's number; a command line may hold any bytes.
    found = camera_named(db, name.strip(), day) if name.isprintable() else None
    if found is None:
        raise UnknownCamera(name)
    if not found["hangs"]:
        raise WrongUse(f"camera {found['camera_key']} did not hang on {day}")
    return found, day


def _on_plane(db: Database, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places (n, 2) in the district's CRS, east and north. Raises WrongUse where it has none."""
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    moved = coordinates.to_srid(points, source=coordinates.WGS84, srid=db.district.srid)
    if shapely.is_missing(moved).any() or shapely.is_empty(moved).any():
        raise WrongUse("a place lies outside the district's map")
    return np.asarray(shapely.get_coordinates(moved), dtype=np.float64)


def _keep(
    db: Database, camera: Mapping[str, Any], source: str, day: date, found: Answer, by: str | None
) -> Answer:
    row = {
        "camera_id": camera["camera_id"],
        "site_id": camera["site_id"],
        "source": source,
        "observed_on": day,
        "weight": WEIGHTS[source],
    }
    kept = keep_evidence(db, row | found, by=_name(by))
    aside = set_aside(camera, source, tilt=found.get("tilt_deg") is not None)
    about = {"camera": camera["camera_key"], "camera_id": camera["camera_id"], "source": source,
             "observed_on": day, "weight": WEIGHTS[source], "set_aside": aside}  # fmt: skip
    return _said(db, {**about, **kept})


def set_aside(camera: Mapping[str, Any], source: str, *, tilt: bool) -> str | None:
    """Return why a finding tells figures nothing new of its camera, else None.

    camera   kind, heading_deg and tilt_deg as registry or survey tell them, None where they do not
    tilt     whether the finding tells a tilt
    Returns  fisheye: it looks all round. ptz: it may have been turned to what was seen. known: its aim is known already.
    """
    if camera["kind"] == "fisheye" or (camera["kind"] == "ptz" and source == "check"):
        return str(camera["kind"])
    new = camera["heading_deg"] is None or (tilt and camera["tilt_deg"] is None)
    return None if new else "known"


def _name(by: str | None) -> str | None:
    name = None if by is None else " ".join(by.split())
    if name is not None and not (0 < len(name) <= _NAME_CHARS and name.isprintable()):
        raise WrongUse(f"a name has 1 to {_NAME_CHARS} characters that can be printed")
    return name


def _said(db: Database, row: Mapping[str, Any]) -> Answer:
    plain = {
        key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in row.items()
    }
    return plain | {"district": db.district.name, "invented": db.district.invented}


def _evidence(solved: Pose, image: tuple[int, int]) -> Answer:
    """Return the columns that a pose fills. Raises DegenerateTies for one that leaves the aim open."""
    low, high = _TILTS_DEG
    spread_deg = max(solved.heading_95_deg / 1.96, LEAST_POSE_SPREAD_DEG)
    tilt_spread_deg = max(solved.tilt_se_deg, LEAST_POSE_SPREAD_DEG)
    if not (spread_deg <= _OPEN_SPREAD_DEG and tilt_spread_deg <= _OPEN_SPREAD_DEG):
        raise DegenerateTies(f"they leave the heading open to {solved.heading_95_deg:.0f}° either way")
    if not low <= solved.tilt_deg <= high:
        raise DegenerateTies(f"they would have the camera look {-solved.tilt_deg:.0f}° up")
    return {
        "lobes": [[solved.heading_deg, spread_deg, 1.0]],
        "tilt_deg": solved.tilt_deg,
        "tilt_spread_deg": tilt_spread_deg,
        "hfov_deg": solved.hfov_deg,
        "detail": _told(solved) | {"image_w_px": image[0], "image_h_px": image[1]},
    }


def _told(solved: Pose) -> Answer:
    return {
        "heading_deg": round(solved.heading_deg, 2),
        "heading_95_deg": round(solved.heading_95_deg, 2),
        "tilt_deg": round(solved.tilt_deg, 2),
        "tilt_se_deg": round(solved.tilt_se_deg, 2),
        "height_m": round(solved.height_m, 2),
        "height_se_m": round(solved.height_se_m, 2),
        "hfov_deg": round(solved.hfov_deg, 2),
        "focal_px": round(solved.focal_px, 1),
        "ties": len(solved.residuals_px),
        "rms_px": round(solved.rms_px, 2),
        "residuals_px": [[round(float(x), 2), round(float(y), 2)] for x, y in solved.residuals_px],
    }
