"""The parts of Find: its map and its words, for who sees a place now, the ways out of it, who recorded it, or one camera."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import (
    board,
    find_list,
    find_mode,
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
from app.find_form import Question
from app.phrases import find_lines, find_sentence
from app.phrases_camera import camera_lines, camera_title
from app.phrases_find import old_rule_lines

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a place.

    answer    of `app.services.find.nearest`
    place     lat, lon
    part      of `app.find_mode`
    incident  key of the incident that it is about, None without one
    call      112 class that was told
    opened    whether an emergency ground opens the cameras of other purposes
    ways      the ways out, where they were asked for
    """

    answer: Row
    place: Row
    part: str
    incident: str | None
    call: str | None
    opened: bool
    ways: net_parts.Shown | None


def ask(answer: Row, asked: Question) -> Told:
    """Draw the choice of parts, put the question of the one that is chosen, and return what is to be told."""
    assert asked.place is not None  # there is an answer
    part, incident = find_mode.choose(), board.opened() or asked.incident
    place, call = asked.place, asked.call
    opened = watch_parts.held(answer, place, incident_key=incident, call=call)
    ways = None
    if part == find_mode.WAYS:
        ways = net_parts.ask(place, board.began(), call=call, emergency=opened)
    return Told(answer, place, part, incident, call, opened, ways)


def draw_map(told: Told | None, card: Row | None, *, density_class: str) -> None:
    """Draw the map of what is told, of one camera, or, before a question, of the district."""
    if card:
        livemap.camera_map(card, on_click=_take_click)
        return
    place = told.place if told else None
    if told and told.part == find_mode.THEN and witness_parts.mapped(place, on_click=_take_click):
        return
    livemap.find_map(
        told.answer if told else None,
        place,
        density_class=density_class,
        on_click=_take_click,
        ways=net_parts.on_map(told.ways if told else None),
        opened=bool(told and told.opened),
    )


def tell(told: Told) -> None:
    """Draw the words of the part that is chosen."""
    if told.part == find_mode.THEN:
        witness_parts.draw(told.place, density_class=told.answer["density_class"])
    elif told.ways:
        net_parts.tell(told.ways, seeing=told.answer)
    else:
        _tell_now(told)


def _tell_now(told: Told) -> None:
    lang, answer = session.language(), told.answer
    pieces.answer(find_sentence(answer, lang))
    pieces.beside(old_rule_lines(answer, lang))
    if not livemap.astray(answer):
        find_list.draw(answer, lang, opened=told.opened)
        watch_parts.draw(answer, told.place, incident_key=told.incident, call=told.call)
    pieces.small(find_lines(answer, lang))
    pieces.small([words.say("find.legend", lang)] if answer["headline_code"] != "none" else [])
    handover_form.draw(answer, told.place, incident=told.incident)


def tell_camera(card: Row) -> None:
    """Draw the words of one camera, and who watches it."""
    pieces.answer(camera_title(card, session.language()))
    pieces.small(camera_lines(card, session.language()))
    tables.cameras(card["watched_by"], session.language())


def _take_click() -> None:
    """Write the clicked place into the field: click and typing are one question."""
    if place := livemap.clicked_place():
        st.session_state["place"] = f"{place['lat']:.6f}, {place['lon']:.6f}"
