"""Answers of services as sentences of the pages: the number never without its denominator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app import phrases_aim, phrases_answer, phrases_find, phrases_light
from app.words import day as day_text
from app.words import density, distance, label, number, percent, say, span
from spatial.errors import OutOfRange
from spatial.optics import px_per_m
from spatial.types import LonLat

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def coordinates(typed: str) -> dict[str, float] | None:
    """Return lat and lon read from "37.5791, 126.9368" (comma, space or semicolon between), or None.

    The other order is taken too where it can be told: a first number beyond 90 can only be a longitude.
    """
    parts = [part for part in re.split(r"[,;\s]+", typed.strip()) if part]
    try:
        first, second = (float(part) for part in parts)
        place = LonLat(second, first) if abs(first) <= 90.0 else LonLat(first, second)
    except (ValueError, OutOfRange):
        return None
    return {"lat": place.lat, "lon": place.lon}


def find_sentence(answer: Row, lang: str) -> str:
    """Say who sees the place, "none" first when nobody does and nobody may, and why the nearest does not.

    Before all, that it lies outside; of those that see it or may, how many may be used for the incident, unless all may.
    """
    if answer["outside"]:
        if not answer["seen_by"] and not answer["may_be_seen_by"]:
            return say("find.outside_none", lang)
        return f"{say('find.outside', lang)} {_seen_by(answer, lang)}{_usable(answer, lang)}"
    if not answer["seen_by"] and not answer["may_be_seen_by"]:
        return _seen_by(answer, lang)
    further = phrases_find.nearest_not(answer, lang)
    return " ".join(filter(None, (_seen_by(answer, lang) + _usable(answer, lang), further)))


def _seen_by(answer: Row, lang: str) -> str:
    sees, may = answer["seen_by"], answer["may_be_seen_by"]
    one = "_one" if sees == 1 else ""
    if sees and may:
        return say(f"find.seen{one}_and_may", lang, sees=number(sees), may=number(may))
    if sees:
        return say(f"find.seen{one}", lang, sees=number(sees))
    if may:
        return say("find.may_one" if may == 1 else "find.may", lang, may=number(may))
    return say("find.none", lang)


def _usable(answer: Row, lang: str) -> str:
    sees = [row["group"] for row in answer["cameras"] if row["sees"]]
    may = [
        row["group"] for row in answer["cameras"] if row["sight"] == "possible" and row["status"] == "working"
    ]
    if 2 not in (*sees, *may):
        return ""
    if 1 not in (*sees, *may):
        return " " + say("find.usable_none", lang)
    return " " + say("find.usable", lang, sees=number(sees.count(1)), may=number(may.count(1)))


def find_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind the sentence: chance, nearest, class, date, place, age."""
    cameras = answer["cameras"]
    if not cameras:
        yield say("find.no_cameras", lang)
    elif not answer["seen_by"] and not answer["may_be_seen_by"]:
        near = distance(min(row["distance_m"] for row in cameras))
        yield phrases_find.nearest_not(answer, lang) or say("find.none_nearest", lang, distance=near)
    able = [row for row in cameras if row["sight"] == "possible" and row["status"] == "working"]
    turning = sum(row["must_turn"] for row in able)
    if turning:
        yield say("find.must_turn_one" if turning == 1 else "find.must_turn", lang, n=number(turning))
    chance = answer["p_any"]
    if chance is not None and not answer["seen_by"]:
        key = "find.chance_unturned" if turning else "find.chance_one" if len(able) == 1 else "find.chance"
        yield say(key, lang, chance=percent(chance, 0))
    if use := phrases_find.use_line(answer, lang):
        yield use
    yield from phrases_answer.lines(answer, lang)
    if down := answer["out_of_order"]:
        yield say("find.out_of_order_one" if down == 1 else "find.out_of_order", lang, n=number(down))
    yield from phrases_light.place_lines(answer, lang)
    if not answer["walls_known"]:
        yield say("find.walls_unknown", lang)
    point, code = answer["point"], answer["density_class"]
    yield say(
        "find.basis",
        lang,
        name=label("class", code, lang),
        density=density(px_per_m(code)),
        at=day_text(answer["at"], lang),
        lat=f"{point['lat']:.6f}",
        lon=f"{point['lon']:.6f}",
    )
    if answer["stale"]:
        yield say("find.stale", lang, stale=number(answer["stale"]))


