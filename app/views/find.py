"""Find: which cameras see this place? And what does this camera see?"""

from __future__ import annotations

import streamlit as st

from app import (
    board,
    find_form,
    find_list,
    handover_form,
    livemap,
    net_parts,
    pieces,
    session,
    tables,
    watch_parts,
    witness_parts,
    words,
)
from app.phrases import find_lines, find_sentence
from app.phrases_camera import camera_lines, camera_title
from app.phrases_find import old_rule_lines
from app.services import camera, find


def page() -> None:
    """Draw the page. The part that answers clicks reruns alone."""
    pieces.top("find.title")
    st.fragment(_answering, run_every=net_parts.beat())()


def _answering() -> None:
    left, right = board.beside()
    with right:
        asked = find_form.question()
        answer, card = _answer(asked), _card(asked)
        ways = net_parts.ask(asked.place, call=asked.call) if answer and asked.place else None
    # The map goes out before the words: it takes the browser longest.
    with left:
        if card:
            livemap.camera_map(card, on_click=_take_click)
        elif not witness_parts.mapped(asked.place, on_click=_take_click):
            wanted, drawn = asked.density_class, net_parts.on_map(ways)
            livemap.find_map(answer, asked.place, density_class=wanted, on_click=_take_click, ways=drawn)
    with right:
        if ways:
            net_parts.tell(ways, seeing=answer)
        elif answer and asked.place:
            _tell(answer, asked.place, asked.call)
        elif card:
            _tell_camera(card)


def _answer(asked: find_form.Question) -> livemap.Row | None:
    if asked.place is None:
        return None
    options = {"density_class": asked.density_class, "incident_class": asked.call, "old_rule": asked.old_rule}
    return session.ask(find.nearest, asked.place["lon"], asked.place["lat"], **options)[1]


def _tell(answer: livemap.Row, place: livemap.Row, call: str | None) -> None:
    lang = session.language()
    pieces.answer(find_sentence(answer, lang))
    pieces.beside(old_rule_lines(answer, lang))
    if not livemap.astray(answer):
        find_list.draw(answer, lang)
    watch_parts.draw(answer, place, incident_key=st.query_params.get("incident"), call=call)
    pieces.small(find_lines(answer, lang))
    pieces.small([words.say("find.legend", lang)] if answer["headline_code"] != "none" else [])
    handover_form.draw(answer, place)
    witness_parts.draw(place, density_class=answer["density_class"])


def _card(asked: find_form.Question) -> livemap.Row | None:
    if asked.camera is None:
        return None
    done, card = session.ask(camera.card, asked.camera, density_class=asked.density_class)
    if done and card is None:
        st.warning(words.say("camera.none", session.language()), icon=":material/edit_location_alt:")
    return card


def _tell_camera(card: livemap.Row) -> None:
    pieces.answer(camera_title(card, session.language()))
    pieces.small(camera_lines(card, session.language()))
    tables.cameras(card["watched_by"], session.language())


def _take_click() -> None:
    """Write the clicked place into the field: click and typing are one question."""
    if place := livemap.clicked_place():
        st.session_state["place"] = f"{place['lat']:.6f}, {place['lon']:.6f}"
