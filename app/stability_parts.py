"""The stability of a kept plan on its page: tested in the background by one key, watched, then told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from app import computing, phrases_stability, pieces, plan_jobs, session
from app.words import number, say
from etl.db import Database

Row = Mapping[str, Any]


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
    if plan_jobs.goes_on(name, say("stability.testing", lang)):
        return
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
    work = partial(_tested, plan_id=answer["plan_id"])
    plan_jobs.offer(name, work, title=title, told=say("stability.test_help", lang), key="stability_test")


def _tested(db: Database, *, plan_id: int, progress: computing.Progress) -> object:
    """Test a plan, in the thread of the job: what that takes is heavy, and no page waits for its import."""
    from app.services import stability

    return stability.stability(db, plan_id, progress=progress)


def _table(found: Row, lang: str) -> None:
    columns = {"no": "plan.col_no", "kept": "stability.col_kept", "alike": "stability.col_alike"}
    names = {field: say(key, lang) for field, key in columns.items()}
    rows = [{names[field]: row[field] for field in columns} for row in phrases_stability.sites(found, lang)]
    with st.expander(say("stability.table", lang), key="stability_rows"):
        st.dataframe(rows, key="stability_table", hide_index=True, alt=say("stability.table", lang))
