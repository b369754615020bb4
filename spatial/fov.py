"""Field of view of a camera: what its optics reach at a pixel density, among walls, per density class.

Lengths in metres, headings in degrees clockwise from north, frames in a metric CRS. Sight goes over the terrain where its
heights are known, else over flat ground. Optics are reckoned on the level plane through the camera's foot: where the
ground rises or falls under a footprint its lines of density lie nearer or farther than claimed (`Ground.rise_deg`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.edges import Walls
from spatial.errors import UnknownClass
from spatial.frames import BUILDINGS, CAMERAS, FIELDS, require, require_same_crs
from spatial.optics import (
    DEFAULT_STANDARD,
    focal_mm,
    footprint,
    fov_deg,
    image_size,
    place,
    px_per_m,
    round_footprint,
)
from spatial.relief import FLAT, sight_over
from spatial.shadows import DISC_CHORDS, discs
from spatial.shapes import Geometries, areas_only
from spatial.strips import (
    ASSUMED,
    DOUBTFUL,
    FAR,
    NEAR,
    NUMBERS,
    OFFSET,
    SLOPE,
    Strips,
    strips,
)
from spatial.terrain import Ground
from spatial.types import CERTAIN_ASSUMPTIONS, Doubts, LensDefaults
from spatial.visibility import INSIDE, SEEN, Progress, sight, stand_off
from spatial.zones import WIDEST_PICTURE_DEG

Floats = NDArray[np.float64]

KINDS = ("fixed", "ptz", "fisheye")

# A camera no deeper than this inside a building hangs on its wall: coordinates of registries are that rough.
WALL_M = 1.0


def with_assumptions(cameras: gpd.GeoDataFrame, defaults: LensDefaults) -> gpd.GeoDataFrame:
    """Return the cameras with what is unknown of their optics assumed, and with the basis of each.

    cameras    as the frame contract CAMERAS; a column `pixels` (of the whole image), where there is one, gives the
               size of an image that is not known
    Returns    a copy, same index; no NaN but in heading_deg, ir_range_m and pixels. An angle of view that is not given follows
               from the lens, a lens from the angle. An unknown infrared range stays unknown: nothing by day
               depends on it. A kind that is not given is `fixed`. `basis` is `survey` where the heading is known, `datasheet`
               where the lens is but not the heading, else `assumed`. `height_assumed`, `lens_assumed` and
               `tilt_assumed` say what was. Columns of these that are there already stay.
    Raises     UnknownClass for a kind other than fixed, ptz, fisheye; what the frame contract raises
    """
    require(cameras, CAMERAS)
    known = cameras.copy()
    known["kind"] = known["kind"].fillna("fixed")
    if not known["kind"].isin(KINDS).all():
        raise UnknownClass(f"kinds of camera are {', '.join(KINDS)}")
    numbers = known[list(NUMBERS)].astype("float64")
    lens_known = numbers["focal_mm"].notna() | numbers["hfov_deg"].notna()
    told = dict(
        zip(DOUBTFUL, (numbers["height_m"].notna(), lens_known, numbers["tilt_deg"].notna()), strict=True)
    )
    for column, known_already in told.items():
        if column not in known.columns:
            known[column] = ~known_already
    if "basis" not in known.columns:
        unaimed = np.where(lens_known, "datasheet", "assumed")
        known["basis"] = np.where(known["heading_deg"].notna(), "survey", unaimed)
    if "pixels" in known.columns:
        numbers = _sized(numbers, known["pixels"].astype("float64"))
    for column in ASSUMED:
        numbers[column] = numbers[column].fillna(getattr(defaults, column))
    from_angle = pd.Series(
        focal_mm(numbers["sensor_w_mm"], numbers["hfov_deg"].clip(upper=WIDEST_PICTURE_DEG)), known.index
    )
    numbers["focal_mm"] = numbers["focal_mm"].fillna(from_angle).fillna(defaults.focal_mm)
    from_lens = pd.Series(fov_deg(numbers["sensor_w_mm"], numbers["focal_mm"]), known.index)
    whole = known["kind"].eq("fisheye")
    numbers["hfov_deg"] = numbers["hfov_deg"].fillna(from_lens.where(~whole, 180.0))
    known[list(NUMBERS)] = numbers
    for column in _NEVER_ASSUMED:
        known[column] = known[column].astype("float64")
    return known


_NEVER_ASSUMED = ("heading_deg", "ir_range_m")


def _sized(numbers: pd.DataFrame, pixels: pd.Series) -> pd.DataFrame:
    """Give images of unknown size the one that so many pixels make."""
    wanted = numbers["image_w_px"].isna() & numbers["image_h_px"].isna() & pixels.notna()
    wide, high = image_size(pixels[wanted])
    sized = numbers.copy()
    sized.loc[wanted, "image_w_px"], sized.loc[wanted, "image_h_px"] = wide, high
    return sized


def fields_of_view(
    cameras: gpd.GeoDataFrame,
    buildings: gpd.GeoDataFrame,
    *,
    classes: Sequence[str],
    target_height_m: float = 0.0,
    defaults: LensDefaults,
    doubts: Doubts = CERTAIN_ASSUMPTIONS,
    standard_version: int = DEFAULT_STANDARD,
    ground: Ground | None = None,
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Return where each camera sees, a row a camera and class, and for a PTZ its reach as well.

    cameras, buildings  as the frame contracts, in one metric CRS; unknown optics are assumed first, a
                        building without height is as high as the defaults say
    classes             density classes of that version of the standard
    target_height_m     height of what is to be seen; a camera that hangs lower is taken to be level with it
    doubts              how far off what is assumed may be; walls are always looked over from the height as it stands
    ground              the terrain; None, or not known where a camera stands: the ground is flat
    progress            called as progress(cameras done, cameras) now and then
    Returns             the frame contract FIELDS in the cameras' CRS, MultiPolygons, empty where there is no
                        view (the row is there all the same), and further columns:
                        `counts`  False for the reach of a PTZ whose home is known: possible, not expected
                        `stands`  seen, on_wall, on_roof or inside, as `visibility.sight`
                        `basis`, `image_w_px`  as `with_assumptions`; `model` optics (pinhole or equidistant) and,
                        after a +, the ground: terrain, part-terrain or flat, as `relief.sight_over`
                        `variants`  (doubts.VARIANTS, 4) near, far, slope and offset if what is assumed were otherwise,
                        None where nothing is doubted; the columns of these names say what is as assumed

    fixed, ptz   heading known: `certain`, the footprint (of a PTZ the wide end at home), cut by walls.
                 Unknown: `possible`, all that some heading would see; the chance is `optics.aim_share`.
                 Heading known, but something doubted: `certain` is what is seen in every variant, and a row more,
                 `possible`, what is seen in one of them. So with a fisheye of assumed height
    ptz          heading known: also `possible`, the disc in which the long end reaches the class, capped at
                 defaults.ptz_reach_m. Its slope is that of the widest picture that holds the class
                 throughout the disc, so `aim_share` gives that picture's share of the circle.
                 Unknown: one row with the footprint at home and the disc for geometry
    fisheye      `certain`, the disc of its radial density
    Nothing else is claimed beyond defaults.max_range_m.
    Raises       UnknownClass, also for no class at all; OutOfRange for optics that cannot be; what the frame contracts raise
    """
    require(cameras, CAMERAS)
    require(buildings, BUILDINGS)
    require_same_crs(cameras, buildings)
    known = with_assumptions(cameras, defaults)
    if not classes:
        raise UnknownClass("no density class was asked for")
    density = np.array([px_per_m(code, standard_version=standard_version) for code in classes])
    optics = strips(known, density, target_height_m=target_height_m, defaults=defaults, doubts=doubts)
    seen = _sight(
        known,
        (buildings, ground),
        optics,
        target_height_m=target_height_m,
        defaults=defaults,
        progress=progress,
    )
    rows = [_rows(known, seen, optics, code=code, k=k) for k, code in enumerate(classes)]
    # Sorted by camera, the classes in the order asked for, a PTZ's reach after its home.
    frame = pd.concat(rows).sort_index(kind="stable").reset_index(drop=True)
    return gpd.GeoDataFrame(frame[list(_COLUMNS)], geometry="geometry", crs=cameras.crs)


