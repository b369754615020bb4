"""Night, rounds and empty zones as sentences of the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import distance, label, number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def run_lines(run: Row, lang: str) -> Iterator[str]:
    """Yield what a computation of coverage says beside its headline; nothing of one of before it was computed."""
    if run["alleys"]["share"] is not None and (night := run.get("night")):
        yield from _night_lines(run, night, lang)
    if (ptz := run.get("ptz")) and ptz["length_m"]["reach"] is not None and ptz["cameras"]:
        length = {name: distance(metres) for name, metres in ptz["length_m"].items()}
        yield say("gaps.ptz", lang, n=number(ptz["cameras"]), reach=length["reach"], home=length["home"])
        if ptz["length_m"]["by_time"] is not None:
            yield say("gaps.ptz_time", lang, m=number(ptz["with_presets"]), by_time=length["by_time"])
    yield from (_no_zone(row, lang) for row in run.get("empty_zones") or () if row["cameras"])


def ladder_rows(run: Row, lang: str) -> list[tuple[str, ...]]:
    """Return a row a class: its name, then share and interval by day and by night; dashes where nothing is known."""
    dark = {row["class"]: row for row in run["night"]["ladder"]}
    return [
        (
            label("class", row["class"], lang),
            *(
                text
                for each in (row, dark[row["class"]])
                for text in (percent(each["share"]), span(each["low"], each["high"]))
            ),
        )
        for row in run["ladder"]
    ]


def _night_lines(run: Row, night: Row, lang: str) -> Iterator[str]:
    rung = next((row for row in night["ladder"] if row["class"] == run["class"]), None)
    if code := night.get("reason_code"):
        yield say(f"reason.{code}", lang)
        return
    if rung is not None:
        shown = {"share": percent(rung["share"]), "span": span(rung["low"], rung["high"])}
        rule = {"radius": f"{night['lamp_radius_m']:g}", "factor": f"{night['factors'][run['class']]:g}"}
        yield say("gaps.night", lang, name=label("class", run["class"], lang), **shown, **rule)
    unknown = number(run["cameras"] - night["ir_known"])
    if night["lamps"]:
        lit = percent(night["lit"]["share"])
        yield say("gaps.night_light", lang, lamps=number(night["lamps"]), lit=lit, unknown=unknown)
    else:
        yield say("gaps.night_no_lamps", lang, unknown=unknown)


def _no_zone(row: Row, lang: str) -> str:
    told = {"n": number(row["cameras"]), "of": number(row["of"]), "height": f"{row['target_height_m']:g}"}
    return say("gaps.no_zone", lang, name=label("class", row["class"], lang), **told)


def by_night(row: Row, lang: str) -> str:
    """Return whether a camera of an answer still sees the place at night; a dash for one that does not by day."""
    if row["sight"] == "none":
        return "–"
    return label("by_night", {True: "yes", False: "no", None: "unknown"}[row["by_night"]], lang)


def place_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what the lenses of an answer's cameras tell beside sight: by night, on the round, at all."""
    cameras = answer["cameras"]
    seeing = [row for row in cameras if row["sight"] != "none" and row["status"] == "working"]
    if seeing:
        light = {True: "find.lit", False: "find.unlit", None: "find.lamps_unknown"}[answer["lit"]]
        yes, unknown = (sum(row["by_night"] is each for row in seeing) for each in (True, None))
        told = {"yes": number(yes), "unknown": number(unknown), "lit": say(light, lang)}
        yield say("find.night", lang, **told)
    for row in seeing:
        if row["watched_share"] is not None:
            yield say("find.watched", lang, camera=row["camera_key"], share=percent(row["watched_share"], 0))
    if n := sum(row["empty_zone"] for row in cameras):
        name = label("class", answer["density_class"], lang)
        height = f"{answer['target_height_m']:g}"
        yield say("find.no_zone", lang, name=name, n=number(n), of=number(len(cameras)), height=height)
