"""The chapters of the report's body: places by dong, what each camera and agency adds, how evenly, what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.figures import Gauge
from app.place_figures import ROUTES, Places, by_dong, equity, incidents_by_class, ladders
from app.risk import CHILDREN
from app.services import coverage, explain
from app.value_figures import agencies_together, marginal_value
from app.world import Sampling
from etl.db import Database
from etl.store import frames
from etl.store.days import today
from spatial import coverage as shares
from spatial.sightings import sightings

Progress = Callable[[str, int, int], None]
# JSON-ready: the shape is the contract of app.report.
Row = dict[str, Any]


def parts(
    db: Database, since: date, until: date, *, english: Mapping[str, object], progress: Progress
) -> Row:
    """Return the body's figures: `ladders`, `dong`, `equity`, `marginal`, `together`, `incident_classes`, `changes` and
    `facilities` (what stands on safe ways home: n and the share seen).

    db       opened as loader, coverage as at both ends computed before
    english  names of agencies in English, by name
    """
    gauge = Gauge(coverage.world(db, until), "observe", Sampling())
    places = Places(gauge, {name: frames.layer(db, name) for name in (CHILDREN, ROUTES)})
    steps: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("ladders", lambda: ladders(places)),
        ("dong", lambda: by_dong(places)),
        ("equity", lambda: equity(places)),
        ("marginal", lambda: marginal_value(gauge)),
        ("together", lambda: agencies_together(gauge)),
        ("incident_classes", lambda: incidents_by_class(gauge)),
        ("facilities", lambda: _facilities(db, gauge)),
        ("changes", lambda: _changes(db, since, until, progress)),
    )
    found: Row = {}
    for done, (name, step) in enumerate(steps):
        progress("Report", done, len(steps))
        found[name] = step()
    progress("Report", 1, 1)
    for name in ("marginal", "together", "changes"):
        found[name] = _named(found[name], english)
    return found


def _named(figures: Row, english: Mapping[str, object]) -> Row:
    """Return figures whose rows bear the agency's English name beside the Korean one."""
    return {
        name: [_with_english(row, english) for row in value] if isinstance(value, list) else value
        for name, value in figures.items()
    }


def _with_english(row: Row, english: Mapping[str, object]) -> Row:
    told = {
        f"{key}_en": english.get(row[key]) for key in ("agency", "other") if isinstance(row.get(key), str)
    }
    return row | told


def _facilities(db: Database, gauge: Gauge) -> Row:
    """Return how many facilities stand on safe ways home, of how many routes, and the share of them in sight."""
    bells = frames.bells(db)
    mine = bells[bells["route_key"].notna()].reset_index(drop=True)
    told: Row = {"n": len(mine), "routes": int(mine["route_key"].nunique())}
    world = gauge.world
    if mine.empty or world.buildings.empty or world.cameras.empty:
        return told | {"share": None, "low": None, "high": None}
    points = mine.assign(weight=1.0)
    found = sightings(
        points, world.fields, world.cameras, density_class=gauge.density_class, beliefs=gauge.beliefs
    )
    seen = shares.share(found, points["weight"], gauge.headings)
    return told | {name: round(getattr(seen, name), 6) for name in ("share", "low", "high")}


def _changes(db: Database, since: date, until: date, progress: Progress) -> Row:
    """Return what became of cameras in the period, empty while the period has not ended."""
    if until > today(db) or until < since:
        return {}
    return explain.by_agency(db, since, until, progress=progress)
