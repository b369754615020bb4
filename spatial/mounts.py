"""Where a camera could stand: crossings, dead ends and bends of streets, poles, lamps and bells, and places between."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from spatial.edges import Walls
from spatial.errors import BadGeometry, OutOfRange
from spatial.frames import require_same_crs
from spatial.types import LensDefaults
from spatial.visibility import INSIDE, ON_WALL, stand_off

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# From what wins to what gives way: where something stands already, nothing has to be built.
PLACES = ("pole", "lamp", "bell", "corner", "end", "bend", "between")
STANDS_ALREADY = ("pole", "lamp", "bell")

# Two places closer than this are one.
SAME_PLACE_M = 1.0
# Ends of streets that a map draws this far apart meet.
_MEETS_M = 0.5


def mounts(
    alleys: gpd.GeoDataFrame,
    *,
    poles: gpd.GeoDataFrame | None = None,
    lamps: gpd.GeoDataFrame | None = None,
    bells: gpd.GeoDataFrame | None = None,
    every_m: float = 25.0,
    bend_deg: float = 30.0,
) -> gpd.GeoDataFrame:
    """Return places for cameras: what stands already, corners, dead ends and bends of streets, and places between.

    Places of streets lie on the centre line, where nothing stands in the way of sight; the pole itself stands at the
    kerb, within the accuracy of a street map. Poles, lamps and bells keep their own places.
    alleys   LineStrings, metric CRS
    poles, lamps, bells   points of what stands already (poles: of cameras); None: none is known
    every_m  greatest distance between two places along an alley
    bend_deg a vertex, or a joint of two alleys, that turns by this much or more is a bend
    Returns  site_id (0, 1, ...), place (one of PLACES; of two closer than a metre the earlier in that list stays) and
             the point. A corner is where three arms of streets or more meet, also where one ends on the middle of
             another; lines that cross without an end there may be a bridge and make none. An end is where one arm
             ends. Ordered from west to east.
    Raises   OutOfRange unless every_m and bend_deg are positive; BadGeometry for other geometries; NotMetric
    """
    if not (every_m > 0.0 and bend_deg > 0.0):
        raise OutOfRange("every_m and bend_deg must be positive")
    given = {"pole": poles, "lamp": lamps, "bell": bells}
    known = {place: frame for place, frame in given.items() if frame is not None and len(frame)}
    require_same_crs(alleys, *known.values())
    lines = alleys.geometry.to_numpy()
    if not np.all(shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING):
        raise BadGeometry("alleys must be LineStrings")
    found = {
        place: shapely.get_coordinates(shapely.centroid(frame.geometry.to_numpy()))
        for place, frame in known.items()
    }
    found |= _of_streets(lines, every_m=every_m, bend_deg=bend_deg)
    some = [place for place in PLACES if place in found]
    xy = np.concatenate([found[place] for place in some])
    name = np.repeat(some, [len(found[place]) for place in some])
    kept = _first_of_each_place(xy)
    kept = kept[np.lexsort((xy[kept, 1], xy[kept, 0]))]
    columns = {"site_id": np.arange(len(kept)), "place": name[kept].astype(object)}
    return gpd.GeoDataFrame(columns, geometry=shapely.points(xy[kept]), crs=alleys.crs)


@dataclass(frozen=True, slots=True, eq=False)
class Free:
    """Mounts from which one can look out.

    mounts   those on walls moved off them; the others as they came, site_id and index too
    moved    how many were
    dropped  how many stood inside a building and are left out
    """

    mounts: gpd.GeoDataFrame
    moved: int
    dropped: int


def off_walls(
    sites: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, *, lens: LensDefaults, wall_m: float = 1.0
) -> Free:
    """Move mounts that stand on a wall 0.05 m off it, and drop those that stand deeper inside a building.

    lens    says how high a building without height is; a building of any height is in the way of a pole
    wall_m  a mount inside a building, but no deeper than this, hangs on its wall: maps are that rough
    """
    require_same_crs(sites, buildings)
    if sites.empty or buildings.empty:
        return Free(sites, 0, 0)
    heights = buildings["height_m"].astype("float64").fillna(lens.building_height_m).to_numpy()
    walls = Walls.of(buildings.geometry.to_numpy(), heights).with_height(np.inf)
    xy, codes = stand_off(
        shapely.get_coordinates(sites.geometry.to_numpy()),
        walls,
        observer_height_m=lens.height_m,
        target_height_m=0.0,
        wall_m=wall_m,
    )
    inside, moved = codes == INSIDE, codes == ON_WALL
    there = sites.set_geometry(gpd.GeoSeries(shapely.points(xy), index=sites.index, crs=sites.crs))
    return Free(there[~inside], int(moved.sum()), int(inside.sum()))


def _of_streets(lines: NDArray[np.object_], *, every_m: float, bend_deg: float) -> dict[str, Floats]:
    """Return corners, ends, bends and places between (n, 2), by name."""
    ends = shapely.get_coordinates([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    arms, turn = _arms(lines, ends)
    bent = (arms == 2) & (turn >= bend_deg)
    straight = (arms == 2) & ~bent
    return {
        "corner": ends[arms >= 3],
        "end": ends[arms == 1],
        "bend": np.concatenate([_bends(lines, bend_deg), ends[bent]]),
        "between": np.concatenate([_between(lines, every_m), ends[straight]]),
    }


def _arms(lines: NDArray[np.object_], ends: Floats) -> tuple[Ints, Floats]:
    """Return how many arms of streets meet at each end (2 n,), and by how much the way turns where they are two."""
    if not len(lines):
        return np.empty(0, dtype=np.int64), np.empty(0)
    near = KDTree(ends).query_pairs(_MEETS_M, output_type="ndarray")
    arms = 1 + np.bincount(near.ravel(), minlength=len(ends))
    # A line that goes through has two arms there; it ends elsewhere, or it was counted by its end.
    end, line = shapely.STRtree(lines).query(shapely.points(ends), predicate="dwithin", distance=_MEETS_M)
    first, last = ends[: len(lines)][line], ends[len(lines) :][line]
    away = np.minimum(*(np.hypot(*(ends[end] - tip).T) for tip in (first, last))) > _MEETS_M
    arms += 2 * np.bincount(end[away], minlength=len(ends))
    inward = _inward(lines)
    turn = np.zeros(len(ends))
    cosine = np.clip(-(inward[near[:, 0]] * inward[near[:, 1]]).sum(axis=1), -1.0, 1.0)
    turn[near[:, 0]] = turn[near[:, 1]] = np.degrees(np.arccos(cosine))
    return arms, turn


def _inward(lines: NDArray[np.object_]) -> Floats:
    """Return the unit vectors (2 n, 2) from each line's first point and, after them, from each last one, into the line."""
    plain = shapely.remove_repeated_points(lines)
    tips = [(0, 1), (-1, -2)]
    step = [
        shapely.get_coordinates(shapely.get_point(plain, then))
        - shapely.get_coordinates(shapely.get_point(plain, at))
        for at, then in tips
    ]
    way = np.concatenate(step)
    return way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, np.newaxis]


