"""Gaps: where are we blind, and how sure is that?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from app import downloads, gaps_filters, gaps_parts, gaps_selection, livemap, pieces, session, words
from app.gaps_filters import Chosen
from app.phrases import gaps_grounds
from app.phrases_gaps import headline, lines, purpose_line
from app.phrases_working import working_lines
from app.services import gaps, working


def page() -> None:
    """Draw the page. Choosing a class, a day or a row reruns this part alone."""
    pieces.top("gaps.title")
    _answering()


@st.fragment
def _answering() -> None:
    with st.spinner(words.say("app.loading", session.language())):
        _, offered = session.ask(gaps.choices)
    if offered is None:
        livemap.gaps_map(None, None)
        return
    chosen = gaps_filters.draw(offered)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        day = date.fromisoformat(chosen.at)
        came, run = session.ask(gaps.latest, density_class=chosen.density_class, at=day)
        gap, zone = _answer(run, chosen, offered) if run is not None else (None, None)
        if came and run is None:
            gaps_parts.not_computed(chosen, session.language())
    with left:
        livemap.gaps_map(run, gap, show=gaps_selection.on_map(chosen, offered, zone))


def _answer(
    run: livemap.Row, chosen: Chosen, offered: livemap.Row
) -> tuple[livemap.Row | None, livemap.Row | None]:
    """Draw the answer and its list; return the gap and the zone that are selected."""
    lang = session.language()
    dong = gaps_selection.dong_of(chosen, offered)
    pieces.answer(headline(run, lang, dong=dong, night=chosen.night))
    told = list(lines(run, lang, dong=chosen.dong, night=chosen.night))
    if chosen.purpose and (of_purpose := purpose_line(run, chosen.purpose, lang)):
        told.insert(1, of_purpose)
    _, now = session.ask(working.working, run)
    pieces.small([*working_lines(now, lang), *told])
    listed, zone, gap = gaps_filters.which_list(), None, None
    if listed == "gaps":
        gap = gaps_selection.gap(run, chosen, offered)
    elif listed == "classes":
        gaps_parts.classes(run, chosen)
    elif listed == "dong":
        gaps_parts.dong(run, chosen, lang)
    elif listed == "zones":
        zone = gaps_parts.zones(run, lang)
    else:
        gaps_parts.purposes(run, chosen, lang)
    gaps_selection.keep(gap, zone)
    with st.expander(words.say("gaps.grounds", lang), key="gaps_grounds"):
        pieces.small(gaps_grounds(run, lang))
    downloads.csv_button("gaps", density_class=chosen.density_class, at=date.fromisoformat(run["at"]))
    return gap, zone
