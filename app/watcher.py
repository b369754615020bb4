"""A dashboard's board without a browser: the server's stream of events, read as it comes. For benches and tests of many."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

_SILENCE_S = 12.0
_PAUSE_S = 0.2


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the stream.

    event_id   of the outbox, None for what is no event
    late_s     from when the event was written to when it was read here; None for what is no event
    """

    kind: str
    event_id: int | None
    told: dict[str, Any]
    late_s: float | None


def messages(address: str, *, after: int | None = None, cookie: str | None = None) -> Iterator[Message]:
    """Yield what one stream brings, until it ends. Raises OSError on a refusal, a loss or a silence of 12 s."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_SILENCE_S)
    try:
        known = "" if after is None else f"?after={after}"
        connection.request("GET", f"/live{known}", headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        if answer.status != 200:
            raise ConnectionRefusedError(f"{answer.status} {answer.read().decode(errors='replace')}")
        yield from _read(answer)
    except http.client.HTTPException as error:
        raise ConnectionResetError(str(error)) from error
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse) -> Iterator[Message]:
    fields: dict[str, str] = {}
    while line := answer.readline():
        text = line.decode().rstrip("\n")
        if text:
            name, _, value = text.partition(": ")
            fields[name] = value
        elif fields:
            yield _message(fields)
            fields = {}


def _message(fields: dict[str, str]) -> Message:
    told = json.loads(fields["data"])
    number = int(fields["id"]) if "id" in fields else None
    is_event = "event_id" in told
    late_s = time.time() - datetime.fromisoformat(told["at"]).timestamp() if is_event else None
    return Message(fields["event"], number, told, late_s)


class Watcher(threading.Thread):
    """A board that stays open: it comes back after each loss and takes up where it was."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.taken, self.losses = address, list[Message](), 0
        self.ready, self.leave = threading.Event(), threading.Event()

    def run(self) -> None:
        """Read until `leave` is set."""
        after: int | None = None
        while not self.leave.is_set():
            with suppress(OSError):
                for message in messages(self.address, after=after):
                    after = after if message.event_id is None else message.event_id
                    self.taken.append(message)
                    if message.kind == "reset":
                        self.ready.set()
                    if self.leave.is_set():
                        return
            self.losses += 1
            self.leave.wait(_PAUSE_S)

    def events(self) -> list[int]:
        """Return the numbers of the events that came, in the order in which they came."""
        return [each.event_id for each in self.taken if each.late_s is not None and each.event_id is not None]


def main(address: str, boards: str) -> None:
    """Keep so many boards open; say "ready", and at the end of the input print as JSON what each took.

    A list for each board, of [event_id, seconds from its writing to its reading].
    """
    watchers = [Watcher(address) for _ in range(int(boards))]
    for each in watchers:
        each.start()
    for each in watchers:
        each.ready.wait(60)
    print("ready", flush=True)
    sys.stdin.read()
    print(
        json.dumps(
            [[[m.event_id, m.late_s] for m in each.taken if m.late_s is not None] for each in watchers]
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
