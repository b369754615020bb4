"""The body of the report: the network, detail, dong, zones, incidents, footage, data quality, method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app import charts, report_aims, report_light, words
from app.phrases import grounds
from app.report_blocks import Block, Chart, Heading, PageBreak, Points, Table, Text
from app.report_format import (
    DASH,
    Figures,
    as_day,
    count,
    counts,
    hectares,
    kilometres,
    month,
    part_withheld,
    points,
    short_day,
    span,
    square_kilometres,
)
from app.report_summary import alley_band, circle, density_px_per_m, gap_table
from app.report_view import View, part, rows
from app.words import day, number, percent
from etl import reasons

MOST_GAPS = 25


def body(view: View) -> Iterator[Block]:
    """Yield what follows the two summary pages."""
    yield PageBreak()
    for section in (
        network,
        ladder,
        report_light.night,
        report_light.turning,
        report_light.empty_zones,
        report_aims.aims,
        by_dong,
        zones,
        dividend,
        incidents,
        circles,
        more_gaps,
        supplies,
        quality,
    ):
        yield from section(view)
    yield from annex(view)


def network(view: View) -> Iterator[Block]:
    """Yield cameras over the years and by agency, purpose, kind and age."""
    yield Heading(view.say("network.title"), 1)
    history = [(as_day(row["date"]), row["sites"], row["cameras"]) for row in rows(view.figures, "history")]
    if len(history) > 1:
        names = view.say("row.sites"), view.say("row.cameras")
        (first, _, n_first), (last, _, n_last) = history[0], history[-1]
        alt = view.say(
            "network.history_alt",
            first=day(first, view.lang),
            n_first=number(n_first),
            last=day(last, view.lang),
            n_last=number(n_last),
        )
        yield Chart(charts.steps(history, names, view.fonts), alt, view.say("network.history"))
    agencies = [(view.name(row, "agency"), row.get("cameras")) for row in view.agencies]
    yield from _share_table(view, "agency", sorted(agencies, key=lambda row: (-(row[1] or 0), row[0])))
    composition = part(view.figures, "cameras")
    if not composition:
        yield Text(view.say("network.missing"))
        return
    for theme in ("purpose", "kind"):
        lines = [(_kind(view, theme, row), row["n"]) for row in rows(composition, f"by_{theme}")]
        yield from _share_table(view, theme, lines)
    yield from _share_table(view, "age", [(_age(view, row), row["n"]) for row in rows(composition, "by_age")])


def _kind(view: View, theme: str, row: Figures) -> str:
    """Return a code's name, a purpose with the legal ground on which its cameras may record."""
    name, ground = view.label(theme, row[theme]), row.get("legal_ground")
    return f"{name} ({view.say('ground', item=str(ground)[-1])})" if ground else name


def _age(view: View, row: Figures) -> str:
    years = row.get("years")
    return view.say("unknown") if years is None else view.say("age.years", years=str(years).replace("-", "–"))


def _share_table(view: View, theme: str, lines: list[tuple[str, int | None]]) -> Iterator[Table]:
    """Yield cameras by one theme with each one's part of all; nothing when there are no rows."""
    total = sum(n or 0 for _, n in lines)
    if not total:
        return
    head = (view.say(f"col.{theme}"), view.say("col.cameras"), view.say("col.share_of"))
    cells = tuple((name, number(n), percent((n or 0) / total)) for name, n in lines)
    yield Table(view.say(f"network.by_{theme}"), head, cells, "lrr", (6, 2, 2))


def ladder(view: View) -> Iterator[Block]:
    """Yield the share of alleys for each density class."""
    yield Heading(view.say("ladder.title"), 1)
    rungs = [rung for rung in rows(view.run, "ladder") if rung.get("share") is not None]
    if not rungs:
        yield Text(view.say("ladder.none"))
        return
    yield Text(view.say("ladder.intro", standard=_standard(view)))
    bands = [alley_band(_class_label(view, rung), rung) for rung in rungs]
    alt = "; ".join(f"{band.label} {percent(band.share)}" for band in bands)
    caption = f"{view.say('ladder.table')}. {view.say('legend.bands')}"
    yield Chart(charts.bands(bands, view.fonts), alt, caption)
    head = tuple(
        view.say(f"col.{name}") for name in ("class", "means", "share", "range", "certain", "possible")
    )
    lines = tuple(
        (
            _class_label(view, rung),
            words.label("class_means", rung["class"], view.lang),
            percent(rung["share"]),
            span(rung.get("low"), rung.get("high"), view.lang),
            percent(rung.get("certain")),
            percent(rung.get("possible")),
        )
        for rung in rungs
    )
    yield Table(view.say("ladder.table"), head, lines, "llrrrr", (3, 5, 2, 3, 2, 2))
    yield from _redundancy(view)


