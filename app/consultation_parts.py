"""The part of Plan between proposal and decision: how far it is, whom one asked, the forms to record and to decide.

Every key bears the plan's number: what was typed for one plan is never recorded of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from app import phrases_consult, pieces, session
from app.holdings_parts import table
from app.roles import Role
from app.services import consultation, plans
from app.words import label, number, say
from etl.db import Database

Row = Mapping[str, Any]

_ICONS = {
    "proposed": ":material/draft:",
    "consulted": ":material/forum:",
    "approved": ":material/verified:",
    "rejected": ":material/block:",
}
# What may not be blank, and how that is said.
_NEEDED = {"by": "consult.who_needed", "reason": "consult.why_needed"}
_MOST_OPINIONS = 1_000_000
_FIRST_DAY = date(2000, 1, 1)


def draw(plan_id: int) -> None:
    """Draw how far a plan is, its records, and what the visitor's roles may write; nothing where it cannot be told."""
    lang = session.language()
    _, told = session.ask(consultation.of_plan, plan_id)
    if told is None:
        return
    st.subheader(say("consult.title", lang))
    st.markdown(f"{_ICONS[told['state']]} **{phrases_consult.headline(told, lang)}**")
    pieces.small(phrases_consult.lines(told, lang))
    if rows := phrases_consult.records(told, lang):
        title = say("consult.records", lang, n=number(len(rows)))
        table(rows, title, f"consult_records_{plan_id}", theme="consult.col_")
        pieces.small([say("consult.no_names", lang)])
    if told["decision"] is None:
        _record(told, lang)
        _decide(told, lang)


def _record(told: Row, lang: str) -> None:
    if "planner" not in session.roles():
        pieces.small([say("consult.planner_only", lang)])
        return
    plan_id = told["plan_id"]
    with st.expander(say("consult.record_title", lang), icon=":material/edit_note:"):
        who = _who("consult.who", f"consult_who_{plan_id}", lang)
        if any(row["ground"] is None for row in told["cameras"]):
            _purpose(plan_id, who, lang)
        held = _form(told, lang)
        ready = bool(held.method and held.outcome)
        pressed = st.button(
            say("consult.record", lang),
            key=f"consult_record_{plan_id}",
            type="primary",
            disabled=not ready,
        )
        if pressed and ready:
            _write(consultation.record, plan_id, held, by=who)
        standing = [row["no"] for row in told["records"] if row["stands"]]
        if standing:
            _withdraw(plan_id, standing, who, lang)


def _form(told: Row, lang: str) -> consultation.Held:
    """Draw what is to be recorded and return it; method and outcome are blank until they are chosen."""
    plan_id = told["plan_id"]
    left, right = st.columns(2)
    with left:
        method = _code("consult.method", "consultmethod", consultation.METHODS, plan_id, lang)
        since = _day("consult.from", f"consult_from_{plan_id}", told["today"])
        opinions = st.number_input(
            say("consult.opinions", lang), 0, _MOST_OPINIONS, 0, key=f"consult_opinions_{plan_id}"
        )
        document = st.text_input(
            say("consult.document", lang), key=f"consult_document_{plan_id}", max_chars=60
        )
    with right:
        camera = _about([row["order_no"] for row in told["cameras"]], plan_id, lang)
        until = _day("consult.to", f"consult_to_{plan_id}", told["today"])
        # Without an opinion there is one outcome, with one there are the others.
        known = [each for each in consultation.OUTCOMES if (each == "none") == (opinions == 0)]
        outcome = _code("consult.outcome", "consultoutcome", known, plan_id, lang)
    return consultation.Held(method, since, until, int(opinions), outcome, order_no=camera, document=document)


def _withdraw(plan_id: int, standing: Sequence[int], who: str, lang: str) -> None:
    number_of = st.selectbox(
        say("consult.withdraw", lang),
        standing,
        index=None,
        placeholder=say("consult.pick", lang),
        key=f"consult_withdraw_{plan_id}",
    )
    pressed = st.button(
        say("consult.withdraw_do", lang), key=f"consult_withdraw_do_{plan_id}", disabled=number_of is None
    )
    if pressed and number_of is not None:
        _write(consultation.withdraw, plan_id, number_of, by=who)


