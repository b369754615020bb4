"""The cover of siting: which camera that could be bought, hung and aimed sees which place, from true fields of view.

One visible area a mount and height, over the terrain and among the walls as `fov` looks; then each lens and heading by
its footprint. What is told of a pose is what `fov.fields_of_view` would tell of a camera with that pose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.aiming import Around, Optics, Poses, looked
from spatial.edges import Walls
from spatial.errors import MissingColumn, OutOfRange, UnknownClass, WrongShape
from spatial.fov import all_round
from spatial.frames import BUILDINGS, require, require_same_crs
from spatial.lens_models import Footprints, footprints
from spatial.terrain import Ground
from spatial.types import LensDefaults, LensModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[int, int], object]
# What poses see: where the points of each begin, or how many they are; the points; and how it looks at them.
Seen = tuple[Ints, NDArray[np.int32], NDArray[np.int8]]

# Every 30 degrees.
TWELVE = tuple(30.0 * step for step in range(12))

# As many eyes at once as keep their visible areas in tens of megabytes.
_EYES = 2048
# A chord of the visible area's rim lies up to 0.0003 of its radius inside the circle; a footprint's corner must not.
_RIM = 1.0005


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Which options see which points at a class.

    options  those that see a point at least, a row a column of `cover`
    cover    sparse (points, options), 1.0 where the option sees the point
    sides    the same entries, int8, how it looks at the point: 1 within 60 degrees of the direction of its street, 2
             within 60 degrees of the opposite one, 0 (an entry all the same) across, 3 where the point lies on no street.
             Who walks the street's way is seen from the front where a camera looks against it (2), who comes the other
             way where it looks along (1); across shows a profile, which is no face. A point on no street asks for nothing.
    """

    options: pd.DataFrame
    cover: Any  # scipy.sparse; scipy ships no types
    sides: Any


def beside(*covers: Cover) -> Cover:
    """Return covers of the same points as one, the options of the first before those of the next.

    Columns that an option's frame lacks are missing there: new cameras have no camera_id, for instance.
    """
    frame = pd.concat([each.options for each in covers], ignore_index=True)
    sides = sp.hstack([each.sides for each in covers], format="csr", dtype=np.int8)
    return Cover(frame, marks_of(sides), sides)


def columns_of(cover: Cover, wanted: pd.DataFrame) -> Any:
    """Return, sparse by rows, what some options see, a column each in their order; nothing for those it leaves out.

    So covers of different points by the same options stand over each other.
    wanted  option, as in `cover.options`; Raises MissingColumn
    """
    if "option" not in wanted.columns or "option" not in cover.options.columns:
        raise MissingColumn("options lack option")
    at = pd.Index(cover.options["option"]).get_indexer(wanted["option"])
    empty = sp.csc_array((cover.cover.shape[0], 1))
    return sp.hstack([cover.cover.tocsc(), empty], format="csc")[:, at].tocsr()


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What lies about: buildings and ground, and what a building's height is where it is not known."""

    buildings: gpd.GeoDataFrame
    ground: Ground | None
    lens: LensDefaults

    def walls(self) -> Walls:
        """Return the buildings prepared for lines of sight."""
        require(self.buildings, BUILDINGS)
        heights = self.buildings["height_m"].astype("float64").fillna(self.lens.building_height_m)
        return Walls.of(self.buildings.geometry.to_numpy(), heights.to_numpy())


def options(
    mounts: gpd.GeoDataFrame, models: Sequence[LensModel], headings_deg: Sequence[float] = TWELVE
) -> pd.DataFrame:
    """Return every camera that could be bought, hung and aimed: each model on each mount at each heading.

    Returns  option (0, 1, ...), mount and model (positions in what was given), heading_deg; by mount, model, heading
    """
    poses = len(models) * len(headings_deg)
    columns = {
        "option": np.arange(len(mounts) * poses),
        "mount": np.repeat(np.arange(len(mounts)), poses),
        "model": np.tile(np.repeat(np.arange(len(models)), len(headings_deg)), len(mounts)),
        "heading_deg": np.tile(np.asarray(headings_deg, dtype=np.float64), len(mounts) * len(models)),
    }
    return pd.DataFrame(columns)


