"""Where in the district: ladders and shares by dong of alleys, safe ways home, child zones and hazard zones; how evenly.

Gauge in, JSON-ready rows out. No database here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.figures import Gauge, Row
from app.ranges import UNKNOWN, number, ranged, reason
from app.risk import CHILDREN, areas_of
from app.value_figures import blocked
from spatial import coverage, demand, redundancy, samples
from spatial.equity import gini
from spatial.optics import LADDER
from spatial.sightings import Sightings, sightings

ROUTES = "safe_routes"
THEMES = ("alleys", "routes", "children", "flood", "wildfire")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a theme is measured on: sample points with weight, which of them count, and the frame's Gauge theme.

    theme  under which the Gauge keeps the sightings; None for points of their own
    counts (points,) whether a point belongs
    unit   m or m2
    """

    points: gpd.GeoDataFrame
    counts: NDArray[np.bool_]
    unit: str
    theme: str | None


class Places:
    """The themes of one run, their points and sightings made once."""

    def __init__(self, gauge: Gauge, layers: dict[str, gpd.GeoDataFrame]) -> None:
        self.gauge, self.layers = gauge, layers
        self._found: dict[tuple[str, str], Sightings] = {}
        self._ground: dict[str, Ground | None] = {}

    def ground(self, theme: str) -> Ground | None:
        """Return what a theme is measured on, None where nothing of it is loaded."""
        if theme not in self._ground:
            self._ground[theme] = _ground(self, theme)
        return self._ground[theme]

    def found(self, theme: str, density_class: str) -> Sightings:
        """Return who sees the points of a theme."""
        ground = self.ground(theme)
        if ground is None or ground.theme is not None:
            return self.gauge.found((ground.theme if ground else None) or theme, density_class)
        if (theme, density_class) not in self._found:
            world = self.gauge.world
            self._found[theme, density_class] = sightings(
                ground.points,
                world.fields,
                world.cameras,
                density_class=density_class,
                beliefs=self.gauge.beliefs,
            )
        return self._found[theme, density_class]

    def weights(self, theme: str) -> Floats:
        """Return the weight (points,) of a theme; 0 for points that do not belong."""
        ground = self.ground(theme)
        if ground is None:
            return np.zeros(0)
        return np.where(ground.counts, ground.points["weight"].to_numpy(dtype=np.float64), 0.0)


def _ground(places: Places, theme: str) -> Ground | None:
    world = places.gauge.world
    if theme in ("alleys", "children"):
        if world.alleys.empty:
            return None
        points = places.gauge.points("alleys")
        if theme == "alleys":
            return Ground(points, np.ones(len(points), dtype=bool), "m", "alleys")
        zones = places.layers[CHILDREN]
        if zones.empty:
            return None
        return Ground(points, demand.inside(points, areas_of(zones)) > 0.0, "m", "alleys")
    if theme == "routes":
        points = route_points(places.layers[ROUTES], step_m=places.gauge.sampling.alley_step_m)
        return Ground(points, np.ones(len(points), dtype=bool), "m", None) if len(points) else None
    mine = world.zones[world.zones["kind"] == theme]["zone_id"]
    if mine.empty:
        return None
    points = places.gauge.points("zones")
    return Ground(points, points["zone_id"].isin(mine).to_numpy(), "m2", "zones")


def route_points(lines: gpd.GeoDataFrame, *, step_m: float) -> gpd.GeoDataFrame:
    """Return sample points along the lines of a layer, as `samples.sample_alleys` makes them; other shapes have none."""
    parts = lines[["geometry"]].explode(ignore_index=True)
    parts = parts[parts.geom_type == "LineString"].reset_index(drop=True)
    return samples.sample_alleys(parts.assign(alley_id=np.arange(len(parts))), step_m=step_m)


def ladders(places: Places) -> list[Row]:
    """Return for each theme its size and the share seen at each class; a theme of which nothing is loaded has none."""
    if blocked(places.gauge):
        return []
    return [
        {
            "theme": theme,
            "size": round(float(places.weights(theme).sum()), 1),
            "unit": ground.unit,
            "ladder": [{"class": rung, **_share(places, theme, rung)} for rung in LADDER],
        }
        for theme, ground in _loaded(places)
    ]


def _loaded(places: Places) -> Iterator[tuple[str, Ground]]:
    for theme in THEMES:
        if (ground := places.ground(theme)) is not None:
            yield theme, ground


def _share(places: Places, theme: str, density_class: str) -> Row:
    found, weights = places.found(theme, density_class), places.weights(theme)
    return ranged(coverage.share(found, weights, places.gauge.headings)) if weights.sum() > 0.0 else UNKNOWN


