"""Stand buildings on the lots: rectangles turned to their street, clear of streets and of each other."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from etl.sample import ground as earth
from etl.sample.ground import Array, Ground
from etl.sample.plan import Lot, Plan
from etl.sample.streets import bands

STREET_GAP_M = 0.75
"""Between the street's edge and a wall: room for the sagging of a bent street, and for a pole."""
LOT_GAP_M = 0.45
_HOUSE_FLOORS = ((1, 2, 3, 4, 5), (0.15, 0.31, 0.25, 0.2, 0.09))


def stand_buildings(
    ground: Ground, plan: Plan, sections: gpd.GeoDataFrame, *, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the buildings, metres round the middle.

    Columns: use (house, shop, tower, campus), floors, below (floors under ground), section (the street it stands at,
    an index of `sections`), number (of its house), door_x, door_y (the entrance, at its street side), geometry.
    """
    takers = [*_houses(ground, plan, rng), *_big(ground, plan, rng)]
    frame = pd.DataFrame([t[0] for t in takers], columns=["use", "floors", "below"])
    buildings = gpd.GeoDataFrame(
        frame, geometry=shapely.polygons(np.array([t[1] for t in takers])), crs=earth.CRS
    )
    buildings = _clear(ground, buildings, sections)
    return _addressed(buildings, sections)


def _houses(ground: Ground, plan: Plan, rng: np.random.Generator) -> list[tuple[tuple[str, int, int], Array]]:
    lots = [lot for lot in plan.lots if lot.use == "house"]
    sizes = [len(lot.face.corners) for lot in lots]
    corners = earth.bent(ground.bend, np.concatenate([np.array(lot.face.corners) for lot in lots]))
    found = []
    for lot, ring in zip(lots, np.split(corners, np.cumsum(sizes)[:-1]), strict=True):
        if rng.random() < 0.035:
            continue
        gaps, broad = _gaps(plan, lot)
        shape = _rectangle(ring, gaps, rng.uniform(0.0, 0.2))
        if shape is None:
            continue
        shop = broad >= 12.0 and rng.random() < 0.6
        floors = int(rng.integers(3, 9)) if shop else int(rng.choice(_HOUSE_FLOORS[0], p=_HOUSE_FLOORS[1]))
        found.append((("shop" if shop else "house", floors, int(rng.random() < 0.45)), shape))
    return found


def _gaps(plan: Plan, lot: Lot) -> tuple[list[float], float]:
    """Return how far walls keep from each side, street sides negative in sign; and the broadest street's width."""
    widths = [plan.draft.lines[side].width_m if side >= 0 else 0.0 for side in lot.face.sides]
    return [-(w / 2.0 + STREET_GAP_M) if w else LOT_GAP_M for w in widths], max(widths)


def _rectangle(ring: Array, gaps: list[float], yard: float) -> Array | None:
    """Return the corners (4, 2) of a rectangle in the lot, its front along the longest street side, or None.

    It is the greatest one of a good shape about the middle, then each wall moves out as far as the lot allows;
    `yard` is the share of the depth that stays open behind.
    """
    sides = np.roll(ring, -1, axis=0) - ring
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    keep = np.abs(gaps)
    street = np.array([g < 0.0 for g in gaps])
    front = int(np.argmax(lengths * np.where(street, 1.0, 0.001)))
    u = sides[front] / lengths[front]
    v = np.array([-u[1], u[0]])
    normals = np.column_stack([sides[:, 1], -sides[:, 0]]) / lengths[:, None]
    room = (normals * ring).sum(axis=1) - keep
    nu, nv = normals @ u, normals @ v
    centre = ring.mean(axis=0) + 0.3 * (normals * np.where(street, -keep, 0.0)[:, None]).sum(axis=0)
    free = room - normals @ centre
    if free.min() <= 1.2:
        return None
    scale = float((free / (np.abs(nu) + np.abs(nv))).min())
    reach = np.full(4, scale)  # to +u, +v, -u, -v
    for side in (0, 2, 1, 3):
        reach[side] = _pushed(free, nu, nv, reach, side)
    reach[1] -= yard * (reach[1] + reach[3])
    if min(reach[0] + reach[2], reach[1] + reach[3]) < 4.2:
        return None
    reach[[0, 2]] *= min(1.0, 24.0 / (reach[0] + reach[2]))
    grid = np.array(
        [[-reach[2], -reach[3]], [reach[0], -reach[3]], [reach[0], reach[1]], [-reach[2], reach[1]]]
    )
    return np.asarray(centre + grid[:, :1] * u + grid[:, 1:] * v)


def _pushed(free: Array, nu: Array, nv: Array, reach: Array, side: int) -> float:
    """Return how far the wall on this side may move out with the other three as they stand."""
    ahead, beside = ((nu, nv), (nv, nu))[side % 2]
    ahead = ahead if side < 2 else -ahead
    first, second = reach[(1, 0)[side % 2]], reach[(3, 2)[side % 2]]
    left = free - np.maximum(beside * first, -beside * second)
    limits = left[ahead > 1e-6] / ahead[ahead > 1e-6]
    return float(max(reach[side], limits.min()))


def _big(ground: Ground, plan: Plan, rng: np.random.Generator) -> list[tuple[tuple[str, int, int], Array]]:
    """Stand slabs of flats in rows, and halls on campuses."""
    found = []
    for lot in plan.lots:
        if lot.use not in ("tower", "campus"):
            continue
        site = shapely.Polygon(earth.bent(ground.bend, np.array(lot.face.corners))).buffer(-17.0)
        if site.area < 1_500.0 or site.geom_type != "Polygon":
            continue
        tall = int(rng.integers(14, 20))
        rows = _rows(site, rng, tower=lot.use == "tower")
        for shape in rows:
            floors = tall + int(rng.integers(0, 2)) if lot.use == "tower" else int(rng.integers(2, 7))
            found.append(((lot.use, floors, 1 + (lot.use == "tower")), shape))
    return found


def _rows(site: shapely.Polygon, rng: np.random.Generator, *, tower: bool) -> list[Array]:
    length, depth = (
        (rng.uniform(42.0, 64.0), 12.5) if tower else (rng.uniform(34.0, 58.0), rng.uniform(15.0, 22.0))
    )
    pitch = 44.0 if tower else 62.0
    angle = np.deg2rad(rng.uniform(-24.0, 24.0))
    u, v = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    west, south, east, north = site.bounds
    middle = np.array([(west + east) / 2.0, (south + north) / 2.0])
    span = np.hypot(east - west, north - south) / 2.0
    corners = np.array([[-length, -depth], [length, -depth], [length, depth], [-length, depth]]) / 2.0
    found = []
    for across in np.arange(-span, span, pitch):
        for along in np.arange(-span, span, length + rng.uniform(9.0, 16.0)):
            place = middle + (along + rng.uniform(-2.0, 2.0)) * u + across * v
            shape = place + corners[:, :1] * u + corners[:, 1:] * v
            if (tower or rng.random() < 0.55) and site.contains(shapely.Polygon(shape)):
                found.append(shape)
    return found


def _clear(ground: Ground, buildings: gpd.GeoDataFrame, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep the buildings that lie in the district, off the hill, the stream, the streets and each other."""
    shapes = shapely.set_precision(buildings.geometry.to_numpy(), 0.001)
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    good = shapely.contains(ground.outline.buffer(-1.0), shapes) & ~earth.wild(ground, middles)
    good &= shapely.distance(shapes, ground.stream) > 24.0
    good[np.unique(shapely.STRtree(shapes).query(bands(sections), predicate="intersects")[1])] = False
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    good[one[one > two]] = False
    return buildings.set_geometry(gpd.GeoSeries(shapes, crs=earth.CRS))[good].reset_index(drop=True)


def _addressed(buildings: gpd.GeoDataFrame, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each building the nearest street, a house number along it, and a door on that side."""
    at_home = sections[sections["kind"] != "footway"]
    tree = shapely.STRtree(at_home.geometry.to_numpy())
    shapes = buildings.geometry.to_numpy()
    nearest = at_home.index.to_numpy()[tree.query_nearest(shapes, all_matches=False)[1]]
    streets = sections.geometry.to_numpy()[nearest]
    ways = shapely.get_coordinates(shapely.shortest_line(shapes, streets)).reshape(-1, 2, 2)
    rings = shapely.get_coordinates(shapes).reshape(-1, 5, 2)
    walls = (rings[:, 1:] + rings[:, :-1]) / 2.0
    door = walls[np.arange(len(walls)), np.hypot(*(walls - ways[:, 1:]).transpose(2, 0, 1)).argmin(axis=1)]
    along = shapely.line_locate_point(streets, shapely.points(door))
    number = ((_begins(sections)[nearest] + along) / 10.0).astype(int) * 2 + 2 - _left(streets, door, along)
    return buildings.assign(section=nearest, number=number, door_x=door[:, 0], door_y=door[:, 1])


def _begins(sections: gpd.GeoDataFrame) -> Array:
    """Return how many metres (n,) of streets of the same name lie before each section."""
    length = sections.geometry.length
    return np.asarray(length.groupby(sections["code"]).cumsum() - length)


def _left(streets: Array, door: Array, along: Array) -> Array:
    """Return 1 for doors on the left of their street and 0 for the right: odd and even numbers."""
    here = shapely.get_coordinates(shapely.line_interpolate_point(streets, np.maximum(along - 1.0, 0.0)))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(streets, along + 1.0)) - here
    aside = door - here
    return np.asarray((ahead[:, 0] * aside[:, 1] - ahead[:, 1] * aside[:, 0] > 0.0).astype(int))


def nearest_doors(buildings: gpd.GeoDataFrame, xy: Array) -> Array:
    """Return the index (n,) of the building whose door is nearest to each point (n, 2)."""
    return np.asarray(cKDTree(buildings[["door_x", "door_y"]].to_numpy()).query(xy)[1])
