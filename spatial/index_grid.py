"""The usual way of siting, to hold a plan against: cells of 50 m ranked by an index, a camera in each of the worst.

Reproduced as the province of Chungnam computes it, faults and all, so that the comparison is with what is in use:
- a cell's own cameras count 0.9 + 0.6 + 0.1 = 1.6 each, because its rings are squares one inside the other, not rings;
- Min-Max makes a score depend on the best and worst cell at hand: two districts, or two years, can't be compared;
- a camera counts whichever way it looks and whatever stands before it, and covers its neighbours' cells too;
- cells are ranked once: the second worst is chosen although the camera in the worst one may see it;
- nothing bounds how far the choice is from the best one.
Its hourly part (a cell without passers-by in the hour counts as watched) needs footfall by the hour and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import uniform_filter

from spatial.errors import OutOfRange, WrongShape

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

CELL_M = 50.0
# What a camera adds to the cells at most d away (in cells, squarely), d = 0, 1, 2: 1 - 0.1 (d + 1)**2.
RINGS = (0.9, 0.6, 0.1)
SCORE = 10.0
_WHOLE = 100.0
_MOST_CELLS = 25_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells that hold demand, with the index of each.

    corner      (2,) metres: the south-west corner of cell (0, 0)
    at          (n, 2) column and row of each cell, from the south, west to east
    weak        (n,) sum of the layers' scores, each 0..10
    watched     (n,) score of the cameras in and round the cell, 0..10
    efficiency  (n,) 100 - max(0, weak - watched): the lower, the more a camera is wanted
    """

    corner: Floats
    at: Whole
    weak: Floats
    watched: Floats
    efficiency: Floats
    cell_m: float = CELL_M

    @property
    def centres(self) -> Floats:
        """Return the middle (n, 2) of each cell, metres."""
        return self.corner + (self.at + 0.5) * self.cell_m

    def worst_first(self) -> Whole:
        """Return the cells in the order of want, those that want none left out; equal ones from south-west."""
        order = np.argsort(self.efficiency, kind="stable")
        return order[self.efficiency[order] < _WHOLE]


def indexed(
    points: ArrayLike,
    layers: Mapping[str, ArrayLike],
    cameras: ArrayLike,
    *,
    metres: ArrayLike | None = None,
    cell_m: float = CELL_M,
) -> Cells:
    """Return the cells that hold demand points with the index of each.

    points   (n, 2) metres, x east, y north
    layers   name -> (n,) values of the layers of risk at the points, zero or more; a cell has their mean
    cameras  (c, 2) metres, of all that stand: an empty array for none
    metres   (n,) what each point weighs in its cell's mean; None: alike
    Raises   WrongShape for arrays that do not pair up, OutOfRange for a cell that is not positive or too small
    """
    xy, stand = _places(points), _places(cameras)
    weight = np.ones(len(xy)) if metres is None else np.asarray(metres, dtype=np.float64)
    given = {name: np.asarray(values, dtype=np.float64) for name, values in layers.items()}
    if any(values.shape != (len(xy),) for values in (weight, *given.values())):
        raise WrongShape(f"layers and metres must be ({len(xy)},), one for each point")
    if not (np.isfinite(cell_m) and cell_m > 0.0):
        raise OutOfRange(f"cell_m must be positive, not {cell_m}")
    if not len(xy):
        return Cells(np.zeros(2), np.empty((0, 2), dtype=np.int64), *(np.empty(0),) * 3, cell_m=cell_m)
    corner = np.floor(xy.min(axis=0) / cell_m) * cell_m
    cell = np.floor((xy - corner) / cell_m).astype(np.int64)
    rows, of_point = np.unique(cell[:, ::-1], axis=0, return_inverse=True)
    at, of_point = rows[:, ::-1], of_point.ravel()
    total = np.bincount(of_point, weights=weight)
    weak = np.zeros(len(at))
    for values in given.values():
        summed = np.bincount(of_point, weights=weight * values)
        weak += _scored(np.divide(summed, total, out=np.zeros(len(at)), where=total > 0.0))
    watched = _scored(_ringed(np.floor((stand - corner) / cell_m).astype(np.int64), at))
    return Cells(corner, at, weak, watched, _WHOLE - np.maximum(0.0, weak - watched), cell_m=cell_m)


def index_sites(cells: Cells, mounts: ArrayLike, *, p: int) -> tuple[Whole, Whole]:
    """Return the cells chosen, the worst first, and the mount of each: (k,) and (k,), k at most p.

    mounts  (m, 2) metres: where a pole may stand. A cell's camera stands on the mount in it that is nearest to its
            middle (the first of equally near ones); a cell without any is passed over for the next worst
    Raises  OutOfRange for a negative p
    """
    if p < 0:
        raise OutOfRange("p must be zero or more")
    xy = _places(mounts)
    number = {(int(column), int(row)): cell for cell, (column, row) in enumerate(cells.at)}
    inside = np.floor((xy - cells.corner) / cells.cell_m).astype(np.int64)
    cell = np.array([number.get((int(column), int(row)), -1) for column, row in inside], dtype=np.int64)
    held = np.flatnonzero(cell >= 0)
    apart = np.hypot(*(xy[held] - cells.centres[cell[held]]).T)
    order = held[np.lexsort((held, apart, cell[held]))]
    first = order[np.unique(cell[order], return_index=True)[1]]
    mount = np.full(len(cells.at), -1, dtype=np.int64)
    mount[cell[first]] = first
    wanted = cells.worst_first()
    chosen = wanted[mount[wanted] >= 0][:p]
    return chosen, mount[chosen]


