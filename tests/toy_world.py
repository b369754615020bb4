"""The toy city as a whole world: what coverage takes, so that every figure of it is known on paper.

Fields of view are drawn by hand for the four classes of the ladder. Along the streets, of 160 m:

    detect     camera 1 surely sees 0..40 of L1, camera 3 the last 10 of L2: 50 m. Camera 2 sees 10 m to the west,
               20 m to the east or 20 m to the north, each one time in four: 62.5 m expected
    observe    30 + 10 m for sure; camera 2 sees 20 m one way of three, each one time in four: 55 m expected
    recognise  camera 1 sees the first 10 m of L1, nobody else anything
    identify   nobody anything

A turning camera (3) reaches 20 m more of L2 in both coarse classes; no share counts that, but it is no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.world import Sampling, World
from spatial.fov import with_assumptions
from tests import toy

DAY = date(2013, 6, 30)
# Steps of 10 m cut L1 into ten pieces, L2 into six, and the district into 60 cells: they can be counted.
COARSE = Sampling(alley_step_m=10.0, area_step_m=10.0, draws=400, seed=1)
WEIGHTS = {"incidents": 0.5, "narrow": 0.15, "dark": 0.15, "children": 0.1, "complaints": 0.1}
INCIDENTS = ((5, 0), (35, 0), (95, 0), (50, 55))


def ladder_rows() -> list[dict[str, Any]]:
    """Return the hand-drawn fields of all four classes as rows."""
    drawn = [
        toy.field(1, shapely.box(0, -2, 40, 2), density_class="detect"),
        toy.field(2, shapely.box(40, -20, 70, 20), sight="possible", density_class="detect"),
        toy.field(3, shapely.box(49, 50, 51, 60), density_class="detect"),
        toy.field(3, shapely.box(48, 30, 52, 60), sight="possible", counts=False, density_class="detect"),
        toy.field(1, shapely.box(0, -2, 30, 2)),
        toy.field(2, shapely.box(30, -20, 70, 20), sight="possible"),
        toy.field(3, shapely.box(49, 50, 51, 60)),
        toy.field(3, shapely.box(48, 30, 52, 60), sight="possible", counts=False),
        toy.field(1, shapely.box(0, -2, 10, 2), density_class="recognise"),
        toy.field(2, shapely.Polygon(), sight="possible", density_class="recognise"),
        toy.field(3, shapely.Polygon(), density_class="recognise"),
    ]
    for number, sight in ((1, "certain"), (2, "possible"), (3, "certain")):
        drawn.append(toy.field(number, shapely.Polygon(), sight=sight, density_class="identify"))
    return drawn


def zones() -> gpd.GeoDataFrame:
    """Return a flood zone that is just what camera 2 may see, and a wildfire zone that nobody sees."""
    return gpd.GeoDataFrame(
        {
            "zone_id": [1, 2],
            "kind": ["flood", "wildfire"],
            "level": [1, 2],
            "name": ["냇가", "뒷산"],
            "name_en": ["Brook", "Hill"],
        },
        geometry=[toy.place(shapely.box(30, -20, 70, 20)), toy.place(shapely.box(0, 30, 40, 60))],
        crs=toy.SRID,
    )


def incidents(xy: Sequence[tuple[float, float]] = INCIDENTS) -> gpd.GeoDataFrame:
    """Return incidents: one that camera 1 sees, one that camera 2 may, one nobody sees, one camera 3 sees."""
    count = len(xy)
    return gpd.GeoDataFrame(
        {
            "incident_id": np.arange(count),
            "occurred_at": pd.to_datetime([datetime(2013, 1, 1, tzinfo=UTC)] * count),
            "class_code": ["101"] * count,
            "urgency": [1.0] * count,
        },
        geometry=[toy.place(shapely.Point(at)) for at in xy],
        crs=toy.SRID,
    )


def district() -> gpd.GeoDataFrame:
    """Return the whole toy district, 100 m by 60 m: 4,800 m2 of open ground round two houses of 600 m2."""
    row = {
        "boundary_id": [3],
        "level": ["district"],
        "code": ["T"],
        "name_ko": ["장난구"],
        "name_en": ["Toy"],
    }
    return gpd.GeoDataFrame(row, geometry=[toy.place(shapely.box(0, 0, 100, 60))], crs=toy.SRID)


def presets(*rows: tuple[int, float, float]) -> pd.DataFrame:
    """Return presets: camera, heading and seconds of stay; tilt and angle are the camera's own."""
    table = pd.DataFrame(rows, columns=["camera_id", "heading_deg", "dwell_s"])
    table = table.astype({"camera_id": "int64", "heading_deg": "float64", "dwell_s": "float64"})
    return table.assign(preset_no=np.arange(len(rows)) + 1, tilt_deg=np.nan, hfov_deg=np.nan)


def world(**changes: Any) -> World:
    """Return the toy world; `changes` put other frames in place of the usual ones."""
    usual = World(
        at=DAY,
        cameras=with_assumptions(toy.cameras(), toy.LENS),
        fields=toy.fields(ladder_rows()),
        alleys=toy.alleys(),
        buildings=toy.buildings().assign(height_basis="measured"),
        district=district(),
        dong=toy.district(),
        zones=zones(),
        incidents=incidents(),
        lamps=toy.points().drop(columns="weight"),
        layers={},
        weights=WEIGHTS,
        presets=presets(),
        lens=toy.LENS,
    )
    return replace(usual, **changes)


def without(*names: str) -> dict[str, gpd.GeoDataFrame]:
    """Return changes that leave frames of the world without rows."""
    full = world()
    return {name: getattr(full, name).iloc[:0] for name in names}
