"""Rooms: the walls that an observer inside an obstacle looks at, from within."""

from __future__ import annotations

import numpy as np
import shapely

from spatial.edges import Walls

_MARGIN_M = 1.0


def room_of(walls: Walls, spot: shapely.Point, *, eye_m: float, radius_m: float) -> Walls | None:
    """Return what stands round an observer in the obstacles that contain him, or None if none does.

    The room is all of the obstacles not lower than his eye in which he is, whatever walls lie between them. Round it
    stands a wall without top; a courtyard is behind such a wall. Obstacles that reach into the room, but in which he is
    not, stand in it with their heights.
    """
    near = walls.near(spot, radius_m)
    shapes, height_m = walls.polygons(near), walls.grid.height_m[near]
    holds = shapely.intersects(shapes, spot) & (height_m >= eye_m)
    if not holds.any():
        return None
    room = shapely.union_all(shapes[holds])
    west, south, east, north = room.bounds
    whole = shapely.box(west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M)
    within = ~holds & shapely.intersects(shapes, room)
    return Walls.of([*shapes[within], whole.difference(room)], np.append(height_m[within], np.inf))
