"""What coordinates that miss the district look like: which system would put them there, and is the outline itself off.

A row is read as the load reads it, as each Korean system would read it, and, where the outline may be one of another
datum, against the outline moved. Nothing is decided and nothing moved: what fits better by far is told, with counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely import MultiPolygon, Polygon

from etl import coordinates
from etl.elsewhere import gu_of, named_gu
from etl.rows import Door

# Degrees, the belts of both datums, the two grids of the whole country, the web's metres.
SYSTEMS = (4326, 5174, 2097, 5179, 5181, 5186, 32652, 3857)
# How an outline comes to lie some hundred metres off: what it was taken for, and what it was.
TAKEN_FOR = ((4326, 4162), (5181, 5174), (5174, 2097), (2097, 5174))
# Beyond the outline's frame a row says nothing of a system.
_NEAR_M = 1000.0
_DEGREE_M = 111_000.0
# Where two readings both lie near the district, a slip of a few rows is no finding: so many must be better, and
# at most a quarter as many worse.
_ROWS, _TIMES = 3, 4
# Of an outline: so many places of the district's own rows must be near it, and such a share of them better off.
_WITNESSES, _BETTER_OFF = 20, 0.03
# Rows that name no district tell near readings apart only where the file holds this district alone: of all rows near
# it so many lie inside. In a file of a whole city as many come in at one edge as leave at the other.
_ALONE = 0.99
# A cluster just beyond the border speaks for any shift that way; a datum's shift fits better than those turned by this.
_CONTROLS_DEG = (-60.0, 60.0)
_OWN, _OTHER = 1, 2

# For each way a row lies: masks of the readings it lies inside, near, and inside with its columns turned; the gu it names.
Tally = Counter[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Guess:
    """A system to read two numbers in, whichever column is east; or what the outline was, and what it was taken for."""

    epsg: int
    outline_taken_for: int | None = None
    control: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """The district as a guess's own numbers would have it."""

    guess: Guess
    outline: Polygon | MultiPolygon
    west: float
    south: float
    east: float
    north: float
    margin: float


@dataclass(slots=True)
class Diagnosis:
    """Rows counted by what each reading makes of them, block by block; some numbers in memory, whatever the file's size.

    `places` counts each pair of a block once: a hundred rows on one point are one witness.

    door         of the load: the outline (None: nothing can be told), the district's CRS and the file's
    district_ko  the district's Korean name: rows whose address names it should lie inside, other rows should not
    """

    door: Door
    district_ko: str = ""
    tally: Tally = field(default_factory=Counter)
    places: Tally = field(default_factory=Counter)
    _made: list[_Frame] = field(default_factory=list)

    def add(self, rows: pd.DataFrame) -> None:
        """Count a block's rows: texts `lat` and `lon`, else `geometry` in the file's CRS, beside addresses or none."""
        if self.door.outline is None or rows.empty:
            return
        x, y = _numbers(rows)
        if x is None or y is None:
            return
        frames = self._frames()
        masks = _read(x, y, frames, door=self.door)
        seen = np.flatnonzero(masks[:, 1])
        named = _named(rows.iloc[seen], gu_of(self.district_ko))
        ways = list(zip(*masks[seen].T.tolist(), named.tolist(), strict=True))
        self.tally.update(ways)
        firsts = ~pd.DataFrame({"x": x[seen], "y": y[seen], "named": named}).duplicated().to_numpy()
        self.places.update(way for way, first in zip(ways, firsts, strict=True) if first)

    def notes(self) -> dict[str, object]:
        """Return what a load notes, each only where something was found.

        crs_looks_like          systems (of `systems`), as_read: rows in the district that none of them concerns
        boundary_looks_shifted  what `outline` returns
        """
        systems, outline = self.systems(), self.outline()
        told: dict[str, object] = {}
        if systems:
            told["crs_looks_like"] = {"as_read": self._as_read(systems), "systems": systems}
        if outline and not systems:
            told["boundary_looks_shifted"] = outline
        return told

    def systems(self) -> list[dict[str, object]]:
        """Return the systems that rows look like, most rows first.

        epsg, rows, turned (of those rows, with north in the column of east), `or` (further codes that fit as well)
        """
        found, left = [], Counter(self.tally)
        guesses = [n for n, frame in enumerate(self._made) if n and frame.guess.outline_taken_for is None]
        while (best := _best(left, guesses)) is not None:
            also = [n for n in guesses if n != best and not _told_apart(left, best, n)]
            placed = {key: n for key, n in left.items() if key[0] >> best & 1 and key[3] != _OTHER}
            found.append({
                "epsg": self._made[best].guess.epsg,
                "rows": sum(placed.values()),
                "turned": sum(n for key, n in placed.items() if key[2] >> best & 1),
                "or": [self._made[n].guess.epsg for n in also],
            })  # fmt: skip
            left = Counter({key: n for key, n in left.items() if not key[1] >> best & 1})
            guesses = [n for n in guesses if n != best]
        return sorted(found, key=lambda row: -int(str(row["rows"])))

    def outline(self) -> dict[str, object]:
        """Return by how much the outline looks shifted, {} when it does not.

        epsg (what its coordinates look like), taken_for, east_m and north_m (from where it lies to where the rows would
        have it), shift_m, places (of rows that speak for it), against (that speak for the outline as it is)
        """
        guesses = [frame.guess for frame in self._made]
        moved = [
            n for n, guess in enumerate(guesses) if guess.outline_taken_for is not None and not guess.control
        ]
        found = [(b, -c, n) for n in moved for b, c in [_better(self.places, n, 0)] if self._proves(n, b, c)]
        if not found:
            return {}
        b, c, n = max(found, key=lambda each: (each[0] + each[1], -each[2]))
        frame = self._made[n]
        (here,), (there,) = (
            shapely.get_coordinates(shapely.centroid(area)) for area in (self._made[0].outline, frame.outline)
        )
        east, north = map(float, there - here)
        return {"epsg": frame.guess.epsg, "taken_for": frame.guess.outline_taken_for, "east_m": round(east),
                "north_m": round(north), "shift_m": round(float(np.hypot(east, north))), "places": b, "against": -c}  # fmt: skip

    def _proves(self, moved: int, better: int, worse: int) -> bool:
        """Say whether an outline moved fits beyond doubt: better than as it is, and than moved elsewhere."""
        alone = _alone(self.places, moved)
        witnesses = sum(n for (_, near, _, named), n in self.places.items()
                        if near >> moved & 1 and (named == _OWN or (alone and not named)))  # fmt: skip
        enough = witnesses >= _WITNESSES and better >= _BETTER_OFF * witnesses and better >= _TIMES * worse
        controls = range(moved + 1, moved + 1 + len(_CONTROLS_DEG))
        return enough and all(b > c for b, c in (_better(self.places, moved, n) for n in controls))

    def _as_read(self, systems: list[dict[str, object]]) -> int:
        """Return the rows that the load places in the district and none of the systems places near it."""
        codes = {found["epsg"] for found in systems}
        bits = sum(1 << n for n, frame in enumerate(self._made)
                   if frame.guess.epsg in codes and frame.guess.outline_taken_for is None)  # fmt: skip
        return sum(n for (inside, near, _, _), n in self.tally.items() if inside & 1 and not near & bits)

    def _frames(self) -> list[_Frame]:
        if not self._made:
            self._made.extend(_all_frames(self.door))
        return self._made


