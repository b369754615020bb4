"""Parts of the page Plan: the answer with its sites, the choice among plans nearly as good, and what a hand keeps anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import (
    address,
    consultation_parts,
    downloads,
    livemap,
    phrases_plan,
    phrases_plan_page,
    pieces,
    plan_chart_parts,
    session,
    stability_parts,
    tables,
    words,
)
from app.roles import require_role

Row = Mapping[str, Any]


def which(kept: Sequence[Row]) -> int | None:
    """Draw the choice of a kept plan, in the address as `plan`, and return its number; None for a new one."""
    lang = session.language()
    names = {row["plan_id"]: phrases_plan.kept(row, lang) for row in kept}
    gone = address.unknown_number("plan", names)
    number = address.number_choice(
        "plan", words.say("plan.which", lang), names, placeholder=words.say("plan.new", lang)
    )
    if gone:
        st.warning(words.say("plan.gone", lang, no=gone), icon=":material/search_off:")
    return number


def choice(answer: Row) -> Row:
    """Draw the choice among the plan and its alternatives, kept in the address, and return the answer that is shown."""
    lang = session.language()
    offered = phrases_plan_page.choices(answer, lang)
    if not offered:
        return answer
    # Another plan has other choices.
    if st.session_state.get("choice") not in offered:
        st.session_state.pop("choice", None)
    chosen = address.code_choice("choice", words.say("plan.which_choice", lang), offered)
    return phrases_plan_page.chosen_of(answer, chosen)


def answer(shown: Row) -> Row | None:
    """Draw what a plan reaches, how good that provably is, and its sites; return the site that is selected."""
    lang = session.language()
    pieces.answer(phrases_plan.headline(shown, lang))
    pieces.small(phrases_plan_page.choice_lines(shown, lang))
    pieces.small(phrases_plan.lines(shown, lang))
    pieces.small(phrases_plan_page.beside(shown, lang))
    chosen = tables.sites(shown, phrases_plan_page.sites(shown, lang), lang)
    if chosen is not None:
        no = next(no for no, row in enumerate(shown["chosen"], 1) if row is chosen)
        pieces.small([phrases_plan_page.site_named(chosen, no, lang)])
    pieces.small(phrases_plan.grounds(shown, lang))
    downloads.plan_buttons(shown["plan_id"])
    if may_plan() and st.button(words.say("plan.new", lang), key="plan_new"):
        address.open_next("plan", None)
    return chosen


def below(shown: Row) -> None:
    """Draw what is looked into of a kept plan beside its sites: money and privacy, stability, whom one asked."""
    if "choice" in shown:
        # Of the choices nearly as good nothing more is kept.
        return
    lang = session.language()
    curves, stable, asked = st.tabs([words.say(key, lang) for key in _TABS])
    with curves:
        plan_chart_parts.draw(shown)
    with stable:
        stability_parts.draw(shown)
    with asked:
        consultation_parts.draw(shown["plan_id"])


_TABS = ("plan.tab_curves", "plan.tab_stability", "plan.tab_consultation")


def may_plan() -> bool:
    """Say whether the visitor makes plans, and may alter one by hand."""
    return "planner" in session.roles()


def keep_by_hand() -> None:
    """Keep what the map asks for, a plan with sites put elsewhere, and open it; nothing where nothing is asked for."""
    wish = livemap.kept_by_hand()
    if not wish:
        return
    done, made = session.record(_keep, wish)
    if done and made is not None:
        st.toast(words.say("bench.kept", session.language(), no=made), icon=":material/save:")
        address.open_next("plan", made)


def _keep(db: Any, wish: Row) -> int:  # Any: pages know no database
    from app import workbenches  # geometry is heavy: only who keeps waits for it
    from app.services import plan_by_hand

    require_role("planner", session.roles())
    altered = workbenches.altered_in(wish["altered"])
    return plan_by_hand.keep(
        db, workbenches.laid_out(int(wish["plan_id"])), altered, name=str(wish.get("name") or "")
    )
