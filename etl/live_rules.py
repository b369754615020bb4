"""What a district says of live incidents: read from its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveRules:
    """What is live.

    open_hours  an incident that nobody closed is open for so long after it was reported
    """

    open_hours: float = 24.0

    def __post_init__(self) -> None:
        if not 0 < self.open_hours <= 720:
            raise ValueError(f"open_hours must be above 0 and at most 720, not {self.open_hours}")
