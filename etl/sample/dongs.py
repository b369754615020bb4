"""Divide the district into its dong along the roads, as real ones are."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from etl.sample import ground as earth
from etl.sample.ground import Array, Ground
from etl.sample.names import CITY, DONGS, GU, SIDO_CODE, SIG_CODE
from etl.sample.plan import Plan
from etl.sample.streets import road_web


def divide(ground: Ground, plan: Plan) -> gpd.GeoDataFrame:
    """Return the 14 dong, metres round the middle; they share their edges and fill the outline exactly.

    Columns as in the real file of administrative dong, `name_en` and `dong` (the bare Korean name) besides.
    """
    web = shapely.union_all([*road_web(ground, plan), ground.outline.exterior])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(web)))
    faces = faces[shapely.contains(ground.outline, shapely.point_on_surface(faces))]
    owner = _grown(faces, len(DONGS))
    shapes = [shapely.union_all(faces[owner == i]) for i in range(len(DONGS))]
    order = sorted(
        range(len(shapes)), key=lambda i: (-round(shapes[i].centroid.y / 900.0), shapes[i].centroid.x)
    )
    rows = [_row(i, *DONGS[i]) for i in range(len(DONGS))]
    return gpd.GeoDataFrame(rows, geometry=[shapes[i] for i in order], crs=earth.CRS)


def dong_of(dongs: gpd.GeoDataFrame, xy: Array) -> Array:
    """Return the row number (n,) of the dong that holds each point (n, 2); the nearest one outside all."""
    tree = shapely.STRtree(dongs.geometry.to_numpy())
    return np.asarray(tree.query_nearest(shapely.points(xy), all_matches=False)[1])


def _row(number: int, name: str, name_en: str) -> dict[str, object]:
    return {
        "OBJECTID": number + 1,
        "adm_nm": f"{CITY} {GU} {name}",
        "adm_cd": f"{SIG_CODE}{51 + number:02d}",
        "adm_cd2": f"{SIG_CODE}{510 + number * 10:03d}00",
        "sgg": SIG_CODE,
        "sido": SIDO_CODE,
        "sidonm": CITY,
        "sggnm": GU,
        "name_en": name_en,
        "dong": name,
    }


def _grown(faces: Array, count: int) -> Array:
    """Let so many regions grow over the faces, the smallest one first, always to its nearest free neighbour."""
    centres = shapely.get_coordinates(shapely.centroid(faces))
    sizes = shapely.area(faces)
    seeds = _spread(centres, sizes, count)
    one, two = shapely.STRtree(faces).query(faces, predicate="intersects")
    edges = shapely.length(shapely.intersection(faces[one], faces[two])) > 20.0
    beside = [two[(one == i) & edges & (two != i)] for i in range(len(faces))]
    owner = np.full(len(faces), -1)
    owner[seeds] = np.arange(count)
    grown = sizes[seeds].copy()
    stuck = np.zeros(count, dtype=bool)
    while (owner < 0).any() and not stuck.all():
        smallest = int(np.argmin(np.where(stuck, np.inf, grown)))
        free = np.unique(np.concatenate([beside[i] for i in np.flatnonzero(owner == smallest)]))
        free = free[owner[free] < 0]
        if free.size == 0:
            stuck[smallest] = True
            continue
        taken = free[np.hypot(*(centres[free] - centres[seeds[smallest]]).T).argmin()]
        owner[taken] = smallest
        grown[smallest] += sizes[taken]
    lone = np.flatnonzero(owner < 0)
    owner[lone] = [owner[_nearest(centres, int(i), owner)] for i in lone]
    return owner


def _nearest(centres: Array, face: int, owner: Array) -> int:
    away = np.hypot(*(centres - centres[face]).T)
    return int(np.where(owner < 0, np.inf, away).argmin())


def _spread(centres: Array, sizes: Array, count: int) -> Array:
    """Return faces that lie far apart, near the middles of so many equal parts."""
    points = centres[[int(sizes.argmax())]]
    for _ in range(count - 1):
        away = np.hypot(*(centres[:, None] - points).transpose(2, 0, 1)).min(axis=1)
        points = np.vstack([points, centres[[int(away.argmax())]]])
    for _ in range(25):
        near = np.hypot(*(centres[:, None] - points).transpose(2, 0, 1)).argmin(axis=1)
        weights = [(near == i) * sizes for i in range(count)]
        points = np.array([(centres * w[:, None]).sum(axis=0) / w.sum() for w in weights])
    return np.asarray(np.hypot(*(centres[:, None] - points).transpose(2, 0, 1)).argmin(axis=0))
