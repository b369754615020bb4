"""Part of Find: keys 1-9 open cameras in the centre's video system, and two keys say whether the place is on the picture."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from app import glance, phrases_watch, session, watch_form, words
from app.services import watching
from app.services.watching import Watch
from app.watch_state import Press, State, Waiting, now_s, presses, state_of

Row = Mapping[str, Any]

_FOLDER = Path(__file__).with_name("static")
_KEY = "watch_keys"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "golmok_watch", html=_read("watch.html"), css=_read("watch.css"), js=_read("watch.js")
)


def draw(answer: Row, place: Row, *, incident_key: str | None = None, call: str | None = None) -> None:
    """Draw the buttons of an answer's cameras, and what is asked of the one that is looked at.

    answer        of `app.services.find.nearest`: the number of a camera in its list is its key
    place         lat, lon of the question
    incident_key  the incident that it is about; None where only a place was asked about
    call          112 class that was told
    Who is no operator opens nothing: of cameras of uncertain sight they may still say what the picture shows.
    """
    if "operator" not in session.roles():
        glance.ask(answer["cameras"], place)
    elif answer["cameras"]:
        _keys(answer, Watch(place["lon"], place["lat"], incident_key, call))


@st.fragment
def _keys(answer: Row, watch: Watch) -> None:
    """Answer what was pressed, then draw: a press reruns this part alone."""
    state = state_of((watch, answer["density_class"], answer["at"]))
    telling: list[tuple[str, bool]] = []
    for press in presses(_KEY, state.done):
        state.done = press.n
        telling += _answered(state, press, answer, watch)
    holding = _holding(answer, watch)
    _mount(state, answer, holding)
    if holding is not None:
        st.caption(phrases_watch.holding(holding, session.language(), session.district().zone))
    if state.wish is not None:
        watch_form.ask(partial(_with_ground, state, watch), lambda: _forget_wish(state), wish=state.wish[0])
    if state.waiting:
        _draw_waiting(state)
    # Last, for it takes a second: what was said tells where an unsure camera looks, and the answer above is asked anew.
    kept = [glance.keep(camera, watch.lat, watch.lon, seen=seen) for camera, seen in telling]
    if any(kept):
        st.rerun(scope="app")


def _mount(state: State, answer: Row, holding: Row | None) -> None:
    lang = session.language()
    video = session.district().video.open is not None
    _component(
        key=_KEY,
        data={
            "cameras": [
                phrases_watch.button(no, row, lang, video=video, held=holding is not None)
                | {"chosen": state.chosen is not None and row["camera_id"] == state.chosen["camera_id"]}
                for no, row in enumerate(answer["cameras"], 1)
            ],
            "asked": state.chosen and phrases_watch.asked(state.chosen, lang),
            "undo": state.sighting is not None,
            "opened": state.opened,
            "done": state.done,
            "status": state.status or phrases_watch.first_words(lang, video=video),
            "texts": phrases_watch.texts(lang),
        },
        on_press_change=_nothing,
    )


def _nothing() -> None:
    """Take a press that the run itself answers."""


def _holding(answer: Row, watch: Watch) -> Row | None:
    """Return the emergency ground in force; not asked for where no camera of the answer needs one."""
    if all(row["use"]["allowed"] is not False for row in answer["cameras"]):
        return None
    return session.ask(watching.ground, watch)[1]


def _answered(state: State, press: Press, answer: Row, watch: Watch) -> list[tuple[str, bool]]:
    """Do what a press asks for; return the camera and what was seen where that tells of the camera's aim."""
    if press.what == "open":
        row = next((row for row in answer["cameras"] if row["camera_id"] == press.camera_id), None)
        if row is not None:
            _open(state, row, watch, n=press.n)
    elif press.what == "undo":
        _undo(state)
    elif state.chosen is not None:
        return _say(state, watch, answer["density_class"], seen=press.what == "see")
    return []


def _open(state: State, row: Row, watch: Watch, *, n: int) -> None:
    """Write that a camera is opened and let the browser open it; without a ground ask for one first."""
    lang = session.language()
    state.wish = None
    done, opened = session.record(
        watching.open_or_ask, row, watch, by=session.visitor(), roles=session.roles()
    )
    if not done or opened is None:
        state.status = words.say("watch.not_opened", lang, camera=row["camera_key"])
    elif opened["ground_needed"]:
        state.wish, state.status = (row, n), words.say("watch.ground_needed", lang, camera=row["camera_key"])
    else:
        state.chosen, state.sighting = row, None
        state.opened = (
            {"n": n, "camera_id": row["camera_id"], "url": opened["url"]} if opened["url"] else None
        )
        key = "watch.opened" if opened["url"] else "watch.chosen"
        state.status = words.say(key, lang, camera=row["camera_key"])


def _with_ground(state: State, watch: Watch, told: Mapping[str, str]) -> None:
    """Record the ground that the form tells, then open the camera that waits for it."""
    if state.wish is None:
        return
    row, n = state.wish
    done, _ = session.record(watching.record_ground, watch, **told, roles=session.roles())
    if done:
        _open(state, row, watch, n=n)
        st.rerun(scope="fragment")


def _forget_wish(state: State) -> None:
    state.wish, state.status = None, ""
    st.rerun(scope="fragment")


def _say(state: State, watch: Watch, density_class: str, *, seen: bool) -> list[tuple[str, bool]]:
    """Record whether the place is on the picture of the camera that is looked at; what cannot be written waits."""
    assert state.chosen is not None  # as the caller made sure
    lang, row = session.language(), state.chosen
    said = Waiting(row, watch, density_class, seen, now_s())
    kept = _written(said)
    if kept is None:
        state.waiting.append(said)
        state.sighting, state.status = None, words.say("watch.not_kept", lang)
        return []
    state.sighting = kept["sighting_id"]
    state.status = words.say("watch.seen" if seen else "watch.unseen", lang, camera=row["camera_key"])
    return [(row["camera_key"], seen)] if glance.tells(row) else []


def _written(said: Waiting) -> Row | None:
    _, kept = session.record(
        watching.record_sighting,
        said.camera,
        said.watch,
        seen=said.seen,
        density_class=said.density_class,
        late_s=now_s() - said.pressed_s,
        by=session.visitor(),
        roles=session.roles(),
    )
    return kept


def _undo(state: State) -> None:
    if state.sighting is None:
        return
    done, _ = session.record(
        watching.undo_sighting, state.sighting, by=session.visitor(), roles=session.roles()
    )
    if done:
        state.sighting, state.status = None, words.say("watch.undone", session.language())


def _draw_waiting(state: State) -> None:
    """Draw what the database has not taken yet, and the button that writes it."""
    lang = session.language()
    st.warning(
        words.say("watch.waiting", lang, n=words.number(len(state.waiting))), icon=":material/sync_problem:"
    )
    if st.button(words.say("watch.write_again", lang), key="watch_again"):
        left = [said for said in state.waiting if _written(said) is None]
        if not left:
            state.status = words.say("watch.written", lang)
        state.waiting[:] = left
        st.rerun(scope="fragment")
