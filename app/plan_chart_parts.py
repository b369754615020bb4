"""The curves of a kept plan on its page: each a chart with the same numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from app import chart_frame, computing, phrases_curves, pieces, plan_jobs, session
from app.words import say
from etl.db import Database

Row = Mapping[str, Any]


def draw(answer: Row) -> None:
    """Draw what more money would see, and what less intrusion would cost, as far as a kept plan tells them.

    The frontier is computed in the background by a key, for planners, where private plots are loaded.
    """
    lang = session.language()
    # One point is no curve.
    if len(answer.get("curve") or ()) > 1:
        _curve(answer, lang)
    plots_m2 = (answer.get("intrusion") or {}).get("plots_m2")
    drawn = len(answer.get("frontier") or ()) > 1
    if not drawn and not (plots_m2 and answer["chosen"]):
        return
    pieces.heading(say("frontier.title", lang))
    if drawn:
        _frontier(answer, lang)
    name = f"frontier {answer['plan_id']}"
    if not plan_jobs.goes_on(name, say("frontier.computing", lang)) and "planner" in session.roles():
        title = say("frontier.again" if drawn else "frontier.compute", lang)
        work = partial(_computed, plan_id=answer["plan_id"])
        plan_jobs.offer(name, work, title=title, told=say("frontier.help", lang), key="frontier_compute")


def _computed(db: Database, *, plan_id: int, progress: computing.Progress) -> object:
    """Compute a plan's frontier, in the thread of the job: no page waits for the import of what that takes."""
    from app.services import frontier

    return frontier.frontier(db, plan_id, progress=progress)


def _curve(answer: Row, lang: str) -> None:
    from app import plan_curves  # matplotlib is heavy: only a plan with curves waits for it

    rows = answer["curve"]
    pieces.heading(say("curve.title", lang))
    told = phrases_curves.curve_told(rows, lang)
    chart_frame.chart(
        plan_curves.on_page(plan_curves.curve(answer, lang), escape(told, quote=True)), key="curve"
    )
    limited = (answer.get("asked") or {}).get("cameras") is not None
    pieces.small([say("curve.how_number" if limited else "curve.how", lang)])
    columns = {
        "won": "curve.col_won",
        "cameras": "curve.col_cameras",
        "after": "curve.col_after",
        "added": "curve.col_added",
        "most": "curve.col_most",
    }
    _table(phrases_curves.curve(rows, lang), columns, name="curve", title=say("curve.table", lang))


def _frontier(answer: Row, lang: str) -> None:
    from app import plan_curves

    rows = answer["frontier"]
    told = phrases_curves.frontier_told(rows, lang)
    chart_frame.chart(
        plan_curves.on_page(plan_curves.frontier(answer, lang), escape(told, quote=True)), key="frontier"
    )
    pieces.small([say("frontier.how", lang)])
    columns = {
        "plots": "frontier.col_plots",
        "after": "curve.col_after",
        "cameras": "curve.col_cameras",
        "won": "curve.col_won",
    }
    _table(phrases_curves.frontier(rows, lang), columns, name="frontier", title=say("frontier.table", lang))


def _table(rows: Sequence[Row], columns: Mapping[str, str], *, name: str, title: str) -> None:
    lang = session.language()
    names = {field: say(key, lang) for field, key in columns.items()}
    told = [{names[field]: row[field] for field in columns} for row in rows]
    with st.expander(title, key=f"{name}_rows"):
        st.dataframe(told, key=f"{name}_table", hide_index=True, alt=title)
