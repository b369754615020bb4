"""What a lens can do: footprint on the ground, pixel density, and the chance that an unknown aim covers a point.

A camera at height H looks `tilt_deg` below the horizontal onto a plane at the target's height z. `drop_m` is
H - z. Distances run forward on the ground from the foot of the camera. Pinhole, square pixels.
Source: domain handbook 1.1-1.4, after EN/IEC 62676-4 (pixel densities) and plane projective geometry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.errors import OutOfRange, UnknownClass, WrongShape

Floats = NDArray[np.float64]

DEFAULT_STANDARD = 2015


@dataclass(frozen=True, slots=True)
class DensityClass:
    """A class of pixel density on the target plane, with the version of the standard that names it."""

    standard_version: int
    code: str
    px_per_m: float


# EN/IEC 62676-4. `inspect` (2015) and the whole of 2025 are secondary quotations, not checked at the source.
DENSITY_CLASSES = (
    DensityClass(2015, "monitor", 12.5),
    DensityClass(2015, "detect", 25.0),
    DensityClass(2015, "observe", 62.5),
    DensityClass(2015, "recognise", 125.0),
    DensityClass(2015, "identify", 250.0),
    DensityClass(2015, "inspect", 1000.0),
    DensityClass(2025, "overview", 20.0),
    DensityClass(2025, "outline", 40.0),
    DensityClass(2025, "discern", 80.0),
    DensityClass(2025, "perceive", 125.0),
    DensityClass(2025, "characterise", 250.0),
    DensityClass(2025, "validate", 500.0),
    DensityClass(2025, "scrutinise", 1500.0),
)

LADDER = ("detect", "observe", "recognise", "identify")


def px_per_m(code: str, *, standard_version: int = DEFAULT_STANDARD) -> float:
    """Return the pixel density of a class; UnknownClass if that version of the standard has none such."""
    for entry in DENSITY_CLASSES:
        if (entry.code, entry.standard_version) == (code, standard_version):
            return entry.px_per_m
    raise UnknownClass(f"no density class {code!r} in the {standard_version} standard")


def class_of(density_px_per_m: float, *, standard_version: int = DEFAULT_STANDARD) -> str | None:
    """Return the highest class that a density reaches, or None below the lowest."""
    reached = [
        entry
        for entry in DENSITY_CLASSES
        if entry.standard_version == standard_version and entry.px_per_m <= density_px_per_m
    ]
    return max(reached, key=lambda entry: entry.px_per_m).code if reached else None


def image_size(pixels: ArrayLike) -> tuple[Floats, Floats]:
    """Return width and height of an image of so many pixels: 16:9 from 1.5 million on, 4:3 below, as they are sold."""
    count = _floats(pixels)
    aspect = np.where(count >= _WIDE_FROM_PX, 16.0 / 9.0, 4.0 / 3.0)
    return np.sqrt(count * aspect), np.sqrt(count / aspect)


_WIDE_FROM_PX = 1.5e6


def fov_deg(size_mm: ArrayLike, focal_mm: ArrayLike) -> Floats:
    """Return the angle of view of a rectilinear lens over `size_mm` of sensor, horizontal or vertical."""
    return np.degrees(2.0 * np.arctan(_floats(size_mm) / (2.0 * _floats(focal_mm))))


def focal_mm(size_mm: ArrayLike, fov_deg: ArrayLike) -> Floats:
    """Return the focal length that gives an angle of view over `size_mm` of sensor."""
    return _floats(size_mm) / 2.0 / _half_tan(fov_deg)


def focal_px(image_w_px: ArrayLike, hfov_deg: ArrayLike) -> Floats:
    """Return the focal length in pixels."""
    return _floats(image_w_px) / 2.0 / _half_tan(hfov_deg)


def naive_range_m(density_px_per_m: ArrayLike, *, image_w_px: ArrayLike, hfov_deg: ArrayLike) -> Floats:
    """Return the range of a density along the optical axis, as data sheets print it: no height, no tilt."""
    return focal_px(image_w_px, hfov_deg) / _floats(density_px_per_m)


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Pinhole cameras over a plane, one or many; the fields are numbers or arrays that broadcast.

    hfov_deg               horizontal angle of view, 0..180 exclusive
    image_w_px, image_h_px pixels of the image; the vertical angle follows, pixels being square
    tilt_deg               below the horizontal, -90..90
    drop_m                 height of the camera over the target plane, not negative
    Raises                 OutOfRange for a number outside these ranges or NaN
    """

    hfov_deg: ArrayLike
    image_w_px: ArrayLike
    image_h_px: ArrayLike
    tilt_deg: ArrayLike
    drop_m: ArrayLike

    def __post_init__(self) -> None:
        _check("hfov_deg", self.hfov_deg, above=0.0, below=180.0)
        _check("image_w_px", self.image_w_px, above=0.0)
        _check("image_h_px", self.image_h_px, above=0.0)
        _check("tilt_deg", self.tilt_deg, above=-90.0001, below=90.0001)
        _check("drop_m", self.drop_m, above=-1e-12)

    @property
    def f_px(self) -> Floats:
        """Focal length in pixels."""
        return focal_px(self.image_w_px, self.hfov_deg)

    @property
    def vfov_deg(self) -> Floats:
        """Vertical angle of view."""
        return np.degrees(2.0 * np.arctan(_floats(self.image_h_px) / (2.0 * self.f_px)))

    @property
    def slope(self) -> Floats:
        """Growth of the footprint's half width per metre forward."""
        return np.cos(self._tilt) * _half_tan(self.hfov_deg)

    @property
    def offset_m(self) -> Floats:
        """Half width of the footprint abreast of the camera, so that half width = slope*d + offset_m."""
        return _floats(self.drop_m) * np.sin(self._tilt) * _half_tan(self.hfov_deg)

    @property
    def near_m(self) -> Floats:
        """Where the footprint begins: end of the blind zone; negative if it passes behind the pole.

        Infinite when the lower edge of the picture points above the horizon.
        """
        edge = self._tilt + np.radians(self.vfov_deg) / 2.0
        return np.where(edge <= 0.0, np.inf, _floats(self.drop_m) / np.tan(edge))

    @property
    def far_m(self) -> Floats:
        """Where the upper edge of the picture meets the plane; infinite if it holds the horizon."""
        edge = self._tilt - np.radians(self.vfov_deg) / 2.0
        with np.errstate(divide="ignore"):
            return np.where(edge <= 0.0, np.inf, _floats(self.drop_m) / np.tan(edge))

    @property
    def _tilt(self) -> Floats:
        return np.radians(_floats(self.tilt_deg))

    def depth_m(self, distance_m: ArrayLike) -> Floats:
        """Return the depth along the optical axis at a forward distance; neither slant range nor distance."""
        return _floats(distance_m) * np.cos(self._tilt) + _floats(self.drop_m) * np.sin(self._tilt)

    def density_px_per_m(self, distance_m: ArrayLike) -> Floats:
        """Return the pixels per metre across the target: the same anywhere on a line square to the heading."""
        return self.f_px / self.depth_m(distance_m)

    def upright_density_px_per_m(self, distance_m: ArrayLike) -> Floats:
        """Return the pixels per metre of height of an upright object, foreshortened."""
        return self.f_px * _floats(distance_m) / self.depth_m(distance_m) ** 2

    def half_width_m(self, distance_m: ArrayLike) -> Floats:
        """Return half the footprint's width at a forward distance."""
        return self.slope * _floats(distance_m) + self.offset_m

    def range_m(self, density_px_per_m: ArrayLike) -> Floats:
        """Return the forward distance at which a density is reached; zero or less where it never is."""
        drop = _floats(self.drop_m) * np.sin(self._tilt)
        return (self.f_px / _floats(density_px_per_m) - drop) / np.cos(self._tilt)

    def reach_m(self, density_px_per_m: ArrayLike, *, cap_m: ArrayLike = np.inf) -> Floats:
        """Return where the strip of a class ends; the strip is empty unless this lies beyond `near_m`."""
        return np.minimum(np.minimum(self.range_m(density_px_per_m), self.far_m), _floats(cap_m))


