"""What makes each figure of the report: its queries, its functions, the loads it rests on, and where its value stands.

Keys are the names that stand beside the figures. `golmok report --explain NAME` prints all of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What makes a figure.

    queries  names of files in sql/queries
    made_by  functions as `module:name`, the one that computes the figure last
    values   where it stands in the figures of `app.services.report.figures`, as `part.key`
    loads    sources (`golmok sources`) whose files it rests on
    """

    queries: tuple[str, ...]
    made_by: tuple[str, ...]
    values: tuple[str, ...]
    loads: tuple[str, ...] = ()


_CITY = ("cameras", "fields", "aim_beliefs", "alleys", "buildings", "terrain")
_CITY_LOADS = ("boundaries", "cameras", "survey", "status", "juso", "city", "dem")
_SEEN = ("spatial.sightings:sightings", "spatial.beliefs:draw")
_KEPT = ("latest_run",)


def _shares(
    values: tuple[str, ...], *made_by: str, more: tuple[str, ...] = (), loads: tuple[str, ...] = ()
) -> Source:
    """Return the source of shares of what cameras see."""
    return Source(_CITY + more, _SEEN + made_by, values, _CITY_LOADS + loads)


_INCIDENTS = ("incidents",)
_LAYERS = ("layer",)
_ZONES = ("zones",)
_GROUP = ("spatial.samples:groups_of", "spatial.coverage:shares_by")

