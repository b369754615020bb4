"""The form of the page Report: which report to make, how far it is, and the one that came of it."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from app import session, words
from app.phrases_report import EDITIONS, FORMS, LANGUAGES
from app.roles import Edition, editions_of
from app.services import reports
from app.services.exports import Taking
from etl.db import Database


def draw() -> None:
    """Draw the form; a report that is made stands in the address, and the page shows it."""
    lang = session.language()
    st.subheader(words.say("report.make", lang))
    came, half = session.ask(reports.half_year)
    if not came or half is None:
        return
    since, until = _period(half)
    edition, form, spoken = _choices()
    who, purpose = takers("report_make") if edition == "internal" else (session.visitor(), None)
    if until < since:
        st.warning(words.say("report.period_wrong", lang), icon=":material/date_range:")
        return
    _, soon = session.ask(reports.is_computed, since, until)
    st.caption(words.say("report.takes" if soon else "report.takes_longer", lang))
    if st.button(words.say("report.go", lang), key="report_go", type="primary", width="stretch"):
        wish = {"form": form, "lang": spoken, "edition": edition, "who": who, "purpose": purpose}
        _make(since, until, wish)


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
    since, until = (
        column.date_input(
            words.say(title, lang), day, first, last, key=key, format="YYYY-MM-DD", bind="query-params"
        )
        for column, key, title, day in names
    )
    # A field that is emptied gives nothing: the half-year's end stands for it.
    return since or half[0], until or half[1]


def _choices() -> tuple[Edition, str, str]:
    """Draw edition, form and language, and return them. A role that may take one edition is offered one."""
    lang = session.language()
    mine = [edition for edition in editions_of(session.roles()) if edition in EDITIONS]
    edition = st.segmented_control(
        words.say("report.edition", lang),
        mine,
        default=mine[0],
        required=True,
        format_func=lambda code: words.say(EDITIONS[code], lang),
        key="edition",
        bind="query-params",
    )
    if edition == "internal":
        st.caption(words.say("report.internal_note", lang))
    left, right = st.columns(2)
    with left:
        form = _segments("report.form", FORMS, key="form", default="pdf")
    with right:
        spoken = _segments("report.lang", LANGUAGES, key="report_lang", default=lang)
    return edition, form, spoken


def _segments(title: str, names: dict[str, str], *, key: str, default: str) -> str:
    lang = session.language()
    chosen = st.segmented_control(
        words.say(title, lang),
        list(names),
        default=default,
        required=True,
        format_func=lambda code: words.say(names[code], lang),
        key=key,
        bind="query-params",
    )
    return chosen or default


def _make(since: date, until: date, wish: dict[str, str | None]) -> None:
    lang = session.language()
    bar = st.progress(0.0, text=words.say("report.starting", lang))

    def progress(label: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=words.label("progress", label, lang))

    came, made = session.record(_made, since, until, wish, progress=progress)
    bar.empty()
    if came and made is not None:
        st.session_state["report_open"] = made
        st.session_state["report_told"] = "report.new" if made.fresh else "report.known"
        st.query_params["report"] = str(made.report_id)
        st.rerun()


def _made(
    db: Database, since: date, until: date, wish: dict[str, str | None], *, progress: reports.Progress
) -> reports.Made:
    """Make the report: what is asked for is checked inside the door, which says in one sentence what is wrong."""
    edition: Edition = "internal" if wish["edition"] == "internal" else "committee"
    taking = Taking(edition, wish["who"], wish["purpose"])
    asked = reports.Asked(since, until, str(wish["form"]), str(wish["lang"]), taking)
    return reports.make(db, asked, roles=session.roles(), progress=progress)
