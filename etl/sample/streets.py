"""Bend the plan's streets onto the ground, keep what lies in the district, and name them."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from etl.sample import ground as earth
from etl.sample.ground import PEAK, Array, Ground
from etl.sample.names import HILL_PATH, STREAM_WALK, road_names
from etl.sample.plan import Plan

WALK_M = 2_400.0
PATH_M = 600.0
_STEEP = 0.1
_STEP_M = 11.0
_WALK_NODE, _CUT_NODE = 900_000, 1_000_000


def lay_streets(ground: Ground, plan: Plan, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the street sections of the district, metres round the middle.

    Columns: section, line, a, b (nodes), rank (road, alley, dead, walk, path), kind (road, alley, footway, steps),
    width_m, rise (slope between the ends), name, code, geometry. Sections meet at shared end points only.
    """
    sections = _bent_sections(ground, plan)
    sections = _in_district(ground, sections)
    sections = _joined(sections)
    sections = _with_path(ground, sections)
    sections = _with_kinds(ground, sections)
    return _named(sections, rng).reset_index(drop=True)


def bands(sections: gpd.GeoDataFrame) -> Array:
    """Return the ground (n,) that each section takes: half its width to either side, flat ends."""
    half = sections["width_m"].to_numpy() / 2.0
    return np.asarray(shapely.buffer(sections.geometry.to_numpy(), half, cap_style="round", quad_segs=4))


def road_web(ground: Ground, plan: Plan) -> Array:
    """Return every road of the plan, those across the hill and beyond the outline too: they part the land."""
    sections = _bent_sections(ground, plan)
    return np.asarray(sections.geometry[sections["rank"] == "road"].to_numpy())


def bent_line(ground: Ground, start: Array, end: Array) -> shapely.LineString:
    """Return the straight way between two flat points as it lies on the ground, a vertex every 11 m, to the mm."""
    count = max(2, int(np.hypot(*(end - start)) / _STEP_M) + 1)
    share = np.linspace(0.0, 1.0, count)[:, None]
    return shapely.LineString(np.round(earth.bent(ground.bend, start * (1.0 - share) + end * share), 3))


def _bent_sections(ground: Ground, plan: Plan) -> gpd.GeoDataFrame:
    nodes = np.array(plan.draft.nodes)
    rows, shapes = [], []
    for number, line in enumerate(plan.draft.lines):
        stops = sorted(line.stops)
        for (_, a), (_, b) in pairwise(stops):
            if a != b:
                rows.append((number, a, b, line.rank, line.width_m))
                shapes.append(bent_line(ground, nodes[a], nodes[b]))
    frame = pd.DataFrame(rows, columns=["line", "a", "b", "rank", "width_m"])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=earth.CRS)


