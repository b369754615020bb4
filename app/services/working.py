"""Coverage by the cameras that work now, beside coverage by all that are registered: the same points, the same law, less a few."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.ranges import UNKNOWN, ranged, reason
from app.services import gaps
from etl.db import Database
from etl.store import outages
from etl.store.days import network_day
from spatial.types import Share

if TYPE_CHECKING:  # asked for where nothing is down, it pays for no frame
    from spatial.outage import Loss

Row = dict[str, Any]

# What was worked out stays while the run and the outages are the same: pages ask again on each visit.
_kept: dict[tuple[str, int, tuple[int, ...]], Row] = {}
_MOST_KEPT = 64
_lock = threading.Lock()


def working(db: Database, run: Mapping[str, Any]) -> Row:
    """Return the share of alleys that the cameras which work now see, beside the one that a run of coverage tells.

    run      as `app.services.gaps.latest` gives it
    Returns  share, low, high, certain, possible and seen_m (null with reason_code and reason where it cannot be said: no
             share of all, `health_unknown`, or `past_day`: the run is of a network before the last one); cameras, down (null
             where unknown), moment (ISO, on the district's clocks)
    """
    at = date.fromisoformat(run["at"])
    told: Row = {
        "cameras": run["cameras"],
        "moment": datetime.now(db.district.zone).isoformat(timespec="minutes"),
    }
    alleys = run["alleys"]
    code = alleys.get("reason_code") or ("past_day" if at < network_day(db) else None)
    if code is None and not outages.health_known(db):
        code = "health_unknown"
    if code is not None:
        return {**UNKNOWN, "seen_m": None, "down": None, **told, **reason(code)}
    down = outages.down_now(db, at)
    key = db.engine.url.database or db.district.name, int(run["run_id"]), tuple(down)
    with _lock:
        share = _kept.get(key)
    if share is None:
        share = _share(db, run, down)
        with _lock:
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept[key] = share
    return {**share, "seen_m": round(alleys["length_m"] * share["share"], 1), "down": len(down), **told}


def now(db: Database, density_class: str, at: date | None = None) -> Row | None:
    """Return `working` of the last run for a class as at a day, None while there is no run."""
    run = gaps.latest(db, density_class, at)
    return None if run is None else working(db, run)


def _share(db: Database, run: Mapping[str, Any], down: Sequence[int]) -> Row:
    alleys = run["alleys"]
    whole = Share(*(alleys[name] for name in ("share", "low", "high", "certain", "possible")))
    if not down:
        return ranged(whole)
    from spatial.outage import without

    drawn = gaps.by_draw(db, run["class"], date.fromisoformat(run["at"]))
    return ranged(without(whole, drawn, _loss(db, run, down), weight=alleys["length_m"]))


def _loss(db: Database, run: Mapping[str, Any], down: Sequence[int]) -> Loss:
    """Return what these cameras add, worked out along the alleys that they may see alone, with the run's points and draws."""
    import pandas as pd

    from etl.store import frames
    from spatial import samples
    from spatial.beliefs import believed, draw
    from spatial.fov import with_assumptions
    from spatial.outage import loss
    from spatial.sightings import sightings

    at = date.fromisoformat(run["at"])
    views = frames.views_beside(db, at, down, density_class=run["class"])
    every = with_assumptions(frames.cameras(db, at), db.district.defaults)
    cameras = every[every["camera_id"].isin([*views["camera_id"], *down])]
    # Offsets of heads are those among all of their pole, so beliefs are made of all before some are taken.
    beliefs = believed(pd.DataFrame(every.drop(columns="geometry")), frames.aim_beliefs(db, at))
    beliefs = beliefs.of(cameras["camera_id"])
    streets = frames.alleys(db)
    own = views[views["camera_id"].isin(list(down))]
    met = streets.sindex.query(own.geometry.to_numpy(), predicate="intersects")[1]
    points = samples.sample_alleys(streets.iloc[sorted(set(met.tolist()))], step_m=run["step_m"])
    found = sightings(points, views, cameras, density_class=run["class"], beliefs=beliefs)
    drawn = draw(beliefs, draws=run["draws"], seed=run["seed"])
    return loss(found, points["weight"].to_numpy(), drawn, down=down)
