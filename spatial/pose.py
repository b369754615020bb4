"""Where a camera looks, from a few points of its picture whose places on the map are known. No picture is needed.

A pinhole with square pixels, upright (no roll), its axis through the middle of the picture, stands `height_m` over
level ground and looks `tilt_deg` below the horizontal. With `along` and `aside` the ground distances of a place
forward and to the right of the camera's foot, and F the focal length in pixels,

    depth   = along cos(tilt) + height sin(tilt)
    px_x    = width/2  + F aside / depth
    px_y    = height/2 + F (height cos(tilt) - along sin(tilt)) / depth

For a given heading both lines are linear in four combinations of the rest, so that one sweep over all headings
finds the start from which least squares goes on.
Source: plane projective geometry; Hartley and Zisserman (2004), Multiple View Geometry, chapters 2 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares
from scipy.stats import t as student

from spatial.errors import OutOfRange, SpatialError, WrongShape

Floats = NDArray[np.float64]

LEAST_TIES = 4
# Heading, tilt, height, focal length.
_UNKNOWNS = 4
# Points nearer to one line than this share of their extent fix no picture.
_FLAT = 0.02
# Where the fit leaves more than this share of the picture's width, the ties contradict each other.
_MISFIT = 0.03
# Where one combination of the unknowns moves the picture so little against the others, it is not fixed.
_LOOSEST = 1e-7
_STARTS = np.radians(np.arange(0.0, 360.0, 1.0))
_TRIED = 3


class DegenerateTies(SpatialError):
    """The ties fix no pose: too few, on one line, or repeated."""


class ContradictingTies(SpatialError):
    """No camera on its pole makes such a picture of these places."""


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Aim, height and lens of a camera, each with its standard error.

    heading_deg, tilt_deg     clockwise from north; below the horizontal
    height_m                  over the ground of the ties
    focal_px, hfov_deg        focal length in pixels, and the angle of view that follows
    *_se_*                    one standard error each, from the residuals; 0 where the fit is exact
    freedom                   degrees of freedom of the residuals
    residuals_px              (n, 2) picture less model, right and down
    """

    heading_deg: float
    tilt_deg: float
    height_m: float
    focal_px: float
    hfov_deg: float
    heading_se_deg: float
    tilt_se_deg: float
    height_se_m: float
    focal_se_px: float
    freedom: int
    residuals_px: Floats

    @property
    def rms_px(self) -> float:
        """Return the root mean square distance between picture and model, pixels."""
        return float(np.sqrt((self.residuals_px**2).sum(axis=1).mean()))

    @property
    def heading_95_deg(self) -> float:
        """Return the half width of the 95 % interval of the heading: few ties, so Student's t, not the normal."""
        return float(student.ppf(0.975, self.freedom)) * self.heading_se_deg


def solve_pose(pixels_px: ArrayLike, places_m: ArrayLike, *, image_w_px: float, image_h_px: float) -> Pose:
    """Return the pose of a camera from ties between its picture and the ground, by least squares.

    pixels_px   (n, 2) right and down from the top left corner, n >= 4
    places_m    (n, 2) the same points on the ground, metres east and north of the camera's foot
    Raises      DegenerateTies     if they fix no pose: fewer than four, all or all but one on one line
                ContradictingTies  if no pose comes near them
                WrongShape, OutOfRange for arrays that do not pair up, numbers that are none, an empty picture
    """
    pixels, places = _checked(pixels_px, places_m, image_w_px, image_h_px)
    centred = pixels - np.array([image_w_px, image_h_px]) / 2.0
    # pixels in units of the picture's width, so that the unknowns are of one size
    seen = centred / image_w_px
    found = _fit(seen, places)
    residuals = (seen - _picture(found, places)) * image_w_px
    if not np.sqrt((residuals**2).sum(axis=1).mean()) <= _MISFIT * image_w_px:
        raise ContradictingTies(f"the best pose leaves them more than {_MISFIT * image_w_px:.0f} px off")
    return _pose(found, places, residuals, image_w_px)


def _checked(
    pixels_px: ArrayLike, places_m: ArrayLike, image_w_px: float, image_h_px: float
) -> tuple[Floats, Floats]:
    pixels, places = np.asarray(pixels_px, dtype=np.float64), np.asarray(places_m, dtype=np.float64)
    if pixels.ndim != 2 or pixels.shape != places.shape or pixels.shape[1] != 2:
        raise WrongShape(f"pixels {pixels.shape} and places {places.shape} must both be (n, 2)")
    if not (np.isfinite(pixels).all() and np.isfinite(places).all()):
        raise OutOfRange("a tie is not finite")
    if not (image_w_px > 0 and image_h_px > 0):
        raise OutOfRange(f"a picture of {image_w_px} by {image_h_px} px is none")
    if ((pixels < 0) | (pixels > [image_w_px, image_h_px])).any():
        raise OutOfRange(f"a tie lies outside the picture of {image_w_px:g} by {image_h_px:g} px")
    for name, points in (("picture", pixels), ("map", places)):
        if len(np.unique(points, axis=0)) < LEAST_TIES:
            raise DegenerateTies(f"four different points are needed in the {name}")
        # three on a line and one beside it have two exact poses
        if any(_flat(np.delete(points, left_out, axis=0)) for left_out in range(len(points))):
            raise DegenerateTies(f"all points, or all but one, lie on one line in the {name}")
    return pixels, places


def _flat(points: Floats) -> bool:
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] < _FLAT * spread[0])


