"""Ways out as what has to be cut: from where he may be, past what cameras see, to the ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import spsolve

from spatial.errors import OutOfRange
from spatial.network import REACTION_S, Exits, Reach, crossings, extents
from spatial.street_views import StreetViews
from spatial.streets import ROUNDING_M, Floats, Ints
from spatial.turning import Turns, turns


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Every way along a span within the ring, for the random walk of `escape_share`.

    turns      what may follow each
    starts     the ways that he may take first, all alike
    gets_away  (w,) the way ends at the ring, or where the map does
    seen_by    scipy.sparse (w, a): which aims see it beyond the region
    at_exit    he starts where the map ends: away at once
    """

    turns: Turns
    starts: Ints
    gets_away: NDArray[np.bool_]
    seen_by: Any
    at_exit: bool


@dataclass(frozen=True, slots=True, eq=False)
class Escape:
    """The streets between where he may be and a ring, joined into rooms: within a room nobody sees him move.

    exits        the crossings of the ring
    camera_id    (a,) the aims whose certain views lie between him and the ring: camera
    aim_id       (a,) and aim, in that order
    first_s      (a,) the soonest that he can come into the view beyond the region, seconds since the call
    source       room he may be in: his region and what is joined to it unseen
    exit_room    (k,) room of each exit
    room_from    (p,) passages between rooms, one way each: seen by some aim, or one-way streets that none sees;
    room_to      (p,) only those that lie on some way from the source to an exit
    seen_by      scipy.sparse (p, a): which aims see the passage
    rooms        how many
    runs         the ways of the random walk
    """

    exits: Exits
    camera_id: Ints
    aim_id: Ints
    first_s: Floats
    source: int
    exit_room: Ints
    room_from: Ints
    room_to: Ints
    seen_by: Any  # scipy.sparse.csr_array; scipy ships no types
    rooms: int
    runs: Runs


def region_and_ring(
    elapsed_s: float, minutes: float, *, reaction_s: float = REACTION_S
) -> tuple[float, float]:
    """Return region_s and ring_s: where he may be by the time anybody looks, and a ring so many minutes beyond.

    elapsed_s  since the call
    Raises     OutOfRange below 0
    """
    if not (elapsed_s >= 0.0 and minutes >= 0.0 and reaction_s >= 0.0):
        raise OutOfRange(f"times must be zero or more: {elapsed_s}, {minutes}, {reaction_s}")
    return elapsed_s + reaction_s, elapsed_s + reaction_s + 60.0 * minutes


def escape_graph(
    field: Reach, views: StreetViews, *, region_s: float, ring_s: float, least_m: float = 1.0
) -> Escape:
    """Return what lies between where he may be after `region_s` and the ring at `ring_s`.

    field    followed for ring_s at least
    views    only certain ones count, and only their parts beyond the region: a view of the place itself closes nothing
    ring_s   region_s or more; a ring at the region's own edge leaves no street to close
    least_m  a part of a view that shows less street than this, beyond the region and within the ring, does not count
    Raises   OutOfRange
    """
    if not region_s <= ring_s:
        raise OutOfRange(f"the ring ({ring_s} s) must not lie within the region ({region_s} s)")
    parts = field.parts
    exits, where = crossings(field, ring_s)
    ways = _ways(field, exits, where=where, region_s=region_s, ring_s=ring_s)
    camera_id, aim_id, first_s, seen_by = _seen(ways, views, least_m=least_m)
    count = len(field.ways.graph.xy)
    exit_station = np.where(exits.direction == 0, where, count + 1 + np.arange(len(where)))
    in_region = np.append(np.flatnonzero(field.node_s <= region_s), parts.origin)
    room = _rooms(ways, np.diff(seen_by.indptr) == 0, in_region, ends=exit_station)
    source, exit_room = int(room[parts.origin]), room[exit_station]
    passage = _useful(room[ways.start], room[ways.end], source, exit_room)
    return Escape(
        exits=exits,
        camera_id=camera_id,
        aim_id=aim_id,
        first_s=np.maximum(first_s, region_s),
        source=source,
        exit_room=exit_room,
        room_from=room[ways.start][passage],
        room_to=room[ways.end][passage],
        seen_by=seen_by[passage],
        rooms=int(room.max(initial=-1)) + 1,
        runs=Runs(
            turns=turns(ways.start, ways.end, ways.twin),
            starts=np.flatnonzero(ways.start == parts.origin),
            gets_away=np.isin(ways.end, exit_station),
            seen_by=seen_by,
            at_exit=bool(np.isin(parts.origin, exit_station)),
        ),
    )


def open_exits(escape: Escape, aims: ArrayLike) -> NDArray[np.bool_]:
    """Return which exits (k,) some way still leads to that none of the aims sees.

    aims    (j,) rows of the escape's aims
    """
    unseen = escape.seen_by @ _held(escape, aims) == 0.0
    reached = _reached(escape.room_from[unseen], escape.room_to[unseen], escape.source, rooms=escape.rooms)
    opened: NDArray[np.bool_] = reached[escape.exit_room]
    return opened


