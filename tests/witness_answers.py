"""An answer of `app.services.witness` as its contract says, for tests of pages and of exports: three cameras, one of them gone."""

from __future__ import annotations

from typing import Any

from tests.answers import PLACE

SURE = {"certain": 0.75, "share": 0.75, "possible": 0.75}
MAY = {"certain": 0.0, "share": 0.0625, "possible": 0.25}
NOTHING = {"certain": 0.0, "share": 0.0, "possible": 0.0}


def row(camera_id: int, **changes: Any) -> dict[str, Any]:
    """Return a camera that surely saw three quarters of the alleys, its footage kept for five days more."""
    usual = {
        "camera_id": camera_id, "camera_key": f"2011-{camera_id}", "state_id": camera_id + 10, "site_id": camera_id,
        "agency": "재난안전과", "agency_en": "Disaster office", "purpose": "crime_prevention", "kind": "fixed",
        "site": None, "address": f"버들로 {camera_id}", "distance_m": 12.0, "heading_deg": None,
        "lat": PLACE["lat"] + camera_id * 1e-4, "lon": PLACE["lon"],
        "area": SURE, "alleys": SURE,
        "by_class": [{"class": "observe", "area": SURE, "alleys": SURE}],
        "class": "recognise", "certain_class": "recognise", "basis": "survey", "hardly": False, "by_night": None,
        "changed": None, "in_force_from": "2013-06-25T12:00+09:00", "in_force_until": "2013-06-25T13:00+09:00",
        "working": {"share": 1.0, "down": []}, "retention_days": 10, "footage": "kept", "days_left": 5,
        "gone_on": "2013-07-05", "all_gone_on": "2013-07-05", "group": "kept",
    }  # fmt: skip
    return usual | changes


def answer(**changes: Any) -> dict[str, Any]:
    """Return an answer: one camera that surely saw it, one that may have and of unknown retention, one whose footage is gone."""
    cameras = [
        row(1),
        row(2, alleys=MAY, area=MAY, certain_class=None, footage="unknown", retention_days=None, days_left=None,
            gone_on=None, all_gone_on=None),
        row(3, footage="gone", days_left=-1, gone_on="2013-06-29", all_gone_on="2013-06-29", group="gone"),
    ]  # fmt: skip
    usual = {
        "case": {"case_no": "=2013-77", "office": "골목경찰서", "ground": "18-2-7"},
        "point": dict(PLACE), "radius_m": 20.0, "from": "2013-06-25T12:00+09:00", "to": "2013-06-25T13:00+09:00",
        "density_class": "observe", "at": "2013-06-25", "until_day": "2013-06-25", "today": "2013-06-30",
        "ring": [[126.936, 37.579], [126.937, 37.579], [126.937, 37.58], [126.936, 37.579]],
        "light": {"then": "day", "dark_share": 0.0, "known": True, "shown": "day"},
        "open_m2": 1000.0, "alleys_m": 40.0, "headline_code": "kept",
        "counts": {"cameras": 3, "hardly": 0, "at_class": 2, "certain": 1, "unknown_retention": 1, "kept": 2, "down": 0, "gone": 1},
        "any": {"area": SURE, "alleys": {"certain": 0.75, "share": 0.8125, "possible": 1.0}},
        "any_kept": {"area": SURE, "alleys": {"certain": 0.75, "share": 0.8125, "possible": 1.0}},
        "outside": False, "first_camera": "2010-03-01", "before_first": False, "health_known": True, "walls_known": True,
        "cameras": cameras, "stale": 0, "invented": True, "ms": 12.0,
    }  # fmt: skip
    return usual | changes
