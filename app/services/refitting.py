"""What may be done with the cameras that hang already, kept true like the cover of new ones."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from app.progress import compiling
from app.services.covering import STREETS, Places, axes_at, digest_of, kept_or, scene_of
from app.world import World
from etl.db import Database
from spatial.covering import Cover
from spatial.refits import KEEP, Works, refit_options, refits, why_not_free

Progress = Callable[[str, int, int], None]

# What a view of a camera rests on beside its place.
_OPTICS = ("camera_id", "heading_deg", "hfov_deg", "image_w_px", "image_h_px", "tilt_deg", "height_m")


@dataclass(frozen=True, slots=True, eq=False)
class Freed:
    """What may be done with the cameras that are free.

    cover    options with act, camera_id, mount, heading_deg and price_won, as `spatial.refits.refits`; all of a camera's
             options stand together, keeping among them
    free     (cameras,) numbers of the cameras that it is about: what they see today is in the cover, so a plan takes it
             out of what is seen already
    bound_to how many cameras stay as they are, by the reason: turning, all_round, aim_unknown
    current  whether the cover was there already and still true
    """

    cover: Cover
    free: tuple[int, ...]
    bound_to: dict[str, int]
    current: bool


def freed(
    db: Database,
    world: World,
    points: gpd.GeoDataFrame,
    *,
    where: Places,
    acts: Collection[str],
    density_class: str,
    scope: str = STREETS,
    progress: Progress,
) -> Freed:
    """Return what may be done with each camera of known aim, and what it would see then.

    db      opened as loader
    points  as `covering.current`
    acts    which of turn, move and remove are allowed; keeping always is. All are worked out and kept together
    Raises  UnknownClass, also for another act
    """
    works = works_of(db, where)
    Works(acts=tuple(acts))  # an act that is none is refused before a minute's work
    why = why_not_free(world.cameras)
    cameras, axes = world.cameras[why.isna()], axes_at(world, points)
    every = refit_options(cameras, works).drop(columns="camera").set_index("refit", drop=False)

    def worked_out() -> Cover:
        with compiling(progress):
            return refits(
                cameras,
                points,
                works=works,
                scene=scene_of(world),
                classes=[density_class],
                axes=axes,
                progress=lambda done, total: progress("Cover", done, total),
            )[density_class]

    told = (density_class, works.headings_deg, works.within_m, _told(cameras))
    digest = digest_of(world, where.mounts, points, axes=axes, told=told)
    found, there = kept_or(db, (f"{scope} refits {density_class}", digest), every, worked_out=worked_out)
    free = tuple(int(camera) for camera in cameras["camera_id"])
    counted = {str(reason): int(count) for reason, count in why.value_counts().items()}
    return Freed(_only(found, {KEEP, *acts}), free, counted, there)


def works_of(db: Database, where: Places) -> Works:
    """Return all that may be done with existing cameras, at the district's prices."""
    return Works(
        prices=db.district.prices,
        mounts=where.mounts,
        mounts_won=where.mounts_won.sum(axis=1).to_numpy(dtype=np.int64),
    )


def _told(cameras: gpd.GeoDataFrame) -> tuple[Any, ...]:
    """Return all of the cameras that their views rest on."""
    numbers = cameras[list(_OPTICS)].to_numpy(dtype=np.float64)
    return numbers.tobytes(), shapely.get_coordinates(cameras.geometry.to_numpy()).tobytes()


def _only(found: Cover, acts: Collection[str]) -> Cover:
    """Return the cover of the options that are allowed."""
    chosen = np.flatnonzero(found.options["act"].isin(list(acts)).to_numpy())
    options = found.options.iloc[chosen].reset_index(drop=True)
    return Cover(options, found.cover[:, chosen], found.sides[:, chosen])
