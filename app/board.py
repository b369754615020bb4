"""The board of open incidents on the page: its news come from the server's stream, without a run of the page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import session, words
from app.services import grounds

_KEY = "board"
_FOLDER = Path(__file__).with_name("static")
# Texts that the browser fills: what stands in braces is left to it.
_BLANKS = {name: f"{{{name}}}" for name in (
    "n", "of", "may", "m", "s", "h", "time", "bell", "urgency", "what", "where", "cameras")}  # fmt: skip
_TEXTS = (
    "board.title", "board.label", "board.waiting", "board.empty", "board.last", "board.never", "board.out_of_order",
    "board.seconds", "board.minutes", "board.hours", "board.bell", "board.coarse", "board.no_place", "board.unnamed",
    "board.no_class", "board.seen", "board.seen_may", "board.may", "board.none", "board.none_usable", "board.other",
    "board.mark_sees", "board.mark_may", "board.mark_none", "board.new", "board.said", "board.sound", "board.sound_help", "board.lost",
    "board.lost_database", "board.signed_out", "board.not_yours", "board.back",
)  # fmt: skip
_CALLS = tuple(key for key in words.keys() if key.startswith("call."))  # noqa: SIM118 - a function, no mapping
_URGENCIES = ("urgency.0", "urgency.1", "urgency.2", "urgency.3", "urgency.4", "urgency.unknown")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "golmok_board",
    html=_read("board.html"),
    css=_read("board.css"),
    js=_read("board.js") + _read("board_stream.js"),
)


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draw the board beside the map, above it where there is no room; return the columns of the map and of the answer."""
    board, left, right = st.container(key="find_columns").columns([0.55, 1, 1], gap="medium")
    with board:
        draw()
    return left, right


def draw() -> None:
    """Draw the board. A click on an incident asks Find about its place, with its class; only this runs the page."""
    lang = session.language()
    told = {
        "lang": lang,
        "texts": {key.partition(".")[2]: words.say(key, lang, **_BLANKS) for key in _TEXTS},
        "urgencies": {key.partition(".")[2]: words.say(key, lang) for key in _URGENCIES},
        "calls": {key.partition(".")[2]: words.say(key, lang) for key in _CALLS},
        "opened": opened(),
        "address": "/live",
        "timezone": session.district().timezone,
        "open_hours": session.district().live.open_hours,
    }
    _component(key=_KEY, data=told, on_open_change=_open)


def opened() -> str | None:
    """Return the key of the incident that Find asks about, None without one; it stands in the address.

    Another place in the field is another question: the incident is left then.
    """
    place = st.session_state.get("place") or st.query_params.get("place")
    if "incident" not in st.session_state:
        st.session_state["incident"] = (st.query_params.get("incident"), place)
    key, asked = st.session_state["incident"]
    if asked != place:
        key = None
        st.session_state["incident"] = (None, place)
    session.keep_in_address("incident", key)
    return cast("str | None", key)


def began() -> datetime | None:
    """Return when the incident that Find asks about occurred (aware); None without one, or where only a link names it."""
    kept = st.session_state.get("incident_at")
    return datetime.fromisoformat(kept[1]) if kept and kept[0] == opened() else None


def _open() -> None:
    """Put the incident that was chosen into the fields of Find."""
    state = st.session_state.get(_KEY)
    chosen = cast("dict[str, Any] | None", getattr(state, "open", None) if state is not None else None)
    if not chosen:
        return
    place = f"{float(chosen['lat']):.6f}, {float(chosen['lon']):.6f}"
    st.session_state["place"] = place
    st.session_state["call"] = grounds.class_of(chosen["class_code"])
    st.session_state["incident"] = (str(chosen["incident_key"]), place)
    st.session_state["incident_at"] = (str(chosen["incident_key"]), str(chosen["occurred_at"]))
