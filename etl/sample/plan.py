"""Draw the plan of the district: big roads, blocks, alleys, dead ends and lots, on the flat plane."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from etl.sample import ground as earth
from etl.sample import layout
from etl.sample.ground import STREAM_Y, STRIP_M, Array, Ground
from etl.sample.layout import Draft, Face

BLOCK_M2 = 165_000.0
"""A block between roads is split while it is bigger than this."""
LEAF_M2 = 12_000.0
"""A block between alleys."""
LOT_M2 = 345.0
FLATS, CAMPUSES = 0.35, 1.1
"""Leanings above which a block holds flats, or a campus."""
_COLUMNS = (-2050.0, -1230.0, -420.0, 470.0, 1240.0, 2020.0)
_COLUMN_WIDTHS = (12.0, 20.0, 15.0, 25.0, 12.0, 15.0)
_ROWS = (-2040.0, -1270.0, -520.0, 1130.0, 1900.0)
_ROW_WIDTHS = (12.0, 15.0, 20.0, 25.0, 12.0)
_ALLEY_WIDTHS = ((1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0), (0.05, 0.13, 0.17, 0.24, 0.22, 0.11, 0.08))
_WALK_Y = STREAM_Y - 15.0


@dataclass(frozen=True, slots=True)
class Lot:
    """A face that is built on: `use` is house, tower, campus or shop; `block` counts the alley blocks."""

    face: Face
    use: str
    block: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The finished plan on the flat plane; `strips` are the faces of the stream's bed."""

    draft: Draft
    lots: tuple[Lot, ...]
    strips: tuple[Face, ...]


def draw_plan(ground: Ground, rng: np.random.Generator) -> Plan:
    """Return the plan of the streets and lots of the district."""
    draft = Draft()
    rim = 3000.0
    square = Face(((-rim, -rim), (rim, -rim), (rim, rim), (-rim, rim)), (layout.EDGE,) * 4)
    strips: list[Face] = []
    lots: list[Lot] = []
    big: list[Face] = []
    for number, column in enumerate(_columns(draft, square, rng)):
        big.extend(_rows(draft, column, rng, strips=strips, number=number))
    for face in big:
        for block in _split_roads(draft, ground, face, rng):
            lots.extend(_fill_block(draft, ground, block, rng=rng, number=len(lots)))
    return Plan(draft, tuple(lots), tuple(strips))


def inside(ground: Ground, face: Face) -> bool:
    """Return whether a face may be built on: its middle in the district and below the wild hill."""
    place = earth.bent(ground.bend, np.array([layout.middle(face)]))
    return bool(shapely.contains_xy(ground.outline, *place[0]) and not earth.wild(ground, place)[0])


def _columns(draft: Draft, square: Face, rng: np.random.Generator) -> list[Face]:
    columns, rest = [], square
    for x, width in zip(_COLUMNS, _COLUMN_WIDTHS, strict=True):
        turn = rng.uniform(-0.07, 0.07)
        pivot = (x + rng.uniform(-40.0, 40.0), STREAM_Y)
        parts = layout.street_cut(draft, rest, (pivot, math.pi / 2.0 + turn), rank="road", width_m=width)
        if parts is None:
            continue
        west, rest = sorted(parts, key=lambda f: layout.middle(f)[0])
        columns.append(west)
    return [*columns, rest]


def _rows(
    draft: Draft, column: Face, rng: np.random.Generator, *, strips: list[Face], number: int
) -> list[Face]:
    """Cut a column by the stream's banks and the cross roads; the bed goes to `strips`."""
    below, rest = _level(draft, column, STREAM_Y - STRIP_M, width_m=8.0)
    bed, above = _level(draft, rest, STREAM_Y + STRIP_M, width_m=10.0)
    if 2 <= number <= 5:
        strips.extend(_level(draft, bed, _WALK_Y, width_m=3.0, rank="walk"))
    else:
        strips.append(bed)
    faces = [below, above]
    for y, width in zip(_ROWS, _ROW_WIDTHS, strict=True):
        at = layout.middle(column)[0], y + rng.choice([-70.0, 0.0, 0.0, 60.0])
        faces = [
            part for f in faces for part in _row_cut(draft, f, (at, rng.uniform(-0.06, 0.06)), width_m=width)
        ]
    return faces


def _row_cut(
    draft: Draft, face: Face, cut: tuple[layout.XYPair, float], *, width_m: float
) -> tuple[Face, ...]:
    ys = [y for _, y in face.corners]
    if not min(ys) + 60.0 < cut[0][1] < max(ys) - 60.0:
        return (face,)
    return layout.street_cut(draft, face, cut, rank="road", width_m=width_m) or (face,)


def _level(draft: Draft, face: Face, y: float, *, width_m: float, rank: str = "road") -> tuple[Face, Face]:
    cut = (layout.middle(face)[0], y), 0.0
    parts = layout.street_cut(draft, face, cut, rank=rank, width_m=width_m)
    if parts is None:
        raise ValueError(f"the column does not reach y = {y}")
    low, high = sorted(parts, key=lambda f: layout.middle(f)[1])
    return low, high


