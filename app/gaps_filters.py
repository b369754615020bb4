"""What a reader of Gaps chose: class, day, dong, purpose, light. It stands in the address and outlives reruns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import pieces, session, words
from app.phrases_gaps import day_name, dong_name

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

ALL = "all"
LIGHTS = ("day", "night")
LISTS = ("gaps", "classes", "dong", "zones", "purposes")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown: a density class as at a day (ISO), of one dong (None: all), one purpose (None: every), by day or night."""

    density_class: str
    at: str
    dong: str | None
    purpose: str | None
    night: bool


def draw(offered: Row) -> Chosen:
    """Draw the choices and return what is chosen.

    offered  what `app.services.gaps.choices` returns
    """
    lang = session.language()
    classes, slider, dong, purpose, light = st.columns([5, 5.2, 3, 3, 2.6], gap="medium")
    with classes:
        density_class = pieces.class_choice()
    with slider:
        at = _day(offered["days"], lang)
    with dong:
        names = {row["code"]: dong_name(row, lang) for row in offered["dong"]}
        code = _one_of("dong", names, words.say("gaps.dong_all", lang), title=words.say("gaps.dong", lang))
    with purpose:
        called = {each: words.label("purpose", each, lang) for each in offered["purposes"]}
        every = words.say("gaps.purpose_all", lang)
        serves = _one_of("purpose", called, every, title=words.say("gaps.purpose", lang))
    with light:
        night = _segments("light", LIGHTS, title=words.say("gaps.light", lang)) == "night"
    return Chosen(density_class, at, code, serves, night)


def which_list() -> str:
    """Draw the choice of what the table lists, and return it."""
    return _segments("list", LISTS, title=words.say("gaps.list", session.language()), quiet=True)


def _day(days: Sequence[str], lang: str) -> str:
    """Return the chosen day. One day alone leaves nothing to slide."""
    at = session.wish("at", days, default=days[-1])
    if len(days) > 1:
        st.select_slider(
            words.say("gaps.at", lang),
            days,
            format_func=lambda day: day_name(day, lang),
            key="at",
            persist_state="session",
        )
        at = st.session_state["at"]
    session.keep_in_address("at", at)
    return at


def _one_of(name: str, named: Mapping[str, str], every: str, *, title: str) -> str | None:
    options = [ALL, *named]
    session.wish(name, options, default=ALL)
    chosen = st.selectbox(
        title, options, format_func=lambda code: named.get(code, every), key=name, persist_state="session"
    )
    session.keep_in_address(name, None if chosen == ALL else chosen)
    return None if chosen in (None, ALL) else chosen


def _segments(name: str, codes: Sequence[str], *, title: str, quiet: bool = False) -> str:
    default, lang = codes[0], session.language()
    session.wish(name, codes, default=default)
    chosen = st.segmented_control(
        title,
        codes,
        required=True,
        format_func=lambda code: words.label(name, code, lang),
        key=name,
        persist_state="session",
        label_visibility="collapsed" if quiet else "visible",
    )
    session.keep_in_address(name, None if chosen == default else chosen)
    return chosen or default
