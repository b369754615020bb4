"""Who sees the ways to a place: its junctions and ends of streets, and the cameras that surely see them. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from etl.db import Database
from etl.store import vicinity
from spatial.approaches import Approach, approaches
from spatial.types import LonLat

# A row of the store or of an answer: its keys are the contract of `etl.store.vicinity` and `find.nearest`.
Row = dict[str, Any]

# How far along the streets: what somebody on foot covers in a minute. The next junction or end on either side counts farther.
REACH_M = 80.0
ENDS_M = 120.0
# A place farther from every street than this stands in no street.
SNAP_M = 30.0
# Whoever comes or goes there is told apart from what lies about.
DENSITY_CLASS = "observe"
# So many cameras beside those that see the place: more is no order to put them on screens.
MOST = 6


def of(db: Database, place: LonLat, *, at: date) -> tuple[list[Row], list[Row]]:
    """Return the approaches of a place, and the working cameras that surely see one, as rows of `vicinity.cameras_to`.

    An approach has lon, lat, along_m, street (None unnamed), dead_end and seen_by (working cameras that see it at
    DENSITY_CLASS); a camera's `approach` is the nearest that it sees. Both have the nearest along the streets first, of
    cameras that see the same one the nearest to the place.
    """
    found, streets = _ways(db, place)
    if not found:
        return [], []
    offsets = [(each.east_m, each.north_m) for each in found]
    pairs = vicinity.approaches_seen(
        db, place.lon, place.lat, offsets_m=offsets, density_class=DENSITY_CLASS, at=at
    )
    asked = sorted({int(str(row["camera_id"])) for row in pairs if row["camera_id"] is not None})
    near: list[Row] = vicinity.cameras_to(db, asked, lon=place.lon, lat=place.lat, at=at)
    works = {row["camera_id"]: row for row in near if row["status"] == "working"}
    told = [_told(n, each, streets, pairs, works) for n, each in enumerate(found, 1)]
    first: dict[Any, int] = {}
    for row in pairs:
        if row["camera_id"] in works:
            first.setdefault(row["camera_id"], int(str(row["n"])) - 1)
    # stable: of one approach the nearest camera stays first
    ordered = sorted(
        (row for row in near if row["camera_id"] in first), key=lambda row: first[row["camera_id"]]
    )
    return told, [row | {"approach": told[first[row["camera_id"]]]} for row in ordered]


def _ways(db: Database, place: LonLat) -> tuple[list[Approach], Sequence[Mapping[str, Any]]]:
    streets = vicinity.streets_to(db, place.lon, place.lat, radius_m=ENDS_M + SNAP_M)
    lines = [np.array(row["points"], dtype=np.float64)[:, :2] for row in streets]
    return approaches((0.0, 0.0), lines, reach_m=REACH_M, ends_m=ENDS_M, snap_m=SNAP_M), streets


def _told(
    n: int,
    each: Approach,
    streets: Sequence[Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]],
    works: Mapping[Any, Row],
) -> Row:
    here = [row for row in pairs if row["n"] == n]
    return {
        "lat": round(float(here[0]["node_lat"]), 7),
        "lon": round(float(here[0]["node_lon"]), 7),
        "along_m": round(each.along_m, 1),
        "street": streets[each.section]["name"],
        "dead_end": each.dead_end,
        "seen_by": sum(row["camera_id"] in works for row in here),
    }