SOURCES: dict[str, Source] = {
    "alleys": _shares(("coverage.alleys",), "spatial.coverage:share", "app.figures:measure", more=_KEPT),
    "gaps": _shares(
        ("coverage.gaps",),
        "spatial.gaps:gaps",
        "app.risk:alley_risk",
        "app.gap_rows:gap_rows",
        more=("incidents", "lamps", "layer", "risk_references", "latest_run"),
        loads=("incidents", "lamps", "layer", "zones"),
    ),
    "change": _shares(
        ("coverage_before.alleys", "coverage.alleys", "change"),
        "spatial.coverage:change_between",
        more=("network_history", "latest_run"),
    ),
    "changes.agencies": _shares(
        ("changes.agencies", "changes.change_m", "changes.buildings_m", "changes.shared_m"),
        "spatial.changes:camera_changes",
        "spatial.explain:contributions",
        "app.services.explain:by_agency",
        more=("buildings_at", "cameras_moved"),
    ),
    "changes.cameras": _shares(
        ("changes.cameras",),
        "spatial.explain:contributions",
        "app.difference:difference",
        more=("buildings_at", "cameras_moved"),
    ),
    "certainty": _shares(("coverage.basis", "coverage.alleys"), "app.network_figures:network", more=_KEPT),
    "load_next": Source(_CITY, ("app.figures:measure",), ("coverage.load_next",), _CITY_LOADS),
    "circles": _shares(("coverage.buffer50m",), "spatial.coverage:buffer_share", more=_KEPT),
    "network.counts": Source(
        ("status_counts", "latest_run"),
        ("app.services.status:status",),
        ("status.counts",),
        ("cameras", "survey"),
    ),
    "network.history": Source(
        ("first_installed", "network_history"),
        ("etl.store.account:network_history",),
        ("history",),
        ("cameras",),
    ),
    "network.agency": Source(
        ("network_composition", "latest_run"), ("app.figures:measure",), ("agencies",), ("cameras",)
    ),
    **{
        f"network.{theme}": Source(
            ("network_composition",),
            ("etl.store.account:composition",),
            (f"cameras.by_{theme}",),
            ("cameras",),
        )
        for theme in ("purpose", "kind", "age")
    },
    "ladder": _shares(("coverage.ladder",), "spatial.coverage:share", "app.figures:measure", more=_KEPT),
    "ladder.themes": _shares(
        ("ladders",),
        "spatial.coverage:share",
        "app.place_figures:ladders",
        more=_LAYERS + _ZONES,
        loads=_LAYERS + _ZONES,
    ),
    "k_fold": _shares(("coverage.k_fold",), "spatial.coverage:k_fold", more=_KEPT),
    "dong.alleys": _shares(("coverage.by_dong",), *_GROUP, more=("boundaries", "latest_run")),
    "dong.themes": _shares(
        ("dong",),
        *_GROUP,
        "app.place_figures:by_dong",
        more=("boundaries", "layer", "zones"),
        loads=_LAYERS + _ZONES,
    ),
    "routes": _shares(
        ("ladders",),
        "app.place_figures:route_points",
        "app.place_figures:ladders",
        more=_LAYERS,
        loads=_LAYERS,
    ),
    "routes.facilities": _shares(
        ("facilities",), "spatial.coverage:share", more=("bells",), loads=("bells",)
    ),
    "children": _shares(
        ("ladders",), "app.risk:areas_of", "app.place_figures:ladders", more=_LAYERS, loads=_LAYERS
    ),
    "zones": _shares(
        ("coverage.zones",),
        "spatial.samples:sample_area",
        "spatial.coverage:shares_by",
        more=("zones", "latest_run"),
        loads=_ZONES,
    ),
    "marginal": _shares(
        (
            "marginal.of",
            "marginal.surely",
            "marginal.likely",
            "marginal.nothing",
            "marginal.only_m",
            "marginal.seen_m",
        ),
        "spatial.marginal:alone",
        "spatial.marginal:alone_by_draw",
        "app.value_figures:marginal_value",
        more=_ZONES,
        loads=_ZONES,
    ),
    "marginal.cameras": _shares(
        ("marginal.cameras",),
        "spatial.marginal:alone",
        "spatial.marginal:expected_of",
        "app.value_figures:marginal_value",
        more=_ZONES,
        loads=_ZONES,
    ),
    "together": _shares(("together",), "spatial.redundancy:shared", "app.value_figures:agencies_together"),
    "agencies.alone": _shares(
        ("agencies",), "spatial.coverage:share", "app.figures:measure", more=_KEPT + _ZONES, loads=_ZONES
    ),
    "incidents": _shares(
        ("incidents",), "spatial.coverage:share", more=("incidents", "latest_run"), loads=_INCIDENTS
    ),
    "incidents.classes": _shares(
        ("incident_classes",),
        "spatial.coverage:shares_by",
        "app.place_figures:incidents_by_class",
        "app.report_small:classes",
        more=_INCIDENTS,
        loads=_INCIDENTS,
    ),
    "equity": _shares(
        ("equity",),
        "spatial.equity:gini",
        "app.place_figures:equity",
        more=("boundaries", "incidents"),
        loads=_INCIDENTS,
    ),
    "night": _shares(
        ("coverage.night",), "app.night_figures:night", more=("lamps", "latest_run"), loads=("lamps",)
    ),
    "rounds": _shares(("coverage.ptz",), "app.lens_figures:lenses", more=("presets", "latest_run")),
    "empty_zones": _shares(("coverage.empty_zones",), "app.lens_figures:lenses", more=_KEPT),
    "supplies": Source(
        ("supplies_by_month",), ("etl.store.account:supplies_by_month",), ("supplies",), ("police",)
    ),
    "aims": _shares(("coverage.aims",), "app.aim_figures:aims", more=("aim_evidence", "latest_run")),
    "errors": _shares(("errors",), "app.services.errors:budget"),
    "refusals": Source(("refusal_reasons",), ("etl.store.account:refusal_reasons",), ("refusals",)),
    "loads": Source(("status_loads",), ("app.services.status:status",), ("loads",)),
    "method": Source(
        _KEPT, ("app.services.coverage:coverage",), ("coverage.step_m", "coverage.draws", "coverage.seed")
    ),
    "denominators": _shares(
        ("ladders", "coverage.area.open_m2"),
        "spatial.samples:sample_alleys",
        "spatial.samples:sample_area",
        more=_LAYERS + _ZONES,
        loads=_LAYERS + _ZONES,
    ),
    "assumed": Source((), ("spatial.types:LensDefaults",), ("assumed",)),
    "versions": Source(("coverage_inputs",), ("app.services.coverage:coverage",), ("versions",)),
}
