"""The ways out of a place, the fewest cameras that close them, and what stays open: the answer of `golmok net`.

Streets and cameras are looked at, never persons: nothing is kept of who ran where.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.services import WrongUse, fields, grounds
from app.services.find import UnknownIncidentClass
from app.services.net_rows import Found, camera_rows, exit_rows, hull
from app.services.net_world import NetWorld, net_world
from etl.db import Database
from etl.store import ways as store
from etl.store.days import today
from spatial.crs import to_xy
from spatial.escapes import Escape, escape_graph, escape_share, open_exits, region_and_ring
from spatial.nets import Net, fewest_net, greedy_net
from spatial.network import REACTION_S, SPEEDS_M_PER_S, Reach, locate, reach, region
from spatial.street_views import StreetViews
from spatial.types import LonLat

Row = dict[str, Any]

MINUTES = (1.0, 3.0, 5.0)
MODES = tuple(SPEEDS_M_PER_S)
# No ring beyond says anything of streets: by then he may be in another district.
FARTHEST_MIN, MOST_RINGS = 30.0, 5
# Who was last seen longer ago may be anywhere.
LONGEST_S = 3600.0
# The proof of all rings may take so long; after it the best net found is told, with its bound.
PROOF_S = 1.8

# Why an exit stays open, the first that holds: cameras that ... would close it.
_WHY = ("one_aim", "purpose", "down", "possible")
_USABLE, _FORBIDDEN, _DOWN, _POSSIBLE, _NEVER = range(5)


class UnknownMode(WrongUse):
    """A way to move is none of foot, bicycle and car."""


class WrongRings(WrongUse):
    """Rings were asked for that cannot be: none, too many, or beyond what can be told."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What is asked of a flight.

    minutes    the rings, counted from where he may be by now
    since      when the incident was called in (aware); None: just now
    reaction_s seconds until anybody looks
    emergency  a recorded emergency ground is in force: cameras of other purposes are used too
    Raises     UnknownMode, WrongRings, UnknownIncidentClass; WrongUse for a time without zone
    """

    minutes: Sequence[float] = MINUTES
    mode: str = "foot"
    since: datetime | None = None
    incident_class: str | None = None
    reaction_s: float = REACTION_S
    emergency: bool = False

    def __post_init__(self) -> None:
        if self.mode not in SPEEDS_M_PER_S:
            raise UnknownMode(f"{self.mode!r} is none of {', '.join(MODES)}")
        sound = all(math.isfinite(each) and 0.0 < each <= FARTHEST_MIN for each in self.minutes)
        if not (sound and 1 <= len(self.minutes) <= MOST_RINGS):
            told = f"1 to {MOST_RINGS} rings of at most {FARTHEST_MIN:g} minutes"
            raise WrongRings(f"{told}, not {', '.join(f'{each:g}' for each in self.minutes) or 'none'}")
        if not 0.0 <= self.reaction_s <= LONGEST_S:
            raise WrongRings(f"a reaction takes 0 to {LONGEST_S:g} seconds, not {self.reaction_s:g}")
        if self.incident_class is not None and not grounds.is_known(self.incident_class):
            raise UnknownIncidentClass(f"{self.incident_class!r} is not a 112 class code such as 101 or 609")
        if self.since is not None and self.since.tzinfo is None:
            raise WrongUse("a time without its zone says no instant")

    def elapsed_s(self, now: datetime) -> float:
        """Return the seconds since the call, none for one that lies ahead, and never more than LONGEST_S."""
        gone = 0.0 if self.since is None else (now - self.since).total_seconds()
        return min(max(gone, 0.0), LONGEST_S)


def net(
    db: Database,
    lon: float,
    lat: float,
    *,
    flight: Flight | None = None,
    proven: bool = True,
    at: date | None = None,
    now: datetime | None = None,
) -> Row:
    """Return the answer of `golmok net`: for each ring its exits, the cameras that close them, and what stays open.

    lon, lat  degrees, EPSG:4326
    proven    False gives the first answer, at once; True the one with its proof, as far as the time allows
    at        the day of the network; None is today on the district's clocks
    now       this instant (aware); None asks the clock
    Raises    OutOfRange for no place on the globe; NoStreetNear
    """
    told = answers(db, lon, lat, flight=flight, at=at, now=now)
    first = next(told)
    return next(told) if proven else first


def answers(
    db: Database,
    lon: float,
    lat: float,
    *,
    flight: Flight | None = None,
    at: date | None = None,
    now: datetime | None = None,
) -> Iterator[Row]:
    """Yield the first answer (`first` is True), then the proven one; keys as `net` returns them.

    Keys  point, street (None unknown), at, mode, since, elapsed_s, longer (it is more: the clock is followed no farther),
          reaction_s, incident_class, emergency, may_have_left (he can be beyond the edge of the map), may_be (GeoJSON: where he may be
          by now), rings, first, proved, walls_known, stale, invented, ms
    Ring  minutes, exits, closed, open[{exit_id, lat, lon, street, why_code}], cameras[], places (all exits: exit_id, lat,
          lon, street, closed, end_of_map), withheld[] (cameras of other purposes and the exits they would close),
          escape_share, proved, bound, shape (GeoJSON of the ring)
    Camera  no (order on the screens), aim_id (row of the world's aims), camera_id, camera_key, site, agency, agency_en, purpose, kind, lat, lon, heading_deg,
          aim{heading_deg,tilt_deg,preset,hung} or null for one that can't turn (hung False: it must be
          turned to it), use{allowed,ground}, closes[exit ids]
    """
    started = time.perf_counter()
    asked, place, day = flight or Flight(), LonLat(lon, lat), at or today(db)
    moment = now or datetime.now(db.district.zone)
    scene = _scene(db, place, asked, day=day, elapsed_s=asked.elapsed_s(moment))
    head = _head(db, scene, place, day)
    rings = [_Ring.of(scene, each) for each in sorted(set(asked.minutes))]
    nets = [greedy_net(ring.escape) for ring in rings]
    told = [_told(scene, ring, found) for ring, found in zip(rings, nets, strict=True)]

    def answer(*, first: bool) -> Row:
        proved = all(row["proved"] for row in told)
        took = round((time.perf_counter() - started) * 1000, 1)
        return {**head, "rings": list(told), "first": first, "proved": proved, "ms": took}

    yield answer(first=True)
    for row, (ring, greedy) in enumerate(zip(rings, nets, strict=True)):
        found = fewest_net(ring.escape, greedy, time_limit_s=PROOF_S / len(rings))
        same = np.array_equal(found.aims, greedy.aims)
        told[row] = (
            told[row] | {"proved": found.proved, "bound": found.bound} if same else _told(scene, ring, found)
        )
    yield answer(first=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """Where he may be, and the cameras about: `rank` says of each aim whether it may close (row of `world.aims`)."""

    world: NetWorld
    field: Reach
    views: StreetViews
    rank: NDArray[np.int8]
    watchers: Mapping[int, Row]
    flight: Flight
    elapsed_s: float
    srid: int

    def up_to(self, rank: int) -> StreetViews:
        """Return the views of all aims up to a rank, each as if it were certain and allowed."""
        rows = self.views.of(self.rank[self.views.aim_id] <= rank)
        return replace(rows, certain=np.ones(len(rows.edge), dtype=bool))


def _scene(db: Database, place: LonLat, flight: Flight, *, day: date, elapsed_s: float) -> _Scene:
    world = net_world(db, day)
    ways = world.ways(flight.mode)
    xy = to_xy(place, srid=db.district.srid)
    spot = locate(ways, (xy.east_m, xy.north_m))
    _, farthest_s = region_and_ring(elapsed_s, max(flight.minutes), reaction_s=flight.reaction_s)
    field = reach(ways, spot, seconds=farthest_s)
    graph = world.graph
    reached = np.isfinite(field.node_s)
    near = (reached[graph.from_node] | reached[graph.to_node])[world.views.edge]
    views = world.views.of(near)
    found = store.watchers(db, np.unique(views.camera_id).tolist(), at=day)
    known: dict[int, Row] = {
        number: with_use(dict(row), flight.incident_class, db.district.timezone)
        for number, row in found.items()
    }
    views = views.of(np.isin(views.camera_id, list(known)))
    return _Scene(
        world, field, views, _ranks(world, views, known, flight), known, flight, elapsed_s, db.district.srid
    )


def with_use(row: Row, incident_class: str | None, timezone: str) -> Row:
    """Return a camera of the store with `use`: whether it may be used for a class, and on what ground it was installed."""
    purposes = [row["purpose_code"], *(row["further_purposes"] or [])]
    use = grounds.use(purposes, row["legal_ground"], incident_class)
    legal = use["ground"]
    return row | {"use": {**use, "ground": None if legal is None else grounds.told(legal, timezone)}}


def _ranks(
    world: NetWorld, views: StreetViews, watchers: Mapping[int, Row], flight: Flight
) -> NDArray[np.int8]:
    """Return what keeps each aim from closing a street: nothing, its purpose, its health, or that it is assumed.

    An assumed aim of a camera that is out of order, or of another purpose, stands behind all these.
    """
    rank = np.full(len(world.aims), _NEVER, dtype=np.int8)
    told = zip(views.camera_id.tolist(), views.aim_id.tolist(), views.certain.tolist(), strict=True)
    for camera, aim, certain in set(told):
        row = watchers[camera]
        down = row["status"] != "working"
        forbidden = row["use"]["allowed"] is False and not flight.emergency
        if certain:
            rank[aim] = _DOWN if down else _FORBIDDEN if forbidden else _USABLE
        elif not (down or forbidden):
            rank[aim] = _POSSIBLE
    return rank


@dataclass(frozen=True, slots=True, eq=False)
class _Ring:
    """One ring, and what has to be cut to close it."""

    minutes: float
    region_s: float
    ring_s: float
    escape: Escape

    @classmethod
    def of(cls, scene: _Scene, minutes: float) -> _Ring:
        region_s, ring_s = region_and_ring(scene.elapsed_s, minutes, reaction_s=scene.flight.reaction_s)
        escape = escape_graph(scene.field, scene.up_to(_USABLE), region_s=region_s, ring_s=ring_s)
        return cls(minutes, region_s, ring_s, escape)


def _head(db: Database, scene: _Scene, place: LonLat, day: date) -> Row:
    flight = scene.flight
    graph, spot = scene.world.graph, scene.field.origin
    now_s, _ = region_and_ring(scene.elapsed_s, 0.0, reaction_s=flight.reaction_s)
    return {
        "point": {"lat": place.lat, "lon": place.lon},
        "street": _name(scene.world, graph.alley_id[spot.edge]),
        "at": day.isoformat(),
        "mode": flight.mode,
        "since": None if flight.since is None else flight.since.isoformat(),
        "elapsed_s": round(scene.elapsed_s, 1),
        "reaction_s": flight.reaction_s,
        "incident_class": flight.incident_class,
        "emergency": flight.emergency,
        "longer": scene.elapsed_s >= LONGEST_S,
        "may_have_left": bool((scene.field.node_s[graph.leads_on] <= now_s).any()),
        "may_be": hull(
            graph, region(scene.field, now_s), srid=scene.srid, also=to_xy(place, srid=scene.srid)
        ),
        "walls_known": scene.world.walls_known,
        "stale": fields.stale_near(db, place.lon, place.lat, at=day),
        "invented": db.district.invented,
    }


def _name(world: NetWorld, alley_id: object) -> str | None:
    name = world.streets.get(alley_id)
    return name if isinstance(name, str) and name else None


def _told(scene: _Scene, ring: _Ring, net: Net) -> Row:
    places = exit_rows(ring.escape.exits, scene.world, origin=scene.field.origin, srid=scene.srid)
    number = {row["row"]: row["exit_id"] for row in places}
    why = _reasons(scene, ring, net)
    cameras = camera_rows(Found.of(net), scene.world, scene.watchers, exit_ids=number)
    for row in places:
        row["closed"] = bool(net.closed[row.pop("row")])
    opened = {number[k]: code for k, code in why.items()}
    kept = ("exit_id", "lat", "lon", "street")
    return {
        "minutes": ring.minutes,
        "exits": len(places),
        "closed": int(net.closed.sum()),
        "open": [
            {name: row[name] for name in kept} | {"why_code": opened[row["exit_id"]]}
            for row in places
            if not row["closed"]
        ],
        "cameras": cameras,
        "withheld": _withheld(scene, ring, net, number) if "purpose" in why.values() else [],
        "escape_share": round(escape_share(ring.escape, net.aims), 6),
        "proved": net.proved,
        "bound": net.bound,
        "places": places,
        "shape": hull(scene.world.graph, region(scene.field, ring.ring_s), srid=scene.srid),
    }


def _reasons(scene: _Scene, ring: _Ring, net: Net) -> dict[int, str]:
    """Return for the row of each open exit why it is open: the first kind of cameras that would close it, or none."""
    left = np.flatnonzero(~net.closed)
    if not len(left):
        return {}
    every = escape_graph(scene.field, scene.up_to(_POSSIBLE), region_s=ring.region_s, ring_s=ring.ring_s)
    rank = scene.rank[every.aim_id]
    why = dict.fromkeys(left.tolist(), "unseen")
    for at, code in reversed(list(enumerate(_WHY))):
        if not (rank == at).any():
            continue  # it adds nothing to what the kinds before it close
        still = open_exits(every, np.flatnonzero(rank <= at))
        why |= {k: code for k in left.tolist() if not still[k]}
    return why


def _withheld(scene: _Scene, ring: _Ring, net: Net, number: Mapping[int, int]) -> list[Row]:
    """Return the cameras of other purposes that would close what stays open, and which exits."""
    wider = escape_graph(scene.field, scene.up_to(_FORBIDDEN), region_s=ring.region_s, ring_s=ring.ring_s)
    found = Found.of(greedy_net(wider)).among(scene.rank == _FORBIDDEN, still_open=~net.closed)
    return camera_rows(found, scene.world, scene.watchers, exit_ids=number)
