"""Sight over real terrain, file to answer, held against a slow walk along sight lines; skipped where the files are not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import shapely

from etl.rows import Door, run
from etl.sources import dem
from etl.terrain import metric_grid
from spatial.edges import Walls
from spatial.relief import TERRAIN, sight_over
from spatial.terrain import Ground
from tests.terrain_reference import seen_places

# A valley in Seoul by SRTM, and a hill by the sea; cells of 27 m, the ground rises and falls by 85 to 190 m.
FILES = [("hongjecheon_srtm_41x33.json", 5186), ("osmnx_elevation1.tif", 26910)]


def ground_of(file: Path, srid: int) -> Ground:
    reading = dem.read(file)
    good, refused = run(
        reading.tables["terrain"], (metric_grid(),), Door(srid, "UTC", dt.date(2026, 1, 1), reading.crs)
    )
    assert refused.empty
    raster = good["raster"].iloc[0]
    # What lies beyond the known hides nothing and is asked of no one here.
    heights = np.where(np.isnan(raster.values), np.nanmin(raster.values), raster.values)
    return Ground(heights, raster.transform.c, raster.transform.f, raster.transform.a)


@pytest.mark.parametrize("target_m", [0.0, 1.6])
@pytest.mark.parametrize(("name", "srid"), FILES)
def test_rough_ground_against_sight_lines(shared_data: Path, name: str, srid: int, target_m: float) -> None:
    # Rays lie a quarter of a cell apart at the rim; of some 1,500 places 3 to 19 in 1,000 fall to the wrong side.
    ground = ground_of(shared_data / "dem" / name, srid)
    rows, columns = ground.elevation_m.shape
    middle = np.array([ground.west_m, ground.north_m]) + ground.cell_m * np.array([columns, -rows]) / 2.0
    radius_m = 0.35 * ground.cell_m * min(rows, columns)
    rng, right, asked = np.random.default_rng(2), 0, 0
    for shift in rng.uniform(-0.4, 0.4, (6, 2)) * radius_m:
        eye = middle + shift
        (area,), _codes, (on,) = sight_over(
            [eye],
            Walls.of([]),
            ground,
            observer_height_m=6.0,
            target_height_m=target_m,
            radius_m=radius_m,
            chords=128,
        )
        assert on == TERRAIN
        turn, away = rng.uniform(0.0, 2.0 * np.pi, 250), radius_m * np.sqrt(rng.uniform(0.0, 0.98, 250))
        places = eye + (away * [np.cos(turn), np.sin(turn)]).T
        expected = seen_places(eye, places, ground, [], [], eye_m=6.0, target_m=target_m, step_m=1.0)
        assert 0.1 < expected.mean() < 0.95
        right, asked = right + int((shapely.contains_xy(area, places) == expected).sum()), asked + len(places)
    assert right >= 0.98 * asked
