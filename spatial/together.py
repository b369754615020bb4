"""The chance that at least one of some cameras sees one place. Light: a click waits for it, and no kernel is compiled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatial.doubts import COMMON, COMMON_CHANCE, TILT_CHANCE, TILTS
from spatial.optics import aim_window

Floats = NDArray[np.float64]

# So many numbers of 0..1 stand for all that the heads of a pole may share.
_PHASES = 720


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One camera and the place.

    distance_m, bearing_deg  from the camera to the place
    footprints    (v, 4) near, far, slope and offset, once or for each variant of doubted optics
    heading_deg   where the heading is known, else None
    heading_sums  chances of a heading below each edge of the bins, as `beliefs.Beliefs.sums`; None: every heading alike
    tilt_p        chance of each step of the tilt; None: as doubted
    pole, offset  which pole it hangs on, and how far it looks apart from the first head there, 0..1
    """

    distance_m: float
    bearing_deg: float
    footprints: Floats
    heading_deg: float | None
    heading_sums: Floats | None
    tilt_p: Floats | None
    pole: int
    offset: float


def chance_of_any(heads: Sequence[Head]) -> float:
    """Return the chance that at least one head sees the place.

    The same law as `sightings.Sightings.p_seen`: given the common step poles are independent, and the heads of one share
    a number that says where each looks; here it is taken in 720 steps.
    """
    unseen = np.ones(COMMON)
    for pole in {head.pole for head in heads}:
        unseen *= 1.0 - _pole_sees([head for head in heads if head.pole == pole])
    return float(1.0 - COMMON_CHANCE @ unseen) if heads else 0.0


def _pole_sees(heads: Sequence[Head]) -> Floats:
    """Return the chance (common steps,) that any head of one pole sees the place."""
    seen = np.zeros((COMMON * TILTS, _PHASES), dtype=bool)
    for head in heads:
        seen |= _sees(head)
    tilt = TILT_CHANCE if heads[0].tilt_p is None else heads[0].tilt_p
    return np.asarray(seen.mean(axis=1).reshape(COMMON, TILTS) @ tilt)


def _sees(head: Head) -> NDArray[np.bool_]:
    """Return whether (variants, phases) a head sees the place."""
    near, far, slope, offset = head.footprints.T
    low, high = np.degrees(aim_window(head.distance_m, near_m=near, far_m=far, slope=slope, offset_m=offset))
    off = np.abs((head.bearing_deg - _looks(head) + 180.0) % 360.0 - 180.0)
    some = (high > low)[:, None] & (off >= low[:, None]) & (off <= high[:, None])
    return np.broadcast_to(some, (COMMON * TILTS, _PHASES))


def _looks(head: Head) -> Floats:
    """Return where a head looks (phases,), degrees."""
    if head.heading_deg is not None:
        return np.full(_PHASES, head.heading_deg)
    turn = ((np.arange(_PHASES) + 0.5) / _PHASES + head.offset) % 1.0
    if head.heading_sums is None:
        return 360.0 * turn
    return np.interp(turn, head.heading_sums, np.linspace(0.0, 360.0, len(head.heading_sums)))
