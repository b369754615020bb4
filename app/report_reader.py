"""A kept report on the page Report: opened, by a purpose if it is internal, its answer shown, taken along."""

from __future__ import annotations

import streamlit as st

from app import pieces, report_form, session, words
from app.phrases import gaps_headline
from app.phrases_report import size
from app.pieces import Row
from app.services import reports
from app.services.reports import Made


def opened(row: Row) -> Made | None:
    """Return the report that is open, opened if need be; None while an internal one has not been asked for."""
    held: Made | None = st.session_state.get("report_open")
    if held is not None and held.report_id == row["report_id"]:
        return held
    taken = report_form.opening(row["edition"])
    if taken is None:
        return None
    _, made = session.ask(reports.read, row["report_id"], roles=session.roles(), **taken)
    st.session_state["report_open"], st.session_state["report_asker"] = made, taken
    return made


def shown(made: Made) -> None:
    """Draw a report's first answer, whether its bytes are those that were kept, and the key that takes it along."""
    lang, row, run = session.language(), made.row, made.figures["coverage"]
    pieces.answer(gaps_headline(run, lang))
    pieces.ladder(run["ladder"], chosen=run["class"])
    if not reports.is_as_kept(made):
        st.warning(words.say("report.not_same", lang), icon=":material/difference:")
    name = f"golmok-report-{row['report_id']}_{row['until']}_{row['edition']}_{row['lang']}.{row['form']}"
    label = words.say("report.download", lang, form=row["form"].upper(), size=size(row["bytes"]))
    mime = "application/pdf" if row["form"] == "pdf" else "text/html"
    st.download_button(label, made.content, name, mime, key="report_download", on_click="ignore")
