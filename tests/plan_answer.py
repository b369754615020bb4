"""A plan's answer with every key that it may have, on the streets of the toy city: for what reads, prints and compares plans.

Its numbers are made up and fit each other: gains add up from before to after, prices to the cost, gap follows from the bound.
"""

from __future__ import annotations

from typing import Any

from pyproj import Transformer

from tests import toy

Row = dict[str, Any]

_TO_DEGREES = Transformer.from_crs(5186, 4326, always_xy=True)


def at(east_m: float, north_m: float) -> dict[str, float]:
    """Return where a place of the toy city lies, lat and lon in degrees to seven decimals."""
    lon, lat = _TO_DEGREES.transform(toy.CORNER[0] + east_m, toy.CORNER[1] + north_m)
    return {"lat": round(lat, 7), "lon": round(lon, 7)}


def view_of(*corners: tuple[float, float]) -> Row:
    """Return an area of the toy city as GeoJSON in degrees; corners in metres from its own corner."""
    ring = [[place["lon"], place["lat"]] for place in (at(*corner) for corner in (*corners, corners[0]))]
    return {"type": "Polygon", "coordinates": [ring]}


def reason(alley: str, metres: float, **changes: object) -> Row:
    """Return why a site was chosen: a street 3 m wide without lamps, two calls that no camera saw."""
    return {
        "code": "most_in_street",
        "alley": alley,
        "metres": metres,
        "width_m": 3.0,
        "risk": "high",
        "dark": True,
        "dark_m": metres,
        "light": "no_lamps",
        "calls": 4,
        "calls_unseen": 2,
        "calls_perhaps": 1,
        "child_zone_m": 12.0,
        "safe_route_m": None,
        "zones": [
            {
                "kind": "flood",
                "name_ko": "냇가 침수지구",
                "name_en": "Brook flood zone",
                "metres": 8.0,
                "m2": 0.0,
            }
        ],
        "again_m": None,
        "lost_m": None,
        **changes,
    }


def site(east_m: float, north_m: float, **changes: object) -> Row:
    """Return a chosen site of 20 million won: a new camera on a lamp's pole that looks east."""
    return {
        **at(east_m, north_m),
        "heading_deg": 90.0,
        "gain": 0.1,
        "metres": 30.0,
        "alley": "L2",
        "reason": reason("L2", 30.0),
        "view": view_of((east_m, north_m), (east_m + 20, north_m - 8), (east_m + 20, north_m + 8)),
        "price_won": 20_000_000,
        "act": "new",
        "place": "lamp",
        "model": "2 MP 4 mm",
        "height_m": 5.0,
        "tilt_deg": 20.0,
        "hfov_deg": 69.7,
        "price": {"pole": 1_000_000, "power": 0, "fibre": 4_000_000, "camera": 15_000_000},
        "camera_key": None,
        "was": None,
        "calls_unseen": 2,
        "intrusion": {"plots_m2": 40.0, "facades": 3},
        "ground": "25-1-2",
        "consultation": "proposed",
        **changes,
    }


def turned() -> Row:
    """Return a site whose camera stands already and is turned from south to south-west."""
    told = reason("L2", 22.0, calls_unseen=0, calls_perhaps=0, child_zone_m=0.0, zones=[], lost_m=6.0)
    return site(
        50, 60, heading_deg=200.0, gain=0.05, metres=22.0, act="turn", place="pole", camera_key="c3",
        was=at(50, 60) | {"heading_deg": 180.0}, price_won=300_000, model=None, calls_unseen=0,
        price={"pole": 0, "power": 0, "fibre": 0, "camera": 300_000}, reason=told,
    )  # fmt: skip


