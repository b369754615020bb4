"""A folium map of the objects that the live map of Find shows, in one file: what its figures are held against."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.takeaway import library

if TYPE_CHECKING:
    import geopandas as gpd


def write(cameras: gpd.GeoDataFrame, fields: gpd.GeoDataFrame, file: Path) -> tuple[int, float]:
    """Write a map of cameras and their views with its library inside; return how many shapes it draws, and the seconds.

    Raises  LeafletMissing
    """
    import folium

    start = time.perf_counter()
    script, style = library()
    chart = folium.Map(tiles=None)
    chart.default_js, chart.default_css = [], []
    views = fields[~fields.geometry.is_empty][["sight", "geometry"]].to_crs(4326)
    folium.GeoJson(views.__geo_interface__, style_function=_view).add_to(chart)
    spots = cameras[["camera_key", "geometry"]].to_crs(4326)
    for key, spot in zip(spots["camera_key"], spots.geometry, strict=True):
        folium.CircleMarker((spot.y, spot.x), radius=4, tooltip=key).add_to(chart)
    west, south, east, north = spots.total_bounds
    chart.fit_bounds([[south, west], [north, east]])
    text = chart.get_root().render()
    inside = f"<style>{style}</style>\n<script>{script}</script>\n</head>"
    file.write_text(text.replace("</head>", inside, 1), encoding="utf-8")
    return len(views) + len(spots), time.perf_counter() - start


def _view(_feature: object) -> dict[str, object]:
    return {"weight": 1, "fillOpacity": 0.2}
