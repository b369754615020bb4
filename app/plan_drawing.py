"""The map of a plan for paper: streets, the cameras that stand, the sites by number and by what is done there.

SVG text; the same plan on the same streets gives the same bytes. No meaning hangs on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Row = Mapping[str, Any]
Units = NDArray[np.float64]

INK, MUTED, STREET, HOUSE, EDGE = "#1B2733", "#8A97A3", "#C9D1D8", "#EEF1F4", "#5B6B7A"
COLOURS = {"new": "#0B5CAD", "turn": "#B8460E", "move": "#6B3FA0", "remove": "#1B2733"}
# Width of the drawing in its own units, some 0.2 mm on the sheet; its height follows the places, between these.
WIDTH, LOWEST, HIGHEST = 900.0, 380.0, 580.0
# No closer than this, half a width in metres: one site alone would else fill the paper.
_LEAST_M = 150.0
# Houses are drawn while the paper shows less than this.
_HOUSES_M = 2500.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under a plan, in one metric CRS: streets (lines), houses (areas), dong (areas), cameras (points)."""

    streets: gpd.GeoDataFrame
    houses: gpd.GeoDataFrame
    dong: gpd.GeoDataFrame
    cameras: gpd.GeoDataFrame


def drawing(chosen: Sequence[Row], ground: Ground, *, views: bool) -> str:
    """Return the map as SVG text: north is up, the scale stands on it.

    chosen  sites with lat, lon, heading_deg and act, numbered from 1 in their order
    views   whether what each would see is drawn, which is for readers of the house
    """
    srid = ground.streets.crs
    points = gpd.GeoSeries.from_xy([row["lon"] for row in chosen], [row["lat"] for row in chosen], crs=4326)
    xy = points.to_crs(srid).get_coordinates().to_numpy()
    paper = _Paper.round(xy if len(xy) else ground.streets.get_coordinates().to_numpy())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {paper.height:g}" font-family="Pretendard, sans-serif">',
        f'<clipPath id="paper"><rect width="{WIDTH:g}" height="{paper.height:g}"/></clipPath><g clip-path="url(#paper)">',
        *_ground(ground, paper),
    ]
    if views:
        parts += _views(chosen, srid, paper)
    places = paper.at(xy)
    marks = _apart(places, paper.height)
    # The first is chosen first, and lies on top.
    for no in range(len(chosen), 0, -1):
        parts.append(_site(no, chosen[no - 1], places[no - 1], marks[no - 1]))
    return "".join([*parts, _scale(paper), "</g></svg>"])


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where the drawing lies: its west and north edge in metres, units a metre, and how high it is in units."""

    west: float
    north: float
    per_m: float
    height: float

    @classmethod
    def round(cls, xy: NDArray[np.float64]) -> _Paper:
        """Return the paper that shows all places with room around them."""
        low, high = (xy.min(axis=0), xy.max(axis=0)) if len(xy) else (np.zeros(2), np.zeros(2))
        middle, half = (low + high) / 2.0, (high - low) / 2.0 * 1.12
        height = float(np.clip(np.round(WIDTH * half[1] / max(half[0], _LEAST_M)), LOWEST, HIGHEST))
        half_width = max(half[0], half[1] * WIDTH / height, _LEAST_M)
        per_m = WIDTH / (2.0 * half_width)
        return cls(
            float(middle[0] - half_width), float(middle[1] + height / per_m / 2.0), float(per_m), height
        )

    @property
    def box(self) -> shapely.Geometry:
        """Return the ground that the paper shows."""
        return shapely.box(
            self.west, self.north - self.height / self.per_m, self.west + WIDTH / self.per_m, self.north
        )

    def at(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places (n, 2) in metres as units from the upper left corner."""
        return (xy - (self.west, self.north)) * (self.per_m, -self.per_m)


def _ground(ground: Ground, paper: _Paper) -> Iterator[str]:
    if WIDTH / paper.per_m < _HOUSES_M:
        yield _shapes(ground.houses, paper, f'fill="{HOUSE}" stroke="none"', close=True)
    yield _shapes(ground.streets, paper, f'fill="none" stroke="{STREET}" stroke-width="1.2"')
    edges = ground.dong.set_geometry(ground.dong.boundary) if len(ground.dong) else ground.dong
    yield _shapes(
        edges, paper, f'fill="none" stroke="{EDGE}" stroke-width="0.9" stroke-dasharray="7 3 1.5 3"'
    )
    shown = ground.cameras[ground.cameras.intersects(paper.box)].get_coordinates().to_numpy()
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in np.unique(paper.at(shown), axis=0))
    yield f'<path d="{dots}" stroke="{MUTED}" stroke-width="3.6" stroke-linecap="round"/>'


def _shapes(frame: gpd.GeoDataFrame, paper: _Paper, look: str, *, close: bool = False) -> str:
    """Return lines, or the rims of areas, that lie on the paper as one path; to half a unit."""
    if frame.empty:
        return ""
    near = frame.geometry.iloc[np.sort(frame.sindex.query(paper.box))].to_numpy()
    lines = shapely.get_parts(shapely.boundary(near) if close else near)
    lines = shapely.simplify(
        shapely.intersection(lines, shapely.buffer(paper.box, 20.0 / paper.per_m)), 0.4 / paper.per_m
    )
    lines = shapely.get_parts(lines[~shapely.is_empty(lines)])
    told = []
    for line in lines:
        corners = np.round(paper.at(shapely.get_coordinates(line)), 1)
        told.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners))
    return f'<path d="{"".join(told)}" {look}/>' if told else ""


