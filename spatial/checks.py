"""Which glance would tell most: for a camera of uncertain aim, the place to be asked about, and what the answer is worth.

What a camera adds to the share depends on where it looks. Asking "do you see this place?" splits its headings into those
that see it and those that do not; the more the answer goes along with what the camera adds, the more it narrows the range.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import BIN_DEG, BINS
from spatial.errors import WrongShape
from spatial.sightings import Sightings

Floats = NDArray[np.float64]

CHECK_COLUMNS = ("camera_id", "point", "p_sees", "variance", "gain")


def worth_checking(found: Sightings, weights: ArrayLike) -> pd.DataFrame:
    """Return the best place to ask each camera of unknown heading about, the most telling first.

    found     who may see what
    weights   (points,) metres, square metres or counts; the share of their sum is to be known better
    Returns   camera_id; point, its position; p_sees, the chance of a yes; variance of the camera's own part of the
              seen weight over its headings; gain, how much of it one right answer is expected to take away: the squared
              covariance of what the camera adds with the answer, over the variance of the answer. Cameras of which no
              answer would tell anything are left out. Optics are taken as assumed, heads of a pole one by one.
    Raises    WrongShape if the weights do not match the points
    """
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    pairs, beliefs = found.possible, found.beliefs
    chance = found.chances()
    # Seen by nobody else: the chance that nobody sees the place, less this camera's own part in it.
    alone = np.clip((1.0 - found.p_seen())[pairs.point] / np.maximum(1.0 - chance, 1e-9), 0.0, 1.0)
    order = np.argsort(pairs.camera, kind="stable")
    cameras, first = np.unique(pairs.camera[order], return_index=True)
    rows = []
    for camera, chosen in zip(cameras, np.split(order, first[1:]), strict=True):
        if np.isfinite(beliefs.heading_deg[camera]):
            continue
        sees = _sees(pairs.bearing_deg[chosen], pairs.from_deg[chosen], pairs.to_deg[chosen])
        best, variance, gain = _best(sees, beliefs.heading_p[camera], (weight[pairs.point] * alone)[chosen])
        if gain > 0.0:
            rows.append(
                (found.camera_ids[camera], pairs.point[chosen[best]], chance[chosen[best]], variance, gain)
            )
    table = pd.DataFrame(rows, columns=list(CHECK_COLUMNS))
    return table.sort_values(["gain", "camera_id"], ascending=[False, True], ignore_index=True)


def _sees(bearing_deg: Floats, from_deg: Floats, to_deg: Floats) -> Floats:
    """Return whether (n, BINS) a camera that looks along the middle of each bin sees each place."""
    middle = (np.arange(BINS) + 0.5) * BIN_DEG
    off = np.abs((bearing_deg[:, None] - middle + 180.0) % 360.0 - 180.0)
    return np.asarray((off >= from_deg[:, None]) & (off <= to_deg[:, None]), dtype=np.float64)


def _best(sees: Floats, heading_p: Floats, metres: Floats) -> tuple[int, float, float]:
    """Return the place whose answer tells most, the variance of what the camera adds, and the part it takes away."""
    adds = metres @ sees
    off = adds - heading_p @ adds
    variance = float(heading_p @ off**2)
    yes = sees @ heading_p
    doubt = yes * (1.0 - yes)
    told = (sees @ (heading_p * off)) ** 2
    gain = np.where(doubt > _SURE, told / np.maximum(doubt, _SURE), 0.0)
    best = int(np.argmax(gain))
    return best, variance, float(gain[best])


# An answer that is known beforehand tells nothing.
_SURE = 1e-4


def route(places: ArrayLike, distance_m: ArrayLike | None = None) -> NDArray[np.intp]:
    """Return an order (n,) in which to walk to all places, starting anywhere: short, not proven shortest.

    places      (n, 2) metres
    distance_m  (n, n) ways between them, infinite where there is none; None takes straight lines
    Source      nearest neighbour from every start, the best of them bettered by 2-opt (Croes 1958)
    """
    spots = np.asarray(places, dtype=np.float64).reshape(-1, 2)
    apart = np.hypot(*(spots[:, None] - spots[None]).T).T
    if distance_m is not None:
        ways = np.asarray(distance_m, dtype=np.float64)
        # Where no street leads one goes straight, and it counts double.
        apart = np.where(np.isfinite(ways), ways, 2.0 * apart)
    if len(spots) < 3:
        return np.arange(len(spots))
    starts = [_nearest_next(apart, start) for start in range(len(spots))]
    return _uncrossed(min(starts, key=lambda order: walked_m(apart, order)), apart)


def walked_m(apart: Floats, order: NDArray[np.intp]) -> float:
    """Return the length of a walk in an order, from ways (n, n) between places."""
    return float(apart[order[:-1], order[1:]].sum())


def _nearest_next(apart: Floats, start: int) -> NDArray[np.intp]:
    left = np.ones(len(apart), dtype=bool)
    order = [start]
    left[start] = False
    while left.any():
        here = np.where(left, apart[order[-1]], np.inf)
        order.append(int(np.argmin(here)))
        left[order[-1]] = False
    return np.array(order, dtype=np.intp)


def _uncrossed(order: NDArray[np.intp], apart: Floats) -> NDArray[np.intp]:
    """Turn stretches of the walk about while that shortens it."""
    best, length, better = order, walked_m(apart, order), True
    while better:
        better = False
        for i in range(len(order) - 1):
            for j in range(i + 1, len(order)):
                turned = np.concatenate([best[:i], best[i : j + 1][::-1], best[j + 1 :]])
                if walked_m(apart, turned) < length - 1e-9:
                    best, length, better = turned, walked_m(apart, turned), True
    return best
