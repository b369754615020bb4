"""The fewest cameras that close every way out that can be closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatial.escapes import Escape
from spatial.streets import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """Cameras and their aims, and what they close.

    aims      (j,) rows of the escape's aims; at most one aim of a camera
    camera_id (j,)
    aim_id    (j,)
    closed    (k,) by exit
    closable  (k,) all aims together, each camera held at all of its aims at once, would close it; an exit that is
              not is one that no camera can close
    closes    (j, k) exits that open when this camera is taken away
    bound     no net that closes as many exits has fewer cameras than this
    proved    nothing closes more exits, and nothing closes as many with fewer cameras
    """

    aims: Ints
    camera_id: Ints
    aim_id: Ints
    closed: NDArray[np.bool_]
    closable: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    bound: int
    proved: bool


def greedy_net(escape: Escape) -> Net:
    """Return a net at once: no camera of it can be left out, but fewer others might do.

    No two nets of the same escape differ: ties fall to the smaller camera_id.
    """
    raise NotImplementedError


def fewest_net(escape: Escape, first: Net | None = None, *, time_limit_s: float = 2.0) -> Net:
    """Return the net that closes the most exits and, of those, the one of fewest cameras, by HiGHS.

    first         the greedy net; made where it is not given. What is returned is never worse
    time_limit_s  after it the best net found is returned, with its bound and `proved` False
    Raises        OutOfRange for a limit that is not zero or more
    """
    raise NotImplementedError
