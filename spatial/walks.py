"""Ways along the streets between places on them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import KDTree

from spatial.errors import MissingColumn
from spatial.frames import ALLEYS, require

Floats = NDArray[np.float64]

# Ends of streets nearer than this are one corner.
_CORNER_M = 0.1


def ways_between(places: pd.DataFrame, alleys: gpd.GeoDataFrame) -> Floats:
    """Return the shortest ways (n, n), metres, between places on streets, along the streets, both ways alike.

    places   alley_id and offset_m, metres from the start of the line, as `samples.sample_alleys` gives them
    alleys   the frame contract ALLEYS; streets meet where their ends do
    Returns  infinity where no street leads
    Raises   MissingColumn; KeyError for a place on a street that is not there
    """
    require(alleys, ALLEYS)
    if absent := {"alley_id", "offset_m"} - set(places.columns):
        raise MissingColumn(f"places lack {', '.join(sorted(absent))}")
    lines = alleys.geometry.to_numpy()
    row = pd.Series(np.arange(len(alleys)), index=alleys["alley_id"])
    ends = np.concatenate(
        [shapely.get_coordinates(shapely.get_point(lines, k)).reshape(-1, 2) for k in (0, -1)]
    )
    corner = _corners(ends)
    count, streets = int(corner.max(initial=-1)) + 1, len(alleys)
    stops = pd.DataFrame(
        {
            "street": np.concatenate(
                [np.tile(np.arange(streets), 2), row.loc[places["alley_id"]].to_numpy()]
            ),
            "at_m": np.concatenate(
                [np.zeros(streets), shapely.length(lines), places["offset_m"].to_numpy(float)]
            ),
            "node": np.concatenate([corner, count + np.arange(len(places))]),
        }
    ).sort_values(["street", "at_m"], kind="stable")
    street, at, node = (stops[name].to_numpy() for name in ("street", "at_m", "node"))
    joined = street[1:] == street[:-1]
    # Two stops at one spot are joined all the same: csgraph takes no way of length 0 for one.
    length = np.maximum(np.diff(at)[joined], 1e-9)
    graph = _shortest(node[:-1][joined], node[1:][joined], length, count + len(places))
    wanted = count + np.arange(len(places))
    return np.asarray(dijkstra(graph, directed=False, indices=wanted)[:, wanted]).reshape(
        len(places), len(places)
    )


def _corners(ends: Floats) -> NDArray[np.int64]:
    """Return the corner (n,) of each end of a street: ends near each other are one, also by way of a third."""
    near = KDTree(ends).query_pairs(_CORNER_M, output_type="ndarray")
    graph = sp.csr_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(ends), len(ends)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _shortest(start: NDArray[np.int64], end: NDArray[np.int64], length: Floats, size: int) -> sp.csr_array:
    """Return the graph of the ways; of two between the same stops the shorter."""
    edges = pd.DataFrame({"a": np.minimum(start, end), "b": np.maximum(start, end), "m": length})
    edges = edges[edges["a"] != edges["b"]].sort_values("m").drop_duplicates(["a", "b"])
    return sp.csr_array((edges["m"], (edges["a"], edges["b"])), shape=(size, size))
