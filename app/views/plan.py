"""Plan: what is the next won best spent on?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import (
    address,
    livemap,
    phrases_plan,
    pieces,
    plan_compare_parts,
    plan_form,
    plan_parts,
    session,
    words,
)
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
        came, kept = session.ask(plans.earlier)
        if came:
            number = _which(kept or [])
            if number is None:
                _new(kept or [])
            else:
                _, opened = session.ask(plans.opened, number)
                if opened is not None:
                    answer, chosen, compared = _opened(opened, kept or [])
    with left:
        livemap.plan_map(answer, chosen, by_hand=_by_hand(answer, compared), compared=compared)


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


def _opened(
    answer: livemap.Row, kept: Sequence[livemap.Row]
) -> tuple[livemap.Row, livemap.Row | None, livemap.Row | None]:
    """Draw an open plan, alone or beside another; return what is shown of it, its selected site, and both on the map."""
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
