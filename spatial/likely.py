"""Where a camera most likely looks, out of what is believed. Light: a click waits for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from spatial.errors import WrongShape

BIN_DEG = 5.0
BINS = 72


def likely_heading(heading_sums: Sequence[float], *, width_deg: float = 90.0) -> tuple[float, float]:
    """Return the middle of the sector that most likely holds the heading, degrees from north, and its chance.

    heading_sums   73 chances, 0 to 1, of a heading below each edge of bins of 5 degrees from north
    width_deg      of the sector, taken in whole bins
    Of equally likely sectors the one first from north. Raises WrongShape unless there are 73 sums.
    """
    sums = np.asarray(heading_sums, dtype=np.float64)
    if sums.shape != (BINS + 1,):
        raise WrongShape(f"{BINS + 1} sums of chances are needed, not {sums.shape}")
    wide = max(1, min(BINS, round(width_deg / BIN_DEG)))
    chances = np.diff(sums)
    held = np.convolve(np.concatenate([chances, chances[: wide - 1]]), np.ones(wide), "valid")
    # Sums differ by rounding: what is alike to nine digits is alike.
    first = int(np.argmax(np.round(held, 9)))
    return (first + wide / 2.0) * BIN_DEG % 360.0, float(held[first])
