"""What every pose on offer sees of private ground and of sensitive places, worked out once and kept beside the covers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.progress import compiling
from app.services import covering
from app.services.covering import Places
from app.services.private import PLOTS, Judged, Private, judged, private
from app.world import World
from etl.db import Database
from etl.store import frames
from etl.store.covers import keep_cover, kept_cover
from spatial.covering import Cover, columns_of, cover_of, options

Progress = Callable[[str, int, int], None]

SCOPE = "private"
# Raised when the way it is worked out changes.
ENGINE = "private-1"
# Poses judged at once: the pairs of these with the ground before them keep within some hundred megabytes.
_POSES = 60_000
# Square metres are kept in hundredths, of ground that is counted in points of whole metres.
_HUNDREDTHS = 100.0


def current(db: Database, world: World, *, where: Places, wanted: pd.DataFrame, progress: Progress) -> Judged:
    """Return what some options see of what is private: kept if nothing changed since, else worked out for every pose.

    db      opened as loader
    wanted  options of `spatial.covering.options` over the places and the district's models: option, mount, model
    """
    digest = _digest(db, world, where)
    arrays = kept_cover(db, SCOPE, digest)
    if arrays is None:
        found = _worked_out(db, world, where=where, progress=progress)
        arrays = {
            "plots": np.where(np.isnan(found.plots_m2), -1, np.round(found.plots_m2 * _HUNDREDTHS)).astype(
                np.int32
            ),
            "facades": found.facades.astype(np.int32),
            "forbidden": found.forbidden.astype(np.int8),
        }
        keep_cover(db, SCOPE, digest, arrays)
    at = wanted["option"].to_numpy(dtype=np.int64)
    plots = np.where(arrays["plots"][at] < 0, np.nan, arrays["plots"][at] / _HUNDREDTHS)
    return Judged(plots, arrays["facades"][at].astype(np.int64), arrays["forbidden"][at].astype(bool))


def of_fates(
    what: Private, look: Callable[[gpd.GeoDataFrame, str], Cover], options: pd.DataFrame, *, eyes: Any
) -> Judged:
    """Return the same of what may be done with existing cameras: few, and never kept.

    look     gives the cover of points by these options at a class, as `spatial.refits.refits` lists them
    options  as the cover of the plan's own points lists them: what sees no private point sees none of it
    eyes     (options, 2) metres
    """
    keys = ["camera_id", "act", "mount", "heading_deg"]
    numbered = options[keys].assign(option=np.arange(len(options)))

    def seen(points: gpd.GeoDataFrame, classes: Sequence[str]) -> Mapping[str, Any]:
        found = {}
        for code in classes:
            cover = look(points, code)
            told = cover.options[keys].merge(numbered, on=keys, how="left")
            known = told["option"].notna().to_numpy()
            part = Cover(
                told[known].astype({"option": np.int64}), cover.cover[:, known], cover.sides[:, known]
            )
            found[code] = columns_of(part, numbered)
        return found

    return judged(what, seen, eyes)


def _worked_out(db: Database, world: World, *, where: Places, progress: Progress) -> Judged:
    """Judge every pose, some at a time."""
    what, every = private(db), options(where.mounts, db.district.models)
    xy = shapely.get_coordinates(where.mounts.geometry.to_numpy())
    reach_m = max(model.max_range_m for model in db.district.models)
    parts = []
    for start in range(0, max(len(every), 1), _POSES):
        some = every.iloc[start : start + _POSES]
        progress("Private", start, len(every))

        def look(
            points: gpd.GeoDataFrame, classes: Sequence[str], some: pd.DataFrame = some
        ) -> Mapping[str, Any]:
            near = _near(some, where, points, reach_m=reach_m)
            scene = covering.scene_of(world)
            with compiling(progress):
                found = cover_of(
                    some[near], where.mounts, points, models=db.district.models, scene=scene, classes=classes
                )
            return {code: columns_of(cover, some) for code, cover in found.items()}

        parts.append(judged(what, look, xy[some["mount"].to_numpy(dtype=np.int64)]))
    progress("Private", len(every), len(every))
    return Judged(
        np.concatenate([each.plots_m2 for each in parts]),
        np.concatenate([each.facades for each in parts]),
        np.concatenate([each.forbidden for each in parts]),
    )


def _near(
    some: pd.DataFrame, where: Places, points: gpd.GeoDataFrame, *, reach_m: float
) -> NDArray[np.bool_]:
    """Return which poses hang within reach of any of the points: sensitive places are few and far between."""
    if points.empty:
        return np.zeros(len(some), dtype=bool)
    tree = KDTree(shapely.get_coordinates(points.geometry.to_numpy()))
    mounts, at = np.unique(some["mount"].to_numpy(dtype=np.int64), return_inverse=True)
    apart, _ = tree.query(
        shapely.get_coordinates(where.mounts.geometry.to_numpy()[mounts]), distance_upper_bound=reach_m
    )
    found: NDArray[np.bool_] = np.isfinite(apart)[at]
    return found


def _digest(db: Database, world: World, where: Places) -> str:
    """Return the digest of all that the scores rest on."""
    told = hashlib.sha256(repr((ENGINE, db.district.models)).encode())
    told.update(covering.sight_digest(world, where.mounts).encode())
    homes, places = frames.lived_in(db), frames.sensitive_places(db)
    plots = frames.private_plots(db) if PLOTS in set(frames.private_layers(db)["name"]) else None
    for frame in (homes, places, plots):
        if frame is None:
            told.update(b"not known")
            continue
        rows = pd.DataFrame(frame.drop(columns=frame.geometry.name)).assign(
            at=frame.geometry.to_wkb(hex=True)
        )
        told.update(np.sort(pd.util.hash_pandas_object(rows.astype(str), index=False).to_numpy()).tobytes())
    return told.hexdigest()
