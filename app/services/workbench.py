"""The workbench of a plan: all that one site's move bears on, kept in memory, so that totals follow a hand that drags.

A kept plan is laid on it once (some seconds); after that a move or a turn asks for one view and a few sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from app.plan_around import down, up
from app.plan_demand import seen_of, weighed
from app.plan_reasons import Demand
from app.services import WrongUse, coverage, covering
from app.services.plan_model import asked_of
from app.services.plans import opened
from app.site_views import Look, Place, Pole, lens_of, look, pole
from app.world import World
from etl.db import Database

Row = Mapping[str, Any]
Floats = NDArray[np.float64]

# Views kept of places that a hand passed over.
_MOST_LOOKS = 400
# What is reckoned here and what the plan tells differ by rounding, and by how a camera that stays is counted where cameras
# may be moved: no more than this, absolute and as a part.
_SAME, _SAME_PART = 1e-5, 1e-3
# What a plan does with an existing camera: that camera's view of today does not count any more.
_FREED = ("turn", "move", "remove")


class AlteredWrongly(WrongUse):
    """A site of a plan was put where there is no place, or there is no such site."""


@dataclass(slots=True, eq=False)
class Workbench:
    """A plan laid out for work by hand.

    answer   the kept plan as `app.services.plans.opened` gives it
    wanted   what it is for, with the chance that each piece is seen today
    p_free   (n,) chance that a piece is seen once the cameras that the plan turns, moves or takes down are away
    free     (n,) risk that nobody sees then
    street_m (n,) metres of street that each piece stands for: none of a zone's open ground
    places   where each site of the plan stands and looks, and through which lens; None of one that is taken down
    models   the district's models of camera by name
    looks, poles  what is seen, and what could be seen, from places that were asked about
    """

    answer: Row
    world: World
    wanted: Demand
    p_free: Floats
    free: Floats
    street_m: Floats
    places: list[Place | None]
    to_plane: Transformer
    models: Mapping[str, Any]
    looks: dict[Place, Look] = field(default_factory=dict)
    poles: dict[Place, Pole] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Altered:
    """A site of a plan put elsewhere by hand: its number in the plan (from 1), degrees, degrees clockwise from north."""

    no: int
    lat: float
    lon: float
    heading_deg: float


def laid_out(db: Database, plan_id: int) -> Workbench:
    """Lay a kept plan on the workbench, as at the day that it was made for. Raises UnknownPlan.

    db  opened as loader: the job reads, no person does
    """
    answer = opened(db, plan_id)
    weights = answer["weights"]
    world = coverage.world(db, date.fromisoformat(answer["at"]))
    world = world if weights is None else replace(world, weights=weights)
    aimed = weighed(world, asked_of(answer).wish, every=covering.points_of(world))
    wanted, freed = aimed.wanted, _freed(world, answer["chosen"])
    seen = wanted.p_seen
    if freed:
        seen = seen_of(world, wanted.points, answer["class"], without=freed)
    to_plane = Transformer.from_crs(4326, world.alleys.crs, always_xy=True)
    models = {model.name: model for model in db.district.models}
    street_m = np.where(aimed.streets, wanted.metres, 0.0)
    free = wanted.risk * (1.0 - seen)
    bench = Workbench(answer, world, wanted, seen, free, street_m, [], to_plane, models)
    bench.places += [None if row.get("act") == "remove" else place_of(row, bench) for row in answer["chosen"]]
    return bench


def place_of(row: Row, bench: Workbench) -> Place:
    """Return where the camera of a plan's row hangs and looks, and through which lens."""
    x, y = bench.to_plane.transform(row["lon"], row["lat"])
    heading_deg = float(row["heading_deg"] or 0.0)
    return Place(
        row["lat"], row["lon"], float(x), float(y), heading_deg, lens_of(row, bench.world.lens, bench.models)
    )


def totals(bench: Workbench, altered: Sequence[Altered] = ()) -> dict[str, Any]:
    """Return what a plan sees with some of its sites put elsewhere.

    before, after  shares 0..1 of the risk seen, today and with the sites as they stand now, rounded down
    was            `after` with every site where the plan has it, reckoned in the same way
    bound, gap     of the plan's question: no choice among its candidates sees more than the bound
    stale          whether `was` is not what the plan told: what it rests on has changed since, so its bound says nothing here
    beyond         whether `after` lies above the bound: a hand put sites where there was no candidate
    alleys         length_m, before and after: shares 0..1 of the streets asked about
    sites          a row a site in the plan's order: no, lat, lon, heading_deg, gain (share 0..1 of the risk that the sites
                   before it leave unseen), metres, stands (as `spatial.visibility`), altered, view (GeoJSON degrees)
    Raises         AlteredWrongly
    """
    looks = _looks(bench, altered)
    was = _share(bench, _union(bench, [each for each, _ in _looks(bench, ())]))
    fresh = freshly(bench, [each for each, _ in looks])
    covered = _union(bench, [each for each, _ in looks])
    after, bound = _share(bench, covered), float(bench.answer["bound"])
    total = float(bench.wanted.risk.sum())
    reached = down(after)
    return {
        "plan_id": bench.answer["plan_id"],
        "before": down(_share_of(bench.wanted.p_seen, bench.wanted.risk)),
        "after": reached,
        "was": down(was),
        "bound": bound,
        "gap": up(max(bound - reached, 0.0) / bound) if bound else 0.0,
        "beyond": reached > bound,
        "stale": abs(was - float(bench.answer["after"])) > max(_SAME, _SAME_PART * was),
        "alleys": _alleys(bench, covered),
        "sites": [
            _site(bench, no, seen, place, new, total)
            for no, ((seen, place), new) in enumerate(zip(looks, fresh, strict=True), 1)
        ],
    }


