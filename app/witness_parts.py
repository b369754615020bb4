"""The part of Find that asks who could have recorded the place: for an open case, each question logged, the answer kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

import streamlit as st

from app import livemap, pieces, session, tables, words
from app.phrases_witness import HEADS, cells, lines, sentence
from app.roles import Role, points_as
from app.services import FIRST_DAY, LAST_DAY, WrongUse, witness
from app.services.exports import Taking
from etl.db import Database

Row = Mapping[str, Any]

_KEPT, _MADE, _WRONG = "witness_answer", "witness_file", "witness_wrong"
_FORMS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
_TALLEST_PX = 254
# How far a place may be off unless it is said.
_RADIUS_M = 50


def open_to(roles: Iterable[Role]) -> bool:
    """Tell whether one of some roles may ask who could have recorded a place: an operator, an auditor, never a planner."""
    return points_as(roles) is not None


def kept(place: Row | None) -> Row | None:
    """Return the answer that was given for this very place in this visit, None for another place or before a question."""
    answer: Row | None = st.session_state.get(_KEPT)
    if place is None or answer is None or not open_to(session.roles()):
        return None
    same = all(round(place[name], 6) == round(answer["point"][name], 6) for name in ("lat", "lon"))
    return answer if same else None


def mapped(place: Row | None, *, on_click: Callable[[], None]) -> bool:
    """Draw the map of an answer that was given for this place, and tell whether there is one.

    on_click  as of `app.livemap.find_map`
    """
    answer = kept(place)
    if answer is not None:
        livemap.witness_map(answer, on_click=on_click)
    return answer is not None


def draw(place: Row | None, *, density_class: str = "observe") -> None:
    """Draw the question about a place, and its answer once it is given; nothing to whom it is not open.

    place  lat, lon, or None: then it says what to do first
    """
    if not open_to(session.roles()):
        return
    lang = session.language()
    if place is None:
        pieces.small([words.say("witness.prompt", lang)])
        return
    asked = _question(place, density_class)
    if asked is not None:
        drawn = kept(place) is not None
        # the map was drawn before the answer was there, or with one that no longer stands
        if _answer(asked) or drawn:
            st.rerun()
    if wrong := st.session_state.pop(_WRONG, None):
        st.warning(wrong, icon=":material/edit_note:")
    if answer := kept(place):
        _tell(answer, lang)


def _question(place: Row, density_class: str) -> dict[str, Any] | None:
    """Draw the form; return what is asked when its button was pressed. Place, radius and times stand in the address."""
    lang = session.language()
    with st.form("witness_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        # A case's number is nobody's business who is sent a link: it does not stand in the address.
        number = st.text_input(
            words.say("witness.case", lang),
            key="witness_case",
            help=words.say("witness.case_help", lang),
            width=190,
        )
        within = st.number_input(
            words.say("witness.radius", lang),
            min_value=int(witness.LEAST_RADIUS_M),
            max_value=int(witness.MOST_RADIUS_M),
            value=_RADIUS_M,
            step=10,
            key="within",
            bind="query-params",
            width=130,
        )
        times = [_time("recorded_from", _opened() - timedelta(hours=1)), _time("recorded_to", _opened())]
        pressed = st.form_submit_button(words.say("witness.ask", lang), key="witness_ask", type="primary")
    if not pressed or None in times:
        return None
    begins, ends = (each.replace(tzinfo=session.district().zone) for each in times if each is not None)
    return {
        "case_no": number or "", "lon": place["lon"], "lat": place["lat"], "radius_m": float(within or 0),
        "since": begins, "until": ends, "density_class": density_class,
    }  # fmt: skip


def _time(name: str, value: datetime) -> datetime | None:
    return st.datetime_input(
        words.say(_TIMES[name], session.language()),
        value,
        # what is not said here lies within ten years of the value
        min_value=datetime.combine(FIRST_DAY, time()),
        max_value=datetime.combine(LAST_DAY, time()),
        key=name,
        step=60,
        format="YYYY-MM-DD",
        bind="query-params",
        width=210,
    )


_TIMES = {"recorded_from": "witness.since", "recorded_to": "witness.until"}


def _opened() -> datetime:
    """Return when this visit first saw the form, on the district's clocks: the hour before is asked about unless one is named."""
    now = datetime.now(session.district().zone).replace(second=0, microsecond=0, tzinfo=None)
    first: datetime = st.session_state.setdefault("witness_opened", now)
    return first


