"""What is worth seeing: layers of risk at sample points, each scaled to 0..1, and their weighted mean.

A layer is scaled by two reference quantiles that the caller chooses, never by the least and the greatest value: one
odd place does not flatten all others. Scores compare with each other only where the references are the same: those
of one run with those of another do when the caller has kept the references of the first, else only their order
means something. No layer tells people apart by nationality.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.frames import require_same_crs

Floats = NDArray[np.float64]


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


def near_lines(points: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, *, within_m: float) -> Floats:
    """Return 1 for points within `within_m` of any of the shapes (safe ways home, as lines or areas), else 0."""
    require_same_crs(points, lines)
    near = np.zeros(len(points))
    if len(lines) and len(points):
        _, point = points.sindex.query(lines.geometry.to_numpy(), predicate="dwithin", distance=within_m)
        near[point] = 1.0
    return near


def people_per_km2(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, weights: ArrayLike) -> Floats:
    """Return how densely people live at each point (n,), from areas with their number: cells of a census for instance.

    Where areas overlap their densities add up; 0 outside all. Raises WrongShape, NotMetric
    """
    require_same_crs(points, areas)
    number = np.asarray(weights, dtype=np.float64)
    if number.shape != (len(areas),):
        raise WrongShape(f"{number.shape} weights for {len(areas)} areas")
    dense = np.zeros(len(points))
    if len(areas) and len(points):
        area, point = points.sindex.query(areas.geometry.to_numpy(), predicate="intersects")
        np.add.at(dense, point, (number / areas.geometry.area.to_numpy())[area] * 1e6)
    return dense


def counts_by_street(alleys: gpd.GeoDataFrame, places: gpd.GeoDataFrame, *, within_m: float) -> Floats:
    """Return how many places (m points) have each street (n,) nearest, those farther than `within_m` from all left out."""
    require_same_crs(alleys, places)
    somewhere = places.geometry[~(places.geometry.isna() | places.geometry.is_empty)].to_numpy()
    if not len(alleys) or not len(somewhere):
        return np.zeros(len(alleys))
    _, street = alleys.sindex.nearest(somewhere, max_distance=within_m, return_all=False)
    return np.bincount(street, minlength=len(alleys)).astype(np.float64)


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