def _split_roads(draft: Draft, ground: Ground, face: Face, rng: np.random.Generator) -> list[Face]:
    """Split a big face by roads until its blocks are small enough."""
    size = layout.area(face)
    if size < BLOCK_M2 * rng.uniform(0.75, 1.35):
        return [face]
    cut = layout.across(face, rng.uniform(0.38, 0.62), rng.normal(0.0, 0.09))
    width = rng.choice([12.0, 15.0]) if size > 3.0 * BLOCK_M2 else rng.choice([8.0, 10.0, 12.0])
    parts = layout.street_cut(draft, face, cut, rank="road", width_m=float(width))
    if parts is None:
        return [face]
    return [block for part in parts for block in _split_roads(draft, ground, part, rng)]


def _fill_block(
    draft: Draft, ground: Ground, block: Face, *, rng: np.random.Generator, number: int
) -> list[Lot]:
    """Give a block its use and cut it up."""
    corners = earth.bent(ground.bend, np.array([*block.corners, layout.middle(block)]))
    if not shapely.contains_xy(ground.outline.buffer(60.0), corners[:, 0], corners[:, 1]).any():
        return []
    use = _use(ground, corners, rng)
    if use == "house" or layout.area(block) < 25_000.0:
        return _alley_block(draft, ground, block, rng=rng, number=number)
    if use == "tower":
        return [Lot(part, use, number) for part in _halves(draft, block, rng)]
    return [Lot(block, use, number)]


def _use(ground: Ground, corners: Array, rng: np.random.Generator) -> str:
    """Return the use of a block: old alleys round the middle and at the hill, flats and campuses in quarters."""
    noise, lone = rng.normal(0.0, 0.45), rng.random()
    if float(np.hypot(*corners[-1])) < 620.0:
        return "house"
    near_hill = earth.hill_lift(ground, corners).max() > 12.0
    if earth.mood(ground, corners[-1:], 0)[0] + noise > (1.5 if near_hill else FLATS):
        return "tower"
    if earth.mood(ground, corners[-1:], 1)[0] + noise > CAMPUSES:
        return "campus"
    return "open" if lone < 0.06 else "house"


def _halves(draft: Draft, block: Face, rng: np.random.Generator) -> tuple[Face, ...]:
    cut = layout.across(block, rng.uniform(0.45, 0.55), 0.0)
    return layout.street_cut(draft, block, cut, rank="alley", width_m=6.0) or (block,)


def _alley_block(
    draft: Draft, ground: Ground, block: Face, *, rng: np.random.Generator, number: int
) -> list[Lot]:
    loose = rng.uniform(0.85, 1.25)
    slant = rng.uniform(0.05, 0.16)
    lots: list[Lot] = []
    for leaf in _split_alleys(draft, ground, block, rng=rng, slant=slant, size=LEAF_M2 * loose):
        if rng.random() < 0.025:
            lots.append(Lot(leaf, "open", number))
            continue
        parts = _dead_ends(draft, leaf, rng)
        lots.extend(Lot(f, "house", number) for part in parts for f in _split_lots(part, rng, LOT_M2 * loose))
    return lots


def _split_alleys(
    draft: Draft, ground: Ground, face: Face, *, rng: np.random.Generator, slant: float, size: float
) -> list[Face]:
    if layout.area(face) < size * rng.uniform(0.7, 1.45):
        return [face] if inside(ground, face) else []
    cut = layout.across(face, rng.uniform(0.36, 0.64), rng.normal(0.0, slant))
    width = float(rng.choice(_ALLEY_WIDTHS[0], p=_ALLEY_WIDTHS[1]))
    parts = layout.street_cut(draft, face, cut, rank="alley", width_m=width)
    if parts is None:
        return [face] if inside(ground, face) else []
    return [leaf for p in parts for leaf in _split_alleys(draft, ground, p, rng=rng, slant=slant, size=size)]


def _dead_ends(draft: Draft, leaf: Face, rng: np.random.Generator) -> list[Face]:
    """Let a dead end or two into a deep leaf, so that lots in its middle are reached."""
    _, length, depth = layout.frame(leaf)
    if min(length, depth) < 44.0 or rng.random() < 0.12:
        return [leaf]
    cut = layout.across(leaf, rng.uniform(0.35, 0.65), rng.normal(0.0, 0.06))
    width = float(rng.choice([1.5, 2.0, 2.5, 3.0]))
    reach = rng.uniform(0.45, 0.78)
    parts = layout.street_cut(draft, leaf, cut, rank="dead", width_m=width, reach=reach)
    if parts is None:
        return [leaf]
    if layout.area(leaf) > 12_500.0:
        return [f for part in parts for f in _dead_ends(draft, part, rng)]
    return list(parts)


def _split_lots(face: Face, rng: np.random.Generator, size: float) -> list[Face]:
    if layout.area(face) < size * rng.uniform(0.8, 1.7):
        return [face]
    parts = layout.lot_cut(face, layout.across(face, rng.uniform(0.44, 0.56), rng.normal(0.0, 0.03)))
    if parts is None:
        return [face]
    return [lot for part in parts for lot in _split_lots(part, rng, size)]