def placed(bench: Workbench, altered: Sequence[Altered]) -> list[Place | None]:
    """Return where each site stands now. Raises AlteredWrongly for a site or a place that is none."""
    places = list(bench.places)
    for each in altered:
        held = places[each.no - 1] if 1 <= each.no <= len(places) else None
        if held is None:
            raise AlteredWrongly(f"there is no site {each.no} to move")
        if not (abs(each.lat) < 90.0 and abs(each.lon) <= 180.0 and np.isfinite(each.heading_deg)):
            raise AlteredWrongly(f"{each.lat}, {each.lon}, {each.heading_deg}")
        x, y = bench.to_plane.transform(each.lon, each.lat)
        if not (np.isfinite(x) and np.isfinite(y)):
            raise AlteredWrongly(f"{each.lat}, {each.lon}")
        if (each.lat, each.lon) != (held.lat, held.lon):
            held = replace(held, lat=each.lat, lon=each.lon, x=float(x), y=float(y))
        places[each.no - 1] = replace(held, heading_deg=each.heading_deg % 360.0)
    return places


def freshly(bench: Workbench, looks: Sequence[Look | None]) -> list[NDArray[np.int64]]:
    """Return the pieces of street that each site sees and no site before it: positions in `wanted.points`."""
    covered = np.zeros(len(bench.wanted.points), dtype=bool)
    anew = []
    for each in looks:
        own = np.empty(0, dtype=np.int64) if each is None else each.rows
        fresh = own[~covered[own]]
        covered[fresh] = True
        anew.append(fresh)
    return anew


def looked(bench: Workbench, place: Place | None) -> Look | None:
    """Return what is seen from a place; None of a camera that is taken down."""
    if place is None:
        return None
    seen = bench.looks.get(place)
    if seen is None:
        if len(bench.looks) >= _MOST_LOOKS:
            bench.looks.clear()
            bench.poles.clear()
        code = bench.answer["class"]
        # A turn asks for no more than the heading: what the pole could see is known.
        at = replace(place, heading_deg=0.0)
        on = bench.poles.get(at) or pole(bench.world, bench.wanted.points, at, density_class=code)
        bench.poles[at] = on
        bench.looks[place] = seen = look(on, place)
    return seen


def _looks(bench: Workbench, altered: Sequence[Altered]) -> list[tuple[Look | None, Place | None]]:
    return [(looked(bench, place), place) for place in placed(bench, altered)]


def _site(
    bench: Workbench, no: int, seen: Look | None, place: Place | None, fresh: NDArray[np.int64], total: float
) -> dict[str, Any]:
    row = bench.answer["chosen"][no - 1]
    at = {"lat": row["lat"], "lon": row["lon"], "heading_deg": row["heading_deg"]}
    if place is not None:
        at = {"lat": place.lat, "lon": place.lon, "heading_deg": place.heading_deg}
    return {
        "no": no,
        **at,
        "gain": round(float(bench.free[fresh].sum()) / total, 6) if total else 0.0,
        "metres": round(float(bench.street_m[fresh].sum()), 1),
        "stands": None if seen is None else seen.stands,
        "altered": place != bench.places[no - 1],
        "view": None if seen is None else seen.view,
    }


def _union(bench: Workbench, looks: Sequence[Look | None]) -> NDArray[np.bool_]:
    covered = np.zeros(len(bench.wanted.points), dtype=bool)
    for each in looks:
        if each is not None:
            covered[each.rows] = True
    return covered


def _share(bench: Workbench, covered: NDArray[np.bool_]) -> float:
    return _share_of(np.where(covered, 1.0, bench.p_free), bench.wanted.risk)


def _share_of(p_seen: Floats, worth: Floats) -> float:
    total = float(worth.sum())
    return 1.0 - float((worth * (1.0 - p_seen)).sum()) / total if total else 1.0


def _alleys(bench: Workbench, covered: NDArray[np.bool_]) -> dict[str, float]:
    metres = bench.street_m
    return {
        "length_m": round(float(metres.sum()), 1),
        "before": down(_share_of(bench.wanted.p_seen, metres)),
        "after": down(_share_of(np.where(covered, 1.0, bench.p_free), metres)),
    }


def _freed(world: World, chosen: Sequence[Row]) -> list[int]:
    keys = {row.get("camera_key") for row in chosen if row.get("act") in _FREED}
    named = world.cameras["camera_key"].isin(keys) if "camera_key" in world.cameras else None
    return [] if named is None else [int(each) for each in world.cameras.loc[named, "camera_id"]]
