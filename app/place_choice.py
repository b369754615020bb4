"""The place field of Find: whatever names a place is looked up; of several a person picks, by number key. It stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import pieces, session, words
from app.phrases import coordinates
from app.phrases_where import choices, none_lines, place_line, several_lines
from app.services import where

Row = Mapping[str, Any]


def field() -> str:
    """Draw the one field and its button, and return what was typed; it stands in the address as `place`."""
    lang = session.language()
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    typed = left.text_input(
        words.say("where.field", lang),
        key="place",
        placeholder=words.say("where.example", lang),
        help=words.say("where.help", lang),
        bind="query-params",
    )
    right.button(words.say("find.ask", lang), key="find_ask", type="primary", width="stretch")
    return (typed or "").strip()


def named(typed: str) -> Row | None:
    """Return the place that was typed, as a row of `where.places`, and say how it was understood; None while none is chosen.

    Of plain degrees nothing is said: they are what they are.
    """
    if not typed:
        session.keep_in_address("pick", "")
        return None
    if plain := coordinates(typed):
        session.keep_in_address("pick", "")
        return {"kind": "coordinates", "incident_class": None, **plain}
    answer = _look_up(typed)
    if answer is None:
        return None
    found, lang = answer["found"], session.language()
    if not found:
        st.warning("  \n".join(none_lines(answer, typed, lang)), icon=":material/edit_location_alt:")
        _offer(answer["said"]["near"])
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen = found[0] if len(found) == 1 else _picked(answer)
        if chosen is not None and chosen["kind"] != "camera":
            pieces.small([place_line(chosen, typed, lang)])
    if chosen is None:
        _pick(answer, typed)
    return chosen


def _look_up(typed: str) -> Row | None:
    """Return what a text may mean. An incident is read once a visit, not at each run of the page: each read is logged."""
    held = st.session_state.get("place_read")
    if held is not None and held[0] == typed:
        answer: Row = held[1]
        return answer
    lang = session.language()
    purpose = words.say("where.purpose", lang)
    _, found = session.ask(where.places, typed, roles=session.roles(), purpose=purpose, who=session.visitor())
    st.session_state["place_read"] = (typed, found) if found and found["kind"] == "incident" else None
    return found


def _picked(answer: Row) -> Row | None:
    """Return the place among several that the address names, with a door back to them; None while none is picked."""
    picked = st.query_params.get("pick")
    chosen: Row | None = next((row for row in answer["found"] if _spot(row) == picked), None)
    if chosen is not None:
        label = words.say("where.again", session.language())
        if not st.button(label, key="place_again", type="tertiary", icon=":material/undo:"):
            return chosen
    session.keep_in_address("pick", "")
    return None


def _pick(answer: Row, typed: str) -> None:
    """Draw several places as buttons with number keys; the address keeps the coordinates of the one that is picked."""
    lang = session.language()
    pieces.beside(several_lines(answer, lang))
    lines = choices(answer, typed, lang)
    for n, (row, line) in enumerate(zip(answer["found"], lines, strict=True), 1):
        st.button(
            line,
            key=f"place_pick_{n}",
            shortcut=str(n),
            width="stretch",
            on_click=session.keep_in_address,
            args=("pick", _spot(row)),
        )


def _offer(near: Sequence[str]) -> None:
    """Draw the known names nearest to what was typed as buttons with number keys: one writes its name into the field."""
    with st.container(horizontal=True, gap="small"):
        for n, name in enumerate(near, 1):
            st.button(name, key=f"place_near_{n}", shortcut=str(n), on_click=_write, args=(name,))


def _write(name: str) -> None:
    st.session_state["place"] = name


def _spot(row: Row) -> str:
    return f"{row['lat']:.6f},{row['lon']:.6f}"
