"""What reaches every open board: one listener a server reads the outbox, each event is answered once. No web here.

Whoever subscribes names the last event it knows and gets what came after it, in order, then all that follows. What is
kept for that is the last few thousand events; beyond, a `reset` carries the whole board. A subscriber that does not
take what it is offered is dropped: it comes back and catches up.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from app import words
from app.roles import Role
from app.services import board
from etl.db import Database
from etl.store import live

log = logging.getLogger(__name__)

Row = dict[str, Any]
# Who may see very points, and who sees cells in place of sensitive ones.
View = Literal["points", "cells"]
_ROLES: dict[View, Role | None] = {"points": "operator", "cells": None}
READER = "dashboard: live board"

_KEPT_EVENTS = 5000
_READ_AT_ONCE = 500
# An answer that no event touched is asked anew after so long: cameras and walls are loaded meanwhile.
_ANSWER_S = 600.0
_RENEWED_AT_ONCE = 5
_PAUSES_S = (0.5, 1.0, 2.0, 5.0)
# How soon a lost database is noticed, and somebody who came for another view is served.
_HEARTBEAT_S = 1.0
# With nobody watching for so long the listener ends: points are not read for nobody.
IDLE_S = 60.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One message to a board.

    kind      reset, incident, closed, health or state
    event_id  of the outbox, None for what is no event
    text      its content as JSON, one line
    """

    kind: str
    event_id: int | None
    text: str


def frame(kind: str, content: Row, event_id: int | None = None) -> Frame:
    """Return a message of content that is JSON-ready."""
    return Frame(kind, event_id, json.dumps(content, ensure_ascii=False, default=str))


# Takes a message; None: there will be no more.
Offer = Callable[[Frame | None], None]


@dataclass(slots=True)
class Shown:
    """What one view shows now: its incidents by key, and the messages that led there, in their order.

    floor   messages are kept of every event after this one
    """

    incidents: dict[str, Row]
    floor: int
    frames: deque[Frame] = field(default_factory=deque)

    def add(self, frames: Iterable[Frame]) -> None:
        """Keep messages, and let the oldest go."""
        for each in frames:
            self.frames.append(each)
            if len(self.frames) > _KEPT_EVENTS:
                self.floor = self.frames.popleft().event_id or self.floor

    def after(self, event_id: int) -> list[Frame] | None:
        """Return the messages that followed an event's; None where they are no longer all kept."""
        if event_id < self.floor:
            return None
        known = [
            at
            for at, each in enumerate(self.frames)
            if each.event_id is not None and each.event_id <= event_id
        ]
        return list(self.frames)[known[-1] + 1 if known else 0 :]


