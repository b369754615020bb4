"""Layers that a city adds: any GeoJSON, or any list with coordinates."""

from __future__ import annotations

from pathlib import Path

from etl.reading import looks_like_json, match_names, read_table
from etl.rows import Reading, with_columns
from etl.vectors import read_geojson

_ALIASES: dict[str, tuple[str, ...]] = {
    "feature_key": ("id", "feature_id", "key", "관리번호", "complaint_no", "zone_key", "gid", "OBJECTID"),
    "weight": ("가중치", "val", "값"),
    "observed_on": ("received_on", "observed", "date", "접수일", "데이터기준일자", "데이터 기준일자"),
    "lat": ("위도", "WGS84위도", "latitude", "y", "la_crd"),
    "lon": ("경도", "WGS84경도", "longitude", "lng", "x", "lo_crd"),
}
_OWN = ("feature_key", "weight", "observed_on")


def read(file: Path) -> Reading:
    """Return the rows as table `feature` (GeoJSON, with geometry) or `place` (a list). Raises InputRefused."""
    if looks_like_json(file):
        found = read_geojson(file)
        names = match_names([str(name) for name in found.rows.columns if name != "geometry"],
                            {name: _ALIASES[name] for name in _OWN})  # fmt: skip
        rows = found.rows.rename(columns={old: new for new, old in names.items()})
        return Reading(
            tables={"feature": with_columns(rows, _OWN)},
            form="geojson",
            encoding=found.encoding,
            crs=found.crs or 4326,
            exact=_OWN,
            notes={"header": names},
        )
    table = read_table(file, _ALIASES, required=("lat", "lon"))
    return table.reading(
        "place",
        form="list",
        fill=tuple(_ALIASES),
        exact=(*_OWN, "lat", "lon"),
        offices=tuple(name for name in table.columns if "전화" in name),
    )
