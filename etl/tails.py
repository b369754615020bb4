"""What grows at its end: files that lines are appended to, and a stream of lines. Looked at without moving on.

A line is taken when it is whole. How far a file was taken is known by what was taken, not by its name: renamed or copied it
goes on where it was, and another file that begins alike begins anew.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections import deque
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path

from etl.feed_lines import LINE_BYTES

# So many lines go as one load at most, and so many bytes are looked at to find them.
_LINES, _CHUNK = 2_000, 4 << 20
# Lines that wait while the database is away; what is more stays in the pipe.
_WAITING = 20_000
_NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Position:
    """How far something was taken: bytes, lines, and the SHA-256 of those bytes (of a stream: of none)."""

    offset_bytes: int = 0
    lines: int = 0
    taken_sha256: str = _NOTHING


@dataclass(frozen=True, slots=True)
class RawLine:
    """A whole line: what stands in it (of a huge one its beginning), and how many bytes it takes with its end."""

    text: bytes
    size: int


class Tail:
    """A file that lines are appended to.

    head      digest of its first line, None before there is one
    position  how far it was taken; `placed`: it was asked how far, and `known` is what was answered or written last
    """

    def __init__(self, path: Path, *, to_its_end: bool = False) -> None:
        self.path = path
        self._to_its_end = to_its_end  # then what stands behind the last line's end is a line too
        self.name = path.name
        self._begin()

    def _begin(self) -> None:
        self.head: str | None = None
        self.position = Position()
        self.placed = False
        self.known: Position | None = None
        self._identity: tuple[int, int] | None = None
        self._taken = hashlib.sha256()
        self._ahead = (self.position, self._taken)

    def lines(self) -> list[RawLine]:
        """Return whole lines that were not taken yet, the oldest first; [] while there is none.

        Raises OSError when the file is gone
        """
        with self.path.open("rb") as stream:
            about = os.fstat(stream.fileno())
            identity = (about.st_dev, about.st_ino)
            if self._identity not in (None, identity) or about.st_size < self.position.offset_bytes:
                self._begin()  # another file under the name, or the same emptied
            self._identity = identity
            if self.head is None:
                first = _line_at(stream, 0, half=self._to_its_end)
                if first is None:
                    return []
                self.head = hashlib.sha256(first.text).hexdigest()
            if about.st_size == self.position.offset_bytes:
                return []
            found = _lines_from(stream, self.position.offset_bytes)
            if not found and self._to_its_end:
                last = _line_at(stream, self.position.offset_bytes, half=True)
                return [] if last is None else [last]
            return found

    def place(self, held: Position | None) -> None:
        """Go on from where the file was taken before; from its beginning when that is of another file."""
        self.position, self.placed, self._taken = Position(), True, hashlib.sha256()
        self.known = held
        if held is None:
            return
        found = _hashed(self.path, self._taken, 0, held.offset_bytes)
        if found is not None and found.hexdigest() == held.taken_sha256:
            self.position, self._taken = held, found

    def after(self, lines: list[RawLine]) -> Position:
        """Return the position behind some lines that `lines` gave first."""
        start = self.position.offset_bytes
        offset = start + sum(line.size for line in lines)
        found = _hashed(self.path, self._taken, start, offset) or self._taken
        position = Position(offset, self.position.lines + len(lines), found.hexdigest())
        self._ahead = (position, found)
        return position

    def advance(self, position: Position) -> None:
        """Take what lies before a position that `after` gave as taken."""
        self.position, self._taken = self._ahead
        assert self.position == position
        self.known = position


class Stream:
    """Lines that come in through a file descriptor, until its end; read by a thread of its own."""

    def __init__(self, descriptor: int, name: str) -> None:
        self.name = name
        # nobody else has this stream, and after its end nobody has it again
        self.head: str | None = hashlib.sha256(secrets.token_bytes(16)).hexdigest()
        self.position = Position()
        self.placed = True
        self.known: Position | None = None
        self._pending: deque[RawLine] = deque()
        self._room = threading.Condition()
        self._ended = threading.Event()
        threading.Thread(target=self._read, args=(descriptor,), daemon=True).start()

    @property
    def ended(self) -> bool:
        """Say whether the stream ended and all its lines were taken."""
        return self._ended.is_set() and not self._pending

    def lines(self) -> list[RawLine]:
        """Return lines that were not taken yet, the oldest first."""
        with self._room:
            return list(islice(self._pending, _LINES))

    def place(self, held: Position | None) -> None:
        """Forget the lines that turned out to be taken: the connection broke as they were kept."""
        self.advance(held or self.position)
        self.known, self.placed = held, True

    def after(self, lines: list[RawLine]) -> Position:
        """Return the position behind some lines that `lines` gave first."""
        size = sum(line.size for line in lines)
        return Position(self.position.offset_bytes + size, self.position.lines + len(lines))

    def advance(self, position: Position) -> None:
        """Take what lies before a position as taken."""
        with self._room:
            for _ in range(position.lines - self.position.lines):
                self._pending.popleft()
            self.position = self.known = position
            self._room.notify()

    def _read(self, descriptor: int) -> None:
        left, size = b"", 0
        while block := os.read(descriptor, 1 << 16):
            *whole, rest = block.split(b"\n")
            for piece in whole:
                self._add(left + piece, size + len(piece) + 1)
                left, size = b"", 0
            # of a huge line the beginning is enough to tell that it is one
            left, size = (left + rest)[: LINE_BYTES + 1], size + len(rest)
        if left:
            self._add(left, size)
        self._ended.set()

    def _add(self, text: bytes, size: int) -> None:
        with self._room:
            self._room.wait_for(lambda: len(self._pending) < _WAITING)
            self._pending.append(RawLine(text[: LINE_BYTES + 1], size))


def _lines_from(stream: BufferedReader, offset: int) -> list[RawLine]:
    stream.seek(offset)
    *whole, _half = stream.read(_CHUNK).split(b"\n")
    if whole:
        return [RawLine(text[: LINE_BYTES + 1], len(text) + 1) for text in whole[:_LINES]]
    huge = _line_at(stream, offset)
    return [] if huge is None else [huge]


def _line_at(stream: BufferedReader, offset: int, *, half: bool = False) -> RawLine | None:
    """Return the line that begins at an offset, None while its end is not written yet, unless a `half` one will do."""
    stream.seek(offset)
    beginning, size = b"", 0
    while block := stream.read(_CHUNK):
        end = block.find(b"\n")
        beginning = (beginning + (block if end < 0 else block[:end]))[: LINE_BYTES + 1]
        if end >= 0:
            return RawLine(beginning, size + end + 1)
        size += len(block)
    return RawLine(beginning, size) if half and size else None


def _hashed(path: Path, before: hashlib._Hash, start: int, end: int) -> hashlib._Hash | None:
    """Return the hash of a file's bytes up to `end`, given that of those up to `start`; None where it has fewer."""
    digest, left = before.copy(), end - start
    with path.open("rb") as stream:
        stream.seek(start)
        while left:
            block = stream.read(min(left, 1 << 20))
            if not block:
                return None
            digest.update(block)
            left -= len(block)
    return digest