def favourable_aims(
    cover: Any,  # scipy.sparse ships no types
    weights: ArrayLike,
    *,
    poles: ArrayLike,
    sites: ArrayLike,
    seen: ArrayLike | None = None,
) -> Whole:
    """Return the option (k,) to aim each site with, so that all together see much: the index says where, never whither.

    The usual way picks no heading. To be fair to it each site gets the aim that adds most, the most adding site
    first, and then the aims are changed one by one as long as that gains anything.
    cover    scipy.sparse (demand, option), nonzero where the option sees the demand
    weights  (demand,) what seeing it is worth
    poles    (option,) the pole that each option stands on
    sites    poles with a camera: one option each, in their order; -1 for a pole that has no option
    seen     (demand,) what is seen already, and counts for no one
    """
    columns = sp.csc_array(cover)
    weight = np.asarray(weights, dtype=np.float64)
    pole, wanted = np.asarray(poles), np.asarray(sites)
    if weight.shape != (columns.shape[0],) or pole.shape != (columns.shape[1],):
        raise WrongShape(f"{weight.shape} weights and {pole.shape} poles for a cover of {columns.shape}")
    worth = weight if seen is None else np.where(np.asarray(seen, dtype=bool), 0.0, weight)
    aims = [np.flatnonzero(pole == site) for site in wanted]
    watchers = np.zeros(len(worth), dtype=np.int64)
    chosen = np.full(len(wanted), -1, dtype=np.int64)
    left = [place for place, found in enumerate(aims) if len(found)]
    while left:
        gains = [_best(columns, worth, watchers, aims[place]) for place in left]
        most = max(range(len(left)), key=lambda each: gains[each][0])
        chosen[left[most]] = gains[most][1]
        watchers[_column(columns, gains[most][1])] += 1
        del left[most]
    _turned(columns, worth, watchers, (aims, chosen))
    return chosen


def _turned(columns: Any, worth: Floats, watchers: Whole, held: tuple[list[Whole], Whole]) -> None:
    """Change one aim at a time for a better one, in place, until none is better."""
    aims, chosen = held
    # Rounding could make two aims look better than each other for ever.
    least = float(worth.sum()) * 1e-12
    better = True
    while better:
        better = False
        for place in np.flatnonzero(chosen >= 0):
            own = _column(columns, int(chosen[place]))
            watchers[own] -= 1
            now = float(worth[own[watchers[own] == 0]].sum())
            gain, aim = _best(columns, worth, watchers, aims[place])
            if gain > now + least:
                chosen[place], better = aim, True
            watchers[_column(columns, int(chosen[place]))] += 1


def _best(columns: Any, worth: Floats, watchers: Whole, options: Whole) -> tuple[float, int]:
    """Return the greatest gain among the options, and the first option that has it."""
    rows = [_column(columns, int(option)) for option in options]
    gains = [float(worth[own[watchers[own] == 0]].sum()) for own in rows]
    most = int(np.argmax(gains))
    return gains[most], int(options[most])


def _column(columns: Any, option: int) -> Whole:
    rows: Whole = columns.indices[columns.indptr[option] : columns.indptr[option + 1]]
    return rows


def _ringed(cameras: Whole, at: Whole) -> Floats:
    """Return what the cameras (c, 2 cells) add to each cell (n, 2)."""
    reach = len(RINGS) - 1
    low = at.min(axis=0) - reach
    shape = tuple(int(each) for each in at.max(axis=0) + reach + 1 - low)
    if shape[0] * shape[1] > _MOST_CELLS:
        raise OutOfRange(f"{shape[0]:,} x {shape[1]:,} cells are too many: a larger cell_m is needed")
    stand = cameras - low
    near = np.all((stand >= 0) & (stand < shape), axis=1)
    count = np.zeros(shape)
    np.add.at(count, tuple(stand[near].T), 1.0)
    total = np.zeros(shape)
    for ring, worth in enumerate(RINGS):
        side = 2 * ring + 1
        # The filter gives the mean of the square; its sum is a whole number of cameras.
        total += worth * np.round(uniform_filter(count, side, mode="constant") * side**2)
    found: Floats = total[tuple((at - low).T)]
    return found


def _scored(values: Floats) -> Floats:
    """Return the values from 0 at their least to 10 at their greatest; 0 where all are alike."""
    low, high = float(values.min()), float(values.max())
    return np.zeros(len(values)) if high == low else SCORE * (values - low) / (high - low)


def _places(given: ArrayLike) -> Floats:
    xy = np.asarray(given, dtype=np.float64)
    if not xy.size:
        return np.empty((0, 2))
    if xy.ndim != 2 or xy.shape[1] != 2:
        raise WrongShape(f"places must be (n, 2), not {xy.shape}")
    return xy
