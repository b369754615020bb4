"""A simple map for screens without WebGL2, such as office desktops over a remote display: folium, at most 500 objects.

The component tells once that the browser cannot draw; from then on the page hands it a map that needs no more than SVG.
Library and style come from our own server, as the live map's do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app import session, words
from app.takeaway import fragment
from app.takeaway_draw import STYLE

Row = Mapping[str, Any]
MOST_OBJECTS = 500
_ABSENT = "no_webgl"
_FACES = "".join(
    f"@font-face{{font-family:Pretendard;font-weight:{weight};src:url(/vendor/pretendard/Pretendard-{name}.woff2)}}"
    for name, weight in (("Regular", 400), ("Bold", 700))
)


def note_absent() -> None:
    """Remember for this visit that the browser has no WebGL2."""
    st.session_state[_ABSENT] = True


def of_find(answer: Row | None) -> dict[str, str] | None:
    """Return the simple map of an answer of Find, or of the district before a question; None where it isn't needed."""
    if not st.session_state.get(_ABSENT):
        return None
    # Frames are loaded where somebody needs them, not with the page.
    from app.services import around, plain_maps

    if answer is None or (answer["outside"] and answer["headline_code"] == "none"):
        _, layers = session.ask(plain_maps.of_district, most=MOST_OBJECTS)
        return _page(layers, "simple.of_district")
    _, layers = session.ask(around.layers, answer, most=MOST_OBJECTS)
    return _page(layers, "simple.of_answer", frame=("place", "lines"))


def of_gaps(run: Row | None, chosen: Row | None) -> dict[str, str] | None:
    """Return the simple map of a computation, on the chosen gap where one is; None where it isn't needed."""
    if not st.session_state.get(_ABSENT):
        return None
    from app.services import plain_maps

    if run is None:
        _, layers = session.ask(plain_maps.of_district, most=MOST_OBJECTS)
        return _page(layers, "simple.of_district")
    _, layers = session.ask(plain_maps.of_gaps, run, chosen, most=MOST_OBJECTS)
    return _page(layers, "simple.of_gaps", frame=("place",) if chosen else ())


def _page(
    layers: Mapping[str, Any] | None, order_key: str, *, frame: tuple[str, ...] = ()
) -> dict[str, str] | None:
    """Return html, a whole page for a frame, and note, what to say above it; None where there was no answer."""
    if layers is None:
        return None
    lang = session.language()
    drawn = fragment(layers, key="simple", lang=lang, edition="internal", frame=frame)
    html = (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{words.say('map.label', lang)}</title>"
        '<link rel="stylesheet" href="/vendor/leaflet/leaflet.css">'
        f"<style>{_FACES}{STYLE}html,body,.golmok-map{{height:100%!important;margin:0}}</style>"
        f'<script src="/vendor/leaflet/leaflet.js"></script></head><body>{drawn}</body></html>'
    )
    note = words.say("simple.note", lang, n=words.number(MOST_OBJECTS), order=words.say(order_key, lang))
    told = note if order_key == "simple.of_district" else f"{note} {words.say('simple.table', lang)}"
    return {"html": html, "note": told}
