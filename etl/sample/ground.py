"""The invented ground: outline, bent plane, terrain and stream, all in metres round one point.

Streets and lots are laid out on a flat plane of straight lines (`layout`), then bent by one smooth `Bend`:
everything stays joined, nothing overlaps, and nothing is straight any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree

Array: TypeAlias = npt.NDArray[Any]  # numbers, truths or geometries: numpy has no type for the last

CRS = "EPSG:5186"
ORIGIN = (194417.4, 553285.1)
"""The middle of the district in EPSG:5186 (37.5791 N, 126.9368 E); all rooms of the sample count from it."""
AREA_M2 = 17_600_000.0
INNER_M = 1_500.0
"""Every point nearer to the middle than this is in the district."""
STREAM_Y = 420.0
"""The stream on the flat plane: the line y = STREAM_Y."""
STRIP_M = 27.0
"""Half the width of the stream's bed with its banks, on the flat plane."""
PEAK = (1080.0, -1010.0)
PEAK_M = 250.0
WILD_M = 54.0
"""Where the hill alone lifts the ground more than this, nobody builds."""
_TURN = np.deg2rad(23.0)
_SCALES = ((3600.0, 62.0, 5), (950.0, 10.0, 6), (150.0, 1.5, 8))
"""Wave length in metres, amplitude in metres, number of waves."""


@dataclass(frozen=True, slots=True)
class Bend:
    """Shear waves that bend the flat plane: wave vectors (n, 2), phases (n,), amplitudes (n, 2)."""

    waves: Array
    phases: Array
    amplitudes: Array


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of the district: metres round `ORIGIN`, heights in metres above the sea."""

    outline: shapely.Polygon
    bend: Bend
    stream: shapely.LineString
    phases: Array
    """Nine phases in radians: three of the hill's spurs, three of each mood."""


def lonlat(xy: Array) -> Array:
    """Return longitude and latitude (n, 2), WGS84, of points (n, 2) in metres round the middle."""
    east, north = xy[:, 0] + ORIGIN[0], xy[:, 1] + ORIGIN[1]
    return np.column_stack(Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform(east, north))


def make_ground(rng: np.random.Generator) -> Ground:
    """Return the invented ground that this generator gives."""
    bend = _make_bend(rng)
    along = np.arange(-3600.0, 3601.0, 12.0)
    stream = shapely.LineString(bent(bend, np.column_stack([along, np.full(along.shape, STREAM_Y)])))
    return Ground(_make_outline(rng), bend, stream, rng.uniform(0.0, 2.0 * np.pi, 9))


def bent(bend: Bend, flat: Array) -> Array:
    """Return where points (n, 2) of the flat plane lie on the ground."""
    turn = np.array([[np.cos(_TURN), np.sin(_TURN)], [-np.sin(_TURN), np.cos(_TURN)]])
    return np.asarray(flat @ turn + np.sin(flat @ bend.waves.T + bend.phases) @ bend.amplitudes)


def heights(ground: Ground, xy: Array) -> Array:
    """Return the height (n,) in metres above the sea at points (n, 2)."""
    steps = np.arange(0.0, ground.stream.length, 10.0)
    points = shapely.get_coordinates(shapely.line_interpolate_point(ground.stream, steps))
    away, _ = cKDTree(points).query(xy)
    bed = 40.0 + 0.0058 * (xy @ np.array([np.cos(_TURN), np.sin(_TURN)]))  # the stream falls westward
    bank = 3.2 * np.clip((away - 9.0) / 14.0, 0.0, 1.0)
    side = 34.0 * (1.0 - np.exp(-((away / 900.0) ** 1.6)))
    knoll = 72.0 * _bell(xy, (-1450.0, 1430.0), 420.0) + 46.0 * _bell(xy, (-1150.0, -1150.0), 480.0)
    rough = 2.6 * np.sin(xy[:, 0] / 83.0 + 1.0) * np.sin(xy[:, 1] / 71.0) * np.clip(away / 300.0, 0.0, 1.0)
    floor = bed + bank + side + knoll + rough
    share = hill_lift(ground, xy) / _LIFT_M
    return np.asarray(floor + share * (PEAK_M - np.minimum(floor, 0.8 * PEAK_M)))


def hill_lift(ground: Ground, xy: Array) -> Array:
    """Return how many metres (n,) the hill lifts the ground at points (n, 2): ridges and folds included."""
    east, north = xy[:, 0] - PEAK[0], xy[:, 1] - PEAK[1]
    away, angle = np.hypot(east, north), np.arctan2(north, east)
    wide = 860.0 * (1.0 + 0.13 * np.cos(2.0 * angle + ground.phases[0]) + 0.08 * np.cos(5.0 * angle + ground.phases[1])
                    + 0.035 * np.cos(11.0 * angle + ground.phases[2]))  # fmt: skip
    return np.asarray(_LIFT_M * np.exp(-((away / wide) ** 1.9)))


_LIFT_M = 200.0


def wild(ground: Ground, xy: Array) -> npt.NDArray[np.bool_]:
    """Return which points (n, 2) lie on the upper hill, where nobody builds."""
    return np.asarray(hill_lift(ground, xy) > WILD_M)


def mood(ground: Ground, xy: Array, which: int) -> Array:
    """Return how much (n,) a quarter leans to one use at points (n, 2), about -3 to 3: 0 flats, 1 campuses.

    Waves of two kilometres: uses come in quarters, not in a chequerboard.
    """
    one, two, three = ground.phases[3 + 3 * which : 6 + 3 * which]
    east, north = xy[:, 0] / 300.0, xy[:, 1] / 270.0
    return np.asarray(np.sin(east + one) + np.sin(north + two) + np.sin(0.7 * (east + north) + three))


def _bell(xy: Array, middle: tuple[float, float], wide: float) -> Array:
    return np.asarray(np.exp(-(((xy - np.array(middle)) / wide) ** 2).sum(axis=1)))


def _make_bend(rng: np.random.Generator) -> Bend:
    waves, phases, amplitudes = [], [], []
    for length, amplitude, count in _SCALES:
        angles = rng.uniform(0.0, np.pi, count)
        sizes = 2.0 * np.pi / (length * rng.uniform(0.8, 1.3, count))
        waves.append(np.column_stack([np.cos(angles), np.sin(angles)]) * sizes[:, None])
        phases.append(rng.uniform(0.0, 2.0 * np.pi, count))
        # across the wave: a shear keeps areas, so lots keep their size
        strength = amplitude * rng.uniform(0.7, 1.3, count)
        amplitudes.append(np.column_stack([-np.sin(angles), np.cos(angles)]) * strength[:, None])
    return Bend(np.vstack(waves), np.concatenate(phases), np.vstack(amplitudes))


def _make_outline(rng: np.random.Generator) -> shapely.Polygon:
    angle = np.linspace(0.0, 2.0 * np.pi, 480, endpoint=False)
    order = np.arange(2, 22)
    strength = rng.normal(0.0, 0.085, order.size) / (order - 0.6) ** 0.95
    phase = rng.uniform(0.0, 2.0 * np.pi, order.size)
    wave = (strength[:, None] * np.cos(order[:, None] * angle + phase[:, None])).sum(axis=0)
    for calm in (1.0, 0.8, 0.6, 0.4, 0.2):
        radius = 1.0 + calm * wave
        ring = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
        ring *= np.sqrt(AREA_M2 / shapely.Polygon(ring).area)
        outline = shapely.Polygon(ring)
        if outline.exterior.distance(shapely.Point(0.0, 0.0)) > 1.06 * INNER_M:
            break
    return outline
