"""Answers of services as their contracts say, for tests of pages: a place, three cameras, a computation, two gaps."""

from __future__ import annotations

import math
from typing import Any

PLACE = {"lat": 37.5791, "lon": 126.9368}


def camera(camera_id: int, sight: str, distance_m: float, *, p_sees: float) -> dict[str, Any]:
    """Return one camera of an answer, 0.0001 degrees north of the place for each of its numbers."""
    return {
        "camera_id": camera_id,
        "camera_key": f"2011-{camera_id}",
        "site_id": camera_id + 100,
        "site": None,
        "address": f"가람특별시 골목구 버들로 {camera_id}",
        "agency": "재난안전과",
        "agency_en": None,
        "sight": sight,
        "p_sees": p_sees,
        "sees": sight == "certain",
        "must_turn": False,
        "why": None,
        "turned_px_per_m": None,
        "distance_m": distance_m,
        "density_px_per_m": 80.0,
        "class": "observe",
        "turn_to_deg": 215.0,
        "status": "working",
        "by_night": None,
        "class_by_night": None,
        "seen_now": sight != "none",
        "role": {"certain": "sees", "possible": "may", "none": "near"}[sight],
        "group": 1,
        "tilt": None,
        "preset": None,
        "approach": None,
        "replaces": [],
        "replaced_by": None,
        "down_since": None,
        "down_reason": None,
        "watched_share": None,
        "empty_zone": False,
        "use": {"allowed": True, "ground": "25-1-2"},
        "lat": PLACE["lat"] + camera_id * 1e-4,
        "lon": PLACE["lon"],
        "heading_deg": None,
        "kind": "fixed",
        "purpose": "crime_prevention",
        "range": "",
    }


def _p_any(cameras: tuple[dict[str, Any], ...]) -> float | None:
    """Return the chance of one at least, of cameras on poles of their own."""
    misses = [
        1.0 - row["p_sees"] for row in cameras if row["sight"] == "possible" and row["p_sees"] is not None
    ]
    return 1.0 - math.prod(misses) if misses else None


