"""Which camera sees him next, and how long none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from spatial.errors import OutOfRange
from spatial.network import Ways
from spatial.street_views import StreetViews
from spatial.streets import ROUNDING_M, Floats, Ints
from spatial.turning import turns

# Times are followed in steps of this many seconds.
_TICK_S = 0.5
_HIGH_SHARE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Relay:
    """The cameras that see him next, the likeliest first; equal ones by camera_id.

    camera_id        (k,) may hold the first camera itself: he comes back into its view
    probability      (k,) that it is the first to see him, alone or with others; so the sum may pass 1
    blind_median_s   (k,) seconds between the views, given that it is this camera; 0 where the views overlap
    blind_low_s      (k,) the least
    blind_high_s     (k,) 19 in 20 are no longer than this
    unseen           chance that no camera sees him within the time asked for; who leaves the map is not seen either
    """

    camera_id: Ints
    probability: Floats
    blind_median_s: Floats
    blind_low_s: Floats
    blind_high_s: Floats
    unseen: float


def next_cameras(
    ways: Ways, views: StreetViews, camera_id: int, *, aim_id: int | None = None, seconds: float = 300.0
) -> Relay:
    """Return who is likely to see him next after he leaves the view of a camera.

    views    only certain ones count; of the other cameras all aims given count together, so give those that they hold
    aim_id   the aim that sees him; None is any of the camera's
    seconds  how long he is followed; a camera that sees him later counts as none
    He leaves at any end of the view, all alike, goes on without turning round, takes any street at a corner but the
    one he came by, all alike, and turns back at a dead end, at the speed of the mode. Chances are exact; times are
    rounded to half a second by stretch of street. Streets only: nothing is known of any person.
    Empty, and unseen 1, where the camera sees no street or nothing leads out of its view.
    Raises   OutOfRange if seconds are not above 0
    """
    if not 0.0 < seconds < np.inf:
        raise OutOfRange(f"seconds must be above 0, not {seconds}")
    views = views.of(np.flatnonzero(views.certain))
    own = views.camera_id == camera_id
    if aim_id is not None:
        views = views.of(~own | (views.aim_id == aim_id))
        own = views.camera_id == camera_id
    tracks = _tracks(ways, views.edge[own], seconds=seconds)
    starts, gone = _ends_of_view(tracks, _sights(tracks, views.of(own)), ways.graph.leads_on)
    if not len(starts.track):
        empty = np.empty(0)
        return Relay(np.empty(0, dtype=np.int64), empty, empty, empty, empty, 1.0)
    share = 1.0 / (len(starts.track) + gone)
    return _told(_followed(tracks, starts, _sights(tracks, views), share=share, seconds=seconds))


@dataclass(frozen=True, slots=True, eq=False)
class _Tracks:
    """Every edge, one way each, as the mode can use it.

    edge, against  (t,) the edge, and whether the track runs against its line
    start, end     (t,) nodes
    length_m, s    (t,)
    step           scipy.sparse (t, t): the chance of each track after each; none after one that leaves the map
    """

    edge: Ints
    against: NDArray[np.bool_]
    start: Ints
    end: Ints
    length_m: Floats
    s: Floats
    step: Any  # scipy.sparse.csr_array; scipy ships no types


@dataclass(frozen=True, slots=True, eq=False)
class _Sights:
    """Where on a track a view begins and ends, for who runs along it: a row a view, by track and place."""

    track: Ints
    camera_id: Ints
    from_m: Floats
    to_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """Places from which tracks are run along, metres from their start."""

    track: Ints
    at_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _FirstSeen:
    """What comes first for who enters a track.

    seen       (e,) a view lies ahead on it
    ticks      (e,) until the first view, 0 where there is none
    rest       (e,) ticks to the track's end, 1 at least
    entry      (k,) who sees him there: entry
    camera_id  (k,) and camera
    """

    seen: NDArray[np.bool_]
    ticks: Ints
    rest: Ints
    entry: Ints
    camera_id: Ints


def _tracks(ways: Ways, around: Ints, *, seconds: float) -> _Tracks:
    """Return the tracks that can be come to within the seconds from some edges, and others that do no harm."""
    graph = ways.graph
    near = np.zeros(len(graph.xy), dtype=bool)
    ends = np.unique(np.concatenate([graph.from_node[around], graph.to_node[around]]))
    if len(ends):
        near = np.isfinite(dijkstra(ways.steps, indices=ends, limit=seconds, min_only=True))
    usable = near[graph.from_node] | near[graph.to_node]
    ahead = np.flatnonzero(np.isfinite(ways.forward_s) & usable)
    back = np.flatnonzero(np.isfinite(ways.back_s) & usable)
    edge = np.concatenate([ahead, back])
    against = np.repeat([False, True], [len(ahead), len(back)])
    start = np.concatenate([graph.from_node[ahead], graph.to_node[back]])
    end = np.concatenate([graph.to_node[ahead], graph.from_node[back]])
    row = np.full((2, len(graph.length_m)), -1)
    row[against.astype(int), edge] = np.arange(len(edge))
    after = turns(start, end, row[(~against).astype(int), edge])
    many = np.diff(after.first)
    chance = np.repeat(np.where(graph.leads_on[end], 0.0, 1.0 / np.maximum(many, 1)), many)
    return _Tracks(
        edge,
        against,
        start,
        end,
        graph.length_m[edge],
        np.concatenate([ways.forward_s[ahead], ways.back_s[back]]),
        sp.csr_array((chance, after.next, after.first), shape=(len(edge), len(edge))),
    )


def _sights(tracks: _Tracks, views: StreetViews) -> _Sights:
    """Return the views as they come along each track."""
    order = np.argsort(tracks.edge, kind="stable")
    low = np.searchsorted(tracks.edge[order], views.edge, side="left")
    many = np.searchsorted(tracks.edge[order], views.edge, side="right") - low
    view = np.repeat(np.arange(len(many)), many)
    track = order[np.repeat(low, many) + np.arange(len(view)) - np.repeat(np.cumsum(many) - many, many)]
    length, against = tracks.length_m[track], tracks.against[track]
    from_m = np.where(against, length - views.to_m[view], views.from_m[view])
    to_m = np.where(against, length - views.from_m[view], views.to_m[view])
    by = np.lexsort((from_m, track))
    return _Sights(track[by], views.camera_id[view][by], from_m[by], to_m[by])


def _ends_of_view(tracks: _Tracks, own: _Sights, leads_on: NDArray[np.bool_]) -> tuple[_Entries, int]:
    """Return where he can leave a camera's view, and at how many places he leaves the map with it."""
    track, first = np.unique(own.track, return_index=True)
    # The farthest end so far along each track: a view is left where none begins before it.
    reach = pd.Series(own.to_m).groupby(own.track).cummax().to_numpy(float)
    goes_on = np.append(own.track[1:] == own.track[:-1], False)
    goes_on[:-1] &= own.from_m[1:] <= reach[:-1] + ROUNDING_M
    at_end = reach >= tracks.length_m[own.track] - ROUNDING_M
    within = ~goes_on & ~at_end
    corners = np.unique(tracks.end[own.track[~goes_on & at_end]])
    seen_at_once = np.isin(np.arange(len(tracks.edge)), track[own.from_m[first] <= ROUNDING_M])
    over = np.flatnonzero(np.isin(tracks.start, corners) & ~seen_at_once & ~leads_on[tracks.start])
    return _Entries(
        np.concatenate([own.track[within], over]), np.concatenate([reach[within], np.zeros(len(over))])
    ), int(leads_on[corners].sum())


