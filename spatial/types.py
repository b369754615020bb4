"""Frozen values that pass between the rooms of the house, checked when they are made."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from itertools import pairwise

from spatial.errors import OutOfRange


@dataclass(frozen=True, slots=True, order=True)
class LonLat:
    """A place on the globe, degrees, EPSG:4326. Raises OutOfRange when it is none."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        # NaN fails both comparisons, so it is refused too.
        if not (-180.0 <= self.lon <= 180.0 and -90.0 <= self.lat <= 90.0):
            raise OutOfRange(f"no place on the globe: lon {self.lon}, lat {self.lat}")


@dataclass(frozen=True, slots=True, order=True)
class XY:
    """A place in the district's metric CRS, metres. Raises OutOfRange when it is not finite."""

    east_m: float
    north_m: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.east_m) and math.isfinite(self.north_m)):
            raise OutOfRange(f"not a finite place: east {self.east_m}, north {self.north_m}")


@dataclass(frozen=True, slots=True)
class Circle:
    """A place of the globe that is known to so many metres. Raises OutOfRange for a radius that is not above 0."""

    place: LonLat
    radius_m: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.radius_m) and self.radius_m > 0.0):
            raise OutOfRange(f"a radius is above 0 m, not {self.radius_m}")


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0..1 with its range.

    share      expected value over the unknown headings
    low, high  95 % interval
    certain    hard lower bound: what is seen whichever way the unknown ones look
    possible   hard upper bound: what is seen when each looks every way at once

    All five are NaN together when there is nothing to take a share of. Raises OutOfRange otherwise when a
    number leaves 0..1 or the order certain <= low <= share <= high <= possible does not hold.
    """

    share: float
    low: float
    high: float
    certain: float
    possible: float

    def __post_init__(self) -> None:
        ladder = (self.certain, self.low, self.share, self.high, self.possible)
        if all(math.isnan(step) for step in ladder):
            return
        rises = all(a <= b + _ROUNDING for a, b in pairwise(ladder))
        if not (rises and ladder[0] >= -_ROUNDING and ladder[-1] <= 1.0 + _ROUNDING):
            raise OutOfRange(f"not a share with its range: {self}")


_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class LensDefaults:
    """What is assumed of a camera whose registry does not say: a district's setting, never a finding.

    focal_mm, sensor_w_mm, sensor_h_mm   lens and active area of the sensor
    image_w_px, image_h_px               pixels of the image
    height_m, tilt_deg                   mount height over the ground; tilt below the horizontal, 0..90
    ptz_tele_hfov_deg                    horizontal angle of a PTZ at its long end
    max_range_m                          no sight is claimed beyond this, whatever the lens
    building_height_m                    height of a building without one
    ptz_max_range_m                      the same for what a turning camera could reach at its long end; None: no farther

    Raises OutOfRange when a number is not finite or not positive, or the tilt or the angle leaves its range.
    """

    focal_mm: float
    sensor_w_mm: float
    sensor_h_mm: float
    image_w_px: float
    image_h_px: float
    height_m: float
    tilt_deg: float
    ptz_tele_hfov_deg: float
    max_range_m: float
    building_height_m: float
    ptz_max_range_m: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            number = getattr(self, field.name)
            if number is None and field.name == "ptz_max_range_m":
                continue
            if not (math.isfinite(number) and (number > 0.0 or field.name == "tilt_deg")):
                raise OutOfRange(f"{field.name} must be positive, not {number}")
        if not 0.0 <= self.tilt_deg <= 90.0:
            raise OutOfRange(f"tilt_deg must lie in 0..90, not {self.tilt_deg}")
        if not self.ptz_tele_hfov_deg < 180.0:
            raise OutOfRange(f"ptz_tele_hfov_deg must lie below 180, not {self.ptz_tele_hfov_deg}")

    @property
    def ptz_reach_m(self) -> float:
        """Return beyond what distance no reach of a turning camera is claimed."""
        return self.max_range_m if self.ptz_max_range_m is None else self.ptz_max_range_m

    @property
    def farthest_m(self) -> float:
        """Return how far anything may stand from a camera and still matter to what it sees."""
        return max(self.max_range_m, self.ptz_reach_m)


@dataclass(frozen=True, slots=True)
class Doubts:
    """How far the truth may lie from what is assumed of a camera: one standard deviation each, a district's setting.

    height_m     of an assumed mount height, metres
    tilt_deg     of an assumed tilt, degrees
    focal_share  of an assumed lens, as a share of its focal length

    0 takes an assumption for the truth. Raises OutOfRange below 0, or when a number is not finite.
    """

    height_m: float = 0.0
    tilt_deg: float = 0.0
    focal_share: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            number = getattr(self, field.name)
            if not (math.isfinite(number) and number >= 0.0):
                raise OutOfRange(f"the doubt {field.name} must be zero or more, not {number}")


CERTAIN_ASSUMPTIONS = Doubts()


@dataclass(frozen=True, slots=True)
class NightRules:
    """What a place needs to be seen at night: a district's setting.

    lamp_radius_m        a place this near to a security lamp is lit
    monitor ... inspect  how far a camera's own infrared light serves a class of the 2015 standard, as a share of the
                         range on its data sheet, which is told for detection; irradiance falls with the square of
                         the distance, so that a finer class needs to be nearer

    All of them are heuristics of the trade that no standard confirms; the anchor is the Korean installation standard of
    2012, whose cameras tell a face at 15 m by day and at 5 m by night (a third, as `identify` here).
    Raises OutOfRange when the radius is not a finite number above 0, a factor leaves 0..1, or a finer class reaches
    farther than a coarser one.
    """

    lamp_radius_m: float = 12.5
    monitor: float = 1.0
    detect: float = 1.0
    observe: float = 0.7
    recognise: float = 0.5
    identify: float = 0.35
    inspect: float = 0.35

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lamp_radius_m) and self.lamp_radius_m > 0.0):
            raise OutOfRange(f"lamp_radius_m must be positive, not {self.lamp_radius_m}")
        factors = self.factors
        if not (all(0.0 <= each <= 1.0 for each in factors) and all(a >= b for a, b in pairwise(factors))):
            raise OutOfRange(f"infrared factors must lie in 0..1 and not rise with the class: {factors}")

    @property
    def factors(self) -> tuple[float, ...]:
        """Return the factors from the coarsest class to the finest."""
        return tuple(getattr(self, field.name) for field in fields(self)[1:])


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How near and how alike records of several lists must be to tell of the same cameras: a district's setting.

    site_m     a point this near to a site of the same address hangs on that site
    near_m     points closer than this hang together (DBSCAN's eps)
    reach_m    two records of points that hang together are compared up to this distance
    far_m      records of the same address are compared up to this distance, wherever their points lie
    sure       from this score on two records are one without anybody being asked
    doubtful   from this score on a person is asked
    margin     a sure pair is so much better than the next record that either could be; else it is asked

    Distances in metres, scores 0 to 1. Measured: `golmok matches --trial` prints how often they are right.
    Raises OutOfRange unless 0 <= site_m <= near_m <= reach_m <= far_m, near_m > 0, 0 < doubtful <= sure <= 1 and
    0 <= margin < 1.
    """

    site_m: float = 1.0
    near_m: float = 25.0
    reach_m: float = 50.0
    far_m: float = 150.0
    sure: float = 0.85
    doubtful: float = 0.6
    margin: float = 0.05

    def __post_init__(self) -> None:
        far = (self.near_m, self.reach_m, self.far_m)
        if not (0.0 <= self.site_m <= far[0] <= far[1] <= far[2] < math.inf and far[0] > 0.0):
            raise OutOfRange(
                f"matching needs 0 <= site_m <= near_m <= reach_m <= far_m, not {self.site_m}, {far}"
            )
        if not (0.0 < self.doubtful <= self.sure <= 1.0 and 0.0 <= self.margin < 1.0):
            raise OutOfRange(
                f"matching needs 0 < doubtful <= sure <= 1, not {self.doubtful}, {self.sure}; margin {self.margin}"
            )