def _bends(lines: NDArray[np.object_], bend_deg: float) -> Floats:
    """Return the inner vertices (n, 2) at which a line turns by at least `bend_deg`."""
    xy, line = shapely.get_coordinates(shapely.remove_repeated_points(lines), return_index=True)
    if len(xy) < 3:
        return np.empty((0, 2))
    step = np.diff(xy, axis=0)
    ahead = np.degrees(np.arctan2(step[:, 1], step[:, 0]))
    turn = np.abs((np.diff(ahead) + 180.0) % 360.0 - 180.0)
    inner = line[2:] == line[:-2]
    bends: Floats = xy[1:-1][inner & (turn >= bend_deg)]
    return bends


def _between(lines: NDArray[np.object_], every_m: float) -> Floats:
    """Return places (n, 2) that divide each line into equal parts of at most `every_m`."""
    length = shapely.length(lines)
    inner = np.maximum(np.ceil(length / every_m).astype(np.int64) - 1, 0)
    line = np.repeat(np.arange(len(lines)), inner)
    order = np.arange(len(line)) - np.repeat(np.cumsum(inner) - inner, inner) + 1
    offset = order * length[line] / (inner[line] + 1)
    return shapely.get_coordinates(shapely.line_interpolate_point(lines[line], offset))


def _first_of_each_place(xy: Floats) -> Ints:
    """Return the positions to keep, so that of two places closer than a metre the first one stays."""
    if not len(xy):
        return np.empty(0, dtype=np.int64)
    kept = np.ones(len(xy), dtype=bool)
    close = KDTree(xy).query_pairs(SAME_PLACE_M, output_type="ndarray")
    for first, second in close[np.lexsort((close[:, 1], close[:, 0]))]:
        if kept[first]:
            kept[second] = False
    return np.flatnonzero(kept)