def _ground(heading: Floats, places: Floats) -> tuple[Floats, Floats]:
    """Return how far places (n, 2) lie forward and to the right at headings (..., 1), radians."""
    east, north = places[:, 0], places[:, 1]
    return east * np.sin(heading) + north * np.cos(heading), east * np.cos(heading) - north * np.sin(heading)


def _picture(unknowns: Floats, places: Floats) -> Floats:
    """Return where places (n, 2) fall in the picture, in widths from its middle; heading, tilt, log height, log F."""
    heading, tilt, log_height, log_focal = unknowns
    height, focal = np.exp(log_height), np.exp(log_focal)
    along, aside = _ground(np.asarray(heading), places)
    depth = along * np.cos(tilt) + height * np.sin(tilt)
    # behind the camera there is no picture: far off, and downhill from there
    depth = np.where(depth > 1e-6, depth, 1e-6)
    lower = height * np.cos(tilt) - along * np.sin(tilt)
    return np.column_stack([aside * focal / depth, lower * focal / depth])


def _fit(seen: Floats, places: Floats) -> Floats:
    def off(unknowns: Floats) -> Floats:
        return (_picture(unknowns, places) - seen).ravel()

    low, high = (
        [-np.inf, -np.pi / 2, np.log(0.1), np.log(0.05)],
        [np.inf, np.pi / 2, np.log(500), np.log(500)],
    )
    tried = []
    for start in _starts(seen, places):
        inside = np.clip(start, np.array(low) + 1e-6, np.array(high) - 1e-6)
        tried.append(least_squares(off, inside, bounds=(low, high), xtol=1e-15, ftol=1e-15, gtol=1e-15))
    return np.asarray(min(tried, key=lambda found: float(found.cost)).x, dtype=np.float64)


def _starts(seen: Floats, places: Floats) -> Floats:
    """Return a few poses (k, 4) to start from, the best heading of a sweep first.

    With a = height tan(tilt), b = F / cos(tilt), c = F height, d = F tan(tilt) the picture reads
    x along + x a = b aside and y along + y a = c - d along: linear in a, b, c, d.
    """
    along, aside = _ground(_STARTS[:, None], places)
    x, y = np.broadcast_to(seen[:, 0], along.shape), np.broadcast_to(seen[:, 1], along.shape)
    nought, ones = np.zeros_like(along), np.ones_like(along)
    right = np.stack([-x, aside, nought, nought], axis=-1)
    down = np.stack([-y, nought, ones, -along], axis=-1)
    lines = np.concatenate([right, down], axis=1)
    wanted = np.concatenate([x * along, y * along], axis=1)
    solved = np.einsum("hij,hj->hi", np.linalg.pinv(lines), wanted)
    misfit = np.linalg.norm(np.einsum("hij,hj->hi", lines, solved) - wanted, axis=1)
    a, b, c, d = solved.T
    focal = np.sqrt(np.maximum(b**2 - d**2, 0.0))
    # in front of the camera, and above the ground: of each heading its opposite fits as well
    sound = (focal > 0) & (b > 0) & (c > 0) & ((along + a[:, None]) > 0).all(axis=1)
    # a tie in the wrong place may leave no sound start: then the sweep's headings with a common lens
    focal = np.where(sound, focal, 0.8)
    height = np.where(sound, c / np.where(sound, focal, 1.0), 5.0)
    tilt = np.where(sound, np.arcsin(np.clip(d / np.where(sound, b, 1.0), -0.999, 0.999)), 0.4)
    poses = np.column_stack(
        [_STARTS, tilt, np.log(np.clip(height, 0.2, 400)), np.log(np.clip(focal, 0.06, 400))]
    )
    order = np.lexsort([misfit, ~sound])
    cost = [float(((_picture(poses[i], places) - seen) ** 2).sum()) for i in order[:60]]
    return poses[order[:60][np.argsort(cost)[:_TRIED]]]


def _pose(found: Floats, places: Floats, residuals: Floats, image_w_px: float) -> Pose:
    heading, tilt, log_height, log_focal = found
    height, focal = float(np.exp(log_height)), float(np.exp(log_focal))
    slopes = _slopes(found, places) * image_w_px
    size = np.linalg.svd(slopes, compute_uv=False)
    if not size[-1] > _LOOSEST * size[0]:
        raise DegenerateTies("the points leave the pose open")
    freedom = residuals.size - _UNKNOWNS
    variance = float((residuals**2).sum()) / freedom
    error = np.sqrt(variance * np.diag(np.linalg.inv(slopes.T @ slopes)))
    return Pose(
        heading_deg=float(np.degrees(heading) % 360.0),
        tilt_deg=float(np.degrees(tilt)),
        height_m=height,
        focal_px=focal * image_w_px,
        hfov_deg=float(np.degrees(2.0 * np.arctan(0.5 / focal))),
        heading_se_deg=float(np.degrees(error[0])),
        tilt_se_deg=float(np.degrees(error[1])),
        height_se_m=float(error[2] * height),
        focal_se_px=float(error[3] * focal * image_w_px),
        freedom=freedom,
        residuals_px=residuals,
    )


def _slopes(found: Floats, places: Floats) -> Floats:
    """Return how the picture (2n) moves with each unknown (4), by central differences."""
    columns = []
    for number in range(_UNKNOWNS):
        step = np.zeros(_UNKNOWNS)
        step[number] = 1e-6
        moved = _picture(found + step, places) - _picture(found - step, places)
        columns.append(moved.ravel() / 2e-6)
    return np.column_stack(columns)
