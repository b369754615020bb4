"""What each purpose's cameras see of the alleys alone, and what nobody but they sees: frames in, JSON-ready rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.ranges import UNKNOWN, Row, number, ranged
from spatial import coverage
from spatial.sightings import Sightings

if TYPE_CHECKING:
    from app.figures import Gauge

_ONLY: Row = {"share": None, "low": None, "high": None}


def purposes(gauge: Gauge, *, blocked: str | None) -> list[Row]:
    """Return a row a purpose, the largest first: purpose, cameras, share, low, high, certain, possible, only.

    share    of all metres of alley, by the cameras that are registered for this purpose first, whatever else they serve
    only     share, low and high of the metres that no camera of another purpose sees: the network's share less that of
             the others, drawn alike, so that a camera looks the same way in both
    blocked  the code of what keeps the share of alleys from being said; the shares are null then
    """
    cameras = gauge.world.cameras
    if cameras.empty:
        return []
    rows = [
        {"purpose": str(purpose), "cameras": len(ids), **_seen(gauge, ids, blocked=blocked)}
        for purpose, ids in cameras.groupby("purpose")["camera_id"]
    ]
    return sorted(rows, key=lambda row: (-row["cameras"], row["purpose"]))


def _seen(gauge: Gauge, camera_ids: pd.Series, *, blocked: str | None) -> Row:
    if blocked:
        return {**UNKNOWN, "only": dict(_ONLY)}
    found, weights = gauge.found("alleys"), gauge.points("alleys")["weight"].to_numpy()
    own = found.only(camera_ids)
    every = gauge.world.cameras["camera_id"]
    # Where none of them may look there is nothing that only they see.
    here = found.within(own.possibly_seen())
    there = here.only(every[~every.isin(camera_ids)])
    seen = ranged(coverage.share(own, weights, gauge.headings))
    return seen | {"only": _more(gauge, (here, there), weights)}


def _more(gauge: Gauge, pair: tuple[Sightings, Sightings], weights: NDArray[np.float64]) -> Row:
    """Return by how much the share seen is more of the first than of the second; the ends are drawn figures, outward."""
    (first, most), (second, least) = (
        (drawn, coverage.share_of_draws(found, weights, drawn).share)
        for found in pair
        for drawn in (coverage.shares_by_draw(found, weights, gauge.headings),)
    )
    more, apart = most - least, first - second
    low = float(np.percentile(apart, 2.5, method="lower"))
    high = float(np.percentile(apart, 97.5, method="higher"))
    # Sums of cells may differ by a rounding: nobody takes sight away.
    ends = {"share": more, "low": min(low, more), "high": max(high, more)}
    return {name: number(max(0.0, value)) for name, value in ends.items()}
