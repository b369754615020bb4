"""Data: what is loaded, how old it is, what was refused and why; and a look into a file of one's own."""

from __future__ import annotations

import streamlit as st

from app import (
    address,
    holdings_parts,
    match_parts,
    pieces,
    quality_parts,
    records_parts,
    refusal_parts,
    session,
    words,
)
from app.services import holdings

_PARTS = {
    "age": "data.part_age",
    "loads": "data.part_loads",
    "records": "data.part_records",
    "refused": "data.part_refused",
    "quality": "data.part_quality",
    "match": "data.part_match",
    "look": "data.part_look",
}

# Parts that ask their own questions.
_ALONE = {
    "look": holdings_parts.look,
    "refused": refusal_parts.refusals,
    "quality": quality_parts.quality,
    "match": match_parts.draw,
    "records": records_parts.draw,
}


def page() -> None:
    """Draw the page. Changing the part or choosing a load reruns it alone."""
    pieces.top("data.title")
    _answering()


@st.fragment
def _answering() -> None:
    lang = session.language()
    names = {code: words.say(key, lang) for code, key in _PARTS.items()}
    part = address.code_choice("part", words.say("data.part", lang), names, hidden=True)
    if part in _ALONE:
        _ALONE[part]()
        return
    _, answer = session.ask(holdings.holdings)
    if answer is not None:
        quality_parts.alarms(answer["alarms"])
        (holdings_parts.loads if part == "loads" else holdings_parts.ages)(answer)
