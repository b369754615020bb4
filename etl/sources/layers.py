"""Layers that a city adds: any file of shapes (GeoJSON, GeoPackage, shapefile, ...), or any list with coordinates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from etl.features import has_shapes
from etl.forms import Form
from etl.reading import read_table
from etl.rows import Reading
from etl.vectors import stream_vectors

_ALIASES: dict[str, tuple[str, ...]] = {
    "feature_key": ("id", "feature_id", "key", "관리번호", "complaint_no", "zone_key", "gid", "OBJECTID"),
    "weight": ("가중치", "val", "값"),
    "observed_on": ("received_on", "observed", "date", "접수일", "데이터기준일자", "데이터 기준일자"),
    "lat": ("위도", "WGS84위도", "latitude", "y", "la_crd"),
    "lon": ("경도", "WGS84경도", "longitude", "lng", "x", "lo_crd"),
}
_OWN = ("feature_key", "weight", "observed_on")
_FEATURE = Form("features", {name: _ALIASES[name] for name in _OWN}, (), place=(), shapes=True)
_PLACE = Form("places", _ALIASES, ("lat", "lon"))
FORMS = (_FEATURE, _PLACE)


def read(file: Path) -> Reading:
    """Return the rows as table `feature` (a file of shapes) or `place` (a list). Raises InputRefused."""
    if has_shapes(file):
        return replace(stream_vectors(file, _FEATURE, table="feature"), exact=_OWN)
    table = read_table(file, _ALIASES, required=_PLACE.required)
    return table.reading(
        "place",
        form="list",
        fill=tuple(_ALIASES),
        exact=(*_OWN, "lat", "lon"),
        offices=tuple(name for name in table.columns if "전화" in name),
    )
