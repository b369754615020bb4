"""The dashboard's entry: the frame round every page. Streamlit runs it at each visit and each change."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from app import pieces, session, words
from app.look import style
from app.roles import ROLES, pages_of
from app.services import grounds
from app.views import data, find, gaps, plan, report, start

# A page's name is its address, its key in app.roles and in the words. One that is not yours is not there to be reached.
VIEWS = {
    "start": start.page,
    "find": find.page,
    "gaps": gaps.page,
    "plan": plan.page,
    "report": report.page,
    "data": data.page,
}
MARK = str(Path(__file__).with_name("static") / "mark.svg")


def frame() -> None:
    """Draw language and navigation, then the page that is asked for."""
    name = words.say("app.name", session.language())
    st.set_page_config(page_title=name, page_icon=MARK, layout="wide")
    st.html(style(name))
    st.logo(MARK, size="large")
    lang = session.language_switch()
    # Streamlit's page says that it is English; a screen reader reads in the language that the page tells.
    st.html(f"<script>document.documentElement.lang = '{lang}'</script>", unsafe_allow_javascript=True)
    if session.must_sign_in():
        pieces.top("app.sign_in_button")
        st.info(words.say("app.sign_in", lang))
        st.button(words.say("app.sign_in_button", lang), key="sign_in", type="primary", on_click=st.login)
        _foot(lang)
        return
    _signed_in(lang)
    open_to_me = [name for name in pages_of(session.roles()) if name in VIEWS]
    if not open_to_me:
        st.info(words.say("app.no_role", lang))
        return
    pages = {
        name: st.Page(
            _entry(name), title=words.say(f"page.{name}", lang), url_path=name, default=name == open_to_me[0]
        )
        for name in open_to_me
    }
    session.keep_pages(pages)
    # An address that is not yours says so; without this Streamlit would say that there is no such page.
    others = [
        st.Page(_closed, title=words.say(f"page.{name}", lang), url_path=name, visibility="hidden")
        for name in VIEWS
        if name not in open_to_me
    ]
    st.navigation([*pages.values(), *others], position="top").run()
    _foot(lang)


def _entry(name: str) -> Callable[[], None]:
    """Return the page behind its door: what it asks later is refused to whom it isn't open."""

    def page() -> None:
        session.enter(name)
        VIEWS[name]()

    return page


def _closed() -> None:
    lang = session.language()
    pieces.top("page.closed")
    st.warning(words.say("app.closed", lang), icon=":material/lock:")


def _foot(lang: words.Lang) -> None:
    """Draw the way to the policy page, which the law wants where everyone finds it; nothing where another law holds."""
    if grounds.told("25-1-1", session.district().timezone):
        text = escape(words.say("policy.title", lang))
        st.html(
            f'<p class="golmok-small"><a href="/policy?lang={lang}" target="_blank" rel="noopener">{text}</a></p>'
        )


def _signed_in(lang: words.Lang) -> None:
    """Draw who is signed in, their roles and the way out; nothing where nobody signs in."""
    name = session.visitor()
    if name is None:
        return
    with st.container(key="who"), st.popover(name, icon=":material/person:", width="content"):
        held = ", ".join(words.label("role", role, lang) for role in ROLES if role in session.roles())
        st.write(words.say("app.roles", lang, roles=held or "–"))
        st.button(words.say("app.sign_out", lang), key="sign_out", on_click=st.logout)


frame()
