"""Where he may be by now, and where the ways out cross the ring: travel time along the streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.streets import Floats, Ints, StreetGraph

# Metres a second by mode and kind of street; a kind that is missing cannot be used by that mode.
SPEEDS_M_PER_S: Mapping[str, Mapping[str, float]] = {
    "foot": {"road": 3.3, "alley": 3.3, "footway": 3.3, "steps": 1.6},
    "bicycle": {"road": 5.6, "alley": 5.6, "footway": 5.6, "steps": 0.8},
    "car": {"road": 13.9, "alley": 8.3},
}
REACTION_S = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The streets as one mode can use them.

    graph      the streets
    mode       foot, bicycle or car
    forward_s  (m,) seconds along each edge; infinity where this mode may not go that way
    back_s     (m,) seconds against it
    steps      scipy.sparse (n, n): seconds of the quickest single edge between two nodes
    """

    graph: StreetGraph
    mode: str
    forward_s: Floats
    back_s: Floats
    steps: Any  # scipy.sparse.csr_array; scipy ships no types


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a street: metres along an edge, and how far off the street the place asked for lies."""

    edge: int
    offset_m: float
    off_street_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How long it takes from a place to anywhere.

    ways     the streets and the mode
    origin   where he starts
    node_s   (n,) seconds to each node, infinity beyond `seconds` and where no way leads
    seconds  how far the times were followed
    """

    ways: Ways
    origin: Spot
    node_s: Floats
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Parts of edges: (k,) edge, and from_m < to_m along it."""

    edge: Ints
    from_m: Floats
    to_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Exits:
    """Where the ways out cross the ring, in the order of edges; the number of an exit is its row.

    edge       (k,)
    offset_m   (k,) along the edge
    direction  (k,) 1 crosses along the edge's line, -1 against it, 0 is the end of the map
    xy         (k, 2) metres
    """

    edge: Ints
    offset_m: Floats
    direction: NDArray[np.int8]
    xy: Floats


def ways_for(
    graph: StreetGraph,
    mode: str = "foot",
    *,
    speeds: Mapping[str, Mapping[str, float]] = SPEEDS_M_PER_S,
    car_width_m: float = 2.5,
) -> Ways:
    """Return the streets as a mode can use them; made once for a graph and a mode, it serves every place.

    speeds       metres a second, as SPEEDS_M_PER_S
    car_width_m  a car takes no street known to be narrower
    One-way streets bind cars; on foot and on a bicycle, which can be pushed, both ways are open.
    Raises       OutOfRange for a mode that `speeds` lacks or a speed that is not above 0
    """
    raise NotImplementedError


def locate(ways: Ways, xy: ArrayLike, *, within_m: float = 100.0) -> Spot:
    """Return the nearest spot on a street that the mode can use.

    xy      (2,) metres
    Raises  NoStreetNear, whose `distance_m` says how far the nearest street is (infinity: there is none)
    """
    raise NotImplementedError


def reach(ways: Ways, origin: Spot, *, seconds: float) -> Reach:
    """Return how long it takes from a spot along the streets, followed up to `seconds`.

    The way from the place to the street counts no time: he may have run before anybody called.
    Raises  OutOfRange if seconds are not zero or more
    """
    raise NotImplementedError


def region(field: Reach, seconds: float) -> Stretches:
    """Return where he may be after `seconds`: the parts of edges that he can have reached, parts of edges included.

    Stretches do not overlap; the region of more seconds holds that of fewer.
    Raises  OutOfRange beyond the seconds that the field was followed for
    """
    raise NotImplementedError


def ways_out(field: Reach, seconds: float) -> Exits:
    """Return the crossings of the ring: where he first can be after exactly `seconds`, heading outward.

    An edge entered from both ends may be crossed twice. A dead end within the ring is no way out; the end of the
    map (`StreetGraph.leads_on`) reached by then is one, direction 0.
    Of a ring at minute m after `t0`, seconds are t0 + 60 m: rings are counted from where he may be, so they grow
    with the clock.
    Raises  OutOfRange beyond the seconds that the field was followed for
    """
    raise NotImplementedError