def _all_frames(door: Door) -> Iterator[_Frame]:
    """Give the frame of the reading that the load takes first, then those of the guesses."""
    outline = door.outline
    if outline is None:
        return
    yield _frame(Guess(_code(door.crs)), outline, door=door, source=door.crs)
    for epsg in SYSTEMS:
        if epsg != _code(door.crs):
            yield _frame(Guess(epsg), outline, door=door, source=epsg)
    for taken, really in TAKEN_FOR:
        moved = _one(outline, source=door.srid, srid=taken)
        there = _one(moved, source=really, srid=door.srid)
        yield _frame(Guess(really, taken), there, door=door, source=door.crs)
        for outline_turned in _controls(outline, there):
            yield _frame(Guess(really, taken, control=True), outline_turned, door=door, source=door.crs)


def _controls(
    outline: Polygon | MultiPolygon, moved: Polygon | MultiPolygon
) -> Iterator[Polygon | MultiPolygon]:
    """Give the outline moved as far as `moved`, in other directions."""
    here, there = (shapely.get_coordinates(shapely.centroid(area))[0] for area in (outline, moved))
    east, north = there - here
    for angle in np.radians(_CONTROLS_DEG):
        turned = np.array(
            [east * np.cos(angle) - north * np.sin(angle), east * np.sin(angle) + north * np.cos(angle)]
        )
        yield shapely.transform(outline, lambda xy, by=turned: xy + by)


def _frame(guess: Guess, outline: Polygon | MultiPolygon, *, door: Door, source: int | str) -> _Frame:
    there = shapely.bounds(_one(outline, source=door.srid, srid=source))
    margin = _NEAR_M / (_DEGREE_M if CRS.from_user_input(source).is_geographic else 1.0)
    west, south, east, north = map(float, there)
    shapely.prepare(outline)
    return _Frame(guess, outline, west, south, east, north, margin)


def _one(outline: Polygon | MultiPolygon, *, source: int | str, srid: int | str) -> Polygon | MultiPolygon:
    pieces = np.array([outline], dtype=object)
    moved: Polygon | MultiPolygon = coordinates.to_crs(pieces, source=source, target=srid)[0]
    return moved


