"""The report's chapter on value: cameras that add little, what agencies see together and alone, how evenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app import charts, words
from app.report_blocks import Block, Chart, Heading, Table, Text
from app.report_format import (
    DASH,
    Figures,
    kilometres,
    span,
)
from app.report_small import told_equity
from app.report_view import View, part, rows
from app.words import distance, number, percent


def dividend(view: View) -> Iterator[Block]:
    """Yield what each agency sees alone of alleys, flood and wildfire zones, and all together."""
    agencies = [row for row in view.agencies if row.get("alleys_alone") is not None]
    if not agencies:
        return
    yield Heading(view.say("alone.dividend"), 1)
    yield from _alone(view)
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
    yield Table(
        view.say("alone.table"), head, tuple(lines), "lrrrr", (5, 2, 2, 2, 2), figure="agencies.alone"
    )


def _alone(view: View) -> Iterator[Block]:
    """Yield what the best agency sees alone against all together."""
    together = view.alleys.get("share")
    shares = [
        (row["alleys_alone"], view.name(row, "agency"))
        for row in view.agencies
        if row.get("alleys_alone") is not None
    ]
    if together is None or not shares:
        yield Text(view.say("alone.unknown"))
        return
    shares.sort(key=lambda share: (-share[0], share[1]))
    yield Text(view.say("alone.intro", best=percent(shares[0][0]), together=percent(together)))
    lines = [charts.Bar(name, share, percent(share)) for share, name in shares]
    lines.append(charts.Bar(view.say("alone.all"), together, percent(together), strong=True))
    alt = "; ".join(f"{line.label} {line.text}" for line in lines)
    yield Chart(charts.bars(lines, view.fonts), alt, view.say("alone.chart"))


def marginal(view: View) -> Iterator[Block]:
    """Yield how many cameras add little, how much cameras add each, and the list of those that surely add little."""
    yield Heading(view.say("little.title"), 1)
    figure = part(view.figures, "marginal")
    found = rows(figure, "cameras")
    if not found:
        yield Text(_why_not(view, figure), figure="marginal")
        return
    yield Text(little(view), figure="marginal")
    yield from _spread(view, found)
    yield Text(view.say("little.caveat"), figure="marginal")
    listed = [row for row in found if row["high_m"] < figure["little_m"]]
    if listed:
        yield _listed(view, listed[:MOST_LISTED], of=len(listed))


# A table of so many rows stays on one page.
MOST_LISTED = 20
# Metres that a camera alone sees, from and up to.
_STEPS = ((0.0, 0.05), (0.05, 5.0), (5.0, 10.0), (10.0, 15.0), (15.0, 20.0), (20.0, 30.0), (30.0, None))


def little(view: View) -> str:
    """Return how many cameras surely and likely add little, as a sentence."""
    figure = part(view.figures, "marginal")
    counts_told = {name: number(figure[name]) for name in ("of", "surely", "likely", "nothing")}
    told = {"little": f"{figure['little_m']:g} m", "only": kilometres(figure["only_m"])}
    return view.say("little.sentence", seen=kilometres(figure["seen_m"]), **told, **counts_told)


def _why_not(view: View, figure: Figures) -> str:
    code = figure.get("reason_code")
    return words.label("reason", code, view.lang) if code else view.say("little.unknown")


def _spread(view: View, found: Sequence[Figures]) -> Iterator[Block]:
    """Yield how many cameras add how many metres."""
    lines = []
    for low_m, high_m in _STEPS:
        n = sum(low_m <= row["only_m"] and (high_m is None or row["only_m"] < high_m) for row in found)
        lines.append(
            charts.Bar(_step(view, low_m, high_m), n, number(n), strong=high_m is not None and high_m <= 5.0)
        )
    alt = "; ".join(f"{line.label} {line.text}" for line in lines)
    yield Chart(charts.columns(lines, view.fonts), alt, view.say("little.chart"), figure="marginal")


def _step(view: View, low_m: float, high_m: float | None) -> str:
    if high_m is None:
        return view.say("little.from", low=f"{low_m:g}")
    return "0 m" if low_m == 0.0 else f"{0 if low_m < 1.0 else low_m:g}–{high_m:g} m"


def _listed(view: View, found: Sequence[Figures], *, of: int) -> Table:
    names = ("registry", "agency", "purpose", "dong", "sees_m", "only_m", "range_m", "zone_m2")
    lines = tuple(
        (
            str(row["camera_key"]),
            view.name(row, "agency"),
            view.label("purpose", row["purpose"]),
            view.dong_of(row),
            number(row["sees_m"], 1),
            number(row["only_m"], 1),
            _between(row, view.lang),
            number(row["zone_m2"]),
        )
        for row in found
    )
    head = tuple(view.say(f"col.{name}") for name in names)
    caption = view.say("little.table", n=number(len(found)), of=number(of))
    widths = (16, 14, 10, 11, 6, 6, 7, 6)
    return Table(caption, head, lines, "llllrrrr", widths, code=(0,), figure="marginal.cameras")


def _between(row: Figures, lang: str) -> str:
    joint = "~" if lang == "ko" else "–"
    return f"{number(row['low_m'], 1)}{joint}{number(row['high_m'], 1)}"


def together(view: View) -> Iterator[Block]:
    """Yield how much of what an agency sees others see too, and the metres that each two of them share."""
    yield Heading(view.say("both.title"), 1)
    figure = part(view.figures, "together")
    found = sorted(rows(figure, "agencies"), key=lambda row: (-row["seen_m"], row["agency"]))
    if not found:
        yield Text(_why_not(view, figure), figure="together")
        return
    several = {name: distance(figure[name]) for name in ("several_m", "low_m", "high_m")}
    share = figure["several_m"] / figure["seen_m"] if figure["seen_m"] else None
    yield Text(view.say("both.sentence", seen=kilometres(figure["seen_m"]), share=percent(share), **several))
    head = tuple(
        view.say(f"col.{name}") for name in ("no", "agency", "seen_km", "only_km", "shared", "range")
    )
    lines = tuple(
        (
            str(rank),
            view.name(row, "agency"),
            kilometres(row["seen_m"]),
            kilometres(row["only_m"]),
            percent(row["share"]),
            span(row["low"], row["high"], view.lang),
        )
        for rank, row in enumerate(found, start=1)
    )
    yield Table(view.say("both.agencies"), head, lines, "rlrrrr", (1, 5, 2, 2, 3, 3))
    if len(found) > 1:
        yield _matrix(view, found, rows(figure, "pairs"))


def _matrix(view: View, found: Sequence[Figures], pairs: Sequence[Figures]) -> Table:
    """Return the metres that each two agencies share; the columns bear the numbers of the rows."""
    shared = {frozenset((row["agency"], row["other"])): row["shared_m"] for row in pairs}
    names = [row["agency"] for row in found]
    lines = tuple(
        (
            f"{rank} {view.name(row, 'agency')}",
            *(
                DASH if name == row["agency"] else number(shared[frozenset((name, row["agency"]))], 1)
                for name in names
            ),
        )
        for rank, row in enumerate(found, start=1)
    )
    head = (view.say("col.agency"), *(str(rank) for rank in range(1, len(names) + 1)))
    return Table(view.say("both.matrix"), head, lines, "l" + "r" * len(names), (5, *(2 for _ in names)))


def spread(view: View) -> Iterator[Block]:
    """Yield how evenly alleys are seen over the dong, which stay behind, and where many incidents meet little sight."""
    yield Heading(view.say("equity.title"), 1)
    figure = part(view.figures, "equity")
    found = rows(figure, "dong")
    if not found or figure.get("gini") is None:
        yield Text(_why_not(view, figure))
        return
    yield Text(" ".join(_spread_told(view, figure, found)))
    if not view.open_counts:
        figure = told_equity(figure)
    counted = ("incidents", "per_km") if view.open_counts else ()
    head = tuple(
        view.say(f"col.{name}") for name in ("dong", "length", "share", "range", "unseen", *counted, "note")
    )
    lines = tuple(
        _dong(view, row) for row in sorted(rows(figure, "dong"), key=lambda row: row["share"] or 0.0)
    )
    widths = (5, 3, 3, 4, 3, *(3 for _ in counted), 5)
    yield Table(view.say("equity.table"), head, lines, f"lrrrr{'r' * len(counted)}l", widths)
    if not view.open_counts:
        yield Text(view.say("equity.small"), "quiet")


def _spread_told(view: View, figure: Figures, found: Sequence[Figures]) -> Iterator[str]:
    ends = {name: number(figure[name], 2) for name in ("gini", "low", "high")}
    yield view.say("equity.gini", n=number(len(found)), **ends)
    if figure.get("ratio") is not None:
        yield view.say("equity.ratio", ratio=number(figure["ratio"], 1))
    behind = [view.dong_of({"dong": row["code"]}) for row in found if row["behind"]]
    share = percent(figure["share"])
    names = ", ".join(behind)
    yield (
        view.say("equity.behind", names=names, share=share)
        if behind
        else view.say("equity.none", share=share)
    )


_NOTES = {"behind": "equity.is_behind", "busy": "equity.is_busy"}


def _dong(view: View, row: Figures) -> tuple[str, ...]:
    notes = [view.say(key) for name, key in _NOTES.items() if row.get(name)]
    unseen = row["gap_m"] / row["length_m"] if row["length_m"] else None
    return (
        view.dong_of({"dong": row["code"]}),
        kilometres(row["length_m"]),
        percent(row["share"]),
        span(row["low"], row["high"], view.lang),
        percent(unseen),
        *((number(row["incidents"]), number(row["per_km"], 1)) if view.open_counts else ()),
        ", ".join(notes) or DASH,
    )
