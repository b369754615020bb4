"""Parts of Data: refused rows by reason and by file, the file to mend them in, and the mended file's way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from app import phrases_refusals, pieces, session
from app.holdings_parts import table
from app.phrases_holdings import meaning
from app.roles import require_role
from app.services import refusals as service
from app.services.exports import Taking
from app.services.refusals import Chosen
from app.words import label, say, sentence
from etl.db import Database
from etl.reasons import LARGEST_MB

Row = Mapping[str, Any]

# Of a choice: no one of them.
_ALL = ""


def refusals() -> None:
    """Draw which refused rows are open and why, and for the steward the way to mend them."""
    lang = session.language()
    _, every = session.ask(service.refusals)
    if every is None:
        return
    # The first sentence tells of what is chosen below it.
    top = st.container()
    chosen = _choice(every, lang) if every["by_file"] else Chosen()
    _, answer = (True, every) if chosen == Chosen() else session.ask(service.refusals, chosen)
    if answer is None:
        return
    with top:
        pieces.answer(phrases_refusals.headline(answer, lang))
        pieces.small(phrases_refusals.lines(answer, lang))
    if not every["by_file"]:
        return
    left, right = st.columns([1, 1], gap="medium")
    heads = {name: say(f"refusals.col_{name}", lang) for name in _HEADS}
    with left:
        told = phrases_refusals.reasons(answer, lang)
        table(told, say("mend.by_reason", lang), "mend_reasons", heads=heads, tallest_px=_TALLEST_PX)
    with right:
        told = phrases_refusals.files(answer, lang)
        table(told, say("mend.by_file", lang), "mend_files", heads=heads, tallest_px=_TALLEST_PX)
    if "steward" not in session.roles():
        pieces.small([say("data.steward_only", lang)])
        return
    with left:
        _taken(chosen, answer, lang)
    with right:
        _brought_back(every, chosen.source, lang)


# So that the two steps of mending begin on the first screen.
_TALLEST_PX = 300
_HEADS = ("source", "why", "severity", "n", "code", "batch", "file", "open", "refused", "repaired", "again", "settled", "loaded")  # fmt: skip


def _choice(every: Row, lang: str) -> Chosen:
    """Draw the choice of source, file and reason; it stands in the address."""
    opened = [row for row in every["by_file"] if row["open"]]
    sources = dict.fromkeys(row["source"] for row in every["by_reason"])
    fields = st.columns(3, gap="small")
    source = _select("refused_source", say("refusals.col_source", lang),
                     {name: label("source", name, lang) for name in sources}, fields[0])  # fmt: skip
    files = {str(row["batch_id"]): phrases_refusals.one_file(row, lang) for row in opened
             if source in (None, row["source"])}  # fmt: skip
    batch = _select("refused_load", say("refusals.col_file", lang), files, fields[1])
    codes = dict.fromkeys(row["code"] for row in every["by_reason"] if source in (None, row["source"]))
    reason = _select("refused_why", say("refusals.col_why", lang),
                     {code: meaning(code, lang) for code in codes}, fields[2])  # fmt: skip
    return Chosen(source, int(batch) if batch else None, reason)


def _select(name: str, title: str, options: Mapping[str, str], place: Any) -> str | None:
    """Draw a choice with "all" on top and return the chosen code, None for all."""
    lang = session.language()
    codes = [_ALL, *options]
    session.wish(name, codes, default=_ALL)
    chosen = place.selectbox(
        title,
        codes,
        format_func=lambda code: options.get(code) or say("mend.all", lang),
        key=name,
    )
    session.keep_in_address(name, chosen)
    return chosen or None


def _taken(chosen: Chosen, answer: Row, lang: str) -> None:
    """Draw the way to take the rows as a file to mend."""
    st.markdown(f"**{say('mend.take', lang)}**")
    pieces.small([say("mend.take_told", lang)])
    sources = {row["source"] for row in answer["by_reason"]}
    if len(sources) != 1:
        st.info(say("mend.one_source" if sources else "mend.none", lang))
        return
    who = session.visitor() or st.text_input(say("take.who", lang), key="mend_who")
    purpose = st.text_input(say("data.purpose", lang), key="mend_purpose", max_chars=200)
    if not ((who or "").strip() and (purpose or "").strip()):
        st.button(say("mend.take_button", lang), key="mend_waits", disabled=True)
        return
    (source,) = sources
    st.download_button(
        say("mend.take_button", lang),
        data=_made(chosen, Taking("internal", str(who).strip(), purpose.strip())),
        file_name=f"{session.district().name}-refused-{source.replace(' ', '-')}.csv",
        mime="text/csv",
        key="mend_take",
        on_click="ignore",
        icon=":material/download:",
    )


def _made(chosen: Chosen, taking: Taking) -> Callable[[], bytes]:
    """Return what makes the file when the button is pressed; the role is asked for again then."""
    roles_now = session.roles_later()

    def make() -> bytes:
        require_role("steward", roles_now())
        return service.take(session.shared_database(), chosen, taking).content

    return make


def _brought_back(every: Row, source: str | None, lang: str) -> None:
    """Draw the place to drop a mended file, and what loading it did."""
    st.markdown(f"**{say('mend.back', lang)}**")
    pieces.small([say("mend.back_told", lang)])
    if source is None:
        source = st.selectbox(
            say("mend.back_source", lang),
            [*dict.fromkeys(row["source"] for row in every["by_file"])],
            format_func=lambda name: label("source", name, lang),
            key="mend_source",
        )
    dropped = st.file_uploader(say("mend.drop", lang), key="mend_file", max_upload_size=LARGEST_MB)
    if dropped is None:
        st.session_state.pop("mended", None)
        return
    done = st.session_state.get("mended", ("", None))
    if done[0] != dropped.file_id:
        if not st.button(say("mend.load_button", lang), key="mend_load", icon=":material/upload:"):
            return
        require_role("steward", session.roles())
        with st.spinner(say("mend.working", lang)):
            _, answer = session.record(_load_mended, dropped.getvalue(), name=dropped.name, source=source)
        if answer is None:
            return
        st.session_state["mended"] = (dropped.file_id, answer)
        # The counts above were drawn before the file was loaded.
        st.rerun()
    _told(done[1], lang)


def _load_mended(db: Database, content: bytes, *, name: str, source: str) -> Row:
    """Load a mended file; one that is none is refused as any other file: it is no outage, and trying again is no way on."""
    try:
        return service.load_mended(db, content, name=name, source=source)
    except service.NotMended as error:
        return {"status": "refused", "why": sentence(error, session.language())[0]}


def _told(answer: Row, lang: str) -> None:
    first, *more = phrases_refusals.loaded_again(answer, lang)
    (st.error if answer["status"] == "refused" else st.success)(first)
    pieces.small(more)
