"""The report's chapter on records: incidents, footage supplied, rows refused, files loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app import charts
from app.report_blocks import Block, Chart, Heading, Table, Text
from app.report_format import (
    DASH,
    Figures,
    as_day,
    count,
    counts,
    month,
    part_withheld,
    short_day,
    span,
)
from app.report_small import classes
from app.report_view import View, part, rows
from app.words import number, percent
from etl import reasons


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


def incident_classes(view: View) -> Iterator[Block]:
    """Yield incidents seen and unseen by class; small counts are hidden unless the edition is open."""
    found = classes(rows(view.figures, "incident_classes"), open_counts=view.open_counts)
    if not found:
        return
    head = tuple(
        view.say(f"col.{name}") for name in ("incident_class", "n", "seen_n", "unseen_n", "share", "range")
    )
    lines = tuple(
        (
            _class(view, row),
            str(row["n"]) if isinstance(row["n"], str) else number(row["n"]),
            str(row["seen"]) if isinstance(row["seen"], str) else number(row["seen"]),
            str(row["seen"]) if isinstance(row["seen"], str) else number(row["n"] - row["seen"]),
            percent(row["share"]),
            span(row["low"], row["high"], view.lang),
        )
        for row in found
    )
    yield Table(
        view.say("incidents.classes"), head, lines, "lrrrrr", (4, 2, 2, 2, 2, 3), figure="incidents.classes"
    )
    if any(row["share"] is None for row in found):
        yield Text(view.say("incidents.small"), "quiet", figure="incidents.classes")


def _class(view: View, row: Figures) -> str:
    """Return a class by its code and the name that its publisher gives it."""
    if row.get("others"):
        return view.say("incidents.others", n=number(row["others"]))
    code, name = row.get("class_code"), row.get("class_name")
    return " ".join(each for each in (code, name) if each) or view.say("unknown")


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
        yield Table(view.say("quality.refusals"), head, lines, "llr", (4, 6, 1), code=(0,), figure="refusals")
        yield Text(view.say("quality.refusals_note"), "quiet", figure="refusals")
    else:
        yield Text(view.say("quality.refusals_none"), figure="refusals")
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
        refused if isinstance(refused := row.get("quarantined"), str) else number(refused),
        str(row.get("file_sha256") or DASH)[:16],
    )
