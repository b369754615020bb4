"""Buttons that hand files over: they ask for the edition, and of an internal one what for, before anything is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from app import session, words
from app.roles import DEFAULT_EDITION, Edition, editions_of, require_edition
from app.services import plans_out, tables_out
from app.services.exports import Taking
from app.services.tables_out import Asked


def csv_button(
    what: str, *, density_class: str = "observe", at: date | None = None, plan_id: int | None = None
) -> None:
    """Draw the way to take a table as CSV in an edition that the visitor's roles may take.

    what     a key of `app.services.tables_out.TABLES`; the same on one page must not be drawn twice
    at       the day that it speaks of; None is the latest that the registries speak of
    plan_id  of the table plan; None is the last one
    """
    lang = session.language()
    title = words.say("take.title", lang, table=words.label("taken", what, lang))
    with st.popover(title, icon=":material/download:"):
        taking = taking_of(what, tables_out.TABLES[what])
        if taking is None:
            return
        asked = Asked(what, density_class=density_class, at=at, plan_id=plan_id, lang=lang)
        st.download_button(
            words.say("take.button", lang),
            data=_made(asked, taking),
            file_name=f"{session.district().name}-{what}-{taking.edition}.csv",
            mime="text/csv",
            key=f"take_{what}_button",
            on_click="ignore",
        )


def plan_buttons(plan_id: int) -> None:
    """Draw the ways to take a kept plan: the committee's sheet, a table for Excel, a package for maps.

    Each form is offered in the editions of it that the visitor's roles may take; none of the public's holds a plan.
    """
    lang = session.language()
    with st.popover(words.say("take.plan", lang), icon=":material/download:"):
        form = st.selectbox(
            words.say("take.form", lang),
            [*plans_out.FORMS],
            format_func=lambda each: words.label("plan_form", each, lang),
            key="take_plan_form",
        )
        taking = taking_of(f"plan_{form}", plans_out.FORMS[form])
        if taking is None:
            return
        st.download_button(
            words.say("take.button", lang),
            data=_plan_made(plan_id, taking, form, lang),
            file_name=f"{session.district().name}-plan-{plan_id}-{taking.edition}.{form}",
            mime=_MIME[form],
            key=f"take_plan_{form}_button",
            on_click="ignore",
        )


_MIME = {"pdf": "application/pdf", "csv": "text/csv", "gpkg": "application/geopackage+sqlite3"}


def taking_of(key: str, held: tuple[Edition, ...]) -> Taking | None:
    """Draw the question for whom a file is, and of an internal one who takes it and what for; return the answer.

    key   tells the widgets of several questions on one page apart
    held  the editions that there are of the file
    None  while it is not answered, or where the visitor may take none
    """
    lang = session.language()
    mine = [edition for edition in editions_of(session.roles()) if edition in held]
    if not mine:
        st.info(words.say("take.none", lang))
        return None
    edition = st.selectbox(
        words.say("take.edition", lang),
        mine,
        index=mine.index(DEFAULT_EDITION) if DEFAULT_EDITION in mine else 0,
        format_func=lambda each: words.label("edition", each, lang),
        key=f"take_{key}_edition",
    )
    st.caption(words.say(f"take.{edition}_note", lang))
    if edition != "internal":
        return Taking(edition)
    return _internal(key, lang)


def _internal(key: str, lang: words.Lang) -> Taking | None:
    # Whoever has signed in cannot take a file in another's name.
    who = session.visitor() or st.text_input(words.say("take.who", lang), key=f"take_{key}_who")
    purpose = st.text_input(words.say("take.purpose", lang), key=f"take_{key}_purpose")
    if not ((who or "").strip() and (purpose or "").strip()):
        st.button(words.say("take.button", lang), key=f"take_{key}_waits", disabled=True)
        return None
    return Taking("internal", who.strip(), purpose.strip())


def _plan_made(plan_id: int, taking: Taking, form: str, lang: str) -> Callable[[], bytes]:
    """Return what makes a plan's file when the button is pressed; whether the visitor may take it is asked again then."""
    roles_now = session.roles_later()

    def make() -> bytes:
        require_edition(taking.edition, roles_now())
        return plans_out.take(session.shared_database(), plan_id, taking, form=form, lang=lang).content

    return make


def _made(asked: Asked, taking: Taking) -> Callable[[], bytes]:
    """Return what makes the file when the button is pressed, not before: what nobody takes leaves no trace.

    It runs beside the page, which may have stood open for hours: whether the visitor may take it is asked again.
    """
    roles_now = session.roles_later()

    def make() -> bytes:
        require_edition(taking.edition, roles_now())
        return tables_out.take(session.shared_database(), asked, taking).content

    return make