def _first_seen(entries: _Entries, tracks: _Tracks, sights: _Sights) -> _FirstSeen:
    """Return when he is first seen on each entry's track from there on, and by whom."""
    low = np.searchsorted(sights.track, entries.track, side="left")
    many = np.searchsorted(sights.track, entries.track, side="right") - low
    entry = np.repeat(np.arange(len(many)), many)
    sight = np.repeat(low, many) + np.arange(len(entry)) - np.repeat(np.cumsum(many) - many, many)
    ahead = sights.to_m[sight] > entries.at_m[entry] + ROUNDING_M
    entry, sight = entry[ahead], sight[ahead]
    after_m = np.maximum(sights.from_m[sight] - entries.at_m[entry], 0.0)
    first_m = np.full(len(many), np.inf)
    np.minimum.at(first_m, entry, after_m)
    by = after_m <= first_m[entry] + ROUNDING_M
    pairs = np.unique(np.stack([entry[by], sights.camera_id[sight[by]]], axis=1), axis=0)
    pace = (tracks.s / tracks.length_m)[entries.track]
    rest = np.rint((tracks.length_m[entries.track] - entries.at_m) * pace / _TICK_S)
    seen = np.isfinite(first_m)
    ticks = np.zeros(len(many))
    ticks[seen] = np.rint(first_m[seen] * pace[seen] / _TICK_S)
    return _FirstSeen(
        seen, ticks.astype(np.int64), np.maximum(rest, 1.0).astype(np.int64), pairs[:, 0], pairs[:, 1]
    )