def _decide(told: Row, lang: str) -> None:
    if "committee" not in session.roles():
        pieces.small([say("consult.committee_only", lang)])
        return
    plan_id = told["plan_id"]
    with st.expander(say("consult.decide_title", lang), icon=":material/gavel:"):
        who = _who("consult.decider", f"consult_decider_{plan_id}", lang)
        why = st.text_input(say("consult.why", lang), key=f"consult_why_{plan_id}", max_chars=300)
        st.caption(say("consult.final", lang))
        left, right = st.columns(2)
        asked = told["state"] == "consulted" and all(row["ground"] for row in told["cameras"])
        with left:
            if st.button(
                say("consult.approve", lang),
                key=f"consult_approve_{plan_id}",
                disabled=not asked,
                width="stretch",
            ):
                _write(consultation.approve, plan_id, by=who, why=why)
        with right:
            if st.button(say("consult.reject", lang), key=f"consult_reject_{plan_id}", width="stretch"):
                _write(_reject, plan_id, by=who, reason=why)


def _write(service: Any, *given: object, **options: object) -> None:  # Any: services of several signatures
    """Write by a service and draw the page anew; what went wrong is said where the button is."""
    if needed := [
        key for name, key in _NEEDED.items() if name in options and not str(options[name] or "").strip()
    ]:
        st.warning(say(needed[0], session.language()), icon=":material/edit_note:")
        return
    done, _ = session.record(service, *given, roles=session.roles(), **options)
    if done:
        st.rerun()


def _reject(db: Database, plan_id: int, *, by: str, reason: str, roles: frozenset[Role]) -> Row:
    return consultation.reject(db, plan_id, by=by, why=reason, roles=roles)


def _code(key: str, theme: str, codes: Sequence[str], plan_id: int, lang: str) -> str:
    """Draw the choice of a code and return it, blank until it is made: a record says what was said, not what stood first."""
    chosen: str | None = st.selectbox(
        say(key, lang),
        codes,
        index=0 if len(codes) == 1 else None,
        placeholder=say("consult.pick", lang),
        format_func=lambda code: label(theme, code, lang),
        key=f"{key.replace('.', '_')}_{plan_id}_{len(codes)}",
    )
    return chosen or ""


def _about(cameras: Sequence[int], plan_id: int, lang: str) -> int | None:
    """Draw which cameras it was about and return the number of the one, None for all."""
    chosen: int | None = st.selectbox(
        say("consult.about", lang),
        [None, *cameras],
        format_func=lambda no: (
            say("consult.all_cameras", lang) if no is None else say("consult.camera_no", lang, no=no)
        ),
        key=f"consult_about_{plan_id}",
    )
    return chosen


def _purpose(plan_id: int, who: str, lang: str) -> None:
    """Draw the choice of a purpose for cameras that keep no ground, and the button that gives it."""
    _, rows = session.ask(plans.classes_by_purpose)
    chosen: str | None = st.selectbox(
        say("consult.purpose", lang),
        [row["purpose_code"] for row in rows or []],
        index=None,
        placeholder=say("consult.pick", lang),
        format_func=lambda code: label("purpose", code, lang),
        key=f"consult_purpose_{plan_id}",
    )
    pressed = st.button(
        say("consult.purpose_do", lang), key=f"consult_purpose_do_{plan_id}", disabled=chosen is None
    )
    if pressed and chosen is not None:
        _write(consultation.give_ground, plan_id, chosen, by=who)


def _day(key: str, name: str, today: str) -> date:
    last = date.fromisoformat(today)
    # Left to itself the field begins ten years ago.
    chosen: date | None = st.date_input(
        say(key, session.language()), last, _FIRST_DAY, last, format="YYYY-MM-DD", key=name
    )
    # A field that is emptied gives nothing.
    return chosen or last


def _who(key: str, name: str, lang: str) -> str:
    """Return who is signed in; without sign-in nobody is known, and the name is asked for."""
    return session.visitor() or st.text_input(say(key, lang), key=name, max_chars=100)
