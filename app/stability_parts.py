"""The stability of a kept plan on its page: tested in the background by one key, watched, then told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from app import computing, phrases_stability, pieces, session
from app.words import label, number, say
from etl.db import Database

Row = Mapping[str, Any]

_POLL_S = 1.0


def draw(answer: Row) -> None:
    """Draw what is known of a kept plan's stability, how far a test is, and for planners the key that begins one.

    answer  of a kept plan: plan_id, chosen, weights, and stability once it was tested
    """
    lang, name = session.language(), f"stability {answer['plan_id']}"
    pieces.heading(say("stability.title", lang))
    found = answer.get("stability")
    if found is not None:
        pieces.beside(phrases_stability.lines(found, lang))
        _table(found, lang)
    job = computing.job(name)
    if job is not None and not job.ended:
        _watch(name)
        return
    if job is not None:
        st.error(say("stability.failed", lang, why=job.why(lang)), icon=":material/error:")
    if "planner" in session.roles():
        _offer(answer, name, lang)
    elif found is None:
        pieces.small([say("stability.none", lang)])


def can_be_tested(answer: Row) -> bool:
    """Tell whether a plan has sites, and weights that could be others."""
    return bool(answer["chosen"]) and any((answer.get("weights") or {}).values())


def _offer(answer: Row, name: str, lang: str) -> None:
    if not can_be_tested(answer):
        pieces.small([say("error.NothingToDraw", lang, detail=number(answer["plan_id"]))])
        return
    title = say("stability.again" if answer.get("stability") else "stability.test", lang)
    pressed = st.button(
        title, key="stability_test", help=say("stability.test_help", lang), icon=":material/casino:"
    )
    if not pressed:
        return
    if computing.begin(name, partial(_tested, plan_id=answer["plan_id"])):
        st.rerun()
    st.warning(say("stability.busy", lang), icon=":material/hourglass_empty:")


def _tested(db: Database, *, plan_id: int, progress: computing.Progress) -> object:
    """Test a plan, in the thread of the job: what that takes is heavy, and no page waits for its import."""
    from app.services import stability

    return stability.stability(db, plan_id, progress=progress)


@st.fragment(run_every=_POLL_S)
def _watch(name: str) -> None:
    """Draw how far the test is, each second; when it has ended the page asks for what it left."""
    going, lang = computing.job(name), session.language()
    if going is None or going.ended:
        st.rerun()
    step = label("progress", going.step, lang) if going.step else ""
    st.progress(going.share, text=f"{say('stability.testing', lang)} {step}".strip())


def _table(found: Row, lang: str) -> None:
    columns = {"no": "plan.col_no", "kept": "stability.col_kept", "alike": "stability.col_alike"}
    names = {field: say(key, lang) for field, key in columns.items()}
    rows = [{names[field]: row[field] for field in columns} for row in phrases_stability.sites(found, lang)]
    with st.expander(say("stability.table", lang), key="stability_rows"):
        st.dataframe(rows, key="stability_table", hide_index=True, alt=say("stability.table", lang))
