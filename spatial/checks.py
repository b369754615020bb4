"""Which glance would tell most: for a camera of uncertain aim, the place to be asked about, and what the answer is worth.

What a camera adds to the share depends on where it looks. Asking "do you see this place?" splits its headings into those
that see it and those that do not; the more the answer goes along with what the camera adds, the more it narrows the range.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import BIN_DEG, BINS, Beliefs
from spatial.errors import WrongShape
from spatial.sightings import Pairs, Sightings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHECK_COLUMNS = ("camera_id", "point", "p_sees", "variance", "gain")

# So many numbers of 0..1 stand for all that the heads of a pole may share.
_PHASES = 144


def worth_checking(found: Sightings, weights: ArrayLike, *, askable: ArrayLike | None = None) -> pd.DataFrame:
    """Return of each pole the camera and the place to ask it about that tell most, the most telling first.

    found     who may see what
    weights   (points,) metres, square metres or counts; the share of their sum is to be known better
    askable   ids of the cameras whose answer tells where they look, which of one that turns it does not; None: all
    Returns   camera_id; point, its position; p_sees, the chance of a yes; variance of what the heads of its pole add
              together, over their headings; gain, how much of it one right answer is expected to take away: the squared
              covariance of what they add with the answer, over the variance of the answer. One row a pole, as its
              heads look apart and one's answer tells of the others; poles of which no answer would tell anything are
              left out. Optics are taken as assumed, and what two heads of a pole both see counts for both.
    Raises    WrongShape if the weights do not match the points
    """
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    pairs, beliefs = found.possible, found.beliefs
    chance = found.chances()
    # Seen by nobody else: the chance that nobody sees the place, less this camera's own part in it.
    alone = np.clip((1.0 - found.p_seen())[pairs.point] / np.maximum(1.0 - chance, 1e-9), 0.0, 1.0)
    metres = weight[pairs.point] * alone
    by_camera = _by_camera(pairs.camera, unknown=~np.isfinite(beliefs.heading_deg))
    looks = _looks(beliefs)
    may_ask = np.isin(found.camera_ids, found.camera_ids if askable is None else np.asarray(askable))
    rows = []
    for cameras in _by_pole(by_camera, beliefs.pole):
        chosen = np.concatenate([by_camera[c] for c in cameras])
        sees = np.concatenate([_sees(pairs, by_camera[c], looks[c]) for c in cameras])
        adds = metres[chosen] @ sees
        asked = may_ask[pairs.camera[chosen]]
        if not asked.any():
            continue
        best, gain = _best(sees[asked], adds)
        at = chosen[asked][best]
        camera_id = found.camera_ids[pairs.camera[at]]
        rows.append((camera_id, pairs.point[at], chance[at], float(np.var(adds)), gain))
    table = pd.DataFrame(rows, columns=list(CHECK_COLUMNS))
    table = table[table["gain"] > 0.0]
    return table.sort_values(["gain", "camera_id"], ascending=[False, True], ignore_index=True)


def _by_camera(camera: Ints, *, unknown: NDArray[np.bool_]) -> dict[int, Ints]:
    """Return the positions of the pairs of each camera of unknown heading."""
    order = np.argsort(camera, kind="stable")
    cameras, first = np.unique(camera[order], return_index=True)
    ends = np.append(first, len(order))[1:]
    spans = zip(cameras.tolist(), first.tolist(), ends.tolist(), strict=True)
    return {camera: order[start:end] for camera, start, end in spans if unknown[camera]}


def _by_pole(cameras: Iterable[int], pole: Ints) -> list[list[int]]:
    """Return the cameras pole by pole."""
    poles: dict[int, list[int]] = {}
    for camera in cameras:
        poles.setdefault(int(pole[camera]), []).append(camera)
    return list(poles.values())


def _looks(beliefs: Beliefs) -> Floats:
    """Return where each camera looks (c, phases), degrees, for each number that the heads of its pole share."""
    turn = (np.arange(_PHASES) + 0.5) / _PHASES
    edges = np.arange(BINS + 1) * BIN_DEG
    shifted = (turn + beliefs.offset[:, None]) % 1.0
    looks = [np.interp(row, sums, edges) for row, sums in zip(shifted, beliefs.sums, strict=True)]
    return np.array(looks).reshape(len(beliefs.camera_ids), _PHASES)


def _sees(pairs: Pairs, chosen: Ints, looks_deg: Floats) -> Floats:
    """Return whether (n, phases) a camera that looks so sees the places of the chosen pairs."""
    off = np.abs((pairs.bearing_deg[chosen, None] - looks_deg + 180.0) % 360.0 - 180.0)
    low, high = pairs.from_deg[chosen, None], pairs.to_deg[chosen, None]
    return np.asarray((off >= low) & (off <= high), dtype=np.float64)


def _best(sees: Floats, adds: Floats) -> tuple[int, float]:
    """Return the place whose answer tells most, and how much of the variance it takes away."""
    yes = sees.mean(axis=1)
    doubt = yes * (1.0 - yes)
    told = (sees @ (adds - adds.mean()) / len(adds)) ** 2
    gain = np.where(doubt > _SURE, told / np.maximum(doubt, _SURE), 0.0)
    best = int(np.argmax(gain))
    return best, float(gain[best])


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
