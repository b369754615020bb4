"""Which poses see which points: each pose an eye, a heading and a footprint; compiled, a pair of eye and point at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spatial.compiled import compiled, inlined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# How a pose looks at a point of a street, as bits: along the street's direction, against it; across it, neither.
ALONG, AGAINST, ACROSS = 1, 2, 0
NO_STREET = ALONG | AGAINST

# The cosine of 60 degrees.
_FRONT = 0.5


class Poses(NamedTuple):
    """Poses in the order of their eyes.

    first     (eyes + 1,) the poses of eye e are first[e]..first[e + 1]
    east, north   (poses,) unit vector of the heading
    optic     (poses,) position in the optics
    """

    first: Ints
    east: Floats
    north: Floats
    optic: Ints


class Optics(NamedTuple):
    """Footprints of one class, (n,) each, as `lens_models.Footprints` tells them."""

    near_m: Floats
    far_m: Floats
    slope: Floats
    offset_m: Floats


class Around(NamedTuple):
    """What lies open to each eye.

    first     (eyes + 1,) the pairs of eye e are first[e]..first[e + 1], ascending by point
    point     (pairs,) number of the point
    east_m, north_m   (pairs,) from the eye to the point
    axis_east, axis_north   (pairs,) unit vector of the street at the point; NaN where it lies on none
    """

    first: Ints
    point: Ints
    east_m: Floats
    north_m: Floats
    axis_east: Floats
    axis_north: Floats


@compiled
def looked(poses: Poses, optics: Optics, around: Around) -> tuple[Ints, NDArray[np.int32], NDArray[np.int8]]:
    """Return how many points (poses,) each pose sees; which, pose after pose, each ascending; and how it looks at them."""
    count = np.zeros(len(poses.optic), dtype=np.int64)
    for eye in range(len(poses.first) - 1):
        for pose in range(poses.first[eye], poses.first[eye + 1]):
            way, footprint = _pose(poses, optics, pose)
            seen = 0
            for pair in range(around.first[eye], around.first[eye + 1]):
                seen += int(_holds(way, footprint, (around.east_m[pair], around.north_m[pair])))
            count[pose] = seen
    point = np.empty(count.sum(), dtype=np.int32)
    side = np.empty(count.sum(), dtype=np.int8)
    at = 0
    for eye in range(len(poses.first) - 1):
        for pose in range(poses.first[eye], poses.first[eye + 1]):
            if count[pose] == 0:
                continue
            way, footprint = _pose(poses, optics, pose)
            for pair in range(around.first[eye], around.first[eye + 1]):
                if _holds(way, footprint, (around.east_m[pair], around.north_m[pair])):
                    point[at] = around.point[pair]
                    side[at] = _side(around, pair)
                    at += 1
    return count, point, side


@inlined
def _pose(
    poses: Poses, optics: Optics, pose: int
) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Return the unit vector of a pose's heading, and its footprint: near, far, slope and offset."""
    k = poses.optic[pose]
    footprint = (optics.near_m[k], optics.far_m[k], optics.slope[k], optics.offset_m[k])
    return (poses.east[pose], poses.north[pose]), footprint


@inlined
def _holds(
    way: tuple[float, float], footprint: tuple[float, float, float, float], apart: tuple[float, float]
) -> bool:
    """Say whether a footprint that looks one way holds a point so far from the eye."""
    ahead = apart[0] * way[0] + apart[1] * way[1]
    aside = abs(apart[0] * way[1] - apart[1] * way[0])
    near, far, slope, offset = footprint
    return bool(near <= ahead and ahead <= far and aside <= slope * ahead + offset)


@inlined
def _side(around: Around, pair: int) -> int:
    """Return how an eye looks at a point: within 60 degrees of the street's direction or of its opposite, or across."""
    if np.isnan(around.axis_east[pair]):
        return NO_STREET
    along = around.east_m[pair] * around.axis_east[pair] + around.north_m[pair] * around.axis_north[pair]
    far = _FRONT * np.hypot(around.east_m[pair], around.north_m[pair])
    if far > 0.0 and along >= far:
        return ALONG
    if far > 0.0 and along <= -far:
        return AGAINST
    return ACROSS
