"""Part of Find: keys 1-9 open cameras in the centre's video system, and two keys say whether the place is on the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from app import glance, phrases_watch, session, watch_form, words
from app.services import watching
from app.services.watching import Watch
from app.watch_state import Press, State, Waiting, now_s, presses, state_of

Row = Mapping[str, Any]
Answer = TypeVar("Answer")

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


def held(answer: Row, place: Row, *, incident_key: str | None = None, call: str | None = None) -> bool:
    """Tell whether an emergency ground is recorded that opens the cameras of other purposes; arguments as of `draw`."""
    # Who sees the ways out may be of another purpose where nobody who sees the place is.
    if call is None and all(row["use"]["allowed"] is not False for row in answer["cameras"]):
        return False
    watch = Watch(place["lon"], place["lat"], incident_key, call)
    return session.ask(watching.ground, watch)[1] is not None


@st.fragment
def _keys(answer: Row, watch: Watch) -> None:
    """Answer what was pressed, then draw: a press reruns this part alone."""
    state = state_of((watch, answer["density_class"], answer["at"]))
    hand, pressed = session.writer(), presses(_KEY, state.done)
    state.away = False
    # The next press may cut this run off wherever it touches the page: no press is answered by halves.
    for press in pressed:
        state.done = press.n
        _answer_press(state, hand, press, answer, watch)
    # What comes and goes has a place of its own: were the buttons moved, they would be made anew, and a key pressed meanwhile lost.
    trouble, buttons = st.container(), st.container()
    # What is asked below the buttons may change what they show: it is drawn first, and goes once it is answered.
    _draw_form(state, hand, watch)
    _draw_waiting(state, hand)
    with trouble:
        hand.tell()
        holding = _holding(answer, watch, state)
    with buttons:
        _mount(state, answer, holding)
    # Last, for it takes a second: what was said tells where an unsure camera looks, and the answer above is asked anew.
    if state.said is not None and not state.away:
        state.news = _tell_of_aim(state, hand) or state.news
        with trouble:
            hand.tell()
    # What is known anew of an aim or a ground changes the list and the map above.
    if state.news:
        state.news = False
        st.rerun(scope="app")


def _draw_form(state: State, hand: session.Writer, watch: Watch) -> None:
    """Draw the form of an emergency ground where a camera waits for one."""
    slot, wish = st.empty(), state.wish
    if wish is None:
        return
    with slot.container():
        watch_form.ask(partial(_with_ground, state, hand, watch), partial(_leave, state))
    if state.wish is None:
        slot.empty()


def _mount(state: State, answer: Row, holding: Row | None) -> None:
    """Draw the buttons, and below them which emergency ground holds."""
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
    if holding is not None:
        st.caption(phrases_watch.holding(holding, lang, session.district().zone))


def _nothing() -> None:
    """Take a press that the run itself answers."""


def _record(
    state: State, hand: session.Writer, service: Callable[..., Answer], *given: object, **options: object
) -> Answer | None:
    """Return a service's answer that writes; None where the database is away, which is said once a run."""
    if state.away:
        return None
    done, kept = hand.write(service, *given, **options, by=hand.by, roles=hand.roles)
    state.away = not done
    return kept


def _holding(answer: Row, watch: Watch, state: State) -> Row | None:
    """Return the emergency ground in force; not asked for where no camera of the answer needs one."""
    if state.away or all(row["use"]["allowed"] is not False for row in answer["cameras"]):
        return None
    return session.ask(watching.ground, watch)[1]


def _answer_press(state: State, hand: session.Writer, press: Press, answer: Row, watch: Watch) -> None:
    """Do what a press asks for."""
    if press.what == "open":
        row = next((row for row in answer["cameras"] if row["camera_id"] == press.camera_id), None)
        if row is not None:
            _open(state, hand, row, watch, n=press.n)
    elif press.what == "undo":
        _undo(state, hand)
    elif state.chosen is not None:
        said = Waiting(state.chosen, watch, answer["density_class"], press.what == "see", now_s())
        if _say(state, hand, said) and glance.tells(state.chosen):
            state.said = said


def _open(state: State, hand: session.Writer, row: Row, watch: Watch, *, n: int) -> None:
    """Write that a camera is opened and let the browser open it; without a ground ask for one first."""
    lang = hand.lang
    state.wish = None
    opened = _record(state, hand, watching.open_or_ask, row, watch)
    if opened is None:
        state.status = words.say("watch.not_opened", lang, camera=row["camera_key"])
    elif opened["ground_needed"]:
        state.wish, state.status = (row, n), words.say("watch.ground_needed", lang)
    else:
        state.chosen, state.sighting, state.evidence = row, None, None
        url = opened["url"]
        state.opened = {"n": n, "camera_id": row["camera_id"], "url": url} if url else None
        state.status = words.say("watch.opened" if url else "watch.chosen", lang, camera=row["camera_key"])


def _with_ground(state: State, hand: session.Writer, watch: Watch, told: Mapping[str, str]) -> None:
    """Record the ground that the form tells, then open the camera that waits for it."""
    if state.wish is None:
        return
    row, n = state.wish
    if _record(state, hand, watching.record_ground, watch, **told) is not None:
        state.news = True
        _open(state, hand, row, watch, n=n)


def _leave(state: State) -> None:
    state.wish, state.status = None, ""


def _say(state: State, hand: session.Writer, said: Waiting) -> bool:
    """Record whether the place is on the picture of the camera that is looked at; what cannot be written waits."""
    kept = _written(state, hand, said)
    state.evidence = None
    if kept is None:
        state.waiting.append(said)
        state.sighting, state.status = None, words.say("watch.not_kept", hand.lang)
        return False
    state.sighting = kept["sighting_id"]
    key = "watch.seen" if said.seen else "watch.unseen"
    state.status = words.say(key, hand.lang, camera=said.camera["camera_key"])
    return True


def _tell_of_aim(state: State, hand: session.Writer) -> bool:
    """Keep what was said last as evidence of where the camera looks; True where it is kept."""
    said, state.said = state.said, None
    if said is None:
        return False
    place = said.watch.lat, said.watch.lon
    state.evidence = glance.keep(said.camera["camera_key"], *place, seen=said.seen, hand=hand)
    return state.evidence is not None


def _written(state: State, hand: session.Writer, said: Waiting) -> Row | None:
    late_s = now_s() - said.pressed_s
    options = {"seen": said.seen, "density_class": said.density_class, "late_s": late_s}
    return _record(state, hand, watching.record_sighting, said.camera, said.watch, **options)


def _undo(state: State, hand: session.Writer) -> None:
    """Take the last answer back, and what it told of the camera's aim."""
    if state.sighting is None or _record(state, hand, watching.undo_sighting, state.sighting) is None:
        return
    evidence, state.sighting, state.evidence, state.said = state.evidence, None, None, None
    state.status = words.say("watch.undone", hand.lang)
    # The answer above was drawn with it.
    state.news = state.news or (evidence is not None and glance.take_back(evidence, hand))


def _draw_waiting(state: State, hand: session.Writer) -> None:
    """Draw what the database has not taken yet, and the button that writes it."""
    slot, lang = st.empty(), session.language()
    if not state.waiting:
        return
    with slot.container():
        n = words.number(len(state.waiting))
        st.warning(words.say("watch.waiting", lang, n=n), icon=":material/sync_problem:")
        if st.button(words.say("watch.write_again", lang), key="watch_again"):
            state.waiting[:] = [said for said in state.waiting if _written(state, hand, said) is None]
    if not state.waiting:
        state.status = words.say("watch.written", lang)
        slot.empty()