class Answers:
    """What Find told of places, kept so that each event is answered once, whoever watches."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[float, Row, frozenset[str]]] = {}

    def of(self, db: Database, rows: Sequence[Row]) -> list[Row]:
        """Return incidents with their answers, in the same order; only what is not known yet is asked."""
        fresh = {_question(row): row for row in rows if _question(row) not in self._kept}
        now = time.monotonic()
        for question, told in zip(fresh, board.answers(db, list(fresh.values())), strict=True):
            self._kept[question] = (now, *told)
        return [row | self._kept[_question(row)][1] for row in rows]

    def forget(self, cameras: frozenset[str]) -> None:
        """Forget the answers that rest on one of the cameras."""
        self._kept = {question: kept for question, kept in self._kept.items() if not cameras & kept[2]}

    def forget_old(self, *, now_s: float) -> bool:
        """Forget some answers that have become old, and say whether there were any."""
        old = [question for question, kept in self._kept.items() if kept[0] < now_s - _ANSWER_S]
        for question in old[:_RENEWED_AT_ONCE]:
            del self._kept[question]
        return bool(old)


def _question(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("lat", "lon", "class_code", "place_m"))


@dataclass(slots=True)
class _Watcher:
    view: View
    after: int | None
    served: bool = False


class Feed:
    """The listener of a server and those who watch. Any thread may call it."""

    def __init__(self, database: Callable[[], Database], forget: Callable[[], None]) -> None:
        """Take what gives the database for reading, and what drops its connections after a loss."""
        self._database, self._forget = database, forget
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._watchers: dict[Offer, _Watcher] = {}
        self._left = 0.0
        self._answers = Answers()
        self._lost_since: str | None = None
        self._begin_anew()

    def subscribe(self, offer: Offer, view: View, after: int | None) -> None:
        """Offer what a board needs after the event that it knows (None: it knows nothing), then all that follows."""
        with self._lock:
            if self._ended.is_set():
                offer(None)
                return
            watcher = self._watchers[offer] = _Watcher(view, after)
            if view in self._shown:
                self._serve(offer, watcher)
            if self._lost_since:
                offer(self._state())
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live-board", daemon=True)
                self._thread.start()

    def leave(self, offer: Offer) -> None:
        """Offer no more."""
        with self._lock:
            self._watchers.pop(offer, None)
            self._left = time.monotonic()

    def end(self) -> None:
        """End every subscription: the server stops."""
        self._ended.set()
        with self._lock:
            for offer in self._watchers:
                offer(None)

    def _begin_anew(self) -> None:
        self._thread = None
        self._shown: dict[View, Shown] = {}
        self._last: int | None = None
        self._beside: Row = {}

    def _run(self) -> None:
        failed, over = 0, False
        while not over:
            try:
                self._listen()
                over = True
            except Exception as error:  # the thread's last door: a loss is said, and mended
                if words.sentence(error, "en")[1] != 4:
                    log.error("the live board failed", exc_info=error)
                failed = 0 if self._lost_since is None else failed + 1
                self._forget()
                self._tell_lost()
                self._ended.wait(_PAUSES_S[min(failed, len(_PAUSES_S) - 1)])
                over = self._over()

    def _listen(self) -> None:
        """Read what there is at each waking and each heartbeat, until it is over. Raises on a lost database."""
        db = self._database()
        for _ in live.listen(db, heartbeat_s=_HEARTBEAT_S):
            self._read(db)
            self._tell_found()
            if self._over():
                return

    def _over(self) -> bool:
        """Say whether nobody watches any more; whoever comes next begins anew, with what is open then."""
        with self._lock:
            over = self._ended.is_set() or (not self._watchers and time.monotonic() - self._left > IDLE_S)
            if over:
                self._begin_anew()
            return over

    def _read(self, db: Database) -> None:
        if self._last is None:
            self._last = self._first(db)
        for view in self._views() - self._shown.keys():
            self._open(db, view)
        while events := live.events_since(db, self._last, limit=_READ_AT_ONCE):
            self._take(db, events)
        if self._answers.forget_old(now_s=time.monotonic()):
            self._renew(db)

    def _views(self) -> set[View]:
        with self._lock:
            return {watcher.view for watcher in self._watchers.values()}

    def _first(self, db: Database) -> int:
        """Return the event to read on from: the last, or the one that a board of before our start knows."""
        last = live.last_event(db)
        with self._lock:
            known = [watcher.after for watcher in self._watchers.values() if watcher.after is not None]
        first = min((each for each in known if last - _KEPT_EVENTS <= each <= last), default=last)
        self._beside = board.health(db) | {"last_event_at": board.last_event_at(db, last)}
        return first

    def _open(self, db: Database, view: View) -> None:
        """Read the board of a view that nobody watched before, and serve those who wait for it."""
        assert self._last is not None
        shown = Shown(self._incidents(db, view), self._last)
        with self._lock:
            self._shown[view] = shown
            for offer, watcher in self._watchers.items():
                if watcher.view == view and not watcher.served:
                    self._serve(offer, watcher)

    def _incidents(self, db: Database, view: View) -> dict[str, Row]:
        rows = self._answers.of(db, board.incidents(db, role=_ROLES[view], who=READER))
        return {row["incident_key"]: row for row in rows}

    def _take(self, db: Database, events: Sequence[Row]) -> None:
        """Take events to every view: all is read before anything is told, so that a loss amid it repeats nothing."""
        down = frozenset(each["camera_key"] for each in events if each["kind"] == "health")
        if down:
            self._answers.forget(down)
        beside = (board.health(db) if down else {}) | {"last_event_at": board.moment(events[-1]["at"])}
        now = {view: self._incidents(db, view) for view in self._shown}
        told = {each["incident_key"] for each in events}
        if live.last_event(db) != events[-1]["event_id"]:
            # What changed untold may be of an event that is still to be read: it is told with that one.
            now = {view: _as_before(incidents, self._shown[view], told) for view, incidents in now.items()}
        with self._lock:
            self._beside |= beside
            self._last = events[-1]["event_id"]
            for view, incidents in now.items():
                frames = [_told(each, incidents, self._beside) for each in events]
                self._show(view, incidents, frames, told=told)

    def _renew(self, db: Database) -> None:
        """Ask old answers anew, and tell those that came out otherwise."""
        now = {
            view: {row["incident_key"]: row for row in self._answers.of(db, list(shown.incidents.values()))}
            for view, shown in self._shown.items()
        }
        with self._lock:
            for view, incidents in now.items():
                self._show(view, incidents, [])

    def _show(
        self, view: View, incidents: dict[str, Row], frames: list[Frame], *, told: Set[str] = frozenset()
    ) -> None:
        """Put messages before those who watch a view, and behind them the incidents that changed untold."""
        shown = self._shown[view]
        frames += [
            frame("incident", {"incident": row})
            for key, row in incidents.items()
            if key in shown.incidents and shown.incidents[key] != row and key not in told
        ]
        # Too old to be open any more, or deleted: no event tells of that.
        gone = shown.incidents.keys() - incidents.keys() - told
        frames += [frame("closed", {"incident_key": key}) for key in sorted(gone)]
        shown.incidents = incidents
        shown.add(frames)
        for offer, watcher in self._watchers.items():
            if watcher.view == view and watcher.served:
                for each in frames:
                    offer(each)

    def _serve(self, offer: Offer, watcher: _Watcher) -> None:
        """Offer what a board needs to show what its view shows."""
        shown, last = self._shown[watcher.view], self._last or 0
        known = watcher.after is not None and watcher.after <= last
        missed = shown.after(watcher.after) if known and watcher.after is not None else None
        if missed is None:
            whole = {"incidents": list(shown.incidents.values()), "last_event": last, **self._beside}
            missed = [frame("reset", whole, last)]
        for each in missed:
            offer(each)
        watcher.served = True

    def _tell_lost(self) -> None:
        with self._lock:
            if self._lost_since is None:
                self._lost_since = board.moment(datetime.now(UTC))
            for offer in self._watchers:
                offer(self._state())

    def _tell_found(self) -> None:
        if self._lost_since is not None:
            with self._lock:
                self._lost_since = None
                for offer in self._watchers:
                    offer(self._state())

    def _state(self) -> Frame:
        return frame(
            "state", {"database": "lost" if self._lost_since else "there", "since": self._lost_since}
        )


def _as_before(incidents: dict[str, Row], shown: Shown, told: Set[str]) -> dict[str, Row]:
    """Return incidents, of which those that were shown and of which no event told stay as they were."""
    kept = {key: row for key, row in shown.incidents.items() if key not in told}
    return incidents | kept


def _told(event: Row, incidents: dict[str, Row], beside: Row) -> Frame:
    """Return the message of an event: what it names as it is now, not as it was."""
    stamp = {"event_id": event["event_id"], "at": board.moment(event["at"])}
    if event["kind"] == "health":
        content = stamp | {name: beside[name] for name in ("out_of_order", "cameras")}
        return frame("health", content, event["event_id"])
    key = event["incident_key"]
    if key in incidents:
        return frame("incident", stamp | {"incident": incidents[key]}, event["event_id"])
    return frame("closed", stamp | {"incident_key": key}, event["event_id"])
