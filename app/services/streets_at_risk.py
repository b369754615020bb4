"""How much street at risk lies round a place: what ranks the poles of a file that nobody has loaded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.risk import ADDED, Basis, alley_risk
from etl.db import Database
from etl.store import frames
from etl.store.days import network_day
from etl.store.references import risk_references
from spatial.samples import sample_alleys

STEP_M = 4.0
_YEAR = timedelta(days=365)


def near(
    db: Database, places: gpd.GeoDataFrame, *, reach_m: float, who: str | None
) -> NDArray[np.float64] | None:
    """Return the metres of street times their risk 0..1 within `reach_m` of each place (n,); None without streets.

    db   any role: incidents are read through their guarded door, which notes `who` and why
    The risk is that of the district's weights and of the 12 months before the day that its registries speak of.
    """
    alleys = frames.alleys(db)
    if alleys.empty:
        return None
    points = sample_alleys(alleys, step_m=STEP_M)
    day = network_day(db)
    basis = Basis(
        alleys=alleys,
        incidents=_incidents(db, day, who),
        lamps=frames.lamps(db),
        layers={name: frames.layer(db, name) for name in ADDED},
        weights=db.district.weights,
        zones=frames.zones(db, day),
        district=frames.boundaries(db, "district"),
        references=risk_references(db),
        rules=db.district.risk,
        zone=db.district.zone,
    )
    risk = points["weight"].to_numpy(dtype=np.float64) * alley_risk(points, basis)
    streets = KDTree(shapely.get_coordinates(points.geometry.to_numpy()))
    found = streets.query_ball_point(shapely.get_coordinates(places.geometry.to_numpy()), reach_m)
    return np.array([risk[at].sum() for at in found], dtype=np.float64)


def _incidents(db: Database, day: date, who: str | None) -> gpd.GeoDataFrame:
    ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=db.district.zone)
    found = frames.incidents(
        db, ends - _YEAR, ends, purpose="streets at risk near the poles of a file", who=who
    )
    return found[~found["false_alarm"].astype(bool)]
