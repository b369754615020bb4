"""The committee's report: its figures gathered for a period, and what of them an edition may know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from app.report_format import MOST_GAPS, by_risk, part_withheld
from app.report_small import told_classes, told_equity
from app.services import (
    WrongUse,
    check_day,
    coverage,
    errors,
    fields,
    gaps,
    grounds,
    map_layers,
    report_parts,
    status,
)
from etl.db import Database
from etl.store import account, frames
from spatial.coverage import change_between

Progress = Callable[[str, int, int], None]
# On a map of a whole district a metre is less than a line is wide.
VIEW_TOLERANCE_M = 1.0
# So many gaps stand on the internal map, so many of them thick.
GAPS_DRAWN, GAPS_THICK = 300, 50
# JSON-ready: the shape is the contract of app.report.
Row = dict[str, Any]


class PeriodWrong(WrongUse):
    """The period of a report ends before it begins, or lies before the first camera."""


def told(gathered: Row, edition: str) -> Row:
    """Return the figures as an edition may know them: the committee gets no small count, and of gaps what is printed.

    gaps_total  of a committee's runs: how many gaps there are (n) and their length_m, of which the riskiest are listed
    """
    if edition == "internal":
        return {name: part for name, part in gathered.items() if name != "map"}
    kept = {name: part for name, part in gathered.items() if name not in ("map", "supplies")}
    for name in ("coverage", "coverage_before"):
        gaps = gathered[name]["gaps"]
        kept[name] = {
            **gathered[name],
            "gaps": [{k: v for k, v in gap.items() if k in _GAP_KEPT} for gap in by_risk(gaps)[:MOST_GAPS]],
            "gaps_total": {"n": len(gaps), "length_m": round(sum(gap["length_m"] for gap in gaps), 1)},
            "incidents": _incidents_told(gathered[name]["incidents"]),
        }
    counts = {
        what: _count(n) if what in _OF_PERSONS else n for what, n in gathered["status"]["counts"].items()
    }
    kept["equity"] = told_equity(gathered.get("equity") or {})
    return kept | {
        "incident_classes": told_classes(gathered.get("incident_classes") or []),
        "incidents": _incidents_told(gathered["incidents"]),
        "supplies": {"n": _count(gathered["supplies"]["n"])},
        "refusals": [{**row, "n": _count(row["n"])} for row in gathered["refusals"]],
        "loads": [_load_told(load) for load in gathered.get("loads", ())],
        "status": {"counts": counts},
    }


def _load_told(load: Row) -> Row:
    about = load["source"] in ("incidents", "police")
    return {**load, "quarantined": _count(load["quarantined"])} if about else load


_OF_PERSONS = ("incidents", "police_records")


def _incidents_told(incidents: Row) -> Row:
    """Return the incidents' figures without a small count, nor what one could be worked out from."""
    told = {**incidents, "n": _count(incidents["n"])}
    if incidents["n"] in (1, 2) or part_withheld(incidents["seen"], incidents["n"]):
        told |= dict.fromkeys(("seen", "share", "low", "high", "certain", "possible"))
    return told


def _count(n: int) -> int | str:
    return "<3" if n in (1, 2) else n


_GAP_KEPT = ("gap_id", "alley", "dong", "length_m", "risk")


def figures(
    db: Database, since: date, until: date, *, edition: str = "committee", progress: Progress
) -> dict[str, Any]:
    """Return all that the report says of a period: the runs at its ends, the network, supplies, loads.

    since, until  first and last day
    Raises        PeriodWrong when until lies before since
    """
    check_day(since)
    check_day(until)
    if until < since:
        raise PeriodWrong(f"the period ends ({until}) before it begins ({since})")
    run, before = _run(db, until, progress), _run(db, since, progress)
    known = status.status(db, at=until)
    supplies = account.supplies_by_month(db, _starts(db, since), _starts(db, until + timedelta(days=1)))
    parts = account.composition(db, until)
    english = {str(row["agency"]): row["agency_en"] for row in parts}
    return {
        "district": known["district"],
        "period": {"since": since.isoformat(), "until": until.isoformat()},
        "edition": edition,
        "invented": db.district.invented,
        "status": {"counts": known["counts"]},
        "coverage": run,
        "coverage_before": before,
        "change": _change(db, before, run),
        "errors": errors.budget(db, at=until, progress=progress),
        "history": _history(db, since, until),
        "agencies": _agencies(run, parts),
        "cameras": _composition(parts, timezone=db.district.timezone),
        "supplies": {"n": sum(int(str(row["n"])) for row in supplies), "by_month": supplies},
        "incidents": run["incidents"],
        "refusals": account.refusal_reasons(db),
        "loads": [_load(row) for row in known["loads"] if row["status"] == "done"],
        **report_parts.parts(db, since, until, english=english, progress=progress),
        "versions": _versions(run, known["database"]),
        "assumed": asdict(db.district.defaults),
        "map": _map_layers(db, run, until, edition=edition),
    }


