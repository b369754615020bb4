"""What is lost of a share while some cameras are out of order: worked out where they look alone, taken from the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import Headings
from spatial.coverage import memberships, seen_by_draw
from spatial.errors import WrongShape
from spatial.sightings import Sightings
from spatial.types import Share


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Weight that is seen no longer: expected, certain, possible, and in each draw (draws,)."""

    expected: float
    certain: float
    possible: float
    by_draw: NDArray[np.float64]


def loss(found: Sightings, weights: ArrayLike, headings: Headings, *, down: ArrayLike) -> Loss:
    """Return what weight is lost of the places of `found` while some cameras are down.

    found  who sees what of all places that these cameras may see, with all that may see any of them
    down   camera_ids
    Raises WrongShape if weights or headings belong to something else
    """
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (found.points,):
        raise WrongShape(f"{weight.shape} weights for {found.points} points")
    left = found.only(np.setdiff1d(found.camera_ids, np.asarray(down, dtype=np.int64)))
    members, _ = memberships(weight, np.zeros(found.points, dtype=np.int64))
    if not found.points:
        return Loss(0.0, 0.0, 0.0, np.zeros(headings.draws))
    drawn = [seen_by_draw(each, members, headings)[0, :, 0] for each in (found, left)]
    return Loss(
        expected=float(weight @ (found.p_seen() - left.p_seen())),
        certain=float(weight[found.certainly_seen() & ~left.certainly_seen()].sum()),
        possible=float(weight[found.possibly_seen() & ~left.possibly_seen()].sum()),
        by_draw=np.asarray(drawn[0] - drawn[1]),
    )


def without(whole: Share, by_draw: ArrayLike, lost: Loss, *, weight: float) -> Share:
    """Return a share less what is lost of it, with its range.

    whole    the share of all, `by_draw` (draws,) of the same draws as the loss; empty leaves the range as wide as the bounds
    weight   the denominator of both
    """
    certain = max(whole.certain - lost.certain / weight, 0.0)
    possible = max(whole.possible - lost.possible / weight, certain)
    share = float(np.clip(whole.share - lost.expected / weight, certain, possible))
    drawn = np.asarray(by_draw, dtype=np.float64)
    if not len(drawn):
        return Share(share, certain, possible, certain, possible)
    if len(drawn) != len(lost.by_draw):
        raise WrongShape(f"{len(drawn)} draws of the share, {len(lost.by_draw)} of the loss")
    left = drawn - lost.by_draw / weight
    # An end of the interval is the drawn figure next outward, as in spatial.coverage.
    low = float(np.percentile(left, 2.5, method="lower"))
    high = float(np.percentile(left, 97.5, method="higher"))
    return Share(
        share, float(np.clip(low, certain, share)), float(np.clip(high, share, possible)), certain, possible
    )