def depression_deg(distance_m: ArrayLike, *, drop_m: ArrayLike) -> Floats:
    """Return the angle below the horizontal at which a camera looks onto a target."""
    return np.degrees(np.arctan2(_floats(drop_m), _floats(distance_m)))


def footprint(
    near_m: ArrayLike, far_m: ArrayLike, *, slope: ArrayLike, offset_m: ArrayLike
) -> NDArray[np.object_]:
    """Return footprints in plan, each camera at (0, 0) looking north (along +y).

    near_m, far_m      forward distances, far finite
    slope, offset_m    half width at d is slope*d + offset_m
    Returns            (n,) Polygons, trapezoids; empty where far <= near
    Raises             OutOfRange if far is infinite
    """
    near, far, rise, start = np.broadcast_arrays(
        *map(np.atleast_1d, map(_floats, (near_m, far_m, slope, offset_m)))
    )
    filled = far > near
    if np.isinf(far[filled]).any():
        raise OutOfRange("a footprint needs a finite far edge: cap it first")
    low, high = rise * near + start, rise * far + start
    corners = np.stack([[-low, near], [-high, far], [high, far], [low, near]]).transpose(2, 0, 1)
    trapezoids = np.full(near.shape, shapely.Polygon(), dtype=object)
    trapezoids[filled] = shapely.polygons(corners[filled])
    return trapezoids


