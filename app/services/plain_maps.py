"""What a simple map holds where the live map cannot be drawn: at most so many objects, in a stated order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd

from app.services.around import collection
from app.services.map_layers import with_shares
from etl.db import Database
from etl.store import frames
from etl.store.days import network_day

Row = Mapping[str, Any]


def of_district(db: Database, *, most: int) -> dict[str, Any]:
    """Return the district as layers, at most so many objects: dong, zones, then a dot for each site with a camera."""
    day = network_day(db)
    cameras = frames.cameras(db, day)
    made = {
        "boundaries": frames.boundaries(db, "dong"),
        "zones": frames.zones(db, day),
        "cameras": cameras.drop_duplicates("site_id"),
    }
    return _at_most(made, most)


def of_gaps(db: Database, run: Row, chosen: Row | None, *, most: int) -> dict[str, Any]:
    """Return a computation as layers, at most so many objects: dong by their share, zones, then the gaps of highest risk.

    run     of `app.services.gaps.latest`
    chosen  one of its gaps, drawn thick and with a mark whatever its risk; None draws all alike
    """
    zones = frames.zones(db, date.fromisoformat(run["at"]))
    dong, zones = with_shares(frames.boundaries(db, "dong"), zones, run)
    mark = [] if chosen is None else [_feature(_point(chosen), {})]
    made = _at_most({"boundaries": dong, "zones": zones}, most - len(mark))
    left = most - len(mark) - sum(len(frame) for frame in made.values())
    return made | {"gaps": collection(_gaps(run, chosen, left)), "place": collection(mark)}


def _gaps(run: Row, chosen: Row | None, most: int) -> list[Row]:
    """Return the gaps to draw: the chosen one, then those of highest risk."""
    picked = None if chosen is None else chosen["gap_id"]
    ordered = sorted(
        run["gaps"], key=lambda gap: (gap["gap_id"] != picked, -(gap["risk"] or 0.0), -gap["length_m"])
    )
    return [
        _feature(gap.get("geometry") or _point(gap), {**gap, "grave": gap["gap_id"] == picked})
        for gap in ordered[:most]
    ]


def _at_most(made: Mapping[str, gpd.GeoDataFrame], most: int) -> dict[str, gpd.GeoDataFrame]:
    kept: dict[str, gpd.GeoDataFrame] = {}
    for name, frame in made.items():
        kept[name] = frame.head(most)
        most -= len(kept[name])
    return kept


def _feature(geometry: object, properties: Row) -> Row:
    kept = {name: value for name, value in properties.items() if name != "geometry"}
    return {"type": "Feature", "geometry": geometry, "properties": kept}


def _point(row: Row) -> Row:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
