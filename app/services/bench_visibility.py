"""Measure sight on the invented district and on larger ones as dense: ours and, where installed, its peers.

A peer is timed on what it alone needs: the walls in reach are gathered for it beforehand, free space is cut out
for CGAL and drawn for the raster. Ours is timed whole, from prepared walls to polygons. So ratios are understated.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.sample import SEED
from etl.sample.district import invent
from spatial.edges import Walls
from spatial.visibility import CHORDS, INSIDE, sight, stand_off, visible_polygons

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]
Row = dict[str, Any]

_STOREY_M = 3.1
_RUNS = 7
_RASTER_M = 0.5
_PEERS = {"CGAL (pyvispoly)": "pyvispoly", "pysovist": "pysovist", "raster (xarray-spatial)": "xrspatial"}
_DISTRIBUTION = {"xrspatial": "xarray-spatial"}


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """Buildings with heights, and cameras: places off the walls, heights."""

    buildings: Geometries
    height_m: Floats
    cameras: Floats
    eye_m: Floats


def bench(
    *, scales: Sequence[int] = (1, 10), radius_m: float = 60.0, peers: int = 100, progress: Progress
) -> Row:
    """Measure cities of so many times the sample's size; peers answer the first so many cameras of the first.

    Returns  `measured`, rows of what, scale, cameras, `us_per_camera`, `times_ours` (how many times as long as ours
             in the plane) and `area_error` (median and greatest, relative to ours with an exact circle's rim);
             `versions`; `absent`, peers that are not installed
    """
    sample = invented()
    rows: list[Row] = []
    for done, scale in enumerate(scales):
        progress("Sight", done, len(scales))
        city = enlarged(sample, scale)
        rows.extend({"scale": scale, **row} for row in ours(city, radius_m=radius_m))
    progress("Sight", len(scales), len(scales))
    rows.extend({"scale": 1, **row} for row in others(sample, radius_m=radius_m, most=peers))
    base = next(row["us_per_camera"] for row in rows if row["what"] == "plane")
    for row in rows:
        if "us_per_camera" in row:
            row["times_ours"] = round(row["us_per_camera"] / base, 1)
    absent = [name for name, module in _PEERS.items() if find_spec(module) is None]
    return {
        "topic": "visibility",
        "invented": True,
        "measured": rows,
        "absent": absent,
        "versions": _versions(),
    }


def invented() -> City:
    """Return the sample's buildings and cameras, those inside a building left out."""
    district = invent(np.random.default_rng(SEED).spawn(9)[:6], lambda _: None)
    heads = district.cameras.heads
    places = np.asarray(district.cameras.poles, dtype=np.float64)[heads["site"].to_numpy()]
    buildings = district.buildings.geometry.to_numpy()
    eye_m = heads["height_m"].to_numpy(dtype=np.float64)
    stood, codes = stand_off(
        places, buildings, obstacle_height_m=np.inf, observer_height_m=1.0, target_height_m=0.0, wall_m=1.0
    )
    clear = codes != INSIDE
    tops = district.buildings["floors"].to_numpy(dtype=np.float64) * _STOREY_M
    return City(buildings, tops, stood[clear], eye_m[clear])


def enlarged(city: City, scale: int) -> City:
    """Return so many copies of a city side by side: larger, and as dense."""
    low, high = np.split(shapely.total_bounds(city.buildings), 2)
    across = int(np.ceil(np.sqrt(scale)))
    shifts = [(high - low + 50.0) * (k % across, k // across) for k in range(scale)]
    copies = [shapely.transform(city.buildings, partial(np.add, by)) for by in shifts]
    cameras = np.concatenate([city.cameras + by for by in shifts])
    return City(np.concatenate(copies), np.tile(city.height_m, scale), cameras, np.tile(city.eye_m, scale))


def ours(city: City, *, radius_m: float) -> list[Row]:
    """Time the preparation of the walls, sight in the plane, and sight with heights."""
    count = len(city.cameras)
    seconds, walls = _best(lambda: Walls.of(city.buildings, city.height_m), runs=3)
    rows: list[Row] = [
        {"what": "prepare walls", "buildings": len(city.buildings), "seconds": round(seconds, 3)}
    ]
    endless = walls.with_height(np.inf)
    plane = partial(visible_polygons, city.cameras, endless, radius_m=radius_m)
    high = partial(
        sight, city.cameras, walls, observer_height_m=city.eye_m, target_height_m=0.0, radius_m=radius_m
    )
    for what, work in (("plane", plane), ("heights", high)):
        work()  # compiled, and its pages touched
        seconds, _ = _best(work, runs=_RUNS)
        rows.append({"what": what, "cameras": count, "us_per_camera": _us(seconds / count)})
    return rows


def others(city: City, *, radius_m: float, most: int) -> list[Row]:
    """Time each peer camera by camera, and hold its areas against ours."""
    cameras = city.cameras[:most]
    tree = shapely.STRtree(city.buildings)
    our_areas = shapely.area(visible_polygons(cameras, city.buildings, radius_m=radius_m))
    near = [
        city.buildings[tree.query(shapely.Point(c), predicate="dwithin", distance=radius_m)] for c in cameras
    ]
    rows = [_compared("shadows (shapely)", _shadows, cameras, near, our_areas, radius_m)]
    answers = {"CGAL (pyvispoly)": _cgal, "pysovist": _isovist, "raster (xarray-spatial)": _raster}
    for name, module in _PEERS.items():
        if find_spec(module) is not None:
            rows.append(_compared(name, answers[name], cameras, near, our_areas, radius_m))
    return rows


# A peer takes the walls in reach, moved to the observer, and returns the work to be timed, which returns an area.
Peer = Callable[[Geometries, float], Callable[[], float]]


def _compared(
    what: str, peer: Peer, cameras: Floats, near: list[Geometries], areas: Floats, radius_m: float
) -> Row:
    took, errors, refused = [], [], []
    for k, (camera, walls) in enumerate(zip(cameras, near, strict=True)):
        work = peer(shapely.transform(walls, partial(np.add, -camera)), radius_m)
        try:
            seconds, area = _best(work, runs=2)
        except Exception as error:  # a peer's refusal, of whatever kind, is a finding and is listed
            refused.append(f"{k}: {error}")
            continue
        took.append(seconds)
        errors.append(abs(area - areas[k]) / areas[k])
    if not took:
        return {"what": what, "cameras": 0, "refused": refused}
    return {
        "what": what,
        "cameras": len(took),
        "us_per_camera": _us(statistics.median(took)),
        "area_error": {"median": float(np.median(errors)), "greatest": float(np.max(errors))},
        "refused": refused,
    }


def _shadows(walls: Geometries, radius_m: float) -> Callable[[], float]:
    """Answer by overlay: the disc less the shadows of the edges that face the observer."""

    def work() -> float:
        corners, ring = shapely.get_coordinates(shapely.orient_polygons(walls), return_index=True)
        joined = ring[1:] == ring[:-1]
        start, end = corners[:-1][joined], corners[1:][joined]
        faces = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0] < 0.0
        start, end = start[faces], end[faces]
        left, right = (way / np.linalg.norm(way, axis=1)[:, None] for way in (start, end))
        middle = left + right
        middle /= np.linalg.norm(middle, axis=1)[:, None]
        far = [3.0 * radius_m * way for way in (left, middle, right)]
        shadows = shapely.polygons(np.stack([start, *far, end], axis=1))
        return float(shapely.difference(_disc(radius_m), shapely.union_all(shadows)).area)

    return work


def _cgal(walls: Geometries, radius_m: float) -> Callable[[], float]:
    """Answer by CGAL's triangular expansion in the free space round the observer."""
    pyvispoly = import_module("pyvispoly")
    free = shapely.get_parts(_disc(radius_m).difference(shapely.union_all(walls)))
    free = free[shapely.intersects(free, shapely.Point(0, 0))][0]

    def ring(line: shapely.LinearRing) -> list[Any]:  # their points
        return [pyvispoly.Point(x, y) for x, y in line.coords[:-1]]

    space = shapely.orient_polygons(free)
    outer, holes = ring(space.exterior), [ring(hole) for hole in space.interiors]

    def work() -> float:
        arena = pyvispoly.PolygonWithHoles(outer, holes)
        found = pyvispoly.VisibilityPolygonCalculator(arena).compute_visibility_polygon(pyvispoly.Point(0, 0))
        return abs(float(found.area()))

    return work


def _isovist(walls: Geometries, radius_m: float) -> Callable[[], float]:
    """Answer by pysovist, whose rim is a true circle."""
    pysovist = import_module("pysovist")
    corners, ring = shapely.get_coordinates(shapely.boundary(walls), return_index=True)
    joined = ring[1:] == ring[:-1]
    segments = np.stack([corners[:-1][joined], corners[1:][joined]], axis=1)
    chords = CHORDS / (2.0 * np.pi) * np.sin(2.0 * np.pi / CHORDS)

    def work() -> float:
        found = pysovist.isovist(segments, (0.0, 0.0), max_distance=radius_m)
        # Its arcs, had they our chords: so that what is compared is the walls.
        arcs = (found.theta1 - found.theta0)[found.kind == 0].sum() * radius_m**2 / 2.0
        return float(found.metrics["area"] - arcs * (1.0 - chords))

    return work


def _raster(walls: Geometries, radius_m: float) -> Callable[[], float]:
    """Answer by a viewshed over cells: ground that is seen, in cells."""
    features, transform, xarray = (
        import_module(name) for name in ("rasterio.features", "rasterio.transform", "xarray")
    )
    viewshed = import_module("xrspatial").viewshed
    size = int(2.0 * radius_m / _RASTER_M) | 1
    edge = size * _RASTER_M / 2.0
    place = transform.from_origin(-edge, edge, _RASTER_M, _RASTER_M)
    solid = features.rasterize(
        [(wall, 1) for wall in walls] or [(_disc(1e-6), 0)], (size, size), transform=place
    )
    axis = (np.arange(size) - size // 2) * _RASTER_M
    ground = xarray.DataArray(solid * 50.0, dims=("y", "x"), coords={"y": -axis, "x": axis})
    within = np.hypot(*np.meshgrid(axis, axis)) <= radius_m

    def work() -> float:
        seen = viewshed(ground, x=0.0, y=0.0, observer_elev=1.0).to_numpy() >= 0.0
        return float((seen & within & (solid == 0)).sum() * _RASTER_M**2)

    return work


def _disc(radius_m: float) -> shapely.Polygon:
    turn = np.linspace(0.0, 2.0 * np.pi, CHORDS, endpoint=False)
    return shapely.Polygon(radius_m * np.column_stack([np.sin(turn), np.cos(turn)]))


def _best(work: Callable[[], Any], *, runs: int) -> tuple[float, Any]:
    """Return the least time of several runs, in seconds, and the answer."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        answer = work()
        took.append(time.perf_counter() - start)
    return min(took), answer


def _us(seconds: float) -> float:
    return round(seconds * 1e6, 2)


def _versions() -> dict[str, str]:
    names = ["numba", "numpy", "shapely"]
    names += [
        _DISTRIBUTION.get(module, module) for module in _PEERS.values() if find_spec(module) is not None
    ]
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