def _redundancy(view: View) -> Iterator[Table]:
    """Yield how much of the alleys one, two, three or more cameras see at once."""
    folds = [row for row in rows(view.run, "k_fold") if row.get("share") is not None]
    if folds:
        head = tuple(view.say(f"col.{name}") for name in ("fold", "share", "range"))
        lines = tuple(
            (
                view.say("fold", k=row["at_least"]),
                percent(row["share"]),
                span(row.get("low"), row.get("high"), view.lang),
            )
            for row in folds
        )
        yield Table(view.say("ladder.fold"), head, lines, "lrr", (5, 2, 3))


def _class_label(view: View, rung: Figures) -> str:
    return f"{view.label('class', rung['class'])} {density_px_per_m(view.run or {}, rung['class'])} px/m"


def _standard(view: View) -> str:
    version = str((view.run or {}).get("standard_version", "2015"))
    return view.say(f"standard.{version}") if version in ("2015", "2025") else version


def by_dong(view: View) -> Iterator[Block]:
    """Yield the share of alleys seen in each dong, the least seen first."""
    yield Heading(view.say("dong.title"), 1)
    known = [row for row in rows(view.run, "by_dong") if row.get("share") is not None]
    if not known:
        yield Text(view.say("dong.none"))
        return
    known.sort(key=lambda row: (row["share"], view.name(row)))
    least, most = known[0], known[-1]
    if len(known) > 1:
        gap = points(least["share"], most["share"], view.lang).lstrip("+")
        names = {"most": view.name(most), "least": view.name(least)}
        yield Text(view.say("dong.equity", points=gap, **names))
    bands = [alley_band(view.name(row), row) for row in known]
    alt = "; ".join(f"{band.label} {percent(band.share)}" for band in bands)
    yield Chart(
        charts.bands(bands, view.fonts), alt, f"{view.say('dong.chart')}. {view.say('legend.interval')}"
    )
    head = tuple(view.say(f"col.{name}") for name in ("dong", "length", "share", "range"))
    lines = tuple(
        (
            view.name(row),
            kilometres(row.get("length_m")),
            percent(row["share"]),
            span(row.get("low"), row.get("high"), view.lang),
        )
        for row in known
    )
    yield Table(view.say("dong.table"), head, lines, "lrrr", (4, 2, 2, 3))


def zones(view: View) -> Iterator[Block]:
    """Yield each flood and wildfire zone with the share of its area seen."""
    yield Heading(view.say("zones.title"), 1)
    found = rows(view.run, "zones")
    if not found:
        yield Text(view.say("zones.none"))
        return
    head = tuple(view.say(f"col.{name}") for name in ("zone", "zone_kind", "level", "area", "share", "range"))
    lines = tuple(
        (
            view.name(row),
            view.label("zone_kind", row["kind"]),
            number(row.get("level")),
            hectares(row.get("area_m2")),
            percent(row.get("share")),
            span(row.get("low"), row.get("high"), view.lang),
        )
        for row in found
    )
    yield Table(view.say("zones.table"), head, lines, "llrrrr", (4, 3, 1, 2, 2, 3))
    unknown = sum(row.get("share") is None for row in found)
    if unknown:
        yield Text(view.say("zones.unknown", n=number(unknown)), "quiet")


def dividend(view: View) -> Iterator[Block]:
    """Yield what each agency sees alone of alleys, flood and wildfire zones, and all together."""
    agencies = [row for row in view.agencies if row.get("alleys_alone") is not None]
    if not agencies:
        return
    yield Heading(view.say("alone.dividend"), 1)
    agencies.sort(key=lambda row: (-row["alleys_alone"], view.name(row, "agency")))
    head = tuple(view.say(f"col.{name}") for name in ("agency", "cameras", "alleys", "flood", "wildfire"))
    themes = ("alleys", "flood", "wildfire")
    lines = [
        (
            view.name(row, "agency"),
            number(row.get("cameras")),
            *(percent(row.get(f"{theme}_alone")) for theme in themes),
        )
        for row in agencies
    ]
    together = {
        "alleys": view.alleys.get("share"),
        **{kind: view.zones_together(kind) for kind in themes[1:]},
    }
    cameras = sum(row.get("cameras") or 0 for row in view.agencies)
    lines.append(
        (view.say("alone.all"), number(cameras), *(percent(together.get(theme)) for theme in themes))
    )
    yield Table(view.say("alone.table"), head, tuple(lines), "lrrrr", (5, 2, 2, 2, 2))


def incidents(view: View) -> Iterator[Block]:
    """Yield how many incidents happened in sight; withheld where a side counts 1 or 2."""
    yield Heading(view.say("incidents.title"), 1)
    figure = part(view.figures, "incidents") or part(view.run, "incidents")
    n, share = figure.get("n"), figure.get("share")
    # The expected number over the draws of unknown headings: a count of whole incidents for people.
    seen = None if figure.get("seen") is None else round(figure["seen"])
    if not n:
        yield Text(view.say("incidents.none"))
    elif part_withheld(seen, n, open_counts=view.open_counts):
        yield Text(view.say("incidents.withheld", n=count(n, open_counts=view.open_counts)))
    elif share is None or seen is None:
        yield Text(view.say("incidents.unknown", n=count(n, open_counts=view.open_counts)))
    else:
        interval = span(figure.get("low"), figure.get("high"), view.lang)
        told = {"until": view.until, "n": number(n), "seen": number(seen), "share": percent(share)}
        yield Text(view.say("incidents.sentence", span="" if interval == DASH else f", {interval}", **told))


