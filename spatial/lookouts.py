"""Where streets invite a camera to look: along them, both ways, from the pole that stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.special import ndtr

from spatial.beliefs import BIN_DEG, BINS, lobes_p
from spatial.errors import MissingColumn
from spatial.frames import ALLEYS, require, require_same_crs

Floats = NDArray[np.float64]

# A street farther from the pole than this is not the one it was put up for.
BESIDE_M = 12.0
# How far along the street one looks, and how much of it there must be.
_AHEAD_M, _LEAST_M = 20.0, 6.0
# Streets that part by less are one way to look.
_SAME_DEG = 20.0


def lookouts(poles: gpd.GeoDataFrame, alleys: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the directions of the streets at each pole.

    poles    site_id and points; a repeated site counts once
    alleys   the frame contract ALLEYS, in the same CRS
    Returns  site_id, heading_deg (clockwise from north) and width_m of the street (NaN where unknown), a row a way to
             look, sorted by site and heading; a pole beside no street has none. The direction is that of the chord from
             the place of the street nearest to the pole to the place 20 m on, or to the street's end; ways within 20
             degrees of each other are one, their mean, as wide as the narrowest
    Raises   MissingColumn without site_id; what the frame contract raises
    """
    require(alleys, ALLEYS)
    require_same_crs(poles, alleys)
    if "site_id" not in poles.columns:
        raise MissingColumn("poles lack site_id")
    once = poles.drop_duplicates("site_id")
    lines = alleys.geometry.to_numpy()
    pole, line = shapely.STRtree(lines).query(
        once.geometry.to_numpy(), predicate="dwithin", distance=BESIDE_M
    )
    ways = pd.concat([_ahead(once, alleys, pole, line, sign) for sign in (1.0, -1.0)], ignore_index=True)
    merged = [
        (site, heading, width)
        for site, group in ways.groupby("site_id")
        for heading, width in _merged(group["heading_deg"].to_numpy(), group["width_m"].to_numpy())
    ]
    return pd.DataFrame(merged, columns=list(WAY_COLUMNS)).astype(dict.fromkeys(WAY_COLUMNS[1:], "float64"))


WAY_COLUMNS = ("site_id", "heading_deg", "width_m")


def _ahead(
    poles: gpd.GeoDataFrame,
    alleys: gpd.GeoDataFrame,
    pole: NDArray[np.intp],
    line: NDArray[np.intp],
    sign: float,
) -> pd.DataFrame:
    """Return the ways along the streets (sign 1) or against them (-1) from the places nearest to the poles."""
    street = alleys.geometry.to_numpy()[line]
    spot = shapely.line_locate_point(street, poles.geometry.to_numpy()[pole])
    end = np.clip(spot + sign * _AHEAD_M, 0.0, shapely.length(street))
    there = shapely.get_coordinates(shapely.line_interpolate_point(street, end))
    here = shapely.get_coordinates(shapely.line_interpolate_point(street, spot))
    east, north = (there - here).T
    # A street that bends back on itself within 20 m leads nowhere.
    leads = (np.abs(end - spot) >= _LEAST_M) & (np.hypot(east, north) >= _LEAST_M / 2.0)
    bearing = np.degrees(np.arctan2(east, north)) % 360.0
    columns = (poles["site_id"].to_numpy()[pole], bearing, alleys["width_m"].to_numpy(dtype=np.float64)[line])
    return pd.DataFrame({name: column[leads] for name, column in zip(WAY_COLUMNS, columns, strict=True)})


def _merged(headings: Floats, widths: Floats) -> list[tuple[float, float]]:
    """Return ways of which none lies within 20 degrees of another, ascending: neighbours as their mean."""
    order = np.argsort(headings, kind="stable")
    groups: list[list[tuple[float, float]]] = []
    for way in zip(headings[order].tolist(), widths[order].tolist(), strict=True):
        if groups and way[0] - groups[-1][-1][0] <= _SAME_DEG:
            groups[-1].append(way)
        else:
            groups.append([way])
    if len(groups) > 1 and groups[0][0][0] + 360.0 - groups[-1][-1][0] <= _SAME_DEG:
        groups[0] = [(heading - 360.0, width) for heading, width in groups.pop()] + groups[0]
    return sorted((_turn(float(np.mean([h for h, _ in group]))), _narrowest(group)) for group in groups)


def _turn(heading_deg: float) -> float:
    """Return a heading within 0..360, of which 360 is 0 also where rounding came just below 0."""
    return float(round(heading_deg, 9) % 360.0)


def _narrowest(group: list[tuple[float, float]]) -> float:
    known = [width for _heading, width in group if width == width]
    return min(known, default=float("nan"))


