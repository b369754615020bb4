"""Named errors. The first of them is the root of every error the project raises on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class GolmokError(Exception):
    """Stand above every error that the project names."""


class SpatialError(GolmokError, ValueError):
    """Stand above what the spatial functions refuse."""


class WrongShape(SpatialError):
    """Arrays that should pair up do not, or have the wrong number of dimensions."""


class NotMetric(SpatialError):
    """A frame has no CRS, or one whose coordinates are not true metres on the ground."""


class MissingColumn(SpatialError):
    """A frame lacks a column that the function needs."""


class MissingValue(SpatialError):
    """A column holds an unknown where the function needs a value."""


class OutOfRange(SpatialError):
    """A number lies outside what is physically or logically possible."""


class UnknownClass(SpatialError):
    """A density class, a kind of camera or a standard's version is not in the table."""


class BadGeometry(SpatialError):
    """A geometry is of the wrong type, missing or not finite."""


class NoStreetNear(SpatialError):
    """No street that can be used lies near enough to a place."""

    def __init__(self, distance_m: float, *, within_m: float) -> None:
        self.distance_m = distance_m
        found = f"{distance_m:,.0f} m" if distance_m < float("inf") else "-"
        super().__init__(f"{found} > {within_m:,.0f} m")


class Contradiction(SpatialError):
    """No choice keeps all limits: these cannot be kept together, and any fewer of them could.

    names  p, budget, and groups, shares and caps by their names
    most   of each share among them: what can be seen at most while the others hold, and what it asks, in its unit
    least  of p and budget, if they are among them: what the others need at least
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        most: Mapping[str, tuple[float, float]] | None = None,
        least: Mapping[str, float] | None = None,
    ) -> None:
        self.names, self.most, self.least = list(names), dict(most or {}), dict(least or {})
        super().__init__(", ".join(names))


class NoPlanInTime(SpatialError):
    """No choice that keeps all limits was found in the time, nor was it proved that there is none."""
