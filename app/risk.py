"""The risk of a place, layer by layer, from what the district has loaded and the weights that it set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.world import World
from etl.risk_rules import RiskRules
from spatial import demand
from spatial.density import density_per_km2
from spatial.lawful_layers import require_lawful
from spatial.reference import Reference
from spatial.smoothed_rates import smoothed_rates

# The Korean child zone reaches 300 m from a school's main gate (Road Traffic Act, Article 12).
CHILD_ZONE_M = 300.0
CHILDREN = "child_zones"
COMPLAINTS = "complaints"
SAFE_ROUTES = "safe_routes"
POPULATION = "population"
# What is read of the added layers.
ADDED = (CHILDREN, COMPLAINTS, SAFE_ROUTES, POPULATION)
# A safe way home is drawn along the middle of its street.
_ROUTE_M = 10.0
# A call is one of the nearest street's, unless that lies farther than a house is deep.
_STREET_M = 50.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Basis:
    """What risk is computed from: frames in one metric CRS, weights by layer, and how it is scaled.

    incidents   of 12 months; lamps; layers: added ones by name, those of ADDED are used
    zones       kind (flood, wildfire) and areas; district: where calls are recorded, None where it is not known
    references  what layers are scaled by; a layer that has none is scaled by this run's own quantiles
    zone        the district's clock, for hours
    loads       file_name and day of the last load of each source
    """

    alleys: gpd.GeoDataFrame
    incidents: gpd.GeoDataFrame
    lamps: gpd.GeoDataFrame
    layers: Mapping[str, gpd.GeoDataFrame]
    weights: Mapping[str, float]
    zones: gpd.GeoDataFrame | None = None
    district: gpd.GeoDataFrame | None = None
    references: Mapping[str, Reference] = field(default_factory=dict)
    rules: RiskRules = field(default_factory=RiskRules)
    zone: tzinfo = UTC
    loads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """A layer before it is weighed: its values, how many rows it is of, and from which source.

    values     (n,) in 0..1, or where `method` says how they were taken, in a unit that a reference scales
    reference  may be scaled by a frozen one; False: a choice of classes or hours has no frozen reference
    """

    values: Floats
    rows: int
    source: str
    method: str | None = None
    reference: bool = True


@dataclass(frozen=True, slots=True)
class RiskLayers:
    """The layers that make up a risk, in the order of the district's weights.

    values   (layers, n) in 0..1
    weights  (layers,) shares of the risk; they add up to 1, unless no layer weighs anything
    facts    a row a layer: layer, weight, rows, date (ISO), dated ("file": the day it describes, "load": it names none,
             so that of its load), source (file's name), reference (low, high, frozen_at,
             base_from, base_to; None where this run's own quantiles were taken, or where the layer needs none), scaled
             ("frozen" | "run" | "fixed"), capped (its weight was cut to the most that the district allows)
    without  layers that have a weight and no rows: the others grow in proportion
    """

    names: tuple[str, ...]
    values: Floats
    weights: Floats
    facts: tuple[dict[str, Any], ...]
    without: tuple[str, ...]

    def total(self) -> Floats:
        """Return the risk (n,), 0..1: the weighted mean; 1 everywhere where nothing weighs anything."""
        if not self.weights.sum() > 0.0:
            return np.ones(self.values.shape[1])
        values = dict(zip(self.names, self.values, strict=True))
        return demand.risk(values, dict(zip(self.names, self.weights.tolist(), strict=True)))


def basis_of(world: World) -> Basis:
    """Return what risk is computed from in a world."""
    return Basis(
        alleys=world.alleys,
        incidents=world.incidents,
        lamps=world.lamps,
        layers=world.layers,
        weights=world.weights,
        zones=world.zones,
        district=world.district,
        references=world.references,
        rules=world.risk_rules,
        zone=world.zone,
        loads=world.loads,
    )


def alley_risk(points: gpd.GeoDataFrame, basis: Basis) -> Floats:
    """Return the risk (n,), 0..1, of sample points along alleys or in zones: a judgement by the district's weights."""
    return layers(points, basis).total()


def layers_of(
    points: gpd.GeoDataFrame,
    world: World,
    *,
    classes: Collection[str] | None = None,
    hours: Collection[int] | None = None,
    references: Mapping[str, Reference] | None = None,
) -> RiskLayers:
    """Return the layers of risk at sample points.

    points      alley_id (missing for a point in a zone), weight and the point
    classes     codes of incidents that count; None: all
    hours       hours 0..23 on the district's clocks whose incidents count; None: all
    references  in place of the world's
    Raises      TellsPeopleApart for a weight of a layer by nationality; OutOfRange for weights below zero
    """
    basis = basis_of(world)
    taken = basis if references is None else replace(basis, references=references)
    return layers(points, taken, classes=classes, hours=hours)


def layers(
    points: gpd.GeoDataFrame,
    basis: Basis,
    *,
    classes: Collection[str] | None = None,
    hours: Collection[int] | None = None,
) -> RiskLayers:
    """Return the layers of risk at sample points from a basis, as `layers_of`."""
    require_lawful(basis.weights)
    wanted = {name: weight for name, weight in basis.weights.items() if weight > 0.0}
    found = raw_layers(points, basis, wanted, classes=classes, hours=hours)
    metres = _metres(points)
    scaled = {name: _scaled(raw, name, metres, basis) for name, raw in found.items()}
    weights, capped = _shares({name: wanted[name] for name in found}, basis.rules.complaints_most)
    facts = [
        _fact(name, raw, basis, how=scaled[name][1])
        | {"weight": round(weights[name], 6), "capped": name in capped}
        for name, raw in found.items()
    ]
    values = [scaled[name][0] for name in found]
    return RiskLayers(
        names=tuple(found),
        values=np.stack(values) if values else np.zeros((0, len(points))),
        weights=np.array([weights[name] for name in found], dtype=np.float64),
        facts=tuple(facts),
        without=tuple(name for name in wanted if name not in found),
    )


def raw_layers(
    points: gpd.GeoDataFrame,
    basis: Basis,
    wanted: Collection[str],
    *,
    classes: Collection[str] | None = None,
    hours: Collection[int] | None = None,
) -> dict[str, Raw]:
    """Return the layers wanted that have rows, unscaled, in the order wanted; a name that is no layer of ours has none."""
    chosen = chosen_incidents(basis, classes=classes, hours=hours)
    whole = classes is None and hours is None
    found = {}
    for name in wanted:
        if take := _TAKEN.get(name):
            raw = take(points, replace(basis, incidents=chosen))
            if raw is not None and raw.rows:
                choice = name in _OF_INCIDENTS and not whole
                found[name] = replace(raw, reference=not choice)
    return found


def chosen_incidents(
    basis: Basis, *, classes: Collection[str] | None, hours: Collection[int] | None
) -> gpd.GeoDataFrame:
    """Return the incidents of some classes and hours; None takes all."""
    found = basis.incidents
    if classes is not None and len(found):
        found = found[found["class_code"].isin(list(classes))]
    if hours is not None and len(found):
        local = pd.to_datetime(found["occurred_at"], utc=True).dt.tz_convert(basis.zone)
        found = found[local.dt.hour.isin(list(hours)).to_numpy()]
    return found


def areas_of(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the zones as areas: a point stands for the zone round it."""
    points = zones.geom_type.isin(("Point", "MultiPoint"))
    return zones.set_geometry(zones.geometry.where(~points, zones.geometry.buffer(CHILD_ZONE_M)))


def layer_names() -> tuple[str, ...]:
    """Return every layer that risk can be made of."""
    return tuple(_TAKEN)


def _street(points: gpd.GeoDataFrame, basis: Basis, column: str) -> pd.Series:
    """Return a column of the street of each point; missing for a point in a zone."""
    by_street: pd.Series = basis.alleys.set_index("alley_id")[column]
    return by_street.reindex(_alley(points))


def _metres(points: gpd.GeoDataFrame) -> Floats:
    """Return the metres of street of each point (n,): a zone's square metres are no street, and scale nothing."""
    metres: Floats = points["weight"].to_numpy(dtype=np.float64)
    street = ~np.isnan(_alley(points))
    return np.where(street, metres, 0.0) if street.any() else metres


def _alley(points: gpd.GeoDataFrame) -> Floats:
    """Return the number of each point's street, NaN for a point in a zone."""
    return np.asarray(points["alley_id"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan))


def _narrow(points: gpd.GeoDataFrame, basis: Basis) -> Raw:
    width_m = np.asarray(_street(points, basis, "width_m").astype("float64"))
    # A point in a zone stands in no alley: it is no narrow one.
    values = np.where(points["alley_id"].isna(), 0.0, demand.narrowness(width_m))
    return Raw(values, int(basis.alleys["width_m"].notna().sum()), "juso")


def _dark(points: gpd.GeoDataFrame, basis: Basis) -> Raw:
    lit = np.asarray(_street(points, basis, "lit").astype(object))
    values = demand.darkness(points, lit, basis.lamps)
    return Raw(values, len(basis.lamps) or int(basis.alleys["lit"].notna().sum()), "lamps")


def _incidents(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    return _dense(points, basis, basis.incidents, source="incidents") if len(basis.incidents) else None


def _rates(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    if not len(basis.incidents):
        return None
    counts = demand.counts_by_street(basis.alleys, basis.incidents, within_m=_STREET_M)
    rates = smoothed_rates(counts, basis.alleys.length.to_numpy() / 1000.0)
    by_street = pd.Series(rates, index=basis.alleys["alley_id"].to_numpy())
    values = np.nan_to_num(np.asarray(by_street.reindex(_alley(points)), dtype=np.float64))
    return Raw(values, len(basis.incidents), "incidents", f"per km, nearest street within {_STREET_M:g} m")


def _complaints(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    found = basis.layers.get(COMPLAINTS)
    if found is None or found.empty:
        return None
    return _dense(points, basis, found, source=f"layer {COMPLAINTS}", weights=found["weight"].to_numpy())


def _dense(
    points: gpd.GeoDataFrame,
    basis: Basis,
    places: gpd.GeoDataFrame,
    *,
    source: str,
    weights: Floats | None = None,
    bandwidth_m: float | None = None,
) -> Raw:
    reach_m = bandwidth_m or basis.rules.bandwidth_m
    values = density_per_km2(points, places, bandwidth_m=reach_m, weights=weights, within=basis.district)
    edge = "" if basis.district is None or basis.district.empty else ", border corrected"
    return Raw(values, len(places), source, f"per km2, kernel {reach_m:g} m{edge}")


def _children(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    found = basis.layers.get(CHILDREN)
    if found is None or found.empty:
        return None
    return Raw(demand.inside(points, areas_of(found)), len(found), f"layer {CHILDREN}")


def _safe_routes(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    found = basis.layers.get(SAFE_ROUTES)
    if found is None or found.empty:
        return None
    return Raw(demand.near_lines(points, found, within_m=_ROUTE_M), len(found), f"layer {SAFE_ROUTES}")


def _population(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
    found = basis.layers.get(POPULATION)
    if found is None or found.empty:
        return None
    source = f"layer {POPULATION}"
    drawn = found[found.geom_type.isin(("Polygon", "MultiPolygon"))]
    if len(drawn):
        values = demand.people_per_km2(points, drawn, weights=drawn["weight"].to_numpy())
        return Raw(values, len(drawn), source, "per km2, by area")
    reach_m = basis.rules.population_bandwidth_m
    return _dense(
        points, basis, found, source=source, weights=found["weight"].to_numpy(), bandwidth_m=reach_m
    )


def _zone(kind: str) -> Callable[[gpd.GeoDataFrame, Basis], Raw | None]:
    def take(points: gpd.GeoDataFrame, basis: Basis) -> Raw | None:
        if basis.zones is None or basis.zones.empty:
            return None
        found = basis.zones[basis.zones["kind"].eq(kind)]
        return Raw(demand.inside(points, found), len(found), "zones")

    return take


_TAKEN: dict[str, Callable[[gpd.GeoDataFrame, Basis], Raw | None]] = {
    "incidents": _incidents,
    "rates": _rates,
    "narrow": _narrow,
    "dark": _dark,
    "safe_routes": _safe_routes,
    "children": _children,
    "complaints": _complaints,
    "population": _population,
    "flood": _zone("flood"),
    "wildfire": _zone("wildfire"),
}
_OF_INCIDENTS = ("incidents", "rates")


def _in_force(name: str, raw: Raw, basis: Basis) -> Reference | None:
    """Return the frozen reference of a layer, None where there is none or it was taken another way."""
    frozen = basis.references.get(name)
    return frozen if frozen is not None and raw.reference and frozen.method == raw.method else None


def _scaled(raw: Raw, name: str, metres: Floats, basis: Basis) -> tuple[Floats, str]:
    """Return the values in 0..1 and how they were scaled: "fixed", "frozen" or "run"."""
    if raw.method is None:
        return raw.values, "fixed"
    if frozen := _in_force(name, raw, basis):
        return demand.scaled(raw.values, (frozen.low, frozen.high)), "frozen"
    if not len(raw.values):
        return raw.values, "run"
    return demand.scaled(raw.values, demand.reference_quantiles(raw.values, metres)), "run"


def _shares(weights: Mapping[str, float], complaints_most: float) -> tuple[dict[str, float], frozenset[str]]:
    """Return the weights as shares of 1, complaints cut to the most they may be, and which layers were cut.

    Complaints alone would be all the risk there is: then nothing weighs, and every metre is alike.
    """
    others = sum(weight for name, weight in weights.items() if name != "complaints")
    allowed = others * complaints_most / (1.0 - complaints_most)
    cut = weights.get("complaints", 0.0) > allowed
    taken = dict(weights) | ({"complaints": allowed} if cut else {})
    total = sum(taken.values())
    shares = {name: weight / total if total > 0.0 else 0.0 for name, weight in taken.items()}
    return shares, frozenset({"complaints"} if cut else ())


def _fact(name: str, raw: Raw, basis: Basis, *, how: str) -> dict[str, Any]:
    load = basis.loads.get(raw.source) or (basis.loads.get("city") if raw.source == "juso" else None) or {}
    day: date | None = load.get("day")
    frozen = _in_force(name, raw, basis) if how == "frozen" else None
    return {
        "layer": name,
        "rows": raw.rows,
        "date": day.isoformat() if day else None,
        "dated": load.get("dated"),
        "source": load.get("file_name"),
        "scaled": how,
        "reference": _told(frozen, basis.zone) if frozen else None,
    }


def _told(reference: Reference, zone: tzinfo) -> dict[str, Any]:
    return {
        "low": reference.low,
        "high": reference.high,
        "frozen_at": reference.frozen_at.astimezone(zone).isoformat(timespec="seconds"),
        "base_from": reference.base_from.isoformat(),
        "base_to": reference.base_to.isoformat(),
    }