@dataclass(frozen=True, slots=True)
class Habit:
    """How a network uses its streets: the share of cameras that look along one, and how closely.

    weight       0..1; the others look anywhere
    spread_deg   one standard deviation off the street's direction
    narrow       how much narrow streets are preferred: a street is chosen in proportion to its width to the power
                 of minus this; 0 chooses all alike
    learned_from how many cameras of known heading beside a street this rests on; 0 is an assumption
    """

    weight: float
    spread_deg: float
    narrow: float
    learned_from: int


# What is taken for granted where no camera's heading is known, and as how many cameras it counts where some are.
ASSUMED_HABIT = Habit(0.7, 10.0, 0.0, 0)
_COUNTS_AS = 10.0
_SPREAD_DOUBT, _NARROW_DOUBT = 0.5, 0.7
_WEIGHTS = np.concatenate([np.arange(0.05, 0.96, 0.05), [0.98]])
_SPREADS_DEG = np.array([3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 13.0, 17.0, 22.0])
_NARROWS = np.array([-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0])


def learned_habit(ways: pd.DataFrame, aims: pd.DataFrame) -> Habit:
    """Return the habit that the cameras of known heading show.

    ways     as `lookouts` gives them
    aims     site_id and heading_deg of cameras of known heading; those on a pole beside no street are left aside
    Returns  of a grid of weights and deviations the likeliest one, given the headings and, as if it were ten cameras
             more, the assumed habit: with few cameras known it stays near that, with many they decide
    """
    known = aims[aims["heading_deg"].notna() & aims["site_id"].isin(ways["site_id"])]
    if known.empty:
        return ASSUMED_HABIT
    lower = known["heading_deg"].to_numpy() % 360.0 // BIN_DEG * BIN_DEG
    asked = pd.DataFrame({"site_id": known["site_id"].to_numpy(), "camera": np.arange(len(known))})
    pairs = asked.merge(_widths_told(ways), on="site_id")
    camera, heading = pairs["camera"].to_numpy(), pairs["heading_deg"].to_numpy()
    best, found = -np.inf, ASSUMED_HABIT
    for spread, narrow in product(_SPREADS_DEG, _NARROWS):
        share = pairs["width_m"].to_numpy() ** -narrow
        held = share * _bin_p(lower[camera] - heading, spread)
        density = np.bincount(camera, held) / np.bincount(camera, share) * BINS
        likelihood = np.log(_WEIGHTS[:, None] * density + 1.0 - _WEIGHTS[:, None]).sum(axis=1)
        likelihood += _prior(_WEIGHTS, spread, narrow)
        if likelihood.max() > best:
            best, weight = float(likelihood.max()), float(_WEIGHTS[likelihood.argmax()])
            found = Habit(round(weight, 2), float(spread), float(narrow), len(known))
    return found


def _bin_p(from_deg: Floats, spread_deg: float) -> Floats:
    """Return the chance (n,) that a wrapped normal round 0 falls into the bin that begins at these angles."""
    edge = from_deg[:, None] + 360.0 * np.arange(-1, 2)
    found: Floats = (ndtr((edge + BIN_DEG) / spread_deg) - ndtr(edge / spread_deg)).sum(axis=1)
    return found


def _prior(weight: Floats, spread_deg: float, narrow: float) -> Floats:
    """Return how likely habits are beforehand (logarithm): as if ten cameras had kept the assumed one."""
    kept = ASSUMED_HABIT.weight
    off = np.log(spread_deg / ASSUMED_HABIT.spread_deg) / _SPREAD_DOUBT
    doubt = (off**2 + ((narrow - ASSUMED_HABIT.narrow) / _NARROW_DOUBT) ** 2) / 2.0
    return np.asarray(_COUNTS_AS * (kept * np.log(weight) + (1.0 - kept) * np.log(1.0 - weight)) - doubt)


def street_p(ways: pd.DataFrame, habit: Habit) -> dict[int, Floats]:
    """Return by site the chances (BINS,) of the heading of a camera that looks along one of its streets."""
    told = _widths_told(ways)
    told["share"] = told["width_m"] ** -habit.narrow
    return {int(str(site)): _street_p(group, habit.spread_deg) for site, group in told.groupby("site_id")}


def _street_p(ways: pd.DataFrame, spread_deg: float) -> Floats:
    return lobes_p(
        [
            (heading, spread_deg, part)
            for heading, part in zip(ways["heading_deg"], ways["share"], strict=True)
        ]
    )


def _widths_told(ways: pd.DataFrame) -> pd.DataFrame:
    """Return the ways with a width each: a street of unknown width counts as one of the others' middle width."""
    middle = ways.groupby("site_id")["width_m"].transform("median")
    return ways.assign(width_m=ways["width_m"].fillna(middle).fillna(1.0))
