"""What comes into sight by each aim of a plan: which street most, calls that no camera saw, whose zone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.aim_figures import beliefs
from app.figures import named_alleys
from app.place_figures import ROUTES
from app.risk import CHILDREN, areas_of
from app.world import World
from spatial import demand, samples
from spatial.sightings import sightings

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Row = dict[str, Any]

# A call is that of a street from whose middle it lies no farther: half a wide street and a house's front.
CALL_M = 15.0
# So near to its middle, half a wide street, a point lies on a safe way home.
ROUTE_M = 10.0
_NEVER_SAID = 0.5
_MOST_ZONES = 3


class Facts:
    """What each chosen aim adds, in their order: a call that two of them see is that of the first."""

    def __init__(
        self,
        world: World,
        points: gpd.GeoDataFrame,
        seen: gpd.GeoSeries,
        *,
        density_class: str,
        level: Callable[[Whole], str],
    ) -> None:
        """Gather what is asked of each aim.

        points  what the plan is for: alley_id, weight (metres) and the point; what belongs to no street (a zone's open
                ground) has no alley_id, and its zone_id and a weight in m²
        seen    what each aim would see, numbered 0, 1, ..., in the CRS of the points
        level   says of positions in `points` how high their risk is
        """
        self.world, self.points, self.level = world, points, level
        alley = points["alley_id"]
        self._street = alley.notna().to_numpy()
        self._alley = alley.to_numpy()
        self._weight = points["weight"].to_numpy(dtype=np.float64)
        self._names = named_alleys(world.alleys)
        self._lit = world.alleys.set_index("alley_id")["lit"].reindex(alley).to_numpy(dtype=object)
        self._dark = demand.darkness(points, self._lit, world.lamps)
        self._unseen, self._perhaps = _new_calls(world, seen, density_class)
        self._children = _layer(world, points, CHILDREN)
        self._route = _layer(world, points, ROUTES)

    def metres(self, at: Whole) -> float:
        """Return the metres of street that some points stand for."""
        return round(float(self._weight[at[self._street[at]]].sum()), 1)

    def reason(self, n: int, fresh: Whole, *, act: str, again: Any = None, lost: Any = None) -> Row:
        """Return why the nth aim was chosen, JSON-ready.

        code          most_in_street; nothing_new where no street comes into sight; taken_down
        alley, metres, width_m, risk, dark, dark_m, light, calls  of the street that gains most: what of it is newly
                      seen (dark_m: of that so much is dark), light as no_lamps, lamps (by lamps near it), dark, lit (as its
                      map says) or None; calls of 12 months within 15 m of the new part
        calls_unseen  calls of 12 months in its view that no camera can have seen; calls_perhaps: where one may have; None
                      where no call is loaded
        child_zone_m, safe_route_m  metres newly seen there; None where no such layer is loaded
        zones         kind, name_ko, name_en, metres of street newly seen in it, and m2 of its open ground
        again_m, lost_m  metres that it sees as a second camera; that the camera saw and nobody sees then. None: not told
        """
        streets = fresh[self._street[fresh]]
        told = self._most(streets) if len(streets) else dict(_NO_STREET)
        calls = (int(self._unseen[n]), int(self._perhaps[n])) if self.world.incidents_loaded else (None, None)
        code = "taken_down" if act == "remove" else "most_in_street" if len(streets) else "nothing_new"
        return {
            "code": code,
            **told,
            "calls_unseen": calls[0],
            "calls_perhaps": calls[1],
            "child_zone_m": self._within(streets, self._children),
            "safe_route_m": self._within(streets, self._route),
            "zones": self._zones(fresh),
            "again_m": self._told_m(again),
            "lost_m": self._told_m(lost),
        }

    def _most(self, streets: Whole) -> Row:
        """Return the street that gains most: how much is newly seen, how risky, dark and called from it is."""
        alley = self._alley[streets]
        metres = pd.Series(self._weight[streets]).groupby(alley).sum().sort_values(ascending=False)
        street = self._names.loc[metres.index[0]]
        there = streets[alley == metres.index[0]]
        width = None if pd.isna(street["width_m"]) else round(float(street["width_m"]), 1)
        calls = _near(self.world, self.points.iloc[there]) if self.world.incidents_loaded else None
        return {
            "alley": street["name"],
            "metres": round(float(metres.iloc[0]), 1),
            "width_m": width,
            "risk": self.level(there),
            **self._light(there),
            "calls": calls,
        }

    def _light(self, there: Whole) -> Row:
        dark = self._dark[there]
        said = dark[dark != _NEVER_SAID]
        if not len(said):
            return {"dark": None, "dark_m": None, "light": None}
        is_dark, by_map = bool(said.mean() > _NEVER_SAID), not pd.isna(self._lit[there[0]])
        codes = ("dark", "lit") if by_map else ("no_lamps", "lamps")
        dark_m = round(float(self._weight[there][dark == 1.0].sum()), 1)
        return {"dark": is_dark, "dark_m": dark_m, "light": codes[0] if is_dark else codes[1]}

    def _within(self, streets: Whole, inside: NDArray[np.bool_] | None) -> float | None:
        return None if inside is None else round(float(self._weight[streets[inside[streets]]].sum()), 1)

    def _zones(self, fresh: Whole) -> list[Row]:
        """Return the zones in which something comes into sight, the most of it first."""
        zones, found = self.world.zones, []
        if zones.empty or not len(fresh):
            return []
        row, at = self.points.geometry.iloc[fresh].sindex.query(zones.geometry.to_numpy(), "intersects")
        for each in np.unique(row):
            inside = np.unique(fresh[at[row == each]])
            zone, open_ground = zones.iloc[each], inside[~self._street[inside]]
            found.append(
                {
                    "kind": zone["kind"],
                    "name_ko": None if pd.isna(zone["name"]) else zone["name"],
                    "name_en": None if pd.isna(zone["name_en"]) else zone["name_en"],
                    "metres": self.metres(inside),
                    "m2": round(float(self._weight[open_ground].sum()), 1),
                }
            )
        return sorted(found, key=lambda told: (-told["metres"], -told["m2"]))[:_MOST_ZONES]

    def _told_m(self, at: Any) -> float | None:
        """Return the metres of positions, None where none are told. Any: a cell of a frame, missing or an array."""
        return None if at is None or np.ndim(at) == 0 else self.metres(np.asarray(at, dtype=np.int64))


_NO_STREET: Row = {
    "alley": None, "metres": 0.0, "width_m": None, "risk": None, "dark": None, "dark_m": None, "light": None, "calls": None,
}  # fmt: skip


def _layer(world: World, points: gpd.GeoDataFrame, name: str) -> NDArray[np.bool_] | None:
    """Return which points lie in the areas, or near the lines, of a layer; None where nothing of it is loaded."""
    shapes = world.layers.get(name)
    if shapes is None or not len(shapes):
        return None
    if name == CHILDREN:
        return demand.inside(points, areas_of(shapes)) > 0.0
    near = np.zeros(len(points), dtype=bool)
    lines = shapes.geometry[shapes.geom_type.isin(("LineString", "MultiLineString"))]
    _, at = points.sindex.query(lines.to_numpy(), predicate="dwithin", distance=ROUTE_M)
    near[at] = True
    return near if len(lines) else None


def _new_calls(world: World, seen: gpd.GeoSeries, density_class: str) -> tuple[Whole, Whole]:
    """Return for each view the calls in it, first seen by it, that no camera can have seen, and that one may have."""
    counts = np.zeros(len(seen), dtype=np.int64), np.zeros(len(seen), dtype=np.int64)
    if world.incidents.empty:
        return counts
    view, call = world.incidents.sindex.query(seen.to_numpy(), predicate="intersects")
    # Pairs come in the order of the views: the first that sees a call stays with it.
    calls, first = np.unique(call[order := np.argsort(view, kind="stable")], return_index=True)
    if not len(calls):
        return counts
    chance = np.zeros(len(calls))
    if len(world.cameras):
        there = samples.weigh_alike(world.incidents.iloc[calls].reset_index(drop=True))
        believed = beliefs(world)
        found = sightings(there, world.fields, world.cameras, density_class=density_class, beliefs=believed)
        # A turning camera that reaches the place may have looked there: nobody can say that it did not.
        chance = np.where(found.certainly_seen(), 1.0, np.where(found.possibly_seen(), 0.5, 0.0))
    by = view[order][first]
    unseen, perhaps = (np.bincount(by[chance == p], minlength=len(seen)) for p in (0.0, 0.5))
    return unseen, perhaps


def _near(world: World, points: gpd.GeoDataFrame) -> int:
    """Return the calls within 15 m of any of the points."""
    if world.incidents.empty:
        return 0
    tree = KDTree(shapely.get_coordinates(points.geometry.to_numpy()))
    apart, _ = tree.query(shapely.get_coordinates(world.incidents.geometry.to_numpy()))
    return int((apart <= CALL_M).sum())
