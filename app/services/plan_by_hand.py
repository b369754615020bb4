"""Keep a plan that a hand has altered on the workbench as a plan of its own, its figures reckoned anew."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import shapely

from app.plan_reasons import described
from app.services import WrongUse
from app.services.workbench import Altered, Workbench, freshly, looked, placed, totals
from app.site_views import Look, Place
from etl.db import Database
from etl.store.plans import keep_plan

Row = dict[str, Any]

# What is told of a plan as it was solved, and holds of no other choice of sites.
_OF_THE_SOLVED: Row = {
    "alternatives": [],
    "alternatives_said": "by_hand",
    "stability": None,
    "intrusion": None,
}
_NOTHING_NEW = {"code": "nothing_new", "alley": None, "metres": 0.0, "width_m": None}


class NothingAltered(WrongUse):
    """A plan was to be kept anew, and no site of it stands elsewhere."""


def keep(db: Database, bench: Workbench, altered: Sequence[Altered], *, name: str | None = None) -> int:
    """Keep a plan with some of its sites put elsewhere, and return its number. The plan that it comes from stays.

    db      opened as loader
    The bound stays that of the question, the gap is reckoned anew, and an optimum is said to be proved only where it was
    and the altered plan sees exactly as much under no further limit. `by_hand` says which plan it comes from, which sites
    were put elsewhere, and whether it sees more than the bound. The price of a site stays that of the place before.
    Raises  NothingAltered, AlteredWrongly
    """
    started = time.perf_counter()
    found = totals(bench, altered)
    moved = [row["no"] for row in found["sites"] if row["altered"]]
    if not moved:
        raise NothingAltered("no site stands elsewhere")
    old = bench.answer
    proved = (
        old["proved_optimal"] and not old.get("limits") and found["after"] == found["was"] == found["bound"]
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
    looks = [looked(bench, place) for place in places]
    told = _told(bench, places, looks)
    rows = []
    for at, site in enumerate(sites):
        row = {**bench.answer["chosen"][at], **{name: site[name] for name in ("gain", "metres")}}
        if places[at] is not None:
            row |= {name: site[name] for name in ("lat", "lon", "heading_deg", "view")}
            row |= told.get(at, {"alley": None, "reason": _NOTHING_NEW})
        if site["altered"]:
            row |= {name: None for name in ("place", "intrusion") if name in row}
        rows.append(row)
    return rows


def _told(bench: Workbench, places: Sequence[Place | None], looks: Sequence[Look | None]) -> dict[int, Row]:
    """Return alley and reason of each site that sees anything anew, by its position."""
    fresh = freshly(bench, looks)
    held = [(at, place) for at, place in enumerate(places) if place is not None and len(fresh[at])]
    frame = gpd.GeoDataFrame(
        {
            "camera_id": [at for at, _ in held],
            "heading_deg": [place.heading_deg for _, place in held],
            "fresh": [fresh[at] for at, _ in held],
            **{name: [getattr(place.lens, name) for _, place in held] for name in _LENS},
        },
        geometry=[shapely.Point(place.x, place.y) for _, place in held],
        crs=bench.world.alleys.crs,
    )
    wanted = replace(bench.wanted, p_seen=bench.p_free)
    rows = described(bench.world, wanted, frame, density_class=bench.answer["class"])
    # Place, gain and view are the workbench's own.
    kept = ("lat", "lon", "heading_deg", "gain", "metres", "view")
    return {
        at: {name: value for name, value in row.items() if name not in kept}
        for (at, _), row in zip(held, rows, strict=True)
    }


_LENS = (
    "height_m", "tilt_deg", "focal_mm", "sensor_w_mm", "sensor_h_mm", "image_w_px", "image_h_px", "max_range_m",
)  # fmt: skip
