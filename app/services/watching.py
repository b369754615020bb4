"""From answer to screen: a camera is opened, on a ground where its purpose forbids it, and the place is seen or not.

All of it is written before it happens, and who may write is asked here and again by the database. Opening a picture is no
steering: nothing here moves a camera. What is kept is the camera, the place and the time; never a picture, nor who was in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.roles import LOCAL, Role, require_role
from app.services import WrongUse, grounds
from etl.db import Database
from etl.scrub import scrub
from etl.store import watching as store
from etl.store.watching import GroundNeeded
from spatial.types import LonLat

Row = dict[str, Any]

# Article 18(2) of the Personal Information Protection Act: 3 and 10. Where another law holds, the danger is the same.
GROUNDS = ("life_body_property", "public_safety")
_REASON_CHARS = 500
_NAME_CHARS = 100
_LONGEST_WAIT_S = 86_400.0


class GroundUnclear(WrongUse):
    """An emergency ground lacks what the law asks for: which ground, who records it, why."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is to be seen: a place, and the incident that it is of.

    lon, lat        degrees, EPSG:4326
    incident_key    key of a loaded incident; None where only a place was asked about
    incident_class  112 class code that was told; None where none was
    """

    lon: float
    lat: float
    incident_key: str | None = None
    incident_class: str | None = None

    def __post_init__(self) -> None:
        LonLat(self.lon, self.lat)

    @property
    def where(self) -> Row:
        """Return lon, lat and incident_key, as the store takes them."""
        return {"lon": self.lon, "lat": self.lat, "incident_key": self.incident_key}


def open_camera(
    db: Database,
    camera: Mapping[str, Any],
    watch: Watch,
    *,
    by: str | None = None,
    roles: Iterable[Role] = LOCAL,
) -> Row:
    """Write that a camera is opened, then return the address that opens it.

    db       opened as loader
    camera   a row of `app.services.find.nearest`
    by       who opens it; None is the database's user
    Returns  opening_id, at (ISO), camera_id, camera_key, ground_id (None: none was needed), url (None: the district's file
             names no video system, and nothing was written)
    Raises   NotYours unless the roles hold operator; GroundNeeded, CameraGone, NoSuchIncident
    """
    require_role("operator", roles)
    named = {"camera_id": camera["camera_id"], "camera_key": camera["camera_key"]}
    url = db.district.video.address(_blanks(camera, watch))
    if url is None:
        return named | {"opening_id": None, "at": None, "ground_id": None, "url": None}
    if camera["use"]["allowed"] is False and ground(db, watch) is None:
        raise GroundNeeded(camera["camera_key"])
    kept = store.note_opening(
        db, camera["camera_id"], **watch.where, incident_class=watch.incident_class, who=by
    )
    told = {name: kept[name] for name in ("opening_id", "ground_id")}
    return named | told | {"at": kept["at"].isoformat(timespec="milliseconds"), "url": url}


def open_or_ask(
    db: Database, camera: Mapping[str, Any], watch: Watch, **options: Any
) -> Row:  # Any: passed on
    """Return what `open_camera` returns, with `ground_needed`: where that is True nothing was written, and url is None."""
    try:
        return open_camera(db, camera, watch, **options) | {"ground_needed": False}
    except GroundNeeded:
        return {
            "camera_id": camera["camera_id"],
            "camera_key": camera["camera_key"],
            "url": None,
            "ground_needed": True,
        }


def ground(db: Database, watch: Watch) -> Row | None:
    """Return the emergency ground that holds now: ground_id, ground, since, until (aware), article; None where none does."""
    found = store.ground_in_force(db, **watch.where)
    return None if found is None else found | {"article": article(found["ground"], db.district.timezone)}


def article(code: str, timezone: str) -> str | None:
    """Return a ground's article of Korean law, None for a district of another law."""
    return grounds.told({"life_body_property": "18-2-3", "public_safety": "18-2-10"}[code], timezone)


def record_ground(
    db: Database,
    watch: Watch,
    *,
    code: str,
    who: str,
    reason: str,
    by: str | None = None,
    roles: Iterable[Role] = LOCAL,
) -> Row:
    """Record the emergency ground on which cameras of another purpose may be opened for this incident or place.

    db       opened as loader
    code     of GROUNDS
    who      the name of the person, as typed; `by`, who is signed in, goes before it
    reason   in words; numbers of persons and addresses of machines are cut out
    Returns  ground_id, at and until (aware)
    Raises   NotYours unless the roles hold operator; GroundUnclear, NoSuchIncident
    """
    require_role("operator", roles)
    if code not in GROUNDS:
        raise GroundUnclear(f"a ground is one of {', '.join(GROUNDS)}, not {code!r}")
    name, why = (by or who).strip(), scrub(reason.strip())
    if not name or not why:
        raise GroundUnclear("an emergency ground says who records it, and why")
    if len(name) > _NAME_CHARS or len(why) > _REASON_CHARS:
        raise GroundUnclear(f"a name has at most {_NAME_CHARS} signs, a reason {_REASON_CHARS}")
    video = db.district.video
    return store.note_ground(
        db,
        code,
        **watch.where,
        who=name,
        reason=why,
        minutes=video.ground_minutes,
        radius_m=video.ground_radius_m,
    )


def record_sighting(
    db: Database,
    camera: Mapping[str, Any],
    watch: Watch,
    *,
    seen: bool,
    density_class: str,
    late_s: float = 0.0,
    by: str | None = None,
    roles: Iterable[Role] = LOCAL,
) -> Row:
    """Record whether the place is on a camera's picture: `seen`, beside what the answer told of that camera.

    db       opened as loader
    late_s   how long ago the key was pressed, seconds: the database may have been away
    Returns  sighting_id, at (ISO), camera_id, camera_key, seen
    Raises   NotYours unless the roles hold operator; CameraGone, NoSuchIncident
    """
    require_role("operator", roles)
    kept = store.note_sighting(
        db,
        camera["camera_id"],
        **watch.where,
        density_class=density_class,
        told=told(camera),
        seen=seen,
        late_s=min(max(late_s, 0.0), _LONGEST_WAIT_S),
        who=by,
    )
    named = {name: camera[name] for name in ("camera_id", "camera_key")}
    return {
        "sighting_id": kept["sighting_id"],
        "at": kept["at"].isoformat(timespec="seconds"),
        "seen": seen,
    } | named


def undo_sighting(
    db: Database, sighting_id: int, *, by: str | None = None, roles: Iterable[Role] = LOCAL
) -> bool:
    """Take a slip of the key back, `db` opened as loader; False where it was taken back before. Raises NotYours."""
    require_role("operator", roles)
    return store.undo_sighting(db, sighting_id, who=by) is not None


def told(camera: Mapping[str, Any]) -> str:
    """Return what an answer told of a camera: certain, possible (also: once it is turned or mended) or none."""
    if camera["sees"]:
        return "certain"
    return "none" if camera["sight"] == "none" else "possible"


def _blanks(camera: Mapping[str, Any], watch: Watch) -> Row:
    """Return what fills the address: the way to the place, not where the camera looks now."""
    return {
        "camera_key": camera["camera_key"],
        "camera_id": camera["camera_id"],
        "heading_deg": camera["turn_to_deg"],
        "tilt_deg": (camera.get("tilt") or {}).get("deg"),
        "preset": (camera.get("preset") or {}).get("preset_no"),
        "incident_key": watch.incident_key,
    }
