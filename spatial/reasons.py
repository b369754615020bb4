"""Why a camera does not see a place: its optics, its heading, or what stands between. Light: a click waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatial.optics import aim_window

Floats = NDArray[np.float64]

# What `why_unseen` may answer, each beside what it means.
WALL, SLOPE, HIDDEN = "wall", "slope", "hidden"  # a wall, the ground, one of the two
ELSEWHERE = "looks_elsewhere"  # its heading is known, and the place lies beside the picture
TOO_FAR, TOO_NEAR = "too_far", "too_near"  # beyond its reach at the class; in the blind spot under the pole
NOWHERE = "class_nowhere"  # its lens holds the class at no distance
INDOORS = "indoors"  # it stands inside a building
NOT_TOLD = "not_told"  # nothing of the above can be shown
REASONS = (WALL, SLOPE, HIDDEN, ELSEWHERE, TOO_FAR, TOO_NEAR, NOWHERE, INDOORS, NOT_TOLD)

# An outline is drawn with chords and a place is clicked by hand: this near to the edge of a picture nothing is claimed.
_EDGE_M = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Optics:
    """What a camera's lens reaches at one class, walls left aside.

    footprints    (v, 4) near, far, slope and offset in metres, for each variant of doubted optics
    heading_deg   clockwise from north, None unknown
    all_round     its heading decides nothing: a fisheye, or one that can be turned
    """

    footprints: Floats
    heading_deg: float | None
    all_round: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """A building that the line from camera to place passes through.

    height_m    over the ground it stands on
    nearest_m, farthest_m   where the line enters and leaves it, from the camera
    """

    height_m: float
    nearest_m: float
    farthest_m: float


def why_unseen(
    distance_m: float,
    bearing_deg: float,
    *,
    optics: Optics | None,
    eye_m: float,
    crossings: Sequence[Crossing],
    stands: str | None = None,
    over_terrain: bool = False,
) -> str:
    """Return why a camera does not see a place on the ground, one of REASONS, the nearest to the lens first.

    distance_m, bearing_deg   from camera to place, in plan
    optics        None where its view was never computed: not told
    eye_m         height of the lens over the ground
    crossings     buildings on the line
    stands        seen, on_wall, on_roof or inside, as `visibility.sight`
    over_terrain  its sight was computed over known ground. A line that no building cuts is then cut by the ground;
                  one over low buildings by one of the two, for heights of ground are not looked at here

    Walls are reckoned on level ground: the line falls from the lens to the place, and a building cuts it that is higher
    than the line where it leaves it.
    """
    if optics is None or not len(optics.footprints):
        return NOT_TOLD
    if stands == "inside":
        return INDOORS
    if out := _out_of_picture(distance_m, bearing_deg, optics):
        return out
    passed = [crossing for crossing in crossings if not _own_wall(crossing, stands)]
    if any(_cuts(crossing, distance_m, eye_m) for crossing in passed):
        return WALL
    if not over_terrain:
        return NOT_TOLD
    return HIDDEN if passed else SLOPE


def _out_of_picture(distance_m: float, bearing_deg: float, optics: Optics) -> str | None:
    """Return why no variant of the lens has the place in its picture; None where one has it."""
    near, far, slope, offset = optics.footprints.T
    filled = far > near
    if not filled.any():
        return NOWHERE
    reach = np.hypot(far, np.maximum(slope * far + offset, 0.0)) if not optics.all_round else far
    if distance_m > float(reach[filled].max()):
        return TOO_FAR
    if optics.all_round:
        return TOO_NEAR if distance_m < float(near[filled].min()) else None
    low, high = aim_window(distance_m, near_m=near, far_m=far, slope=slope, offset_m=offset)
    held = filled & (high > low)
    if not held.any():
        return TOO_NEAR if distance_m < float(near[filled].min()) + _EDGE_M else TOO_FAR
    if optics.heading_deg is None:
        return None
    off = abs((np.radians(bearing_deg - optics.heading_deg) + np.pi) % (2.0 * np.pi) - np.pi)
    edge = _EDGE_M / max(distance_m, _EDGE_M)
    return None if bool((held & (off >= low - edge) & (off <= high + edge)).any()) else ELSEWHERE


def _own_wall(crossing: Crossing, stands: str | None) -> bool:
    """Say whether the building is the one that the camera hangs on, no deeper than coordinates are rough."""
    return stands == "on_wall" and crossing.farthest_m <= _WALL_M


_WALL_M = 1.1


def _cuts(crossing: Crossing, distance_m: float, eye_m: float) -> bool:
    line_m = eye_m * (1.0 - min(crossing.farthest_m / max(distance_m, 1e-9), 1.0))
    return crossing.height_m > line_m


def density_if_turned_px_per_m(
    distance_m: float, footprints: Floats | None, *, image_w_px: float | None
) -> float | None:
    """Return the pixels per metre at a place if the camera looked straight at it, by its lens as assumed.

    footprints   (v, 4), of which the first stands for what is assumed; None or empty, or without an image width: None
    """
    if footprints is None or not len(footprints) or image_w_px is None or distance_m <= 0.0:
        return None
    _, _, slope, offset_m = (float(number) for number in footprints[0])
    half_m = slope * distance_m + offset_m
    return image_w_px / (2.0 * half_m) if half_m > 0.0 else None