@dataclass(frozen=True, slots=True)
class LensModel:
    """A camera that a plan may buy: a district's list of what is on offer, an assumption of the city.

    name                 what people call it
    sensor_w_mm, sensor_h_mm, focal_mm   active area of the sensor, and the lens
    image_w_px, image_h_px   pixels of the image
    height_m, tilt_deg   how high over the ground it is hung, and how far below the horizontal it looks, 0..90
    max_range_m          no sight is claimed beyond this, whatever the lens
    price_won            the camera alone: neither pole nor lines

    Raises OutOfRange for a blank name, a number that is not finite or not positive (tilt and price: not negative), or
    a tilt beyond 90 degrees.
    """

    name: str
    sensor_w_mm: float
    sensor_h_mm: float
    focal_mm: float
    image_w_px: float
    image_h_px: float
    height_m: float
    tilt_deg: float
    max_range_m: float
    price_won: int

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise OutOfRange("a model of camera needs a name")
        for field in fields(self)[1:]:
            number = getattr(self, field.name)
            if not (math.isfinite(number) and (number > 0.0 or (number == 0.0 and field.name in _MAY_BE_0))):
                raise OutOfRange(f"{field.name} of {self.name} must be positive, not {number}")
        if not self.tilt_deg <= 90.0:
            raise OutOfRange(f"tilt_deg of {self.name} must lie in 0..90, not {self.tilt_deg}")


_MAY_BE_0 = ("tilt_deg", "price_won")


def assumed_model(lens: LensDefaults, *, price_won: int) -> LensModel:
    """Return what a district without a list of models buys: the camera that it assumes where a registry is silent."""
    megapixels = lens.image_w_px * lens.image_h_px / 1e6
    return LensModel(
        name=f"{megapixels:.0f} MP {lens.focal_mm:g} mm",
        sensor_w_mm=lens.sensor_w_mm,
        sensor_h_mm=lens.sensor_h_mm,
        focal_mm=lens.focal_mm,
        image_w_px=lens.image_w_px,
        image_h_px=lens.image_h_px,
        height_m=lens.height_m,
        tilt_deg=lens.tilt_deg,
        max_range_m=lens.max_range_m,
        price_won=price_won,
    )


@dataclass(frozen=True, slots=True)
class Prices:
    """What a new camera costs beside itself, and what is done to one that hangs already: assumptions of the city, in won.

    pole_won          a new pole with its foundation, where none stands
    arm_won           an arm on a pole, lamp post or bell that stands already, instead of a pole
    power_won_per_m   the line from the nearest place that has power (a lamp, a bell, a camera's pole)
    fibre_won_per_m   the line from the nearest camera's pole or known fibre
    line_most_m       no line is reckoned longer: farther away, or where nothing near is known, this length is taken
    turn_won, move_won, remove_won   to re-aim a camera, to hang it elsewhere (beside pole and lines there), to take it down

    Raises OutOfRange for a number that is negative or not finite.
    """

    pole_won: int = 0
    arm_won: int = 0
    power_won_per_m: int = 0
    fibre_won_per_m: int = 0
    line_most_m: float = 200.0
    turn_won: int = 0
    move_won: int = 0
    remove_won: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            number = getattr(self, field.name)
            if not (math.isfinite(number) and number >= 0.0):
                raise OutOfRange(f"{field.name} must be zero or more, not {number}")
