"""What a visit remembers of the cameras that it opened: which is looked at, what waits for a ground or for the database."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app.services.watching import Watch

Row = Mapping[str, Any]

_KEPT = "watch_state"


@dataclass(frozen=True, slots=True)
class Press:
    """One key or button: n rises from press to press; what is open, see, not or undo; camera_id of what is opened."""

    n: int
    what: str
    camera_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sighting that could not be written: the camera, what was to be seen, the answer, and when (seconds, Unix time)."""

    camera: Row
    watch: Watch
    density_class: str
    seen: bool
    pressed_s: float


@dataclass(slots=True)
class State:
    """What is remembered; all but `waiting` and `done` belongs to one question.

    about    the question
    done     n of the last press that was answered
    chosen   the row that is looked at
    wish     the row that waits for an emergency ground, and the n of its press
    opened   what the browser is to open: n, camera_id, url
    sighting number of the last sighting, which can be taken back
    evidence number of the evidence of the camera's aim that the same answer left; None where it left none
    said     the last answer that tells of an unsure camera's aim and is not yet kept as evidence of it
    news     whether what is known anew changes the list and the map: they are asked anew
    away     whether the database did not answer in this run: nothing more is put to it then
    status   the last sentence
    waiting  sightings that the database has not taken yet
    """

    about: tuple[object, ...] = ()
    done: int = 0
    chosen: Row | None = None
    wish: tuple[Row, int] | None = None
    opened: Row | None = None
    sighting: int | None = None
    evidence: int | None = None
    said: Waiting | None = None
    news: bool = False
    away: bool = False
    status: str = ""
    waiting: list[Waiting] = field(default_factory=list)


def state_of(about: tuple[object, ...]) -> State:
    """Return what the visit remembers of this question; another question starts anew, and what waits goes on waiting."""
    kept: State | None = st.session_state.get(_KEPT)
    if kept is None or kept.about != about:
        before = kept or State()
        kept = State(about=about, done=before.done, waiting=before.waiting)
        st.session_state[_KEPT] = kept
    return kept


def presses(key: str, done: int) -> Sequence[Press]:
    """Return what was pressed since, the first press first; what is no press of ours is left out."""
    told = getattr(st.session_state.get(key), "press", None)
    listed = told.get("presses") if isinstance(told, Mapping) else None
    found = [_press(each) for each in listed] if isinstance(listed, list) else []
    return sorted((each for each in found if each is not None and each.n > done), key=lambda each: each.n)


def now_s() -> float:
    """Return the time of this machine's clock, seconds."""
    return time.time()


def _press(told: object) -> Press | None:
    if not isinstance(told, Mapping):
        return None
    n, what, camera = told.get("n"), told.get("what"), told.get("camera_id")
    if not isinstance(n, int) or what not in ("open", "see", "not", "undo"):
        return None
    return Press(n, what, camera if isinstance(camera, int) else None)
