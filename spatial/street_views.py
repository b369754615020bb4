"""Which camera sees which stretch of street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spatial.errors import MissingColumn, OutOfRange
from spatial.streets import ROUNDING_M, Floats, Ints, StreetGraph


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
        return StreetViews(
            self.camera_id[rows],
            self.aim_id[rows],
            self.edge[rows],
            self.from_m[rows],
            self.to_m[rows],
            self.certain[rows],
        )


def street_views(graph: StreetGraph, seen: pd.DataFrame, *, least_m: float = 0.0) -> StreetViews:
    """Lay what is seen of alleys on the edges of the graph.

    seen     camera_id, aim_id, alley_id, from_m, to_m (metres along the alley's line) and, if some are not, certain
    least_m  shorter stretches of an edge are left out
    Alleys that the graph lacks are left out. Returns rows in the order of camera, aim, edge and from_m; certain
    stretches of the same aim that touch or overlap on an edge are one, and so are those that are not certain.
    Raises   MissingColumn; OutOfRange where to_m < from_m
    """
    wanted = ["camera_id", "aim_id", "alley_id", "from_m", "to_m"]
    if absent := set(wanted) - set(seen.columns):
        raise MissingColumn(f"what is seen lacks {', '.join(sorted(absent))}")
    if (seen["to_m"] < seen["from_m"]).any():
        raise OutOfRange("a stretch that is seen must not end before it starts")
    certain = seen["certain"] if "certain" in seen.columns else True
    edges = pd.DataFrame(
        {
            "alley_id": graph.alley_id,
            "edge": np.arange(len(graph.length_m)),
            "start_m": graph.alley_from_m,
            "length_m": graph.length_m,
        }
    )
    rows = seen[wanted].assign(certain=certain).merge(edges, on="alley_id")
    rows["from_m"] = (rows["from_m"] - rows["start_m"]).clip(lower=0.0)
    rows["to_m"] = np.minimum(rows["to_m"] - rows["start_m"], rows["length_m"])
    rows = _joined(rows[rows["to_m"] - rows["from_m"] > ROUNDING_M])
    rows = rows[rows["to_m"] - rows["from_m"] >= least_m]
    return StreetViews(
        rows["camera_id"].to_numpy(np.int64),
        rows["aim_id"].to_numpy(np.int64),
        rows["edge"].to_numpy(np.int64),
        rows["from_m"].to_numpy(float),
        rows["to_m"].to_numpy(float),
        rows["certain"].to_numpy(bool),
    )


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Return stretches of the same aim and certainty on an edge that touch or overlap as one."""
    key = ["camera_id", "aim_id", "edge", "certain"]
    rows = rows.sort_values([*key, "from_m"], ignore_index=True)
    if rows.empty:
        return rows
    # The farthest end so far, by group: a long stretch may hold several short ones.
    reached = rows.groupby(key)["to_m"].cummax()
    fresh = rows.duplicated(key).to_numpy() & (rows["from_m"] <= reached.shift() + ROUNDING_M).to_numpy()
    block = np.cumsum(~fresh)
    joined = rows.groupby(block).agg(dict.fromkeys([*key, "from_m"], "first") | {"to_m": "max"})
    return joined.sort_values(["camera_id", "aim_id", "edge", "from_m"], ignore_index=True)
