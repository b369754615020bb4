"""Two kept plans side by side: what they reach and cost, which sites they share, and why their figures may not compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from app.services import plans
from app.services.plans import SAME_M
from etl.db import Database
from spatial.same_places import paired

Row = dict[str, Any]

ACTS = ("new", "turn", "move", "remove")
# What makes shares of two plans shares of different things.
GROUNDS = ("class", "at", "dong", "weights", "incidents", "limits")


def compare(db: Database, a: int, b: int) -> Row:
    """Return two kept plans side by side. Raises UnknownPlan.

    a, b     of the answer: each plan's head (plan_id, made_at, name, asked, class, at, dong, weights, limits, invented)
    common   sites of both, in a's order: no_a, no_b (from 1), lat, lon, alley (of a), act_a, act_b, apart_m, turned_deg
    only_a, only_b  sites of one: no_a or no_b (the other None), lat, lon, alley, act
    rows     figures: what (a code), a, b; None where a plan does not tell it
    unlike   codes of what they do not share (class, at, dong, weights, incidents, limits): of all but `limits` each one says
             that the shares of the two are shares of different things
    Sites within 10 m are one place, each with one of the other at most; what is taken down is the same only with what
    is taken down.
    """
    one, other = plans.opened(db, a), plans.opened(db, b)
    pairs = _pairs(one["chosen"], other["chosen"], db.district.srid)
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    return {
        "a": _head(one),
        "b": _head(other),
        "common": [_both(one["chosen"], other["chosen"], i, j, pairs[i, j]) for i, j in sorted(pairs)],
        "only_a": [_one(row, n, None) for n, row in enumerate(one["chosen"], 1) if n - 1 not in mine],
        "only_b": [_one(row, None, n) for n, row in enumerate(other["chosen"], 1) if n - 1 not in theirs],
        "rows": _rows(one, other),
        "unlike": [ground for ground in GROUNDS if _told(one.get(ground)) != _told(other.get(ground))],
        "invented": bool(one["invented"] or other["invented"]),
    }


def _told(ground: Any) -> Any:
    """Return what a plan rests on without what was left at its rest: older plans do not tell that at all. Any: JSON."""
    if not isinstance(ground, Mapping):
        return ground
    return {name: value for name, value in ground.items() if value} or None


_HEAD = ("plan_id", "made_at", "name", "asked", "class", "at", "dong", "weights", "limits", "invented")


def _head(plan: Mapping[str, Any]) -> Row:
    return {name: plan.get(name) for name in _HEAD}


def _pairs(one: Sequence[Row], other: Sequence[Row], srid: int) -> dict[tuple[int, int], float]:
    """Return the positions of the sites that are the same place, with the metres between them."""
    found: dict[tuple[int, int], float] = {}
    for down in (False, True):
        first, second = (
            [n for n, row in enumerate(rows) if (row.get("act") == "remove") is down] for rows in (one, other)
        )
        if not (first and second):
            continue
        xy, there = _metric([one[n] for n in first], srid), _metric([other[n] for n in second], srid)
        turned = np.array([[_turned(one[i], other[j]) or 0.0 for j in second] for i in first])
        for i, j in zip(*paired(xy, there, within_m=SAME_M, turned_deg=turned), strict=True):
            found[first[i], second[j]] = float(np.hypot(*(xy[i] - there[j])))
    return found


def _metric(rows: Sequence[Row], srid: int) -> NDArray[np.float64]:
    """Return the places (n, 2) in metres."""
    places = gpd.GeoSeries.from_xy([row["lon"] for row in rows], [row["lat"] for row in rows], crs=4326)
    xy: NDArray[np.float64] = places.to_crs(srid).get_coordinates().to_numpy()
    return xy


def _turned(one: Row, other: Row) -> float | None:
    """Return by how much two sites look apart, 0..180 degrees."""
    if one.get("heading_deg") is None or other.get("heading_deg") is None:
        return None
    return float(abs((one["heading_deg"] - other["heading_deg"] + 180.0) % 360.0 - 180.0))


def _both(one: Sequence[Row], other: Sequence[Row], i: int, j: int, apart_m: float) -> Row:
    a, b = one[i], other[j]
    return {
        "no_a": i + 1,
        "no_b": j + 1,
        **_place(a),
        "act_a": a.get("act") or "new",
        "act_b": b.get("act") or "new",
        "apart_m": round(apart_m, 1),
        "turned_deg": _turned(a, b),
    }


def _one(row: Row, no_a: int | None, no_b: int | None) -> Row:
    return {"no_a": no_a, "no_b": no_b, **_place(row), "act": row.get("act") or "new"}


def _place(row: Row) -> Row:
    return {name: row.get(name) for name in ("lat", "lon", "alley")}


def _rows(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Row]:
    told = _figures(one), _figures(other)
    return [{"what": what, "a": told[0][what], "b": told[1][what]} for what in told[0]]


def _figures(plan: Mapping[str, Any]) -> Row:
    """Return a plan's figures by code, in the order in which they are read."""
    chosen = plan["chosen"]
    acts = Counter(row.get("act") or "new" for row in chosen)
    alleys, intrusion = plan.get("alleys") or {}, plan.get("intrusion") or {}
    tau = (plan.get("stability") or {}).get("tau") or {}
    return {
        "sites": len(chosen),
        **{act: acts[act] for act in ACTS},
        "cost_won": plan.get("cost_won"),
        "before": plan.get("before"),
        "after": plan.get("after"),
        "bound": plan.get("bound"),
        "gap": plan.get("gap"),
        "proved_optimal": plan.get("proved_optimal"),
        "alleys_after": alleys.get("after"),
        "gained_m": alleys.get("gained_m"),
        "calls_unseen": _sum_of(chosen, "calls_unseen"),
        "plots_m2": intrusion.get("plots_m2"),
        "facades": intrusion.get("facades"),
        "index50m_after": (plan.get("index50m") or {}).get("after"),
        "alternatives": len(plan.get("alternatives") or []),
        "tau": tau.get("median"),
    }


def _sum_of(chosen: Sequence[Row], name: str) -> int | None:
    """Return what the sites tell together; None where none of them tells it."""
    known = [row[name] for row in chosen if row.get(name) is not None]
    return sum(known) if known else None
