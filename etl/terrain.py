"""Rasters of elevation, to square tiles in the district's metric CRS."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.warp import Resampling, reproject

from etl import coordinates
from etl.rows import REPAIRED, Door, Step, Verdict, split

TILE = 256
NODATA = -9999.0
# No ground lies outside: what does is a filler of the file's.
_LOWEST_M, _HIGHEST_M = -500.0, 9000.0
_SQUARE = 1e-6
# An outline bends when it is transformed: so many pieces follow the bend.
_PIECES = 80


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A grid of heights in metres, row 0 north; NaN where unknown. `crs` is what pyproj takes, None: not stated."""

    values: NDArray[np.float32]
    transform: Affine
    crs: int | str | None

    def __str__(self) -> str:
        """Say how large the grid is."""
        return f"{self.values.shape[0]} x {self.values.shape[1]} cells"


def metric_grid() -> Step:
    """Bring the column `raster` to square cells in the district's CRS, with its outline as `geometry`.

    A grid that is so already stays cell by cell; another one is resampled bilinearly at its own resolution.
    A raster without any height leaves with EMPTY_TILE.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        grids = [_to_metric(raster, door) for raster in rows["raster"]]
        empty = pd.Series([bool(np.isnan(grid.values).all()) for grid in grids], index=rows.index)
        outlines = [shapely.box(*_bounds(grid)) for grid in grids]
        out = rows.assign(
            raster=pd.Series(grids, index=rows.index, dtype=object),
            geometry=pd.Series(outlines, index=rows.index, dtype=object),
        )
        return split(out, empty, "EMPTY_TILE")

    return step


def tiles(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of core.terrain, a row a tile of at most 256 cells a side, without those all unknown."""
    made = [
        (row_no, tile)
        for row_no, raster in zip(rows.index, rows["raster"], strict=True)
        for tile in _cut(raster)
    ]
    frame = pd.DataFrame([tile for _, tile in made], index=pd.Index([n for n, _ in made], name="row_no"))
    return frame.assign(**{REPAIRED: ""})


def _to_metric(raster: Raster, door: Door) -> Raster:
    values = np.where((raster.values >= _LOWEST_M) & (raster.values <= _HIGHEST_M), raster.values, np.nan)
    grid, source = raster.transform, CRS.from_user_input(door.crs)
    upright = grid.b == 0 and grid.d == 0 and grid.e < 0 and abs(grid.a + grid.e) < _SQUARE
    if upright and source.to_epsg() == door.srid:
        return Raster(values.astype(np.float32), grid, door.srid)
    frame = shapely.box(*_bounds(raster))
    with np.errstate(over="ignore", invalid="ignore"):  # of bounds that are no place's: told below
        pieces = np.array([shapely.segmentize(frame, frame.length / _PIECES)], dtype=object)
        (area,) = coordinates.to_srid(pieces, source=door.crs, srid=door.srid)
    if area is None or not 0 < area.area < math.inf:
        # far from its meridian the district's system has no place for it
        return Raster(np.full((1, 1), np.nan, dtype=np.float32), Affine(1, 0, 0, 0, -1, 0), door.srid)
    cell = max(1.0, round(math.sqrt(area.area / values.size), 1))
    west_m, south_m, east_m, north_m = area.bounds
    west, north = math.floor(west_m / cell) * cell, math.ceil(north_m / cell) * cell
    shape = (math.ceil((north - south_m) / cell), math.ceil((east_m - west) / cell))
    moved = np.full(shape, np.nan, dtype=np.float32)
    square = Affine(cell, 0.0, west, 0.0, -cell, north)
    reproject(values.astype(np.float32), moved, src_transform=grid, src_crs=source.to_wkt(), src_nodata=np.nan,
              dst_transform=square, dst_crs=f"EPSG:{door.srid}", dst_nodata=np.nan,
              resampling=Resampling.bilinear)  # fmt: skip
    return Raster(moved, square, door.srid)


def _bounds(raster: Raster) -> tuple[float, float, float, float]:
    """Return west, south, east, north of an upright or turned grid."""
    high, wide = raster.values.shape
    grid = raster.transform
    corners = [
        (grid.c + x * grid.a + y * grid.b, grid.f + x * grid.d + y * grid.e)
        for x in (0, wide)
        for y in (0, high)
    ]
    easts, norths = [x for x, _ in corners], [y for _, y in corners]
    return min(easts), min(norths), max(easts), max(norths)


def _cut(raster: Raster) -> list[dict[str, object]]:
    cell = float(raster.transform.a)
    found: list[dict[str, object]] = []
    for line in range(0, raster.values.shape[0], TILE):
        for column in range(0, raster.values.shape[1], TILE):
            block = raster.values[line : line + TILE, column : column + TILE]
            if np.isnan(block).all():
                continue
            west, north = raster.transform.c + column * cell, raster.transform.f - line * cell
            high, wide = block.shape
            found.append({
                "tile_key": f"{cell:g}:{west:.1f}:{north:.1f}",
                "cell_m": cell,
                "columns": wide,
                "rows": high,
                "west_m": west,
                "north_m": north,
                "elevation_m": np.where(np.isnan(block), NODATA, block).astype("<f4").tobytes(),
                "nodata": NODATA,
                "geom": shapely.box(west, north - high * cell, west + wide * cell, north),
            })  # fmt: skip
    return found
