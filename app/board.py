"""The board of open incidents on the page: its news come from the server's stream, without a run of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import streamlit as st

from app import session, words
from app.find_form import CALLS

_KEY = "board"
_FOLDER = Path(__file__).with_name("static")
# Texts that the browser fills: what stands in braces is left to it.
_BLANKS = {name: f"{{{name}}}" for name in (
    "n", "of", "may", "m", "s", "h", "time", "bell", "urgency", "what", "where", "cameras")}  # fmt: skip
_TEXTS = (
    "board.title", "board.label", "board.waiting", "board.empty", "board.last", "board.never", "board.out_of_order",
    "board.seconds", "board.minutes", "board.hours", "board.bell", "board.coarse", "board.no_place", "board.unnamed",
    "board.no_class", "board.seen", "board.seen_may", "board.may", "board.none", "board.other", "board.mark_sees",
    "board.mark_may", "board.mark_none", "board.new", "board.said", "board.sound", "board.sound_help", "board.lost",
    "board.lost_database", "board.signed_out", "board.not_yours", "board.back",
)  # fmt: skip
_URGENCIES = ("urgency.0", "urgency.1", "urgency.2", "urgency.3", "urgency.4", "urgency.unknown")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "golmok_board",
    html=_read("board.html"),
    css=_read("board.css"),
    js=_read("board.js") + _read("board_stream.js"),
)


def draw() -> None:
    """Draw the board. A click on an incident asks Find about its place, with its class; only this runs the page."""
    lang = session.language()
    told = {
        "lang": lang,
        "texts": {key.partition(".")[2]: words.say(key, lang, **_BLANKS) for key in _TEXTS},
        "urgencies": {key.partition(".")[2]: words.say(key, lang) for key in _URGENCIES},
        "calls": {code: words.label("call", code, lang) for code in CALLS},
        "opened": st.session_state.get("incident"),
        "address": "/live",
    }
    _component(key=_KEY, data=told, on_open_change=_open)


def _open() -> None:
    """Put the incident that was chosen into the fields of Find."""
    state = st.session_state.get(_KEY)
    chosen = cast("dict[str, Any] | None", getattr(state, "open", None) if state is not None else None)
    if not chosen:
        return
    st.session_state["place"] = f"{float(chosen['lat']):.6f}, {float(chosen['lon']):.6f}"
    st.session_state["call"] = chosen["class_code"] if chosen["class_code"] in CALLS else None
    st.session_state["incident"] = str(chosen["incident_key"])
