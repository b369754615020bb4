"""The form below an answer of Find: who takes a hand-over sheet of this place, and what for."""

from __future__ import annotations

import streamlit as st

from app import session, words
from app.livemap import Row
from app.roles import editions_of

_KEPT = "handover_sheet"


def draw(answer: Row, point: Row, *, incident: str | None = None) -> None:
    """Draw the form, and the button that gives the sheet once it is made; nothing to whom internal exports are not open.

    answer    of `app.services.find.nearest`; the sheet asks anew, for the same classes
    point     lat, lon of the question
    incident  key of the incident that it is about; None where only a place was asked about
    """
    if "internal" not in editions_of(session.roles()):
        return
    lang = session.language()
    asked = f"{point['lat']:.6f},{point['lon']:.6f},{answer['density_class']},{answer['at']},{lang},{answer['incident_class']},{incident}"
    with st.expander(words.say("handover.take", lang), key="handover", icon=":material/description:"):
        st.caption(words.say("handover.take_help", lang))
        with st.form("handover_form", border=False):
            signed_in = session.visitor()
            who = signed_in or st.text_input(words.say("handover.who", lang), key="handover_who")
            purpose = st.text_input(words.say("handover.purpose", lang), key="handover_purpose")
            made = st.form_submit_button(words.say("handover.make", lang), key="handover_make")
        if made and not (who.strip() and purpose.strip()):
            st.warning(words.say("handover.who_and_why", lang))
        elif made:
            _make(answer, point, incident, taken_by=(who, purpose), asked=asked)
        _give(asked)


def _make(answer: Row, point: Row, incident: str | None, *, taken_by: tuple[str, str], asked: str) -> None:
    # Frames and folium are loaded when somebody takes a sheet, not with the page.
    from app.services import handover
    from app.services.exports import Taking

    came, sheet = session.ask(
        handover.sheet,
        handover.Asked(
            lat=point["lat"], lon=point["lon"], incident_class=answer["incident_class"], about=incident
        ),
        taking=Taking("internal", *(each.strip() for each in taken_by)),
        roles=session.roles(),
        density_class=answer["density_class"],
        lang=session.language(),
    )
    if came and sheet is not None:
        st.session_state[_KEPT] = (asked, sheet[0])


def _give(asked: str) -> None:
    """Draw the button for a sheet of this very question; one of another place is not given for it."""
    about, text = st.session_state.get(_KEPT, (None, ""))
    if about != asked:
        return
    st.download_button(
        words.say("handover.download", session.language()),
        text,
        file_name="golmok-handover.html",
        mime="text/html",
        key="handover_download",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
