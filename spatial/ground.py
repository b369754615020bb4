"""Open ground in tiles: an area less its buildings, each tile worked out once and known again by what is in it.

A building changes the ground of the tiles it stands in and of no other. Whoever keeps the tiles between two runs has
the others back without an overlay; the figures are the same to the last digit, for a whole run adds up the same tiles.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from spatial.shapes import areas_only

# Long enough that few buildings stand in two tiles, short enough that a change costs little.
_TILE_M = 500.0


@dataclass(frozen=True, slots=True)
class Tile:
    """The open ground of a square of n by n cells.

    open_m2  its exact area, however the cells lie
    cells    n * n bits, row by row from the south-west corner: is the centre of the cell on open ground?
    """

    open_m2: float
    cells: bytes


# Tiles by the digest of what they were worked out from.
Tiles = MutableMapping[str, Tile]


def open_ground(
    area: BaseGeometry, buildings: gpd.GeoDataFrame | None, *, step_m: float, kept: Tiles
) -> tuple[NDArray[np.float64], float]:
    """Return the centres (n, 2) of the grid cells on open ground, and the area of that ground in square metres.

    area       Polygon or MultiPolygon, metres
    buildings  whose ground is not open; None or no rows leave the whole area
    step_m     side of a cell; the lines of the grid lie on whole multiples of it
    kept       tiles of before by digest; those that are missing are worked out and put in
    Centres come from south to north, in a row from west to east.
    """
    places, grounds = [np.empty((0, 2))], []
    side = max(1, round(_TILE_M / step_m))
    for corner, ground, walls in _tiles(area, buildings, tile_m=side * step_m):
        digest = _digest(corner, ground, walls, step_m=step_m)
        if digest not in kept:
            kept[digest] = _worked_out(corner, ground, walls, step_m=step_m, side=side)
        grounds.append(kept[digest].open_m2)
        places.append(_centres(kept[digest], corner, step_m=step_m, side=side))
    place = np.concatenate(places)
    return place[np.lexsort((place[:, 0], place[:, 1]))], math.fsum(grounds)


def _tiles(
    area: BaseGeometry, buildings: gpd.GeoDataFrame | None, *, tile_m: float
) -> Iterator[tuple[tuple[int, int], BaseGeometry, NDArray[np.object_]]]:
    """Yield the tiles that hold ground of the area: number east and north, the ground, the buildings that touch it."""
    if area.is_empty or area.area == 0.0:
        return
    west, south, east, north = (bound / tile_m for bound in area.bounds)
    columns = np.arange(math.floor(west), math.ceil(east))
    rows = np.arange(math.floor(south), math.ceil(north))
    column, row = (each.ravel() for each in np.meshgrid(columns, rows))
    boxes = shapely.box(column * tile_m, row * tile_m, (column + 1) * tile_m, (row + 1) * tile_m)
    grounds = areas_only(shapely.intersection(boxes, area))
    some = np.flatnonzero(~shapely.is_empty(grounds))
    none = np.empty(0, dtype=object)
    by_tile = [none] * len(grounds)
    if buildings is not None and len(buildings):
        tile, wall = buildings.sindex.query(grounds[some], predicate="intersects")
        shapes = buildings.geometry.to_numpy()
        for n, each in enumerate(some):
            by_tile[each] = shapes[np.sort(wall[tile == n])]
    for each in some:
        yield (int(column[each]), int(row[each])), grounds[each], by_tile[each]


def _digest(
    corner: tuple[int, int], ground: BaseGeometry, walls: NDArray[np.object_], *, step_m: float
) -> str:
    """Return what a tile is known by: all that it is worked out from, and how."""
    found = hashlib.blake2b(repr((_METHOD, corner, step_m)).encode(), digest_size=16)
    for shape in (ground, *walls):
        found.update(shapely.to_wkb(shape))
    return found.hexdigest()


# Raised when tiles are worked out otherwise: kept ones are then not known again.
_METHOD = 1


def _worked_out(
    corner: tuple[int, int], ground: BaseGeometry, walls: NDArray[np.object_], *, step_m: float, side: int
) -> Tile:
    if len(walls):
        ground = areas_only(np.array([shapely.difference(ground, shapely.union_all(walls))]))[0]
    x, y = np.meshgrid(*_axes(corner, step_m=step_m, side=side))
    shapely.prepare(ground)
    inside = shapely.contains_xy(ground, x.ravel(), y.ravel())
    return Tile(float(shapely.area(ground)), np.packbits(inside).tobytes())


def _centres(tile: Tile, corner: tuple[int, int], *, step_m: float, side: int) -> NDArray[np.float64]:
    bits = np.unpackbits(np.frombuffer(tile.cells, dtype=np.uint8), count=side * side)
    row, column = np.divmod(np.flatnonzero(bits), side)
    x, y = _axes(corner, step_m=step_m, side=side)
    return np.column_stack([x[column], y[row]])


def _axes(
    corner: tuple[int, int], *, step_m: float, side: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middles of the columns and of the rows of a tile's cells."""
    cell = np.arange(side, dtype=np.float64) + 0.5
    return (cell + corner[0] * side) * step_m, (cell + corner[1] * side) * step_m
