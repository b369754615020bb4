"""Where he may be by now, and where the ways out cross the ring: travel time along the streets.

Streets alone are known here. Who climbs a wall, crosses a yard or hides in a house is no worse seen than by the old
rule, and no net holds him.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import dijkstra

from spatial.errors import NoStreetNear, OutOfRange
from spatial.streets import ROUNDING_M, Floats, Ints, StreetGraph

# Metres a second by mode and kind of street; a kind that is missing cannot be used by that mode. Adjustable.
# On foot: what runners choose by themselves, about 3 m/s (Selinger and others, Current Biology 32, 2022); stairs at
# half of it, as walkers do (Fujiyama and Tyler, Transportation Planning and Technology 33, 2010). By bicycle: 20 km/h,
# above the 15 km/h of everyday rides (Schleinitz and others, Safety Science 92, 2017); carried on stairs. By car: the
# limits in Korean towns, 50 km/h on roads and 30 km/h in alleys. None is the most that anybody can do: a sprinter or a
# driver in flight is faster, and the caller who expects one gives other speeds.
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
    tree       shapely.STRtree of the edges that this mode can use, and
    usable     which edges these are
    """

    graph: StreetGraph
    mode: str
    forward_s: Floats
    back_s: Floats
    steps: Any  # scipy.sparse.csr_array; scipy ships no types
    tree: shapely.STRtree
    usable: Ints


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a street: metres along an edge, and how far off the street the place asked for lies."""

    edge: int
    offset_m: float
    off_street_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The edges as seen from an origin, a row an edge, but two for the edge that the origin cuts.

    edge        (k,) row of the graph's edges
    from_m      (k,) where on the edge the span starts and
    to_m        (k,) ends
    start       (k,) station there: a node, or the number of nodes for the origin
    end         (k,)
    forward_s   (k,) seconds along it, infinity where he may not go that way
    back_s      (k,)
    origin      the station of the origin: a node if it lies on one
    """

    edge: Ints
    from_m: Floats
    to_m: Floats
    start: Ints
    end: Ints
    forward_s: Floats
    back_s: Floats
    origin: int


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How long it takes from a place to anywhere.

    ways     the streets and the mode
    origin   where he starts
    node_s   (n,) seconds to each node, infinity beyond `seconds` and where no way leads
    seconds  how far the times were followed
    parts    the edges that are entered by then, as seen from the origin
    """

    ways: Ways
    origin: Spot
    node_s: Floats
    seconds: float
    parts: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """How far into each span he gets by some time, from its start and from its end; below 0: not at all.

    from_start_m  (k,) metres from the start
    from_end_m    (k,) metres from the end
    whole         (k,) no part of it is left
    """

    from_start_m: Floats
    from_end_m: Floats
    whole: NDArray[np.bool_]


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
    if mode not in speeds:
        raise OutOfRange(f"mode must be one of {', '.join(speeds)}, not {mode}")
    if not all(0.0 < speed < np.inf for speed in speeds[mode].values()):
        raise OutOfRange(f"speeds must be above 0: {dict(speeds[mode])}")
    speed = np.array([speeds[mode].get(kind, 0.0) for kind in graph.kind], dtype=np.float64)
    barred = np.zeros(len(speed), dtype=np.int8)
    if mode == "car":
        speed[graph.width_m < car_width_m] = 0.0
        barred = graph.oneway
    with np.errstate(divide="ignore"):
        seconds = graph.length_m / speed
    forward_s, back_s = np.where(barred == -1, np.inf, seconds), np.where(barred == 1, np.inf, seconds)
    usable = np.flatnonzero(np.isfinite(forward_s) | np.isfinite(back_s))
    steps = _steps(graph, forward_s, back_s)
    return Ways(graph, mode, forward_s, back_s, steps, shapely.STRtree(graph.lines[usable]), usable)


def locate(ways: Ways, xy: ArrayLike, *, within_m: float = 100.0) -> Spot:
    """Return the nearest spot on a street that the mode can use.

    xy      (2,) metres
    Raises  NoStreetNear, whose `distance_m` says how far the nearest street is (infinity: there is none)
    """
    place = shapely.points(np.asarray(xy, dtype=np.float64))
    row, distance = ways.tree.query_nearest(place, return_distance=True)
    if not len(row) or distance[0] > within_m:
        raise NoStreetNear(float(distance[0]) if len(row) else np.inf, within_m=within_m)
    edge = int(ways.usable[row.min()])
    return Spot(edge, float(shapely.line_locate_point(ways.graph.lines[edge], place)), float(distance[0]))


def reach(ways: Ways, origin: Spot, *, seconds: float) -> Reach:
    """Return how long it takes from a spot along the streets, followed up to `seconds`.

    The way from the place to the street counts no time: he may have run before anybody called.
    Raises  OutOfRange if seconds are not zero or more
    """
    if not 0.0 <= seconds < np.inf:
        raise OutOfRange(f"seconds must be zero or more, not {seconds}")
    graph, count = ways.graph, len(ways.graph.xy)
    own = spans(ways, origin, edges=np.array([origin.edge]))
    steps = ways.steps
    if own.origin == count:
        out = [(own.end, own.start == count, own.forward_s), (own.start, own.end == count, own.back_s)]
        to = np.concatenate([node[ours & np.isfinite(s)] for node, ours, s in out])
        cost = np.concatenate([s[ours & np.isfinite(s)] for _, ours, s in out])
        steps = _with_row(steps, to, cost)
    node_s = np.asarray(dijkstra(steps, indices=own.origin, limit=seconds), dtype=np.float64)[:count]
    met = np.isfinite(node_s)
    entered = (
        met[graph.from_node[ways.usable]] | met[graph.to_node[ways.usable]] | (ways.usable == origin.edge)
    )
    return Reach(ways, origin, node_s, seconds, spans(ways, origin, edges=ways.usable[entered]))


def region(field: Reach, seconds: float) -> Stretches:
    """Return where he may be after `seconds`: the parts of edges that he can have reached, parts of edges included.

    Stretches neither overlap nor meet; the region of more seconds holds that of fewer.
    Raises  OutOfRange beyond the seconds that the field was followed for
    """
    parts, by = field.parts, extents(field, seconds)
    ahead = ~by.whole & (by.from_start_m > 0.0)
    behind = ~by.whole & (by.from_end_m > 0.0)
    edge = np.concatenate([parts.edge[by.whole], parts.edge[ahead], parts.edge[behind]])
    from_m = np.concatenate(
        [parts.from_m[by.whole], parts.from_m[ahead], (parts.to_m - by.from_end_m)[behind]]
    )
    to_m = np.concatenate([parts.to_m[by.whole], (parts.from_m + by.from_start_m)[ahead], parts.to_m[behind]])
    order = np.lexsort((from_m, edge))
    edge, from_m, to_m = edge[order], from_m[order], to_m[order]
    # What meets is one stretch: the span ahead of the origin and the one behind it.
    first = np.append(True, (edge[1:] != edge[:-1]) | (from_m[1:] > to_m[:-1] + ROUNDING_M))[: len(edge)]
    return Stretches(edge[first], from_m[first], to_m[np.append(first[1:], True)[: len(edge)]])


def ways_out(field: Reach, seconds: float) -> Exits:
    """Return the crossings of the ring: where he first can be after exactly `seconds`, heading outward.

    An edge entered from both ends may be crossed twice. A dead end within the ring is no way out; the end of the
    map (`StreetGraph.leads_on`) reached by then is one, direction 0.
    Of a ring at minute m after `t0`, seconds are t0 + 60 m: rings are counted from where he may be, so they grow
    with the clock.
    Raises  OutOfRange beyond the seconds that the field was followed for
    """
    return crossings(field, seconds)[0]


def spans(ways: Ways, origin: Spot, *, edges: Ints | None = None) -> Spans:
    """Return the edges, that of the origin cut there.

    edges  rows of the graph's edges; None is all that the mode can use
    """
    graph = ways.graph
    edge, offset, length = origin.edge, origin.offset_m, float(graph.length_m[origin.edge])
    station = len(graph.xy)
    if offset <= ROUNDING_M or offset >= length - ROUNDING_M:
        station = int((graph.from_node if offset <= ROUNDING_M else graph.to_node)[edge])
    rows = ways.usable if edges is None else edges
    from_m, to_m = np.zeros(len(rows)), graph.length_m[rows]
    start, end = graph.from_node[rows], graph.to_node[rows]
    if station == len(graph.xy):
        own, rest = rows == edge, rows != edge
        rows = np.concatenate([rows[rest], rows[own], rows[own]])
        from_m = np.concatenate([from_m[rest], [0.0, offset]])
        to_m = np.concatenate([to_m[rest], [offset, length]])
        start = np.concatenate([start[rest], start[own], [station]])
        end = np.concatenate([end[rest], [station], end[own]])
    share = (to_m - from_m) / graph.length_m[rows]
    return Spans(
        rows, from_m, to_m, start, end, ways.forward_s[rows] * share, ways.back_s[rows] * share, station
    )


def extents(field: Reach, seconds: float) -> Extents:
    """Return how far into each span of the field he can have got; OutOfRange beyond the seconds the field was followed for."""
    if not 0.0 <= seconds <= field.seconds:
        raise OutOfRange(f"the times are known up to {field.seconds} s, not {seconds}")
    parts = field.parts
    length = parts.to_m - parts.from_m
    station_s = np.append(field.node_s, 0.0)
    left = seconds - station_s
    from_start = _extent(left[parts.start], length, parts.forward_s)
    from_end = _extent(left[parts.end], length, parts.back_s)
    gone = np.maximum(from_start, 0.0) + np.maximum(from_end, 0.0)
    return Extents(from_start, from_end, gone >= length - ROUNDING_M)


def crossings(field: Reach, seconds: float) -> tuple[Exits, Ints]:
    """Return the exits as `ways_out` and the span (k,) of each; for one at the end of the map, its node instead."""
    parts, by = field.parts, extents(field, seconds)
    ahead = np.flatnonzero(~by.whole & (by.from_start_m >= 0.0))
    behind = np.flatnonzero(~by.whole & (by.from_end_m >= 0.0))
    node, edge, at = _map_ends(field, seconds)
    edges = np.concatenate([parts.edge[ahead], parts.edge[behind], edge])
    offset = np.concatenate(
        [(parts.from_m + by.from_start_m)[ahead], (parts.to_m - by.from_end_m)[behind], at]
    )
    direction = np.repeat([1, -1, 0], [len(ahead), len(behind), len(node)]).astype(np.int8)
    where = np.concatenate([ahead, behind, node])
    order = np.lexsort((-direction, offset, edges))
    spot = shapely.line_interpolate_point(field.ways.graph.lines[edges[order]], offset[order])
    xy = shapely.get_coordinates(spot).reshape(-1, 2)
    return Exits(edges[order], offset[order], direction[order], xy), where[order]


def _map_ends(field: Reach, seconds: float) -> tuple[Ints, Ints, Floats]:
    """Return the nodes where he can have left the map, their edges, and where on these they lie."""
    parts, graph = field.parts, field.ways.graph
    gone = graph.leads_on & (field.node_s <= seconds)
    station = np.append(gone, False)
    first, last = np.flatnonzero(station[parts.start]), np.flatnonzero(station[parts.end])
    return (
        np.concatenate([parts.start[first], parts.end[last]]),
        parts.edge[np.concatenate([first, last])],
        np.concatenate([parts.from_m[first], parts.to_m[last]]),
    )


def _extent(left_s: Floats, length_m: Floats, span_s: Floats) -> Floats:
    """Return how many metres of a span are done in the seconds left; -1 where the span is not entered."""
    entered = (left_s >= 0.0) & np.isfinite(span_s)
    done = np.divide(left_s, span_s, out=np.zeros(len(left_s)), where=entered)
    return np.where(entered, np.minimum(done, 1.0) * length_m, -1.0)


def _steps(graph: StreetGraph, forward_s: Floats, back_s: Floats) -> Any:
    """Return the quickest single edge between nodes, one way each."""
    steps = pd.DataFrame(
        {
            "start": np.concatenate([graph.from_node, graph.to_node]),
            "end": np.concatenate([graph.to_node, graph.from_node]),
            "s": np.concatenate([forward_s, back_s]),
        }
    )
    steps = steps[np.isfinite(steps["s"])].sort_values("s").drop_duplicates(["start", "end"])
    size = len(graph.xy)
    return sp.csr_array((steps["s"], (steps["start"], steps["end"])), shape=(size, size))


def _with_row(steps: Any, to: Ints, cost_s: Floats) -> Any:
    """Return the graph with one more node, from which these steps lead; of two to the same node the quicker."""
    order = np.lexsort((cost_s, to))
    to, first = np.unique(to[order], return_index=True)
    size = steps.shape[0] + 1
    return sp.csr_array(
        (
            np.concatenate([steps.data, cost_s[order][first]]),
            np.concatenate([steps.indices, to]),
            np.append(steps.indptr, len(steps.data) + len(to)),
        ),
        shape=(size, size),
    )
