"""The cover of siting kept true: which camera that could be bought, hung and aimed sees which street, worked out once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray

from app import demand
from app.progress import compiling
from app.services import WrongUse, coverage, fields
from app.world import World
from etl.db import Database
from etl.store import frames
from etl.store.covers import Arrays, keep_cover, kept_cover, kept_scopes
from etl.store.days import network_day
from spatial.axes import axes_of
from spatial.covering import TWELVE, Cover, Scene, cover_of, marks_of, options
from spatial.mounts import PLACES, mounts, off_walls
from spatial.optics import px_per_m
from spatial.prices import prices_of, prices_of_mounts

Progress = Callable[[str, int, int], None]

# Raised when the way a cover is worked out changes: every kept one is then out of date.
ENGINE = "cover-2"

# The scope of the points that a plan is for, and how far those along a street lie apart.
STREETS = "streets"
STEP_M = 4.0


class NothingToCover(WrongUse):
    """A cover needs streets."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where a new camera could stand, and what it costs to stand there.

    mounts      off the walls: site_id, place, geometry; the position is what options call mount
    mounts_won  pole_won, power_won and fibre_won, a row a mount
    moved       how many were moved off a wall
    dropped     how many stood in buildings and are left out
    """

    mounts: gpd.GeoDataFrame
    mounts_won: pd.DataFrame
    moved: int
    dropped: int


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A cover, and what it tells of itself.

    cover    of all options that see one of the points at least
    prices   a row an option of it, as `spatial.prices.prices_of`
    figures  options, demand, pairs; current: whether it was there already and still true
    """

    cover: Cover
    prices: pd.DataFrame
    figures: dict[str, Any]


def places(db: Database, world: World, *, every_m: float = 25.0) -> Places:
    """Return where a new camera could stand: streets, poles of cameras, lamps and bells. `db` opened as loader."""
    bells, fibre = frames.bells(db), frames.layer(db, "fibre")
    every = mounts(world.alleys, poles=world.cameras, lamps=world.lamps, bells=bells, every_m=every_m)
    free = off_walls(every, world.buildings, lens=world.lens)
    sites = free.mounts.reset_index(drop=True)
    won = prices_of_mounts(
        sites,
        prices=db.district.prices,
        power_at=[world.lamps, bells, world.cameras],
        fibre_at=[world.cameras, fibre],
    )
    return Places(sites, won, free.moved, free.dropped)


def points_of(world: World) -> gpd.GeoDataFrame:
    """Return the points that a plan is for, along the streets and over the zones, in which the kept cover is counted."""
    return demand.points_of(world, step_m=STEP_M)


def refresh(db: Database, *, density_class: str, progress: Progress) -> dict[str, Any]:
    """Return what `golmok cover` answers: the cover of the streets, worked out and kept unless it is still true.

    db      opened as loader
    Raises  NothingToCover without streets; UnknownClass
    """
    px_per_m(density_class)
    started = time.perf_counter()
    world = coverage.world(db, network_day(db))
    if world.alleys.empty:
        raise NothingToCover("there are no streets to stand on: load `juso` or `city`")
    where = places(db, world)
    kept = current(db, world, points_of(world), where=where, density_class=density_class, progress=progress)
    count = where.mounts["place"].value_counts()
    return {
        "district": db.district.name,
        "invented": db.district.invented,
        "class": density_class,
        "mounts": {place: int(count[place]) for place in PLACES if place in count.index},
        "moved_off_walls": where.moved,
        "in_buildings": where.dropped,
        "models": [model.name for model in db.district.models],
        "headings": len(TWELVE),
        "poses": len(where.mounts) * len(db.district.models) * len(TWELVE),
        **kept.figures,
        "seconds": round(time.perf_counter() - started, 3),
    }


def refresh_kept(db: Database, *, progress: Progress) -> list[dict[str, Any]]:
    """Bring the covers of the streets that plans have asked for up to date; return what `refresh` tells of each class."""
    classes = [
        scope.removeprefix(f"{STREETS} ") for scope in kept_scopes(db) if scope.startswith(f"{STREETS} ")
    ]
    return [refresh(db, density_class=code, progress=progress) for code in classes]


def scene_of(world: World) -> Scene:
    """Return what lies about the mounts."""
    return Scene(world.buildings, world.ground, world.lens)


