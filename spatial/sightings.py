"""Who may see what: pairs of a sample point and a camera, the chance of each, and what draws of the aims see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.beliefs import TURN_TICKS, Beliefs, Headings, nothing_known, to_ticks
from spatial.chances import Windows, chances_of, drawn_seen, unseen_of, windows_of
from spatial.doubts import COMMON_CHANCE, VARIANTS
from spatial.errors import MissingColumn, UnknownClass, WrongShape
from spatial.frames import FIELDS, require, require_same_crs
from spatial.kept import Kept
from spatial.optics import aim_window


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a point and a camera, sorted by point, then camera; each pair once.

    point, camera      (n,) positions in the points and in `Sightings.camera_ids`
    distance_m         (n,) in plan
    bearing_deg        (n,) from the camera to the point
    from_deg, to_deg   (n,) the camera sees the point when its heading is off the bearing by an angle between
                       these two, to either side; 0 and 180 where every heading will do, NaN where none does
    windows            (n, v, 2) the same for each variant of doubted optics, from above to where none does; None
                       where all is as assumed
    shape              (n,) digest of the field of view, with its variants, that each pair was found in; None unknown
    """

    point: NDArray[np.int64]
    camera: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    bearing_deg: NDArray[np.float64]
    from_deg: NDArray[np.float64]
    to_deg: NDArray[np.float64]
    windows: NDArray[np.float32] | None = None
    shape: NDArray[np.uint64] | None = None

    def __len__(self) -> int:
        return len(self.point)

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
        """Return the chosen pairs, by mask or position."""
        return Pairs(
            self.point[chosen],
            self.camera[chosen],
            self.distance_m[chosen],
            self.bearing_deg[chosen],
            self.from_deg[chosen],
            self.to_deg[chosen],
            None if self.windows is None else self.windows[chosen],
            None if self.shape is None else self.shape[chosen],
        )

    def at(self, point: NDArray[np.int64]) -> Pairs:
        """Return the same pairs with other numbers (n,) for their points."""
        return replace(self, point=point)

    def all_windows(self) -> Windows:
        """Return (n, v, 2) windows, of the one variant in which all is as assumed where there is no other."""
        if self.windows is not None:
            return self.windows
        some = np.isfinite(self.from_deg)
        return np.stack([np.where(some, self.from_deg, 1.0), np.where(some, self.to_deg, 0.0)], axis=1)[
            :, None
        ]

    def p_sees(self) -> NDArray[np.float64]:
        """Return the probability (n,) of each pair when the heading is uniform on the circle; 0 without a window."""
        return np.nan_to_num((self.to_deg - self.from_deg) / 180.0)


