"""Part of Data: cameras that were told to see a place certainly, and of which operators said that they do not."""

from __future__ import annotations

import streamlit as st

from app import phrases_watch, session
from app.holdings_parts import table
from app.services import shifts
from app.words import number, say

_TALLEST_PX = 280


def draw() -> None:
    """Draw the cameras whose sight was denied; nothing where none was."""
    lang = session.language()
    _, answer = session.ask(shifts.doubts)
    if not answer or not answer["cameras"]:
        return
    st.warning(say("doubts.headline", lang, n=number(answer["n"])), icon=":material/visibility_off:")
    rows = [phrases_watch.doubt(row, lang) for row in answer["cameras"]]
    heads = {name: say(f"line.col_{name}", lang) for name in rows[0]}
    table(rows, say("doubts.table", lang), "doubts", heads=heads, tallest_px=_TALLEST_PX)