def _in_district(ground: Ground, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Drop the wild hill's sections, clip at the outline, and cut the stream walk to its length."""
    mid = shapely.get_coordinates(
        shapely.line_interpolate_point(sections.geometry.array, 0.5, normalized=True)
    )
    ends = np.stack([_end(sections, 0), _end(sections, -1)])
    upper = np.stack([earth.hill_lift(ground, e) for e in (mid, *ends)])
    small = sections["rank"].isin(["alley", "dead"]).to_numpy()
    lost = (upper[0] > earth.WILD_M) | (small & (upper.max(axis=0) > earth.WILD_M + 6.0))
    kept = sections[~lost & shapely.intersects(sections.geometry.array, ground.outline)]
    kept = _walk_cut(kept.reset_index(drop=True))
    whole = shapely.covers(ground.outline, kept.geometry.to_numpy())
    edge = kept[~whole].copy()
    edge = edge[~edge["rank"].isin(["walk", "dead"])]
    pieces = shapely.intersection(edge.geometry.to_numpy(), ground.outline.buffer(-2.0))
    edge = edge.set_geometry(gpd.GeoSeries(pieces, index=edge.index, crs=earth.CRS))
    edge = edge[(edge.geometry.geom_type == "LineString") & (edge.geometry.length > 12.0)].copy()
    for side, at in (("a", 0), ("b", -1)):
        moved = np.hypot(*(_end(edge, at) - _end(kept.loc[edge.index], at)).T) > 0.01
        edge.loc[moved, side] = _CUT_NODE + 2 * edge.index[moved] + (side == "b")
    return gpd.GeoDataFrame(pd.concat([kept[whole], edge]), crs=earth.CRS)


def _walk_cut(sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    walk = sections[sections["rank"] == "walk"].copy()
    walk = walk.iloc[np.argsort(_end(walk, 0)[:, 0])]
    past = walk.geometry.length.cumsum().to_numpy()
    before = past - walk.geometry.length.to_numpy()
    walk = walk[before < WALK_M - 1.0].copy()
    if walk.empty or past[len(walk) - 1] < WALK_M:
        raise ValueError("the stream is too short for its walk")
    last = walk.index[-1]
    rest = WALK_M - before[len(walk) - 1]
    walk.loc[last, "geometry"] = _first_metres(walk.geometry[last], rest)
    walk.loc[last, "b"] = _WALK_NODE
    return gpd.GeoDataFrame(pd.concat([sections[sections["rank"] != "walk"], walk]), crs=earth.CRS)


def _first_metres(line: shapely.LineString, length_m: float) -> shapely.LineString:
    part = shapely.ops.substring(line, 0.0, length_m)
    return shapely.LineString(shapely.get_coordinates(part))


def _joined(sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep the greatest connected part, so that every place can be walked to."""
    nodes, ends = np.unique(sections[["a", "b"]].to_numpy(), return_inverse=True)
    ends = ends.reshape(-1, 2)
    links = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes.size, nodes.size))
    part = connected_components(links, directed=False)[1][ends[:, 0]]
    return sections[part == np.bincount(part).argmax()].reset_index(drop=True)


def _with_path(ground: Ground, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the hill path: from the street nearest to the peak that sees it freely, winding upward."""
    ends = np.vstack([_end(sections, 0), _end(sections, -1)])
    nodes = np.concatenate([sections["a"], sections["b"]])
    tree = shapely.STRtree(sections.geometry.to_numpy())
    away = np.hypot(*(ends - np.array(PEAK)).T)
    for at in np.argsort(np.abs(away - 0.93 * away.min() - 60.0), kind="stable"):
        path = _climb(ends[at])
        if len(tree.query(path, predicate="intersects")) == (nodes == nodes[at]).sum():
            row = {"line": -1, "a": nodes[at], "b": _WALK_NODE + 1, "rank": "path", "width_m": 2.0}
            added = gpd.GeoDataFrame([row], geometry=[path], crs=earth.CRS)
            return gpd.GeoDataFrame(pd.concat([sections, added]), crs=earth.CRS).reset_index(drop=True)
    raise ValueError("no street leads to the hill")


def _climb(start: Array) -> shapely.LineString:
    way = np.array(PEAK) - start
    size = np.hypot(*way)
    along = np.arange(0.0, 800.0, 8.0)
    sway = 26.0 * np.sin(along / 46.0) * np.clip(along / 90.0, 0.0, 1.0)
    across = np.array([-way[1], way[0]]) / size
    line = shapely.LineString(np.round(start + along[:, None] * way / size + sway[:, None] * across, 3))
    return _first_metres(line, PATH_M)


def _with_kinds(ground: Ground, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    length = sections.geometry.length.to_numpy()
    rise = (
        np.abs(earth.heights(ground, _end(sections, -1)) - earth.heights(ground, _end(sections, 0))) / length
    )
    rank = sections["rank"].to_numpy()
    kind = np.select([rank == "road", np.isin(rank, ["walk", "path"])], ["road", "footway"], "alley")
    kind[(kind == "alley") & (rise > _STEEP) & (sections["width_m"].to_numpy() <= 4.0) & (length > 12.0)] = (
        "steps"
    )
    return sections.assign(kind=kind, rise=rise, section=np.arange(len(sections)))


def _named(sections: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Name roads of their own, alleys after the nearest road with a number, as Korean addresses do."""
    mids = shapely.get_coordinates(
        shapely.line_interpolate_point(sections.geometry.array, 0.5, normalized=True)
    )
    lines = pd.DataFrame(
        {"line": sections["line"], "rank": sections["rank"], "x": mids[:, 0], "y": mids[:, 1]}
    )
    firsts = lines.groupby("line", sort=True).first()
    roads = firsts[firsts["rank"] == "road"]
    names = dict(zip(roads.index, road_names(len(roads), rng), strict=True))
    on_road = lines[lines["rank"] == "road"]
    tree = cKDTree(on_road[["x", "y"]].to_numpy())
    count: dict[str, int] = {}
    for line, row in firsts[firsts["rank"].isin(["alley", "dead"])].iterrows():
        parent = names[on_road["line"].iloc[tree.query([row["x"], row["y"]])[1]]]
        count[parent] = count.get(parent, 0) + 1
        names[line] = f"{parent}{count[parent]}{'가길' if row['rank'] == 'dead' else '길'}"
    name = sections["line"].map(names)
    name = name.mask(sections["rank"] == "walk", STREAM_WALK).mask(sections["rank"] == "path", HILL_PATH)
    name = name.mask(sections["kind"] == "steps", name.str.removesuffix("길") + "계단길")
    codes = {n: 4_990_001 + i for i, n in enumerate(sorted(set(name)))}
    return sections.assign(name=name, code=name.map(codes))


def _end(sections: gpd.GeoDataFrame, at: int) -> Array:
    return np.asarray(shapely.get_coordinates(shapely.get_point(sections.geometry.array, at)))
