"""Start: what this is, what looking together is worth, how things stand, and the doors to the other pages."""

from __future__ import annotations

import streamlit as st

from app import pieces, session, start_parts, words
from app.phrases_start import headline, lines
from app.phrases_working import working_lines
from app.services import start


def page() -> None:
    """Draw the page."""
    lang = session.language()
    pieces.top("start.title")
    pieces.lead(words.say("start.lead", lang))
    with st.spinner(words.say("app.loading", lang)):
        _, found = session.ask(start.start)
    if found is not None:
        left, right = st.columns([3, 2], gap="large")
        with left:
            _dividend(found)
        with right:
            _state(found)
    start_parts.doors(lang)


def _dividend(found: pieces.Row) -> None:
    lang, worth = session.language(), found["dividend"]
    pieces.heading(words.say("start.dividend", lang))
    if worth["now"] is None or not worth["now"]["cameras"]:
        nothing = "start.not_computed" if found["state"]["cameras"] else "start.no_cameras"
        st.info(words.say(nothing, lang), icon=":material/hourglass_empty:")
        return
    pieces.answer(headline(worth, lang))
    if worth["now"]["share"] is not None:
        start_parts.dividend(worth, lang)
    pieces.small([*working_lines(found.get("working"), lang), *lines(worth, lang)])


def _state(found: pieces.Row) -> None:
    lang, known = session.language(), found["state"]
    when = words.say("start.state_at", lang, day=words.day(known["at"], lang))
    pieces.heading(words.say("start.state", lang), when)
    start_parts.state(known, lang)
    pieces.heading(words.say("start.sources", lang))
    start_parts.sources(found["sources"], lang)
    start_parts.alarms(found["alarms"], lang)
