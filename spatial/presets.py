"""The round of a turning camera: for what share of its time it looks at a place.

A round is its presets, each with heading, tilt, angle of view and the seconds it stays there. The time it takes to turn
from one to the next is not known and left out: shares are of the time it stands still. Light to import: numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import WrongShape
from spatial.optics import Lens

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """Where turning cameras look on their rounds, at one density class; a row a preset, sorted by camera.

    camera       (k,) whose preset it is
    heading_deg  (k,) clockwise from north
    near_m, far_m, slope, offset_m  (k,) its footprint, as `optics.Lens`; empty where far_m <= near_m
    weight       (k,) its share of the round; the weights of a camera sum to 1
    """

    camera: NDArray[np.int64]
    heading_deg: Floats
    near_m: Floats
    far_m: Floats
    slope: Floats
    offset_m: Floats
    weight: Floats


def rounds(
    camera: ArrayLike,
    lens: Lens,
    *,
    heading_deg: ArrayLike,
    dwell_s: ArrayLike,
    density_px_per_m: float,
    cap_m: float,
) -> Rounds:
    """Return the rounds of cameras, a row a preset, in any order.

    camera    (k,) whole numbers; lens: angle, image, tilt and drop of each preset
    dwell_s   (k,) seconds; NaN is unknown, see `dwell_weights`
    cap_m     no sight is claimed beyond
    Raises    WrongShape if the arrays do not pair up
    """
    owner = np.asarray(camera, dtype=np.int64)
    heading, dwell = (np.asarray(each, dtype=np.float64) for each in (heading_deg, dwell_s))
    if not owner.shape == heading.shape == dwell.shape:
        raise WrongShape(f"{owner.shape} cameras, {heading.shape} headings, {dwell.shape} dwells")
    order = np.argsort(owner, kind="stable")
    far = lens.reach_m(density_px_per_m, cap_m=cap_m)
    near, reach, slope, offset = (
        np.asarray(np.broadcast_to(each, owner.shape)[order], dtype=np.float64)
        for each in (lens.near_m, far, lens.slope, lens.offset_m)
    )
    weight = dwell_weights(owner, dwell)[order]
    return Rounds(owner[order], heading[order], near, reach, slope, offset, weight)


def dwell_weights(camera: ArrayLike, dwell_s: ArrayLike) -> Floats:
    """Return the share of its camera's round that each preset has (k,).

    A preset of unknown dwell (NaN) counts like the mean of its camera's known ones: like every other where none is
    known, or all are 0.
    """
    _, owner = np.unique(np.asarray(camera, dtype=np.int64), return_inverse=True)
    dwell = np.asarray(dwell_s, dtype=np.float64)
    known = np.isfinite(dwell)
    count = np.bincount(owner, weights=known)
    total = np.bincount(owner, weights=np.where(known, dwell, 0.0))
    mean = np.where(total > 0.0, total / np.maximum(count, 1.0), 1.0)[owner]
    stays = np.where(known & (total > 0.0)[owner], dwell, mean)
    return np.asarray(stays / np.bincount(owner, weights=stays)[owner], dtype=np.float64)


def time_share(camera: ArrayLike, distance_m: ArrayLike, bearing_deg: ArrayLike, *, of: Rounds) -> Floats:
    """Return the share (n,) of its round for which each camera looks at a place; NaN for one without presets.

    camera                   (n,) whole numbers, as in `of`
    distance_m, bearing_deg  (n,) from the camera to the place, in plan
    Walls are not asked: the place must lie in what the camera can see at all.
    """
    asked = np.asarray(camera, dtype=np.int64)
    distance, bearing = (np.asarray(each, dtype=np.float64) for each in (distance_m, bearing_deg))
    first, last = (np.searchsorted(of.camera, asked, side=side) for side in ("left", "right"))
    count = last - first
    place = np.repeat(np.arange(len(asked)), count)
    preset = np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    off = np.radians(bearing[place] - of.heading_deg[preset])
    ahead, aside = distance[place] * np.cos(off), np.abs(distance[place] * np.sin(off))
    within = (ahead >= of.near_m[preset]) & (ahead <= of.far_m[preset])
    held = within & (aside <= of.slope[preset] * ahead + of.offset_m[preset])
    share = np.bincount(place, weights=of.weight[preset] * held, minlength=len(asked))
    return np.where(count > 0, np.minimum(share, 1.0), np.nan)


def watched_share(points: int, point: NDArray[np.int64], share: Floats) -> Floats:
    """Return the share of time (points,) for which at least one camera looks at each place.

    point, share  (n,) pairs of a place and the share of one camera; NaN counts as never
    Rounds are taken as independent of each other: a place stays unwatched with the product of 1 - share.
    """
    with np.errstate(divide="ignore"):
        unwatched = np.bincount(point, weights=np.log1p(-np.nan_to_num(share)), minlength=points)
    return np.asarray(1.0 - np.exp(unwatched), dtype=np.float64)
