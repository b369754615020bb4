"""Measure nets: how long the first and the proven answer take, and how often their cameras see who runs, beside the rule of five."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from app.services import net as service
from app.services.net_world import NetWorld, net_world
from app.services.old_rules import RADIUS_M, K
from etl.db import Database
from etl.store import points
from etl.store.days import today
from spatial.crs import to_xy
from spatial.errors import NoStreetNear
from spatial.network import REACTION_S, locate
from spatial.roaming import Walks, random_walks, seen
from spatial.types import LonLat

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

PLACES, WALKS, SECONDS = 60, 1000, 300.0
_SEED = 20260101


def measure(db: Database, *, progress: Progress) -> list[Row]:
    """Return rows of what nets take and see, over PLACES seeded places of the district that lie at a street.

    db    opened for reading; its fields of view are computed
    Rows  what, cameras, n, median_s, p95_s, p99_s, slowest_s, budget; and of the walks: what, cameras, n (walks), seen (share),
          used (cameras a place, on average), seen_per_camera
    The first question of all pays for reading the streets and the views; it stands in a row of its own.
    WALKS walks a place last SECONDS, on foot, at any corner any street but the one he came by. Only what is passed after the
    reaction time counts, for all. Each ring's net is told by itself, its cameras at their aims: walks turn back and forth, and
    few come as far as the outer rings. The old rule takes the K nearest within RADIUS_M, whatever they see; where they do see
    a street for certain, as they hang, it counts.
    """
    started = time.perf_counter()
    world = net_world(db, today(db))
    cold = time.perf_counter() - started
    cameras = int(world.aims["camera_id"].nunique())
    took: dict[bool, list[float]] = {False: [], True: []}
    shares: dict[str, list[tuple[float, int]]] = {}
    places = list(_places(db, world))
    for done, place in enumerate(places):
        progress("Ways out", done, len(places))
        answers = {}
        for proven in took:
            start = time.perf_counter()
            answers[proven] = service.net(db, place.lon, place.lat, proven=proven)
            took[proven].append(time.perf_counter() - start)
        for name, share in _seen(db, world, place, answers[True], seed=_SEED + done).items():
            shares.setdefault(name, []).append(share)
    progress("Ways out", len(places), len(places))
    return [
        _timed("net: streets and views read, once", cameras, [cold]),
        _timed("net: first answer", cameras, took[False], "100 ms p95"),
        _timed("net: proven answer", cameras, took[True], "2 s p95"),
        *(_walked(f"walks seen by {name}", cameras, each) for name, each in shares.items()),
    ]


def _places(db: Database, world: NetWorld) -> Iterator[LonLat]:
    """Yield places round the district's centre that lie at a street, always the same ones."""
    center, chance, ways = db.district.center, random.Random(_SEED), world.ways("foot")
    found = 0
    while found < PLACES:
        lat = center.lat + chance.uniform(-8e-3, 8e-3)
        place = LonLat(center.lon + chance.uniform(-1e-2, 1e-2), lat)
        xy = to_xy(place, srid=db.district.srid)
        try:
            locate(ways, (xy.east_m, xy.north_m))
        except NoStreetNear:
            continue
        found += 1
        yield place


def _seen(
    db: Database, world: NetWorld, place: LonLat, answer: Row, *, seed: int
) -> dict[str, tuple[float, int]]:
    """Return the share of walks seen, and the cameras used, of the net of each ring and of the old rule."""
    ways = world.ways("foot")
    xy = to_xy(place, srid=db.district.srid)
    walks = random_walks(
        ways,
        locate(ways, (xy.east_m, xy.north_m)),
        WALKS,
        seconds=SECONDS,
        rng=np.random.default_rng(seed),
    )
    near = points.nearest(db, place.lon, place.lat, k=K)
    named = [row["camera_id"] for row in near if float(str(row["distance_m"])) <= RADIUS_M]
    hung = np.flatnonzero(world.aims["hung"] & world.aims["camera_id"].isin(named))
    nets = {
        f"the net of {ring['minutes']:g} min": [row["aim_id"] for row in ring["cameras"]]
        for ring in answer["rings"]
    }
    told = {name: (_share(walks, world, aims), len(aims)) for name, aims in nets.items()}
    return told | {
        f"the {K} nearest within {RADIUS_M:g} m": (_share(walks, world, hung.tolist()), len(named))
    }


def _share(walks: Walks, world: NetWorld, aims: Sequence[int]) -> float:
    views = world.views.of(np.isin(world.views.aim_id, aims))
    return float(seen(walks, views, after_s=REACTION_S).mean()) if len(views.edge) else 0.0


def _timed(what: str, cameras: int, seconds: Sequence[float], budget: str | None = None) -> Row:
    p95, p99 = np.percentile(seconds, [95, 99])
    told = {"median_s": statistics.median(seconds), "p95_s": p95, "p99_s": p99, "slowest_s": max(seconds)}
    rounded = {name: round(float(each), 4) for name, each in told.items()}
    return {"what": what, "cameras": cameras, "n": len(seconds), **rounded, "budget": budget}


def _walked(what: str, cameras: int, shares: Sequence[tuple[float, int]]) -> Row:
    share, used = (sum(each) / len(shares) for each in zip(*shares, strict=True))
    row = {"what": what, "cameras": cameras, "n": len(shares) * WALKS, "seen": round(share, 4)}
    per_camera = round(share / used, 4) if used else None
    timeless = dict.fromkeys(("median_s", "p95_s", "p99_s", "slowest_s", "budget"))
    return row | {"used": round(used, 2), "seen_per_camera": per_camera} | timeless
