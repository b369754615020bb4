"""The form of an emergency ground: which, by whom and why, before a camera of another purpose is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app import phrases_watch, session, words
from app.services import grounds
from app.services.watching import GROUNDS, article


def ask(take: Callable[[Mapping[str, str]], None], leave: Callable[[], None]) -> None:
    """Draw the form for the camera that waits; it is not named before its ground is recorded. `take` gets code, who and reason once all are told, `leave` ends it."""
    lang, district = session.language(), session.district()
    with st.form("watch_ground", border=True):
        st.markdown(f"**{words.say('ground.title', lang)}**")
        left, right = st.columns([7, 3], gap="small")
        code = left.selectbox(
            words.say("ground.which", lang),
            GROUNDS,
            format_func=lambda each: phrases_watch.ground(
                {"ground": each, "article": article(each, district.timezone)}, lang
            ),
            key="ground_code",
        )
        signed_in = session.visitor()
        who = signed_in or right.text_input(words.say("ground.who", lang), key="ground_who", max_chars=100)
        reason = st.text_input(
            words.say("ground.reason", lang),
            key="ground_reason",
            max_chars=500,
            help=words.say("ground.reason_help", lang),
        )
        st.caption(_note(lang, district.timezone, minutes=district.video.ground_minutes))
        with st.container(horizontal=True, gap="small"):
            made = st.form_submit_button(
                words.say("ground.record", lang), key="ground_record", type="primary"
            )
            left_off = st.form_submit_button(words.say("ground.leave", lang), key="ground_leave")
    if left_off:
        leave()
    elif made and not (who.strip() and reason.strip()):
        st.warning(words.say("ground.who_and_why", lang))
    elif made:
        take({"code": code, "who": who, "reason": reason})


def _note(lang: str, timezone: str, *, minutes: int) -> str:
    told = words.say("ground.holds", lang, minutes=words.number(minutes))
    korean = grounds.told("25-1-2", timezone) is not None
    return f"{told} {words.say('ground.no_steering', lang)}" if korean else told
