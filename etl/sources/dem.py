"""Terrain: a GeoTIFF of elevations, or a list of heights in JSON."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import rasterio
from affine import Affine
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from etl.reading import looks_like_json, read_bytes, read_json
from etl.reasons import InputRefused
from etl.rows import Reading
from etl.terrain import Raster


def read(file: Path) -> Reading:
    """Return one row as table `terrain`: the raster as it is, in its own CRS. Raises InputRefused."""
    read_bytes(file)
    if looks_like_json(file):
        raster, form = _from_json(file), "json-heights"
    else:
        raster, form = _from_tiff(file), "geotiff"
    index = pd.Index([1], name="row_no")
    rows = pd.DataFrame({"raster": pd.Series([raster], index=index, dtype=object),
                         "size": pd.Series([str(raster)], index=index, dtype="str")})  # fmt: skip
    return Reading(tables={"terrain": rows}, form=form, crs=raster.crs)


def _from_tiff(file: Path) -> Raster:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", NotGeoreferencedWarning)
            return _raster(file)
    except NotGeoreferencedWarning:
        raise InputRefused("WRONG_CONTENT", "the raster does not say where it lies") from None
    except RasterioError as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error


def _raster(file: Path) -> Raster:
    with rasterio.open(file) as source:
        values = source.read(1).astype(np.float32)
        if source.nodata is not None:
            values[values == np.float32(source.nodata)] = np.nan
        stated = source.crs
        system = None if stated is None else (stated.to_epsg() or stated.to_wkt())
        return Raster(values, source.transform, system)


def _from_json(file: Path) -> Raster:
    value, _ = read_json(file)
    try:
        if not isinstance(value, dict):
            raise TypeError("no object")
        bounds, height, width = value["bounds"], int(value["rows"]), int(value["columns"])
        if min(height, width) < 2:
            raise ValueError("fewer than two rows or columns")
        values = np.asarray(value["values"], dtype=np.float32).reshape(height, width)
        edges = [float(bounds[name]) for name in ("west", "south", "east", "north")]
        if not np.isfinite(edges).all() or edges[0] >= edges[2] or edges[1] >= edges[3]:
            raise ValueError("the bounds enclose nothing")
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputRefused("WRONG_CONTENT", f"no grid of heights: {error}") from error
    # The outer values lie on the bounds: cells reach half a step beyond. Row 0 is north.
    half_x = (edges[2] - edges[0]) / (width - 1) / 2
    half_y = (edges[3] - edges[1]) / (height - 1) / 2
    cells = Affine(2 * half_x, 0.0, edges[0] - half_x, 0.0, -2 * half_y, edges[3] + half_y)
    return Raster(values, cells, 4326)
