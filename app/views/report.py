"""Report: make one, read it, take it along, and compute any older one anew."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import pieces, report_form, report_shelf, session, words
from app.phrases import gaps_headline
from app.phrases_report import headline, made_line, size
from app.pieces import Row
from app.report_html import framed
from app.services import reports
from app.services.reports import Made

_HEIGHT_PX = 900


def page() -> None:
    """Draw the page: the form and the shelf on the left, the report that the address names on the right."""
    pieces.top("report.title")
    wish = st.query_params.get("report", "")
    chosen = int(wish) if wish.isdecimal() and len(wish) < 10 else None
    left, right = st.columns([2, 3], gap="medium")
    with left:
        report_form.draw()
        came, rows = session.ask(reports.listed, roles=session.roles())
        if came and rows is not None:
            report_shelf.draw(rows, chosen)
    with right:
        if came and rows is not None:
            _reading(rows, chosen)


def _reading(rows: Sequence[Row], chosen: int | None) -> None:
    lang = session.language()
    if chosen is None:
        st.info(words.say("report.pick_first", lang), icon=":material/menu_book:")
        return
    row = next((row for row in rows if row["report_id"] == chosen), None)
    if row is None:
        st.warning(words.say("report.not_there", lang, id=chosen), icon=":material/search_off:")
        return
    report_shelf.greet()
    st.subheader(headline(row, lang))
    pieces.small([made_line(row, lang, zone=session.district().zone)])
    made = _opened(row)
    if made is not None:
        _shown(made)
    report_shelf.recompute(row)
    if made is not None:
        title = words.say("report.read", lang)
        st.iframe(framed(reports.page_of(made), title), height=_HEIGHT_PX, alt=title)


def _opened(row: Row) -> Made | None:
    """Return the report that is open, opened if need be; None while an internal one has not been asked for."""
    held: Made | None = st.session_state.get("report_open")
    if held is not None and held.report_id == row["report_id"]:
        return held
    taken = report_form.opening(row["edition"])
    if taken is None:
        return None
    _, made = session.ask(reports.read, row["report_id"], roles=session.roles(), **taken)
    st.session_state["report_open"] = made
    return made


def _shown(made: Made) -> None:
    lang, row, run = session.language(), made.row, made.figures["coverage"]
    pieces.answer(gaps_headline(run, lang))
    pieces.ladder(run["ladder"], chosen=run["class"])
    if not reports.is_as_kept(made):
        st.warning(words.say("report.not_same", lang), icon=":material/difference:")
    name = f"golmok-report-{row['report_id']}_{row['until']}_{row['edition']}_{row['lang']}.{row['form']}"
    label = words.say("report.download", lang, form=row["form"].upper(), size=size(row["bytes"]))
    mime = "application/pdf" if row["form"] == "pdf" else "text/html"
    st.download_button(label, made.content, name, mime, key="report_download", on_click="ignore")
