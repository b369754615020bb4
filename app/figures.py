"""The figures of a district as at one date: frames in, the JSON-ready answer of `coverage` out. No database here.

Each share stands with its denominator and range; what cannot be said is null, with the reason beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app import aim_figures, lens_figures, night_figures, purpose_figures
from app.gap_rows import gap_rows
from app.network_figures import network
from app.ranges import UNKNOWN as _UNKNOWN
from app.ranges import number as _number
from app.ranges import ranged, reason
from app.risk import alley_risk, basis_of
from app.world import Sampling, World
from spatial import coverage, samples
from spatial.beliefs import Headings, draw
from spatial.gaps import gaps as find_gaps
from spatial.optics import LADDER
from spatial.sightings import Sightings, sightings
from spatial.types import Share

Progress = Callable[[str, int, int], None]
# JSON-ready values: what is in them is the contract of the command `coverage`.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer and, for the store, the gaps with their lines (metric CRS) and the headline of each draw.

    by_draw  (draws,) share of alleys seen, to 6 digits, empty where the share is not known: two days differ by the
             paired difference of their draws
    """

    answer: Row
    gaps: gpd.GeoDataFrame
    by_draw: list[float]


def measure(world: World, density_class: str, *, sampling: Sampling, progress: Progress) -> Measured:
    """Compute every figure of `coverage` for one density class, the ladder beside it."""
    gauge = Gauge(world, density_class, sampling)
    answer: Row = {
        "class": density_class,
        "at": world.at.isoformat(),
        **network(world.cameras, world.fields, world.buildings),
    }
    steps: tuple[tuple[str, Callable[[], Row]], ...] = (
        ("alleys", lambda: _alley_figures(gauge)),
        ("area", lambda: {"area": _area(gauge)}),
        ("incidents", lambda: {"incidents": _incidents(gauge)}),
        ("zones", lambda: {"zones": _zones(gauge)}),
        ("agencies", lambda: {"agencies": _agencies(gauge)}),
        (
            "purposes",
            lambda: {"purposes": purpose_figures.purposes(gauge, blocked=_blocked_alleys(world))},
        ),
        ("night", lambda: {"night": night_figures.night(gauge, blocked=_blocked_alleys(world))}),
        ("aims", lambda: {"aims": aim_figures.aims(gauge, blocked=_blocked_alleys(world))}),
        ("lenses", lambda: lens_figures.lenses(gauge, blocked=_blocked_alleys(world))),
    )
    for done, (_, step) in enumerate(steps):
        progress("Coverage", done, len(steps) + 1)
        answer |= step()
    found_gaps = _gaps(gauge)
    names = named_alleys(world.alleys)["name"]
    answer |= {"buffer50m": _circles(gauge, answer), "gaps": gap_rows(found_gaps, names, world.dong)}
    answer["load_next"] = _load_next(world)
    progress("Coverage", 1, 1)
    # Gaps are ranked, told and kept by the risk of the whole stretch: its mean risk times its metres.
    by_draw = [] if answer["alleys"]["share"] is None else gauge.drawn("alleys").round(6).tolist()
    return Measured(answer, found_gaps.assign(risk=found_gaps["risk_m"]), by_draw)


class Gauge:
    """Sample points and who sees them, each made once and kept while the figures of one run are taken."""

    def __init__(self, world: World, density_class: str, sampling: Sampling) -> None:
        self.world, self.density_class, self.sampling = world, density_class, sampling
        self.beliefs = aim_figures.beliefs(world)
        self.headings: Headings = draw(self.beliefs, draws=sampling.draws, seed=sampling.seed)
        self._points: dict[str, gpd.GeoDataFrame] = {}
        self._found: dict[tuple[str, str], Sightings] = {}
        self._drawn: dict[tuple[str, str], NDArray[np.float64]] = {}

    def points(self, theme: str) -> gpd.GeoDataFrame:
        if theme not in self._points:
            self._points[theme] = self._sample(theme)
        return self._points[theme]

    def found(self, theme: str, density_class: str | None = None) -> Sightings:
        wanted = density_class or self.density_class
        if (theme, wanted) not in self._found:
            world = self.world
            self._found[theme, wanted] = sightings(
                self.points(theme),
                world.fields,
                world.cameras,
                density_class=wanted,
                beliefs=self.beliefs,
                kept=world.kept,
            )
        return self._found[theme, wanted]

    def drawn(self, theme: str, density_class: str | None = None) -> NDArray[np.float64]:
        key = theme, density_class or self.density_class
        if key not in self._drawn:
            weights = self.points(theme)["weight"].to_numpy()
            self._drawn[key] = coverage.shares_by_draw(self.found(*key), weights, self.headings)
        return self._drawn[key]

    def share(self, theme: str, density_class: str | None = None) -> Share:
        found, drawn = self.found(theme, density_class), self.drawn(theme, density_class)
        return coverage.share_of_draws(found, self.points(theme)["weight"].to_numpy(), drawn)

    def _sample(self, theme: str) -> gpd.GeoDataFrame:
        world = self.world
        grid = {"step_m": self.sampling.area_step_m, "open_to": world.buildings, "kept": world.open_ground}
        if theme == "alleys":
            return samples.sample_alleys(world.alleys, step_m=self.sampling.alley_step_m)
        if theme == "area":
            return samples.sample_area(world.district, **grid)
        if theme == "incidents":
            return samples.weigh_alike(world.incidents)
        return samples.sample_area(world.zones, **grid, key="zone_id")


