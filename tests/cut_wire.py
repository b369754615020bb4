"""A wire to the database that is cut just as a load is told to commit: before the server hears it, or after."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from etl.cluster import Server

# A simple query of libpq: its letter, its length, the text, a zero.
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


@contextmanager
def cut_wire(server: Server, when: Literal["before", "after"], then: Callable[[], None]) -> Iterator[Server]:
    """Give a server behind a wire that breaks at the first COMMIT, once; `then` is done as it breaks."""
    assert server.socket_dir is not None
    with tempfile.TemporaryDirectory(prefix="wire-") as folder:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(f"{folder}/.s.PGSQL.5432")
        listener.listen()
        wire = _Wire(str(Path(server.socket_dir) / ".s.PGSQL.5432"), when, then)
        threading.Thread(target=wire.serve, args=(listener,), daemon=True).start()
        yield Server(server.address.replace(quote(server.socket_dir, safe=""), quote(folder, safe="")))
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class _Wire:
    def __init__(self, target: str, when: str, then: Callable[[], None]) -> None:
        self.target, self.when, self.then, self.whole = target, when, then, True

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self.target)
        except OSError:
            _end(client, server)
            return
        back = threading.Thread(target=_pump, args=(server, client), daemon=True)
        back.start()
        with suppress(OSError):
            while sent := client.recv(1 << 16):
                if self.whole and COMMIT in sent:
                    self.break_(client, server, back, sent)
                    return
                server.sendall(sent)
        _end(server, client)

    def break_(
        self, client: socket.socket, server: socket.socket, back: threading.Thread, sent: bytes
    ) -> None:
        self.whole = False
        client.shutdown(socket.SHUT_WR)  # no answer comes back any more
        if self.when == "after":
            server.sendall(sent)
            server.shutdown(socket.SHUT_WR)
            back.join()
        self.then()
        _end(server, client)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while answer := source.recv(1 << 16):
            with suppress(OSError):
                target.sendall(answer)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


def _end(*ends: socket.socket) -> None:
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
