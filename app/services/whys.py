"""Why cameras that are near do not see a place, and how dense their picture of it would be. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from etl.db import Database
from etl.store import points
from spatial.reasons import NOT_TOLD, Crossing, Optics, density_if_turned_px_per_m, why_unseen
from spatial.types import LensDefaults, LonLat

# A row of the store or of an answer: its keys are the contract of `etl.store.points.obstacles` and `find.nearest`.
Row = Mapping[str, Any]


def beside(
    db: Database, place: LonLat, cameras: Sequence[Row], *, density_class: str, at: date
) -> list[dict[str, Any]]:
    """Return the cameras of an answer, each with two answers more.

    why              of one without sight: a code of `spatial.reasons.REASONS`; else None
    turned_px_per_m  of one without sight: pixels per metre at the place if it looked there; None where not known
    """
    unseeing = [row["camera_id"] for row in cameras if row["sight"] == "none"]
    found = points.obstacles(db, unseeing, lon=place.lon, lat=place.lat, density_class=density_class, at=at)
    return [{**row, **_told(found.get(row["camera_id"]), row, db.district.defaults)} for row in cameras]


def _told(found: Row | None, row: Row, defaults: LensDefaults) -> dict[str, Any]:
    if row["sight"] != "none":
        return {"why": None, "turned_px_per_m": None}
    if found is None:
        return {"why": NOT_TOLD, "turned_px_per_m": None}
    fields = found["fields"]
    assumed = _footprint(fields[0]) if fields else None
    width = fields[0]["image_w_px"] if fields and found["kind"] != "fisheye" else None
    dense = density_if_turned_px_per_m(found["distance_m"], assumed, image_w_px=width)
    return {
        "why": _why(found, defaults),
        "turned_px_per_m": None if dense is None else round(dense, 1),
    }


def _why(found: Row, defaults: LensDefaults) -> str:
    fields = found["fields"]
    eye_m = defaults.height_m if found["height_m"] is None else found["height_m"]
    return why_unseen(
        found["distance_m"],
        # On the spot there is no bearing, and any will do.
        found["bearing_deg"] or 0.0,
        optics=_optics(found),
        eye_m=eye_m,
        crossings=[_crossing(each, defaults) for each in found["crossings"]],
        stands=fields[0]["stands"] if fields else None,
        over_terrain=any(str(field["model"]).endswith("terrain") for field in fields),
    )


def _optics(found: Row) -> Optics | None:
    fields = found["fields"]
    if not fields:
        return None
    shapes = [
        _footprint(field) if field["variants"] is None else np.array(field["variants"], dtype=np.float64)
        for field in fields
    ]
    turns = found["kind"] == "fisheye" or not all(field["counts"] for field in fields)
    return Optics(np.concatenate([shape.reshape(-1, 4) for shape in shapes]), found["heading_deg"], turns)


def _footprint(field: Row) -> Any:  # Any: an array of four numbers, (1, 4)
    far_m = np.inf if field["far_m"] is None else field["far_m"]
    return np.array([[field["near_m"], far_m, field["slope"], field["offset_m"]]], dtype=np.float64)


def _crossing(each: Row, defaults: LensDefaults) -> Crossing:
    height_m = defaults.building_height_m if each["height_m"] is None else each["height_m"]
    return Crossing(height_m, each["nearest_m"], each["farthest_m"])
