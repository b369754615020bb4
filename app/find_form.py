"""What Find is asked: one field for a place or a camera, the class, the call, the old rule. All of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app import pieces, place_choice, session, words
from app.services import grounds, old_rules

# The 112 classes that a camera is most often asked about; the command line takes every code.
CALLS = (
    "101", "102", "104", "105", "106", "107", "201", "212", "305", "401", "405", "503", "508", "509", "602", "603", "609",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    place     lat and lon in degrees, None while none is named
    camera    a camera's number, None where a place is named, or nothing
    call      112 class, None while none is said
    old_rule  whether the old rule stands beside
    incident  key of the incident whose number names the place, None without one
    """

    place: dict[str, float] | None
    camera: str | None
    density_class: str
    call: str | None
    old_rule: bool
    incident: str | None = None


def question() -> Question:
    """Draw the form and return what it asks, with a hint while it asks nothing."""
    typed = place_choice.field()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        density_class = pieces.class_choice()
        call, old_rule = _options()
    if not typed:
        st.info(words.say("where.prompt", session.language()), icon=":material/touch_app:")
    found = place_choice.named(typed)
    if found is None:
        return Question(None, None, density_class, call, old_rule)
    if found["kind"] == "camera":
        return Question(None, found["key"], density_class, call, old_rule)
    # what is chosen counts for more than what the incident was recorded as
    place = {"lat": found["lat"], "lon": found["lon"]}
    # The middle of a cell is no incident's place.
    incident = found["key"] if found["kind"] == "incident" and found["how"] != "cell" else None
    return Question(place, None, density_class, call or found["incident_class"], old_rule, incident)


def _options() -> tuple[str | None, bool]:
    lang = session.language()
    if "call" not in st.session_state:
        wish = st.query_params.get("for")
        st.session_state["call"] = wish if wish and grounds.is_known(wish) else None
    held = st.session_state["call"]
    call = st.selectbox(
        words.say("find.for", lang),
        # An incident from the feed may be of any class.
        sorted({*CALLS, held} - {None}),
        format_func=lambda code: words.label("call", code, lang),
        key="call",
        width=130,
        placeholder=words.say("find.for_none", lang),
        persist_state="session",
    )
    if "old" not in st.session_state:
        st.session_state["old"] = st.query_params.get("old") == "1"
    rule = {"radius": words.distance(old_rules.RADIUS_M), "k": words.number(old_rules.K)}
    old_rule = st.toggle(
        words.say("find.old_toggle", lang),
        key="old",
        help=words.say("find.old_help", lang, **rule),
        persist_state="session",
    )
    session.keep_in_address("for", call or "")
    session.keep_in_address("old", "1" if old_rule else "")
    return call, old_rule