@dataclass(frozen=True, slots=True)
class Sightings:
    """All that bears on which of `points` places the cameras see, for one density class.

    points      how many places
    camera_ids  (c,) ascending: every camera asked about, also one that sees nothing
    certain     the aim is known and the place is in the field
    possible    the aim is unknown, or what is assumed of the lens is doubted: the place is in the field at some
                headings (the window) or in some variants
    reach       in reach of a PTZ that may turn there, though it does not count in the expected share
    beliefs     of these cameras; chances and expected shares rest on them
    cell        (points,) number of the cell of 500 m that each place lies in; None where it is not known
    kept        sums of cells taken before (`spatial.cells`); None keeps none
    """

    points: int
    camera_ids: NDArray[np.int64]
    certain: Pairs
    possible: Pairs
    reach: Pairs
    beliefs: Beliefs
    cell: NDArray[np.int64] | None = None
    kept: Kept | None = None

    def only(self, camera_ids: ArrayLike) -> Sightings:
        """Return what these cameras alone see; the list of cameras stays, so the same draws serve."""
        keep = np.isin(self.camera_ids, np.asarray(camera_ids))
        certain, possible, reach = (
            pairs.take(keep[pairs.camera]) for pairs in (self.certain, self.possible, self.reach)
        )
        return replace(self, certain=certain, possible=possible, reach=reach)

    def within(self, places: NDArray[np.bool_]) -> Sightings:
        """Return what is seen of some places (points,) alone; the others stay, seen by nobody."""
        certain, possible, reach = (
            pairs.take(places[pairs.point]) for pairs in (self.certain, self.possible, self.reach)
        )
        return replace(self, certain=certain, possible=possible, reach=reach)

    def certainly_seen(self) -> NDArray[np.bool_]:
        """Return which places (points,) some camera of known aim sees."""
        return _marked(self.points, self.certain)

    def possibly_seen(self) -> NDArray[np.bool_]:
        """Return which places (points,) some camera sees, or would if it looked there."""
        return _marked(self.points, self.certain, self.possible, self.reach)

    def sight(self) -> NDArray[np.str_]:
        """Return 'certain', 'possible' or 'none' (points,)."""
        return np.where(self.certainly_seen(), "certain", np.where(self.possibly_seen(), "possible", "none"))

    def chances(self) -> NDArray[np.float64]:
        """Return the chance (n,) that the camera of each possible pair sees its place, over all that is believed."""
        pairs, beliefs = self.possible, self.beliefs
        return chances_of(
            (pairs.camera, pairs.bearing_deg, pairs.all_windows()),
            (beliefs.heading_deg, beliefs.sums),
            (COMMON_CHANCE, beliefs.tilt_p),
        )

    def p_seen(self) -> NDArray[np.float64]:
        """Return the probability (points,) that at least one camera sees the place, exactly.

        Given the common causes poles are independent, so the place stays unseen with the product over them; heads of
        one pole share a number that says where they look, and see it where theirs reach together.
        """
        return 1.0 - self.unseen_by_step() @ COMMON_CHANCE

    def unseen_by_step(self) -> NDArray[np.float64]:
        """Return the probability (points, common steps) that nobody sees each place, given each common step."""
        unseen = unseen_by_step(self.possible, self.beliefs, points=self.points)
        unseen[self.certainly_seen()] = 0.0
        return unseen


def unseen_by_step(pairs: Pairs, beliefs: Beliefs, *, points: int) -> NDArray[np.float64]:
    """Return the probability (points, common steps) that none of the pairs' cameras sees each of so many places."""
    unseen = np.ones((points, len(COMMON_CHANCE)))
    unseen[np.unique(pairs.point)] = unseen_of(
        (pairs.point, pairs.camera, pairs.bearing_deg, pairs.all_windows()),
        (beliefs.heading_deg, beliefs.sums, beliefs.pole, beliefs.offset),
        (COMMON_CHANCE, beliefs.tilt_p),
    )
    return unseen


