"""Escapes by brute force: streets as a lattice of points half a metre apart, every simple way written down.

Independent of `spatial`: nothing here is an extent, a room or a cut. All lengths, views, places and times are whole
steps, one metre a second, so that every border falls on a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely

from spatial.street_views import StreetViews
from spatial.streets import StreetGraph

STEP_M = 0.5
SPEED = {"car": {"alley": 1.0}}

Point = tuple[str, int] | tuple[str, int, int]
Aim = tuple[int, int]


@dataclass(frozen=True)
class World:
    """A small town: edges (from, to, steps, oneway), where it leads on, where he starts, and what each aim sees."""

    nodes: int
    edges: list[tuple[int, int, int, int]]
    leads_on: set[int]
    origin: tuple[int, int]
    seen: dict[Aim, list[tuple[int, int, int]]]
    region: int
    ring: int

    def graph(self) -> StreetGraph:
        """Return it as the streets of the project; where the lines lie does not matter."""
        start, end, steps, oneway = (np.array(column) for column in zip(*self.edges, strict=True))
        length = steps * STEP_M
        lines = [shapely.LineString([(0.0, 10.0 * k), (m, 10.0 * k)]) for k, m in enumerate(length)]
        count = len(self.edges)
        return StreetGraph(
            xy=np.zeros((self.nodes, 2)),
            from_node=start.astype(np.int64),
            to_node=end.astype(np.int64),
            length_m=length,
            kind=np.array(["alley"] * count, dtype=object),
            width_m=np.full(count, np.nan),
            oneway=oneway.astype(np.int8),
            alley_id=np.arange(count),
            alley_from_m=np.zeros(count),
            lines=np.array(lines, dtype=object),
            leads_on=np.isin(np.arange(self.nodes), list(self.leads_on)),
        )

    def views(self) -> StreetViews:
        """Return what the aims see, all of it certain."""
        rows = [(*aim, edge, low, high) for aim, parts in self.seen.items() for edge, low, high in parts]
        camera, aim, edge, low, high = np.array(rows).reshape(-1, 5).T
        return StreetViews(camera, aim, edge, low * STEP_M, high * STEP_M, np.ones(len(rows), dtype=bool))


def random_world(rng: np.random.Generator) -> World:
    """Return a town of 4 to 7 corners with loops, doubled streets, dead ends, one-way streets and turning cameras.

    Every other one is a star, so that several cameras are needed.
    """
    nodes, star = int(rng.integers(4, 8)), bool(rng.random() < 0.5)
    ways = [(0 if star else int(rng.integers(k)), k) for k in range(1, nodes)]
    ways += [tuple(map(int, rng.integers(nodes, size=2))) for _ in range(int(rng.integers(0, 4)))]
    oneway = rng.choice([0, 0, 0, 1, -1], size=len(ways)) if rng.random() < 0.5 else np.zeros(len(ways), int)
    edges = [(a, b, int(rng.integers(2, 9)), int(one)) for (a, b), one in zip(ways, oneway, strict=True)]
    degree = np.bincount([node for a, b, *_ in edges for node in (a, b)], minlength=nodes)
    leads_on = {int(node) for node in np.flatnonzero(degree == 1) if rng.random() < 0.4}
    first = int(rng.integers(len(edges)))
    region = int(rng.integers(0, 2 if star else 4))
    seen: dict[Aim, list[tuple[int, int, int]]] = {}
    for camera in range(int(rng.integers(3, 6) if star else rng.integers(1, 6))):
        for aim in range(int(rng.choice([1, 1, 2, 3]))):
            for _ in range(1 if star else int(rng.integers(1, 4))):
                edge = (first + camera + aim) % len(edges) if star else int(rng.integers(len(edges)))
                low, high = sorted(map(int, rng.choice(edges[edge][2] + 1, size=2, replace=False)))
                seen.setdefault((camera, aim), []).append((edge, low, high))
    return World(
        nodes=nodes,
        edges=edges,
        leads_on=leads_on,
        origin=(first, 0 if star else int(rng.integers(edges[first][2] + 1))),
        seen=seen,
        region=region,
        ring=region + int(rng.integers(4 if star else 0, 14)),
    )


class Lattice:
    """The town as points and steps between them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.steps: dict[Point, list[tuple[Point, int, int, int]]] = {}
        for edge, (_, _, length, oneway) in enumerate(world.edges):
            for at in range(length):
                low, high = self.point(edge, at), self.point(edge, at + 1)
                if oneway >= 0:
                    self.steps.setdefault(low, []).append((high, edge, at, 1))
                if oneway <= 0:
                    self.steps.setdefault(high, []).append((low, edge, at, -1))
        self.soonest = self._soonest()

    def point(self, edge: int, at: int) -> Point:
        """Return the point so many steps along an edge; its ends are corners."""
        start, end, length, _ = self.world.edges[edge]
        return ("n", start) if at == 0 else ("n", end) if at == length else ("e", edge, at)

    def _soonest(self) -> dict[Point, int]:
        origin = self.point(*self.world.origin)
        soonest, front = {origin: 0}, [origin]
        for point in front:
            for there, *_ in self.steps.get(point, []):
                if there not in soonest:
                    soonest[there] = soonest[point] + 1
                    front.append(there)
        return soonest

    def within(self, edge: int, at: int, limit: int) -> bool:
        """Return whether the step between two points of an edge can have been gone wholly by then."""
        oneway = self.world.edges[edge][3]
        low, high = self.point(edge, at), self.point(edge, at + 1)
        never = limit + 1
        ahead = oneway >= 0 and self.soonest.get(low, never) + 1 <= limit
        back = oneway <= 0 and self.soonest.get(high, never) + 1 <= limit
        return ahead or back

    def exits(self) -> list[tuple[int, float, int]]:
        """Return edge, metres along it and direction of every crossing of the ring, in order."""
        found = []
        for point, steps in self.steps.items():
            if self.soonest.get(point) == self.world.ring:
                for _, edge, at, way in steps:
                    if not self.within(edge, at, self.world.ring):
                        found.append((edge, (at if way == 1 else at + 1) * STEP_M, way))
        for edge, (start, end, length, _) in enumerate(self.world.edges):
            for node, at in ((start, 0), (end, length)):
                if node in self.world.leads_on and self.soonest.get(("n", node), 10**6) <= self.world.ring:
                    found.append((edge, at * STEP_M, 0))
        return sorted(found, key=lambda row: (row[0], row[1], -row[2]))

    def watchers(self, edge: int, at: int) -> frozenset[Aim]:
        """Return the aims that see a step beyond where he may be."""
        if self.within(edge, at, self.world.region):
            return frozenset()
        return frozenset(
            aim
            for aim, parts in self.world.seen.items()
            if any(each == edge and low <= at < high for each, low, high in parts)
        )

    def ways_to(self, target: Point) -> list[frozenset[Aim]]:
        """Return for every simple way from where he may be to a point the aims that see some of it."""
        starts = [point for point, soon in self.soonest.items() if soon <= self.world.region]
        return [seen for start in starts for seen in self._onward(start, target, {start}, frozenset())]

    def _onward(
        self, point: Point, target: Point, been: set[Point], seen: frozenset[Aim]
    ) -> Iterator[frozenset[Aim]]:
        if point == target:
            yield seen
            return
        for there, edge, at, _ in self.steps.get(point, []):
            if there not in been and self.within(edge, at, self.world.ring):
                yield from self._onward(there, target, been | {there}, seen | self.watchers(edge, at))


def holdings(world: World) -> Iterator[list[Aim]]:
    """Give every way to hold the cameras: each off, or at one of its aims."""
    cameras = sorted({camera for camera, _ in world.seen})
    choices = [[None, *(aim for aim in world.seen if aim[0] == camera)] for camera in cameras]
    for held in product(*choices):
        yield [aim for aim in held if aim is not None]
