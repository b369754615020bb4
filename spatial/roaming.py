"""Random walks along the streets, to measure how often a choice of cameras sees somebody who runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatial.network import Spot, Ways
from spatial.street_views import StreetViews
from spatial.streets import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Walks as what they pass, a row a stretch of an edge, in the order of walk and time.

    walk     (k,) 0 to n - 1
    edge     (k,)
    from_m   (k,) along the edge; above to_m where he goes against the line
    to_m     (k,)
    from_s   (k,) seconds since the start
    to_s     (k,)
    n        number of walks
    """

    walk: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats
    from_s: Floats
    to_s: Floats
    n: int


def random_walks(ways: Ways, origin: Spot, n: int, *, seconds: float, rng: np.random.Generator) -> Walks:
    """Draw walks of `seconds` from a spot: any street at a corner but the one he came by, back at a dead end.

    Who leaves the map, or drives into a street that nothing leads out of, walks no farther.
    Raises  OutOfRange for n below 1 or seconds not above 0
    """
    raise NotImplementedError


def seen(walks: Walks, views: StreetViews, *, after_s: float = 0.0) -> NDArray[np.bool_]:
    """Return which walks (n,) pass a stretch that is certainly seen, later than `after_s`."""
    raise NotImplementedError


def seen_share(walks: Walks, views: StreetViews, *, after_s: float = 0.0) -> float:
    """Return the share of walks seen later than `after_s`, 0 to 1."""
    raise NotImplementedError
