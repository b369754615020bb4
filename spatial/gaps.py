"""Gaps: maximal stretches of alley that no camera can see, whichever way it looks."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.ops import substring

from spatial.errors import MissingColumn, WrongShape
from spatial.frames import require_same_crs

GAP_COLUMNS = ("alley_id", "from_m", "to_m", "length_m", "risk", "risk_m")


def gaps(
    points: gpd.GeoDataFrame,
    seen: ArrayLike,
    alleys: gpd.GeoDataFrame,
    *,
    risk: ArrayLike | None = None,
    shortest_m: float = 0.0,
) -> gpd.GeoDataFrame:
    """Return the maximal unseen stretches of each alley, the greatest risk first.

    points      as `samples.sample_alleys` gives them, whole alleys in order
    seen        (points,) whether any camera may see the piece: `Sightings.possibly_seen()`
    alleys      alley_id and LineStrings
    risk        (points,) 0..1 of `demand.risk`; None ranks by length alone (risk 1)
    shortest_m  leaves out shorter stretches; at 0, unseen and seen metres sum to the whole
    Returns     alley_id, from_m, to_m (along the alley), length_m, risk (mean 0..1), risk_m (risk times metres,
                by which they are ranked) and the LineString. Stretches end where the alley ends.
    Raises      WrongShape if seen or risk do not match the points; MissingColumn, NotMetric
    """
    crs = require_same_crs(points, alleys)
    if absent := {"alley_id", "offset_m", "weight"} - set(points.columns):
        raise MissingColumn(f"points lack {', '.join(sorted(absent))}")
    blind = ~np.asarray(seen, dtype=bool)
    danger = np.ones(len(points)) if risk is None else np.asarray(risk, dtype=np.float64)
    if not len(points) == len(blind) == len(danger):
        raise WrongShape(f"{len(points)} points, {len(blind)} seen, {len(danger)} risks")
    found = _stretches(points, blind, danger)
    found = found[found["length_m"] >= shortest_m]
    found = found.sort_values(
        ["risk_m", "length_m", "alley_id", "from_m"], ascending=[False, False, True, True]
    )
    found = found.reset_index(drop=True)
    return gpd.GeoDataFrame(found, geometry=_cut(alleys, found), crs=crs)


def _stretches(
    points: gpd.GeoDataFrame, blind: NDArray[np.bool_], danger: NDArray[np.float64]
) -> pd.DataFrame:
    """Merge neighbouring blind pieces of one alley."""
    alley = points["alley_id"].to_numpy()
    metres = points["weight"].to_numpy(dtype=np.float64)
    middle = points["offset_m"].to_numpy(dtype=np.float64)
    fresh = np.ones(len(points), dtype=bool)
    fresh[1:] = (alley[1:] != alley[:-1]) | ~blind[:-1]
    run = np.cumsum(fresh & blind)[blind] - 1
    first = np.flatnonzero(fresh & blind)
    count = np.bincount(run, minlength=len(first))
    length = np.bincount(run, weights=metres[blind], minlength=len(first))
    risk_m = np.bincount(run, weights=(metres * danger)[blind], minlength=len(first))
    start = middle[first] - metres[first] / 2.0
    # From the count of equal pieces, not from the sum, so that the end of a blind alley is the alley's end.
    return pd.DataFrame(
        {
            "alley_id": alley[first],
            "from_m": np.maximum(start, 0.0),
            "to_m": start + count * metres[first],
            "length_m": length,
            "risk": risk_m / np.where(length > 0.0, length, 1.0),
            "risk_m": risk_m,
        },
        columns=list(GAP_COLUMNS),
    )


def _cut(alleys: gpd.GeoDataFrame, stretches: pd.DataFrame) -> NDArray[np.object_]:
    """Return the piece of alley of each stretch; shapely cuts lines one at a time only."""
    lines = dict(zip(alleys["alley_id"], alleys.geometry, strict=True))
    rows = zip(stretches["alley_id"], stretches["from_m"], stretches["to_m"], strict=True)
    cut = np.empty(len(stretches), dtype=object)
    for at, (alley, start, end) in enumerate(rows):
        cut[at] = substring(lines[alley], start, end)
    return shapely.force_2d(cut)