def contain(
    near_m: ArrayLike, far_m: ArrayLike, *, slope: ArrayLike, offset_m: ArrayLike
) -> tuple[Floats, Floats]:
    """Return the plan angle (degrees) and the corner radius (metres) that contain a trapezoid.

    The plan angle is wider than the lens's own: 89.7 degrees become 112 at 25 degrees of tilt. It is 360 for
    a footprint that holds the pole itself.
    """
    near, far, rise, start = map(_floats, (near_m, far_m, slope, offset_m))
    low, high = rise * near + start, rise * far + start
    half = np.maximum(np.arctan2(low, near), np.arctan2(high, far))
    plan_angle_deg = np.where(near <= 0.0, 360.0, np.degrees(2.0 * half))
    corner_radius_m = np.maximum(np.hypot(low, near), np.hypot(high, far))
    return plan_angle_deg, corner_radius_m


def aim_window(
    distance_m: ArrayLike, *, near_m: ArrayLike, far_m: ArrayLike, slope: ArrayLike, offset_m: ArrayLike
) -> tuple[Floats, Floats]:
    """Return the angles (radians) off the heading between which a point at a distance is in the footprint.

    A camera covers the point if the angle between heading and bearing lies in low..high, on either side.
    Where high <= low there is none. Exact for near_m >= 0. A footprint that passes behind the pole can hold
    a second, rearward window; it is left out, so that the chance is never overstated.
    """
    far_r, near_r = _floats(far_m), _floats(near_m)
    distance = np.maximum(_floats(distance_m), _AT_THE_POLE_M)
    rise, start = _floats(slope), _floats(offset_m)
    sine = start / (distance * np.hypot(1.0, rise))
    side = np.where(sine >= 1.0, np.pi, np.arctan(rise) + np.arcsin(np.clip(sine, -1.0, 1.0)))
    near = np.arccos(np.clip(near_r / distance, -1.0, 1.0))
    far = np.arccos(np.clip(far_r / distance, -1.0, 1.0))
    return far, np.minimum(side, near)


_AT_THE_POLE_M = 1e-9


def aim_share(
    distance_m: ArrayLike, *, near_m: ArrayLike, far_m: ArrayLike, slope: ArrayLike, offset_m: ArrayLike
) -> Floats:
    """Return the chance 0..1 that a camera of unknown heading covers a point at a distance.

    The heading is uniform on the circle; walls are not looked at. The arguments are numbers or arrays that
    broadcast; metres. See `aim_window` for the footprint behind the pole.
    """
    low, high = aim_window(distance_m, near_m=near_m, far_m=far_m, slope=slope, offset_m=offset_m)
    return np.maximum(0.0, high - low) / np.pi


