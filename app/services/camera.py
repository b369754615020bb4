"""One camera: where it hangs, what it sees, where it looks as far as anybody knows, who sees it. Light to import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from app.services import find
from etl.db import Database
from etl.store import points
from etl.store.days import today
from spatial.likely import likely_heading

# The sector whose chance is told of a camera of unknown heading; every heading alike would give it 1 in 4.
SECTOR_DEG = 90.0


def card(
    db: Database, name: str, *, density_class: str = "observe", at: date | None = None
) -> dict[str, Any] | None:
    """Return what is known of the camera of a number, None where none such hangs on the day.

    name     its registry number; that of its pole without the head's; or the number of its row
    at       None is today on the district's clocks
    The answer: camera_id, camera_key, site_id, site, address, agency, agency_en, purposes, kind, status, heading_deg,
    tilt_deg, height_m (null unknown), hangs_since, lat, lon; `likely` heading_deg, width_deg and p of the sector that most
    likely holds an unknown heading (null where known or nothing is believed); `view` certain_m2, possible_m2 and bounds
    (west, south, east, north in degrees, null without view); `watched_by` the cameras of other poles that see or may see
    its pole, as `find.nearest` lists them
    Raises   UnknownClass
    """
    wanted = name.strip()
    day = at or today(db)
    # What no database can hold is no camera's number.
    if not wanted or not wanted.isprintable():
        return None
    found = points.camera_card(db, wanted, density_class=density_class, at=day)
    if found is None:
        return None
    lon, lat = cast(float, found["lon"]), cast(float, found["lat"])
    answer = find.nearest(db, lon, lat, k=1, density_class=density_class, at=day, approaches=False)
    others = [
        row for row in answer["cameras"] if row["sight"] != "none" and row["site_id"] != found["site_id"]
    ]
    return _card(found) | {
        "density_class": density_class,
        "at": day.isoformat(),
        "watched_by": others,
        "stale": answer["stale"],
        "invented": db.district.invented,
    }


def _card(found: Mapping[str, Any]) -> dict[str, Any]:
    same = "camera_id", "camera_key", "site_id", "agency", "agency_en", "kind", "status", "lat", "lon"
    known = "heading_deg", "tilt_deg", "height_m"
    bounds = [found[side] for side in ("west", "south", "east", "north")]
    return {
        **{name: found[name] for name in (*same, *known)},
        "site": found["site_name"],
        "address": found["address_road"] or found["address_lot"] or None,
        "purposes": [found["purpose_code"], *(found["further_purposes"] or [])],
        "hangs_since": None if found["valid_from"] is None else found["valid_from"].isoformat(),
        "likely": _likely(found),
        "view": {
            "certain_m2": found["certain_m2"],
            "possible_m2": found["possible_m2"],
            "bounds": None if None in bounds else bounds,
        },
    }


def _likely(found: Mapping[str, Any]) -> dict[str, float] | None:
    if found["heading_deg"] is not None or not found["heading_sums"]:
        return None
    heading_deg, p = likely_heading(found["heading_sums"], width_deg=SECTOR_DEG)
    return {"heading_deg": heading_deg, "width_deg": SECTOR_DEG, "p": round(p, 6)}
