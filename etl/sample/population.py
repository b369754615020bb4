"""Write who lives where: residents by squares of 100 m, as the statistics office gives them, all invented."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.sample.district import District
from etl.sample.ground import CRS
from etl.sample.written import write_geojson

# Drawn from a stream of its own, so that what other files tell stays as it is.
STREAM = 10
_DAY = "2013-11-01"
_SIDE_M = 100.0
# Floor space of dwellings a person, and the share of a house that is lived in.
_M2_A_PERSON = 38.0
_LIVED_IN = {"house": 0.75, "tower": 0.8, "shop": 0.12, "campus": 0.0}
# The office withholds squares of fewer persons.
_LEAST = 5


def write_population(folder: Path, district: District, seed: int) -> Path:
    """Write the residents of each square of 100 m that has five or more, and return the path."""
    rng = np.random.default_rng([seed, STREAM])
    homes = district.buildings
    floor_m2 = homes.geometry.area.to_numpy() * homes["floors"].to_numpy()
    persons = rng.poisson(floor_m2 * homes["use"].map(_LIVED_IN).to_numpy(dtype=float) / _M2_A_PERSON)
    middles = homes.geometry.centroid
    cells = pd.DataFrame(
        {
            "column": np.floor(middles.x.to_numpy() / _SIDE_M).astype(int),
            "row": np.floor(middles.y.to_numpy() / _SIDE_M).astype(int),
            "val": persons,
        }
    )
    squares = cells.groupby(["row", "column"], as_index=False)["val"].sum()
    squares = squares[squares["val"] >= _LEAST].reset_index(drop=True)
    west, south = squares["column"].to_numpy() * _SIDE_M, squares["row"].to_numpy() * _SIDE_M
    shapes = gpd.GeoSeries(shapely.box(west, south, west + _SIDE_M, south + _SIDE_M), crs=CRS)
    rows = [
        # Numbered from the plane's corner, so that no number is negative.
        {"gid": f"가상{column + 500:03d}{row + 500:03d}", "val": int(val), "date": _DAY}
        for row, column, val in squares[["row", "column", "val"]].itertuples(index=False)
    ]
    return write_geojson(folder / "population.geojson", rows, shapes)