def _versions(run: Row, database: Row) -> Row:
    """Return what computed the figures: the engines of figures and of fields of view, PostGIS, the digest of the inputs."""
    return {
        "figures": coverage.ENGINE,
        "fields": fields.ENGINE,
        "postgis": str(database["postgis"]),
        "inputs": run["inputs_hash"],
    }


def _map_layers(db: Database, run: Row, at: date, *, edition: str) -> dict[str, Any]:
    """Return what maps of the run are drawn from: frames, and GeoJSON of gaps; views and gaps for the internal edition."""
    dong, zones = map_layers.with_shares(frames.boundaries(db, "dong"), frames.zones(db, at), run)
    cameras = frames.cameras(db, at)
    layers = {"boundaries": dong, "zones": zones, "cameras": cameras}
    if edition != "internal":
        return layers
    layers["cameras"], views = map_layers.with_views(cameras, frames.fields(db, at, run["class"]))
    views = views.set_geometry(views.geometry.simplify(VIEW_TOLERANCE_M))
    return layers | {"fields": views, "gaps": _riskiest(run["gaps"])}


def _riskiest(gaps: list[Row]) -> Row:
    """Return the gaps of highest risk as GeoJSON: all of them would cover the map."""
    first = by_risk(gaps)[:GAPS_DRAWN]
    listed = [
        {"type": "Feature", "geometry": gap["geometry"], "properties": gap | {"grave": n < GAPS_THICK}}
        for n, gap in enumerate(first)
    ]
    return {"type": "FeatureCollection", "features": listed}


def _run(db: Database, at: date, progress: Progress) -> Row:
    """Return the coverage as at a day, without what differs from one computing to the next: same data, same bytes."""
    run = coverage.coverage(db, at=at, progress=progress)
    return {name: value for name, value in run.items() if name not in _FLEETING}


def _change(db: Database, before: Row, run: Row) -> Row | None:
    """Return by how much the share of alleys moved, with the interval of the paired difference; None if unknown.

    Both runs drew with one seed, so a camera that stood on both days looks the same way in each draw of both.
    """
    shares = [each["alleys"]["share"] for each in (before, run)]
    first, last = (gaps.by_draw(db, run["class"], date.fromisoformat(each["at"])) for each in (before, run))
    if None in shares or before["seed"] != run["seed"] or len(first) != len(last):
        return None
    moved = change_between(first, last, expected=shares[1] - shares[0])
    return {name: round(getattr(moved, name), 6) for name in ("change", "low", "high")}


# Which cameras work just now is no matter of a report's period.
_FLEETING = ("run_id", "computed_at", "seconds", "fields_computed", "working")


def _starts(db: Database, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=db.district.zone)


def _history(db: Database, since: date, until: date) -> list[Row]:
    """Return sites and cameras at each year's end since the first camera, and at both ends of the period."""
    first = account.first_installed(db)
    years = range(first.year, until.year) if first else range(0)
    days = sorted({*(date(year, 12, 31) for year in years), since, until})
    found = account.network_history(db, days)
    return [{"date": str(row["at"]), "sites": row["sites"], "cameras": row["cameras"]} for row in found]


def _agencies(run: Row, parts: list[Row]) -> list[Row]:
    english = {row["agency"]: row["agency_en"] for row in parts}
    return [
        {
            "agency": row["agency"],
            "agency_en": english.get(row["agency"]),
            "cameras": row["cameras"],
            "alleys_alone": row["alone"],
            "flood_alone": row["flood_alone"],
            "wildfire_alone": row["wildfire_alone"],
        }
        for row in run["agencies"]
    ]


def _composition(parts: list[Row], *, timezone: str) -> Row:
    purposes: Counter[tuple[str, str | None]] = Counter()
    kinds: Counter[str | None] = Counter()
    ages: Counter[str | None] = Counter()
    for row in parts:
        purposes[row["purpose"], grounds.told(row["legal_ground"], timezone)] += row["n"]
        kinds[row["kind"]] += row["n"]
        ages[_age(row["years"])] += row["n"]
    return {
        "by_purpose": [
            {"purpose": purpose, "legal_ground": ground, "n": n}
            for (purpose, ground), n in purposes.most_common()
        ],
        "by_kind": [{"kind": kind, "n": n} for kind, n in kinds.most_common()],
        "by_age": [{"years": years, "n": ages[years]} for years in _ages(ages)],
    }


_AGES = ("0-2", "3-5", "6-9", "10+", None)


def _age(years: int | None) -> str | None:
    if years is None:
        return None
    return "0-2" if years <= 2 else "3-5" if years <= 5 else "6-9" if years <= 9 else "10+"


def _ages(found: Counter[str | None]) -> Iterator[str | None]:
    return (years for years in _AGES if years in found)


def _load(row: Row) -> Row:
    kept = ("source", "file_name", "file_sha256", "reference_date", "rows_in", "quarantined")
    return {name: str(row[name]) if name == "reference_date" and row[name] else row[name] for name in kept}
