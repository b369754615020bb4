"""Where more happens: a few hot places, with the kind and the hours of what happens there."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from etl.sample.ground import Array

_COUNT = 16


@dataclass(frozen=True, slots=True)
class HotPlaces:
    """Middles (n, 2) in metres, reaches (n,) in metres, strengths (n,), and whether a place is one of the night."""

    middles: Array
    reaches: Array
    strengths: Array
    nightly: Array


def make_hot_places(sections: gpd.GeoDataFrame, rng: np.random.Generator) -> HotPlaces:
    """Return hot places on streets: nightlife on broad ones, burglary among dark alleys."""
    mids = middles_of(sections)
    nightly = np.arange(_COUNT) < 7
    broad = np.flatnonzero((sections["width_m"] >= 12.0).to_numpy() & (np.hypot(*mids.T) < 2000.0))
    narrow = np.flatnonzero((sections["kind"] == "alley").to_numpy() & (sections["width_m"] < 3.0).to_numpy())
    at = np.concatenate([rng.choice(broad, 7, replace=False), rng.choice(narrow, _COUNT - 7, replace=False)])
    return HotPlaces(mids[at], rng.uniform(70.0, 210.0, _COUNT), rng.uniform(4.0, 14.0, _COUNT), nightly)


def heat(places: HotPlaces, xy: Array, *, nightly: bool | None = None) -> Array:
    """Return how much more happens at points (n, 2) than on the quietest street (which is 1)."""
    chosen = np.full(len(places.middles), True) if nightly is None else places.nightly == nightly
    away = np.hypot(*(xy[:, None] - places.middles[chosen]).transpose(2, 0, 1))
    return 1.0 + np.asarray(np.exp(-((away / places.reaches[chosen]) ** 2)) @ places.strengths[chosen])


def middles_of(sections: gpd.GeoDataFrame) -> Array:
    """Return the middle (n, 2) of each section."""
    return np.asarray(
        shapely.get_coordinates(shapely.line_interpolate_point(sections.geometry.array, 0.5, normalized=True))
    )
