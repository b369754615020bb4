"""The map of an answer of `golmok nearest` as layers: the place, its cameras, what they see, and the ground about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from etl.db import Database
from etl.store import around

Row = Mapping[str, Any]
Layers = dict[str, dict[str, Any]]
# The first say what was asked; the ground takes what is left, a third of it streets.
ORDER = ("place", "answer", "lines", "fields", "streets", "buildings")
RADIUS_M = 400.0
_ON_TOP = {"none": 0, "possible": 1, "certain": 2}


def layers(db: Database, answer: Row, *, most: int) -> Layers:
    """Return what a map of an answer is drawn from, at most so many objects in all, taken in the order of `ORDER`.

    answer   of `app.services.find.nearest`
    Returns  GeoJSON collections as `app.takeaway.fragment` takes them; streets and buildings are the nearest to the place
    """
    point, cameras, left = answer["point"], answer["cameras"], most
    seeing = [row for row in cameras if row["sight"] != "none"]
    views = around.views_of(
        db,
        [row["camera_id"] for row in seeing],
        density_class=answer["density_class"],
        at=date.fromisoformat(answer["at"]),
    )
    turning = {row["camera_id"] for row in seeing if row["must_turn"]}
    # What is drawn last lies on top: of one pole's cameras the one that sees.
    numbered = sorted(enumerate(cameras, 1), key=lambda each: _ON_TOP[each[1]["sight"]])
    made = {
        "place": [_feature(_point(point), {})],
        "answer": [_feature(_point(row), {**row, "no": n}) for n, row in numbered],
        "lines": [_feature(_line(row, point), {"sight": row["sight"]}) for row in seeing],
        # Where a camera must be turned first, its reach is what is meant; else what it sees as it hangs.
        "fields": [
            _feature(row["geometry"], {"sight": row["sight"]})
            for row in views
            if row["counts"] or row["camera_id"] in turning
        ],
    }
    made = _at_most(made, left)
    left -= sum(len(found) for found in made.values())
    where = {"radius_m": RADIUS_M}
    streets = around.streets_around(db, point["lon"], point["lat"], most=left // 3, **where)
    buildings = around.buildings_around(db, point["lon"], point["lat"], most=left - len(streets), **where)
    made["streets"] = [_feature(row["geometry"], {}) for row in streets]
    made["buildings"] = [_feature(row["geometry"], {}) for row in buildings]
    return {name: collection(found) for name, found in made.items()}


def collection(features: Iterable[Row]) -> dict[str, Any]:
    """Return features as a GeoJSON collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def _at_most(made: Mapping[str, list[Row]], most: int) -> dict[str, list[Row]]:
    """Return the layers cut to so many features in all, the first layers first."""
    kept: dict[str, list[Row]] = {}
    for name, found in made.items():
        kept[name] = found[:most]
        most -= len(kept[name])
    return kept


def _feature(geometry: object, properties: Row) -> Row:
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def _point(row: Row) -> Row:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _line(camera: Row, point: Row) -> Row:
    ends = [[camera["lon"], camera["lat"]], [point["lon"], point["lat"]]]
    return {"type": "LineString", "coordinates": ends}
