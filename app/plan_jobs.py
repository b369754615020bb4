"""What is computed of a kept plan in the background: the key that begins it, how far it is, why it failed."""

from __future__ import annotations

import streamlit as st

from app import computing, session
from app.words import label, say

_POLL_S = 1.0


def goes_on(name: str, text: str) -> bool:
    """Tell whether a job goes on, and draw how far it is; of one that failed draw why."""
    job, lang = computing.job(name), session.language()
    if job is None:
        return False
    if not job.ended:
        _watch(name, text)
        return True
    st.error(say("job.failed", lang, why=job.why(lang)), icon=":material/error:")
    return False


def offer(name: str, work: computing.Work, *, title: str, told: str, key: str) -> None:
    """Draw the key that begins a job, what it does told beside it; one job goes on at a time."""
    lang = session.language()
    if not st.button(title, key=key, help=told, icon=":material/hourglass_top:"):
        return
    if computing.begin(name, work):
        st.rerun()
    st.warning(say("job.busy", lang), icon=":material/hourglass_empty:")


@st.fragment(run_every=_POLL_S)
def _watch(name: str, text: str) -> None:
    """Draw how far a job is, each second; when it has ended the page asks for what it left."""
    going, lang = computing.job(name), session.language()
    if going is None or going.ended:
        st.rerun()
    step = label("progress", going.step, lang) if going.step else ""
    st.progress(going.share, text=f"{text} {step}".strip())
