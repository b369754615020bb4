"""Sums that were taken before and may serve again, by the digest of all that they were taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kept:
    """Sums by digest: those of before, and those that were asked for since, whether they were there or not.

    What is in `now` and not in `before` was taken anew; what is in `before` and not in `now` is of no use any more.
    """

    before: Mapping[str, Floats] = field(default_factory=dict)
    now: dict[str, Floats] = field(default_factory=dict)

    def of(self, digest: str, take: Callable[[], Floats]) -> Floats:
        """Return the sums of a digest; only if they are not there are they taken."""
        if digest not in self.now:
            known = self.before.get(digest)
            self.now[digest] = take() if known is None else known
        return self.now[digest]
