"""The live map: a thin component round MapLibre GL JS. Tiles, library and fonts come from our own server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from app import session, words

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# Vector layers of the ground, from the bottom up; each is a layer of etl.store.tiles.
LAYERS = ("boundary", "zone", "water", "alley", "building", "field_of_view", "camera")

_FOLDER = Path(__file__).with_name("static")
_TEXTS = ("no_assets", "no_webgl", "no_tiles", "zoom_in", "zoom_out")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "golmok_livemap", html=_read("livemap.html"), css=_read("livemap.css"), js=_read("livemap.js")
)


def find_map(
    answer: Row | None, point: Row | None, *, density_class: str, on_click: Callable[[], None]
) -> None:
    """Draw the map of Find: the place, the cameras of the answer, the views and lines of those that see it.

    answer   what `app.services.find.nearest` returns, or None before a question
    point    lat, lon of the question, or None
    on_click called with the click in `clicked_place()`
    """
    cameras = [_camera(row) for row in answer["cameras"]] if answer else []
    focus = (
        {"lat": point["lat"], "lon": point["lon"], "token": f"{point['lat']},{point['lon']}"}
        if point
        else None
    )
    _mount(
        "find_map",
        {"asks": True, "cameras": cameras, "point": point, "gaps": None, "focus": focus},
        density_class=density_class,
        label="map.label",
        on_click=on_click,
    )


def gaps_map(gaps: Sequence[Row], chosen: Row | None, *, density_class: str) -> None:
    """Draw the map of Gaps: every listed gap, and the chosen one in the middle."""
    features = [
        {"type": "Feature", "properties": {"gap_id": gap["gap_id"]}, "geometry": gap["geometry"]}
        for gap in gaps
        if gap.get("geometry")
    ]
    _mount(
        "gaps_map",
        {
            "asks": False,
            "cameras": [],
            "point": None,
            "gaps": {"type": "FeatureCollection", "features": features},
            "focus": _focus(chosen) if chosen else None,
        },
        density_class=density_class,
        label="map.label_gaps",
    )


def clicked_place() -> Row | None:
    """Return lat and lon of the click that this run answers, or None."""
    state = st.session_state.get("find_map")
    return getattr(state, "click", None) if state is not None else None


def _mount(
    key: str,
    drawn: dict[str, object],
    *,
    density_class: str,
    label: str,
    on_click: Callable[[], None] | None = None,
) -> None:
    lang = session.language()
    content = drawn | {
        "layers": LAYERS,
        "version": session.map_version(),
        "density_class": density_class,
        "view": _view(),
        "texts": {name: words.say(f"map.{name}", lang) for name in _TEXTS}
        | {"label": words.say(label, lang)},
        "gaps_token": _token(drawn["gaps"]),
    }
    content["token"] = _token(content)
    _component(key=key, data=content, on_click_change=on_click or _nothing)


def _nothing() -> None:
    """Take a click that asks nothing."""


def _camera(row: Row) -> dict[str, object]:
    far = words.distance(row["distance_m"])
    chance = f" · {words.percent(row['p_sees'], 0)}" if row["sight"] == "possible" else ""
    kept = {name: row[name] for name in ("camera_id", "lat", "lon", "sight")}
    return kept | {"text": f"{row['camera_id']} · {far}{chance}"}


def _focus(gap: Row) -> dict[str, object]:
    west, south, east, north = _bounds(gap)
    bounds = [[west, south], [east, north]]
    return {
        "lat": gap["lat"],
        "lon": gap["lon"],
        "gap_id": gap["gap_id"],
        "token": gap["gap_id"],
        "bounds": bounds,
    }


def _bounds(gap: Row) -> tuple[float, float, float, float]:
    geometry = gap.get("geometry") or {"type": "Point", "coordinates": [gap["lon"], gap["lat"]]}
    places = list(_places(geometry["coordinates"]))
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    return min(lons), min(lats), max(lons), max(lats)


def _places(coordinates: Sequence[Any]) -> list[tuple[float, float]]:
    """Return the places of GeoJSON coordinates, however deep they are nested."""
    if coordinates and isinstance(coordinates[0], int | float):
        return [(float(coordinates[0]), float(coordinates[1]))]
    return [place for part in coordinates for place in _places(part)]


def _view() -> dict[str, object]:
    district = session.district()
    bounds = list(district.extent) if district.extent else None
    center = [district.center.lon, district.center.lat]
    return {"center": center, "zoom": district.zoom, "bounds": bounds}


def _token(content: object) -> str:
    """Return a short name of what is drawn: the same content, the same name."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
