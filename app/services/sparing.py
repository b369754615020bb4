"""What existing cameras would see of private ground if they were turned or moved, worked out once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray

from app.progress import compiling
from app.services import covering, private
from app.services.covering import Places
from app.services.private import Judged
from app.services.private_kept import arrays_of, judged_of
from app.services.refitting import works_of
from app.world import World
from etl.db import Database
from etl.store.covers import keep_cover, kept_cover, private_inputs
from spatial.intrusion import over_all
from spatial.refits import KEEP, Works, refit_options, refits, why_not_free

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]

# Raised when the way it is worked out changes.
ENGINE = "private-refits-1"
SCOPE = "private refits"


def of_fates(
    db: Database, world: World, wanted: pd.DataFrame, *, where: Places, progress: Progress
) -> Judged:
    """Return what some fates of existing cameras see of private ground.

    db      opened as loader
    wanted  options as `app.services.refitting.freed` lists them: refit
    A camera that stays as it is, or is taken down, looks into nothing that it does not look into today: it counts 0,
    and is never forbidden.
    """
    works = works_of(db, where)
    cameras = world.cameras[why_not_free(world.cameras).isna()]
    every = refit_options(cameras, works)
    digest = _digest(db, world, where, every)
    arrays = kept_cover(db, SCOPE, digest)
    if arrays is None:
        found = _worked_out(db, world, cameras, every, works=works, progress=progress)
        arrays = arrays_of(found)
        keep_cover(db, SCOPE, arrays, inputs_hash=digest)
    judged = judged_of(arrays).of(pd.Index(every["refit"]).get_indexer(wanted["refit"]))
    idle = wanted["act"].isin([KEEP, "remove"]).to_numpy()
    return Judged(
        np.where(idle, 0.0, judged.plots_m2), np.where(idle, 0, judged.facades), judged.forbidden & ~idle
    )


def places_of(cameras: gpd.GeoDataFrame, options: pd.DataFrame, where: Places) -> Floats:
    """Return where (options, 2) the camera of each option would hang, metres. cameras: camera_id; options: mount too."""
    own = shapely.get_coordinates(cameras.geometry.to_numpy())
    at = pd.Index(cameras["camera_id"]).get_indexer(options["camera_id"])
    there = shapely.get_coordinates(where.mounts.geometry.to_numpy())
    mount = options["mount"].to_numpy(dtype=np.int64)
    found: Floats = np.where((mount >= 0)[:, np.newaxis], there[np.maximum(mount, 0)], own[at])
    return found


def _worked_out(
    db: Database,
    world: World,
    cameras: gpd.GeoDataFrame,
    every: pd.DataFrame,
    *,
    works: Works,
    progress: Progress,
) -> Judged:
    where = covering.places(db, world)
    camera_id = cameras["camera_id"].to_numpy(dtype=np.int64)
    eyes = places_of(cameras, every.assign(camera_id=camera_id[every["camera"].to_numpy()]), where)

    def look(points: gpd.GeoDataFrame, classes: Sequence[str]) -> Mapping[str, Any]:
        if points.empty or every.empty:
            return {code: sp.csr_array((len(points), len(every))) for code in classes}
        with compiling(progress):
            found = refits(
                cameras,
                points,
                works=works,
                scene=covering.scene_of(world),
                classes=classes,
                progress=lambda done, total: progress("Private", done, total),
            )
        position = pd.Index(every["refit"])
        return {
            code: over_all(each.cover, position.get_indexer(each.options["refit"]), options=len(every))
            for code, each in found.items()
        }

    return private.judged(private.private(db), look, eyes)


def _digest(db: Database, world: World, where: Places, every: pd.DataFrame) -> str:
    told = hashlib.sha256(repr((ENGINE, private_inputs(db), world.lens)).encode())
    told.update(covering.sight_digest(world, where.mounts).encode())
    told.update(pd.util.hash_pandas_object(every, index=False).to_numpy().tobytes())
    return told.hexdigest()