def owner(row: Row, lang: str) -> str:
    """Return whose a camera is, in the language asked for where that is known."""
    english = row.get("agency_en") if lang == "en" else None
    return english or label("agency", row["agency"], lang)


def standing(row: Row) -> str:
    """Return where a camera stands: its site's name, else its address without city and district, else its key."""
    address = re.sub(r"^(?:\S+[시도군구]\s+)+(?=\S)", "", row["address"] or "")
    return row["site"] or address or row["camera_key"]


def gaps_headline(run: Row, lang: str) -> str:
    """Say what share of how many metres of alleys is seen, or why that cannot be told."""
    alleys = run["alleys"]
    if alleys["share"] is None:
        return say(f"reason.{alleys['reason_code']}", lang)
    return say("gaps.headline", lang, share=percent(alleys["share"]), length=distance(alleys["length_m"]))


def gaps_lines(run: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind the headline: range and hard bounds, method, the circle that others draw."""
    alleys = run["alleys"]
    if alleys["share"] is not None:
        bounds = {"certain": percent(alleys["certain"]), "possible": percent(alleys["possible"])}
        yield say("gaps.headline_range", lang, span=span(alleys["low"], alleys["high"]), **bounds)
    yield method_line(run, lang)
    if circle := circle_line(run, lang):
        yield circle
    wanted = [say(f"next.{code}", lang).rstrip(".") for code in run.get("load_next") or []]
    if wanted:
        yield say("gaps.load_next", lang, what="; ".join(wanted))


def method_line(run: Row, lang: str) -> str:
    """Say of which class, by how many cameras of which basis and as at which day a run is."""
    basis, code = run["basis"], run["class"]
    return say(
        "gaps.method",
        lang,
        name=label("class", code, lang),
        density=density(px_per_m(code)),
        cameras=number(run["cameras"]),
        survey=number(basis["survey"]),
        datasheet=number(basis["datasheet"]),
        assumed=number(basis["assumed"]),
        at=day_text(run["at"], lang),
    )


def gaps_grounds(run: Row, lang: str) -> Iterator[str]:
    """Yield what the figures rest on, and what they are by night: walls, terrain, aims, light, rounds, lenses."""
    if run["buildings"]:
        known = {"n": run["buildings"], "assumed": run["buildings_height_assumed"]}
        known |= {"storeys": run["buildings_height_by_storeys"]}
        yield say("gaps.walls", lang, **{name: number(n) for name, n in known.items()})
    stands = run.get("stands") or {}
    if any(stands.get(code) for code in ("on_wall", "on_roof", "inside")):
        yield say("gaps.stands", lang, **{code: number(n) for code, n in stands.items()})
    if run.get("models"):
        yield say("gaps.terrain", lang, **grounds(run["models"]))
    yield from phrases_aim.run_lines(run, lang)
    yield from phrases_light.run_lines(run, lang)


def circle_line(run: Row, lang: str) -> str | None:
    """Say what circles of 50 m would claim and how many times the truth that is; None where it cannot be said."""
    circle = run.get("buffer50m") or {}
    if circle.get("share") is None:
        return None
    times = circle.get("overstates")
    key = "gaps.circle_bound" if not times else f"gaps.circle{'' if round(times, 1) > 1.0 else '_under'}"
    of = say("circle.of_alleys" if circle["of"] == "alley length" else "circle.of_area", lang)
    return say(key, lang, share=percent(circle["share"]), times=number(times, 1), of=of)


def grounds(models: Row) -> dict[str, str]:
    """Return of how many cameras sight went over known terrain, terrain known in part, and flat ground, as texts."""
    totals = {"terrain": 0, "part": 0, "flat": 0}
    for model, n in models.items():
        totals[{"terrain": "terrain", "part-terrain": "part"}.get(model.partition("+")[2], "flat")] += n
    return {name: number(n) for name, n in totals.items()}


def incidents_line(run: Row, lang: str) -> str:
    """Say what share of the incidents of the 12 months before lies where a camera sees."""
    found = run["incidents"]
    shown = {"share": percent(found["share"]), "span": span(found["low"], found["high"])}
    return say("gaps.incidents", lang, n=number(found["n"]), **shown)
