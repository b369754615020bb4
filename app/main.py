"""The dashboard's entry: the frame round every page. Streamlit runs it at each visit and each change."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import session, words
from app.look import style
from app.roles import pages_of
from app.views import data, find, gaps, plan

# A page's name is its address, its key in app.roles and in the words. One that is not yours is not there to be reached.
VIEWS = {"find": find.page, "gaps": gaps.page, "plan": plan.page, "data": data.page}
MARK = str(Path(__file__).with_name("static") / "mark.svg")


def frame() -> None:
    """Draw language and navigation, then the page that is asked for."""
    name = words.say("app.name", session.language())
    st.set_page_config(page_title=name, page_icon=MARK, layout="wide")
    st.html(style(name))
    st.logo(MARK, size="large")
    lang = session.language_switch()
    if session.must_sign_in():
        st.info(words.say("app.sign_in", lang))
        st.button(words.say("app.sign_in_button", lang), key="sign_in", on_click=st.login)
        return
    open_to_me = [name for name in pages_of(session.roles()) if name in VIEWS]
    if not open_to_me:
        st.info(words.say("app.no_role", lang))
        return
    pages = [
        st.Page(
            VIEWS[name], title=words.say(f"page.{name}", lang), url_path=name, default=name == open_to_me[0]
        )
        for name in open_to_me
    ]
    st.navigation(pages, position="top").run()


frame()
