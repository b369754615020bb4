"""Gaps: where are we blind, and how sure is that?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from app import downloads, livemap, pieces, session, tables, words
from app.phrases import gaps_grounds, gaps_headline, gaps_lines
from app.services import gaps


def page() -> None:
    """Draw the page. Choosing a class or a row reruns this part alone."""
    pieces.top("gaps.title")
    _answering()


@st.fragment
def _answering() -> None:
    left, right = st.columns([3, 2], gap="medium")
    with right:
        density_class = pieces.class_choice()
        came, run = session.ask(gaps.latest, density_class=density_class)
        chosen = _answer(run, density_class) if run is not None else None
        if came and run is None:
            _not_computed(density_class)
    with left:
        livemap.gaps_map(run, chosen)


def _answer(run: livemap.Row, density_class: str) -> livemap.Row | None:
    lang = session.language()
    pieces.answer(gaps_headline(run, lang))
    pieces.small(gaps_lines(run, lang))
    pieces.ladder(run["ladder"], chosen=density_class)
    with st.expander(words.say("gaps.grounds", lang), key="gaps_grounds"):
        pieces.small(gaps_grounds(run, lang))
    chosen = tables.gaps(run["gaps"], lang)
    downloads.csv_button("gaps", density_class=density_class, at=date.fromisoformat(run["at"]))
    return chosen


def _not_computed(density_class: str) -> None:
    lang = session.language()
    name = words.label("class", density_class, lang)
    st.info(
        words.say("gaps.not_computed", lang, name=name, code=density_class), icon=":material/hourglass_empty:"
    )
