"""What a plan says of each aim it chose: place, view, gain, and the street that gains most, with what tells why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree
from shapely import to_geojson

from app.figures import named_alleys
from app.world import World
from spatial import candidates, demand
from spatial.fov import fields_of_view

Floats = NDArray[np.float64]
Level = Literal["high", "middle", "low"]

# A call is that of a street from whose middle it lies no farther: half a wide street and a house's front.
CALL_M = 15.0
# Risk has no unit: it is high among the upper fifth of the district's metres, low among the lower two fifths.
_LOW, _HIGH = 0.4, 0.8
_NEVER_SAID = 0.5


@dataclass(frozen=True, slots=True)
class Demand:
    """Pieces of street that a plan is for: their points, their risk (metres times 0..1), and the part unseen today.

    points  alley_id, weight (metres) and the point, district CRS
    p_seen  (n,) chance that a piece is seen today
    levels  risk below which a metre is low, and from which it is high, among all streets of the district
    """

    points: gpd.GeoDataFrame
    risk: Floats
    p_seen: Floats
    levels: tuple[float, float]

    @property
    def metres(self) -> Floats:
        """Return the metres (n,) that each point stands for."""
        metres: Floats = self.points["weight"].to_numpy(dtype=np.float64)
        return metres

    @property
    def unseen(self) -> Floats:
        """Return the risk (n,) that no camera is expected to see."""
        unseen: Floats = self.risk * (1.0 - self.p_seen)
        return unseen

    def level(self, at: NDArray[np.int64]) -> Level:
        """Return how high the risk of these points is among all metres of the district."""
        mean = float(self.risk[at].sum() / self.metres[at].sum())
        low, high = self.levels
        return "high" if mean >= high else "low" if mean < low else "middle"


def levels_of(risk_per_m: Floats, metres: Floats) -> tuple[float, float]:
    """Return the risk at the lower two fifths and the upper fifth of the metres; (0, inf) where all are alike."""
    if not len(risk_per_m) or np.ptp(risk_per_m) == 0.0:
        return 0.0, float("inf")
    order = np.argsort(risk_per_m, kind="stable")
    up_to = np.cumsum(metres[order]) / metres.sum()
    low, high = (
        float(risk_per_m[order[min(int(np.searchsorted(up_to, share)), len(order) - 1)]])
        for share in (_LOW, _HIGH)
    )
    return low, high


def described(
    world: World, wanted: Demand, aims: pd.DataFrame, *, density_class: str
) -> list[dict[str, Any]]:
    """Return the chosen aims, a JSON-ready row each, in their order.

    aims     camera_id, heading_deg, geometry (the mount) and fresh: positions in `wanted.points` that it sees first
    Returns  lat, lon, heading_deg, gain (share 0..1 of the risk), metres, alley, view (GeoJSON, EPSG:4326) and reason:
             a code with its numbers, `app.words` holds the sentence
    """
    if aims.empty:
        return []
    places = gpd.GeoSeries(aims["geometry"].to_numpy(), crs=world.alleys.crs).to_crs(4326)
    views = _views(world, aims, density_class)
    total = float(wanted.risk.sum())
    streets = named_alleys(world.alleys)
    dark = demand.darkness(wanted.points, _lit(world, wanted), world.lamps)
    rows = []
    headings = aims["heading_deg"].to_numpy(dtype=np.float64)
    for heading_deg, fresh, point, view in zip(headings, aims["fresh"], places, views, strict=True):
        reason = _reason(world, wanted, fresh=fresh, dark=dark, streets=streets)
        rows.append(
            {
                "lat": round(point.y, 7),
                "lon": round(point.x, 7),
                "heading_deg": float(heading_deg),
                "gain": round(float(wanted.unseen[fresh].sum()) / total, 6),
                "metres": round(float(wanted.metres[fresh].sum()), 1),
                "alley": reason["alley"],
                "reason": reason,
                "view": view,
            }
        )
    return rows


def _reason(
    world: World, wanted: Demand, *, fresh: NDArray[np.int64], dark: Floats, streets: pd.DataFrame
) -> dict[str, Any]:
    """Return the street that gains most from the aim: how much is newly seen, how risky, dark and called from it is."""
    alley = wanted.points["alley_id"].to_numpy()
    metres = pd.Series(wanted.metres[fresh]).groupby(alley[fresh]).sum().sort_values(ascending=False)
    street = streets.loc[metres.index[0]]
    there = fresh[alley[fresh] == metres.index[0]]
    said = dark[there][dark[there] != _NEVER_SAID]
    width = None if pd.isna(street["width_m"]) else round(float(street["width_m"]), 1)
    return {
        "code": "most_in_street",
        "alley": street["name"],
        "metres": round(float(metres.iloc[0]), 1),
        "width_m": width,
        "risk": wanted.level(there),
        "dark": bool(said.mean() > _NEVER_SAID) if len(said) else None,
        "calls": _calls(world, wanted.points.iloc[there]) if world.incidents_loaded else None,
    }


def _calls(world: World, points: gpd.GeoDataFrame) -> int:
    if world.incidents.empty:
        return 0
    tree = KDTree(shapely.get_coordinates(points.geometry.to_numpy()))
    apart, _ = tree.query(shapely.get_coordinates(world.incidents.geometry.to_numpy()))
    return int((apart <= CALL_M).sum())


def _lit(world: World, wanted: Demand) -> NDArray[np.object_]:
    lit: NDArray[np.object_] = (
        world.alleys.set_index("alley_id")["lit"].loc[wanted.points["alley_id"]].to_numpy(dtype=object)
    )
    return lit


def _views(world: World, aims: pd.DataFrame, density_class: str) -> list[Mapping[str, Any] | None]:
    """Return what each chosen aim would see, as GeoJSON in degrees; None where its lens reaches the class nowhere."""
    sites = gpd.GeoDataFrame(
        {"site_id": np.arange(len(aims))}, geometry=aims["geometry"].to_numpy(), crs=world.alleys.crs
    )
    poles = candidates.as_cameras(sites, world.lens).assign(heading_deg=aims["heading_deg"].to_numpy())
    found = fields_of_view(
        poles, world.buildings, classes=[density_class], defaults=world.lens, ground=world.ground
    )
    certain = found[found["sight"].eq("certain")].set_index("camera_id").geometry.to_crs(4326)
    shapes = shapely.set_precision(certain.reindex(range(len(aims))).to_numpy(), 1e-7)
    return [None if shape is None or shape.is_empty else json.loads(to_geojson(shape)) for shape in shapes]