def _followed(
    tracks: _Tracks, starts: _Entries, sights: _Sights, *, share: float, seconds: float
) -> pd.DataFrame:
    """Return the chance of each camera to be the first, by tick: entry, tick, chance, camera_id.

    share  the chance of each start
    """
    last, count = int(seconds / _TICK_S), len(tracks.edge)
    entries = _Entries(
        np.concatenate([np.arange(count), starts.track]), np.concatenate([np.zeros(count), starts.at_m])
    )
    first = _first_seen(entries, tracks, sights)
    goes_on = sp.csr_array(tracks.step[entries.track])
    ways_on = np.diff(goes_on.indptr)
    # Chances that lie ahead, by tick and entry: as many ticks as the longest track takes, over and over.
    ahead = np.zeros((int(first.rest.max()) + 1, len(first.seen)))
    ahead[0, count:] = share
    met: list[tuple[Ints, Ints, Floats]] = []
    for tick in range(last + 1):
        now = ahead[tick % len(ahead)]
        hit, on = np.flatnonzero(now * first.seen), np.flatnonzero(now * ~first.seen)
        met.append((hit, tick + first.ticks[hit], now[hit]))
        many = ways_on[on]
        way = np.repeat(goes_on.indptr[on] - np.cumsum(many) + many, many) + np.arange(many.sum())
        then = np.repeat((tick + first.rest[on]) % len(ahead), many)
        np.add.at(ahead, (then, goes_on.indices[way]), np.repeat(now[on], many) * goes_on.data[way])
        now[:] = 0.0
    entry, at, chance = (np.concatenate(part) for part in zip(*met, strict=True))
    seen = pd.DataFrame({"entry": entry, "tick": at, "chance": chance})
    return seen[seen["tick"] <= last].merge(
        pd.DataFrame({"entry": first.entry, "camera_id": first.camera_id}), on="entry"
    )


def _told(met: pd.DataFrame) -> Relay:
    """Return the cameras by chance and their blind times."""
    by_tick = met.groupby(["camera_id", "tick"], as_index=False)["chance"].sum()
    total = by_tick.groupby("camera_id")["chance"].transform("sum")
    so_far = by_tick.groupby("camera_id")["chance"].cumsum() / total

    def reached(share: float) -> Floats:
        """Return the first tick of each camera by which so much of its chance has come."""
        # The sum of a camera's chances may miss 1 by rounding, on the last tick.
        late = by_tick[so_far >= share - 1e-9]
        return np.asarray(late.groupby("camera_id")["tick"].first(), dtype=np.float64) * _TICK_S

    cameras = by_tick.groupby("camera_id").agg(chance=("chance", "sum"), low=("tick", "first"))
    camera_id = cameras.index.to_numpy(np.int64)
    chance = np.minimum(cameras["chance"].to_numpy(float), 1.0)
    order = np.lexsort((camera_id, -chance.round(9)))
    once = met.drop_duplicates(["entry", "tick"])["chance"].sum()
    return Relay(
        camera_id=camera_id[order],
        probability=chance[order],
        blind_median_s=reached(0.5)[order],
        blind_low_s=cameras["low"].to_numpy(float)[order] * _TICK_S,
        blind_high_s=reached(_HIGH_SHARE)[order],
        unseen=float(np.clip(1.0 - once, 0.0, 1.0)),
    )
