"""Keep a plan that a hand has altered on the workbench as a plan of its own, its figures reckoned anew."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import shapely

from app.plan_reasons import described
from app.plan_views import LENS
from app.services import WrongUse, sensitive
from app.services.plan_limits import Limits, limits_of
from app.services.plan_model import PlanOutOfDate
from app.services.workbench import Altered, Workbench, freshly, looked, place_of, placed, totals
from app.site_views import Place
from etl.db import Database
from etl.store.plans import keep_plan

Row = dict[str, Any]

# What is told of a plan as it was solved, and holds of no other choice of sites.
_OF_THE_SOLVED: Row = {
    "objective": None,
    "alternatives": [],
    "alternatives_said": None,
    "stability": None,
    "intrusion": None,
}


class SeesSensitive(WrongUse):
    """A site that was put elsewhere would see a bath, a toilet or a changing room: the law forbids it, and so do we."""


class NothingAltered(WrongUse):
    """A plan was to be kept anew, and no site of it stands elsewhere."""


def keep(db: Database, bench: Workbench, altered: Sequence[Altered], *, name: str | None = None) -> int:
    """Keep a plan with some of its sites put elsewhere, and return its number. The plan that it comes from stays.

    db      opened as loader
    The bound stays that of the question, the gap is reckoned anew, and an optimum is said to be proved only where it was
    and the altered plan sees exactly as much under no further limit. `by_hand` says which plan it comes from, which sites
    were put elsewhere, and whether it sees more than the bound. The price of a site stays that of the place before.
    Raises  NothingAltered, AlteredWrongly; SeesSensitive; PlanOutOfDate where what the plan rests on has changed, and with it the bound
    """
    started = time.perf_counter()
    found = totals(bench, altered)
    moved = [row["no"] for row in found["sites"] if row["altered"]]
    if not moved:
        raise NothingAltered("no site stands elsewhere")
    if found["stale"]:
        raise PlanOutOfDate(str(bench.answer["plan_id"]))
    put = [(no, place) for no, place in enumerate(placed(bench, altered), 1) if no in moved and place]
    sees = sensitive.seen_from(db, bench.world, [place for _, place in put])
    if wrong := [str(no) for (no, _), bad in zip(put, sees, strict=True) if bad]:
        raise SeesSensitive(", ".join(wrong))
    old = bench.answer
    proved = (
        old["proved_optimal"]
        and limits_of(old.get("limits")) == Limits()
        and found["after"] == found["was"] == found["bound"]
    )
    beside = {"made_at", "plan_id", "chosen"}
    known = {key: value for key, value in old.items() if key not in beside}
    after = found["alleys"]["after"]
    gained_m = round((after - found["alleys"]["before"]) * found["alleys"]["length_m"], 1)
    answer = {
        **known,
        **{key: value for key, value in _OF_THE_SOLVED.items() if key in known},
        **{key: found[key] for key in ("before", "after", "gap")},
        "alleys": found["alleys"] | {"gained_m": gained_m},
        "name": (name or "").strip() or None,
        "proved_optimal": bool(proved),
        "by_hand": {"of": old["plan_id"], "sites": moved, "beyond": found["beyond"]},
        "chosen": _rows(bench, altered, found["sites"]),
        "seconds": round(time.perf_counter() - started, 3),
    }
    return keep_plan(db, answer, name=answer["name"])


def _rows(bench: Workbench, altered: Sequence[Altered], sites: Sequence[Row]) -> list[Row]:
    """Return the sites as a plan keeps them: what each adds where it stands now, and why."""
    places = placed(bench, altered)
    rows = []
    for old, site, place, told in zip(
        bench.answer["chosen"], sites, places, _told(bench, places), strict=True
    ):
        row = {**old, **{name: site[name] for name in ("gain", "metres")}, **told}
        if place is not None:
            row |= {name: site[name] for name in ("lat", "lon", "heading_deg")}
        if site["altered"]:
            # Of another place neither the kind of place nor what it looks into is known.
            row |= {name: None for name in ("place", "intrusion") if name in row}
            moved = (row["lat"], row["lon"]) != (old["lat"], old["lon"])
            row |= {"act": "move"} if moved and row.get("act") == "turn" else {}
        rows.append(row)
    return rows


def _told(bench: Workbench, places: Sequence[Place | None]) -> list[Row]:
    """Return alley, reason, calls and view of each site as a plan tells them."""
    chosen = bench.answer["chosen"]
    fresh = freshly(bench, [looked(bench, place) for place in places])
    # A camera that is taken down hangs where it hung; it sees nothing.
    at = [place or place_of(row, bench) for place, row in zip(places, chosen, strict=True)]
    frame = gpd.GeoDataFrame(
        {
            "camera_id": range(len(at)),
            "heading_deg": [place.heading_deg for place in at],
            "fresh": fresh,
            "act": [row.get("act") or "new" for row in chosen],
            "camera_key": [row.get("camera_key") for row in chosen],
            **{name: [getattr(place.lens, name) for place in at] for name in LENS},
        },
        geometry=[shapely.Point(place.x, place.y) for place in at],
        crs=bench.world.alleys.crs,
    )
    wanted = replace(bench.wanted, p_seen=bench.p_free)
    rows = described(bench.world, wanted, frame, density_class=bench.answer["class"])
    kept = ("alley", "reason", "calls_unseen", "view")
    return [{name: row[name] for name in kept if name in row} for row in rows]
