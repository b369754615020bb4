"""Which plan is open: chosen from those that were kept, named in the address, or the one just made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from app import phrases_plan, session
from app.words import say

# A key of the state that is free to be written after the choice was drawn: the next run takes it over.
_NEXT = "plan_next"


def choose(plans: Sequence[phrases_plan.Row]) -> int | None:
    """Draw the list of kept plans and return the number of the open one, None for a new plan. It stands in the address."""
    lang = session.language()
    by_number = {row["plan_id"]: row for row in plans}
    if _NEXT in st.session_state:
        st.session_state["plan_open"] = st.session_state.pop(_NEXT)
    elif "plan_open" not in st.session_state:
        st.session_state["plan_open"] = _wished(by_number.keys())
    chosen = st.selectbox(
        say("plan.which", lang),
        [*by_number],
        index=None,
        placeholder=say("plan.new", lang),
        format_func=lambda no: phrases_plan.kept(by_number[no], lang),
        key="plan_open",
        persist_state="session",
    )
    if chosen is None:
        st.query_params.pop("plan", None)
    else:
        session.keep_in_address("plan", str(chosen))
    return chosen


def show_next(plan_id: int | None) -> None:
    """Have the next run open a plan; None: the form of a new one."""
    st.session_state[_NEXT] = plan_id
    st.rerun(scope="fragment")


def _wished(known: Collection[int]) -> int | None:
    """Return the plan that the address names; one that is none is said to be gone."""
    wish = st.query_params.get("plan")
    if not wish:
        return None
    if wish.isdecimal() and int(wish) in known:
        return int(wish)
    st.warning(say("plan.gone", session.language(), no=wish), icon=":material/search_off:")
    return None
