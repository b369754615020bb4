"""What a layer of risk is scaled by, frozen on a day. A value alone, so that who reads it waits for no geometry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime

from spatial.errors import OutOfRange


@dataclass(frozen=True, slots=True)
class Reference:
    """What a layer was scaled by on a day that was frozen: scores with the same references compare with each other.

    low, high   the 5 % and 95 % quantiles by metre of street, in the layer's own unit
    method      how the layer was taken, its bandwidth for instance: another method is no longer this reference's
    base_from, base_to  the first and the last day of what it was taken from
    rows        how many rows that was
    source      what the rows are of
    """

    low: float
    high: float
    method: str
    frozen_at: datetime
    base_from: date
    base_to: date
    rows: int
    source: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise OutOfRange(f"reference quantiles must ascend, not {(self.low, self.high)}")
