"""What each pose on offer sees of private ground, kept from one plan to the next: worked out once, anew when anything changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.progress import compiling
from app.services import coverage, fields, private
from app.services.covering import Places, places, scene_of
from app.services.private import Judged, Known, Look
from app.world import World
from etl.db import Database
from etl.store.covers import Arrays, keep_cover, kept_cover, kept_scopes, private_inputs
from etl.store.days import network_day
from spatial.covering import TWELVE, Scene, cover_of, options
from spatial.intrusion import STEP_M, over_all
from spatial.refits import Works, refit_options, refits, why_not_free
from spatial.types import LensModel

Progress = Callable[[str, int, int], None]

# Raised when the way private ground is judged changes: what is kept is then out of date.
ENGINE = "private-1"
SCOPE = "private"
# Square metres are kept in hundredths: half of one is less than the points themselves can tell.
_PARTS = 100.0
_UNKNOWN = -1
# What a view of a camera rests on beside its place.
_OPTICS = ("camera_id", "heading_deg", "hfov_deg", "image_w_px", "image_h_px", "tilt_deg", "height_m")


@dataclass(frozen=True, slots=True)
class Kept:
    """What every pose sees of private ground.

    judged   by option, in the order of `spatial.covering.options` of the mounts and the district's models
    known    what it rests on
    current  whether it was there already and still true
    """

    judged: Judged
    known: Known
    current: bool


def current(db: Database, world: World, *, where: Places, progress: Progress) -> Kept:
    """Return what each pose on offer sees of private ground, kept if nothing changed since, else worked out and kept.

    db     opened as loader
    where  as `app.services.covering.places` gives it
    Options of a cover are chosen from it by their number: `kept.judged.of(cover.options["option"])`.
    """
    models = db.district.models
    # What a model costs bears on no view.
    optics = tuple(replace(model, name="-", price_won=0) for model in models)

    def worked_out() -> Judged:
        every = options(where.mounts, models)
        stands = shapely.get_coordinates(where.mounts.geometry.to_numpy())
        look = look_of(every, where.mounts, models=models, scene=scene_of(world), progress=_telling(progress))
        return private.judged(private.private(db), look, stands[every["mount"].to_numpy(dtype=np.int64)])

    return _kept_or(db, (SCOPE, _digest(db, world, where.mounts, optics)), worked_out, progress=progress)


def current_refits(db: Database, world: World, *, where: Places, progress: Progress) -> Kept:
    """Return the same of what may be done with the cameras that hang already, as `app.services.refitting.freed` numbers it.

    Chosen by the number of a refit: `kept.judged.of(freed.cover.options["refit"])`. What is taken down sees nothing.
    """
    works = Works(mounts=where.mounts)
    cameras = world.cameras[why_not_free(world.cameras).isna()]

    def worked_out() -> Judged:
        every = refit_options(cameras, works)

        def look(points: gpd.GeoDataFrame, classes: Sequence[str]) -> Mapping[str, Any]:
            tell = _telling(progress)
            found = refits(
                cameras, points, works=works, scene=scene_of(world), classes=classes, progress=tell
            )
            return {
                code: over_all(each.cover, each.options["refit"], options=len(every))
                for code, each in found.items()
            }

        return private.judged(private.private(db), look, _stands(every, cameras, where.mounts))

    told = (works.headings_deg, works.within_m, _told(cameras))
    question = (f"{SCOPE} refits", _digest(db, world, where.mounts, told))
    return _kept_or(db, question, worked_out, progress=progress)


def refresh_kept(db: Database, *, progress: Progress) -> None:
    """Bring what is kept up to date, where somebody has planned; `db` opened as loader."""
    scopes = set(kept_scopes(db)) & {SCOPE, f"{SCOPE} refits"}
    if not scopes:
        return
    world = coverage.world(db, network_day(db))
    where = places(db, world)
    if SCOPE in scopes:
        current(db, world, where=where, progress=progress)
    if f"{SCOPE} refits" in scopes:
        current_refits(db, world, where=where, progress=progress)


def look_of(
    wanted: pd.DataFrame,
    mounts: gpd.GeoDataFrame,
    *,
    models: Sequence[LensModel],
    scene: Scene,
    progress: Callable[[int, int], object] | None = None,
) -> Look:
    """Return what looks for `private.judged`: the true views of some options (mount, model, heading_deg) of the mounts.

    Options whose mounts stand farther from all points than their model sees are not looked through.
    """
    stands = shapely.get_coordinates(mounts.geometry.to_numpy())[wanted["mount"].to_numpy(dtype=np.int64)]
    reach = np.array([model.max_range_m for model in models])[wanted["model"].to_numpy(dtype=np.int64)]

    def look(points: gpd.GeoDataFrame, classes: Sequence[str]) -> Mapping[str, Any]:
        if points.empty or wanted.empty:
            return {code: sp.csr_array((len(points), len(wanted))) for code in classes}
        nearest, _ = KDTree(shapely.get_coordinates(points.geometry.to_numpy())).query(stands)
        near = np.flatnonzero(nearest <= reach)
        some = wanted.iloc[near].assign(position=near)
        found = cover_of(some, mounts, points, models=models, scene=scene, classes=classes, progress=progress)
        return {
            code: over_all(each.cover, each.options["position"], options=len(wanted))
            for code, each in found.items()
        }

    return look


def _kept_or(
    db: Database, question: tuple[str, str], worked_out: Callable[[], Judged], *, progress: Progress
) -> Kept:
    """Return what is kept for a scope and digest; else what is worked out, and keep that."""
    known, arrays = private.known(db), kept_cover(db, *question)
    if arrays is not None:
        return Kept(_judged(arrays), known, True)
    with compiling(progress):
        found = worked_out()
    scope, digest = question
    keep_cover(db, scope, _arrays(found), inputs_hash=digest)
    return Kept(found, known, False)


def _telling(progress: Progress) -> Callable[[int, int], object]:
    return lambda done, total: progress("Private", done, total)


def _stands(every: pd.DataFrame, cameras: gpd.GeoDataFrame, mounts: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return where each refit's camera hangs (refits, 2): at its own place, or on the mount that it is moved to."""
    own = shapely.get_coordinates(cameras.geometry.to_numpy())
    here: NDArray[np.float64] = own[every["camera"].to_numpy(dtype=np.int64)]
    mount = every["mount"].to_numpy(dtype=np.int64)
    moved = mount >= 0
    here[moved] = shapely.get_coordinates(mounts.geometry.to_numpy())[mount[moved]]
    return here


