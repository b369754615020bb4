"""Find: which cameras see this place?"""

from __future__ import annotations

import streamlit as st

from app import glance, handover_form, livemap, pieces, session, tables, words
from app.phrases import coordinates, find_lines, find_sentence
from app.services import find


def page() -> None:
    """Draw the page. The part that answers clicks reruns alone."""
    pieces.top("find.title")
    _answering()


@st.fragment
def _answering() -> None:
    left, right = st.columns([3, 2], gap="medium")
    with right:
        density_class = pieces.class_choice()
        point = _place()
        answer = _answer(point, density_class) if point else None
    with left:
        livemap.find_map(answer, point, density_class=density_class, on_click=_take_click)


def _answer(point: livemap.Row, density_class: str) -> livemap.Row | None:
    lang = session.language()
    _, answer = session.ask(find.nearest, point["lon"], point["lat"], density_class=density_class)
    if answer is not None:
        pieces.answer(find_sentence(answer, lang))
        pieces.small(find_lines(answer, lang))
        tables.cameras(answer["cameras"], lang)
        if answer["seen_by"] or answer["may_be_seen_by"]:
            pieces.small([words.say("find.legend", lang)])
        glance.ask(answer["cameras"], point)
        handover_form.draw(answer, point)
    return answer


def _place() -> dict[str, float] | None:
    """Return the place that is asked about, typed or clicked; None, with a hint, while there is none."""
    lang = session.language()
    field, button = st.columns([3, 1], vertical_alignment="bottom")
    typed = field.text_input(
        words.say("find.coordinates", lang),
        key="place",
        placeholder="37.579100, 126.936800",
        help=words.say("find.coordinates_help", lang),
        bind="query-params",
    )
    button.button(words.say("find.ask", lang), key="find_ask", type="primary", width="stretch")
    place = coordinates(typed or "")
    if not (typed or "").strip():
        st.info(words.say("find.prompt", lang), icon=":material/touch_app:")
    elif place is None:
        st.warning(words.say("find.not_coordinates", lang), icon=":material/edit_location_alt:")
    return place


def _take_click() -> None:
    """Write the clicked place into the field: click and typing are one question."""
    place = livemap.clicked_place()
    if place:
        st.session_state["place"] = f"{place['lat']:.6f}, {place['lon']:.6f}"
