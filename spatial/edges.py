"""Obstacles prepared for sight: corners side by side in memory, and a uniform grid to find those in reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.compiled import compiled, inlined
from spatial.errors import OutOfRange, WrongShape
from spatial.outlines import Outlines, outlines, polygons, rings_of, taken
from spatial.shapes import Geometries

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Box = tuple[float, float, float, float]

# Cells are this many times as wide as the mean spacing of obstacles, at most 4 for each obstacle and some more.
_SPACINGS = 1.5
_SPARE_CELLS = 1024
# Up to so many parts of a cell are sorted one by one.
_FEW = 32


class Grid(NamedTuple):
    """What the kernels read. Part p has the rings rings[p]:rings[p + 1], ring r the corners corner[r]:corner[r + 1].

    Rings are closed, the solid to the left. Cell c = row * columns + column lists part[first[c]:first[c + 1]],
    every part whose box touches it; cells on the border reach to infinity. `cell` is each part's first column and row.
    """

    xy: Floats
    corner: Ints
    rings: Ints
    box: Floats
    cell: NDArray[np.int32]
    height_m: Floats
    west: float
    south: float
    cell_m: float
    columns: int
    rows: int
    first: Ints
    part: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """Obstacles taken apart into valid parts in an order of their own, with heights, in a grid.

    Flat arrays alone, some 250 bytes a building of four corners; a Polygon is made of a part when it is asked for.
    """

    grid: Grid

    @classmethod
    def of(cls, obstacles: Sequence[object] | Geometries, height_m: ArrayLike = np.inf) -> Walls:
        """Prepare (m,) Polygons or MultiPolygons of a height over the ground in metres, scalar or (m,).

        An empty or missing obstacle has no part; an invalid one is repaired. Infinity is a wall without top.
        Raises  WrongShape if the heights do not pair up; OutOfRange if one is NaN; BadGeometry for no area
        """
        height = np.asarray(height_m, dtype=np.float64)
        if height.ndim > 1 or (height.ndim == 1 and len(height) != len(obstacles)):
            raise WrongShape(f"{height.shape} heights for {len(obstacles)} obstacles")
        if np.isnan(height).any():
            raise OutOfRange("an obstacle's height is NaN: assume one before")
        found = outlines(obstacles)
        frame = _frame(found.box)
        # Neighbours side by side, and an order that does not depend on the order given.
        found = taken(found, _in_order(found.box, _cells(found.box, frame), frame.columns * frame.rows))
        heights = np.broadcast_to(height, len(obstacles))[found.origin]
        return cls(_grid(found, np.ascontiguousarray(heights), frame))

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self.grid.box)

    def with_height(self, height_m: float) -> Walls:
        """Return the same obstacles, all of one height."""
        return Walls(self.grid._replace(height_m=np.full(len(self), float(height_m))))

    def polygons(self, chosen: Ints) -> Geometries:
        """Return parts as Polygons, outer rings counter-clockwise."""
        grid = self.grid
        return polygons(*rings_of(grid.xy, grid.corner, grid.rings, np.asarray(chosen, dtype=np.intp)))

    def near(self, spot: shapely.Point, distance_m: float) -> Ints:
        """Return the parts no farther from a point than a distance, ascending."""
        found = np.unique(boxes_near(self.grid, (spot.x, spot.y), distance_m))
        return np.asarray(found[shapely.dwithin(self.polygons(found), spot, distance_m)], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the cells lie."""

    west: float
    south: float
    cell_m: float
    columns: int
    rows: int


def _frame(box: Floats) -> _Frame:
    """Lay cells over where the bulk of the parts are; a stray one far off falls into a border cell."""
    if not len(box):
        return _Frame(0.0, 0.0, 1.0, 1, 1)
    middle = (box[:, :2] + box[:, 2:]) / 2.0
    low, high = np.quantile(middle, [0.02, 0.98], axis=0)
    margin = np.maximum(0.25 * (high - low), 1.0)
    low, high = np.maximum(low - margin, middle.min(axis=0)), np.minimum(high + margin, middle.max(axis=0))
    width, depth = np.maximum(high - low, 1.0)
    cell = max(_SPACINGS * float(np.sqrt(width * depth / len(box))), float(max(width, depth)) / 20_000.0)
    while width / cell * depth / cell > 4.0 * len(box) + _SPARE_CELLS:
        cell *= 1.5
    return _Frame(float(low[0]), float(low[1]), cell, int(width / cell) + 1, int(depth / cell) + 1)


