"""Sample points: the weighted stand-ins of every denominator, metres of alley or square metres of ground."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from spatial.crs import require_metric
from spatial.errors import BadGeometry, MissingColumn, OutOfRange
from spatial.frames import require_same_crs
from spatial.ground import Tiles, open_ground

# A length that is a whole number of steps but for rounding keeps that number of pieces.
_ROUNDING = 1e-9


def sample_alleys(alleys: gpd.GeoDataFrame, *, step_m: float = 1.0) -> gpd.GeoDataFrame:
    """Cut each alley into equal pieces of at most `step_m` and return the middle of each.

    alleys   alley_id and LineStrings, metric CRS
    Returns  alley_id, offset_m (of the middle, along the alley), weight (metres of the piece) and the point;
             alley by alley, ascending. The weights of an alley sum to its length; one without length has none.
    Raises   BadGeometry for another type, OutOfRange if step_m is not positive, MissingColumn, NotMetric
    """
    _require_step(step_m)
    crs = require_metric(alleys.crs)
    if "alley_id" not in alleys.columns:
        raise MissingColumn("alleys lack alley_id")
    lines = alleys.geometry.to_numpy()
    if not np.all(shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING):
        raise BadGeometry("alleys to sample must be LineStrings")
    length = shapely.length(lines)
    pieces = np.ceil(length / step_m - _ROUNDING).astype(np.int64)
    pieces[(pieces < 1) & (length > 0.0)] = 1
    alley = np.repeat(np.arange(len(lines)), pieces)
    first = np.repeat(np.cumsum(pieces) - pieces, pieces)
    weight = (length / np.maximum(pieces, 1))[alley]
    offset = (np.arange(len(alley)) - first + 0.5) * weight
    return gpd.GeoDataFrame(
        {"alley_id": alleys["alley_id"].to_numpy()[alley], "offset_m": offset, "weight": weight},
        geometry=shapely.line_interpolate_point(lines[alley], offset),
        crs=crs,
    )


def sample_area(
    areas: gpd.GeoDataFrame,
    *,
    step_m: float = 5.0,
    open_to: gpd.GeoDataFrame | None = None,
    key: str | None = None,
    kept: Tiles | None = None,
) -> gpd.GeoDataFrame:
    """Lay a grid over the ground of each area, less the footprints in `open_to`.

    areas    Polygons or MultiPolygons, metric CRS; each is sampled on its own, so areas may overlap
    step_m   side of a cell; the lines of the grid lie on whole multiples of it, whatever the area
    open_to  buildings whose ground is not open; None leaves the whole area
    key      a column of `areas` that each point carries; None carries the row's index label as `area`
    kept     tiles of open ground worked out before (`spatial.ground`); what is missing is put in, nothing is forgotten
    Returns  the key, weight (m²) and the point. The weights of an area sum exactly to its open ground (all its
             points weigh the same); the shares of parts of it are as fine as the grid. An area that no cell
             centre falls into is one point within it; one without open ground has no points.
    Raises   OutOfRange if step_m is not positive, NotMetric, MissingColumn
    """
    _require_step(step_m)
    crs = require_metric(areas.crs)
    if key is not None and key not in areas.columns:
        raise MissingColumn(f"areas lack {key}")
    if open_to is not None and len(open_to):
        require_same_crs(areas, open_to)
    tiles: Tiles = {} if kept is None else kept
    found = [_open(area, open_to, step_m=step_m, kept=tiles) for area in areas.geometry]
    place = np.concatenate([*(grid for grid, _ in found), np.empty((0, 2))])
    count = np.array([len(grid) for grid, _ in found], dtype=np.int64)
    owner = np.repeat(np.arange(len(found)), count)
    open_m2 = np.array([area_m2 for _, area_m2 in found], dtype=np.float64)
    weight = (open_m2 / np.maximum(count, 1))[owner]
    label = areas.index.to_numpy() if key is None else areas[key].to_numpy()
    return gpd.GeoDataFrame(
        {key or "area": label[owner], "weight": weight}, geometry=shapely.points(place), crs=crs
    )


def weigh_alike(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the places, incidents for instance, each with weight 1; index and columns stay."""
    require_metric(places.crs)
    return places.assign(weight=np.ones(len(places)))


def groups_of(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, key: str) -> pd.Series:
    """Return which area (its `key`) each point lies in, the first row of `areas` winning on a shared border.

    Returns  a Series named `key` on the index of the points; missing where no area holds the point
    """
    require_same_crs(points, areas)
    row, column = points.sindex.query(areas.geometry.to_numpy(), predicate="intersects")
    owner = np.full(len(points), len(areas), dtype=np.int64)
    np.minimum.at(owner, column, row)
    label = pd.Series([*areas[key], None], dtype=object)
    return pd.Series(label.to_numpy()[owner], index=points.index, name=key)


def _require_step(step_m: float) -> None:
    if not (np.isfinite(step_m) and step_m > 0.0):
        raise OutOfRange(f"step_m must be positive, not {step_m}")


def _open(
    area: BaseGeometry, open_to: gpd.GeoDataFrame | None, *, step_m: float, kept: Tiles
) -> tuple[NDArray[np.float64], float]:
    """Return the centres (n, 2) of the cells on open ground and its area; one inner point if no centre lies there."""
    grid, open_m2 = open_ground(area, open_to, step_m=step_m, kept=kept)
    if len(grid) or open_m2 == 0.0:
        return grid, open_m2
    return shapely.get_coordinates(_less(area, open_to).representative_point()), open_m2


def _less(area: BaseGeometry, open_to: gpd.GeoDataFrame | None) -> BaseGeometry:
    """Return the area without the footprints that touch it."""
    if open_to is None or not len(open_to):
        return area
    touching = np.sort(open_to.sindex.query(area, predicate="intersects"))
    return shapely.difference(area, shapely.union_all(open_to.geometry.to_numpy()[touching]))
