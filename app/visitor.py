"""A visitor of Find without a browser: Streamlit's own protocol over a websocket. For benches and tests of many at once."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html import unescape
from threading import Barrier
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

_WAIT_S = 60.0
_TAGS = re.compile(r"<[^>]+>")


class NoAnswer(RuntimeError):
    """The page failed, or did not finish in time."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page told of one place.

    text      its sentences, a line each
    seconds   from the question to the end of the page's run
    """

    text: str
    seconds: float


@dataclass(slots=True)
class Visitor:
    """One open page: a websocket, and the address of its field for places once the page has drawn it."""

    socket: ClientConnection
    lang: str
    field: str = ""

    def ask(self, lat: float, lon: float) -> Told:
        """Ask who sees a place, as somebody does who types its coordinates, and return what the page tells.

        Raises NoAnswer
        """
        place = f"{lat:.6f}, {lon:.6f}"
        wanted = BackMsg()
        wanted.rerun_script.query_string = urlencode({"lang": self.lang, "place": place})
        wanted.rerun_script.page_name = "find"
        if self.field:
            state = wanted.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.field, place
        start = time.perf_counter()
        self.socket.send(wanted.SerializeToString())
        lines = [self._line(message) for message in self._run()]
        return Told("\n".join(filter(None, lines)), time.perf_counter() - start)

    def _run(self) -> Iterator[ForwardMsg]:
        """Yield the messages of one run of the page, to its end."""
        until = time.monotonic() + _WAIT_S
        while True:
            try:
                received = self.socket.recv(timeout=max(0.0, until - time.monotonic()))
            except TimeoutError as late:
                raise NoAnswer("the page did not finish") from late
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            if message.WhichOneof("type") == "script_finished":
                # An early stop is followed by the run that was really asked for.
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise NoAnswer("the page does not run")
            yield message

    def _line(self, message: ForwardMsg) -> str:
        element = message.delta.new_element
        kind = element.WhichOneof("type") if message.WhichOneof("type") == "delta" else None
        if kind == "exception":
            raise NoAnswer(element.exception.message)
        # The page has other fields too; an id ends with the key of its widget.
        if kind == "text_input" and element.text_input.id.endswith("-place"):
            self.field = element.text_input.id
        body = element.html.body if kind == "html" else ""
        return "" if "<style>" in body else unescape(_TAGS.sub("\n", body)).strip()


@contextmanager
def visit(address: str, *, lang: str = "en") -> Iterator[Visitor]:
    """Open the dashboard at an address such as http://127.0.0.1:8501; closed at the end."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        yield Visitor(socket, lang)


def at_once(address: str, places: Sequence[tuple[float, float]], *, rounds: int = 1) -> list[list[Told]]:
    """Open a page for each place (lat, lon), ask all of them at once, and return what each was told, round by round.

    In each round every visitor asks about its own place again, after a start that all of them have behind them.
    Raises  NoAnswer if one page fails
    """
    ready = Barrier(len(places))

    def asked(place: tuple[float, float]) -> list[Told]:
        with visit(address) as visitor:
            visitor.ask(*place)
            told = []
            for _ in range(rounds):
                ready.wait(_WAIT_S)
                told.append(visitor.ask(*place))
            return told

    with ThreadPoolExecutor(len(places)) as pool:
        return list(pool.map(asked, places))


def main(address: str, rounds: str, *places: str) -> None:
    """Print as JSON what visitors of places ("lat,lon") were told: a list for each place, of text and seconds."""
    wanted = [(float(lat), float(lon)) for lat, lon in (place.split(",") for place in places)]
    told = at_once(address, wanted, rounds=int(rounds))
    print(json.dumps([[asdict(each) for each in visitor] for visitor in told]))


if __name__ == "__main__":
    main(*sys.argv[1:])