def _answer(asked: Mapping[str, Any]) -> bool:
    """Ask, keep the answer and tell whether there is one; a question that cannot be asked is said in a sentence."""
    for name in (_KEPT, _MADE):
        st.session_state.pop(name, None)
    done, told = session.ask(_ask, asked, who=session.visitor())
    if not done or told is None:
        return False
    if isinstance(told, WrongUse):
        st.session_state[_WRONG] = words.sentence(told, session.language())[0]
        return False
    st.session_state[_KEPT] = told
    return True


def _ask(db: Database, asked: Mapping[str, Any], *, who: str | None) -> Row | WrongUse:
    try:
        return witness.witness(db, witness.Asked(**asked), who=who)
    except WrongUse as wrong:  # what the person can put right is no failure of ours
        return wrong


def _tell(answer: Row, lang: str) -> None:
    pieces.answer(sentence(answer, lang))
    shown = [{"no": place, **cells(row, lang)} for place, row in enumerate(answer["cameras"], 1)]
    if shown:
        st.dataframe(
            shown,
            key="witness_table",
            hide_index=True,
            height=min(_TALLEST_PX, tables.height_px(len(shown))),
            column_order=[name for name in HEADS if name in shown[0]],
            column_config={name: _column(name, lang) for name in HEADS},
            alt=words.say("witness.table", lang),
        )
    pieces.small(lines(answer, lang))
    if any(row["group"] == "kept" and not row["hardly"] for row in answer["cameras"]):
        _list(answer, lang)


_WIDTHS_PX = {"no": 40, "camera": 172, "left": 150, "part": 130, "ground": 130, "class": 82, "worked": 90}


def _column(name: str, lang: str) -> Any:  # Any: Streamlit's own columns
    title, width = words.say(HEADS[name], lang), _WIDTHS_PX.get(name)
    if name == "no":
        return st.column_config.NumberColumn(title, width=width)
    return st.column_config.TextColumn(title, width=width)


def _list(answer: Row, lang: str) -> None:
    """Draw the door to the list of a footage request: who takes it, in which form, and the button that gives it."""
    with st.popover(words.say("witness.take", lang), icon=":material/description:", key="witness_take"):
        with st.form("witness_take_form", border=False):
            label = words.say("witness.take_who", lang)
            who = session.visitor() or st.text_input(label, key="witness_who")
            form = st.segmented_control(
                words.say("witness.take_form", lang),
                list(_FORMS),
                default="xlsx",
                required=True,
                key="witness_form_of",
            )
            made = st.form_submit_button(words.say("witness.make", lang), key="witness_make")
        if made and not who.strip():
            st.warning(words.say("witness.who_missing", lang))
        elif made:
            _make(answer, who.strip(), str(form), lang)
        _give(answer, lang)


def _make(answer: Row, who: str, form: str, lang: str) -> None:
    from app.services import witness_out

    taking = Taking("internal", who, f"case {answer['case']['case_no']}")
    done, file = session.ask(witness_out.take, answer, taking, form=form, lang=lang)
    if done and file is not None:
        st.session_state[_MADE] = (answer, form, file)


def _give(answer: Row, lang: str) -> None:
    """Draw the button for a list of this very answer; one of another question is not given for it."""
    about, form, file = st.session_state.get(_MADE, (None, "", None))
    if about is not answer or file is None:
        return
    st.download_button(
        words.say("witness.download", lang),
        file.content,
        file_name=file.name,
        mime=_FORMS[form],
        key="witness_download",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
