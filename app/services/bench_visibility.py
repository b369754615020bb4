"""Measure sight on the invented district and on larger ones as dense: ours and, where installed, its peers.

Ours is timed whole, from prepared walls to polygons, a peer on what it alone needs. So ratios are understated.
"""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numba
import numpy as np
import shapely
from numpy.typing import NDArray

from app.progress import compiling
from app.services.bench_peers import absent, best, others, versions
from etl.sample import SEED
from etl.sample.district import invent
from spatial.compiled import threads
from spatial.edges import Walls
from spatial.visibility import INSIDE, sight, stand_off, visible_polygons

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]
Row = dict[str, Any]

_STOREY_M = 3.1
# Runs of a small city and of a large one.
_RUNS, _FEW_RUNS, _LARGE = 7, 3, 20_000
# 2.3 million buildings for 89,300 cameras are so many more a camera than the sample has.
_SPARE_PERCENT = 17


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """Buildings with heights, and cameras: places off the walls, heights."""

    buildings: Geometries
    height_m: Floats
    cameras: Floats
    eye_m: Floats


def bench(
    *,
    scales: Sequence[int] = (1, 10, 100),
    radius_m: float = 60.0,
    peers: int | None = None,
    progress: Progress,
) -> Row:
    """Measure cities of so many times the sample's size, each in a process of its own; then the peers on the sample.

    peers    how many of the sample's cameras the peers are asked about; None is all
    Returns  `measured`, rows as `ours` and `others` give them, with `scale` and `times_ours` (how many times as long
             as ours in the plane on one thread, of the first scale); `absent`, peers that are not installed;
             `versions`, `cores` and `load`, the machine's mean load of a minute before and after
    """
    load = [round(os.getloadavg()[0], 2)]
    rows: list[Row] = []
    for done, scale in enumerate(scales):
        progress("Sight", done, len(scales))
        rows.extend(_alone(scale, radius_m, progress))
    progress("Sight", len(scales), len(scales))
    load.append(round(os.getloadavg()[0], 2))
    sample = invented()
    answers = others(sample.buildings, sample.cameras[:peers], radius_m=radius_m, progress=progress)
    rows.extend({"scale": 1, **row} for row in answers)
    base = next(row["us_per_camera"] for row in rows if row["what"] == "plane, 1 thread")
    for row in rows:
        if "us_per_camera" in row:
            row["times_ours"] = round(row["us_per_camera"] / base, 1)
    told = {"measured": rows, "absent": absent(), "versions": _versions()}
    return {"topic": "visibility", "invented": True, "cores": threads(), "load": load, **told}


def _alone(scale: int, radius_m: float, progress: Progress) -> list[Row]:
    """Measure one scale in a process of its own, so that its memory is its own."""
    with compiling(progress):  # before, so that no measured process compiles
        visible_polygons([(0.0, 0.0)], [shapely.box(1, 1, 2, 2)], radius_m=radius_m)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_scaled, scale, radius_m).result()


def _scaled(scale: int, radius_m: float) -> list[Row]:
    return [{"scale": scale, **row} for row in ours(enlarged(invented(), scale), radius_m=radius_m)]


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
    """Return so many copies of a city side by side: larger, and as dense.

    Of every hundred copies there are 17 more without cameras: at 100 times the sample, 89,300 cameras stand among
    2.3 million buildings.
    """
    low, high = np.split(shapely.total_bounds(city.buildings), 2)
    copies = scale + scale * _SPARE_PERCENT // 100
    across = int(np.ceil(np.sqrt(copies)))
    shifts = [(high - low + 50.0) * (k % across, k // across) for k in range(copies)]
    buildings = np.concatenate([shapely.transform(city.buildings, partial(np.add, by)) for by in shifts])
    cameras = np.concatenate([city.cameras + by for by in shifts[:scale]])
    return City(buildings, np.tile(city.height_m, copies), cameras, np.tile(city.eye_m, scale))


def ours(city: City, *, radius_m: float) -> list[Row]:
    """Time the preparation of the walls, then sight in the plane and with heights on one thread and on all.

    Returns  rows of what, buildings, cameras: first the `seconds` of the preparation and of all cameras once, with
             `memory_mb`, how far the process's memory has grown at most over the loaded buildings by then (None
             where that cannot be asked); then `us_per_camera` (median of the runs), `least_us`, and `speed_up` of
             all threads over one
    """
    # The code is loaded, and no part of what is measured.
    sight(
        city.cameras[:2],
        city.buildings[:99],
        obstacle_height_m=city.height_m[:99],
        observer_height_m=9.0,
        target_height_m=0.0,
        radius_m=radius_m,
    )
    grown = _memory()
    seconds, walls = best(lambda: Walls.of(city.buildings, city.height_m), runs=1)
    many = {"buildings": len(city.buildings)}
    rows: list[Row] = [{"what": "prepare walls", **many, "seconds": round(seconds, 3), "memory_mb": grown()}]
    plane = partial(visible_polygons, city.cameras, walls, radius_m=radius_m)
    high = partial(
        sight, city.cameras, walls, observer_height_m=city.eye_m, target_height_m=0.0, radius_m=radius_m
    )
    for what, work in (("plane", plane), ("heights", high)):
        once, _ = best(work, runs=1)
        rows.append({"what": f"{what}, once", **many, "cameras": len(city.cameras)})
        rows[-1] |= {"seconds": round(once, 3), "memory_mb": grown()}
    for what, work in (("plane", plane), ("heights", high)):
        rows.extend(_timed(what, work, len(city.cameras)))
    return rows


def _timed(what: str, work: Callable[[], object], count: int) -> Iterator[Row]:
    """Time work on one thread and on all, turn about, so that what else the machine does strikes both alike."""
    took: dict[int, list[float]] = {number: [] for number in sorted({1, threads()})}
    for _ in range(_RUNS if count < _LARGE else _FEW_RUNS):
        for number, times in took.items():
            with _on_threads(number):
                times.append(best(work, runs=1)[0] / count)
    for number, times in took.items():
        row: Row = {"what": f"{what}, {number} thread{'s' if number > 1 else ''}", "cameras": count}
        row |= {"us_per_camera": _us(statistics.median(times)), "least_us": _us(min(times))}
        if number > 1:
            row["speed_up"] = round(statistics.median(took[1]) / statistics.median(times), 2)
        yield row


@contextmanager
def _on_threads(number: int) -> Iterator[None]:
    """Let kernels use so many threads."""
    settings: Any = numba.config  # its attributes are made at import
    before = settings.NUMBA_NUM_THREADS
    settings.NUMBA_NUM_THREADS = number
    try:
        yield
    finally:
        settings.NUMBA_NUM_THREADS = before


def _memory() -> Callable[[], float | None]:
    """Return what tells, from now on, by how many MB this process's memory has grown at most."""
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
        start = _kept("VmRSS")
    except OSError:  # not Linux, or not allowed
        return lambda: None
    return lambda: round((_kept("VmHWM") - start) / 1e3)


def _kept(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name))


def _us(seconds: float) -> float:
    return round(seconds * 1e6, 2)


def _versions() -> dict[str, str]:
    ours = {name: version(name) for name in ("numba", "numpy", "shapely")}
    geos = shapely.geos_version_string
    return {"python": platform.python_version(), **ours, "geos": geos, **versions()}
