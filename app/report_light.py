"""The report's pages on light and lenses: night, turning cameras, classes that a camera reaches nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from app.report_blocks import Block, Heading, Points, Table, Text
from app.report_format import Figures, kilometres, span
from app.report_view import View, part, rows
from app.words import distance, label, number, percent
from spatial.optics import px_per_m


def night(view: View) -> Iterator[Block]:
    """Yield the share of alleys seen at night by class, and what light it rests on; or that it is not known."""
    figure = part(view.run, "night")
    if not figure:
        return
    yield Heading(view.say("night.title"), 1)
    rungs = [rung for rung in rows(figure, "ladder") if rung.get("share") is not None]
    if not rungs:
        code = figure.get("reason_code")
        yield Text(label("reason", code, view.lang) if code else view.say("night.none"))
        return
    told = [view.say("night.intro", radius=f"{figure['lamp_radius_m']:g}"), _lamps(view, figure)]
    cameras = (view.run or {}).get("cameras") or 0
    if unknown := cameras - figure["ir_known"]:
        known = {"cameras": number(cameras), "unknown": number(unknown)}
        told.append(view.say("night.unknown_range", **known))
    yield Text(" ".join(told))
    by_day = {rung["class"]: rung.get("share") for rung in rows(view.run, "ladder")}
    heads = ("class", "by_day", "at_night", "range", "certain", "possible")
    cells = tuple(
        (
            view.label("class", rung["class"]),
            percent(by_day.get(rung["class"])),
            percent(rung["share"]),
            span(rung["low"], rung["high"], view.lang),
            percent(rung["certain"]),
            percent(rung["possible"]),
        )
        for rung in rungs
    )
    head = tuple(view.say(f"col.{name}") for name in heads)
    yield Table(view.say("night.table"), head, cells, "lrrrrr", (3, 2, 2, 3, 2, 2))


def _lamps(view: View, figure: Figures) -> str:
    lit = part(figure, "lit")
    if lit.get("share") is None:
        return view.say("night.no_lamps")
    told = {"length": kilometres(lit["length_m"]), "share": percent(lit["share"])}
    return view.say("night.lit", lamps=number(figure["lamps"]), **told)


def turning(view: View) -> Iterator[Block]:
    """Yield reach, home and time of the turning cameras; nothing where there are none, or nothing is known."""
    figure = part(view.run, "ptz")
    length_m, shares = part(figure, "length_m"), part(figure, "shares")
    if not figure.get("cameras") or length_m.get("reach") is None:
        return
    yield Heading(view.say("ptz.title"), 1)
    yield Text(view.say("ptz.intro", cameras=number(figure["cameras"])))
    answers = {"reach": "ptz.reach", "home": "ptz.home", "by_time": "ptz.by_time"}
    cells = tuple(
        (view.say(key), distance(length_m.get(name)), percent(shares.get(name)))
        for name, key in answers.items()
    )
    head = tuple(view.say(f"col.{name}") for name in ("answer", "length", "share_of"))
    yield Table(view.say("ptz.table"), head, cells, "lrr", (6, 2, 2))
    if unknown := figure["cameras"] - figure["with_presets"]:
        known = {"known": number(figure["with_presets"]), "unknown": number(unknown)}
        yield Text(view.say("ptz.rounds", **known), "quiet")


def empty_zones(view: View) -> Iterator[Block]:
    """Yield for each class how many cameras reach it nowhere; that all do, where none fails."""
    found = rows(view.run, "empty_zones")
    if not found or not found[0]["of"]:
        return
    yield Heading(view.say("empty.title"), 1)
    lines = tuple(
        view.say(
            "empty.line",
            klass=view.label("class", row["class"]),
            n=number(row["cameras"]),
            of=number(row["of"]),
            height=f"{row['target_height_m']:g}",
        )
        for row in found
        if row["cameras"]
    )
    if lines:
        yield Points(lines)
    else:
        yield Text(view.say("empty.none", height=f"{found[0]['target_height_m']:g}"))


def methods(view: View) -> list[str]:
    """Return what the annex says of these figures, of those that were computed."""
    told = []
    figure, ptz = part(view.run, "night"), part(view.run, "ptz")
    if any(rung.get("share") is not None for rung in rows(figure, "ladder")):
        # The database keeps no order of keys: classes go from coarse to fine.
        known = part(figure, "factors")
        factors = ", ".join(
            f"{view.label('class', rung)} {known[rung]:g}" for rung in sorted(known, key=px_per_m)
        )
        told.append(view.say("annex.night", factors=factors))
    if ptz.get("with_presets"):
        told.append(view.say("annex.round", n=number(ptz["dwell_unknown"])))
    if rows(view.run, "empty_zones"):
        told.append(view.say("annex.empty"))
    return told
