"""Who sees him next: the cameras that most likely take over from one that loses him, and how long nobody sees him."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from app.services.net import Flight, with_use
from app.services.net_rows import camera_row
from app.services.net_world import NetWorld, net_world
from app.services.verify import UnknownCamera
from etl.db import Database
from etl.store import ways as store
from etl.store.days import today
from etl.store.evidence import camera_named
from spatial.relays import Relay, next_cameras
from spatial.street_views import StreetViews

Row = dict[str, Any]
# Who is not seen again within so long is looked for anew, not handed over.
WITHIN_S = 300.0
# More nobody puts on screens.
_MOST = 9


def relay(
    db: Database,
    camera: str,
    *,
    mode: str = "foot",
    incident_class: str | None = None,
    emergency: bool = False,
    at: date | None = None,
) -> Row:
    """Return who sees him next after a camera, the likeliest first, and the blind time between.

    camera   its registry number, or its number of ours
    Returns  camera_key, mode, within_s, cameras[], unseen (chance that nobody sees him within that time), invented, ms
    Camera   as in `net.answers`, without no and closes; probability, blind_median_s, blind_low_s, blind_high_s
    Each camera counts at the aim it holds as it hangs: a turning one at home. Cameras that are out of order, or may
    not be used for the class without an emergency ground, see nobody.
    Raises   UnknownCamera, UnknownMode, UnknownIncidentClass
    """
    started = time.perf_counter()
    Flight(mode=mode, incident_class=incident_class)
    day = at or today(db)
    named = camera_named(db, camera.strip(), day) if camera.isprintable() else None
    if named is None:
        raise UnknownCamera(camera)
    number = int(named["camera_id"])
    world = net_world(db, day)
    held = _held(world)
    watchers = _usable(db, held, incident_class, day=day, emergency=emergency)
    views = held.of(np.isin(held.camera_id, [*watchers, number]))
    found = next_cameras(world.ways(mode), views, number, seconds=WITHIN_S)
    aims = dict(zip(views.camera_id.tolist(), views.aim_id.tolist(), strict=True))
    rows = [
        camera_row(watchers[each], world.aims.iloc[aims[each]]) | _blind(found, row)
        for row, each in enumerate(found.camera_id.tolist())
        if each in watchers
    ]
    return {
        "camera_key": named["camera_key"],
        "mode": mode,
        "within_s": WITHIN_S,
        "cameras": rows[:_MOST],
        "unseen": round(found.unseen, 6),
        "invented": db.district.invented,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


def _held(world: NetWorld) -> StreetViews:
    """Return the certain views of all cameras as they hang."""
    hung = world.aims["hung"].to_numpy(dtype=bool)
    return world.views.of(world.views.certain & hung[world.views.aim_id])


def _usable(
    db: Database, views: StreetViews, incident_class: str | None, *, day: date, emergency: bool
) -> Mapping[int, Row]:
    found = store.watchers(db, np.unique(views.camera_id).tolist(), at=day)
    told = {
        each: with_use(dict(row), incident_class, db.district.timezone)
        for each, row in found.items()
        if row["status"] == "working"
    }
    return {each: row for each, row in told.items() if emergency or row["use"]["allowed"] is not False}


def _blind(found: Relay, row: int) -> Row:
    names = ("blind_median_s", "blind_low_s", "blind_high_s")
    times = {name: round(float(getattr(found, name)[row]), 1) for name in names}
    return {"probability": round(float(found.probability[row]), 6), **times}
