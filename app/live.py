"""The live board as server-sent events: what the feed tells, one stream a dashboard, with a sign of life in between.

A message bears the number of its event as its id; a client that comes back names the last one it has (`Last-Event-ID`,
or `?after=`) and gets what it missed. A client too slow to take what it is sent loses its stream, and comes back.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import cast

from starlette.requests import Request
from starlette.responses import StreamingResponse
from streamlit.starlette import App

from app import session
from app.live_feed import Feed, Frame, View, frame
from app.roles import Role
from app.services import board
from app.sign_in import SignedOut
from etl.db import Database

# Silence of more than two of these is a loss to the browser.
BEAT_S = 5.0
# So many messages wait for a slow client: a minute of ten events a second.
_WAITING = 600
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

feed = Feed(session.shared_database, session.forget_database)


def after(request: Request) -> int | None:
    """Return the last event that the client has, None for none. Raises ValueError for what is no number."""
    named = request.headers.get("last-event-id") or request.query_params.get("after")
    if not named:
        return None
    known = int(named)
    if known < 0:
        raise ValueError(f"no event has the number {known}")
    return known


def note_watching(db: Database, role: Role | None, who: str | None) -> None:
    """Read the board in the name of who begins to watch it, so that the access log says who could see what, and when."""
    board.incidents(db, role=role, who=who)


def stream(view: View, known: int | None, *, still_allowed: Callable[[], object]) -> StreamingResponse:
    """Return the stream of a board.

    still_allowed   asked at each sign of life; the stream ends when it raises
    """
    return StreamingResponse(
        _messages(view, known, still_allowed), media_type="text/event-stream", headers=_HEADERS
    )


@asynccontextmanager
async def ending_first(_app: App) -> AsyncIterator[None]:
    """While the server runs, let its signal to stop end the streams: it waits for answers that are not yet whole."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, at: object) -> None:
        # Not here: the thread that the signal interrupts may hold the feed's lock.
        threading.Thread(target=feed.end).start()
        if callable(then := kept[signal.Signals(number)]):
            cast(Callable[[int, object], object], then)(number, at)

    for number in kept:
        signal.signal(number, end)
    try:
        yield
    finally:
        feed.end()
        for number, handler in kept.items():
            signal.signal(number, handler)


class _Waiting:
    """Messages that wait for one client; offered by any thread, taken by the server's loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._messages: asyncio.Queue[Frame | None] = asyncio.Queue(_WAITING + 1)

    def offer(self, message: Frame | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._put, message)

    def _put(self, message: Frame | None) -> None:
        if self._messages.qsize() < _WAITING:
            self._messages.put_nowait(message)
        elif self._messages.qsize() == _WAITING:
            self._messages.put_nowait(None)  # too slow: it ends here, and comes back for the rest

    async def next(self) -> Frame | None:
        return await self._messages.get()


async def _messages(
    view: View, known: int | None, still_allowed: Callable[[], object]
) -> AsyncIterator[bytes]:
    waiting = _Waiting()
    feed.subscribe(waiting.offer, view, known)
    beat_at = 0.0
    try:
        while True:
            left_s = beat_at - time.monotonic()
            if left_s <= 0.0:
                still_allowed()
                beat_at = time.monotonic() + BEAT_S
                yield _line(_beat())
                continue
            with suppress(TimeoutError):
                message = await asyncio.wait_for(waiting.next(), left_s)
                if message is None:
                    return
                yield _line(message)
    except SignedOut:
        return
    finally:
        feed.leave(waiting.offer)


def _beat() -> Frame:
    return frame("beat", {"now": board.moment(datetime.now(UTC)), "beat_s": BEAT_S})


def _line(message: Frame) -> bytes:
    number = "" if message.event_id is None else f"id: {message.event_id}\n"
    return f"{number}event: {message.kind}\ndata: {message.text}\n\n".encode()
