"""Parts of Data: what is loaded and how old, the loads with their refusals, a look into a file of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import address, phrases_holdings, phrases_look, phrases_notes, pieces, session
from app.services import holdings
from app.words import label, number, say
from etl.reasons import LARGEST_MB

Row = Mapping[str, Any]

_ROW_PX, _TALLEST_PX = 34, 540
_COMMAND = "golmok load cameras registry.csv --dry-run\ngolmok load cameras registry.csv"


def ages(answer: Row) -> None:
    """Draw what is loaded beside what is known, and the command that loads."""
    lang = session.language()
    pieces.answer(phrases_holdings.headline(answer, lang))
    pieces.small(phrases_holdings.lines(answer, lang))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        table(phrases_holdings.sources(answer, lang), say("data.sources", lang), "data_sources")
    with right:
        table(phrases_holdings.known(answer, lang), say("data.missing", lang), "data_known")
        pieces.small(phrases_holdings.absent(answer, lang))
        st.markdown(f"**{say('data.how', lang)}**")
        st.code(_COMMAND, language="bash")
        pieces.small([say("data.how_told", lang).replace("`", "")])


def loads(answer: Row) -> None:
    """Draw the loads, what was refused and why, and one load in detail."""
    lang = session.language()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        title = say("data.loads", lang, n=number(len(answer["loads"])))
        heads = {name: label("rows", name, lang) for name in phrases_holdings.ROWS}
        table(phrases_holdings.loads(answer, lang), title, "data_loads", heads=heads)
        _one_load({row["batch_id"]: row for row in answer["loads"]})
    with right:
        rows = phrases_holdings.reasons(answer, lang)
        if not rows:
            st.success(say("data.no_reasons", lang), icon=":material/check_circle:")
            return
        total = number(sum(row["n"] for row in answer["reasons"]))
        table(rows, say("data.reasons", lang, n=total), "data_reasons")


def look() -> None:
    """Draw the place to drop a file, and what a look into it tells. The file stays in this visit alone."""
    lang = session.language()
    dropped = st.file_uploader(
        say("look.drop", lang, limit=number(LARGEST_MB)),
        key="look_file",
        max_upload_size=LARGEST_MB,
    )
    pieces.small([f"{say('look.kept_nothing', lang)} {say('look.temporary', lang)}"])
    if dropped is None:
        st.session_state.pop("looked", None)
        return
    if st.session_state.get("looked", ("",))[0] != dropped.file_id:
        from app.services import look_into  # reading is heavy: only who drops a file waits for it

        with st.spinner(say("look.working", lang)):
            _, answer = session.ask(
                look_into.look_into_bytes, dropped.getvalue(), name=dropped.name, who=session.visitor()
            )
        if answer is None:
            return
        st.session_state["looked"] = (dropped.file_id, answer)
    _looked(st.session_state["looked"][1], lang)


def table(
    rows: Sequence[Mapping[str, object]],
    title: str,
    key: str,
    *,
    theme: str = "data.col_",
    heads: Mapping[str, str] | None = None,
    tallest_px: int = _TALLEST_PX,
) -> None:
    """Draw rows as a table under its title; a column's head is the words of `theme` and its name, unless `heads` has it."""
    lang, given = session.language(), heads or {}
    st.markdown(f"**{title}**")
    columns = [*rows[0]] if rows else []
    st.dataframe(
        list(rows),
        key=key,
        hide_index=True,
        height=min(tallest_px, _ROW_PX * (len(rows) + 1) + 12),
        row_height=_ROW_PX,
        column_config={name: given.get(name) or say(f"{theme}{name}", lang) for name in columns},
        alt=title,
    )


def _one_load(by_number: Mapping[int, Row]) -> None:
    lang = session.language()
    open_load = address.number_choice(
        "load",
        say("data.which_load", lang),
        {no: phrases_holdings.one_load(row, lang) for no, row in by_number.items()},
        placeholder=say("data.pick_load", lang),
    )
    if open_load is None:
        return
    row = by_number[open_load]
    pieces.small([phrases_holdings.file_facts(row, lang)])
    crs_of_load(row.get("notes"), lang)
    for key, counts in (("data.set_aside", row["reasons"]), ("data.repaired", row["repaired"])):
        if counts:
            table(phrases_holdings.by_code(counts, lang), say(key, lang), f"{key}_{open_load}")
    if row["quarantined"]:
        _rows_themselves(open_load)


def crs_of_load(notes: Row | None, lang: str) -> None:
    """Say what the coordinates of a file, or the boundary, look like, where that is in doubt."""
    told = list(phrases_notes.lines(notes, lang))
    if told:
        st.warning(" ".join(told).replace("--", "\\-\\-"), icon=":material/explore:")


def _rows_themselves(batch_id: int) -> None:
    """Show the refused rows to the steward who says what for; the access log keeps it."""
    lang = session.language()
    if "steward" not in session.roles():
        pieces.small([say("data.steward_only", lang)])
        return
    field, button = st.columns([3, 1], vertical_alignment="bottom")
    purpose = field.text_input(say("data.purpose", lang), key="data_purpose", max_chars=200)
    if not button.button(say("data.read_rows", lang), key="data_read", width="stretch"):
        return
    if not (purpose or "").strip():
        st.warning(say("data.purpose_needed", lang), icon=":material/edit_note:")
        return
    _, rows = session.ask(holdings.refused_rows, batch_id, purpose=purpose, who=session.visitor())
    if rows is not None:
        pieces.small([say("data.rows_read", lang, n=number(len(rows)))])
        table(phrases_holdings.refused(rows, lang), say("data.rows_themselves", lang), "data_rows")


def _looked(answer: Row, lang: str) -> None:
    if answer["status"] == "refused":
        st.error(phrases_look.refused_line(answer, lang), icon=":material/error:")
        return
    pieces.answer(phrases_look.headline(answer, lang))
    crs_of_load(answer["coordinates"], lang)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        pieces.small(phrases_look.lines(answer, lang))
        if faults := phrases_look.faults(answer, lang):
            table(faults, say("look.wrong", lang), "look_faults", theme="look.col_")
            pieces.small([phrases_look.fault_line(lang)])
        else:
            st.success(say("look.nothing_wrong", lang), icon=":material/check_circle:")
    with right:
        table(phrases_look.known(answer, lang), say("look.missing", lang), "look_known", theme="look.col_")
    if answer["checks"]:
        table(phrases_look.checks(answer, lang), say("look.checks", lang), "look_checks", theme="look.col_")
    pieces.small(phrases_look.check_lines(answer, lang))
