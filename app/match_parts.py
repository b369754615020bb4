"""The part of Data on the same cameras in several lists: pairs, both rows side by side, decisions and their log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app import address, phrases_matches, pieces, session
from app.holdings_parts import table
from app.services import matches
from app.tables import selectable
from app.words import label, number, say

Row = Mapping[str, Any]

_COLUMNS = ("score", "pair", "held", "why", "records")
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
    st.markdown(f"**{title}** · {say('match.pick', lang)}")
    ids = [str(row["pair_id"]) for row in rows]
    wish = st.query_params.get("pair")
    picked = selectable(
        [phrases_matches.pair(row, lang) for row in rows],
        key=f"match_{state}_{st.session_state.get('match_times', 0)}",
        heads={name: say(f"match.col_{name}", lang) for name in _COLUMNS},
        chosen=ids.index(wish) if wish in ids else None,
        alt=title,
    )
    if len(rows) < answer["counts"][state]:
        pieces.small([say("match.more", lang, n=number(len(rows)))])
    session.keep_in_address("pair", None if picked is None else ids[picked])
    if picked is not None:
        _one_pair(rows[picked])


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
    # Without sign-in nobody is known: the log would name the program's own login.
    who = session.visitor() or st.text_input(say("match.who", lang), key="match_who", max_chars=100)
    reason = st.text_input(say("match.reason", lang), key=f"match_reason_{row['pair_id']}", max_chars=300)
    for column, said in zip(st.columns(2), _KEYS[row["state"]], strict=False):
        key, icon = _BUTTONS[said]
        if not column.button(
            say(key, lang), icon=icon, key=f"match_{said}_{row['pair_id']}", width="stretch"
        ):
            continue
        if not (reason or "").strip():
            st.warning(say("match.reason_needed", lang), icon=":material/edit_note:")
        elif not (who or "").strip():
            st.warning(say("match.who_needed", lang), icon=":material/edit_note:")
        else:
            _record(row, said, reason, by=str(who).strip())
        return


def _record(row: Row, said: matches.Said, reason: str, *, by: str) -> None:
    lang, ends = session.language(), (row["record_a"], row["record_b"])
    with st.spinner(say("match.noting", lang)):
        _, result = session.record(matches.decide, *ends, said=said, reason=reason, by=by)
    if result is not None:
        st.session_state["match_told"] = phrases_matches.decided(result, lang)
        # the list begins anew without the pair, and none is chosen
        st.session_state["match_times"] = st.session_state.get("match_times", 0) + 1
        session.keep_in_address("pair", None)
        st.rerun()
