"""The place field of Find: whatever names a place is looked up; of several a person picks, by number key. It stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
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
        return None
    chosen = found[0] if len(found) == 1 else _picked(answer, typed)
    if chosen is not None and chosen["kind"] != "camera":
        pieces.small([place_line(chosen, typed, lang)])
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


def _picked(answer: Row, typed: str) -> Row | None:
    """Draw several places as buttons with number keys until one is picked; the address keeps its coordinates."""
    lang = session.language()
    by_spot = {f"{row['lat']:.6f},{row['lon']:.6f}": n for n, row in enumerate(answer["found"])}
    chosen = by_spot.get(st.query_params.get("pick", ""))
    if chosen is not None:
        label = words.say("where.again", lang)
        if not st.button(label, key="place_again", type="tertiary", icon=":material/undo:"):
            return _row(answer, chosen)
        session.keep_in_address("pick", "")
    pieces.beside(several_lines(answer, lang))
    for n, (spot, line) in enumerate(zip(by_spot, choices(answer, typed, lang), strict=False), 1):
        if st.button(line, key=f"place_pick_{n}", shortcut=str(n), width="stretch"):
            session.keep_in_address("pick", spot)
            st.rerun(scope="fragment")
    return None


def _row(answer: Row, n: int) -> Row:
    found: Row = answer["found"][n]
    return found
