"""What may be done with a camera that hangs already: left as it is, re-aimed, hung elsewhere, taken down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from spatial.covering import TWELVE, Aimed, Cover, Eyes, Progress, Scene, cover_from, seen_by
from spatial.errors import MissingColumn, OutOfRange, UnknownClass
from spatial.frames import require_same_crs
from spatial.lens_models import footprints_of
from spatial.mounts import SAME_PLACE_M
from spatial.siting_model import Group
from spatial.types import Prices

Ints = NDArray[np.int64]

ACTS = ("turn", "move", "remove")
NEW, KEEP = "new", "keep"

# A heading this near to today's is no other aim.
_SAME_AIM_DEG = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Works:
    """What may be done with cameras, and what it costs.

    acts        of ACTS
    prices      turn_won, move_won and remove_won of them are taken
    headings_deg  that a camera may be turned to, here and elsewhere
    mounts      where one could hang instead (geometry); None: nowhere
    mounts_won  (mounts,) pole and lines there, as `prices.prices_of_mounts` sums up; beside move_won
    within_m    how far from its place a camera may be hung
    """

    acts: Sequence[str] = ACTS
    prices: Prices = field(default_factory=Prices)
    headings_deg: Sequence[float] = TWELVE
    mounts: gpd.GeoDataFrame | None = None
    mounts_won: ArrayLike = 0
    within_m: float = 100.0

    def __post_init__(self) -> None:
        if unknown := set(self.acts) - set(ACTS):
            raise UnknownClass(f"what may be done is {', '.join(ACTS)}, not {', '.join(sorted(unknown))}")
        if not self.within_m >= 0.0:
            raise OutOfRange(f"within_m must be zero or more, not {self.within_m}")


def why_not_free(cameras: gpd.GeoDataFrame) -> pd.Series:
    """Return why a camera is left as it is whatever is allowed, None where it may be re-aimed, moved or taken down.

    `turning` and `all_round`: it has no one aim to change. `aim_unknown`: what it sees today is a matter of chance, so
    that nobody could say what the change gains or loses; a survey of its aim frees it.
    """
    if absent := {"kind", "heading_deg"} - set(cameras.columns):
        raise MissingColumn(f"cameras lack {', '.join(sorted(absent))}")
    kind, unknown = cameras["kind"], cameras["heading_deg"].isna()
    told = np.select(
        [kind.eq("ptz"), kind.eq("fisheye"), unknown], ["turning", "all_round", "aim_unknown"], default=""
    )
    return pd.Series([text or None for text in told], index=cameras.index, name="why_not", dtype=object)


def refits(
    cameras: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    *,
    works: Works,
    scene: Scene,
    classes: Sequence[str],
    axes: ArrayLike | None = None,
    progress: Progress | None = None,
) -> dict[str, Cover]:
    """Return, by class, what may be done with each camera that is free, and what it would see then.

    cameras  after fov.with_assumptions; those that `why_not_free` gives a reason for are left out. What is assumed of
             the others is taken as it stands, in today's view and in those it may have alike
    points, axes, progress   as `covering.cover_of`
    Returns  options: refit (its row among all of `refit_options`), act (keep, turn, move, remove), camera_id, mount (position in works.mounts, -1 at its own place),
             heading_deg (NaN of what is removed) and price_won. Keeping costs nothing and is always there, so is taking
             down where it is allowed; other options that see no point are left out
    Raises   MissingColumn, NotMetric
    """
    free = cameras[why_not_free(cameras).isna()]
    require_same_crs(cameras, points, *([] if works.mounts is None else [works.mounts]))
    wanted = refit_options(free, works)
    optics = footprints_of(free, classes, cap_m=scene.lens.max_range_m)
    eyes, which = _eyes(free, wanted, works)
    camera = wanted["camera"].to_numpy(dtype=np.int64)
    aimed = Aimed(which, wanted["heading_deg"].to_numpy(dtype=np.float64), camera)
    found = seen_by(eyes, aimed, points, optics=optics, scene=scene, axes=axes, progress=progress)
    also = wanted["act"].isin([KEEP, "remove"])
    told = wanted.drop(columns="camera")
    return {
        code: cover_from(told, each, points=len(points), also=also)
        for code, each in zip(classes, found, strict=True)
    }


def fates(options: pd.DataFrame) -> list[Group]:
    """Return a group a camera: of what may be done with it exactly one is.

    options  with camera_id, missing for new cameras, as `covering.beside` joins them; a row a column of the model
    """
    known = options["camera_id"].dropna().astype(np.int64)
    rows = known.groupby(known).indices
    at = known.index.to_numpy()
    return [Group(f"camera {camera}", at[found], most=1, least=1) for camera, found in sorted(rows.items())]


def refit_options(free: gpd.GeoDataFrame, works: Works) -> pd.DataFrame:
    """Return all that may be done with some free cameras, by camera, keeping first.

    Returns  refit (0, 1, ...), act, camera (position among the free ones), camera_id, mount, heading_deg, price_won
    """
    today = free["heading_deg"].to_numpy(dtype=np.float64)
    every = np.arange(len(free))
    parts = [_rows(KEEP, every, today, price_won=0)]
    if "turn" in works.acts:
        camera, heading = _each_heading(every, works)
        other = np.abs((heading - today[camera] + 180.0) % 360.0 - 180.0) >= _SAME_AIM_DEG
        parts.append(_rows("turn", camera[other], heading[other], price_won=works.prices.turn_won))
    if "move" in works.acts and works.mounts is not None and len(works.mounts):
        parts.append(_moves(free, works))
    if "remove" in works.acts:
        nowhere = np.full(len(free), np.nan)
        parts.append(_rows("remove", every, nowhere, price_won=works.prices.remove_won))
    frame = pd.concat(parts).sort_values("camera", kind="stable", ignore_index=True)
    camera_id = free["camera_id"].to_numpy(dtype=np.int64)[frame["camera"]]
    return frame.assign(camera_id=camera_id, refit=np.arange(len(frame)))


def _moves(free: gpd.GeoDataFrame, works: Works) -> pd.DataFrame:
    """Return an option a camera, mount near it and heading."""
    there = shapely.get_coordinates([] if works.mounts is None else works.mounts.geometry.to_numpy())
    here = shapely.get_coordinates(free.geometry.to_numpy())
    near = KDTree(there).query_ball_point(here, works.within_m, return_sorted=True)
    camera = np.repeat(np.arange(len(here)), [len(each) for each in near])
    mount = np.concatenate([np.empty(0), *near]).astype(np.int64)
    own = np.hypot(*(there[mount] - here[camera]).T) < SAME_PLACE_M
    camera, mount = camera[~own], mount[~own]
    won = np.broadcast_to(np.asarray(works.mounts_won, dtype=np.int64), len(there))[mount]
    pair, heading = _each_heading(np.arange(len(camera)), works)
    return _rows(
        "move", camera[pair], heading, price_won=works.prices.move_won + won[pair], mount=mount[pair]
    )


def _each_heading(rows: Ints, works: Works) -> tuple[Ints, NDArray[np.float64]]:
    headings = np.asarray(works.headings_deg, dtype=np.float64)
    return np.repeat(rows, len(headings)), np.tile(headings, len(rows))


def _rows(
    act: str, camera: Ints, heading_deg: NDArray[np.float64], *, price_won: int | Ints, mount: int | Ints = -1
) -> pd.DataFrame:
    columns = {
        "act": act,
        "camera": camera,
        "mount": mount,
        "heading_deg": heading_deg,
        "price_won": price_won,
    }
    return pd.DataFrame(columns, index=np.arange(len(camera)))


def _eyes(free: gpd.GeoDataFrame, wanted: pd.DataFrame, works: Works) -> tuple[Eyes, Ints]:
    """Return the places and heights that are looked from, each once, and which of them each option is at."""
    xy = shapely.get_coordinates(free.geometry.to_numpy())
    if works.mounts is not None and len(works.mounts):
        xy = np.concatenate([xy, shapely.get_coordinates(works.mounts.geometry.to_numpy())])
    camera, mount = (wanted[name].to_numpy(dtype=np.int64) for name in ("camera", "mount"))
    height_m = free["height_m"].to_numpy(dtype=np.float64)[camera]
    place = np.where(mount >= 0, len(free) + mount, camera)
    each, which = np.unique(np.column_stack([place, height_m]), axis=0, return_inverse=True)
    return Eyes(xy[each[:, 0].astype(np.int64)], each[:, 1]), which.ravel().astype(np.int64)