def _cells(corners: Floats, frame: _Frame) -> NDArray[np.int32]:
    column = np.clip((corners[:, 0] - frame.west) // frame.cell_m, 0, frame.columns - 1)
    row = np.clip((corners[:, 1] - frame.south) // frame.cell_m, 0, frame.rows - 1)
    return np.asarray(row * frame.columns + column, dtype=np.int32)


@compiled
def _in_order(box: Floats, cell: NDArray[np.int32], cells: int) -> Ints:
    """Return the parts by cell and, within one, by their box: west, south, east, north; as they come if all agree."""
    free = np.zeros(cells + 1, dtype=np.intp)
    for c in cell:
        free[c + 1] += 1
    free = np.cumsum(free)
    order = np.empty(len(cell), dtype=np.intp)
    for p in range(len(cell)):
        order[free[cell[p]]] = p
        free[cell[p]] += 1
    first = 0
    for c in range(cells):
        some = order[first : free[c]]
        first = free[c]
        if len(some) > _FEW:
            for axis in range(3, -1, -1):
                some[:] = some[np.argsort(box[some, axis], kind="mergesort")]
            continue
        for i in range(1, len(some)):
            part, k = some[i], i
            while k > 0 and _before(box, part, some[k - 1]):
                some[k] = some[k - 1]
                k -= 1
            some[k] = part
    return order


@inlined
def _before(box: Floats, p: int, q: int) -> bool:
    """Say whether part p comes before part q by their boxes."""
    for axis in range(4):
        if box[p, axis] != box[q, axis]:
            return bool(box[p, axis] < box[q, axis])
    return False


def _grid(found: Outlines, height_m: Floats, frame: _Frame) -> Grid:
    bare = Grid(
        found.xy,
        found.corner,
        found.rings,
        found.box,
        np.empty((len(found.box), 2), dtype=np.int32),
        height_m,
        frame.west,
        frame.south,
        frame.cell_m,
        frame.columns,
        frame.rows,
        np.zeros(frame.columns * frame.rows + 1, dtype=np.intp),
        np.empty(0, dtype=np.int32),
    )
    first, part = _fill(bare)
    return bare._replace(first=first, part=part)


@inlined
def cells_of(grid: Grid, box: Box) -> tuple[int, int, int, int]:
    """Return the first and last column and row that a box touches."""
    west, south, east, north = box
    top, last = grid.rows - 1, grid.columns - 1
    return (
        int(min(max((west - grid.west) // grid.cell_m, 0.0), last)),
        int(min(max((south - grid.south) // grid.cell_m, 0.0), top)),
        int(min(max((east - grid.west) // grid.cell_m, 0.0), last)),
        int(min(max((north - grid.south) // grid.cell_m, 0.0), top)),
    )


@compiled
def _fill(grid: Grid) -> tuple[Ints, NDArray[np.int32]]:
    """Return the lists of parts of the cells, by counting; write down the first cell of each part."""
    first = np.zeros(len(grid.first), dtype=np.intp)
    for p in range(len(grid.box)):
        west, south, east, north = grid.box[p]
        c0, r0, c1, r1 = cells_of(grid, (west, south, east, north))
        grid.cell[p, 0], grid.cell[p, 1] = c0, r0
        for r in range(r0, r1 + 1):
            for c in range(c0, c1 + 1):
                first[r * grid.columns + c + 1] += 1
    first = np.cumsum(first)
    free = first.copy()
    part = np.empty(first[-1], dtype=np.int32)
    for p in range(len(grid.box)):
        west, south, east, north = grid.box[p]
        c0, r0, c1, r1 = cells_of(grid, (west, south, east, north))
        for r in range(r0, r1 + 1):
            for c in range(c0, c1 + 1):
                cell = r * grid.columns + c
                part[free[cell]] = p
                free[cell] += 1
    return first, part


@inlined
def boxes_near(grid: Grid, spot: tuple[float, float], distance_m: float) -> Ints:
    """Return the parts whose box is no farther from a point than a distance, each once."""
    found = np.empty(16, dtype=np.intp)
    count = 0
    x, y = spot
    c0, r0, c1, r1 = cells_of(grid, (x - distance_m, y - distance_m, x + distance_m, y + distance_m))
    for r in range(r0, r1 + 1):
        for c in range(c0, c1 + 1):
            cell = r * grid.columns + c
            for k in range(grid.first[cell], grid.first[cell + 1]):
                p = grid.part[k]
                # A part that lies in several cells is taken in the first of them that is asked.
                if c != max(grid.cell[p, 0], c0) or r != max(grid.cell[p, 1], r0):
                    continue
                dx = max(grid.box[p, 0] - x, x - grid.box[p, 2], 0.0)
                dy = max(grid.box[p, 1] - y, y - grid.box[p, 3], 0.0)
                if dx * dx + dy * dy <= distance_m * distance_m:
                    if count == len(found):
                        grown = np.empty(2 * count, dtype=np.intp)
                        grown[:count] = found
                        found = grown
                    found[count] = p
                    count += 1
    return found[:count]
