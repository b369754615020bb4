"""Who sees this place? The cameras that do, those that may, those that see its approaches, then near ones. Light to import."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, cast

import numpy as np

from app.services import (
    WrongUse,
    approaching,
    fields,
    grounds,
    lenses,
    light,
    old_rules,
    ranking,
    standing_in,
    towards,
    whys,
)
from etl.db import Database
from etl.store import points, vicinity
from etl.store.days import today
from spatial.optics import px_per_m
from spatial.together import Head, chance_of_any
from spatial.types import LonLat

# A row of the store, its keys as `etl.store.points.seeing` states them.
Row = dict[str, Any]


class UnknownIncidentClass(WrongUse):
    """An incident class is not a 112 class code."""


def nearest(
    db: Database,
    lon: float,
    lat: float,
    *,
    k: int = 4,
    density_class: str = "observe",
    incident_class: str | None = None,
    at: date | None = None,
    old_rule: bool = False,
    by: light.By | None = None,
    approaches: bool = True,
) -> dict[str, Any]:
    """Return the answer of `golmok nearest`, ranked by what helps most: as `app.services.ranking` says.

    lon, lat        degrees, EPSG:4326
    k               near cameras that do not see fill up to this number; every camera that sees is listed, and
                    the nearest of all, unless another head of its pole sees
    density_class   what "sees" asks for
    incident_class  112 class code: says which cameras may be used for it
    at              the day of the network; None is today on the district's clocks
    old_rule        list those as well that the old rule names, and say what it gets wrong: `app.services.old_rules`
    by              day or night: rank by what is seen in that light; None is the light at the place, by the sun: `light`
    approaches      list those as well that see a way to the place: `app.services.approaching`
    Where no building is loaded nothing is certain: a wall may stand anywhere, so such cameras may see, no more.
    A camera that is out of order neither sees nor may; one that must turn or zoom first may, with no chance told (null).
    `p_any` is the chance that one at least of those that may see it does, without being turned; null where none is told.
    Each camera also bears what its lens tells (`app.services.lenses`): by_night, watched_share, empty_zone; and what
    keeps it from seeing (`app.services.whys`): why, turned_px_per_m; how it is turned there (`app.services.towards`): tilt, preset; its
    outage and who stands in (`standing_in`): down_since, down_reason, replaced_by, and `replaces`, whom it stands in for;
    and its place in the order (`ranking`): role, seen_now, group. What none needs is null or empty.
    `light` says in which the order is meant (`app.services.light`); `approaches` are the ways to the place, seen or not;
    `second_group` counts the cameras that may not be used for the incident; `call_has_purpose` is False where no purpose of
    cameras covers its class, null without a class.
    `outside` says whether the place lies outside the district, null while its outline is not known.
    `stale` counts the cameras in whose reach the place lies and whose view is not computed anew yet.
    Raises          OutOfRange for no place on the globe, UnknownClass, UnknownIncidentClass
    """
    started = time.perf_counter()
    asked = _Asked(LonLat(lon, lat), at or today(db), density_class, incident_class)
    _require_known(density_class, incident_class)
    with db.at_one_moment() as held:
        answer = _answer(held, asked, k=k, old_rule=old_rule, by=by, approaches=approaches)
    return answer | {"ms": round((time.perf_counter() - started) * 1000, 1)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question: a place, the day of the network, the class that sight asks for, and the class of the incident."""

    place: LonLat
    day: date
    density_class: str
    incident_class: str | None

    @property
    def options(self) -> _Options:
        return {"density_class": self.density_class, "at": self.day}


class _Options(TypedDict):
    density_class: str
    at: date


def _answer(
    db: Database, asked: _Asked, *, k: int, old_rule: bool, by: light.By | None, approaches: bool
) -> dict[str, Any]:
    place, day, call = asked.place, asked.day, asked.incident_class
    moment = light.moment_of(day, db.district.zone)
    seeing = points.seeing(db, place.lon, place.lat, **asked.options)
    if not (walls := points.walls_known(db)):
        seeing = [row | {"sight": "possible", "p_sees": None} for row in seeing]
    near = points.nearest(db, place.lon, place.lat, k=max(k, old_rules.K), at=day)
    named = old_rules.named(near) if old_rule else []
    ways, watching = approaching.of(db, place, at=day) if approaches else ([], [])
    cameras = _listed(seeing, _unseeing(near, seeing, k=k, named=named), asked)
    _beside(db, cameras, watching, asked, moment=moment)
    p_any = _p_any(db, cameras, seeing, asked)
    told = lenses.beside(db, place, whys.beside(db, place, cameras, **asked.options), **asked.options)
    seen_in = light.of(place, moment, by)
    cameras = ranking.ranked(towards.beside(db, place, told["cameras"], at=day), by=seen_in["by"])
    return {
        "point": {"lat": place.lat, "lon": place.lon},
        "density_class": asked.density_class,
        "incident_class": call,
        "call_has_purpose": None if call is None else bool(grounds.purposes_for(call)),
        "at": day.isoformat(),
        "light": seen_in,
        **_counts(cameras),
        "outside": points.outside(db, place.lon, place.lat),
        "p_any": p_any,
        **told,
        "cameras": cameras,
        "approaches": ways,
        "old_rule": old_rules.compared(cameras, named) if old_rule else None,
        "walls_known": walls,
        "stale": fields.stale_near(db, place.lon, place.lat, at=day),
        "invented": db.district.invented,
    }


