"""The density of risk: a kernel over what happened, corrected for what lies beyond the district's border."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from shapely.geometry.base import BaseGeometry
from sklearn.neighbors import KernelDensity

from spatial.errors import OutOfRange, WrongShape
from spatial.frames import require_same_crs

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_M2_PER_KM2 = 1e6
# The kernel is taken at the corners of cells and read off between them: a fifth of the bandwidth apart that is within
# some 1 %, and the tree is asked for the corners near streets alone.
_CELLS_PER_BANDWIDTH = 5
_RELATIVE = 1e-3
# Far from every place a relative error is no use and takes the tree long: a thousandth of one place's peak will do.
_ABSOLUTE_IN_PEAKS = 1e-3
_REACH_IN_BANDWIDTHS = 5.0
# Where less of the kernel lies inside, a place is outside the district but for a sliver: dividing would make a few calls
# a hot place.
_LEAST_MASS = 0.1
# 200 MB of float64 in one grid; a whole country at once is a mistake, not a question.
_MOST_CELLS = 25_000_000


def density_per_km2(
    points: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    bandwidth_m: float = 50.0,
    weights: ArrayLike | None = None,
    within: gpd.GeoDataFrame | None = None,
) -> Floats:
    """Return the density of places, incidents for instance, at each point.

    A Gaussian kernel in plan (scikit-learn's KernelDensity) whose standard deviation is the bandwidth, taken on a grid
    and read off between its cells: within 2 % of the exact sum.

    points   (n,) where to read it
    places   (m,) points; rows without geometry are left out
    weights  (m,) of the places; None counts each as one
    within   areas outside which nothing is recorded, the district: the density is then divided by the part of the
             kernel that lies inside, so that it does not fall towards the border only because the records end there.
             The part counts as a tenth at least. None or zero rows: not corrected
    Returns  (n,) places per km²; uncorrected it integrates to the number (or weight) of places
    Raises   OutOfRange for a bandwidth that is not positive, or so small that the grid would not fit;
             WrongShape for weights of another length; NotMetric
    Source   P. J. Diggle, A kernel method for smoothing point process data, Applied Statistics 34 (1985) 138-147
    """
    require_same_crs(points, places)
    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0.0):
        raise OutOfRange(f"bandwidth_m must be positive, not {bandwidth_m}")
    weight = np.ones(len(places)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (len(places),):
        raise WrongShape(f"{weight.shape} weights for {len(places)} places")
    somewhere = ~(places.geometry.isna() | places.geometry.is_empty).to_numpy() & (weight > 0.0)
    source = shapely.get_coordinates(places.geometry.to_numpy()[somewhere])
    target = shapely.get_coordinates(points.geometry.to_numpy())
    if not len(target) or not len(source):
        return np.zeros(len(target))
    read = _read_off(target, _kernel(source, weight[somewhere], bandwidth_m), bandwidth_m)
    if within is not None and len(within):
        require_same_crs(points, within)
        read = read / np.maximum(mass_inside(points, within, bandwidth_m=bandwidth_m), _LEAST_MASS)
    return read * _M2_PER_KM2


def mass_inside(points: gpd.GeoDataFrame, within: gpd.GeoDataFrame, *, bandwidth_m: float) -> Floats:
    """Return the part (n,), 0..1, of a Gaussian kernel round each point that lies inside some areas.

    On a grid of a fifth of the bandwidth: within 0.005 of the exact integral. Raises OutOfRange for a grid too large
    """
    target = shapely.get_coordinates(points.geometry.to_numpy())
    if not len(target):
        return np.zeros(0)
    cell_m = bandwidth_m / _CELLS_PER_BANDWIDTH
    # On whole multiples of a cell, so that a place has one value whatever others are asked beside it.
    corner = np.floor((target.min(axis=0) - _REACH_IN_BANDWIDTHS * bandwidth_m) / cell_m) * cell_m
    shape = _cells(target.max(axis=0) + _REACH_IN_BANDWIDTHS * bandwidth_m - corner, cell_m)
    east, north = (corner[axis] + cell_m * np.arange(shape[axis]) for axis in (0, 1))
    area = shapely.union_all(within.geometry.to_numpy())
    smooth = gaussian_filter(
        _inside(area, east, north), _CELLS_PER_BANDWIDTH, mode="constant", truncate=_REACH_IN_BANDWIDTHS
    )
    read: Floats = map_coordinates(smooth, ((target - corner) / cell_m).T, order=1, mode="nearest")
    return np.clip(read, 0.0, 1.0)


def _inside(area: BaseGeometry, east: Floats, north: Floats) -> Floats:
    """Return the part, 0..1, of the cell round each corner of the grid that lies in the area.

    Only cells that the outline crosses are cut: the half of a border cell that lies outside would be a tenth of the
    kernel there.
    """
    shapely.prepare(area)
    x, y = np.meshgrid(east, north, indexing="ij")
    part = shapely.intersects_xy(area, x, y).astype(np.float64)
    half = (east[1] - east[0]) / 2.0
    outline = shapely.segmentize(area.boundary, half)
    at = shapely.get_coordinates(outline)
    index = np.rint((at - np.array([east[0], north[0]])) / (2.0 * half)).astype(np.int64)
    around = np.concatenate([index + step for step in np.ndindex(3, 3)]) - 1
    held = np.all((around >= 0) & (around < part.shape), axis=1)
    i, j = np.unique(around[held], axis=0).T
    cells = shapely.box(east[i] - half, north[j] - half, east[i] + half, north[j] + half)
    part[i, j] = shapely.area(shapely.intersection(area, cells)) / (2.0 * half) ** 2
    return part


def _kernel(source: Floats, weight: Floats, bandwidth_m: float) -> Callable[[Floats], Floats]:
    """Return the function that gives the summed kernels per m² at places (k, 2)."""
    # With weights the tree sums those of a node each time it looks at it: four times slower, so only where they differ.
    given = weight if np.ptp(weight) > 0.0 else None
    total = float(weight.sum())
    enough = _ABSOLUTE_IN_PEAKS * float(weight.min()) / (2.0 * np.pi * bandwidth_m**2) / total
    tree = KernelDensity(bandwidth=bandwidth_m, rtol=_RELATIVE, atol=enough)
    fitted = tree.fit(source, sample_weight=given)

    def at(xy: Floats) -> Floats:
        density: Floats = np.exp(fitted.score_samples(xy)) * total
        return density

    return at


def _read_off(target: Floats, kernel: Callable[[Floats], Floats], bandwidth_m: float) -> Floats:
    """Return the kernel at each place, straight between the four corners of its cell."""
    cell_m = bandwidth_m / _CELLS_PER_BANDWIDTH
    # Cells lie on whole multiples of their side, so that a place has one value whatever others are asked beside it.
    corner = np.floor(target.min(axis=0) / cell_m) * cell_m
    shape = _cells(target.max(axis=0) - corner, cell_m)
    at = (target - corner) / cell_m
    cell = np.minimum(np.floor(at).astype(np.int64), np.array(shape) - 2)
    part = at - cell
    corners = np.stack([_number(cell + step, shape) for step in _STEPS], axis=1)
    known, back = np.unique(corners, return_inverse=True)
    value = kernel(corner + cell_m * np.column_stack(np.unravel_index(known, shape)))
    share = np.stack([np.prod(np.abs(1 - step - part), axis=1) for step in _STEPS], axis=1)
    read: Floats = (value[back.reshape(corners.shape)] * share).sum(axis=1)
    return read


_STEPS = tuple(np.array(step) for step in ((0, 0), (0, 1), (1, 0), (1, 1)))


def _number(cell: Whole, shape: tuple[int, int]) -> Whole:
    return cell[:, 0] * shape[1] + cell[:, 1]


def _cells(spread: Floats, cell_m: float) -> tuple[int, int]:
    """Return how many corners a grid needs to hold a spread (2,) in metres. Raises OutOfRange for too many."""
    shape = (int(np.ceil(spread[0] / cell_m)) + 2, int(np.ceil(spread[1] / cell_m)) + 2)
    if shape[0] * shape[1] > _MOST_CELLS:
        raise OutOfRange(f"cells of {cell_m:g} m are too small for {spread.max() / 1000:.0f} km")
    return shape
