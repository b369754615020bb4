"""Plan: what is the next won best spent on?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, livemap, pieces, plan_compare_parts, plan_form, plan_parts, session, words
from app.services import plans


def page() -> None:
    """Draw the page. The part that plans reruns alone."""
    pieces.top("plan.title")
    _answering()


@st.fragment
def _answering() -> None:
    plan_parts.keep_by_hand()
    left, right = st.columns([3, 2], gap="medium")
    answer: livemap.Row | None = None
    chosen: livemap.Row | None = None
    compared: livemap.Row | None = None
    with right:
        one, beside = st.columns([3, 2])
        came, kept = session.ask(plans.earlier)
        if came:
            with one:
                number = plan_parts.which(kept or [])
            if number is None:
                _new(kept or [])
            else:
                _, opened = session.ask(plans.opened, number)
                if opened is not None:
                    answer, chosen, compared = _opened(opened, kept or [], beside)
    with left:
        livemap.plan_map(answer, chosen, by_hand=_by_hand(answer, compared), compared=compared)
        if answer is not None and compared is None:
            plan_parts.below(answer)


def _opened(
    answer: livemap.Row, kept: Sequence[livemap.Row], beside: DeltaGenerator
) -> tuple[livemap.Row, livemap.Row | None, livemap.Row | None]:
    """Draw an open plan, alone or with the one chosen in `beside`; return what is shown of it, its selected site, and both on the map."""
    with beside:
        other = plan_compare_parts.other(kept, answer["plan_id"])
    both = plan_compare_parts.asked(answer, other) if other is not None else None
    if both is not None:
        plan_compare_parts.side_by_side(both[0])
        return answer, None, both[1]
    shown = plan_parts.choice(answer)
    return shown, plan_parts.answer(shown), None


def _by_hand(answer: livemap.Row | None, compared: livemap.Row | None) -> bool:
    return answer is not None and compared is None and "choice" not in answer and plan_parts.may_plan()


def _new(kept: Sequence[livemap.Row]) -> None:
    lang = session.language()
    if not plan_parts.may_plan():
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
