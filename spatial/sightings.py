"""Who may see what: pairs of a sample point and a camera, and the draws of unknown headings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.errors import MissingColumn, OutOfRange, UnknownClass, WrongShape
from spatial.frames import FIELDS, require, require_same_crs
from spatial.optics import aim_window

# A full turn is 2**32 of these, so that angles wrap round by themselves in 32-bit arithmetic.
_TICKS_PER_RADIAN = 2.0**31 / np.pi


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a point and a camera, sorted by point, then camera; each pair once.

    point, camera      (n,) positions in the points and in `Sightings.camera_ids`
    distance_m         (n,) in plan
    bearing_deg        (n,) from the camera to the point
    from_deg, to_deg   (n,) the camera sees the point when its heading is off the bearing by an angle between
                       these two, to either side; 0 and 180 where every heading will do, NaN where none does
    """

    point: NDArray[np.int64]
    camera: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    bearing_deg: NDArray[np.float64]
    from_deg: NDArray[np.float64]
    to_deg: NDArray[np.float64]

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
        )

    def p_sees(self) -> NDArray[np.float64]:
        """Return the probability (n,) of each pair when the heading is uniform on the circle; 0 without a window."""
        return np.nan_to_num((self.to_deg - self.from_deg) / 180.0)


@dataclass(frozen=True, slots=True)
class Sightings:
    """All that bears on which of `points` places the cameras see, for one density class.

    points      how many places
    camera_ids  (c,) ascending: every camera asked about, also one that sees nothing
    certain     the aim is known and the place is in the field
    possible    the aim is unknown; the place is in the field at some headings (the window)
    reach       in reach of a PTZ that may turn there, though it does not count in the expected share
    """

    points: int
    camera_ids: NDArray[np.int64]
    certain: Pairs
    possible: Pairs
    reach: Pairs

    def only(self, camera_ids: ArrayLike) -> Sightings:
        """Return what these cameras alone see; the list of cameras stays, so the same draws serve."""
        keep = np.isin(self.camera_ids, np.asarray(camera_ids))
        certain, possible, reach = (
            pairs.take(keep[pairs.camera]) for pairs in (self.certain, self.possible, self.reach)
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

    def p_seen(self) -> NDArray[np.float64]:
        """Return the probability (points,) that at least one camera sees the place, exactly.

        Headings are independent, so the place stays unseen with the product of 1 - p over its cameras.
        """
        with np.errstate(divide="ignore"):
            unseen_log = np.bincount(
                self.possible.point, weights=np.log1p(-self.possible.p_sees()), minlength=self.points
            )
        return np.where(self.certainly_seen(), 1.0, 1.0 - np.exp(unseen_log))


@dataclass(frozen=True, slots=True)
class Headings:
    """Drawn headings: ticks (cameras, draws) of which 2**32 make a full turn, in the order of camera_ids."""

    camera_ids: NDArray[np.int64]
    ticks: NDArray[np.int32]

    @property
    def draws(self) -> int:
        """Return how often each heading was drawn."""
        return int(self.ticks.shape[1])


def draw_headings(camera_ids: ArrayLike, *, draws: int = 400, seed: int) -> Headings:
    """Draw a heading for each camera and draw, uniformly and independently.

    A heading depends on the seed, the camera and the number of the draw alone: shares of several density classes,
    groups and subsets rest on the same draws, and so do shares of two days between which cameras came and went.
    Raises  OutOfRange if draws is below 1 or the seed no whole number of 64 bits
    Source  Philox-4x64, a counter-based generator: Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3
    """
    if draws < 1:
        raise OutOfRange(f"draws must be at least 1, not {draws}")
    if not 0 <= seed < 2**64:
        raise OutOfRange(f"seed must be a whole number of 64 bits, not {seed}")
    unique = np.unique(np.asarray(camera_ids, dtype=np.int64))
    stream = np.random.Philox(key=seed)
    # `state` hands out a copy: the start of a stream, whose counter's third word is made the camera's.
    start = stream.state
    words = np.empty((len(unique), (draws + 1) // 2), dtype="<u8")
    # A loop, as a generator has no vector of counters: some 10 microseconds a camera.
    for row, camera in enumerate(unique.astype(np.uint64)):
        start["state"]["counter"][2] = camera
        stream.state = start
        words[row] = stream.random_raw(words.shape[1])
    ticks = words.view("<i4").astype(np.int32, copy=False)
    return Headings(unique, np.ascontiguousarray(ticks[:, :draws]))


def sightings(
    points: gpd.GeoDataFrame,
    fields: gpd.GeoDataFrame,
    cameras: gpd.GeoDataFrame,
    *,
    density_class: str | None = None,
) -> Sightings:
    """Find which cameras see which points, and which would at some heading.

    points         any places; the spatial index of the frame is built once and kept by it
    fields         fields of view; a column `counts` that is False marks the reach of a PTZ (absent: True)
    cameras        camera_id, kind and points; fields of other cameras are left aside
    density_class  picks the rows of `fields`; may be left out when they hold one class only
    Raises         UnknownClass if the fields hold several classes and none was asked for, or not the one asked
                   for; MissingColumn, NotMetric, BadGeometry as the frame contracts say
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
    lower, upper = _windows(np.hypot(apart[:, 0], apart[:, 1]), rows.iloc[row])
    found = Pairs(
        point.astype(np.int64),
        camera.astype(np.int64),
        np.hypot(apart[:, 0], apart[:, 1]),
        np.degrees(np.arctan2(apart[:, 0], apart[:, 1])) % 360.0,
        lower,
        upper,
    )
    return _sorted_out(len(points), camera_ids, found, rows.iloc[row], known["kind"].eq("ptz").to_numpy())


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
    """Return (pairs, draws): does the camera, at its drawn heading, see the point? `camera` indexes the draws."""
    off = _ticks(pairs.bearing_deg)[:, np.newaxis] - headings.ticks[pairs.camera]
    # The absolute value of the one angle without a positive twin (half a turn) is right when read as unsigned.
    turn = np.abs(off).view(np.uint32)
    window = np.nan_to_num(np.column_stack([pairs.from_deg, pairs.to_deg]), nan=0.0)
    lower, upper = np.rint(np.radians(window) * _TICKS_PER_RADIAN).astype(np.uint32).T[:, :, np.newaxis]
    possible = np.isfinite(pairs.from_deg)[:, np.newaxis]
    seen: NDArray[np.bool_] = (turn >= lower) & (turn <= upper) & possible
    return seen


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


def _sorted_out(
    points: int,
    camera_ids: NDArray[np.int64],
    found: Pairs,
    rows: pd.DataFrame,
    turns: NDArray[np.bool_],
) -> Sightings:
    """Split pairs by what they mean; a camera counts for a point once, in the strongest way."""
    certain = rows["sight"].eq("certain").to_numpy()
    counts = (
        rows["counts"].to_numpy(dtype=bool) if "counts" in rows.columns else np.ones(len(found), dtype=bool)
    )
    some_heading = np.isfinite(found.from_deg)
    sure = found.take(certain)
    sure = replace(sure, from_deg=np.zeros(len(sure)), to_deg=np.full(len(sure), 180.0))
    may = found.take(~certain & counts & some_heading)
    # A PTZ turns, tilts and zooms: all of its visible reach is possible, whatever the lens sees at home.
    turned = found.take(~certain & (~counts | (~some_heading & turns[found.camera])))
    parts: list[Pairs] = []
    taken = np.empty(0, dtype=np.int64)
    for part in (sure, may, turned):
        key, first = np.unique(part.point * max(len(camera_ids), 1) + part.camera, return_index=True)
        fresh = ~np.isin(key, taken)
        parts.append(part.take(first[fresh]))
        taken = np.concatenate([taken, key])
    return Sightings(points, camera_ids, *parts)


def _ticks(angle_deg: NDArray[np.float64]) -> NDArray[np.int32]:
    turned = np.radians((angle_deg + 180.0) % 360.0 - 180.0) * _TICKS_PER_RADIAN
    return np.rint(turned).astype(np.int64).astype(np.int32)


def _marked(points: int, *parts: Pairs) -> NDArray[np.bool_]:
    marked = np.zeros(points, dtype=bool)
    for pairs in parts:
        marked[pairs.point] = True
    return marked
