"""Plan: what is the next won best spent on?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import address, downloads, livemap, phrases_plan, pieces, plan_form, session, tables, words
from app.services import plans


def page() -> None:
    """Draw the page. The part that plans reruns alone."""
    pieces.top("plan.title")
    _answering()


@st.fragment
def _answering() -> None:
    left, right = st.columns([3, 2], gap="medium")
    answer, chosen = None, None
    with right:
        came, kept = session.ask(plans.earlier)
        if came:
            number = _which(kept or [])
            if number is None:
                _new(kept or [])
            else:
                _, answer = session.ask(plans.opened, number)
        if answer is not None:
            chosen = _answer(answer)
    with left:
        livemap.plan_map(answer, chosen)


def _which(kept: Sequence[livemap.Row]) -> int | None:
    """Return the number of the kept plan that is open, None for a new one."""
    lang = session.language()
    names = {row["plan_id"]: phrases_plan.kept(row, lang) for row in kept}
    gone = address.unknown_number("plan", names)
    number = address.number_choice(
        "plan", words.say("plan.which", lang), names, placeholder=words.say("plan.new", lang)
    )
    if gone:
        st.warning(words.say("plan.gone", lang, no=gone), icon=":material/search_off:")
    return number


def _answer(answer: livemap.Row) -> livemap.Row | None:
    lang = session.language()
    pieces.answer(phrases_plan.headline(answer, lang))
    pieces.small(phrases_plan.lines(answer, lang))
    chosen = tables.sites(answer, phrases_plan.sites(answer, lang), lang)
    pieces.small(phrases_plan.grounds(answer, lang))
    downloads.plan_buttons(answer["plan_id"])
    if "planner" in session.roles() and st.button(words.say("plan.new", lang), key="plan_new"):
        address.open_next("plan", None)
    return chosen


def _new(kept: Sequence[livemap.Row]) -> None:
    lang = session.language()
    if "planner" not in session.roles():
        st.info(words.say("plan.read_only", lang), icon=":material/lock:")
        if not kept:
            st.info(words.say("plan.none_yet", lang), icon=":material/hourglass_empty:")
        return
    # Above the form, which may be longer than the screen.
    place = st.empty()
    asked = plan_form.asked()
    made = plan_form.make(asked, place) if asked is not None else None
    if made is not None:
        address.open_next("plan", made)