def sightings(
    points: gpd.GeoDataFrame,
    fields: gpd.GeoDataFrame,
    cameras: gpd.GeoDataFrame,
    *,
    density_class: str | None = None,
    beliefs: Beliefs | None = None,
    kept: Kept | None = None,
) -> Sightings:
    """Find which cameras see which points, and which would at some heading.

    points         any places; the spatial index of the frame is built once and kept by it
    fields         fields of view; a column `counts` that is False marks the reach of a PTZ (absent: True); a
                   column `variants` holds the footprints of doubted optics (absent or None: as assumed)
    cameras        camera_id, kind and points; fields of other cameras are left aside
    density_class  picks the rows of `fields`; may be left out when they hold one class only
    beliefs        of where these cameras look, of others too; None believes every heading alike, each camera for
                   itself, but where optics are doubted the known headings in a column `heading_deg` of the cameras
    kept           sums of cells taken before; None keeps none
    Raises         UnknownClass if the fields hold several classes and none was asked for, or not the one asked
                   for; WrongShape for a camera without a belief; MissingColumn, NotMetric, BadGeometry as the
                   frame contracts say
    """
    require(fields, FIELDS)
    require_same_crs(points, fields, cameras)
    if absent := {"camera_id", "kind"} - set(cameras.columns):
        raise MissingColumn(f"cameras lack {', '.join(sorted(absent))}")
    rows = of_class(fields, density_class)
    rows = rows[rows["camera_id"].isin(cameras["camera_id"])]
    camera_ids, first = np.unique(cameras["camera_id"].to_numpy(dtype=np.int64), return_index=True)
    known = cameras.iloc[first]
    row, point = points.sindex.query(rows.geometry.to_numpy(), predicate="intersects")
    camera = np.searchsorted(camera_ids, rows["camera_id"].to_numpy(dtype=np.int64))[row]
    place = shapely.get_coordinates(points.geometry.to_numpy())[point]
    apart = place - shapely.get_coordinates(known.geometry.to_numpy())[camera]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    windows = _all_windows(distance, row, rows)
    lower, upper = _windows(distance, rows.iloc[row]) if windows is None else _as_assumed(windows)
    found = Pairs(
        point.astype(np.int64),
        camera.astype(np.int64),
        distance,
        np.degrees(np.arctan2(apart[:, 0], apart[:, 1])) % 360.0,
        lower,
        upper,
        windows,
        None if kept is None else _shapes(rows)[row],
    )
    if beliefs is None:
        aimed = found.windows is not None and "heading_deg" in known
        beliefs = nothing_known(camera_ids, heading_deg=known["heading_deg"] if aimed else None)
    parts = _sorted_out(found, rows.iloc[row], known["kind"].eq("ptz").to_numpy(), cameras=len(camera_ids))
    return Sightings(len(points), camera_ids, *parts, beliefs.of(camera_ids), _cells(points), kept)


CELL_M = 500.0