def _code(crs: int | str) -> int:
    """Return the EPSG number of a CRS, 0 when it has none."""
    return crs if isinstance(crs, int) else CRS.from_user_input(crs).to_epsg() or 0


def _numbers(
    rows: pd.DataFrame,
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    if {"lat", "lon"} <= set(rows.columns):
        found = coordinates.pair(rows)
        return found["lon"].to_numpy(float), found["lat"].to_numpy(float)
    if "geometry" in rows.columns:
        shapes = coordinates.shapes_of(rows["geometry"]).copy()
        # an empty one has no middle, and GEOS would refuse all of them for it
        shapes[shapely.is_empty(shapes)] = None
        middle = shapely.centroid(shapes)
        return shapely.get_x(middle), shapely.get_y(middle)
    return None, None


def _read(
    x: NDArray[np.float64], y: NDArray[np.float64], frames: list[_Frame], *, door: Door
) -> NDArray[np.int64]:
    """Return a row (inside, near, turned) of masks for each pair: a bit a frame."""
    masks = np.zeros((len(x), 3), dtype=np.int64)
    for number, frame in enumerate(frames):
        own = number == 0 or frame.guess.outline_taken_for is not None
        source, bit = door.crs if own else frame.guess.epsg, 1 << number
        # The load turns a pair where that alone puts it into the district.
        for turned, (east, north) in enumerate(((x, y), (y, x))):
            close = np.flatnonzero(_close(east, north, frame))
            if len(close):
                points = np.asarray(shapely.points(east[close], north[close]), dtype=object)
                hit = close[
                    coordinates.within(
                        coordinates.to_srid(points, source=source, srid=door.srid), frame.outline
                    )
                ]
                masks[close, 1] |= bit
                masks[hit, 2] |= bit * turned * ((masks[hit, 0] & bit) == 0)
                masks[hit, 0] |= bit
    return masks


def _close(x: NDArray[np.float64], y: NDArray[np.float64], frame: _Frame) -> NDArray[np.bool_]:
    wide = frame.margin
    return np.asarray(
        (x >= frame.west - wide)
        & (x <= frame.east + wide)
        & (y >= frame.south - wide)
        & (y <= frame.north + wide)
    )


def _named(rows: pd.DataFrame, own: str | None) -> NDArray[np.int64]:
    """Return for each row 1 when its address names the district, 2 when it names another, else 0."""
    if own is None:
        return np.zeros(len(rows), dtype=np.int64)
    gu = named_gu(rows)
    return np.where(gu.eq(own), _OWN, np.where(gu.ne(""), _OTHER, 0)).astype(np.int64)


def _speaks(inside: int, named: int, bit: int) -> int:
    if not inside >> bit & 1:
        return 0
    return -1 if named == _OTHER else 1


def _better(tally: Tally, one: int, other: int) -> tuple[int, int]:
    """Return how many rows that lie near `one` are better placed by it than by `other`, and how many worse."""
    b = c = 0
    alone = _alone(tally, one)
    for (inside, near, _, named), n in tally.items():
        if near >> one & 1 and (named or alone):
            gain = _speaks(inside, named, one) - _speaks(inside, named, other)
            b, c = b + n * max(gain, 0), c + n * max(-gain, 0)
    return b, c


def _alone(tally: Tally, one: int) -> bool:
    """Say whether the rows near `one` that name no district are those of this district alone."""
    near = inside = 0
    for (within, close, _, named), n in tally.items():
        if close >> one & 1 and not named:
            near, inside = near + n, inside + n * (within >> one & 1)
    return near > 0 and inside >= _ALONE * near


def _best(tally: Tally, guesses: list[int]) -> int | None:
    """Return the guess that places most rows better than the load did, None when none does beyond doubt."""
    found = []
    for guess in guesses:
        far = sum(n for (inside, near, _, named), n in tally.items()
                  if inside >> guess & 1 and not near & 1 and named != _OTHER)  # fmt: skip
        b, c = _better(tally, guess, 0)
        if far or (b >= _ROWS and _TIMES * c <= b):
            found.append((b - c, -guess))
    return -max(found)[1] if found else None


def _told_apart(tally: Tally, one: int, other: int) -> bool:
    b, c = _better(tally, one, other)
    shared = any(inside >> one & 1 and inside >> other & 1 for inside, _, _, _ in tally)
    return not shared or (b >= _ROWS and _TIMES * c <= b)


def placed_by_another(x: NDArray[np.float64], y: NDArray[np.float64], door: Door) -> NDArray[np.bool_]:
    """Say which pairs another system than the file's puts into the district, whichever number is east."""
    frames = list(_all_frames(door))
    systems = sum(1 << n for n, frame in enumerate(frames) if n and frame.guess.outline_taken_for is None)
    return np.asarray(_read(x, y, frames, door=door)[:, 0] & systems, dtype=bool)