def escape_share(escape: Escape, aims: ArrayLike) -> float:
    """Return the share of escapes that none of the aims sees: 0 if and only if every exit is closed, else up to 1.

    An escape is a random walk from the origin to the ring: at each corner any street but the one he came by, all
    alike; back at a dead end. It is seen where it crosses a stretch beyond the region that one of the aims sees. The
    share is exact, by the absorbing Markov chain on the ways along streets, not by drawing walks. 0 without exits.
    Source  Kemeny and Snell, Finite Markov Chains (1960), ch. 3
    """
    runs = escape.runs
    if runs.at_exit:
        return 1.0
    unseen = runs.seen_by @ _held(escape, aims) == 0.0
    escapes = _gets_away(runs, np.ones(len(unseen), dtype=bool))
    if escapes <= 0.0:
        return 0.0
    return min(1.0, _gets_away(runs, unseen) / escapes)


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """The ways along spans within the ring, one way each.

    start, end  (w,) stations: nodes, then the origin, then the exits
    twin        (w,) the same span the other way, or -1
    edge        (w,)
    from_m      (w,) the part of the edge that lies beyond the region and within the ring, empty where
    to_m        (w,) to_m <= from_m
    begin_m     (w,) where on the edge the way begins
    begin_s     (w,) how soon he can be there
    pace        (w,) seconds a metre, below 0 where the way runs against the edge's line
    """

    start: Ints
    end: Ints
    twin: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats
    begin_m: Floats
    begin_s: Floats
    pace: Floats


def _ways(field: Reach, exits: Exits, *, where: Ints, region_s: float, ring_s: float) -> _Ways:
    """Return the ways; one along a span that the ring crosses ends at the exit, for who walks it to its end."""
    parts, ring, region = field.parts, extents(field, ring_s), extents(field, region_s)
    station = len(field.ways.graph.xy) + 1 + np.arange(len(where))
    end, start = parts.end.copy(), parts.start.copy()
    end[where[exits.direction == 1]] = station[exits.direction == 1]
    start[where[exits.direction == -1]] = station[exits.direction == -1]
    ahead, behind = np.flatnonzero(ring.from_start_m >= 0.0), np.flatnonzero(ring.from_end_m >= 0.0)
    inner_from = parts.from_m + np.maximum(region.from_start_m, 0.0)
    inner_to = parts.to_m - np.maximum(region.from_end_m, 0.0)
    outer_to = np.where(ring.whole, inner_to, parts.from_m + ring.from_start_m)
    outer_from = np.where(ring.whole, inner_from, parts.to_m - ring.from_end_m)
    row = np.full(len(parts.edge), -1)
    row[behind] = len(ahead) + np.arange(len(behind))
    twin_ahead = np.where(ring.whole[ahead], row[ahead], -1)
    row[:] = -1
    row[ahead] = np.arange(len(ahead))
    twin_behind = np.where(ring.whole[behind], row[behind], -1)
    length, station_s = parts.to_m - parts.from_m, np.append(field.node_s, 0.0)
    return _Ways(
        start=np.concatenate([parts.start[ahead], parts.end[behind]]),
        end=np.concatenate([end[ahead], start[behind]]),
        twin=np.concatenate([twin_ahead, twin_behind]),
        edge=np.concatenate([parts.edge[ahead], parts.edge[behind]]),
        from_m=np.concatenate([inner_from[ahead], outer_from[behind]]),
        to_m=np.concatenate([outer_to[ahead], inner_to[behind]]),
        begin_m=np.concatenate([parts.from_m[ahead], parts.to_m[behind]]),
        begin_s=station_s[np.concatenate([parts.start[ahead], parts.end[behind]])],
        pace=np.concatenate([(parts.forward_s / length)[ahead], -(parts.back_s / length)[behind]]),
    )


def _seen(ways: _Ways, views: StreetViews, *, least_m: float) -> tuple[Ints, Ints, Floats, Any]:
    """Return the aims that see any of the ways: camera, aim, how soon; and which see which (way, aim)."""
    order = np.argsort(ways.edge, kind="stable")
    low = np.searchsorted(ways.edge[order], views.edge, side="left")
    many = np.searchsorted(ways.edge[order], views.edge, side="right") - low
    many[~views.certain] = 0
    view = np.repeat(np.arange(len(many)), many)
    nth = np.arange(len(view)) - np.repeat(np.cumsum(many) - many, many)
    way = order[np.repeat(low, many) + nth]
    from_m = np.maximum(views.from_m[view], ways.from_m[way])
    to_m = np.minimum(views.to_m[view], ways.to_m[way])
    counts = to_m - from_m >= max(least_m, ROUNDING_M)
    view, way = view[counts], way[counts]
    near_m = np.where(ways.pace[way] > 0.0, from_m[counts], to_m[counts])
    soon_s = ways.begin_s[way] + (near_m - ways.begin_m[way]) * ways.pace[way]
    held, aim = np.unique(
        np.stack([views.camera_id[view], views.aim_id[view]], axis=1), axis=0, return_inverse=True
    )
    first_s = np.full(len(held), np.inf)
    np.minimum.at(first_s, aim.reshape(-1), soon_s)
    seen_by = sp.csr_array((np.ones(len(way)), (way, aim.reshape(-1))), shape=(len(ways.start), len(held)))
    # Two stretches of one way in the same view are one sight of it.
    seen_by.sum_duplicates()
    seen_by.data[:] = 1.0
    return held[:, 0], held[:, 1], first_s, seen_by


