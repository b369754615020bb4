"""Part of Data: how long calls of the last twelve months waited for a first view, by shift and never by person."""

from __future__ import annotations

import streamlit as st

from app import phrases_watch, pieces, session
from app.holdings_parts import table
from app.services import shifts
from app.words import say


def draw() -> None:
    """Draw a line for each shift and one for all; nothing where no call came."""
    lang = session.language()
    _, answer = session.ask(shifts.lately)
    if not answer or answer["all"]["incidents"] == 0:
        return
    lines = phrases_watch.shift_rows(answer, lang)
    heads = {name: say(f"line.col_{name}", lang) for name in phrases_watch.SHIFT_HEADS}
    rows = [dict(zip(phrases_watch.SHIFT_HEADS, line, strict=True)) for line in lines]
    with st.container(key="shifts"):
        table(rows, phrases_watch.shift_period(answer, lang), "shift_views", heads=heads)
        pieces.small([say("shifts.method", lang)])
