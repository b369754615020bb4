"""Time what half a million candidate poses of a district see, and the same one camera after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from app.peak_memory import peak_mib
from app.progress import compiling
from app.services import WrongUse, coverage, covering
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from spatial.candidates import as_cameras
from spatial.covering import TWELVE, Cover, cover_of, options
from spatial.fov import fields_of_view, with_assumptions
from spatial.sightings import sightings
from spatial.types import LensModel

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

POSES, DENSITY_CLASS, BUDGET = 500_000, "recognise", "60 s"
# Poses that are looked at as cameras of their own: enough for a pace, few enough to wait for.
ONE_BY_ONE = 2_000
_RUNS = 3


@dataclass(frozen=True, slots=True, eq=False)
class _City:
    """A district, where cameras could stand in it, and the points along its streets."""

    world: World
    where: covering.Places
    points: gpd.GeoDataFrame
    models: tuple[LensModel, ...]


def measure(
    db: Database,
    *,
    poses: int = POSES,
    one_by_one: int = ONE_BY_ONE,
    density_class: str = DENSITY_CLASS,
    progress: Progress,
) -> list[Row]:
    """Return rows of what was timed, on the district's own mounts, evenly taken, with all its models and headings.

    db       opened as loader; its cover of the streets is current afterwards
    Returns  what, poses, n (runs), median_s, slowest_s, budget, pairs (of pose and point), peak_mib (of this process).
             The second row looks at some of these poses as cameras of their own: `all_s` is how long all would take at
             that pace, `differing` how many of their pairs the two ways tell otherwise. The third reads the kept cover
             of all poses of the district
    Raises   WrongUse where the district has fewer poses than asked for; UnknownClass
    """
    world = coverage.world(db, network_day(db))
    city = _City(world, covering.places(db, world), covering.points_of(world), db.district.models)
    wanted = _some(city, poses)
    covered = partial(_covered, city, wanted, density_class)
    with compiling(progress):
        found = covered()
    took = []
    for run in range(_RUNS):
        progress("Cover", run, _RUNS)
        took.append(_timed(covered))
    progress("Cover", _RUNS, _RUNS)
    whole = _row("cover", len(wanted), took, budget=BUDGET) | {"pairs": int(found.cover.nnz)}
    current = partial(_current, db, city, density_class, progress)
    options_kept, pairs = current()
    kept = _row("kept cover read", options_kept, [_timed(current) for _ in range(_RUNS)]) | {"pairs": pairs}
    return [whole, _singly(city, found, wanted, one_by_one, density_class), kept]


def _some(city: _City, poses: int) -> pd.DataFrame:
    """Return the options of mounts evenly taken: so many, or more by less than a mount's."""
    each = len(city.models) * len(TWELVE)
    mounts, count = city.where.mounts, -(-poses // each)
    if count > len(mounts):
        raise WrongUse(f"there are {len(mounts) * each:,} poses here, not {poses:,}")
    chosen = np.linspace(0, len(mounts) - 1, count).round().astype(np.int64)
    every = options(mounts, city.models)
    return every[np.isin(every["mount"].to_numpy(), chosen)].reset_index(drop=True)


def _covered(city: _City, wanted: pd.DataFrame, density_class: str) -> Cover:
    scene, models = covering.scene_of(city.world), city.models
    found = cover_of(
        wanted, city.where.mounts, city.points, models=models, scene=scene, classes=[density_class]
    )
    return found[density_class]


def _current(db: Database, city: _City, density_class: str, progress: Progress) -> tuple[int, int]:
    """Return how many options the kept cover has, and how many pairs."""
    kept = covering.current(
        db, city.world, city.points, where=city.where, density_class=density_class, progress=progress
    )
    return kept.figures["options"], kept.figures["pairs"]


def _singly(city: _City, found: Cover, wanted: pd.DataFrame, count: int, density_class: str) -> Row:
    """Return how long some poses take as cameras of their own, and how far the two ways agree."""
    chosen = wanted.iloc[np.linspace(0, len(wanted) - 1, min(count, len(wanted))).round().astype(np.int64)]
    cameras = _cameras(city, chosen)
    start = time.perf_counter()
    views = fields_of_view(
        cameras,
        city.world.buildings,
        classes=[density_class],
        defaults=city.world.lens,
        ground=city.world.ground,
    )
    seen = sightings(city.points, views, cameras, density_class=density_class).certain
    took = time.perf_counter() - start
    singly = set(zip(cameras["camera_id"].to_numpy()[seen.camera].tolist(), seen.point.tolist(), strict=True))
    point, column = found.cover.nonzero()
    option = found.options["option"].to_numpy()[column]
    mine = np.isin(option, chosen["option"])
    ours = set(zip(option[mine].tolist(), point[mine].tolist(), strict=True))
    told = {
        "pairs": len(singly),
        "differing": len(ours ^ singly),
        "all_s": round(took / len(chosen) * len(wanted), 1),
    }
    return _row("poses as cameras of their own", len(chosen), [took]) | told


def _cameras(city: _City, chosen: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return surveyed cameras with the optics and headings of some options, numbered as these are."""
    sites = city.where.mounts.iloc[chosen["mount"]].assign(site_id=chosen["option"].to_numpy())
    told = {
        name: [getattr(city.models[model], name) for model in chosen["model"]]
        for name in (
            "tilt_deg",
            "height_m",
            "focal_mm",
            "sensor_w_mm",
            "sensor_h_mm",
            "image_w_px",
            "image_h_px",
        )
    }
    posed = as_cameras(sites, city.world.lens).assign(heading_deg=chosen["heading_deg"].to_numpy(), **told)
    return with_assumptions(posed, city.world.lens).sort_values("camera_id", ignore_index=True)


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _row(what: str, poses: int, seconds: Sequence[float], *, budget: str | None = None) -> Row:
    return {
        "what": what,
        "poses": poses,
        "n": len(seconds),
        "median_s": round(median(seconds), 3),
        "slowest_s": round(max(seconds), 3),
        "budget": budget,
        "peak_mib": round(peak_mib()),
    }
