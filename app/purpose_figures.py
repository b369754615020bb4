"""What each purpose's cameras see of the alleys alone, and what nobody but they sees: frames in, JSON-ready rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.ranges import UNKNOWN, Row, number, ranged
from spatial import coverage

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
    every = gauge.world.cameras["camera_id"]
    own = ranged(coverage.share(found.only(camera_ids), weights, gauge.headings))
    return own | {"only": _only(gauge, every[~every.isin(camera_ids)], weights)}


def _only(gauge: Gauge, others: pd.Series, weights: NDArray[np.float64]) -> Row:
    """Return by how much the share of alleys is more than what the others see; the ends are drawn figures, outward."""
    found = gauge.found("alleys").only(others)
    drawn = coverage.shares_by_draw(found, weights, gauge.headings)
    more = gauge.share("alleys").share - coverage.share_of_draws(found, weights, drawn).share
    apart = gauge.drawn("alleys") - drawn
    low = float(np.percentile(apart, 2.5, method="lower"))
    high = float(np.percentile(apart, 97.5, method="higher"))
    # Sums of cells may differ by a rounding from those of all: nobody takes sight away.
    ends = {"share": more, "low": min(low, more), "high": max(high, more)}
    return {name: number(max(0.0, value)) for name, value in ends.items()}
