"""Layers that a city adds: any file of shapes, or any list with coordinates, shapes in a cell, or addresses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import shapely

from etl.features import has_shapes
from etl.forms import Form
from etl.reading import Table, read_table
from etl.reasons import InputRefused
from etl.rows import Reading
from etl.vectors import stream_vectors

_ALIASES: dict[str, tuple[str, ...]] = {
    "feature_key": ("id", "feature_id", "key", "관리번호", "complaint_no", "zone_key", "gid", "OBJECTID"),
    "weight": ("가중치", "val", "값"),
    "observed_on": ("received_on", "observed", "date", "접수일", "데이터기준일자", "데이터 기준일자"),
    "lat": ("위도", "WGS84위도", "latitude", "y", "la_crd"),
    "lon": ("경도", "WGS84경도", "longitude", "lng", "x", "lo_crd"),
}
# A list without coordinates: its rows are placed by the addresses that are loaded.
_ADDRESS = {"address": ("소재지도로명주소", "도로명주소", "주소", "소재지", "소재지지번주소", "지번주소")}
_OWN = ("feature_key", "weight", "observed_on")
_FEATURE = Form("features", {name: _ALIASES[name] for name in _OWN}, (), place=(), shapes=True)
_PLACE = Form("places", _ALIASES, ("lat", "lon"))
FORMS = (_FEATURE, _PLACE)


def read(file: Path) -> Reading:
    """Return the rows as table `feature` (with geometry) or `place` (a list). Raises InputRefused."""
    if has_shapes(file):
        return replace(stream_vectors(file, _FEATURE, table="feature"), exact=_OWN)
    table = _list(file)
    shapes = geometry_column(next(table.blocks()).rows)
    if shapes is not None:
        return _drawn(table, shapes)
    return table.reading(
        "place",
        form="list",
        fill=tuple(_ALIASES),
        exact=(*_OWN, "lat", "lon"),
        offices=tuple(name for name in table.columns if "전화" in name),
    )


def _list(file: Path) -> Table:
    """Return a list with coordinates, or with addresses alone."""
    try:
        return read_table(file, _ALIASES, required=_PLACE.required)
    except InputRefused as lacking:
        if lacking.reason != "UNKNOWN_HEADER":
            raise
        try:
            return read_table(file, {**_ALIASES, **_ADDRESS}, required=("address",))
        except InputRefused:
            raise lacking from None


def _drawn(table: Table, shapes: str) -> Reading:
    """Return the features of a list that holds each shape as GeoJSON in a cell, in degrees as GeoJSON has it."""

    def draw(rows: pd.DataFrame) -> pd.DataFrame:
        drawn = shapely.from_geojson(rows[shapes].to_numpy(dtype=object), on_invalid="ignore")
        return rows.drop(columns=[shapes]).assign(geometry=pd.Series(drawn, index=rows.index, dtype=object))

    return table.reading("feature", form="list-geojson", fill=_OWN, shape=draw, exact=_OWN)


def geometry_column(rows: pd.DataFrame) -> str | None:
    """Return the column whose cells are shapes as GeoJSON, None where there is none: every cell that is not blank."""
    for name in rows.columns:
        cells = rows[name][rows[name].str.strip().ne("")]
        if len(cells) and cells.str.match(r'\s*\{\s*"(?:type|coordinates)"\s*:').all():
            return str(name)
    return None
