"""The part of Data on the same cameras in several lists: pairs, both rows side by side, decisions and their log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app import address, phrases_matches, pieces, session
from app.holdings_parts import table
from app.services import matches
from app.words import label, number, say

Row = Mapping[str, Any]

# What may be said of a pair in each state.
_KEYS: dict[str, tuple[matches.Said, ...]] = {
    "doubtful": ("same", "different"),
    "sure": ("different",),
    "same": ("open",),
    "different": ("open",),
}
_BUTTONS: dict[matches.Said, tuple[str, str]] = {
    "same": ("match.same", ":material/link:"),
    "different": ("match.different", ":material/link_off:"),
    "open": ("match.undo", ":material/undo:"),
}


def draw() -> None:
    """Draw the pairs of a chosen state, one of them in detail with its decision, and the log."""
    lang = session.language()
    _, answer = session.ask(matches.matches)
    if answer is None:
        return
    pieces.answer(phrases_matches.headline(answer, lang))
    if told := st.session_state.pop("match_told", None):
        st.success(told, icon=":material/check_circle:")
    pieces.small(phrases_matches.lines(answer, lang))
    states = {
        state: f"{label('matchstate', state, lang)} {number(answer['counts'][state])}"
        for state in matches.STATES
    }
    state = address.code_choice("pairs", say("match.state", lang), states)
    _pairs(answer, state)
    if rows := phrases_matches.decisions(answer, lang):
        title = say("match.log", lang, n=number(len(rows)))
        table(rows, title, "match_log", theme="match.col_")
    else:
        pieces.small([say("match.log_none", lang)])


def _pairs(answer: Row, state: str) -> None:
    lang = session.language()
    rows = [row for row in answer["pairs"] if row["state"] == state]
    if not rows:
        st.info(say("match.no_pairs", lang), icon=":material/done_all:")
        return
    title = say(
        "match.pairs", lang, state=label("matchstate", state, lang), n=number(answer["counts"][state])
    )
    shown = [phrases_matches.pair(row, lang) for row in rows]
    table(
        [{k: v for k, v in row.items() if k != "state"} for row in shown],
        title,
        f"match_{state}",
        theme="match.col_",
    )
    if len(rows) < answer["counts"][state]:
        pieces.small([say("match.more", lang, n=number(len(rows)))])
    chosen = address.number_choice(
        "pair",
        say("match.which", lang),
        {row["pair_id"]: phrases_matches.named(row, lang) for row in rows},
        placeholder=say("match.pick", lang),
    )
    if chosen is not None:
        _one_pair(next(row for row in rows if row["pair_id"] == chosen))


def _one_pair(row: Row) -> None:
    lang = session.language()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        title = say("match.side", lang)
        table(
            phrases_matches.side_by_side(row, lang), title, f"match_side_{row['pair_id']}", theme="match.col_"
        )
    with right:
        pieces.beside([phrases_matches.score(row, lang)])
        _on_map(row, lang)
        _decision(row, lang)


def _on_map(row: Row, lang: str) -> None:
    find = session.pages().get("find")
    for end in ("a", "b"):
        if find is not None and row[end]:
            place = f"{row[end]['lat']:.6f},{row[end]['lon']:.6f}"
            st.page_link(
                find,
                label=say("match.on_map", lang, which=row[f"record_{end}"]),
                icon=":material/map:",
                query_params={"place": place},
            )


def _decision(row: Row, lang: str) -> None:
    if "steward" not in session.roles():
        pieces.small([say("match.steward_only", lang)])
        return
    reason = st.text_input(say("match.reason", lang), key=f"match_reason_{row['pair_id']}", max_chars=300)
    for column, said in zip(st.columns(2), _KEYS[row["state"]], strict=False):
        key, icon = _BUTTONS[said]
        if not column.button(
            say(key, lang), icon=icon, key=f"match_{said}_{row['pair_id']}", width="stretch"
        ):
            continue
        if not (reason or "").strip():
            st.warning(say("match.reason_needed", lang), icon=":material/edit_note:")
            return
        _record(row, said, reason)


def _record(row: Row, said: matches.Said, reason: str) -> None:
    _, result = session.record(
        matches.decide, row["record_a"], row["record_b"], said=said, reason=reason, by=session.visitor()
    )
    if result is not None:
        st.session_state["match_told"] = phrases_matches.decided(result, session.language())
        address.open_next("pair", None)