def cover_of(
    wanted: pd.DataFrame,
    mounts: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    *,
    models: Sequence[LensModel],
    scene: Scene,
    classes: Sequence[str],
    axes: ArrayLike | None = None,
    progress: Progress | None = None,
) -> dict[str, Cover]:
    """Return, by class, what each option sees of some points on the ground; options that see none are left out.

    wanted   as `options` gives them, or some of them
    mounts, points   in one metric CRS; mounts on walls or in buildings are for `mounts.off_walls` before
    axes     (points, 2) unit vectors of the streets at the points, as `axes.axes_of`; None: no point lies on a street
    progress called as progress(eyes done, eyes) now and then
    Raises   MissingColumn; UnknownClass, also for no class; OutOfRange for a mount or model that is not there; NotMetric
    """
    if absent := {"mount", "model", "heading_deg"} - set(wanted.columns):
        raise MissingColumn(f"options lack {', '.join(sorted(absent))}")
    if not classes:
        raise UnknownClass("no density class was asked for")
    mount, model = (wanted[name].to_numpy(dtype=np.int64) for name in ("mount", "model"))
    if len(wanted) and not (
        mount.min() >= 0 and mount.max() < len(mounts) and model.min() >= 0 and model.max() < len(models)
    ):
        raise OutOfRange("an option has a mount or a model that is not there")
    require_same_crs(mounts, points, scene.buildings)
    optics = footprints(models, classes)
    # One eye a mount and height: models of one height share what is seen of a mount.
    height, level = np.unique(optics.height_m, return_inverse=True)
    eye, which = np.unique(mount * len(height) + level[model], return_inverse=True)
    places = shapely.get_coordinates(mounts.geometry.to_numpy())[eye // max(len(height), 1)]
    eyes = Eyes(places, height[eye % max(len(height), 1)])
    aimed = Aimed(which, wanted["heading_deg"].to_numpy(dtype=np.float64), model)
    found = seen_by(eyes, aimed, points, optics=optics, scene=scene, axes=axes, progress=progress)
    return {
        code: cover_from(wanted, each, points=len(points)) for code, each in zip(classes, found, strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class Eyes:
    """Places (n, 2) and heights (n,) from which is looked, metres."""

    xy: Floats
    height_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Aimed:
    """Poses (n,): the eye of each, its heading, and the position of its footprint among the optics."""

    eye: Ints
    heading_deg: Floats
    optic: Ints


def seen_by(
    eyes: Eyes,
    aimed: Aimed,
    points: gpd.GeoDataFrame,
    *,
    optics: Footprints,
    scene: Scene,
    axes: ArrayLike | None = None,
    progress: Progress | None = None,
) -> list[Seen]:
    """Return, a class of the optics each, the points that each pose sees and how it looks at them.

    Returns  first (poses + 1,), point and side: pose i sees point[first[i]:first[i + 1]], ascending
    Raises   WrongShape for axes of other points
    """
    way = np.full((len(points), 2), np.nan) if axes is None else np.asarray(axes, dtype=np.float64)
    if way.shape != (len(points), 2):
        raise WrongShape(f"axes of shape {way.shape} for {len(points)} points")
    order = np.argsort(aimed.eye, kind="stable")
    reach = np.zeros(len(eyes.xy))
    np.maximum.at(reach, aimed.eye, optics.reach_m[aimed.optic])
    walls, classes = scene.walls(), len(optics.far_m)
    parts: list[list[Seen]] = [[] for _ in range(classes)]
    for start in range(0, len(eyes.xy), _EYES):
        some = np.arange(start, min(start + _EYES, len(eyes.xy)))
        xy, areas = all_round(
            eyes.xy[some],
            walls,
            scene.ground,
            eye_m=eyes.height_m[some],
            radius_m=np.maximum(reach[some] * _RIM, 1.0),
        )
        around = _around(xy, areas, points, way)
        mine = order[slice(*np.searchsorted(aimed.eye[order], [start, some[-1] + 1]))]
        poses = _poses(aimed, mine, eyes=some)
        for k in range(classes):
            parts[k].append(looked(poses, _optics(optics, k), around))
        if progress is not None:
            progress(int(some[-1]) + 1, len(eyes.xy))
    return [_in_order(each, order) for each in parts]


def _around(xy: Floats, areas: NDArray[np.object_], points: gpd.GeoDataFrame, way: Floats) -> Around:
    """Return which points lie open to each eye, ascending by eye, then point."""
    eye, point = points.sindex.query(areas, predicate="intersects")
    order = np.lexsort((point, eye))
    eye, point = eye[order], point[order]
    apart = shapely.get_coordinates(points.geometry.to_numpy()[point]) - xy[eye]
    first = np.searchsorted(eye, np.arange(len(xy) + 1))
    east, north, along, across = (np.ascontiguousarray(each) for each in (*apart.T, *way[point].T))
    return Around(first.astype(np.int64), point.astype(np.int64), east, north, along, across)


def _poses(aimed: Aimed, mine: Ints, *, eyes: Ints) -> Poses:
    """Return the poses of some eyes, which `mine` lists by eye."""
    first = np.searchsorted(aimed.eye[mine], np.append(eyes, eyes[-1] + 1))
    heading = np.radians(aimed.heading_deg[mine])
    return Poses(first.astype(np.int64), np.sin(heading), np.cos(heading), aimed.optic[mine].astype(np.int64))


def _optics(optics: Footprints, k: int) -> Optics:
    """Return the footprints of one class; those that are empty end before they begin."""
    far = np.where(optics.far_m[k] > optics.near_m, optics.far_m[k], -np.inf)
    return Optics(optics.near_m, far, optics.slope, optics.offset_m)


def _in_order(parts: Sequence[Seen], order: Ints) -> Seen:
    """Return what the parts hold, the poses as they were given."""
    empty = (np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int8))
    count, point, side = (np.concatenate([each[n] for each in [empty, *parts]]) for n in range(3))
    first = np.append(0, np.cumsum(count))
    if np.array_equal(order, np.arange(len(order))):
        return first, point, side
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    wanted = count[place]
    new = np.append(0, np.cumsum(wanted))
    take = np.repeat(first[place] - new[:-1], wanted) + np.arange(new[-1])
    return new, point[take], side[take]


def cover_from(wanted: pd.DataFrame, found: Seen, *, points: int, also: ArrayLike = False) -> Cover:
    """Return the cover, by rows, of the options that see anything, and of those that are kept all the same.

    wanted  the options, a row a pose of what `seen_by` found
    also    (options,) which are kept though they see nothing
    """
    first, point, side = found
    kept = (np.diff(first) > 0) | np.asarray(also, dtype=bool)
    column = np.append(0, np.cumsum(np.diff(first)[kept]))
    sides = sp.csc_array((side, point, column), shape=(points, int(kept.sum()))).tocsr()
    return Cover(wanted[kept].reset_index(drop=True), marks_of(sides), sides)


def marks_of(sides: Any) -> Any:
    """Return the cover of a matrix of sides: 1.0 where it is not empty, the same pattern."""
    return sp.csr_array((np.ones(sides.nnz), sides.indices, sides.indptr), shape=sides.shape)