def _beside(
    db: Database, cameras: list[Row], watching: list[Row], asked: _Asked, *, moment: datetime
) -> None:
    """Add those that see an approach and those that stand in for others, and note in each row what it is there for."""
    place = asked.place
    instead = standing_in.of(db, cameras, moment=moment, incident_class=asked.incident_class, **asked.options)
    listed = {row["camera_id"] for row in cameras}
    further = [row for row in watching if row["camera_id"] not in listed][: approaching.MOST]
    lacking = [camera for camera in instead if camera not in listed | {row["camera_id"] for row in further}]
    further += vicinity.cameras_to(db, lacking, lon=place.lon, lat=place.lat, at=asked.day)
    none = {"down_since": None, "down_reason": None, "replaced_by": None}
    cameras += [_near(row, asked.incident_class) | none for row in further]
    ways = {row["camera_id"]: row["approach"] for row in watching}
    for row in cameras:
        row["approach"] = ways.get(row["camera_id"])
        row["replaces"] = instead.get(row["camera_id"], [])
        # The article of law in place of its code.
        row["use"]["ground"] = grounds.told(row["use"]["ground"], db.district.timezone)


def _unseeing(near: list[Row], seeing: list[Row], *, k: int, named: list[int]) -> list[Row]:
    """Return the near cameras without sight that are listed: up to k, those of the old rule, and the nearest of all."""
    known = {row["camera_id"] for row in seeing}
    rest = [row for row in near if row["camera_id"] not in known]
    wanted = {row["camera_id"] for row in rest[: max(0, k - len(seeing))]} | set(named)
    if near and near[0]["site_id"] not in {row["site_id"] for row in seeing}:
        wanted.add(near[0]["camera_id"])
    return [row for row in rest if row["camera_id"] in wanted]


def _counts(cameras: list[Row]) -> Row:
    seen_by = sum(row["sees"] for row in cameras)
    may = sum(row["sight"] == "possible" and row["status"] == "working" for row in cameras)
    return {
        "headline_code": "seen" if seen_by else "may" if may else "none",
        "seen_by": seen_by,
        "may_be_seen_by": may,
        "second_group": sum(row["group"] == 2 for row in cameras),
        "out_of_order": sum(row["sight"] != "none" and row["status"] != "working" for row in cameras),
    }


def _p_any(db: Database, cameras: list[Row], seeing: list[Row], asked: _Asked) -> float | None:
    """Return the chance that one of the working cameras of uncertain sight sees the place as it looks now."""
    able = [
        row["camera_id"]
        for row in cameras
        if row["sight"] == "possible" and row["status"] == "working" and row["p_sees"] is not None
    ]
    if not able:
        return None
    # What is listed is rounded.
    exact = {row["camera_id"]: row for row in seeing}
    told = points.seeing_heads(db, able, **asked.options)
    return round(chance_of_any([_head(row, exact[cast(int, row["camera_id"])]) for row in told]), 6)


def _head(told: Row, camera: Row) -> Head:
    known = {
        name: None if told[name] is None else np.array(told[name], dtype=np.float64)
        for name in ("heading_sums", "tilt_p")
    }
    return Head(
        distance_m=camera["distance_m"],
        # On the spot there is no bearing, and any will do.
        bearing_deg=camera["turn_to_deg"] or 0.0,
        footprints=np.array(told["footprints"], dtype=np.float64).reshape(-1, 4),
        heading_deg=told["heading_deg"],
        pole=told["site_id"],
        offset=told["apart"],
        **known,
    )


def _listed(seeing: list[Row], unseeing: list[Row], asked: _Asked) -> list[Row]:
    cameras = [_sees(row, asked.incident_class, asked.density_class) for row in seeing]
    return cameras + [_near(row, asked.incident_class) for row in unseeing]


def _require_known(density_class: str, incident_class: str | None) -> None:
    px_per_m(density_class)
    if incident_class is not None and not grounds.is_known(incident_class):
        raise UnknownIncidentClass(f"{incident_class!r} is not a 112 class code such as 101 or 609")


def _sees(row: Row, incident_class: str | None, density_class: str) -> Row:
    certain = row["sight"] == "certain"
    # The reach of a turning camera holds the class that was asked for when it turns and zooms; how dense the
    # picture then is depends on the zoom, and nobody knows how often it is turned there. One that has no chance of
    # holding the place at home can only by its zoom.
    turning = not row["counts"] or (not certain and _rounded(row["p_sees"], 6) == 0.0)
    return _camera(row, incident_class) | {
        "sight": row["sight"],
        "p_sees": None if turning else _rounded(row["p_sees"], 6),
        "sees": certain and row["status"] == "working" and not turning,
        "must_turn": turning,
        "density_px_per_m": None if turning else _rounded(row["density_px_per_m"], 1),
        "class": density_class if turning else row["reaches_class"],
        "basis": row["basis"],
    }


def _near(row: Row, incident_class: str | None) -> Row:
    unseen = {
        "sight": "none",
        "p_sees": 0.0,
        "sees": False,
        "must_turn": False,
        "density_px_per_m": None,
        "class": None,
        "basis": None,
    }
    return _camera(row, incident_class) | unseen


def _camera(row: Row, incident_class: str | None) -> Row:
    purposes = [row["purpose_code"], *(row["further_purposes"] or [])]
    return {
        "camera_id": row["camera_id"],
        "camera_key": row["camera_key"],
        "site_id": row["site_id"],
        "site": row["site_name"],
        "address": row["address_road"] or row["address_lot"] or None,
        "agency": row["agency"],
        "agency_en": row["agency_en"],
        "purpose": row["purpose_code"],
        "kind": row["kind"],
        "distance_m": round(float(row["distance_m"]), 1),
        "turn_to_deg": _rounded(row["turn_to_deg"], 1),
        "heading_deg": _rounded(row["heading_deg"], 1),
        "status": row["status"],
        "use": cast(Row, grounds.use(purposes, row["legal_ground"], incident_class)),
        "lat": round(float(row["lat"]), 7),
        "lon": round(float(row["lon"]), 7),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)
