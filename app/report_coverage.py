"""The report's chapter on coverage: ladders, how many see the same place, dong by dong, zones, circles."""

from __future__ import annotations

from collections.abc import Iterator

from app import charts, words
from app.report_blocks import Block, Chart, Heading, Table, Text
from app.report_format import (
    DASH,
    Figures,
    hectares,
    kilometres,
    points,
    span,
)
from app.report_summary import alley_band, circle, density_px_per_m
from app.report_view import THEMES, View, part, rows
from app.words import number, percent


def ladder(view: View) -> Iterator[Block]:
    """Yield the share of alleys for each density class."""
    yield Heading(view.say("ladder.title"), 1)
    rungs = [rung for rung in rows(view.run, "ladder") if rung.get("share") is not None]
    if not rungs:
        yield Text(view.say("ladder.none"))
        return
    yield Text(view.say("ladder.intro", standard=standard(view)))
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
    yield from themes(view)
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
        yield Table(view.say("ladder.fold"), head, lines, "lrr", (5, 2, 3), figure="k_fold")


def _class_label(view: View, rung: Figures) -> str:
    return f"{view.label('class', rung['class'])} {density_px_per_m(view.run or {}, rung['class'])} px/m"


def standard(view: View) -> str:
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
    whole = view.alleys.get("share")
    bands = [_dong_band(view, row, whole) for row in known]
    alt = "; ".join(f"{band.label} {percent(band.share)}" for band in bands)
    legend = view.say("legend.dong", share=percent(whole))
    drawn = charts.bands(bands, view.fonts, reference=whole)
    yield Chart(drawn, alt, f"{view.say('dong.chart')}. {legend}")
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
    yield from dong_themes(view)


def _dong_band(view: View, row: Figures, whole: float | None) -> charts.Band:
    """Return a dong's row of the chart, as a triangle where its whole interval lies below the district's share."""
    behind = whole is not None and row.get("high") is not None and row["high"] < whole
    return charts.Band(
        view.name(row), row["share"], row.get("low"), row.get("high"), marker="v" if behind else "o"
    )


def themes(view: View) -> Iterator[Block]:
    """Yield the ladder of each theme: alleys, safe ways home, child zones, flood and wildfire zones."""
    found = rows(view.figures, "ladders")
    if not found:
        return
    classes = [rung["class"] for rung in found[0]["ladder"]]
    head = (view.say("col.theme"), view.say("col.size"), *(view.label("class", name) for name in classes))
    lines = tuple(
        (view.say(THEMES[row["theme"]]), _size(row), *(_ranged(rung, view.lang) for rung in row["ladder"]))
        for row in found
    )
    yield Table(view.say("theme.table"), head, lines, "lrrrrr", (4, 3, 4, 4, 4, 4), figure="ladder.themes")


def _size(row: Figures) -> str:
    return kilometres(row["size"]) if row["unit"] == "m" else hectares(row["size"])


def _ranged(cell: Figures, lang: str) -> str:
    """Return a share with its interval for a narrow cell; a dash where there is nothing to see or it is not known."""
    if cell.get("share") is None:
        return DASH
    interval = span(cell.get("low"), cell.get("high"), lang).removesuffix(" %")
    return f"{percent(cell['share'])} ({interval})"


def dong_themes(view: View) -> Iterator[Block]:
    """Yield for each dong what is seen of its alleys, safe ways home, child zones and hazard zones."""
    seen = {row["code"]: row.get("share") or 0.0 for row in rows(view.run, "by_dong")}
    found = sorted(rows(view.figures, "dong"), key=lambda row: (seen.get(row["code"], 0.0), row["code"]))
    names = [name for name in THEMES if any(name in row for row in found)]
    if not names:
        return
    head = (view.say("col.dong"), *(view.say(THEMES[name]) for name in names))
    lines = tuple(
        (view.dong_of({"dong": row["code"]}), *(_ranged(row[name], view.lang) for name in names))
        for row in found
    )
    caption = view.say("theme.dong", klass=view.label("class", (view.run or {}).get("class")))
    widths = (9, *(8 for _ in names))
    yield Table(caption, head, lines, "l" + "r" * len(names), widths, figure="dong.themes")
    sizes = tuple(
        (view.dong_of({"dong": row["code"]}), *(_sized(row[name]) for name in names)) for row in found
    )
    yield Table(view.say("theme.sizes"), head, sizes, "l" + "r" * len(names), widths, figure="dong.themes")


def _sized(cell: Figures) -> str:
    return _size(cell) if cell["size"] else DASH


_WAYS = {
    "routes": ("routes.none", "routes.sentence"),
    "children": ("children.none", "children.sentence"),
}


def routes(view: View) -> Iterator[Block]:
    """Yield what is seen of safe ways home, their lines and what stands on them, and of child zones."""
    yield Heading(view.say("routes.title"), 1)
    known = {row["theme"]: row for row in rows(view.figures, "ladders")}
    klass = (view.run or {}).get("class")
    for theme, (none, sentence) in _WAYS.items():
        rung = next(
            (each for each in (known.get(theme) or {}).get("ladder", []) if each["class"] == klass), None
        )
        if rung is None or rung.get("share") is None:
            yield Text(view.say(none), figure=theme)
            continue
        told = {"share": percent(rung["share"]), "span": span(rung["low"], rung["high"], view.lang)}
        size = kilometres(known[theme]["size"])
        yield Text(
            view.say(sentence, length=size, klass=view.label("class", klass), **told),
            figure=theme,
        )
    facilities = part(view.figures, "facilities")
    if facilities.get("share") is not None:
        told = {name: number(facilities[name]) for name in ("n", "routes")}
        interval = span(facilities["low"], facilities["high"], view.lang)
        told_of = view.say("routes.facilities", share=percent(facilities["share"]), span=interval, **told)
        yield Text(told_of, figure="routes.facilities")


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
    yield Chart(charts.bars(lines, view.fonts), alt, view.say("circle.chart"))
