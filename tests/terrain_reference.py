"""A slow way to see over terrain, independent of the wedges: one sight line a place, walked in small steps."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.ndimage import map_coordinates


def elevation(ground, xy):
    """Return the bilinear height at (n, 2) places by scipy."""
    column = (xy[:, 0] - ground.west_m) / ground.cell_m - 0.5
    row = (ground.north_m - xy[:, 1]) / ground.cell_m - 0.5
    heights = ground.elevation_m.astype(np.float64)
    return map_coordinates(heights, [row, column], order=1, mode="nearest")


def footing(ground, house):
    """Return the mean of the ground along the outline of a house, corner by corner."""
    corners = shapely.get_coordinates(house.exterior)
    level = elevation(ground, corners)
    sides = np.hypot(*np.diff(corners, axis=0).T)
    return float((sides * (level[:-1] + level[1:]) / 2.0).sum() / sides.sum())


def seen_places(eye, places, ground, houses, heights, *, eye_m, target_m, step_m=0.25):
    """Say which (n, 2) places are seen: the straight line to the target over all ground and roofs between."""
    top = elevation(ground, np.array([eye]))[0] + eye_m
    roofs = [footing(ground, house) + height for house, height in zip(houses, heights, strict=True)]
    return np.array([
        _seen(np.asarray(eye), place, top, ground, (houses, roofs), target_m, step_m) for place in places
    ])  # fmt: skip


def _seen(eye, place, top, ground, built, target_m, step_m):
    length = float(np.hypot(*(place - eye)))
    goal = elevation(ground, place[None, :])[0] + target_m
    share = np.linspace(0.0, 1.0, max(int(length / step_m), 4))[1:-1]
    line = top + share * (goal - top)
    if (elevation(ground, eye + share[:, None] * (place - eye)) > line + 1e-9).any():
        return False
    way = shapely.LineString([eye, place])
    for house, roof in zip(*built, strict=True):
        if house.intersects(shapely.Point(place)):
            return False
        inside = shapely.get_coordinates(way.intersection(house))
        if len(inside):
            along = np.hypot(*(inside - eye).T) / length
            if (top + along * (goal - top) < roof).any():
                return False
    return True
