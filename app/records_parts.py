"""The part of Data on calls and accidents: how they came by their places, what is flagged, what is told coarsely."""

from __future__ import annotations

import streamlit as st

from app import holdings_parts, phrases_records, pieces, session, shift_parts
from app.services import records
from app.words import say


def draw() -> None:
    """Draw the sentence, the table by origin, and the classes whose places are told by a grid cell."""
    lang = session.language()
    _, answer = session.ask(records.records)
    if answer is None:
        return
    pieces.answer(phrases_records.headline(answer, lang))
    pieces.small(phrases_records.lines(answer, lang))
    if rows := phrases_records.origins(answer, lang):
        holdings_parts.table(rows, say("records.origins", lang), "records_origins", theme="records.col_")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        sensitive = phrases_records.sensitive(answer, lang)
        holdings_parts.table(
            sensitive, say("records.sensitive", lang), "records_sensitive", theme="records.col_"
        )
    with right:
        st.markdown(f"**{say('records.kept', lang)}**")
        pieces.small([say(key, lang) for key in KEPT])
    shift_parts.draw()


# What becomes of what a file tells of persons; the list itself, column by column, is etl.persons.
KEPT = (
    "records.kept_declared",
    "records.kept_dropped",
    "records.kept_hashed",
    "records.kept_key",
    "records.kept_point",
)