def nearest(*cameras: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of `nearest` with these cameras."""
    count = {sight: sum(row["sight"] == sight for row in cameras) for sight in ("certain", "possible")}
    code = "seen" if count["certain"] else "may" if count["possible"] else "none"
    return {
        "seen_by": count["certain"],
        "may_be_seen_by": count["possible"],
        "p_any": _p_any(cameras),
        "cameras": list(cameras),
        "outside": False,
        "out_of_order": 0,
        "second_group": sum(row["group"] == 2 for row in cameras),
        "incident_class": None,
        "call_has_purpose": None,
        "light": {"by": "day", "asked": False, "sun_deg": 30.0},
        "approaches": [],
        "walls_known": True,
        "lit": False,
        "target_height_m": 1.6,
        "stale": 0,
        "old_rule": None,
        "ms": 1.0,
        "headline_code": code,
        "point": PLACE,
        "invented": True,
        "at": "2013-12-31",
        "density_class": "observe",
    }


def gap(gap_id: int, *, risk: float, length_m: float) -> dict[str, Any]:
    """Return one gap, a line of 0.001 degrees to the east that begins at the place moved north by its number."""
    lat = PLACE["lat"] + gap_id * 1e-3
    line = [[PLACE["lon"], lat], [PLACE["lon"] + 1e-3, lat]]
    return {
        "gap_id": gap_id,
        "alley": "가람로" if gap_id == 1 else None,
        "length_m": length_m,
        "risk": risk,
        "lat": lat,
        "lon": PLACE["lon"] + 5e-4,
        "geometry": {"type": "LineString", "coordinates": line},
    }


def coverage(*gaps: dict[str, Any]) -> dict[str, Any]:
    """Return a computation of class observe: 31.4 % (29.0-33.8) of 41.3 km, at least 14 %, at most 61 %."""
    shares = {"detect": 0.55, "observe": 0.314, "recognise": 0.16, "identify": 0.06}
    ladder = [
        {"class": code, "share": share, "low": share - 0.024, "high": share + 0.024}
        for code, share in shares.items()
    ]
    return {
        "run_id": 7,
        "class": "observe",
        "at": "2013-12-31",
        "invented": True,
        "cameras": 893,
        "buildings": 19705,
        "buildings_height_assumed": 0,
        "models": {"equidistant+terrain": 5, "pinhole+flat": 8, "pinhole+terrain": 880},
        "buildings_height_by_storeys": 19705,
        "basis": {"survey": 310, "datasheet": 0, "assumed": 583},
        "alleys": {
            "length_m": 41_300.0,
            "seen_m": 12_968.2,
            "share": 0.314,
            "low": 0.29,
            "high": 0.338,
            "certain": 0.14,
            "possible": 0.61,
        },
        "area": {"open_m2": 1.0, "covered_m2": 0.2, "share": 0.2, "low": 0.2, "high": 0.2},
        "ladder": ladder,
        "incidents": {"n": 0, "seen": 0, "share": None},
        "zones": [],
        "by_dong": [],
        "agencies": [],
        "buffer50m": {"share": 0.71, "overstates": 2.3, "of": "alley length", "radius_m": 50},
        "gaps": list(gaps),
        "night": {
            "ladder": [
                {**rung, "share": rung["share"] / 2, "low": 0.0, "high": 1.0, "certain": 0.0, "possible": 1.0}
                for rung in ladder
            ],
            "lit": {"length_m": 24_780.0, "share": 0.6},
            "ir_known": 310,
            "lamps": 2150,
            "lamp_radius_m": 12.5,
            "factors": {"detect": 1.0, "observe": 0.7, "recognise": 0.5, "identify": 0.35},
        },
        "ptz": {
            "cameras": 55,
            "with_presets": 25,
            "presets": 103,
            "dwell_unknown": 0,
            "length_m": {"reach": 8260.0, "home": 413.0, "by_time": 330.4},
            "shares": {"reach": 0.2, "home": 0.01, "by_time": 0.008},
        },
        "empty_zones": [
            {"class": code, "cameras": n, "of": 893, "target_height_m": 1.6}
            for code, n in (("detect", 0), ("observe", 0), ("recognise", 15), ("identify", 127))
        ],
        "seconds": {},
    }


def choices(*days: str) -> dict[str, Any]:
    """Return what a reader of gaps may choose from: days, one dong, two purposes, one zone."""
    corner = PLACE["lon"], PLACE["lat"]
    bounds = corner, (corner[0] + 0.01, corner[1] + 0.01)
    return {
        "days": list(days or ("2013-12-31",)),
        "dong": [{"code": "K1", "name_ko": "가운데동", "name_en": "Middle-dong", "bounds": bounds}],
        "purposes": ["crime_prevention", "disaster"],
        "zones": {3: bounds},
    }


def place(kind: str, *, lat: float = 37.5791, lon: float = 126.9368, **further: Any) -> dict[str, Any]:
    """Return one place as `where.places` finds it."""
    return {
        "kind": kind, "lat": lat, "lon": lon, "label_ko": "버들로 4", "label_en": "버들로 4", "how": "number",
        "confidence": 1.0, "accuracy_m": 0.0, "read_as": None, "number": None, "key": None, "cameras": [], "crs": None,
        "length_m": None, "incident_class": None,
    } | further  # fmt: skip


def places(*found: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Return the answer of `where.places` with these places."""
    code = ("none", "one", "several")[min(len(found), 2)]
    told = {
        "code": code,
        "more": 0,
        "near": [],
        "no_number": None,
        "looked_for": ["name", "address"],
        "other_gu": None,
    }
    kind = found[0]["kind"] if found else "none"
    return {"kind": kind, "found": list(found), "exact": len(found) == 1, "said": told | said}
