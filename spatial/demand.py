"""What is worth seeing: layers of risk at sample points, each scaled to 0..1, and their weighted mean.

A layer is scaled by two reference quantiles that the caller chooses, never by the least and the greatest value: one
odd place does not flatten all others. Scores compare with each other only where the references are the same: those
of one run with those of another do when the caller has kept the references of the first, else only their order
means something. No layer tells people apart by nationality.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import KDTree

from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.frames import require_same_crs

Floats = NDArray[np.float64]

_M2_PER_KM2 = 1e6
_CELLS_PER_BANDWIDTH = 5
# Spreading onto the grid and reading off it each blur by a sixth of a cell squared on average: the kernel is that
# much sharper, so that all together have the bandwidth asked for.
_KERNEL_CELLS = math.sqrt(_CELLS_PER_BANDWIDTH**2 - 2.0 / 6.0)
_REACH_IN_BANDWIDTHS = 5.0
# 200 MB of float64 in one grid; a whole country at once is a mistake, not a question.
_MOST_CELLS = 25_000_000


def density_per_km2(
    points: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    bandwidth_m: float = 50.0,
    weights: ArrayLike | None = None,
) -> Floats:
    """Return the density of places, incidents for instance, at each point.

    A Gaussian kernel in plan whose standard deviation is the bandwidth, summed on a grid and read off between
    its cells: linear in points and places, and where it is above a tenth of the peak within 2 % of the
    exact sum. Not corrected at the district's border.

    points   (n,) where to read it
    places   (m,) points; rows without geometry are left out
    weights  (m,) of the places; None counts each as one
    Returns  (n,) places per km²; it integrates to the number (or weight) of places
    Raises   OutOfRange for a bandwidth that is not positive, or so small that the grid would not fit;
             WrongShape for weights of another length; NotMetric
    """
    require_same_crs(points, places)
    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0.0):
        raise OutOfRange(f"bandwidth_m must be positive, not {bandwidth_m}")
    weight = np.ones(len(places)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (len(places),):
        raise WrongShape(f"{weight.shape} weights for {len(places)} places")
    somewhere = ~(places.geometry.isna() | places.geometry.is_empty).to_numpy()
    source = shapely.get_coordinates(places.geometry.to_numpy()[somewhere])
    target = shapely.get_coordinates(points.geometry.to_numpy())
    if not len(target) or not len(source):
        return np.zeros(len(target))
    cell_m = bandwidth_m / _CELLS_PER_BANDWIDTH
    corner = target.min(axis=0) - _REACH_IN_BANDWIDTHS * bandwidth_m
    spread = target.max(axis=0) + _REACH_IN_BANDWIDTHS * bandwidth_m - corner
    shape = tuple(int(cells) for cells in np.ceil(spread / cell_m) + 1)
    if shape[0] * shape[1] > _MOST_CELLS:
        raise OutOfRange(f"a bandwidth of {bandwidth_m} m is too small for {spread.max() / 1000:.0f} km")
    grid = _on_grid((source - corner) / cell_m, weight[somewhere], shape)
    smooth = gaussian_filter(grid, _KERNEL_CELLS, mode="constant", truncate=_REACH_IN_BANDWIDTHS)
    read: Floats = map_coordinates(smooth, ((target - corner) / cell_m).T, order=1, mode="constant")
    return read * (_M2_PER_KM2 / cell_m**2)


def reference_quantiles(
    values: ArrayLike, weights: ArrayLike | None = None, *, low: float = 0.05, high: float = 0.95
) -> tuple[float, float]:
    """Return the values below which a share `low` and `high` of the weight lies, to scale by.

    The smallest value at which the summed weight reaches the share. NaN, NaN where there is no weight.
    """
    value = np.asarray(values, dtype=np.float64)
    weight = np.ones_like(value) if weights is None else np.asarray(weights, dtype=np.float64)
    if value.shape != weight.shape:
        raise WrongShape(f"{weight.shape} weights for {value.shape} values")
    order = np.argsort(value, kind="stable")
    total = np.cumsum(weight[order])
    if not len(total) or not total[-1] > 0.0:
        return float("nan"), float("nan")
    at = np.minimum(np.searchsorted(total, np.array([low, high]) * total[-1]), len(total) - 1)
    lower, upper = value[order][at]
    return float(lower), float(upper)


def scaled(values: ArrayLike, reference: tuple[float, float]) -> Floats:
    """Return the values as 0..1: 0 at the lower reference and below, 1 at the upper and above.

    Where both references are one value, what exceeds it is 1, the rest 0. Raises OutOfRange if they are not two
    numbers in ascending order.
    """
    low, high = reference
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise OutOfRange(f"reference quantiles must ascend, not {reference}")
    value = np.asarray(values, dtype=np.float64)
    if low == high:
        return np.where(value > high, 1.0, 0.0)
    return np.clip((value - low) / (high - low), 0.0, 1.0)


def narrowness(
    width_m: ArrayLike, *, narrow_m: float = 2.0, wide_m: float = 8.0, unknown: float = 0.5
) -> Floats:
    """Return 1 for an alley of `narrow_m` or less, 0 from `wide_m` up, straight between; `unknown` for NaN."""
    width = np.asarray(width_m, dtype=np.float64)
    if not 0.0 <= narrow_m < wide_m:
        raise OutOfRange(f"narrow_m {narrow_m} must lie below wide_m {wide_m}")
    return np.where(np.isnan(width), unknown, np.clip((wide_m - width) / (wide_m - narrow_m), 0.0, 1.0))


def darkness(
    points: gpd.GeoDataFrame,
    lit: ArrayLike | None,
    lamps: gpd.GeoDataFrame | None,
    *,
    within_m: float = 15.0,
    unknown: float = 0.5,
) -> Floats:
    """Return 1 where it is dark at night, 0 where it is lit, `unknown` where nobody says.

    points  (n,) sample points
    lit     (n,) True, False or missing: what is known of the alley of each point; it wins over lamps
    lamps   points; an alley of unknown lighting is lit within `within_m` of one and dark elsewhere. None or
            zero rows: no lamp was ever loaded, so nothing is known from them
    """
    known = pd.array([pd.NA] * len(points) if lit is None else np.asarray(lit, dtype=object), dtype="boolean")
    if len(known) != len(points):
        raise WrongShape(f"{len(known)} of lit for {len(points)} points")
    dark = np.full(len(points), unknown)
    if lamps is not None and len(lamps) and len(points):
        require_same_crs(points, lamps)
        tree = KDTree(shapely.get_coordinates(lamps.geometry.to_numpy()))
        apart, _ = tree.query(shapely.get_coordinates(points.geometry.to_numpy()))
        dark = np.where(apart <= within_m, 0.0, 1.0)
    missing = np.asarray(known.isna())
    said = 1.0 - np.asarray(known.fillna(False), dtype=np.float64)
    return np.where(missing, dark, said)


def inside(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> Floats:
    """Return 1 for points in or on any of the areas (child zones, flood zones), else 0."""
    require_same_crs(points, areas)
    within = np.zeros(len(points))
    if len(areas) and len(points):
        _, point = points.sindex.query(areas.geometry.to_numpy(), predicate="intersects")
        within[point] = 1.0
    return within


def risk(layers: Mapping[str, ArrayLike], weights: Mapping[str, float]) -> Floats:
    """Return the weighted mean (n,), 0..1, of the layers at hand.

    layers   name -> (n,) values in 0..1
    weights  name -> zero or more. A weight whose layer is not at hand is left out and the others grow in
             proportion, so that a city without complaints still scores 0..1
    Raises   MissingColumn for a layer without weight, OutOfRange for values outside 0..1, or weights that are
             negative or sum to nothing, WrongShape for layers of different lengths
    """
    if absent := set(layers) - set(weights):
        raise MissingColumn(f"no weight for {', '.join(sorted(absent))}")
    total = sum(weights[name] for name in layers)
    if any(weights[name] < 0.0 for name in layers) or not total > 0.0:
        raise OutOfRange("the weights of the layers at hand must be zero or more, one of them positive")
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in layers.items()}
    if len({array.shape for array in arrays.values()}) > 1:
        raise WrongShape("layers of different lengths")
    for name, array in arrays.items():
        if not np.all((array >= 0.0) & (array <= 1.0)):
            raise OutOfRange(f"layer {name} leaves 0..1")
    parts = [array * (weights[name] / total) for name, array in arrays.items()]
    mean: Floats = np.clip(np.sum(parts, axis=0), 0.0, 1.0)
    return mean


def _on_grid(at: Floats, weight: Floats, shape: tuple[int, ...]) -> Floats:
    """Spread each place over the four cell centres round it, in proportion, so that its centre is kept."""
    held = np.all((at >= 0.0) & (at < np.array(shape) - 1.0), axis=1)
    base = np.floor(at[held]).astype(np.int64)
    part = at[held] - base
    grid = np.zeros(shape)
    for east in (0, 1):
        for north in (0, 1):
            side = np.abs(1 - east - part[:, 0]) * np.abs(1 - north - part[:, 1])
            np.add.at(grid, (base[:, 0] + east, base[:, 1] + north), weight[held] * side)
    return grid