def _rooms(ways: _Ways, unseen: NDArray[np.bool_], in_region: Ints, *, ends: Ints) -> Ints:
    """Return the room of each station (by number; -1 where no way leads).

    Stations with unseen ways both to and fro are one room; the whole region is one, and so are an exit and where the
    unseen way to it starts: nothing leads back from it that could matter.
    """
    used, place = np.unique(np.concatenate([ways.start, ways.end, in_region, ends]), return_inverse=True)
    start, end = place[: len(ways.start)], place[len(ways.start) : 2 * len(ways.start)]
    inside = place[2 * len(ways.start) : 2 * len(ways.start) + len(in_region)]
    home = np.full(len(inside), inside[-1])
    out = unseen & np.isin(ways.end, ends)
    joined = sp.csr_array(
        (
            np.ones(unseen.sum() + out.sum() + 2 * len(inside)),
            (
                np.concatenate([start[unseen], end[out], inside, home]),
                np.concatenate([end[unseen], start[out], home, inside]),
            ),
        ),
        shape=(len(used), len(used)),
    )
    room = np.full(int(used.max(initial=0)) + 1, -1, dtype=np.int64)
    room[used] = connected_components(joined, directed=True, connection="strong")[1]
    return room


def _useful(room_from: Ints, room_to: Ints, source: int, exit_room: Ints) -> Ints:
    """Return the ways between different rooms that lie on some way from the source to an exit."""
    rooms = int(max(room_from.max(initial=source), room_to.max(initial=source))) + 1
    there = _reached(room_from, room_to, source, rooms=rooms)
    targets = np.unique(exit_room)
    # One more room beyond all exits, to search back from.
    beyond = np.full(len(targets), rooms)
    back = _reached(
        np.concatenate([room_to, beyond]), np.concatenate([room_from, targets]), rooms, rooms=rooms + 1
    )
    apart = (room_from != room_to) & (room_to != source)
    return np.flatnonzero(apart & there[room_from] & back[room_to])


def _reached(room_from: Ints, room_to: Ints, source: int, *, rooms: int) -> NDArray[np.bool_]:
    """Return which rooms passages lead to from the source, itself among them."""
    ways = sp.csr_array((np.ones(len(room_from)), (room_from, room_to)), shape=(rooms, rooms))
    reached = np.zeros(rooms, dtype=bool)
    reached[breadth_first_order(ways, source, return_predecessors=False)] = True
    return reached


def _held(escape: Escape, aims: ArrayLike) -> Floats:
    """Return 1 for the aims that are held, else 0."""
    held = np.zeros(len(escape.camera_id))
    held[np.asarray(aims, dtype=np.int64)] = 1.0
    return held


def _gets_away(runs: Runs, unseen: NDArray[np.bool_]) -> float:
    """Return the chance that a random walk gets to the ring by unseen ways alone."""
    ways = len(unseen)
    turning = sp.csr_array(
        (np.ones(len(runs.turns.next)), runs.turns.next, runs.turns.first), shape=(ways, ways)
    )
    on = np.flatnonzero(unseen & ~runs.gets_away)
    away = (unseen & runs.gets_away).astype(float)
    # Only ways from which the ring can be reached at all: the rest would make the chain singular.
    live = on[_leads_away(turning, on, away)]
    chance = away.copy()
    if len(live):
        many = np.maximum(np.diff(runs.turns.first), 1)
        step = sp.csr_array(sp.diags_array(1.0 / many[live]) @ turning[live])
        chance[live] = spsolve(sp.csc_array(sp.eye_array(len(live)) - step[:, live]), step @ away)
    return float(chance[runs.starts].mean()) if len(runs.starts) else 0.0


def _leads_away(turning: Any, on: Ints, away: Floats) -> NDArray[np.bool_]:
    """Return which of the ways `on` lead to one that gets away, by ways of `on` alone."""
    ways = turning.shape[0]
    allowed = np.zeros(ways, dtype=bool)
    allowed[on] = True
    allowed |= away > 0.0
    start, to = turning.nonzero()
    kept = allowed[start] & allowed[to]
    gone = np.flatnonzero(away)
    back_from = np.concatenate([to[kept], np.full(len(gone), ways)])
    back_to = np.concatenate([start[kept], gone])
    return _reached(back_from, back_to, ways, rooms=ways + 1)[on]
