"""Report: make one, read it, take it along, and compute any older one anew."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import downloads, pieces, report_form, report_reader, report_shelf, session, words
from app.phrases_report import headline, made_line
from app.pieces import Row
from app.report_html import framed
from app.services import reports

_HEIGHT_PX = 900


def page() -> None:
    """Draw the page: the form and the shelf on the left, the report that the address names on the right."""
    pieces.top("report.title")
    named = st.query_params.get("report", "")
    chosen = int(named) if named.isdecimal() and len(named) < 10 else None
    left, right = st.columns([2, 3], gap="medium")
    with left:
        came, wish = report_form.draw()
        rows = session.ask(reports.listed, roles=session.roles())[1] if came else None
        if rows is None:
            return
        report_shelf.draw(rows, chosen)
    with left:
        downloads.csv_button("coverage")
        downloads.csv_button("incidents")
    with right:
        _reading(rows, chosen)
    # What takes long comes last: the page stands meanwhile.
    if wish:
        report_form.make(wish)


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
    made = report_reader.opened(row)
    # An internal report is neither read nor computed anew before its reader has said what for.
    if made is None:
        return
    report_reader.shown(made)
    pressed, slot = report_shelf.recompute_key(), st.container()
    title = words.say("report.read", lang)
    st.iframe(framed(reports.page_of(made), title), height=_HEIGHT_PX, alt=title)
    with slot:
        report_shelf.recompute(row, pressed=pressed)
