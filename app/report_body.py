"""The body of the report: its chapters in order, each figure under its name, and the method annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app import report_aims, report_coverage, report_light, report_records, report_state, report_value
from app.phrases import grounds
from app.report_blocks import Block, Heading, PageBreak, Points, Table, Text, named
from app.report_format import DASH, MOST_GAPS, hectares, kilometres, square_kilometres
from app.report_summary import gap_table
from app.report_view import THEMES, View, part, rows
from app.words import day, number

Section = Callable[[View], Iterator[Block]]


def body(view: View) -> Iterator[Block]:
    """Yield what follows the two summary pages."""
    yield PageBreak()
    for figure, section in SECTIONS:
        yield from named(figure, section(view))


def more_gaps(view: View) -> Iterator[Block]:
    """Yield the longer list of gaps, when the first pages did not hold them all."""
    gaps = view.gaps
    if gaps:
        yield Heading(view.say("blind.list"), 1)
        yield gap_table(view, MOST_GAPS)


def annex(view: View) -> Iterator[Block]:
    """Yield denominators, definitions, assumptions and the run behind the figures."""
    yield Heading(view.say("annex.title"), 1)
    run, area, district = view.run or {}, part(view.run, "area"), part(view.figures, "district")
    step = f"{run['step_m']:g} m" if run.get("step_m") else DASH
    open_m2 = area.get("open_m2") if area.get("share") is not None else None
    items = [
        view.say("annex.alley", step=step),
        view.say("annex.area", open=square_kilometres(open_m2))
        if open_m2
        else view.say("annex.area_unknown"),
        view.say("annex.fov"),
        *([view.say("annex.terrain", **grounds(run["models"]))] if run.get("models") else []),
        view.say("annex.heading", draws=number(run.get("draws")), seed=run.get("seed", DASH)),
        view.say("annex.ptz"),
        *report_light.methods(view),
        view.say("annex.marginal", draws=number(run.get("draws"))),
        view.say("annex.equity"),
        view.say("annex.incident"),
        view.say("annex.ground"),
    ]
    if run:
        told = {
            "at": day(run.get("at"), view.lang),
            "standard": report_coverage.standard(view),
        }
        size = square_kilometres(district.get("area_m2"))
        items.append(view.say("annex.run", srid=district.get("srid", DASH), area=size, **told))
    items.append(view.say("annex.bytes"))
    yield Points(tuple(items), figure="method")


def denominators(view: View) -> Iterator[Block]:
    """Yield of what each share is a share, with its size."""
    sizes = [
        (
            view.say(THEMES[row["theme"]]),
            kilometres(row["size"]) if row["unit"] == "m" else hectares(row["size"]),
        )
        for row in rows(view.figures, "ladders")
    ]
    if n := part(view.run, "incidents").get("n"):
        sizes.append((view.say("incidents.title"), view.say("annex.incidents_n", n=view.count(n))))
    if sizes:
        head = (view.say("col.theme"), view.say("col.size"))
        yield Table(view.say("annex.denominators"), head, tuple(sizes), "lr", (6, 2), figure="denominators")


def assumptions(view: View) -> Iterator[Block]:
    """Yield what is assumed where a registry does not say, and what computed the figures."""
    assumed = part(view.figures, "assumed")
    if assumed:
        told = {name: f"{value:g}" for name, value in assumed.items() if value is not None}
        yield Text(
            view.say("annex.assumed", **{name: told.get(name, DASH) for name in _ASSUMED}), figure="assumed"
        )
    versions = part(view.figures, "versions")
    if versions:
        yield Text(
            view.say("annex.versions", **{name: versions[name] for name in _VERSIONS}), figure="versions"
        )
    yield Text(view.say("annex.explain"), "quiet", figure="versions")


_ASSUMED = (
    "focal_mm",
    "sensor_w_mm",
    "image_w_px",
    "image_h_px",
    "height_m",
    "tilt_deg",
    "max_range_m",
    "building_height_m",
)
_VERSIONS = ("figures", "fields", "postgis", "inputs")

SECTIONS: tuple[tuple[str, Section], ...] = (
    ("network.agency", report_state.network),
    ("changes.agencies", report_state.changes),
    ("ladder", report_coverage.ladder),
    ("dong.alleys", report_coverage.by_dong),
    ("routes", report_coverage.routes),
    ("zones", report_coverage.zones),
    ("gaps", more_gaps),
    ("marginal", report_value.marginal),
    ("together", report_value.together),
    ("agencies.alone", report_value.dividend),
    ("incidents", report_records.incidents),
    ("incidents.classes", report_records.incident_classes),
    ("equity", report_value.spread),
    ("night", report_light.night),
    ("rounds", report_light.turning),
    ("empty_zones", report_light.empty_zones),
    ("supplies", report_records.supplies),
    ("aims", report_aims.aims),
    ("circles", report_coverage.circles),
    ("loads", report_records.quality),
    ("method", annex),
    ("denominators", denominators),
    ("assumed", assumptions),
)
