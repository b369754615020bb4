"""How the turning cameras of an answer are brought to look at a place: tilt and preset beside the heading. Light to import."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.db import Database
from etl.store import vicinity
from spatial.towards import between_middles, cell_before, nearest_heading, off_deg, tilt_to_deg
from spatial.types import LonLat
from spatial.zones import FACE_M

# A row of the store or of an answer: its keys are the contract of `etl.store.vicinity` and `find.nearest`.
Row = Mapping[str, Any]


def beside(db: Database, place: LonLat, cameras: Sequence[Row], *, at: date) -> list[dict[str, Any]]:
    """Return the cameras of an answer, each with two answers more; both None of one that need not be turned.

    tilt  deg below the horizon at which it looks at a face there (`spatial.zones.FACE_M`); height_known: whether its mount
          height is, else the district's is assumed; ground_known: whether the ground's heights are, else it is taken as flat
    preset  preset_no of the one next in heading, and off_deg to it; None where it has none
    """
    wanted = [row for row in cameras if row["must_turn"]]
    if not wanted:
        return [{**row, "tilt": None, "preset": None} for row in cameras]
    known: dict[Any, Row] = {
        row["camera_id"]: row for row in vicinity.turnable(db, [r["camera_id"] for r in wanted], at=at)
    }
    places = [(place.lon, place.lat), *((row["lon"], row["lat"]) for row in wanted)]
    ground = _ground(db, places)
    told: dict[Any, dict[str, Any]] = {}
    for n, row in enumerate(wanted, 2):
        turn = known[row["camera_id"]]
        told[row["camera_id"]] = {
            "tilt": _tilt(
                row,
                turn["height_m"],
                (ground.get(n), ground.get(1)),
                otherwise_m=db.district.defaults.height_m,
            ),
            "preset": _preset(row, turn["presets"]),
        }
    none = {"tilt": None, "preset": None}
    return [{**row, **told.get(row["camera_id"], none)} for row in cameras]


def _tilt(
    row: Row, height_m: float | None, ground_m: tuple[float | None, float | None], *, otherwise_m: float
) -> dict[str, Any]:
    foot, there = ground_m
    known = foot is not None and there is not None
    rise_m = foot - there if foot is not None and there is not None else 0.0
    drop_m = (otherwise_m if height_m is None else height_m) + rise_m - FACE_M
    deg = round(tilt_to_deg(row["distance_m"], drop_m), 1)
    return {"deg": deg, "height_known": height_m is not None, "ground_known": known}


def _preset(row: Row, presets: Sequence[Row]) -> dict[str, Any] | None:
    bearing = row["turn_to_deg"] or 0.0
    headings = [preset["heading_deg"] for preset in presets]
    nearest = nearest_heading(headings, bearing)
    if nearest is None:
        return None
    return {
        "preset_no": presets[nearest]["preset_no"],
        "off_deg": round(off_deg(headings[nearest], bearing), 1),
    }


def _ground(db: Database, places: Sequence[tuple[float, float]]) -> dict[int, float | None]:
    """Return the height of the ground at each place, by its number from 1; none where no terrain is loaded."""
    return {int(str(row["n"])): _height(row) for row in vicinity.ground_heights(db, places)}


def _height(row: Row) -> float | None:
    cells = [
        float("nan") if each == row["nodata"] else each
        for line in (row["upper"], row["lower"])
        for each in _pair(bytes(line))
    ]
    (_, east), (_, south) = cell_before(row["east"], row["columns"]), cell_before(row["south"], row["rows"])
    return between_middles((cells[0], cells[1], cells[2], cells[3]), east=east, south=south)


def _pair(line: bytes) -> tuple[float, float]:
    # A tile of one column has no second cell: its only one stands for both.
    both = struct.unpack(f"<{len(line) // 4}f", line)
    return both[0], both[-1]
