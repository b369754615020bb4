"""The streets as a graph: corners and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StreetGraph:
    """Streets as edges between nodes, in the metric CRS of the alleys they were made of.

    xy            (n, 2) nodes, metres: corners, ends, and crossings of streets on the same level
    from_node     (m,) node at the start of each edge's line
    to_node       (m,) node at its end; an edge may lead back to its own start
    length_m      (m,) along the line, above 0
    kind          (m,) road, alley, footway or steps
    width_m       (m,) NaN where unknown
    oneway        (m,) 0 both ways or unknown, 1 along the line only, -1 against it only; for vehicles
    alley_id      (m,) the alley that the edge is a part of
    alley_from_m  (m,) where on the alley's line the edge starts; the edge runs along it, never against it
    lines         (m,) shapely LineStrings
    leads_on      (n,) the street goes on beyond the map here: who gets here has got away
    """

    xy: Floats
    from_node: Ints
    to_node: Ints
    length_m: Floats
    kind: NDArray[np.object_]
    width_m: Floats
    oneway: NDArray[np.int8]
    alley_id: Ints
    alley_from_m: Floats
    lines: NDArray[Any]
    leads_on: NDArray[np.bool_]


def street_graph(
    alleys: gpd.GeoDataFrame,
    *,
    snap_m: float = 0.5,
    outline: BaseGeometry | None = None,
    border_m: float = 15.0,
) -> StreetGraph:
    """Make the graph of the streets: footways, stairs and dead ends included.

    alleys    `spatial.frames.ALLEYS`, LineStrings or MultiLineStrings, and, where the source tells them, `oneway`
              (-1, 0, 1) and `level` (whole numbers, 0 is the ground); what is missing or null is both ways, level 0
    snap_m    ends of streets this near to each other are one corner, whatever their levels; an end this near to
              the middle of a street of its own level joins it there
    outline   the district; a dead end within `border_m` of its border leads on. None: no dead end does
    Streets of one level that cross are joined where they cross; those of different levels only at a shared end.
    A level that nobody told is the ground, so that a bridge not told as one joins the street below: this opens
    ways, it never closes any.
    Raises    MissingColumn, NotMetric, BadGeometry; OutOfRange for a snap or border that is not zero or more
    """
    raise NotImplementedError
