"""What a plan may choose among: new cameras on every mount, and the fates of those that hang, each with view and price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.plan_demand import Weighed, Wish, area_of
from app.services import WrongUse, covering, private_kept, refitting
from app.services.covering import Kept, Places
from app.services.plan_limits import Limits
from app.services.private import Judged, Known
from app.services.refitting import Freed
from app.world import World
from etl.db import Database
from spatial.covering import Cover, beside, marks_of
from spatial.mounts import SAME_PLACE_M
from spatial.refits import ACTS, KEEP, NEW
from spatial.types import LensModel

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# The lens of a model, by the names that a row of the answer is described from.
LENS = (
    "height_m",
    "tilt_deg",
    "focal_mm",
    "sensor_w_mm",
    "sensor_h_mm",
    "image_w_px",
    "image_h_px",
    "max_range_m",
)
PARTS = ("pole_won", "power_won", "fibre_won", "camera_won")


class UnknownModel(WrongUse):
    """A plan is to choose among lens models that the district does not list."""


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """What may be chosen.

    cover    of the plan's points, a column an option. Its frame: act (new | keep | turn | move | remove), camera_id
             (missing for new ones), mount (position among the places, -1 at the camera's own), place, model (name; None
             of an existing camera), heading_deg, x, y (metres), pole (number: options on one pole share it), lens (NaN:
             the existing camera's own), prices in won and total_won, plots_m2 (NaN unknown), facades
    freed    camera_id of existing cameras that are among them
    figures  `cover` of the answer, and `spared`: forbidden poses, None where no sensitive places are loaded
    where    the places
    known    which layers of private ground are loaded
    """

    cover: Cover
    freed: tuple[int, ...]
    figures: dict[str, Any]
    where: Places
    known: Known

    @property
    def options(self) -> pd.DataFrame:
        """Return the frame of the options, in the order of the cover's columns."""
        return self.cover.options


def offers(
    db: Database,
    world: World,
    every: gpd.GeoDataFrame,
    *,
    aimed: Weighed,
    limits: Limits,
    wish: Wish,
    progress: Progress,
) -> Offers:
    """Return what a plan may choose among, worked out or read from what is kept.

    db     opened as loader
    every  the points of the district, as `app.demand.points_of`; `aimed` is the demand on some of them
    Raises UnknownModel
    """
    where = covering.places(db, world)
    code = wish.density_class
    kept = covering.current(db, world, every, where=where, density_class=code, progress=progress)
    stands = _within(where.mounts, area_of(world, wish.dong))
    offered = _offered(kept.cover.options, stands, db.district.models, limits=limits)
    spared = private_kept.current(db, world, where=where, progress=progress)
    judged = spared.judged.of(kept.cover.options["option"].to_numpy()[offered])
    columns = np.flatnonzero(offered)[~judged.forbidden]
    found = _new_ones(
        db,
        kept,
        aimed.rows,
        where=where,
        columns=columns,
        judged=judged.of(np.flatnonzero(~judged.forbidden)),
    )
    freed: tuple[int, ...] = ()
    if limits.frees:
        asked = (aimed, limits, wish)
        fates, freed = _fates(db, world, every, where=where, asked=asked, progress=progress)
        found = beside(found, fates)
    figures = {
        **kept.figures,
        "mounts": int(stands.sum()),
        "offered": len(found.options),
        "forbidden": int(offered.sum()) - len(columns),
        "cheapest_won": _cheapest(found),
    }
    return Offers(_with_poles(found), freed, figures, where, spared.known)


def _cheapest(found: Cover) -> int | None:
    """Return what the cheapest new camera costs, won; None where none is offered."""
    won = found.options.loc[found.options["act"].eq(NEW), "total_won"]
    return int(won.min()) if len(won) else None


def _new_ones(
    db: Database,
    kept: Kept,
    rows: NDArray[np.int64],
    *,
    where: Places,
    columns: NDArray[np.int64],
    judged: Judged,
) -> Cover:
    """Return the new cameras that are offered: some columns of the kept cover, at some points."""
    new = _cover(kept.cover, rows, columns)
    won = {str(name): part.to_numpy() for name, part in kept.prices.iloc[columns].items()}
    frame = _new(new.options, where, db.district.models)
    return replace(new, options=frame.assign(**won, plots_m2=judged.plots_m2, facades=judged.facades))


def _offered(options: pd.DataFrame, stands: Bools, models: Sequence[LensModel], *, limits: Limits) -> Bools:
    """Return which options stand in the area and are of a model that may be chosen."""
    names = [model.name for model in models]
    if unknown := set(limits.models) - set(names):
        raise UnknownModel(f"models are {', '.join(names)}, not {', '.join(sorted(unknown))}")
    may = np.array([not limits.models or name in limits.models for name in names], dtype=bool)
    found: Bools = stands[options["mount"].to_numpy()] & may[options["model"].to_numpy()]
    return found


def _within(frame: gpd.GeoDataFrame, area: Any) -> Bools:
    if area is None:
        return np.ones(len(frame), dtype=bool)
    return np.asarray(shapely.intersects(area, frame.geometry.to_numpy()), dtype=bool)


def _cover(whole: Cover, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Cover:
    """Return some points and some options of a cover."""
    sides = whole.sides
    if len(rows) < sides.shape[0]:
        sides = sides[rows]
    if len(columns) < sides.shape[1]:
        sides = sides.tocsc()[:, columns].tocsr()
    return Cover(whole.options.iloc[columns].reset_index(drop=True), marks_of(sides), sides)


def _new(options: pd.DataFrame, where: Places, models: Sequence[LensModel]) -> pd.DataFrame:
    """Return the rows of new cameras: where each would hang, what stands there, its model's lens."""
    mount, model = options["mount"].to_numpy(), options["model"].to_numpy()
    xy = shapely.get_coordinates(where.mounts.geometry.to_numpy())[mount]
    lens = {name: np.array([getattr(each, name) for each in models])[model] for name in LENS}
    return options.assign(
        act=NEW,
        camera_id=pd.array([pd.NA] * len(options), dtype="Int64"),
        place=where.mounts["place"].to_numpy()[mount],
        model=np.array([each.name for each in models], dtype=object)[model],
        x=xy[:, 0],
        y=xy[:, 1],
        **lens,
    )


def _fates(
    db: Database,
    world: World,
    every: gpd.GeoDataFrame,
    *,
    where: Places,
    asked: tuple[Weighed, Limits, Wish],
    progress: Progress,
) -> tuple[Cover, tuple[int, ...]]:
    """Return what may be done with the cameras of the area that are free, and their numbers."""
    aimed, limits, wish = asked
    held = {"turn": limits.may_turn, "move": limits.may_move, "remove": limits.may_remove}
    acts, code = [act for act in ACTS if held[act]], wish.density_class
    kept = refitting.freed(db, world, every, where=where, acts=acts, density_class=code, progress=progress)
    inside = world.cameras.loc[_within(world.cameras, area_of(world, wish.dong)), "camera_id"]
    free = _own(kept, aimed.rows, inside[inside.isin(kept.free)].to_numpy(dtype=np.int64))
    spared = private_kept.current_refits(db, world, where=where, progress=progress)
    judged = spared.judged.of(kept.cover.options["refit"].to_numpy(dtype=np.int64))
    # A camera that stays as it is, or goes, looks into nothing that it does not look into today.
    idle = kept.cover.options["act"].isin([KEEP, "remove"]).to_numpy()
    mine = kept.cover.options["camera_id"].isin(free).to_numpy()
    taken = np.flatnonzero(mine & (idle | ~judged.forbidden))
    found, judged, idle = _cover(kept.cover, aimed.rows, taken), judged.of(taken), idle[taken]
    options = found.options
    xy = _places(world.cameras, options, where)
    mount = options["mount"].to_numpy(dtype=np.int64)
    at = pd.Index(world.cameras["camera_id"]).get_indexer(options["camera_id"])
    frame = options.assign(
        camera_id=options["camera_id"].astype("Int64"),
        place=np.where(mount >= 0, where.mounts["place"].to_numpy()[np.maximum(mount, 0)], "pole"),
        model=None,
        x=xy[:, 0],
        y=xy[:, 1],
        total_won=options["price_won"],
        plots_m2=np.where(idle, 0.0, judged.plots_m2),
        facades=np.where(idle, 0, judged.facades),
        **_own_lens(world.cameras, at),
    )
    return replace(found, options=frame.drop(columns="price_won")), free


def _own(kept: Freed, rows: NDArray[np.int64], cameras: NDArray[np.int64]) -> tuple[int, ...]:
    """Return the cameras whose view of today lies wholly in what is planned for: what a neighbour sees by the others is
    not for this plan to give up."""
    keeps = np.flatnonzero(kept.cover.options["act"].eq(KEEP).to_numpy())
    number = kept.cover.options["camera_id"].to_numpy(dtype=np.int64)[keeps]
    views = kept.cover.cover[:, keeps]
    every, here = (np.diff(part.tocsc().indptr) for part in (views, views[rows]))
    whole = set(number[every == here].tolist())
    return tuple(int(each) for each in cameras if int(each) in whole)


def _places(cameras: gpd.GeoDataFrame, options: pd.DataFrame, where: Places) -> Floats:
    """Return where (options, 2) the camera of each option would hang, metres."""
    own = shapely.get_coordinates(cameras.geometry.to_numpy())
    at = pd.Index(cameras["camera_id"]).get_indexer(options["camera_id"])
    there = shapely.get_coordinates(where.mounts.geometry.to_numpy())
    mount = options["mount"].to_numpy(dtype=np.int64)
    found: Floats = np.where((mount >= 0)[:, np.newaxis], there[np.maximum(mount, 0)], own[at])
    return found


def _own_lens(cameras: gpd.GeoDataFrame, at: NDArray[np.intp]) -> dict[str, Floats]:
    return {
        name: cameras[name].to_numpy(dtype=np.float64, na_value=np.nan)[at]
        for name in LENS
        if name in cameras
    }


def _with_poles(found: Cover) -> Cover:
    """Return the cover with the number of each option's pole: places closer than a metre are one."""
    xy = found.options[["x", "y"]].to_numpy(dtype=np.float64)
    places, at = np.unique(xy, axis=0, return_inverse=True)
    first = np.arange(len(places))
    if len(places) > 1:
        pairs = KDTree(places).query_pairs(SAME_PLACE_M, output_type="ndarray")
        # Both of a pair take the lower number; a chain of close places ends at its lowest neighbour.
        for low, high in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
            first[high] = min(first[high], first[low])
    return replace(found, options=found.options.assign(pole=first[at.ravel()]))
