"""Exits, cameras and shapes of a net as rows of an answer: degrees, names, numbers that people can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from app.services.net_world import NetWorld
from spatial.crs import unproject
from spatial.nets import Net
from spatial.network import Exits, Spot, Stretches
from spatial.streets import Ints, StreetGraph
from spatial.types import XY

Row = dict[str, Any]

# Finer bends than this nobody sees on a map of streets.
_BEND_M = 4.0
_RATIO = 0.4
# Half the width of a street with a step to spare: streets are ground, not lines.
_ASIDE_M = 8.0
_DIGITS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Cameras of a net: (j,) camera and aim, and (j, k) which exits each closes."""

    camera_id: Ints
    aim_id: Ints
    closes: NDArray[np.bool_]

    @classmethod
    def of(cls, net: Net) -> Found:
        """Return the cameras of a net."""
        return cls(net.camera_id, net.aim_id, net.closes)

    def among(self, aims: NDArray[np.bool_], *, still_open: NDArray[np.bool_]) -> Found:
        """Return those with certain aims (by aim_id) that close one of the exits still open, and which of these."""
        closes = self.closes & still_open
        rows = aims[self.aim_id] & closes.any(axis=1)
        return Found(self.camera_id[rows], self.aim_id[rows], closes[rows])


def exit_rows(exits: Exits, world: NetWorld, *, origin: Spot, srid: int) -> list[Row]:
    """Return the exits as rows, numbered clockwise from north round the place; `row` is the row of `exits`."""
    graph = world.graph
    if not len(exits.edge):
        return []
    start = shapely.get_coordinates(shapely.line_interpolate_point(graph.lines[origin.edge], origin.offset_m))
    east, north = (exits.xy - start).T
    order = np.argsort(np.arctan2(east, north) % (2.0 * np.pi), kind="stable")
    lon_lat = unproject(exits.xy, srid=srid)
    names = world.streets.reindex(graph.alley_id[exits.edge])
    return [
        {
            "exit_id": number,
            "lat": round(float(lon_lat[row, 1]), _DIGITS),
            "lon": round(float(lon_lat[row, 0]), _DIGITS),
            "street": _text(names.iloc[row]),
            "end_of_map": bool(exits.direction[row] == 0),
            "row": row,
        }
        for number, row in enumerate(order.tolist(), 1)
    ]


def camera_rows(
    found: Found, world: NetWorld, watchers: Mapping[int, Row], *, exit_ids: Mapping[int, int]
) -> list[Row]:
    """Return the cameras in the order of screens: who closes most first, then by number; keys as of `net.answers`."""
    closing = found.closes.sum(axis=1)
    order = np.lexsort((found.camera_id, -closing))
    return [
        camera_row(watchers[int(found.camera_id[j])], world.aims.iloc[int(found.aim_id[j])])
        | {
            "no": number,
            "aim_id": int(found.aim_id[j]),
            "closes": sorted(exit_ids[k] for k in np.flatnonzero(found.closes[j]).tolist()),
        }
        for number, j in enumerate(order.tolist(), 1)
    ]


def camera_row(row: Mapping[str, Any], aim: Any) -> Row:  # Any: a row of a frame
    """Return one camera with the aim it is used at, its keys as of `net.answers`, without `no` and `closes`."""
    turned = row["kind"] == "ptz"
    heading = aim["heading_deg"] if aim["heading_deg"] == aim["heading_deg"] else row["heading_deg"]
    tilt = aim["tilt_deg"] if aim["tilt_deg"] == aim["tilt_deg"] else row["tilt_deg"]
    preset = aim["preset_no"]
    return {
        "camera_id": row["camera_id"],
        "camera_key": row["camera_key"],
        "site": row["site_name"],
        "agency": row["agency"],
        "agency_en": row["agency_en"],
        "purpose": row["purpose_code"],
        "kind": row["kind"],
        "lat": round(float(row["lat"]), _DIGITS),
        "lon": round(float(row["lon"]), _DIGITS),
        "heading_deg": _rounded(heading),
        "aim": {
            "heading_deg": _rounded(heading),
            "tilt_deg": _rounded(tilt),
            "preset": int(preset) if preset == preset else None,
            "hung": bool(aim["hung"]),
        }
        if turned
        else None,
        "use": row["use"],
        "status": row["status"],
    }


def hull(graph: StreetGraph, parts: Stretches, *, srid: int, also: XY | None = None) -> Row | None:
    """Return the ground that some stretches of street, and a place beside them, lie on as GeoJSON, degrees; None for none."""
    lines = graph.lines[parts.edge]
    ends = [shapely.line_interpolate_point(lines, at) for at in (parts.from_m, parts.to_m)]
    inner = shapely.line_interpolate_point(lines, (parts.from_m + parts.to_m) / 2.0)
    if not len(lines):
        return None
    beside = [] if also is None else [shapely.Point(also.east_m, also.north_m)]
    spots = shapely.get_coordinates(np.concatenate([*ends, inner, beside]))
    points = cast(shapely.MultiPoint, shapely.multipoints(spots))
    shape = shapely.concave_hull(points, ratio=_RATIO).buffer(_ASIDE_M, quad_segs=2).simplify(_BEND_M)
    if not isinstance(shape, shapely.Polygon) or shape.is_empty:
        return None
    rim = unproject(shapely.get_coordinates(shape.exterior), srid=srid).round(_DIGITS)
    return {"type": "Polygon", "coordinates": [rim.tolist()]}


def _rounded(value: Any) -> float | None:  # Any: numbers as the database gives them
    return None if value is None or value != value else round(float(value), 1)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