_COLUMNS = (*FIELDS.columns, "counts", "stands", "basis", "model", "image_w_px", "variants", "geometry")


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Where the cameras stand, how, on which ground, and all that they see without regard to class."""

    xy: Floats
    stands: NDArray[np.str_]
    ground: NDArray[np.str_]
    areas: Geometries


def _sight(
    known: gpd.GeoDataFrame,
    around: tuple[gpd.GeoDataFrame, Ground | None],
    strips: Strips,
    *,
    target_height_m: float,
    defaults: LensDefaults,
    progress: Progress | None,
) -> _Seen:
    """Return one visible area a camera, as far as any of its classes reaches."""
    buildings, ground = around
    places = shapely.get_coordinates(known.geometry.to_numpy())
    eye_m = known["height_m"].to_numpy(dtype=np.float64)
    target_m = np.minimum(target_height_m, eye_m)
    heights = buildings["height_m"].astype("float64").fillna(defaults.building_height_m).to_numpy()
    walls = Walls.of(buildings.geometry.to_numpy(), heights)
    levels = {"observer_height_m": eye_m, "target_height_m": target_m}
    xy, stands = stand_off(places, walls, **levels, wall_m=WALL_M)
    farthest = np.maximum(strips.corner_m, strips.reach_m).max(axis=1, initial=0.0)
    areas, found, on = _over(
        xy,
        walls,
        ground,
        observer_height_m=eye_m,
        target_height_m=target_m,
        # The angle of the footprint in plan, not of the lens. A PTZ looks all round, and so does an unknown aim.
        radius_m=np.maximum(farthest, 1.0),
        heading_deg=np.where(strips.aimed & ~strips.also_reach, strips.heading_deg, np.nan),
        hfov_deg=strips.plan_angle_deg,
        progress=progress,
    )
    return _Seen(xy, np.where(found == INSIDE, found, stands), on, areas)


def all_round(
    places: Floats,
    walls: Walls,
    ground: Ground | None,
    *,
    eye_m: Floats,
    radius_m: Floats,
    progress: Progress | None = None,
) -> tuple[Floats, Geometries]:
    """Return where eyes stand once those on walls are moved off them, and what of the ground each sees all round.

    The areas (n,) are those that `fields_of_view` cuts footprints out of; empty for an eye inside a building.
    places  (n, 2) metres; eye_m, radius_m  (n,) metres, the heights over the ground
    """
    target_m = np.zeros(len(places))
    xy, _stands = stand_off(places, walls, observer_height_m=eye_m, target_height_m=target_m, wall_m=WALL_M)
    nowhere = np.full(len(places), np.nan)
    areas, _found, _on = _over(
        xy,
        walls,
        ground,
        observer_height_m=eye_m,
        target_height_m=target_m,
        radius_m=radius_m,
        heading_deg=nowhere,
        hfov_deg=nowhere,
        progress=progress,
    )
    return xy, areas


def _over(
    xy: Floats, walls: Walls, ground: Ground | None, *, progress: Progress | None, **each: Floats
) -> tuple[Geometries, NDArray[np.str_], NDArray[np.str_]]:
    """Return what is seen over the ground where it is known, else over flat ground; the codes; and on which ground.

    each  what `sight` takes of each observer
    """
    known = np.zeros(len(xy), bool) if ground is None else ~np.isnan(ground.height_m(xy))
    areas = np.full(len(xy), shapely.Polygon(), dtype=object)
    found, on = np.full(len(xy), SEEN, dtype="<U8"), np.full(len(xy), FLAT, dtype="<U12")
    for some in (np.flatnonzero(~known), np.flatnonzero(known)):
        if not len(some):
            continue
        # As coarse as the discs laid over it: finer corners would cost room in every table and tile.
        more: dict[str, Any] = {name: numbers[some] for name, numbers in each.items()}
        more |= {"chords": DISC_CHORDS, "progress": progress}
        if ground is not None and known[some[0]]:
            areas[some], found[some], on[some] = sight_over(xy[some], walls, ground, **more)
        else:
            areas[some], found[some] = sight(xy[some], walls, **more)
    return areas, found, on


def _main_areas(seen: _Seen, strips: Strips, k: int) -> Geometries:
    """Return the areas of class k: footprint, ring or disc, cut by the walls."""
    near, far = strips.nearest_m, strips.far_m[:, k]
    radius = np.where(strips.kind == "fisheye", strips.sure_m[:, k], _free_radius(strips, k))
    shapes = discs(np.where(strips.aimed, 0.0, radius))
    holed = (strips.kind == "fixed") & ~strips.aimed & (near > 0.0) & ((far > near) | strips.doubted)
    shapes[holed] = shapely.difference(shapes[holed], discs(near[holed]))
    shapes = place(shapes, seen.xy, heading_deg=0.0)
    # Of a PTZ the visible area goes as far as its long end; its home picture ends at the cap like any other.
    plain = np.flatnonzero(strips.aimed & ~strips.doubted)
    shapes[plain] = _trapezoids(seen, strips, plain, k)[:, 0]
    doubtful = np.flatnonzero(strips.aimed & strips.doubted)
    shapes[doubtful] = shapely.intersection_all(_trapezoids(seen, strips, doubtful, k), axis=1)
    return areas_only(shapely.intersection(seen.areas, shapes), least_m2=_LEAST_M2)


def _trapezoids(seen: _Seen, strips: Strips, chosen: NDArray[np.intp], k: int) -> Geometries:
    """Return the footprints (m, v) of some aimed cameras in each variant."""
    numbers = strips.variant[chosen, :, k]
    near, far, slope, offset = (numbers[..., n].ravel() for n in (NEAR, FAR, SLOPE, OFFSET))
    count = strips.variant.shape[1]
    shapes = place(
        footprint(near, far, slope=slope, offset_m=offset),
        np.repeat(seen.xy[chosen], count, axis=0),
        heading_deg=np.repeat(strips.heading_deg[chosen], count),
    )
    return shapes.reshape(len(chosen), count)


def _free_radius(strips: Strips, k: int) -> Floats:
    """Return the radius of class k for cameras that look any way."""
    return np.maximum(strips.corner_m[:, k], strips.reach_m[:, k])


def _rows(known: gpd.GeoDataFrame, seen: _Seen, strips: Strips, *, code: str, k: int) -> pd.DataFrame:
    """Return the rows of class k: one a camera, and more for turning ones and for what is doubted."""
    certain = strips.aimed | (strips.kind == "fisheye")
    main = _described(known, seen, code=code)
    main["sight"] = np.where(certain, "certain", "possible")
    main["counts"] = True
    # The part of a footprint behind the pole has its geometry, but no place in these columns.
    main["near_m"], main["far_m"] = np.maximum(strips.near_m, 0.0), np.maximum(strips.far_m[:, k], 0.0)
    main["slope"] = strips.slope
    main["offset_m"] = np.where(strips.kind == "fisheye", strips.far_m[:, k], strips.offset_m)
    main["variants"] = pd.Series(_variants(strips, k), index=main.index, dtype=object)
    main["geometry"] = _main_areas(seen, strips, k)
    return pd.concat([main, _maybe(main, seen, strips, k), _reaches(main, seen, strips, k)])


def _variants(strips: Strips, k: int) -> list[Floats | None]:
    """Return the (v, 4) footprints of each camera in class k, None where nothing is doubted."""
    shown = np.maximum(strips.variant[:, :, k], [0.0, 0.0, 0.0, -np.inf])
    fisheye = strips.kind == "fisheye"
    shown[fisheye] = np.stack(round_footprint(strips.variant[fisheye, :, k, FAR]), axis=-1)
    return [shown[i] if strips.doubted[i] else None for i in range(len(shown))]


def _maybe(main: pd.DataFrame, seen: _Seen, strips: Strips, k: int) -> pd.DataFrame:
    """Return the rows of aimed cameras and fisheyes for what they see in some variant."""
    fisheye = strips.kind == "fisheye"
    chosen = np.flatnonzero((strips.aimed | fisheye) & strips.doubted)
    more = main.iloc[chosen].copy()
    more["sight"] = "possible"
    shapes = place(discs(strips.corner_m[chosen, k]), seen.xy[chosen], heading_deg=0.0)
    aimed = ~fisheye[chosen]
    shapes[aimed] = shapely.union_all(_trapezoids(seen, strips, chosen[aimed], k), axis=1)
    more["geometry"] = areas_only(shapely.intersection(seen.areas[chosen], shapes), least_m2=_LEAST_M2)
    return more


def _reaches(main: pd.DataFrame, seen: _Seen, strips: Strips, k: int) -> pd.DataFrame:
    """Return the rows of turning cameras of known home for all they could be turned to."""
    turning = np.flatnonzero(strips.also_reach)
    more = main.iloc[turning].copy()
    more["sight"], more["counts"], more["variants"] = "possible", False, None
    more["near_m"], more["far_m"] = 0.0, strips.reach_m[turning, k]
    more["slope"], more["offset_m"] = strips.reach_slope[turning, k], 0.0
    rims = place(discs(strips.reach_m[turning, k]), seen.xy[turning], heading_deg=0.0)
    more["geometry"] = areas_only(shapely.intersection(seen.areas[turning], rims), least_m2=_LEAST_M2)
    return more


# Overlay leaves slivers of this size where two shapes share an edge.
_LEAST_M2 = 1e-6


def _described(known: gpd.GeoDataFrame, seen: _Seen, *, code: str) -> pd.DataFrame:
    """Return what the rows of a class say of their cameras; the index is the position of the camera."""
    rows = pd.DataFrame({name: known[name].to_numpy() for name in _CARRIED})
    rows["density_class"], rows["stands"], rows["model"] = (
        code,
        seen.stands,
        _MODEL_OF[known["kind"]].to_numpy() + "+" + seen.ground.astype(object),
    )
    return rows


_CARRIED = ("state_id", "camera_id", "image_w_px", "basis")
_MODEL_OF = pd.Series({"fixed": "pinhole", "ptz": "pinhole", "fisheye": "equidistant"})
