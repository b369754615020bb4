"""The ground: a grid of elevations, one height at every place between the middles of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spatial.compiled import compiled
from spatial.edges import Floats, Grid
from spatial.errors import MissingColumn, OutOfRange, WrongShape

Heights = NDArray[np.float32]

# Two grids whose cells differ by less than this share of a cell lie on each other.
_SAME = 1e-3


class Surface(NamedTuple):
    """What the kernels read of a ground: heights, row 0 north, and where the outer corner of cell (0, 0) lies."""

    elevation_m: Heights
    west_m: float
    north_m: float
    cell_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Elevations in metres in square cells of the district's CRS; NaN where the ground is not known.

    elevation_m      (rows, columns) float32, row 0 the northernmost; a value stands for the middle of its cell
    west_m, north_m  outer corner of cell (0, 0); cell_m  the side of a cell
    Between the middles of four cells the height is bilinear; half a cell inside the rim it ends.
    Raises           WrongShape for no cells; OutOfRange for a cell or a corner that is no number, or not positive
    """

    elevation_m: Heights
    west_m: float
    north_m: float
    cell_m: float

    def __post_init__(self) -> None:
        if self.elevation_m.ndim != 2 or not self.elevation_m.size:
            raise WrongShape(f"a ground of shape {self.elevation_m.shape}")
        if not (self.cell_m > 0.0 and np.isfinite([self.cell_m, self.west_m, self.north_m]).all()):
            raise OutOfRange(f"a ground with cells of {self.cell_m} m at {self.west_m}, {self.north_m}")

    @classmethod
    def of(cls, tiles: pd.DataFrame) -> Ground | None:
        """Return one ground of tiles, None without tiles.

        tiles    cell_m, west_m, north_m and `elevation_m`, a (rows, columns) array each, NaN where unknown
        The finest cells count; coarser ones, or those of a shifted grid, fill what these leave unknown.
        Raises   MissingColumn
        """
        absent = [
            name for name in ("cell_m", "west_m", "north_m", "elevation_m") if name not in tiles.columns
        ]
        if absent:
            raise MissingColumn(f"tiles lack {', '.join(absent)}")
        if tiles.empty:
            return None
        grids = [_mosaic(group) for _key, group in tiles.groupby(_alignment(tiles), sort=True)]
        whole, *coarser = grids
        if not coarser:
            return whole
        whole = _widened(whole, grids)
        for more in coarser:
            _fill(whole, more)
        return whole

    @property
    def surface(self) -> Surface:
        """Return what the kernels read."""
        return Surface(self.elevation_m, float(self.west_m), float(self.north_m), float(self.cell_m))

    def height_m(self, places: ArrayLike) -> Floats:
        """Return the height of the ground at (n, 2) places as (n,) metres, NaN where it is not known."""
        spots = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        return heights_at(self.surface, spots)

    def rise_deg(self, places: ArrayLike, *, heading_deg: ArrayLike, along_m: ArrayLike) -> Floats:
        """Return how steeply the ground rises from (n, 2) places in a direction over a length, in degrees.

        heading_deg, along_m  scalar or (n,), clockwise from north; positive metres
        Returns    (n,) degrees, negative downhill, NaN where either end is not known. Optics are reckoned on the
                   level plane of the camera's foot: a picture tilted by t meets ground that rises by this angle b
                   at drop / (tan t + tan b) where the plane says drop / tan t.
        """
        spots = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        length = np.broadcast_to(np.asarray(along_m, dtype=np.float64), len(spots))
        turn = np.radians(np.broadcast_to(np.asarray(heading_deg, dtype=np.float64), len(spots)))
        ahead = spots + length[:, None] * np.column_stack([np.sin(turn), np.cos(turn)])
        rise = self.height_m(ahead) - self.height_m(spots)
        return np.asarray(np.degrees(np.arctan2(rise, length)), dtype=np.float64)


def _alignment(tiles: pd.DataFrame) -> list[pd.Series[float]]:
    """Return what tiles of one grid share: side of cell, and where between multiples of it the cells begin."""
    cell = tiles["cell_m"].astype(float)
    starts = [(tiles[name].astype(float) / cell) % 1.0 for name in ("west_m", "north_m")]
    return [cell, *(start.where(start < 1.0 - _SAME, 0.0).round(3) for start in starts)]


