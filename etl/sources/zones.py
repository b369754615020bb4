"""Hazard zones as GeoJSON: flood and wildfire, with their level."""

from __future__ import annotations

from pathlib import Path

from etl.reading import match_names
from etl.reasons import InputRefused
from etl.rows import Reading, with_columns
from etl.vectors import read_geojson

_ALIASES = {
    "zone_key": ("zone_id", "id", "관리번호"),
    "kind": ("종류", "type", "hazard"),
    "level": ("등급", "grade"),
    "name_ko": ("지구명", "name"),
    "name_en": (),
    "valid_from": ("지정일자",),
    "valid_to": ("해제일자",),
    "origin": ("source", "출처"),
}


def read(file: Path) -> Reading:
    """Return the features as table `zone`. Raises InputRefused."""
    found = read_geojson(file)
    names = match_names([str(name) for name in found.rows.columns if name != "geometry"], _ALIASES)
    if not {"zone_key", "kind"} <= names.keys():
        raise InputRefused("UNKNOWN_HEADER", "zones need zone_key and kind")
    rows = found.rows.rename(columns={old: new for new, old in names.items()})
    return Reading(
        tables={"zone": with_columns(rows, tuple(_ALIASES))},
        form="geojson",
        encoding=found.encoding,
        crs=found.crs or 4326,
        exact=("zone_key", "level", "valid_from", "valid_to"),
        notes={"header": names},
    )
