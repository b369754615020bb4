"""The form of the page Report: which report to make, how far it is, and the one that came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import session, words
from app.phrases_report import EDITIONS, FORMS, LANGUAGES
from app.roles import Edition, editions_of
from app.services import reports
from app.services.exports import Taking
from etl.db import Database


@dataclass(frozen=True, slots=True)
class Wish:
    """A report that was asked for with the form.

    slot  where its progress is drawn
    """

    slot: DeltaGenerator
    since: date
    until: date
    form: str
    lang: str
    edition: Edition
    who: str | None
    purpose: str | None


def draw() -> tuple[bool, Wish | None]:
    """Draw the form and return whether the database answered, and what was asked for with its key, if it was pressed."""
    lang = session.language()
    st.subheader(words.say("report.make", lang))
    came, half = session.ask(reports.half_year)
    if not came or half is None:
        return False, None
    since, until = _period(half)
    edition, form, spoken = _choices()
    who, purpose = takers("report_make") if edition == "internal" else (session.visitor(), None)
    if until < since:
        st.warning(words.say("report.period_wrong", lang), icon=":material/date_range:")
        return True, None
    came, soon = session.ask(reports.is_computed, since, until)
    if not came:
        return False, None
    st.caption(words.say("report.takes" if soon else "report.takes_longer", lang))
    pressed = st.button(words.say("report.go", lang), key="report_go", type="primary", width="stretch")
    slot = st.container()
    wish = Wish(slot, since, until, form, spoken, edition, who, purpose)
    return True, wish if pressed else None


def make(wish: Wish) -> None:
    """Make the report while the page stands; it is then in the address, and the page shows it."""
    with wish.slot, computing() as progress:
        came, made = session.record(_made, wish, progress=progress)
    if came and made is not None:
        st.session_state["report_open"] = made
        st.session_state["report_told"] = "report.new" if made.fresh else "report.known"
        st.session_state["report_shelf"] = st.session_state.get("report_shelf", 0) + 1
        st.query_params["report"] = str(made.report_id)
        st.rerun()


@contextmanager
def computing() -> Iterator[reports.Progress]:
    """Yield what tells how far a service is, on a bar that goes when it is done."""
    lang = session.language()
    bar = st.progress(0.0, text=words.say("report.starting", lang))

    def progress(label: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=words.label("progress", label, lang))

    yield progress
    bar.empty()


def _made(db: Database, wish: Wish, *, progress: reports.Progress) -> reports.Made:
    """Make the report: what is asked for is checked inside the door, which says in one sentence what is wrong."""
    taking = Taking(wish.edition, wish.who, wish.purpose)
    asked = reports.Asked(wish.since, wish.until, wish.form, wish.lang, taking)
    return reports.make(db, asked, roles=session.roles(), progress=progress)


def takers(key: str) -> tuple[str | None, str | None]:
    """Draw the fields that an internal edition asks for, and return who and what for. Who signed in is who."""
    lang = session.language()
    signed_in = session.visitor()
    who = st.text_input(
        words.say("report.who", lang), signed_in or "", key=f"{key}_who", disabled=signed_in is not None
    )
    purpose = st.text_input(words.say("report.purpose", lang), key=f"{key}_purpose", max_chars=300)
    return signed_in or who, purpose


def opening(edition: str) -> dict[str, str | None] | None:
    """Return what opens a kept report: nothing for the committee's; of an internal one who and what for, once given."""
    if edition != "internal":
        return {}
    lang = session.language()
    st.caption(words.say("report.open_note", lang))
    who, purpose = takers("report_read")
    if not st.button(words.say("report.open_internal", lang), key="report_open_go"):
        return None
    return {"who": who, "purpose": purpose}


def _period(half: tuple[date, date]) -> tuple[date, date]:
    lang = session.language()
    first, last = date(1990, 1, 1), half[1] + timedelta(days=3650)
    left, right = st.columns(2)
    names = ((left, "since", "report.since", half[0]), (right, "until", "report.until", half[1]))
    picked = [
        column.date_input(
            words.say(title, lang), day, first, last, key=key, format="YYYY-MM-DD", bind="query-params"
        )
        for column, key, title, day in names
    ]
    since, until = cast("list[date | None]", picked)
    # A field that is emptied gives nothing: the half-year's end stands for it.
    return since or half[0], until or half[1]


def _choices() -> tuple[Edition, str, str]:
    """Draw edition, form and language, and return them. A role that may take one edition is offered one."""
    lang = session.language()
    mine = [edition for edition in editions_of(session.roles()) if edition in EDITIONS]
    offered: dict[str, str] = {code: EDITIONS[code] for code in mine}
    chosen = _segments("report.edition", offered, key="edition", default=mine[0])
    edition: Edition = "internal" if chosen == "internal" else "committee"
    if edition == "internal":
        st.caption(words.say("report.internal_note", lang))
    left, right = st.columns(2)
    with left:
        form = _segments("report.form", FORMS, key="form", default="pdf")
    with right:
        spoken = _segments("report.lang", LANGUAGES, key="report_lang", default=lang)
    return edition, form, spoken


def _segments(title: str, names: Mapping[str, str], *, key: str, default: str) -> str:
    """Draw a choice that stands in the address by its code, whatever the language, and return the code."""
    lang = session.language()
    if st.session_state.get(key) not in names:
        wish = st.query_params.get(key)
        st.session_state[key] = wish if wish in names else default
    chosen = st.segmented_control(
        words.say(title, lang),
        list(names),
        required=True,
        format_func=lambda code: words.say(names[code], lang),
        key=key,
    )
    session.keep_in_address(key, chosen or default)
    return chosen or default