def taken_down() -> Row:
    """Return a site whose camera is taken down: all that it saw is seen by others."""
    told = reason(
        "L1", 0.0, code="taken_down", width_m=8.0, risk=None, dark=None, dark_m=None, light=None, calls=None
    )
    told |= {"calls_unseen": None, "calls_perhaps": None, "child_zone_m": None, "zones": [], "lost_m": 0.0}
    return site(
        50, 0, heading_deg=0.0, gain=0.0, metres=0.0, alley="L1", act="remove", place="pole", camera_key="c2",
        was=at(50, 0) | {"heading_deg": None}, price_won=500_000, view=None, model=None, calls_unseen=None,
        price={"pole": 0, "power": 0, "fibre": 0, "camera": 500_000}, reason=told,
        intrusion={"plots_m2": 0.0, "facades": 0},
    )  # fmt: skip


def full(**changes: object) -> Row:
    """Return an answer with every key: two new cameras, one turned, one taken down, before 0.4, after 0.65, bound 0.6512."""
    chosen = [
        site(52, 30, alley="L2", heading_deg=0.0),
        site(10, 0, alley="L1", place="corner", reason=reason("L1", 40.0, width_m=8.0, light="lamps", dark=False, dark_m=0.0)),
        turned(),
        taken_down(),
    ]  # fmt: skip
    return {
        "asked": {"cameras": None, "budget_won": 45_000_000},
        "name": "봄 계획",
        "class": "recognise",
        "invented": True,
        "at": "2013-06-30",
        "weights": {"incidents": 0.6, "narrow": 0.2, "dark": 0.2},
        "without": ["complaints"],
        "dong": None,
        "chosen": chosen,
        "before": 0.4,
        "after": 0.65,
        "bound": 0.6512,
        "gap": 0.001843,
        "proved_optimal": False,
        "alleys": {"length_m": 160.0, "before": 0.5, "after": 0.75, "gained_m": 40.0},
        "candidates": {"mounts": 120, "headings": 12, "step_m": 4.0},
        "price_won_per_camera": 20_000_000,
        "cost_won": 40_800_000,
        "seconds": 1.25,
        **_around(chosen),
        **changes,
    }


def _around(chosen: list[Row]) -> Row:
    """Return what stands around the best plan: other plans, stability, curves, the usual way, layers and limits."""
    other = [site(80, 0, alley="L1", gain=0.12), *chosen[1:3]]
    dated = {"date": "2013-06-30", "source": "incidents"}
    return {
        "layers": [
            {"layer": "incidents", "weight": 0.6, "rows": 4, **dated},
            {"layer": "narrow", "weight": 0.2, "rows": 2, "date": "2013-05-01", "source": "city"},
            {"layer": "dark", "weight": 0.2, "rows": None, "date": None, "source": None},
        ],
        "limits": {
            "p": None,
            "budget_won": 45_000_000,
            "per_pole": 1,
            "backup": 0.1,
            "diverse": 0.0,
            "dong_least": 0.2,
            "zones": {},
            "intrusion_most": 200.0,
            "intrusion_weight": 0.0,
            "may_turn": True,
            "may_move": False,
            "may_remove": True,
        },
        "alternatives": [
            {"after": 0.646, "bound": 0.6512, "cost_won": 40_300_000, "differs": 0.34, "chosen": other}
        ],
        "alternatives_said": "proved_none",
        "stability": {
            "draws": 1000,
            "spread": 0.2,
            "seed": 1,
            "kept": [0.98, 0.914, 0.62, 0.5],
            "tau": {"median": 0.86, "low": 0.71, "high": 0.95},
        },
        "curve": [
            {"won": 0, "cameras": 0, "after": 0.4},
            {"won": 20_000_000, "cameras": 1, "after": 0.5},
            {"won": 40_000_000, "cameras": 2, "after": 0.6},
        ],
        "frontier": [
            {"intrusion_m2": 0.0, "after": 0.5, "cost_won": 20_000_000},
            {"intrusion_m2": 120.0, "after": 0.65, "cost_won": 40_800_000},
        ],
        "index50m": {"after": 0.55, "cells": 3, "chosen": [site(20, 0), site(70, 0)]},
        "intrusion": {"plots_m2": 120.0, "facades": 9},
        "cover": {"options": 5760, "demand": 40, "pairs": 30_000, "current": True},
    }