def by_dong(places: Places) -> list[Row]:
    """Return for each dong what each theme has there and which share is seen, at the run's class.

    A theme that has nothing in a dong has size 0 there and no share.
    """
    world, gauge = places.gauge.world, places.gauge
    if blocked(gauge) or world.dong.empty:
        return []
    told: dict[str, Row] = {str(code): {"code": str(code)} for code in world.dong["code"]}
    for theme, ground in _loaded(places):
        dong = samples.groups_of(ground.points, world.dong, key="code").where(ground.counts)
        found, weights = places.found(theme, gauge.density_class), places.weights(theme)
        table = coverage.shares_by(found, weights, gauge.headings, by=dong)
        for code, row in told.items():
            row[theme] = _cell(table[table.index == code], ground.unit)
    return list(told.values())


def _cell(found: pd.DataFrame, unit: str) -> Row:
    """Return the share of one dong from the row of its own, where there is one."""
    if found.empty:
        return {"size": 0.0, "unit": unit, "share": None, "low": None, "high": None}
    row = found.iloc[0]
    shares = {name: number(row[name]) for name in ("share", "low", "high")}
    return {"size": round(float(row["weight"]), 1), "unit": unit, **shares}


def equity(places: Places) -> Row:
    """Return how evenly alleys are seen over the dong, and which dong stay behind.

    Returns  gini with low and high; `ratio`, the most over the least seen (None where the least is 0); `share` of all;
             `dong`: code, length_m, share, low, high, incidents, per_km, gap_m and `behind` (its interval lies below
             the share of the district) and `busy` (more incidents per km than the district); `per_km` of all.
             A reason_code when it cannot be said.
    """
    gauge, world = places.gauge, places.gauge.world
    if (code := blocked(gauge)) or world.dong.empty:
        return {"dong": [], **reason(code or "no_boundary")}
    points = gauge.points("alleys")
    dong = samples.groups_of(points, world.dong, key="code")
    members, codes = coverage.memberships(points["weight"].to_numpy(), dong)
    found = gauge.found("alleys")
    drawn = coverage.seen_by_draw(found, members, gauge.headings)[0]
    table = coverage.share_rows(found, members, drawn).set_axis(codes, axis=0)
    metres = table["weight"].to_numpy()
    expected = float(gini(table["share"].to_numpy()[np.newaxis], metres)[0])
    low, high = redundancy.interval(gini(drawn / metres, metres), expected=expected)
    whole = float(table["seen"].sum() / metres.sum())
    rows = _behind(places, table, whole)
    shares = [row["share"] for row in rows if row["share"] is not None]
    least = min(shares, default=0.0)
    return {
        "gini": number(expected),
        "low": number(low),
        "high": number(high),
        "ratio": round(max(shares) / least, 2) if least > 0.0 else None,
        "share": number(whole),
        "per_km": _per_km(sum(row["incidents"] for row in rows), float(metres.sum())),
        "dong": rows,
    }


def _behind(places: Places, table: pd.DataFrame, whole: float) -> list[Row]:
    world = places.gauge.world
    where = samples.groups_of(world.incidents, world.dong, key="code")
    calls = where.value_counts()
    unseen = ~places.gauge.found("alleys").possibly_seen()
    points = places.gauge.points("alleys")
    gap_m = (
        points["weight"].where(unseen, 0.0).groupby(samples.groups_of(points, world.dong, key="code")).sum()
    )
    per_km = _per_km(int(calls.sum()), float(table["weight"].sum()))
    rows = []
    for code, row in table.iterrows():
        here = _per_km(int(calls.get(code, 0)), float(row["weight"]))
        rows.append(
            {
                "code": str(code),
                "length_m": round(float(row["weight"]), 1),
                **{name: number(row[name]) for name in ("share", "low", "high")},
                "incidents": int(calls.get(code, 0)),
                "per_km": here,
                "gap_m": round(float(gap_m.get(code, 0.0)), 1),
                "behind": bool(row["high"] < whole),
                "busy": here is not None and per_km is not None and here > per_km,
            }
        )
    return rows


def _per_km(count: int, length_m: float) -> float | None:
    return round(count / length_m * 1000.0, 1) if length_m > 0.0 else None


def incidents_by_class(gauge: Gauge) -> list[Row]:
    """Return how many incidents of each class happened, and how many of them in sight (expected), the most first."""
    world = gauge.world
    if world.incidents.empty or world.cameras.empty or world.buildings.empty:
        return []
    code = world.incidents["class_code"].astype(object).where(world.incidents["class_code"].notna(), "")
    found = gauge.found("incidents")
    table = coverage.shares_by(found, np.ones(len(world.incidents)), gauge.headings, by=code.to_numpy())
    names = world.incidents.assign(code=code).groupby("code")["class_name"].first()
    rows = [
        {
            "class_code": str(each) or None,
            "class_name": None if pd.isna(names[each]) else str(names[each]),
            "n": int(row["weight"]),
            "seen": round(float(row["seen"]), 1),
            **{name: number(row[name]) for name in ("share", "low", "high")},
        }
        for each, row in table.iterrows()
    ]
    return sorted(rows, key=lambda row: (-row["n"], row["class_code"] or ""))