def _views(chosen: Sequence[Row], srid: Any, paper: _Paper) -> Iterator[str]:
    """Yield what the sites would see. Any: a CRS."""
    from shapely.geometry import shape

    seen = [shape(view) for row in chosen if (view := row.get("view"))]
    if seen:
        frame = gpd.GeoDataFrame(geometry=seen, crs=4326).to_crs(srid)
        yield _shapes(
            frame, paper, 'fill="#0B5CAD" fill-opacity="0.16" stroke="#0B5CAD" stroke-width="0.5"', close=True
        )


_R = 8.5
# Marks whose middles are so far from each other are both read.
_CLEAR = 2.2 * _R


def _apart(places: Units, height: float) -> Units:
    """Return where the marks (n, 2) of places stand so that none hides another: pushed apart as little as it takes."""
    marks = places.copy()
    for _ in range(200):
        step = marks[:, np.newaxis] - marks[np.newaxis]
        far = np.hypot(step[..., 0], step[..., 1])
        close = (far < _CLEAR) & ~np.eye(len(marks), dtype=bool)
        if not close.any():
            break
        # Marks of one place leave it in directions of their own.
        turn = np.arange(len(marks)) * 2.4
        own = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        away = np.where(
            far[..., np.newaxis] > 1e-6, step / np.maximum(far, 1e-6)[..., np.newaxis], own[:, np.newaxis]
        )
        marks += np.sum(away * np.where(close, (_CLEAR - far) / 2.0, 0.0)[..., np.newaxis], axis=1) * 0.6
    return np.clip(marks, (_R, _R), (WIDTH - _R, height - _R))


def _site(no: int, row: Row, at: Units, mark: Units) -> str:
    """Return a site: a needle where it looks, and beside it, where others are near, its mark: shape by act, number."""
    x, y = (round(float(each), 1) for each in mark)
    act = row.get("act") or "new"
    colour = COLOURS[act]
    fill, edge, ink = ("#fff", colour, INK) if act == "remove" else (colour, "#fff", "#fff")
    size = 10.5 if no < 100 else 8.0
    return (
        f'{_needle(row, at, colour)}<path d="M{at[0]:.1f} {at[1]:.1f}L{x} {y}" stroke="{colour}" stroke-width="0.9"/>'
        f'<path d="{_OUTLINES[act](x, y)}" fill="{fill}" stroke="{edge}" stroke-width="1.2"/>'
        f'<text x="{x}" y="{y + 0.36 * size:.1f}" font-size="{size:g}" font-weight="700" fill="{ink}" '
        f'text-anchor="middle">{no}</text>'
    )


def _needle(row: Row, at: Units, colour: str) -> str:
    if row.get("act") == "remove" or row.get("heading_deg") is None:
        return ""
    turn, (x, y) = radians(row["heading_deg"]), at
    tip = f"{x + 2.6 * _R * sin(turn):.1f} {y - 2.6 * _R * cos(turn):.1f}"
    return f'<path d="M{x:.1f} {y:.1f}L{tip}" stroke="{colour}" stroke-width="2.4" stroke-linecap="round"/>'


def _circle(x: float, y: float) -> str:
    return f"M{x - _R:.1f} {y}a{_R} {_R} 0 1 0 {2 * _R} 0a{_R} {_R} 0 1 0 {-2 * _R} 0z"


def _polygon(*corners: tuple[float, float]) -> Any:
    def outline(x: float, y: float) -> str:
        return "M" + "L".join(f"{x + dx * _R:.1f} {y + dy * _R:.1f}" for dx, dy in corners) + "z"

    return outline


_OUTLINES: Mapping[str, Any] = {  # what draws a shape round a place
    "new": _circle,
    "turn": _polygon((0, -1.45), (1.4, 0.95), (-1.4, 0.95)),
    "move": _polygon((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    "remove": _polygon((-1, -1), (1, -1), (1, 1), (-1, 1)),
}


def _scale(paper: _Paper) -> str:
    """Return a bar of a round length, and the arrow of north."""
    length_m = next(
        each for each in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10) if each * paper.per_m <= 190.0
    )
    x, y, long = 14.0, paper.height - 14.0, length_m * paper.per_m
    text = f"{length_m // 1000} km" if length_m >= 1000 else f"{length_m} m"
    north = WIDTH - 20.0
    return (
        f'<path d="M{x} {y - 5}v5h{long:.1f}v-5" fill="none" stroke="{INK}" stroke-width="1.4"/>'
        f'<text x="{x + long + 6:.1f}" y="{y + 2}" font-size="12" fill="{INK}">{text}</text>'
        f'<path d="M{north} 12l6 16l-6 -4l-6 4z" fill="{INK}"/>'
        f'<text x="{north}" y="42" font-size="12" font-weight="700" fill="{INK}" text-anchor="middle">N</text>'
    )