def hfov_for_deg(density_px_per_m: ArrayLike, distance_m: ArrayLike, *, image_w_px: ArrayLike) -> Floats:
    """Return the widest angle at which a picture still has a density at a distance along its axis."""
    half_view_m = _floats(image_w_px) / (2.0 * _floats(density_px_per_m))
    return np.degrees(2.0 * np.arctan(half_view_m / _floats(distance_m)))


def fisheye_density_px_per_m(distance_m: ArrayLike, *, circle_px: ArrayLike, drop_m: ArrayLike) -> Floats:
    """Return the lesser of the tangential and radial densities of an equidistant 180 degree fisheye.

    It looks straight down; `circle_px` is the diameter of its image circle.
    """
    return np.minimum(*fisheye_densities(distance_m, circle_px=circle_px, drop_m=drop_m))


def fisheye_densities(
    distance_m: ArrayLike, *, circle_px: ArrayLike, drop_m: ArrayLike
) -> tuple[Floats, Floats]:
    """Return the tangential and radial densities of an equidistant fisheye that looks straight down."""
    distance = np.maximum(_floats(distance_m), _AT_THE_POLE_M)
    drop, scale = _floats(drop_m), fisheye_scale(circle_px)
    return scale * np.arctan2(distance, drop) / distance, scale * drop / (drop**2 + distance**2)


def fisheye_scale(circle_px: ArrayLike) -> Floats:
    """Return the pixels per radian of an equidistant image circle over 180 degrees."""
    return _floats(circle_px) / np.pi


def fisheye_range_m(density_px_per_m: ArrayLike, *, circle_px: ArrayLike, drop_m: ArrayLike) -> Floats:
    """Return the radius within which an equidistant fisheye keeps a density; 0 where it never does.

    The radial density is the lesser one everywhere (atan x >= x / (1 + x^2)), so its closed form serves.
    """
    drop = _floats(drop_m)
    square = fisheye_scale(circle_px) * drop / _floats(density_px_per_m) - drop**2
    return np.sqrt(np.maximum(square, 0.0))


def place(shapes: NDArray[np.object_], xy: ArrayLike, *, heading_deg: ArrayLike) -> NDArray[np.object_]:
    """Turn local shapes clockwise from north by their headings and move them to their places.

    shapes        (n,) geometries, camera at (0, 0) looking north
    xy            (n, 2) metres
    heading_deg   scalar or (n,)
    Raises        WrongShape if they do not pair up
    """
    spots = np.asarray(xy, dtype=np.float64)
    if spots.shape != (len(shapes), 2):
        raise WrongShape(f"{len(shapes)} shapes and places of shape {spots.shape}")
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    turn = np.broadcast_to(np.radians(_floats(heading_deg)), len(shapes))[index]
    east = coordinates[:, 0] * np.cos(turn) + coordinates[:, 1] * np.sin(turn)
    north = coordinates[:, 1] * np.cos(turn) - coordinates[:, 0] * np.sin(turn)
    moved = np.column_stack([east, north]) + spots[index]
    # set_coordinates works in place: on a copy, so that the caller's shapes stay.
    return np.asarray(shapely.set_coordinates(shapes.copy(), moved), dtype=object)


def round_footprint(radius_m: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    """Return near_m, far_m, slope and offset_m by which `aim_window` tells a disc: all round within it, else nothing.

    A wedge that narrows so fast that its sides are square to the axis, at the rim: within the radius every place is
    between them at every heading, beyond it at none. It is no shape to draw.
    """
    radius = _floats(radius_m)
    steep = np.full(radius.shape, -_SQUARE)
    return -radius, radius, steep, radius * np.hypot(1.0, _SQUARE)


_SQUARE = 1e6


def _floats(numbers: ArrayLike) -> Floats:
    return np.asarray(numbers, dtype=np.float64)


def _half_tan(angle_deg: ArrayLike) -> Floats:
    return np.tan(np.radians(_floats(angle_deg)) / 2.0)


def _check(name: str, numbers: ArrayLike, *, above: float, below: float = np.inf) -> None:
    array = _floats(numbers)
    # NaN fails both comparisons.
    if not np.all((array > above) & (array < below)):
        raise OutOfRange(f"{name} must lie between {above:g} and {below:g}")
