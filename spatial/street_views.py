"""Which camera sees which stretch of street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spatial.streets import Floats, Ints, StreetGraph


@dataclass(frozen=True, slots=True, eq=False)
class StreetViews:
    """Stretches of edges that cameras see, a row a stretch; the same stretch may be seen by many.

    camera_id  (k,)
    aim_id     (k,) which aim of the camera sees it; a camera can hold one aim at a time, all of a fixed one are alike
    edge       (k,) row of the graph's edges
    from_m     (k,) along the edge, below to_m
    to_m       (k,)
    certain    (k,) the camera certainly sees it at the class asked for; an assumed aim never does
    """

    camera_id: Ints
    aim_id: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats
    certain: NDArray[np.bool_]

    def of(self, rows: NDArray[np.bool_] | Ints) -> StreetViews:
        """Return some of the rows."""
        raise NotImplementedError


def street_views(graph: StreetGraph, seen: pd.DataFrame, *, least_m: float = 0.0) -> StreetViews:
    """Lay what is seen of alleys on the edges of the graph.

    seen     camera_id, aim_id, alley_id, from_m, to_m (metres along the alley's line) and, if some are not, certain
    least_m  shorter stretches of an edge are left out
    Alleys that the graph lacks are left out. Returns rows in the order of camera, aim, edge and from_m, stretches of
    the same aim that touch or overlap on an edge made one.
    Raises   MissingColumn; OutOfRange where to_m < from_m
    """
    raise NotImplementedError
