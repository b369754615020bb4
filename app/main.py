"""The dashboard's entry: the frame round every page. Streamlit runs it at each visit and each change."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import session, words
from app.look import style
from app.views import find, gaps

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
    pages = [
        st.Page(find.page, title=words.say("page.find", lang), url_path="find", default=True),
        st.Page(gaps.page, title=words.say("page.gaps", lang), url_path="gaps"),
    ]
    st.navigation(pages, position="top").run()


frame()
