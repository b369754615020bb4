"""Ways out as what has to be cut: from where he may be, past what cameras see, to the ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.network import Exits, Reach
from spatial.street_views import StreetViews
from spatial.streets import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Escape:
    """The streets between where he may be and a ring, joined into rooms: within a room nobody sees him move.

    exits        the crossings of the ring
    camera_id    (a,) the aims whose certain views lie between him and the ring: camera
    aim_id       (a,) and aim, in that order
    source       room he may be in: his region and all that can be reached from it unseen
    exit_room    (k,) room of each exit
    room_from    (p,) passages between rooms, one way each: seen by some aim, or a one-way street that nobody sees
    room_to      (p,)
    seen_by      scipy.sparse (p, a): which aims see the passage
    walk         scipy.sparse: the random walk of `escape_share`, by state; internal
    """

    exits: Exits
    camera_id: Ints
    aim_id: Ints
    source: int
    exit_room: Ints
    room_from: Ints
    room_to: Ints
    seen_by: Any
    walk: Any


def escape_graph(field: Reach, views: StreetViews, *, region_s: float, ring_s: float) -> Escape:
    """Return what lies between where he may be after `region_s` and the ring at `ring_s`.

    field   followed for ring_s at least
    views   only certain ones count, and only their parts beyond the region: a view of the place itself closes nothing
    ring_s  region_s or more; a ring at the region's own edge leaves no street to close
    Raises  OutOfRange
    """
    raise NotImplementedError


def open_exits(escape: Escape, aims: ArrayLike) -> NDArray[np.bool_]:
    """Return which exits (k,) some way still leads to that none of the aims sees.

    aims    (j,) rows of the escape's aims
    """
    raise NotImplementedError


def escape_share(escape: Escape, aims: ArrayLike) -> float:
    """Return the share of escapes that none of the aims sees: 0 if and only if every exit is closed, else up to 1.

    An escape is a random walk from the origin to the ring: at each corner any street but the one he came by, all
    alike; back at a dead end. It is seen where it crosses a stretch beyond the region that one of the aims sees. The
    share is exact, by the absorbing Markov chain on the ways along streets, not by drawing walks. 0 without exits.
    """
    raise NotImplementedError


def region_and_ring(elapsed_s: float, minutes: float, *, reaction_s: float = 30.0) -> tuple[float, float]:
    """Return region_s and ring_s: where he may be by the time anybody looks, and a ring so many minutes beyond.

    elapsed_s  since the call
    Raises     OutOfRange below 0
    """
    raise NotImplementedError


__all__ = ["Escape", "Floats", "escape_graph", "escape_share", "open_exits", "region_and_ring"]
