"""Find: which cameras see this place? And what does this camera see?"""

from __future__ import annotations

import streamlit as st

from app import board, find_form, find_mode, find_parts, pieces, session, words
from app.services import camera, find


def page() -> None:
    """Draw the page. The part that answers clicks reruns alone."""
    pieces.top("find.title")
    st.fragment(_answering, run_every=find_mode.beat())()


def _answering() -> None:
    left, right = board.beside()
    with right:
        asked = find_form.question()
        answer, card = _answer(asked), _card(asked)
        told = find_parts.ask(answer, asked) if answer else None
    # The map goes out before the words: it takes the browser longest.
    with left:
        find_parts.draw_map(told, card, density_class=asked.density_class)
    with right:
        if told:
            find_parts.tell(told)
        elif card:
            find_parts.tell_camera(card)


def _answer(asked: find_form.Question) -> find_parts.Row | None:
    if asked.place is None:
        return None
    options = {"density_class": asked.density_class, "incident_class": asked.call, "old_rule": asked.old_rule}
    return session.ask(find.nearest, asked.place["lon"], asked.place["lat"], **options)[1]


def _card(asked: find_form.Question) -> find_parts.Row | None:
    if asked.camera is None:
        return None
    done, card = session.ask(camera.card, asked.camera, density_class=asked.density_class)
    if done and card is None:
        st.warning(words.say("camera.none", session.language()), icon=":material/edit_location_alt:")
    return card
