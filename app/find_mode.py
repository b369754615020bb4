"""What Find tells of a place: who sees it now, the ways out of it, or who recorded it then. One choice, kept in the address."""

from __future__ import annotations

import streamlit as st

from app import net_parts, session, witness_parts, words

NOW, WAYS, THEN = "now", "ways", "then"


def beat() -> float | None:
    """Return how often, in seconds, the page is to answer anew by itself; None while no clock runs. Asked by a whole run."""
    runs = st.session_state.get("part", st.query_params.get("part")) == WAYS
    st.session_state["net_beat"] = runs
    return float(net_parts.STEP_S) if runs else None


def choose() -> str:
    """Draw the choice and return what was chosen: `NOW`, `WAYS` or, for whom it is open, `THEN`."""
    lang = session.language()
    parts = (NOW, WAYS, THEN) if witness_parts.open_to(session.roles()) else (NOW, WAYS)
    session.wish("part", parts, default=NOW)
    chosen = st.segmented_control(
        words.say("net.part", lang),
        parts,
        required=True,
        key="part",
        label_visibility="collapsed",
        format_func=lambda name: words.label("part", name, lang),
        persist_state="session",
    )
    session.keep_in_address("part", chosen if chosen != NOW else None)
    if chosen == NOW:
        net_parts.read_ahead()
    # A part that reruns alone cannot change how often it does: the whole page runs once.
    if (chosen == WAYS) != st.session_state.get("net_beat", False):
        st.rerun()
    return chosen or NOW