def _unknown(code: str) -> Row:
    """Return a share that cannot be said, with the reason as code and as sentence."""
    return {**_UNKNOWN, **reason(code)}


def _blocked_by(world: World) -> str:
    return "no_cameras" if world.cameras.empty else "no_buildings"


def _blocked_alleys(world: World) -> str | None:
    """Return the code of what keeps the share of alleys from being said, None for nothing."""
    if world.alleys.empty:
        return "no_streets"
    return _blocked_by(world) if world.buildings.empty or world.cameras.empty else None


def _alley_figures(gauge: Gauge) -> Row:
    world = gauge.world
    if code := _blocked_alleys(world):
        alleys = {"length_m": _total(world.alleys.length), "seen_m": None, **_unknown(code)}
        ladder = [{"class": rung, **_UNKNOWN} for rung in LADDER]
        return {"alleys": alleys, "ladder": ladder, "by_dong": [], "k_fold": []}
    length_m = _total(gauge.points("alleys")["weight"])
    seen = ranged(gauge.share("alleys"))
    alleys = {
        "length_m": length_m,
        "seen_m": round(length_m * seen["share"], 1),
        **seen,
        "sections": len(world.alleys),
    }
    ladder = [{"class": rung, **ranged(gauge.share("alleys", rung))} for rung in LADDER]
    return {"alleys": alleys, "ladder": ladder, "by_dong": _by_dong(gauge), "k_fold": _k_fold(gauge)}


def _by_dong(gauge: Gauge) -> list[Row]:
    world, points = gauge.world, gauge.points("alleys")
    if world.dong.empty:
        return []
    names = world.dong.set_index("code")[["name_ko", "name_en"]]
    dong = samples.groups_of(points, world.dong, key="code")
    table = coverage.shares_by(gauge.found("alleys"), points["weight"].to_numpy(), gauge.headings, by=dong)
    return [
        {
            "code": code,
            **_names(names.loc[code]),
            "length_m": round(float(row["weight"]), 1),
            **_ranged_row(row),
        }
        for code, row in table.iterrows()
    ]


def _k_fold(gauge: Gauge) -> list[Row]:
    weights = gauge.points("alleys")["weight"].to_numpy()
    table = coverage.k_fold(gauge.found("alleys"), weights, gauge.headings)
    columns = ("share", "low", "high")
    return [
        {"at_least": int(k), **{c: _number(row[c]) for c in columns}}
        for k, row in zip(table.index.tolist(), table.to_dict("records"), strict=True)
    ]


def _area(gauge: Gauge) -> Row:
    world = gauge.world
    if world.district.empty:
        return {"open_m2": None, "covered_m2": None, **_unknown("no_boundary")}
    open_m2 = _total(gauge.points("area")["weight"])
    if world.buildings.empty or world.cameras.empty:
        return {"open_m2": open_m2, "covered_m2": None, **_unknown(_blocked_by(world))}
    seen = ranged(gauge.share("area"))
    return {"open_m2": open_m2, "covered_m2": round(open_m2 * seen["share"], 1), **seen}


def _incidents(gauge: Gauge) -> Row:
    n = len(gauge.world.incidents)
    if not n or gauge.world.buildings.empty or gauge.world.cameras.empty:
        return {"n": n, "seen": None, **_UNKNOWN}
    seen = ranged(gauge.share("incidents"))
    return {"n": n, "seen": round(n * seen["share"], 1), **seen}


def _zones(gauge: Gauge) -> list[Row]:
    world = gauge.world
    if world.zones.empty:
        return []
    points = gauge.points("zones")
    shares = pd.DataFrame(index=world.zones["zone_id"])
    if not (world.buildings.empty or world.cameras.empty):
        weights = points["weight"].to_numpy()
        shares = coverage.shares_by(gauge.found("zones"), weights, gauge.headings, by=points["zone_id"])
    # A zone that lies under roofs altogether has no open ground to see: its share is unknown, not 0.
    shares = shares.reindex(world.zones["zone_id"])
    open_m2 = points.groupby("zone_id")["weight"].sum()
    watchers = _watchers(gauge) if len(shares.columns) else None
    return [
        {
            "zone_id": int(zone.zone_id),
            "kind": zone.kind,
            "level": None if pd.isna(zone.level) else int(zone.level),
            "name": zone.name,
            "name_en": zone.name_en,
            "area_m2": round(float(zone.geometry.area), 1),
            "open_m2": round(float(open_m2.get(zone.zone_id, 0.0)), 1),
            **(_ranged_row(shares.loc[zone.zone_id]) if len(shares.columns) else _UNKNOWN),
            "cameras": None if watchers is None else watchers.get(zone.zone_id, _NO_CAMERA),
        }
        for zone in world.zones.itertuples(index=False)
    ]


