"""What a plan says of each aim it chose: what is done there, place, view, gain, and what comes into sight by it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.plan_facts import Facts
from app.plan_views import as_geojson, hfov_deg, lenses_of, views
from app.world import World

Floats = NDArray[np.float64]
Level = Literal["high", "middle", "low"]

# Risk has no unit: it is high among the upper fifth of the district's metres, low among the lower two fifths.
_LOW, _HIGH = 0.4, 0.8


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
        metres = float(self.metres[at].sum())
        mean = float(self.risk[at].sum()) / metres if metres else 0.0
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

    aims     camera_id, heading_deg, geometry (the mount) and fresh: positions in `wanted.points` that it sees first.
             And, where there are such columns:
             lens    height_m, tilt_deg, focal_mm, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, max_range_m; NaN and
                     no column: as the district assumes
             act     new | turn | move | remove (no column: new); camera_key of the camera that stands already, else None
             again   positions that it sees as a second camera; lost: those that the camera saw and that nobody sees then
             pole_won, power_won, fibre_won, camera_won, place, model, plots_m2, facades, ground, consultation: told as given
    Returns  lat, lon, heading_deg, gain (share 0..1 of the risk), metres (of streets), alley, view (GeoJSON, EPSG:4326;
             None of what is taken down), act, camera_key, was (lat, lon, heading_deg of that camera, or None), height_m,
             tilt_deg, hfov_deg, calls_unseen, and reason: a code with its numbers (`app.plan_facts`), `app.phrases_site`
             holds the sentence; price, price_won, place, model, intrusion, ground and consultation where they are given
    """
    if aims.empty:
        return []
    acts = aims["act"].to_numpy() if "act" in aims else np.full(len(aims), "new")
    lenses = lenses_of(aims, world.lens)
    seen = views(world, aims.assign(**lenses), density_class=density_class, nothing=acts == "remove")
    facts = Facts(world, wanted.points, seen, density_class=density_class, level=wanted.level)
    places = gpd.GeoSeries(aims["geometry"].to_numpy(), crs=world.alleys.crs).to_crs(4326)
    total, drawn = float(wanted.risk.sum()), as_geojson(seen)
    rows = []
    for n, (row, point, act) in enumerate(zip(aims.to_dict("records"), places, acts, strict=True)):
        fresh = np.asarray(row["fresh"], dtype=np.int64)
        reason = facts.reason(n, fresh, act=str(act), again=row.get("again"), lost=row.get("lost"))
        rows.append(
            {
                "lat": round(point.y, 7),
                "lon": round(point.x, 7),
                "heading_deg": float(row["heading_deg"]),
                "gain": round(float(wanted.unseen[fresh].sum()) / total, 6) if total else 0.0,
                "metres": facts.metres(fresh),
                "alley": reason["alley"],
                "reason": reason,
                "view": drawn[n],
                "act": str(act),
                "camera_key": _said(row.get("camera_key")),
                "was": _was(world, row.get("camera_key")),
                **{name: round(float(lenses[name].iloc[n]), 2) for name in ("height_m", "tilt_deg")},
                "hfov_deg": hfov_deg(lenses.iloc[n]),
                "calls_unseen": reason["calls_unseen"],
                **_given(row),
            }
        )
    return rows


def _given(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Return what the aims bring along: prices in won, kind of place, lens model, intrusion, ground, consultation."""
    told = {name: _said(row[name]) for name in ("place", "model", "ground", "consultation") if name in row}
    if all(f"{part}_won" in row for part in PRICE_PARTS):
        parts = {part: row[f"{part}_won"] for part in PRICE_PARTS}
        # What is done with a camera that hangs already has one price, not that of pole, lines and camera.
        whole = not any(pd.isna(won) for won in parts.values())
        price = {part: round(float(won)) for part, won in parts.items()} if whole else None
        told |= {"price": price} | ({} if price is None else {"price_won": sum(price.values())})
    if "plots_m2" in row:
        facades = _said(row.get("facades"))
        told["intrusion"] = {
            "plots_m2": None if pd.isna(row["plots_m2"]) else round(float(row["plots_m2"]), 1),
            "facades": None if facades is None else int(facades),
        }
    return told


PRICE_PARTS = ("pole", "power", "fibre", "camera")


def _was(world: World, key: object) -> dict[str, Any] | None:
    """Return where the camera of a key stands and looks today, None for none."""
    if _said(key) is None:
        return None
    found = world.cameras[world.cameras["camera_key"].eq(key)]
    if found.empty:
        return None
    point = found.geometry.to_crs(4326).iloc[0]
    heading = _said(found["heading_deg"].iloc[0])
    return {
        "lat": round(point.y, 7),
        "lon": round(point.x, 7),
        "heading_deg": None if heading is None else float(heading),
    }


def _said(value: Any) -> Any:
    """Return a cell of a frame as JSON has it: what is missing is None. Any: a cell holds anything."""
    return None if value is None or pd.isna(value) else value
