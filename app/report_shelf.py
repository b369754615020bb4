"""The kept reports on the page Report: the list of them, and what computing one anew shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import pieces, report_form, session, words
from app.phrases_report import EDITIONS, LANGUAGES, SHORT_SHA, changed, reasons, verdict
from app.pieces import Row
from app.report_format import short_day
from app.services import reports

_COLUMNS = {
    "no": "report.col_no",
    "period": "report.col_period",
    "what": "report.col_what",
    "made": "report.col_made",
    "who": "report.col_who",
    "sha": "report.col_sha",
}
_TALLEST_PX, _ROW_PX = 420, 34
_TOLD = 50


def draw(rows: Sequence[Row], chosen: int | None) -> None:
    """Draw the kept reports, the last first; a selected row is the report in the address."""
    lang = session.language()
    if not rows:
        st.info(words.say("report.none", lang), icon=":material/inventory_2:")
        return
    key = "report.older_one" if len(rows) == 1 else "report.older"
    title = words.say(key, lang, n=words.number(len(rows)))
    st.markdown(f"**{title}** · {words.say('report.pick', lang)}")
    ids = [row["report_id"] for row in rows]
    # A report that was just made is the selected one: the list begins anew, and then alone.
    table = f"report_table_{st.session_state.get('report_shelf', 0)}_{len(ids)}"
    at = [ids.index(chosen)] if chosen in ids else []
    st.dataframe(
        [_row(row, lang) for row in rows],
        key=table,
        hide_index=True,
        height=min(_TALLEST_PX, _ROW_PX * (len(rows) + 1) + 12),
        row_height=_ROW_PX,
        on_select=lambda: _choose(table, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": at, "columns": [], "cells": []}},
        column_config={name: words.say(key, lang) for name, key in _COLUMNS.items()},
        alt=title,
    )


def greet() -> None:
    """Say once that a report was just made, or that the same one was kept already."""
    told = st.session_state.pop("report_told", None)
    if told:
        st.success(words.say(told, session.language()), icon=":material/inventory:")


def recompute(row: Row, *, pressed: bool) -> None:
    """Compute a report anew when its key was pressed, and draw what came of it, for as long as this report is read."""
    if pressed:
        with report_form.computing() as progress:
            _, found = session.record(
                reports.recompute,
                row["report_id"],
                roles=session.roles(),
                progress=progress,
                **st.session_state.get("report_asker", {}),
            )
        st.session_state["report_again"] = found
    result = st.session_state.get("report_again")
    if result and result["report_id"] == row["report_id"]:
        _compared(result)


def recompute_key() -> bool:
    """Draw the key that computes a report anew, and say whether it was pressed."""
    lang = session.language()
    label, told = words.say("report.recompute", lang), words.say("report.recompute_help", lang)
    return st.button(label, key="report_recompute", help=told, icon=":material/restart_alt:")


def _compared(result: Row) -> None:
    lang = session.language()
    tell = st.success if result["same"] else st.warning
    tell(verdict(result, lang), icon=":material/done_all:" if result["same"] else ":material/difference:")
    if result["figures"]:
        names = [words.say(key, lang) for key in ("report.col_figure", "report.col_then", "report.col_now")]
        lines = changed(result, lang, most=_TOLD)
        st.dataframe(
            [dict(zip(names, line, strict=True)) for line in lines],
            key="report_differences",
            hide_index=True,
            alt=verdict(result, lang),
        )
        rest = len(result["figures"]) - len(lines)
        if rest:
            st.caption(words.say("report.more", lang, n=words.number(rest)))
    why = list(reasons(result, lang))
    if why:
        st.markdown(f"**{words.say('report.why', lang)}**")
        pieces.small(why)


def _choose(table: str, ids: Sequence[int]) -> None:
    picked = st.session_state[table]["selection"]["rows"]
    if picked and picked[0] < len(ids):
        st.query_params["report"] = str(ids[picked[0]])


def _row(row: Row, lang: str) -> dict[str, object]:
    edition, spoken = words.say(EDITIONS[row["edition"]], lang), words.say(LANGUAGES[row["lang"]], lang)
    days = {name: short_day(row[name], lang) for name in ("since", "until")}
    return {
        "no": row["report_id"],
        "period": words.say("report.period", lang, **days),
        "what": f"{edition} · {spoken} · {row['form'].upper()}",
        "made": short_day(row["made_at"].astimezone(session.district().zone), lang),
        "who": row["made_by"],
        "sha": row["sha256"][:SHORT_SHA],
    }