_NO_CAMERA: Row = {"certain": 0, "possible": 0}


def _watchers(gauge: Gauge) -> dict[int, Row]:
    """Return by zone how many cameras certainly see some of its open ground, and how many more may."""
    found, zone = gauge.found("zones"), gauge.points("zones")["zone_id"].to_numpy()
    sure, may = (set(zip(zone[p.point], p.camera, strict=True)) for p in (found.certain, found.possible))
    counts = {int(each): {"certain": 0, "possible": 0} for each in zone}
    for code, seen in (("certain", sure), ("possible", may - sure)):
        for each, _ in seen:
            counts[int(each)][code] += 1
    return counts


def _agencies(gauge: Gauge) -> list[Row]:
    """Give each agency alone against all together: the dividend of integration."""
    world = gauge.world
    if world.cameras.empty:
        return []
    rows = [_alone(gauge, agency, ids) for agency, ids in world.cameras.groupby("agency")["camera_id"]]
    rows.sort(key=lambda row: -row["cameras"])
    return rows


def _alone(gauge: Gauge, agency: str, camera_ids: pd.Series) -> Row:
    world = gauge.world
    row: Row = {"agency": agency, "cameras": len(camera_ids), "alone": None, "low": None, "high": None}
    row |= {"flood_alone": None, "wildfire_alone": None}
    if world.buildings.empty:
        return row
    if not world.alleys.empty:
        found = gauge.found("alleys").only(camera_ids)
        share = ranged(coverage.share(found, gauge.points("alleys")["weight"].to_numpy(), gauge.headings))
        row |= {"alone": share["share"], "low": share["low"], "high": share["high"]}
    if not world.zones.empty:
        for kind, seen in _zone_kinds(gauge, gauge.found("zones").only(camera_ids)).items():
            row[f"{kind}_alone"] = seen
    return row


def _zone_kinds(gauge: Gauge, found: Sightings) -> dict[str, float | None]:
    points = gauge.points("zones")
    kind = points["zone_id"].map(gauge.world.zones.set_index("zone_id")["kind"])
    table = coverage.shares_by(found, points["weight"].to_numpy(), gauge.headings, by=kind)
    return {str(name): _number(row["share"]) for name, row in table.iterrows()}


def _circles(gauge: Gauge, answer: Row) -> Row:
    """Give the 50 m circle figure, what others do, and how many times it claims what is really seen."""
    world = gauge.world
    theme, of = ("alleys", "alley length") if not world.alleys.empty else ("area", "open ground")
    if world.cameras.empty or (theme == "area" and world.district.empty):
        return {"share": None, "overstates": None, "of": of, "radius_m": 50}
    claimed = coverage.buffer_share(gauge.points(theme), world.cameras)
    seen = answer[theme]["share"]
    over = round(claimed / seen, 3) if seen else None
    return {"share": _number(claimed), "overstates": over, "of": of, "radius_m": 50}


def _gaps(gauge: Gauge) -> gpd.GeoDataFrame:
    world = gauge.world
    if world.alleys.empty or world.buildings.empty:
        return gpd.GeoDataFrame(
            {"alley_id": [], "length_m": [], "risk": [], "risk_m": []}, geometry=[], crs=world.cameras.crs
        )
    points = gauge.points("alleys")
    seen = np.zeros(len(points), dtype=bool)
    if not world.cameras.empty:
        seen = gauge.found("alleys").possibly_seen()
    return find_gaps(points, seen, world.alleys, risk=risk_along(points, world))


def risk_along(points: gpd.GeoDataFrame, world: World) -> NDArray[np.float64]:
    """Return the risk (n,), 0..1, of sample points along the world's alleys, from all that is loaded."""
    return alley_risk(points, basis_of(world))


def named_alleys(alleys: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return name (None where there is none) and width_m of each alley, by alley_id."""
    table: pd.DataFrame = alleys.set_index("alley_id")[["name", "width_m"]]
    return table.assign(name=table["name"].astype(object).where(table["name"].notna(), None))


def _load_next(world: World) -> list[str]:
    """Return the codes of what is missing, the most telling first; `words` holds their sentences."""
    headings = world.cameras["heading_deg"].notna().sum() if len(world.cameras) else 0
    wanted = (
        (world.cameras.empty, "cameras"),
        (world.district.empty, "boundaries"),
        (world.buildings.empty, "buildings"),
        (world.alleys.empty, "streets"),
        (headings == 0, "survey"),
        (world.incidents.empty and not world.incidents_loaded, "incidents"),
        (world.zones.empty, "zones"),
        (world.lamps.empty, "lamps"),
    )
    return [code for missing, code in wanted if missing]


def _ranged_row(row: pd.Series) -> Row:
    return {name: _number(row[name]) for name in ("share", "low", "high", "certain", "possible")}


def _names(row: pd.Series) -> Row:
    return {"name_ko": row["name_ko"], "name_en": row["name_en"]}


def _total(lengths: pd.Series) -> float:
    return round(float(lengths.sum()), 1)
