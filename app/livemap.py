"""The live map: a thin component round MapLibre GL JS. Tiles, library and fonts come from our own server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import streamlit as st

from app import phrases_answer, plan_on_map, session, simple_map, words
from app.roles import holds

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# South-west and north-east corner, each lon and lat.
Bounds = tuple[tuple[float, float], tuple[float, float]]

# Vector layers of each map; each is a layer of etl.store.tiles.
GROUND = ("boundaries", "zones", "alleys", "buildings", "cameras")

_FOLDER = Path(__file__).with_name("static")
_TEXTS = ("no_assets", "no_tiles", "zoom_in", "zoom_out")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "golmok_livemap",
    html=_read("livemap.html"),
    css=_read("livemap.css"),
    js="".join(_read(f"livemap{part}.js") for part in ("", "_ways", "_sites", "_bench", "_simple")),
)


def find_map(
    answer: Row | None,
    point: Row | None,
    *,
    density_class: str,
    on_click: Callable[[], None],
    ways: Row | None = None,
    opened: bool = False,
) -> None:
    """Draw the map of Find: the place, the cameras of the answer, the views and lines of those that see it, its approaches.

    answer    what `app.services.find.nearest` returns, or None before a question
    point     lat, lon of the question, or None
    on_click  called when a place was clicked; `clicked_place()` then says which
    ways      the ways out in place of the answer's cameras, as `app.net_map.ways_on_map` gives them
    opened    whether the cameras of the second group are drawn, too: as the list beside names them
    """
    cameras = phrases_answer.listed(answer, opened=opened) if answer else []
    approaches = answer["approaches"] if answer and not astray(answer) else []
    rule = answer["old_rule"] if answer else None
    drawn: dict[str, object] = {
        "asks": True,
        "simple": simple_map.of_find({**answer, "cameras": cameras} if answer else None),
        "legend": _legend_of_find(old_rule=bool(rule), ways=bool(approaches)),
        "approaches": [{name: way[name] for name in ("lat", "lon", "seen_by")} for way in approaches],
        "cameras": _marked(cameras, named=rule["camera_ids"] if rule else ()),
        "point": point,
        "focus": _focus_place(point, cameras) if point and not astray(answer) else None,
        "layers": [*GROUND, "fields"],
        "filter": {"density_class": density_class} | ({"at": answer["at"]} if answer else {}),
    }
    if ways:
        drawn |= {
            "ways": ways,
            "approaches": [],
            **{name: ways[name] for name in ("cameras", "legend", "focus")},
        }
    _mount("find_map", drawn, label="map.label", on_click=on_click)


def camera_map(card: Row, *, on_click: Callable[[], None]) -> None:
    """Draw the map of Find with one camera and all that it sees or may see, in place of an answer's.

    card      what `app.services.camera.card` returns
    on_click  as of `find_map`
    """
    seen = card["view"]
    sights = [name for name in ("certain", "possible") if seen[f"{name}_m2"]] or ["none"]
    here = {name: card[name] for name in ("camera_id", "lat", "lon")}
    # Once for each kind of view: the map shows the views of those it draws.
    marks = [{**here, "sight": sight, "old": False, "text": ""} for sight in sights]
    marks[0]["text"] = card["camera_key"]
    corners = [(card["lon"], card["lat"])]
    if seen["bounds"]:
        west, south, east, north = seen["bounds"]
        corners += [(west, south), (east, north)]
    drawn: dict[str, object] = {
        "asks": True,
        "legend": [],
        "cameras": marks,
        "point": None,
        "focus": {"token": card["camera_key"], "bounds": _bounds(corners), "stays": False},
        "layers": [*GROUND, "fields"],
        "filter": {"density_class": card["density_class"], "at": card["at"]},
    }
    _mount("find_map", drawn, label="map.label", on_click=on_click)


def witness_map(answer: Row, *, on_click: Callable[[], None]) -> None:
    """Draw the map of Find with the area that a witness question asks about, and the cameras that could have recorded it.

    answer    what `app.services.witness.witness` returns; a camera of which nothing is left is drawn as one that does not see
    on_click  as of `find_map`
    """
    point, ring = answer["point"], answer["ring"]
    marks = [row | {"sight": _recorded(row)} for row in answer["cameras"]]
    corners = [(row["lon"], row["lat"]) for row in marks if row["sight"] != "none"]
    focus = {
        "token": f"witness {point['lat']},{point['lon']} {answer['radius_m']}",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "bounds": _bounds([*map(tuple, ring), *corners]),
        "stays": True,
    }
    drawn: dict[str, object] = {
        "asks": True,
        "legend": [{"ink": "place", "text": words.say("witness.legend", session.language())}],
        "cameras": _marked([row | {"p_sees": None} for row in marks]),
        "point": point,
        "focus": focus,
        "layers": [*GROUND, "fields"],
        "filter": {"density_class": answer["density_class"], "at": answer["at"]},
    }
    _mount("find_map", drawn, label="map.label", on_click=on_click)


def _recorded(row: Row) -> str:
    """Return how a camera that could have recorded is drawn: certain, possible or none."""
    if row["group"] != "kept" or row["hardly"]:
        return "none"
    return "certain" if any(row[theme]["certain"] for theme in ("area", "alleys")) else "possible"


def gaps_map(run: Row | None, chosen: Row | None, *, show: Row | None = None) -> None:
    """Draw the map of Gaps: every gap of a computation, and the chosen one in the middle.

    show  what else was chosen: at and class (of the network, where nothing is computed), purpose (its cameras alone are
          drawn), dong and zone (code, number: they are outlined), bounds of the dong or zone (the map goes there),
          extent of the district (the map opens there where nothing is computed)
    """
    wish = show or {}
    asked = {"density_class": wish.get("class"), "at": wish.get("at")}
    drawn: dict[str, object] = {
        "asks": False,
        "simple": simple_map.of_gaps(run, chosen),
        "cameras": [],
        "legend": _legend(run, wish.get("purpose")) if run else [],
        "point": None,
        "focus": _focus(chosen) if chosen else _focus_area(wish),
        "layers": [*GROUND, "gaps"] if run else [*GROUND],
        "filter": {"density_class": run["class"], "at": run["at"], "run_id": run["run_id"]} if run else asked,
        "marks": {name: wish.get(name) for name in ("purpose", "dong", "zone")},
    }
    _mount(
        "gaps_map",
        drawn,
        label="map.label_gaps",
        bounds=(_around(run["gaps"]) if run else None) or wish.get("extent"),
    )


def plan_map(
    answer: Row | None, chosen: Row | None, *, by_hand: bool = False, compared: Row | None = None
) -> None:
    """Draw the map of Plan: the sites, numbered as in the table, and what each would see.

    answer    what `app.services.plan` gives, or None before a plan is open; chosen: one row of it, or None
    by_hand   whether sites may be dragged and turned: `kept_by_hand()` then says what is to be kept
    compared  another plan beside it, as `app.plan_on_map.compared` gives it
    """
    lang = session.language()
    rows = answer["chosen"] if answer else []
    places = [(row["lon"], row["lat"]) for row in rows]
    drawn: dict[str, object] = {
        "asks": False,
        "cameras": plan_on_map.sites(rows),
        "planned": plan_on_map.views(rows),
        "was": plan_on_map.before(rows),
        "legend": plan_on_map.legend(rows, lang),
        "bench": plan_on_map.bench(answer, chosen, lang) if answer and rows and by_hand else None,
        "point": {"lat": chosen["lat"], "lon": chosen["lon"]} if chosen else None,
        "focus": _focus_planned(answer, chosen, places) if answer and rows else None,
        "layers": [*GROUND],
        "filter": {"at": answer["at"]} if answer else {},
    }
    if compared:
        drawn |= compared
        places = [(row["lon"], row["lat"]) for row in compared["cameras"]] or places
        token = f"{answer['plan_id'] if answer else ''} {compared['legend'][-1]['text']}"
        drawn["focus"] = {"token": token, "bounds": _bounds(places)} if places else None
    _mount("plan_map", drawn, label="map.label_plan", bounds=_bounds(places) if places else None)


def _focus_planned(
    answer: Row, chosen: Row | None, places: Sequence[tuple[float, float]]
) -> dict[str, object]:
    at = [(chosen["lon"], chosen["lat"])] if chosen else places
    return {"token": f"{answer['plan_id']} {at[0] if chosen else 'all'}", "bounds": _bounds(at)}


def kept_by_hand() -> Row | None:
    """Return what this run is asked to keep as a plan: plan_id, altered (no, lat, lon, heading_deg of each), name; or None."""
    state = st.session_state.get("plan_map")
    return getattr(state, "keep", None) if state is not None else None


def clicked_place() -> Row | None:
    """Return lat and lon of the click that this run answers, or None."""
    state = st.session_state.get("find_map")
    return getattr(state, "click", None) if state is not None else None


def _mount(
    key: str,
    drawn: dict[str, object],
    *,
    label: str,
    bounds: Bounds | None = None,
    on_click: Callable[[], None] | None = None,
) -> None:
    lang = session.language()
    texts = {name: words.say(f"map.{name}", lang) for name in _TEXTS} | {"label": words.say(label, lang)}
    edition = session.edition() or "public"
    content = drawn | {
        "edition": edition,
        "layers": [layer for layer in cast("list[str]", drawn["layers"]) if holds(edition, layer)],
        "version": session.map_version(),
        "lang": lang,
        "view": _view(bounds),
        "texts": texts,
    }
    content["token"] = _token(content)
    _component(
        key=key,
        data=content,
        on_click_change=on_click or _nothing,
        on_keep_change=_nothing,
        on_webgl_change=simple_map.note_absent,
    )


def _legend_of_find(*, old_rule: bool, ways: bool) -> list[dict[str, str]]:
    """Return what the marks of the map of Find mean that no line explains: ink and text of each."""
    shown = {"way": ("map.legend_approach", ways), "old": ("map.legend_old", old_rule)}
    return [
        {"ink": ink, "text": words.say(key, session.language())}
        for ink, (key, wanted) in shown.items()
        if wanted
    ]


def _nothing() -> None:
    """Take what asks nothing by itself."""


def _legend(run: Row, purpose: str | None) -> list[dict[str, str]]:
    """Return what the colours of the map of Gaps mean: ink and text of each."""
    lang = session.language()
    kinds = sorted({zone["kind"] for zone in run["zones"]})
    cameras = words.say("map.legend_camera", lang)
    of = f": {words.label('purpose', purpose, lang)}" if purpose else ""
    return [
        {"ink": "gap", "text": words.say("map.legend_gap", lang)},
        {"ink": "camera", "text": f"{cameras}{of}"},
        *({"ink": kind, "text": _capital(words.label("zone_kind", kind, lang))} for kind in kinds),
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _marked(cameras: Sequence[Row], *, named: Sequence[int] = ()) -> list[dict[str, object]]:
    """Return the cameras as the map draws them, numbered as in the table: one label a pole, for all that hang on it."""
    poles: dict[tuple[float, float], list[int]] = {}
    for at, row in enumerate(cameras):
        poles.setdefault((row["lat"], row["lon"]), []).append(at)
    texts = {here[0]: _label(here, cameras[here[0]]) for here in poles.values()}
    kept = ("camera_id", "lat", "lon", "sight")
    return [
        {name: row[name] for name in kept}
        | {"text": texts.get(at, ""), "old": row["camera_id"] in named, "approach": _approach(row)}
        for at, row in enumerate(cameras)
    ]


def _approach(row: Row) -> dict[str, float] | None:
    """Return which approach a camera watches that does not see the place itself; None of any other."""
    return {name: row["approach"][name] for name in ("lat", "lon")} if row.get("role") == "approach" else None


def _label(here: Sequence[int], first: Row) -> str:
    numbers = [at + 1 for at in here]
    together = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    named = f"{numbers[0]}–{numbers[-1]}" if together else ", ".join(map(str, numbers))
    told = len(here) == 1 and first["sight"] == "possible" and first["p_sees"] is not None
    chance = f" · {words.percent(first['p_sees'], 0)}" if told else ""
    return f"{named} · {words.distance(first['distance_m'])}{chance}"


def astray(answer: Row | None) -> bool:
    """Tell whether the place lies where the map has nothing to show: outside the district, and nobody sees it."""
    return bool(answer and answer["outside"] and answer["headline_code"] == "none")


def _focus_place(point: Row, cameras: Sequence[Row]) -> dict[str, object]:
    """Return what the map must show of an answer: the place, and every camera that sees it or may."""
    seeing = [row for row in cameras if row["sight"] != "none"] or cameras
    bounds = _bounds([(place["lon"], place["lat"]) for place in (point, *seeing)])
    return {"token": f"{point['lat']},{point['lon']}", "bounds": bounds, "stays": True}


def _focus(gap: Row) -> dict[str, object]:
    shape = gap.get("geometry") or {"type": "Point", "coordinates": [gap["lon"], gap["lat"]]}
    return {
        "token": f"gap {gap['gap_id']} {gap['lat']} {gap['lon']}",
        "geometry": shape,
        "bounds": _bounds(_places(shape["coordinates"])),
    }


def _focus_area(show: Row) -> dict[str, object] | None:
    """Return what the map must show of a chosen dong or zone; None without one."""
    if not show.get("bounds"):
        return None
    return {"token": f"{show.get('dong')} {show.get('zone')}", "bounds": show["bounds"]}


def _around(gaps: Sequence[Row]) -> Bounds | None:
    """Return the bounds of all listed gaps, or None without any."""
    return _bounds([(gap["lon"], gap["lat"]) for gap in gaps]) if gaps else None


def _bounds(places: Sequence[tuple[float, float]]) -> Bounds:
    lons, lats = zip(*places, strict=True)
    return (min(lons), min(lats)), (max(lons), max(lats))


def _places(coordinates: Sequence[Any]) -> list[tuple[float, float]]:
    """Return the places of GeoJSON coordinates, however deep they are nested."""
    if coordinates and isinstance(coordinates[0], int | float):
        return [(float(coordinates[0]), float(coordinates[1]))]
    return [place for part in coordinates for place in _places(part)]


def _view(bounds: Bounds | None) -> dict[str, object]:
    """Return where the map opens: on the bounds, else on the district's extent, else round its centre."""
    district = session.district()
    if bounds is None and district.extent is not None:
        west, south, east, north = district.extent
        bounds = (west, south), (east, north)
    return {"center": [district.center.lon, district.center.lat], "zoom": district.zoom, "bounds": bounds}


def _token(content: object) -> str:
    """Return a short name of what is drawn: the same content, the same name."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
