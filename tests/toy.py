"""A toy city small enough to solve on paper, in EPSG:5186 metres with its corner at (200 000, 550 000).

    north
     60 |        lane L2 (x = 50, y 0..60)
        |            |
     30 |  [ A ]     |     [ B ]        A: x 10..40, y 10..30   B: x 60..90, y 10..30, both 9 m high
        |            |
      0 +-----------street L1 (y = 0, x 0..100)------

Three cameras: 1 (fixed, heading known) at the street's west end looks east; 2 (fixed, heading unknown) at the
crossing; 3 (PTZ, home heading south) at the lane's north end. Coordinates in the tests are relative to the corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.affinity import translate

from spatial.types import LensDefaults

SRID = 5186
CORNER = (200_000.0, 550_000.0)

# What is assumed of a camera of which nothing is known: 2 megapixels, 4 mm on 1/2.8 inch, 5 m up, 20 degrees down.
LENS = LensDefaults(
    focal_mm=4.0,
    sensor_w_mm=5.57,
    sensor_h_mm=3.13,
    image_w_px=1920,
    image_h_px=1080,
    height_m=5.0,
    tilt_deg=20.0,
    ptz_tele_hfov_deg=2.47,
    max_range_m=150.0,
    building_height_m=6.0,
)


def place(geometry: Any) -> Any:
    """Move a geometry drawn from the toy corner to where the toy city lies."""
    return translate(geometry, *CORNER)


def points(*xy: tuple[float, float]) -> gpd.GeoDataFrame:
    """Return a frame of points with weight 1."""
    return gpd.GeoDataFrame(
        {"weight": np.ones(len(xy))}, geometry=[place(shapely.Point(at)) for at in xy], crs=SRID
    )


def alleys() -> gpd.GeoDataFrame:
    """Return street L1 (100 m, 8 m wide, lit) and lane L2 (60 m, 3 m wide, dark)."""
    return gpd.GeoDataFrame(
        {
            "alley_id": [1, 2],
            "name": ["L1", "L2"],
            "width_m": [8.0, 3.0],
            "kind": ["road", "alley"],
            "lit": [True, False],
        },
        geometry=[
            place(shapely.LineString([(0, 0), (100, 0)])),
            place(shapely.LineString([(50, 0), (50, 60)])),
        ],
        crs=SRID,
    )


def buildings() -> gpd.GeoDataFrame:
    """Return houses A and B, each 30 m by 20 m and 9 m high."""
    return gpd.GeoDataFrame(
        {"building_id": [1, 2], "height_m": [9.0, 9.0]},
        geometry=[place(shapely.box(10, 10, 40, 30)), place(shapely.box(60, 10, 90, 30))],
        crs=SRID,
    )


def cameras() -> gpd.GeoDataFrame:
    """Return the three cameras with a plain lens (4 mm on 5.57 x 3.13 mm, 1920 x 1080) at 6 m, tilted 20 degrees."""
    count = 3
    return gpd.GeoDataFrame(
        {
            "camera_id": [1, 2, 3],
            "state_id": [11, 12, 13],
            "site_id": [101, 102, 103],
            "agency": ["north", "south", "north"],
            "purpose": ["crime_prevention"] * count,
            "kind": ["fixed", "fixed", "ptz"],
            "heading_deg": [90.0, np.nan, 180.0],
            "tilt_deg": [20.0] * count,
            "height_m": [6.0] * count,
            "focal_mm": [4.0] * count,
            "hfov_deg": [np.nan] * count,
            "sensor_w_mm": [5.57] * count,
            "sensor_h_mm": [3.13] * count,
            "image_w_px": [1920.0] * count,
            "image_h_px": [1080.0] * count,
            "ir_range_m": [np.nan] * count,
        },
        geometry=[place(shapely.Point(at)) for at in ((0, 0), (50, 0), (50, 60))],
        crs=SRID,
    )


def district() -> gpd.GeoDataFrame:
    """Return the toy district, 100 m by 60 m, as two dongs: west and east of the lane."""
    return gpd.GeoDataFrame(
        {
            "boundary_id": [1, 2],
            "level": ["dong", "dong"],
            "code": ["W", "E"],
            "name_ko": ["서동", "동동"],
            "name_en": ["West", "East"],
        },
        geometry=[place(shapely.box(0, 0, 50, 60)), place(shapely.box(50, 0, 100, 60))],
        crs=SRID,
    )


def field(camera_id: int, area: Any, *, sight: str = "certain", **columns: Any) -> dict[str, Any]:
    """Return one row of fields drawn by hand: a quarter-circle wedge (half width d at distance d, 0 to 100 m) unless said."""
    row = {
        "state_id": camera_id + 10,
        "camera_id": camera_id,
        "density_class": "observe",
        "sight": sight,
        "counts": True,
        "near_m": 0.0,
        "far_m": 100.0,
        "slope": 1.0,
        "offset_m": 0.0,
        "geometry": place(area),
    }
    return row | columns


def fields(rows: Sequence[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return hand-drawn rows as a frame of fields of view; zero rows give an empty frame with its columns."""
    columns = list(field(0, shapely.Polygon()))
    by_column = {column: [row[column] for row in rows] for column in columns}
    return gpd.GeoDataFrame(by_column, columns=columns, geometry="geometry", crs=SRID)


def drawn_fields() -> gpd.GeoDataFrame:
    """Return fields drawn by hand, so that every share of the toy city is known on paper.

    Camera 1 surely sees the first 30 m of L1. Camera 2 covers a quarter of the circle (45 degrees to either side
    of its unknown heading) and has 20 m of L1 to the west, 20 m to the east and 20 m of L2 to the north in its
    visible reach: it sees one of the three, or, looking south, none. Camera 3 surely sees the last 10 m of L2 and
    reaches 20 m more of it when turned. Nobody can see the last 30 m of L1 and the metres 20 to 30 of L2.
    """
    return fields(
        [
            field(1, shapely.box(0, -2, 30, 2)),
            field(2, shapely.box(30, -20, 70, 20), sight="possible"),
            field(3, shapely.box(49, 50, 51, 60)),
            field(3, shapely.box(48, 30, 52, 60), sight="possible", counts=False),
        ]
    )
