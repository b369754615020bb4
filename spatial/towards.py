"""How a turning camera comes to look at a place: tilt, and the preset that lies next. Light to import."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees, floor, isfinite


def tilt_to_deg(distance_m: float, drop_m: float) -> float:
    """Return the tilt below the horizon at which a camera looks at a target, degrees; negative looks up.

    distance_m  in plan; drop_m: how much higher the camera is than the target, negative where it is lower
    """
    return degrees(atan2(drop_m, distance_m))


def off_deg(heading_deg: float, other_deg: float) -> float:
    """Return how far two headings lie apart, 0..180 degrees."""
    apart = abs(heading_deg - other_deg) % 360.0
    return min(apart, 360.0 - apart)


def nearest_heading(headings_deg: Sequence[float], wanted_deg: float) -> int | None:
    """Return the place of the heading next to the wanted one, the first of equals; None without any."""
    if not headings_deg:
        return None
    return min(range(len(headings_deg)), key=lambda each: off_deg(headings_deg[each], wanted_deg))


def between_middles(corners: tuple[float, float, float, float], *, east: float, south: float) -> float | None:
    """Return the height between the middles of four cells: bilinear; None where one of those that count is not known.

    corners      heights north-west, north-east, south-west, south-east, metres; NaN is unknown
    east, south  how far to the east and south of the first middle, in cells, 0..1
    """
    weights = ((1 - east) * (1 - south), east * (1 - south), (1 - east) * south, east * south)
    height_m = sum(weight * each for weight, each in zip(weights, corners, strict=True) if weight > 0.0)
    return height_m if isfinite(height_m) else None


def cell_before(cells: float, count: int) -> tuple[int, float]:
    """Return the cell whose middle lies before a place, and how far beyond it the place lies, in cells 0..1.

    cells  from the outer edge of the first cell; count of cells in that direction, at least 1
    In the outer half of the first and last cell the height is that of the rim: there is nothing to lean on.
    """
    along = min(max(cells - 0.5, 0.0), count - 1.0)
    first = min(floor(along), max(count - 2, 0))
    return first, along - first