def circles(view: View) -> Iterator[Block]:
    """Yield the figure by circles of 50 m and by how much it overstates."""
    yield Heading(view.say("circle.title"), 1)
    yield Text(circle(view))
    share, true = part(view.run, "buffer50m").get("share"), view.alleys.get("share")
    if share is None or true is None:
        return
    lines = [
        charts.Bar(view.say("bar.circle"), share, percent(share)),
        charts.Bar(view.say("bar.ours"), true, percent(true), strong=True),
    ]
    alt = "; ".join(f"{line.label} {line.text}" for line in lines)
    yield Chart(charts.bars(lines, view.fonts, whole=1.0), alt, view.say("circle.chart"))


def more_gaps(view: View) -> Iterator[Block]:
    """Yield the longer list of gaps, when the first pages did not hold them all."""
    gaps = view.gaps
    if gaps:
        yield Heading(view.say("blind.list"), 1)
        yield gap_table(view, MOST_GAPS)


def supplies(view: View) -> Iterator[Block]:
    """Yield footage supplied, in all and by month."""
    yield Heading(view.say("supplies.title"), 1)
    figure = part(view.figures, "supplies")
    n, months = figure.get("n"), _months(view, rows(figure, "by_month"))
    if not n:
        yield Text(view.say("supplies.none"))
        return
    told = count(n, open_counts=view.open_counts)
    yield Text(view.say("supplies.sentence", since=view.since, until=view.until, n=told))
    texts = counts([n for _, n in months], open_counts=view.open_counts)
    lines = [
        charts.Bar(month(name, view.lang), n if text == number(n) else None, text)
        for (name, n), text in zip(months, texts, strict=True)
    ]
    alt = "; ".join(f"{line.label} {line.text}" for line in lines)
    yield Chart(charts.columns(lines, view.fonts), alt, view.say("supplies.chart"))
    if any(line.value is None for line in lines):
        yield Text(view.say("supplies.small"), "quiet")


def _months(view: View, found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return every month of the period with its count; a month without any supply has no row, and counts 0."""
    known = {str(row["month"])[:7]: int(row["n"]) for row in found}
    since, until = (as_day(view.figures["period"][end]) for end in ("since", "until"))
    first, last = (each.year * 12 + each.month - 1 for each in (since, until))
    names = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1)]
    return [(name, known.get(name, 0)) for name in names]


def quality(view: View) -> Iterator[Block]:
    """Yield rows refused by reason, and each file with its hash."""
    yield Heading(view.say("quality.title"), 1)
    refusals = sorted(rows(view.figures, "refusals"), key=lambda row: (-row["n"], row["reason"]))
    if refusals:
        lines = tuple(
            (row["reason"], _meaning(view, row["reason"]), count(row["n"], open_counts=view.open_counts))
            for row in refusals
        )
        head = tuple(view.say(f"col.{name}") for name in ("reason", "meaning", "rows"))
        yield Table(view.say("quality.refusals"), head, lines, "llr", (4, 6, 1), code=(0,))
        yield Text(view.say("quality.refusals_note"), "quiet")
    else:
        yield Text(view.say("quality.refusals_none"))
    loads = rows(view.figures, "loads")
    if not loads:
        yield Text(view.say("quality.loads_none"))
        return
    head = tuple(
        view.say(f"col.{name}") for name in ("source", "file", "reference", "rows", "refused", "hash")
    )
    yield Table(
        view.say("quality.loads"),
        head,
        tuple(_load(view, row) for row in _once(loads)),
        "lllrrl",
        (2, 4, 3, 2, 2, 4),
        code=(5,),
    )


def _once(loads: list[dict[str, Any]]) -> Iterator[Figures]:
    """Yield each file once, as it was loaded first: the same file again has changed nothing."""
    first = {(row["source"], row.get("file_sha256")): row for row in reversed(loads)}
    yield from (row for row in loads if row is first[row["source"], row.get("file_sha256")])


def _meaning(view: View, code: str) -> str:
    known = reasons.REASONS.get(code)
    if known is None:
        return DASH
    return known.ko if view.lang == "ko" else known.en


def _load(view: View, row: Figures) -> tuple[str, ...]:
    reference = row.get("reference_date")
    return (
        str(row["source"]),
        str(row.get("file_name") or row.get("file") or DASH),
        short_day(reference, view.lang),
        number(row.get("rows_in")),
        number(row.get("quarantined")),
        str(row.get("file_sha256") or DASH)[:16],
    )


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
        view.say("annex.incident"),
        view.say("annex.ground"),
    ]
    if run:
        told = {
            "at": day(run.get("at"), view.lang),
            "standard": _standard(view),
        }
        size = square_kilometres(district.get("area_m2"))
        items.append(view.say("annex.run", srid=district.get("srid", DASH), area=size, **told))
    items.append(view.say("annex.bytes"))
    yield Points(tuple(items))
