"""Measure sight over terrain on the invented district, beside flat ground and, where installed, a raster viewshed."""

from __future__ import annotations

import os
import platform
import timeit
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.services.bench_visibility import City, invented
from etl.sample import SEED
from etl.sample import ground as earth
from etl.sample.district import invent
from spatial.compiled import threads
from spatial.edges import Walls
from spatial.relief import sight_over
from spatial.shadows import DISC_CHORDS
from spatial.terrain import Ground
from spatial.visibility import sight

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Row = dict[str, Any]

_CELL_M = 10.0
_PEER = "raster (xarray-spatial)"
# How a wildfire camera looks: eye and target over the ground.
_EYE_M, _TARGET_M = 20.0, 1.6


def bench(*, radius_m: float = 150.0, long_m: float = 2000.0, far: int = 12, progress: Progress) -> Row:
    """Measure all cameras among buildings at a usual reach, and a few at a long one on bare ground beside the raster.

    Returns  `measured`, rows of what, cameras, `us_per_camera`, `times_ours` (how many times as long as ours at that
             reach) and, of the peer, `area_error`: the share of cells in reach that it answers otherwise than ours
             (median and greatest); `versions`; `absent`, peers that are not installed; `cores` and `load`, the machine's
             mean load of a minute before and after
    """
    load = [round(os.getloadavg()[0], 2)]
    progress("Sight", 0, 2)
    city, ground = invented(), sample_ground()
    rows = among_buildings(city, ground, radius_m=radius_m)
    progress("Sight", 1, 2)
    rows += on_bare_ground(city.cameras[:: max(len(city.cameras) // far, 1)][:far], ground, radius_m=long_m)
    progress("Sight", 2, 2)
    absent = [] if find_spec("xrspatial") else [_PEER]
    return {
        "topic": "relief",
        "invented": True,
        "measured": rows,
        "absent": absent,
        "versions": _versions(),
        "cores": threads(),
        "load": [*load, round(os.getloadavg()[0], 2)],
    }


def sample_ground() -> Ground:
    """Return the ground of the invented district, a reach of 200 m beyond its outline."""
    made = invent(np.random.default_rng(SEED).spawn(9)[:6], lambda _: None).ground
    west, south, east, north = (_CELL_M * np.round(b / _CELL_M) for b in made.outline.buffer(200.0).bounds)
    x = np.arange(west + _CELL_M / 2.0, east, _CELL_M)
    y = np.arange(north - _CELL_M / 2.0, south, -_CELL_M)
    places = np.column_stack([np.tile(x, y.size), np.repeat(y, x.size)])
    cells = earth.heights(made, places).reshape(y.size, x.size).astype(np.float32)
    return Ground(cells, float(west), float(north), _CELL_M)


def among_buildings(city: City, ground: Ground, *, radius_m: float) -> list[Row]:
    """Time sight with heights on flat ground and over terrain."""
    walls = Walls.of(city.buildings, city.height_m)
    more: Row = {
        "observer_height_m": city.eye_m,
        "target_height_m": 0.0,
        "radius_m": radius_m,
        "chords": DISC_CHORDS,
    }
    works: dict[str, Callable[[], Any]] = {
        "terrain": partial(sight_over, city.cameras, walls, ground, **more),
        "flat ground": partial(sight, city.cameras, walls, **more),
    }
    return _timed({f"{what}, {radius_m:g} m": work for what, work in works.items()}, len(city.cameras))


def on_bare_ground(places: Floats, ground: Ground, *, radius_m: float) -> list[Row]:
    """Time a long reach without buildings, and the raster's answer to the same; compare them cell by cell."""
    more: Row = {"observer_height_m": _EYE_M, "target_height_m": _TARGET_M, "radius_m": radius_m}
    # A raster knows observers in the middles of cells.
    middles = ground.west_m, ground.north_m
    spots = np.floor((places - middles) / _CELL_M) * _CELL_M + _CELL_M / 2.0 + middles
    ours = partial(sight_over, spots, Walls.of([]), ground, chords=DISC_CHORDS, **more)
    works: dict[str, Callable[[], Any]] = {f"bare terrain, {radius_m:g} m": ours}
    if find_spec("xrspatial") is None:
        return _timed(works, len(spots))
    raster = partial(_viewsheds, spots, ground, radius_m)
    rows = _timed({**works, _PEER: raster}, len(spots))
    differ = [
        float(np.mean(shapely.contains_xy(area, xy) != seen))
        for area, (xy, seen) in zip(ours()[0], raster(), strict=True)
    ]
    rows[-1]["area_error"] = {"median": float(np.median(differ)), "greatest": float(np.max(differ))}
    return rows


def _viewsheds(spots: Floats, ground: Ground, radius_m: float) -> list[tuple[Floats, NDArray[np.bool_]]]:
    """Return the middles of the cells in reach of each observer and which of them the raster sees."""
    xarray, viewshed = import_module("xarray"), import_module("xrspatial").viewshed
    rows, columns = ground.elevation_m.shape
    x = ground.west_m + (np.arange(columns) + 0.5) * _CELL_M
    y = ground.north_m - (np.arange(rows) + 0.5) * _CELL_M
    found = []
    for east, north in spots:
        across, down = np.abs(x - east) <= radius_m, np.abs(y - north) <= radius_m
        window = xarray.DataArray(
            ground.elevation_m[np.ix_(down, across)].astype(np.float64),
            dims=("y", "x"),
            coords={"y": y[down], "x": x[across]},
        )
        seen = (
            viewshed(window, x=east, y=north, observer_elev=_EYE_M, target_elev=_TARGET_M).to_numpy() >= 0.0
        )
        xy = np.stack(np.meshgrid(x[across], y[down]), axis=-1)
        # The rims differ by a cell, and in his own cell each sees the observer's feet.
        away = np.hypot(*(xy - (east, north)).transpose(2, 0, 1))
        within = (away < radius_m - _CELL_M) & (away > _CELL_M / 2.0)
        found.append((xy[within], seen[within]))
    return found


def _timed(works: dict[str, Callable[[], Any]], count: int) -> list[Row]:
    """Return a row a work: its best time a camera, and how many times that of the first."""
    rows: list[Row] = []
    for what, work in works.items():
        work()  # compiled, and its pages touched
        us = round(min(timeit.repeat(work, number=1, repeat=3)) / count * 1e6, 2)
        rows.append({"what": what, "scale": 1, "cameras": count, "us_per_camera": us})
        rows[-1]["times_ours"] = round(us / rows[0]["us_per_camera"], 2)
    return rows


def _versions() -> dict[str, str]:
    names = ["numba", "numpy", "shapely", *(["xarray-spatial"] if find_spec("xrspatial") else [])]
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
