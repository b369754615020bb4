"""The one clock of the computing part: how much is left of a time limit that the caller set."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


def countdown(limit_s: float) -> Callable[[], float]:
    """Return what tells the seconds that are left of a limit that starts now; 0 when it is over."""
    end_s = monotonic() + limit_s
    return lambda: max(end_s - monotonic(), 0.0)
