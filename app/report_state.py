"""The report's chapter on the network: cameras and sites over the years, by agency, purpose, kind and age; what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app import charts, words
from app.report_blocks import Block, Chart, Heading, Table, Text
from app.report_format import (
    Figures,
    as_day,
    signed,
)
from app.report_view import View, part, rows
from app.words import day, number, percent


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
        drawn = charts.steps(history, names, view.fonts)
        yield Chart(drawn, alt, view.say("network.history"), figure="network.history")
    agencies = [(view.name(row, "agency"), row.get("cameras")) for row in view.agencies]
    yield from _share_table(view, "agency", sorted(agencies, key=lambda row: (-(row[1] or 0), row[0])))
    composition = part(view.figures, "cameras")
    if not composition:
        yield Text(view.say("network.missing"), figure="network.purpose")
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
    caption = view.say(f"network.by_{theme}")
    yield Table(caption, head, cells, "lrr", (6, 2, 2), figure=f"network.{theme}")


def changes(view: View) -> Iterator[Block]:
    """Yield what became of cameras in the period, by agency, and the cameras that moved the share most."""
    yield Heading(view.say("moves.title"), 1)
    figure = part(view.figures, "changes")
    found = rows(figure, "agencies")
    if not found:
        yield Text(view.say("moves.none" if figure else "moves.unknown"), figure="changes.agencies")
        return
    told = {"change": _metres(figure["change_m"]), "shared": _metres(figure["shared_m"])}
    yield Text(
        view.say("moves.intro", buildings=_metres(figure["buildings_m"]), **told), figure="changes.agencies"
    )
    head = tuple(view.say(f"col.{name}") for name in ("agency", *_MOVES, "metres"))
    lines = [
        (view.name(row, "agency"), *(number(row[name]) for name in _MOVES), _metres(row["delta_m"]))
        for row in found
    ]
    sums = tuple(number(sum(row[name] for row in found)) for name in _MOVES)
    lines.append((view.say("alone.all"), *sums, _metres(sum(row["delta_m"] for row in found))))
    caption = view.say("moves.table")
    yield Table(caption, head, tuple(lines), "lrrrrrr", (5, 2, 2, 2, 2, 2, 3), figure="changes.agencies")
    yield from _most_moved(view, rows(figure, "cameras"))


_MOVES = ("added", "retired", "moved", "re_aimed", "other")
MOST_MOVED = 10


def _most_moved(view: View, found: Sequence[Figures]) -> Iterator[Block]:
    most = found[:MOST_MOVED]
    if not most:
        return
    head = tuple(view.say(f"col.{name}") for name in ("registry", "agency", "change", "metres"))
    lines = tuple(
        (
            str(row["camera_key"]),
            view.name(row, "agency"),
            words.label("change", row["change"], view.lang),
            _metres(row["delta_m"]),
        )
        for row in most
    )
    caption = view.say("moves.cameras", n=number(len(most)), of=number(len(found)))
    yield Table(caption, head, lines, "lllr", (5, 4, 3, 2), code=(0,), figure="changes.cameras")


def _metres(value: float) -> str:
    """Return metres gained or lost, with their sign."""
    return f"{signed(value, 1)} m"