def _mosaic(tiles: pd.DataFrame) -> Ground:
    """Lay tiles of one grid side by side; where they overlap the first that knows a height counts."""
    cell = float(tiles["cell_m"].iloc[0])
    shapes = np.array([tile.shape for tile in tiles["elevation_m"]])
    west, north = float(tiles["west_m"].min()), float(tiles["north_m"].max())
    column = np.rint((tiles["west_m"].to_numpy(dtype=float) - west) / cell).astype(int)
    row = np.rint((north - tiles["north_m"].to_numpy(dtype=float)) / cell).astype(int)
    size = (int((row + shapes[:, 0]).max()), int((column + shapes[:, 1]).max()))
    whole = np.full(size, np.nan, dtype=np.float32)
    for tile, r, c in zip(tiles["elevation_m"], row, column, strict=True):
        part = whole[r : r + tile.shape[0], c : c + tile.shape[1]]
        np.copyto(part, tile, where=np.isnan(part))
    return Ground(whole, west, north, cell)


def _widened(ground: Ground, others: list[Ground]) -> Ground:
    """Return a ground with unknown cells about it, so wide that the others lie in it."""
    cell = ground.cell_m
    lows = [(g.west_m, g.north_m - g.cell_m * g.elevation_m.shape[0]) for g in others]
    highs = [(g.west_m + g.cell_m * g.elevation_m.shape[1], g.north_m) for g in others]
    (west, south), (east, north) = np.min(lows, axis=0), np.max(highs, axis=0)
    rows, columns = ground.elevation_m.shape
    left = int(np.ceil((ground.west_m - west) / cell - _SAME))
    top = int(np.ceil((north - ground.north_m) / cell - _SAME))
    right = int(np.ceil((east - ground.west_m) / cell - _SAME)) - columns
    low = int(np.ceil((ground.north_m - south) / cell - _SAME)) - rows
    wide = np.pad(ground.elevation_m, ((top, low), (left, right)), constant_values=np.nan)
    return Ground(wide, ground.west_m - left * cell, ground.north_m + top * cell, cell)


def _fill(ground: Ground, more: Ground) -> None:
    """Write into the unknown cells of a ground of our own what another knows of their middles."""
    row, column = np.nonzero(np.isnan(ground.elevation_m))
    east = ground.west_m + (column + 0.5) * ground.cell_m
    north = ground.north_m - (row + 0.5) * ground.cell_m
    ground.elevation_m[row, column] = more.height_m(np.column_stack([east, north]))


@compiled
def level_at(surface: Surface, x: float, y: float) -> float:
    """Return the height at a place, bilinear between the middles of four cells; NaN if one is unknown or missing."""
    rows, columns = surface.elevation_m.shape
    across = (x - surface.west_m) / surface.cell_m - 0.5
    down = (surface.north_m - y) / surface.cell_m - 0.5
    if not (0.0 <= across <= columns - 1 and 0.0 <= down <= rows - 1):
        return np.nan
    c, r = min(int(across), max(columns - 2, 0)), min(int(down), max(rows - 2, 0))
    u, v = across - c, down - r
    nw, sw = float(surface.elevation_m[r, c]), float(surface.elevation_m[min(r + 1, rows - 1), c])
    ne = float(surface.elevation_m[r, min(c + 1, columns - 1)])
    se = float(surface.elevation_m[min(r + 1, rows - 1), min(c + 1, columns - 1)])
    return float((1.0 - v) * ((1.0 - u) * nw + u * ne) + v * ((1.0 - u) * sw + u * se))


@compiled
def heights_at(surface: Surface, spots: Floats) -> Floats:
    """Return the height at each place."""
    found = np.empty(len(spots))
    for i in range(len(spots)):
        found[i] = level_at(surface, spots[i, 0], spots[i, 1])
    return found


@compiled
def feet_of(surface: Surface, grid: Grid) -> Floats:
    """Return the elevation from which the height of each part counts; NaN where no corner's ground is known.

    The mean along the outline, by its lengths, as Korea's Building Act reckons the ground of a building on a slope
    (Enforcement Decree, article 119 (2)): a building stands level.
    """
    feet = np.empty(len(grid.box))
    for p in range(len(grid.box)):
        total, length = 0.0, 0.0
        r = grid.rings[p]
        start = level_at(surface, grid.xy[grid.corner[r], 0], grid.xy[grid.corner[r], 1])
        for c in range(grid.corner[r] + 1, grid.corner[r + 1]):
            end = level_at(surface, grid.xy[c, 0], grid.xy[c, 1])
            side = np.hypot(grid.xy[c, 0] - grid.xy[c - 1, 0], grid.xy[c, 1] - grid.xy[c - 1, 1])
            if not np.isnan(start + end):
                total += side * (start + end) / 2.0
                length += side
            start = end
        feet[p] = total / length if length > 0.0 else np.nan
    return feet