def _told(cameras: gpd.GeoDataFrame) -> tuple[bytes, bytes]:
    """Return all of the cameras that their views rest on."""
    optics = cameras[[*_OPTICS]].to_numpy(dtype=np.float64)
    return optics.tobytes(), shapely.get_coordinates(cameras.geometry.to_numpy()).tobytes()


def _arrays(found: Judged) -> Arrays:
    m2 = np.where(np.isnan(found.plots_m2), _UNKNOWN, np.rint(np.nan_to_num(found.plots_m2) * _PARTS))
    return {
        "plots": m2.astype(np.int64),
        "facades": found.facades.astype(np.int32),
        "forbidden": found.forbidden.astype(np.int8),
    }


def _judged(arrays: Arrays) -> Judged:
    m2: NDArray[np.float64] = arrays["plots"] / _PARTS
    unknown = arrays["plots"] == _UNKNOWN
    return Judged(
        np.where(unknown, np.nan, m2), arrays["facades"].astype(np.int64), arrays["forbidden"].astype(bool)
    )


def _digest(db: Database, world: World, mounts: gpd.GeoDataFrame, told: object) -> str:
    """Return the digest of all that the views of private ground rest on."""
    rests = (ENGINE, fields.ENGINE, TWELVE, STEP_M, world.lens, told, private_inputs(db))
    digest = hashlib.sha256(repr(rests).encode())
    digest.update(shapely.get_coordinates(mounts.geometry.to_numpy()).tobytes())
    if (ground := world.ground) is not None:
        digest.update(repr((ground.west_m, ground.north_m, ground.cell_m)).encode())
        digest.update(np.ascontiguousarray(ground.elevation_m).tobytes())
    return digest.hexdigest()
