"""Random walks along the streets, to measure how often a choice of cameras sees somebody who runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatial.errors import OutOfRange
from spatial.network import Spans, Spot, Ways, spans
from spatial.street_views import StreetViews
from spatial.streets import ROUNDING_M, Floats, Ints
from spatial.turning import Turns, turns


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
    if n < 1 or not 0.0 < seconds < np.inf:
        raise OutOfRange(f"walks need n of 1 or more and seconds above 0, not {n} and {seconds}")
    parts = spans(ways, origin)
    tracks, leads = _tracks(parts, ways.graph.leads_on)
    first = np.flatnonzero(tracks.start == parts.origin)
    walk, clock = np.arange(n), np.zeros(n)
    track = first[rng.integers(len(first), size=n)] if len(first) else np.empty(0, dtype=np.int64)
    walk, clock = walk[: len(track)], clock[: len(track)]
    rows: list[tuple[Ints, Ints, Floats, Floats]] = []
    while len(track):
        after = np.minimum(clock + tracks.s[track], seconds)
        rows.append((walk, track, clock, after))
        many = np.diff(leads.first)[track]
        on = (after < seconds) & (many > 0) & ~tracks.leaves[track]
        walk, clock, track, many = walk[on], after[on], track[on], many[on]
        track = leads.next[leads.first[track] + rng.integers(many)]
    return _walks(tracks, rows, n=n)


def seen(walks: Walks, views: StreetViews, *, after_s: float = 0.0) -> NDArray[np.bool_]:
    """Return which walks (n,) pass a stretch that is certainly seen, later than `after_s`."""
    done = np.clip((after_s - walks.from_s) / np.maximum(walks.to_s - walks.from_s, 1e-12), 0.0, 1.0)
    start_m = walks.from_m + done * (walks.to_m - walks.from_m)
    low_m, high_m = np.minimum(start_m, walks.to_m), np.maximum(start_m, walks.to_m)
    order = np.argsort(walks.edge, kind="stable")
    low = np.searchsorted(walks.edge[order], views.edge, side="left")
    many = np.searchsorted(walks.edge[order], views.edge, side="right") - low
    many[~views.certain] = 0
    view = np.repeat(np.arange(len(many)), many)
    row = order[np.repeat(low, many) + np.arange(len(view)) - np.repeat(np.cumsum(many) - many, many)]
    shown_m = np.minimum(views.to_m[view], high_m[row]) - np.maximum(views.from_m[view], low_m[row])
    met = np.zeros(walks.n, dtype=bool)
    met[walks.walk[row[shown_m > ROUNDING_M]]] = True
    return met


def seen_share(walks: Walks, views: StreetViews, *, after_s: float = 0.0) -> float:
    """Return the share of walks seen later than `after_s`, 0 to 1."""
    return float(seen(walks, views, after_s=after_s).mean())


@dataclass(frozen=True, slots=True, eq=False)
class _Tracks:
    """Every span, one way each, as the mode can use it: stations, where on the edge, seconds, and if it leaves the map."""

    start: Ints
    end: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats
    s: Floats
    leaves: NDArray[np.bool_]


def _tracks(parts: Spans, leads_on: NDArray[np.bool_]) -> tuple[_Tracks, Turns]:
    """Return the tracks and what may follow each."""
    ahead, back = np.flatnonzero(np.isfinite(parts.forward_s)), np.flatnonzero(np.isfinite(parts.back_s))
    row = np.full((2, len(parts.edge)), -1)
    row[0, ahead] = np.arange(len(ahead))
    row[1, back] = len(ahead) + np.arange(len(back))
    start = np.concatenate([parts.start[ahead], parts.end[back]])
    end = np.concatenate([parts.end[ahead], parts.start[back]])
    tracks = _Tracks(
        start=start,
        end=end,
        edge=np.concatenate([parts.edge[ahead], parts.edge[back]]),
        from_m=np.concatenate([parts.from_m[ahead], parts.to_m[back]]),
        to_m=np.concatenate([parts.to_m[ahead], parts.from_m[back]]),
        s=np.concatenate([parts.forward_s[ahead], parts.back_s[back]]),
        leaves=np.append(leads_on, False)[end],
    )
    return tracks, turns(start, end, np.concatenate([row[1, ahead], row[0, back]]))


def _walks(tracks: _Tracks, rows: list[tuple[Ints, Ints, Floats, Floats]], *, n: int) -> Walks:
    """Return the rows as walks; the last stretch of each ends where its time does."""
    if not rows:
        nowhere, none = np.empty(0, dtype=np.int64), np.empty(0)
        return Walks(nowhere, nowhere, none, none, none, none, n)
    walk, track = (np.concatenate([row[k] for row in rows]) for k in (0, 1))
    from_s, to_s = (np.concatenate([row[k] for row in rows]) for k in (2, 3))
    order = np.lexsort((from_s, walk))
    walk, track, from_s, to_s = walk[order], track[order], from_s[order], to_s[order]
    done = np.minimum((to_s - from_s) / tracks.s[track], 1.0)
    to_m = tracks.from_m[track] + done * (tracks.to_m[track] - tracks.from_m[track])
    return Walks(walk, tracks.edge[track], tracks.from_m[track], to_m, from_s, to_s, n)
