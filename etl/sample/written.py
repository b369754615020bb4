"""Write tables as the real publishers do, CP949 or UTF-8, CRLF, every cell as text; and shapes as GeoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import shapely

from etl.sample.ground import lonlat


def write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "cp949"
) -> Path:
    """Write one CSV file and return its path; None becomes an empty cell."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return path


def write_geojson(path: Path, rows: Sequence[Mapping[str, object]], shapes: gpd.GeoSeries) -> Path:
    """Write features of the flat plane in degrees (EPSG:4326), marked as invented, and return the path."""
    turned = shapely.transform(shapes.to_numpy(), lambda xy: lonlat(xy).round(9))
    features = [
        {"type": "Feature", "properties": dict(row), "geometry": json.loads(shapely.to_geojson(shape))}
        for row, shape in zip(rows, turned, strict=True)
    ]
    name = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    whole = {
        "type": "FeatureCollection",
        "name": path.stem,
        "crs": name,
        "invented": True,
        "features": features,
    }
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8", newline="\n")
    return path