def current(
    db: Database,
    world: World,
    points: gpd.GeoDataFrame,
    *,
    where: Places,
    density_class: str,
    scope: str = STREETS,
    progress: Progress,
) -> Kept:
    """Return which options see which points, kept if nothing changed since, else worked out and kept.

    db       opened as loader
    points   any places on the ground; a column alley_id, missing off the streets, tells which way a street runs there
    scope    what the points are: of each scope and class the last cover is kept
    Raises   UnknownClass
    """
    models = db.district.models
    every, axes = options(where.mounts, models), axes_at(world, points)

    def worked_out() -> Cover:
        with compiling(progress):
            found = cover_of(
                every,
                where.mounts,
                points,
                models=models,
                scene=scene_of(world),
                classes=[density_class],
                axes=axes,
                progress=lambda done, total: progress("Cover", done, total),
            )
        return found[density_class]

    # What a model costs bears on no view.
    optics = tuple(replace(model, name="-", price_won=0) for model in models)
    digest = digest_of(world, where.mounts, points, axes=axes, told=(density_class, optics))
    found, there = kept_or(
        db, (f"{scope} {density_class}", digest), every.set_index("option", drop=False), worked_out=worked_out
    )
    figures = {
        "options": len(found.options),
        "demand": len(points),
        "pairs": int(found.cover.nnz),
        "current": there,
    }
    return Kept(found, prices_of(found.options, where.mounts_won, models), figures)


def axes_at(world: World, points: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the unit vectors (n, 2) of the streets at the points, NaN off them."""
    if "alley_id" in points.columns:
        return axes_of(points, world.alleys)
    return np.full((len(points), 2), np.nan)


def kept_or(
    db: Database, question: tuple[str, str], every: pd.DataFrame, *, worked_out: Callable[[], Cover]
) -> tuple[Cover, bool]:
    """Return a cover, and whether it was kept: else it is worked out, and kept.

    question  scope and digest
    every     all options, by a column of whole numbers that its index is named for
    """
    scope, digest = question
    name = str(every.index.name)
    arrays = kept_cover(db, scope, digest)
    if arrays is None:
        found = worked_out()
        keep_cover(db, scope, _arrays(found, name), inputs_hash=digest)
        return found, False
    shape = (int(arrays["points"][0]), len(arrays["option"]))
    sides = sp.csr_array((arrays["side"], arrays["column"], arrays["first"]), shape=shape)
    return Cover(every.loc[arrays["option"]].reset_index(drop=True), marks_of(sides), sides), True


def _arrays(found: Cover, name: str) -> Arrays:
    """Return a cover as arrays; the rest of it follows from the options."""
    return {
        "points": np.array([found.cover.shape[0]], dtype=np.int64),
        "option": found.options[name].to_numpy(dtype=np.int32),
        "first": found.sides.indptr.astype(np.int64),
        "column": found.sides.indices.astype(np.int32),
        "side": found.sides.data.astype(np.int8),
    }


def digest_of(
    world: World,
    sites: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    *,
    axes: NDArray[np.float64],
    told: tuple[object, ...],
) -> str:
    """Return the digest of all that a cover rests on: what it was worked out from, not the rows that this came of."""
    digest = hashlib.sha256(repr((ENGINE, fields.ENGINE, TWELVE, world.lens, told)).encode())
    for part in _told(world, sites, points, axes):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def sight_digest(world: World, sites: gpd.GeoDataFrame) -> str:
    """Return the digest of what lies about some mounts, and of the way it is looked at."""
    nowhere = sites.iloc[:0]
    return digest_of(world, sites, nowhere, axes=np.empty((0, 2)), told=())


def _told(
    world: World, sites: gpd.GeoDataFrame, points: gpd.GeoDataFrame, axes: NDArray[np.float64]
) -> Iterator[bytes]:
    for frame in (sites, points):
        yield shapely.get_coordinates(frame.geometry.to_numpy()).tobytes()
    yield axes.tobytes()
    # The order of buildings plays no part in what is seen.
    walls = shapely.to_wkb(world.buildings.geometry.to_numpy())
    order = np.argsort(walls, kind="stable")
    yield b"".join(walls[order])
    yield world.buildings["height_m"].to_numpy(dtype=np.float64)[order].tobytes()
    if world.ground is not None:
        yield repr((world.ground.west_m, world.ground.north_m, world.ground.cell_m)).encode()
        yield np.ascontiguousarray(world.ground.elevation_m).tobytes()