def _cells(points: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the number (points,) of the cell that each place lies in."""
    column, row = np.floor(shapely.get_coordinates(points.geometry.to_numpy()) / CELL_M).astype(np.int64).T
    return np.asarray(row * 2**32 + column, dtype=np.int64)


def _shapes(rows: pd.DataFrame) -> NDArray[np.uint64]:
    """Return the digest (rows,) of each field's footprint in all variants."""
    numbers = rows[["near_m", "far_m", "slope", "offset_m"]].to_numpy(dtype=np.float64)
    told = rows["variants"].to_numpy() if "variants" in rows.columns else [None] * len(rows)
    parts = [
        own.tobytes() + (b"" if more is None else np.asarray(more, dtype=np.float64).tobytes())
        for own, more in zip(numbers, told, strict=True)
    ]
    return np.frombuffer(b"".join(blake2b(part, digest_size=8).digest() for part in parts), dtype=np.uint64)


def of_class(fields: gpd.GeoDataFrame, density_class: str | None) -> gpd.GeoDataFrame:
    """Return the fields of one density class, or all when they hold but one and None is asked for."""
    classes = fields["density_class"].unique()
    if density_class is None:
        if len(classes) > 1:
            raise UnknownClass(f"fields hold several density classes: {', '.join(sorted(classes))}")
        return fields
    if len(fields) and density_class not in classes:
        raise UnknownClass(f"no fields of density class {density_class}")
    return fields[fields["density_class"] == density_class]


def seen_in_draws(pairs: Pairs, headings: Headings) -> NDArray[np.bool_]:
    """Return (pairs, draws): does the camera, as drawn, see the point? `camera` indexes the draws."""
    windows = pairs.all_windows().astype(np.float64)
    none = windows[..., 1] < windows[..., 0]
    ticks = np.rint(np.where(none[..., None], [1.0, 0.0], windows) / 360.0 * TURN_TICKS).astype(np.uint32)
    variant = headings.variant
    if variant is None:
        variant = np.zeros(headings.ticks.shape, dtype=np.uint8)
    return drawn_seen(
        (pairs.camera, to_ticks(pairs.bearing_deg), ticks),
        (headings.ticks, variant),
    )


def require_draws_of(found: Sightings, headings: Headings) -> None:
    """Raise WrongShape unless the headings were drawn for the cameras of these sightings."""
    if not np.array_equal(found.camera_ids, headings.camera_ids):
        raise WrongShape("the headings were drawn for other cameras than the sightings know")


def _windows(
    distance_m: NDArray[np.float64], rows: pd.DataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the aim window in degrees; NaN where no heading will do or the row has no footprint."""
    lower, upper = (
        np.degrees(edge)
        for edge in aim_window(
            distance_m,
            near_m=rows["near_m"].to_numpy(dtype=np.float64),
            far_m=rows["far_m"].to_numpy(dtype=np.float64),
            slope=rows["slope"].to_numpy(dtype=np.float64),
            offset_m=rows["offset_m"].to_numpy(dtype=np.float64),
        )
    )
    some = upper > lower
    return np.where(some, lower, np.nan), np.where(some, upper, np.nan)


def _as_assumed(windows: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the windows of the variant in the middle, in which all is as assumed; NaN where no heading will do."""
    lower, upper = windows[:, VARIANTS // 2].astype(np.float64).T
    return np.where(upper > lower, lower, np.nan), np.where(upper > lower, upper, np.nan)


def _all_windows(
    distance_m: NDArray[np.float64], row: NDArray[np.intp], rows: pd.DataFrame
) -> NDArray[np.float32] | None:
    """Return the windows (n, v, 2) of all variants, None where no field of view knows any."""
    told = rows["variants"].to_numpy() if "variants" in rows.columns else np.full(len(rows), None)
    if all(each is None for each in told):
        return None
    as_assumed = rows[["near_m", "far_m", "slope", "offset_m"]].to_numpy(dtype=np.float64)
    whole = np.repeat(as_assumed[:, None], VARIANTS, axis=1)
    for at, each in enumerate(told):
        if each is not None:
            whole[at] = np.asarray(each, dtype=np.float64).reshape(VARIANTS, 4)
    windows = np.empty((len(distance_m), VARIANTS, 2), dtype=np.float32)
    for first in range(0, len(distance_m), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        windows[some] = windows_of(distance_m[some], row[some].astype(np.int64), whole)
    return windows


# Pairs whose windows are worked out at once, in doubles.
_AT_ONCE = 65_536


def _sorted_out(
    found: Pairs, rows: pd.DataFrame, turns: NDArray[np.bool_], *, cameras: int
) -> tuple[Pairs, Pairs, Pairs]:
    """Split pairs by what they mean; a camera counts for a point once, in the strongest way."""
    certain = rows["sight"].eq("certain").to_numpy()
    counts = (
        rows["counts"].to_numpy(dtype=bool) if "counts" in rows.columns else np.ones(len(found), dtype=bool)
    )
    windows = found.all_windows()
    some_heading = (windows[..., 1] > windows[..., 0]).any(axis=1)
    sure = found.take(certain)
    sure = replace(sure, from_deg=np.zeros(len(sure)), to_deg=np.full(len(sure), 180.0), windows=None)
    may = found.take(~certain & counts & some_heading)
    # A PTZ turns, tilts and zooms: all of its visible reach is possible, whatever the lens sees at home.
    turned = found.take(~certain & (~counts | (~some_heading & turns[found.camera])))
    parts: list[Pairs] = []
    taken = np.empty(0, dtype=np.int64)
    for part in (sure, may, turned):
        key, first = np.unique(part.point * max(cameras, 1) + part.camera, return_index=True)
        fresh = ~np.isin(key, taken)
        parts.append(part.take(first[fresh]))
        taken = np.concatenate([taken, key])
    return parts[0], parts[1], parts[2]


def _marked(points: int, *parts: Pairs) -> NDArray[np.bool_]:
    marked = np.zeros(points, dtype=bool)
    for pairs in parts:
        marked[pairs.point] = True
    return marked
