"""Plan: what is the next won best spent on?"""

from __future__ import annotations

import streamlit as st

from app import livemap, phrases_plan, pieces, plan_choice, plan_form, session, tables, words
from app.services import plan


def page() -> None:
    """Draw the page. The part that plans reruns alone."""
    pieces.top("plan.title")
    _answering()


@st.fragment
def _answering() -> None:
    left, right = st.columns([3, 2], gap="medium")
    answer, chosen = None, None
    with right:
        came, plans = session.ask(plan.earlier)
        if came:
            number = plan_choice.choose(plans or [])
            if number is None:
                _new(plans or [])
            else:
                _, answer = session.ask(plan.opened, number)
        if answer is not None:
            chosen = _answer(answer)
    with left:
        livemap.plan_map(answer, chosen)


def _answer(answer: livemap.Row) -> livemap.Row | None:
    lang = session.language()
    pieces.answer(phrases_plan.headline(answer, lang))
    pieces.small(phrases_plan.lines(answer, lang))
    chosen = tables.sites(answer, phrases_plan.sites(answer, lang), lang)
    pieces.small(phrases_plan.grounds(answer, lang))
    if "planner" in session.roles() and st.button(words.say("plan.new", lang), key="plan_new"):
        plan_choice.show_next(None)
    return chosen


def _new(plans: list[livemap.Row]) -> None:
    lang = session.language()
    if "planner" not in session.roles():
        st.info(words.say("plan.read_only", lang), icon=":material/lock:")
        if not plans:
            st.info(words.say("plan.none_yet", lang), icon=":material/hourglass_empty:")
        return
    asked = plan_form.asked()
    if asked is None:
        return
    bar = st.progress(0.0, text=words.say("plan.working", lang))

    def tell(label: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=words.label("progress", label, lang))

    _, made = session.record(plan.plan, **asked, progress=tell)
    bar.empty()
    if made is not None:
        plan_choice.show_next(made["plan_id"])
