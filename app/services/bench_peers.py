"""Ask other libraries what cameras see: how long each takes, and how far its areas are from ours.

A peer is timed on what it alone needs: the walls in reach are gathered for it beforehand, free space is cut out
for CGAL and drawn for the raster.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.visibility import CHORDS, visible_polygons

Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]
Row = dict[str, Any]
Progress = Callable[[str, int, int], None]

_RASTER_M = 0.5
# The raster takes long and shows a coarse answer: the first so many cameras are enough to say so.
_MOST_RASTERS = 100
PEERS = {"CGAL (pyvispoly)": "pyvispoly", "pysovist": "pysovist", "raster (xarray-spatial)": "xrspatial"}
_DISTRIBUTION = {"xrspatial": "xarray-spatial"}


def others(buildings: Geometries, cameras: Floats, *, radius_m: float, progress: Progress) -> list[Row]:
    """Time each peer that is installed camera by camera, and hold its areas against ours.

    Returns  rows of what, cameras, `us_per_camera` (median of the cameras, the better of two runs each),
             `area_error` relative to ours (median, greatest) with our arcs, and `refused`: cameras without answer
    """
    tree = shapely.STRtree(buildings)
    reach = (tree.query(shapely.Point(c), predicate="dwithin", distance=radius_m) for c in cameras)
    near = [shapely.transform(buildings[k], partial(np.add, -c)) for k, c in zip(reach, cameras, strict=True)]
    walled = [np.array([*walls, _frame(radius_m)], dtype=object) for walls in near]
    areas, inner = _areas(near, radius_m), _areas(walled, radius_m)
    asked: list[tuple[str, str, Peer, list[Geometries], Floats]] = [
        ("shadows (shapely)", "shapely", _shadows, near, areas),
        ("CGAL (pyvispoly)", PEERS["CGAL (pyvispoly)"], _cgal, near, areas),
        ("pysovist", PEERS["pysovist"], _isovist, near, areas),
        ("pysovist, straight edges alone", PEERS["pysovist"], _isovist, walled, inner),
        ("raster (xarray-spatial)", PEERS["raster (xarray-spatial)"], _raster, near[:_MOST_RASTERS], areas),
    ]
    rows = []
    for done, (what, module, peer, walls, ours) in enumerate(asked):
        progress("Peers", done, len(asked))
        if find_spec(module) is not None:
            rows.append(_compared(what, peer, walls, ours, radius_m))
    progress("Peers", len(asked), len(asked))
    return rows


def absent() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name, module in PEERS.items() if find_spec(module) is None]


def versions() -> dict[str, str]:
    """Return the versions of the peers that are installed."""
    found = [_DISTRIBUTION.get(m, m) for m in PEERS.values() if find_spec(m) is not None]
    return {name: version(name) for name in found}


def best(work: Callable[[], Any], *, runs: int) -> tuple[float, Any]:
    """Return the least time of several runs, in seconds, and the answer."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        answer = work()
        took.append(time.perf_counter() - start)
    return min(took), answer


def _areas(near: list[Geometries], radius_m: float) -> Floats:
    """Return what we see from (0, 0) among each of several sets of walls, m2."""
    seen = [visible_polygons([(0.0, 0.0)], walls, radius_m=radius_m)[0] for walls in near]
    return np.asarray(shapely.area(seen), dtype=np.float64)


def _frame(radius_m: float) -> shapely.Geometry:
    """Return a wall round (0, 0) within the radius, so that no arc is left in the view."""
    inner, outer = (shapely.box(-side, -side, side, side) for side in (0.7 * radius_m, 0.705 * radius_m))
    return shapely.difference(outer, inner)


# A peer takes the walls in reach, moved to the observer, and returns the work to be timed, which returns an area.
Peer = Callable[[Geometries, float], Callable[[], float]]


def _compared(what: str, peer: Peer, near: list[Geometries], areas: Floats, radius_m: float) -> Row:
    took, errors, refused = [], [], []
    for k, walls in enumerate(near):
        try:
            seconds, area = best(peer(walls, radius_m), runs=2)
        except Exception as error:  # a peer's refusal, of whatever kind, is a finding and is listed
            refused.append(f"{k}: {error}")
            continue
        took.append(seconds)
        errors.append(abs(area - areas[k]) / areas[k])
    row: Row = {"what": what, "cameras": len(took), "refused": refused}
    if took:
        row["us_per_camera"] = round(statistics.median(took) * 1e6, 1)
        row["area_error"] = {"median": float(np.median(errors)), "greatest": float(np.max(errors))}
    return row


def _shadows(walls: Geometries, radius_m: float) -> Callable[[], float]:
    """Answer by overlay: the disc less the shadows of the edges that face the observer."""

    def work() -> float:
        start, end = _edges(walls)
        faces = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0] < 0.0
        start, end = start[faces], end[faces]
        left, right = (way / np.linalg.norm(way, axis=1)[:, None] for way in (start, end))
        middle = left + right
        middle /= np.linalg.norm(middle, axis=1)[:, None]
        far = [3.0 * radius_m * way for way in (left, middle, right)]
        shadows = shapely.polygons(np.stack([start, *far, end], axis=1))
        return float(shapely.difference(_disc(radius_m), shapely.union_all(shadows)).area)

    return work


def _edges(walls: Geometries) -> tuple[Floats, Floats]:
    """Return the ends of every edge, (e, 2) each, the solid to the left."""
    rings = shapely.get_rings(shapely.orient_polygons(walls))
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    return corners[:-1][joined], corners[1:][joined]


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
    segments = np.stack(_edges(walls), axis=1)
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
