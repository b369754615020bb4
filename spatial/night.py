"""What is seen at night: where a lamp stands near, and as far as a camera's own infrared light serves.

Distances in metres. The rule: a place is seen at night by a camera that sees it by day, if the place is lit by a lamp or
lies within the camera's infrared range times the factor of the class, along the slant from lens to ground. A camera of
unknown range claims none.
Source: domain handbook 1.5. Light to import: numpy and shapely alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.errors import WrongShape
from spatial.optics import DEFAULT_STANDARD, class_of, px_per_m
from spatial.types import NightRules

if TYPE_CHECKING:  # a question about one place pays for no frame
    from spatial.sightings import Pairs, Sightings

Flags = NDArray[np.bool_]


def ir_factor(density_class: str, rules: NightRules, *, standard_version: int = DEFAULT_STANDARD) -> float:
    """Return the share 0..1 of its infrared range at which a camera serves a class.

    A class of another version of the standard takes the factor of the finest class of 2015 that its density reaches.
    Raises  UnknownClass if that version has no such class
    """
    density = px_per_m(density_class, standard_version=standard_version)
    return float(getattr(rules, class_of(density) or "monitor"))


def lit_by_lamps(places: ArrayLike, lamps: ArrayLike, *, radius_m: float) -> Flags:
    """Return which places (n, 2) lie within a radius of any lamp (m, 2), metres in one plane; walls are not asked."""
    where, poles = (np.asarray(xy, dtype=np.float64).reshape(-1, 2) for xy in (places, lamps))
    tree = shapely.STRtree(np.asarray(shapely.points(poles), dtype=object))
    asked = np.asarray(shapely.points(where), dtype=object)
    near = tree.query(asked, predicate="dwithin", distance=radius_m)[0]
    lit = np.zeros(len(where), dtype=bool)
    lit[near] = True
    return lit


def in_infrared(distance_m: ArrayLike, *, height_m: ArrayLike, ir_range_m: ArrayLike, factor: float) -> Flags:
    """Return where a camera's own light serves: numbers or arrays that broadcast.

    distance_m  in plan; height_m of the lens over the ground: light falls off along the slant
    ir_range_m  as on the data sheet, for detection; 0 has none, NaN is unknown and claims none
    factor      of the class, as `ir_factor`
    """
    slant_m = np.hypot(np.asarray(distance_m, dtype=np.float64), np.asarray(height_m, dtype=np.float64))
    # NaN fails the comparison.
    reached: Flags = np.asarray(slant_m <= np.asarray(ir_range_m, dtype=np.float64) * factor)
    return reached


def at_night(
    found: Sightings,
    lit: Flags,
    *,
    ir_range_m: ArrayLike,
    height_m: ArrayLike,
    factor: float,
    unknown_reach: bool = False,
) -> Sightings:
    """Return who sees what at night: of the sightings by day those in the light of a lamp or of the camera itself.

    found          by day, of one density class
    lit            (points,) which places a lamp lights
    ir_range_m     (cameras,) in the order of `found.camera_ids`, NaN where unknown; height_m likewise, all known
    factor         of the class, as `ir_factor`
    unknown_reach  take an unknown range as wide enough for all that the camera sees by day: the hard upper bound
    Returns        Sightings of the same points and cameras, so that the same draws of headings serve
    Raises         WrongShape if the arrays belong to other points or cameras
    """
    ranges, heights = (np.asarray(each, dtype=np.float64) for each in (ir_range_m, height_m))
    if len(lit) != found.points or {len(ranges), len(heights)} != {len(found.camera_ids)}:
        raise WrongShape(f"{len(lit)} places and {len(ranges)} ranges for other sightings")
    if unknown_reach:
        ranges = np.where(np.isnan(ranges), np.inf, ranges)

    def kept(pairs: Pairs) -> Pairs:
        own = in_infrared(
            pairs.distance_m,
            height_m=heights[pairs.camera],
            ir_range_m=ranges[pairs.camera],
            factor=factor,
        )
        return pairs.take(lit[pairs.point] | own)

    return replace(found, certain=kept(found.certain), possible=kept(found.possible), reach=kept(found.reach))
