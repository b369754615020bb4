"""The one model of somebody who runs: any street at a corner but the one he came by, all alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spatial.streets import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """What may follow each way along a street; the ways that follow way i are next[first[i]:first[i + 1]].

    first  (k + 1,)
    next   rows of the ways, each as likely as the others; none where nothing leads on
    """

    first: Ints
    next: Ints


def turns(start: Ints, end: Ints, twin: Ints) -> Turns:
    """Return what may follow each way: every way from where it ends, but for turning round.

    start, end  (k,) stations that the way leads from and to
    twin        (k,) the same street the other way; -1 where it is barred. Taken only where nothing else leads on
    """
    count = len(start)
    order = np.argsort(start, kind="stable")
    low = np.searchsorted(start[order], end, side="left")
    many = np.searchsorted(start[order], end, side="right") - low
    way = np.repeat(np.arange(count), many)
    nth = np.arange(len(way)) - np.repeat(np.cumsum(many) - many, many)
    follows = order[np.repeat(low, many) + nth]
    # A dead end has one way out, and it is the twin.
    kept = (follows != twin[way]) | (many[way] == 1)
    first = np.concatenate([[0], np.cumsum(np.bincount(way[kept], minlength=count))])
    return Turns(first.astype(np.int64), follows[kept].astype(np.int64))
