"""What comes in while one waits: a folder that files are dropped into and lines appended in, or a stream of lines.

Nothing that comes is moved, changed or deleted. Where the database is away one waits for it; nothing is lost and nothing is
taken twice, for how far each file was taken is written in the transaction of its rows.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from etl import feed as feeding
from etl.errors import DatabaseBusy, DatabaseFull, DatabaseUnreachable, PlatformError
from etl.feed import Feed
from etl.load import load
from etl.reading import sha256
from etl.reasons import InputRefused
from etl.results import LoadResult
from etl.store import feeds
from etl.tails import RawLine, Stream, Tail

if TYPE_CHECKING:
    from etl.store.feeds import Connection

# Files of lines grow; a number or a date behind the name is an older one that was put aside.
_GROWS = re.compile(r"(?i)\.(?:jsonl|ndjson)(?:[.-]\d[\dT-]*)?$")
_HALF_WRITTEN = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp", ".lock", "~")
_LOOK_S = 0.1
# A file that is dropped is whole when two looks this far apart see the same.
_STILL_S = 0.4
# Lines that come one upon the other go together.
_GATHER_S, _BUSY_S = 0.1, 0.5
_IDLE_S = 5.0
_AWAY_S, _AWAY_MOST_S = 0.5, 5.0
_WAITED_FOR = (DatabaseUnreachable, DatabaseBusy, DatabaseFull)
# Files that could not be read this time: nothing is to be remembered of them.
_NOT_YET = ("NO_FILE", "CHANGED_FILE")


def grows(name: str) -> bool:
    """Say whether a file of this name holds lines of JSON that are appended to it."""
    return bool(_GROWS.search(name))


def _nobody(_: PlatformError) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How one follows.

    once     take what is there, then end
    stop     says that it is time to end
    away     told once when the database is away, with what it said
    """

    once: bool = False
    stop: Callable[[], bool] = lambda: False
    ready: Callable[[], None] = lambda: None
    away: Callable[[PlatformError], None] = _nobody


@dataclass(slots=True)
class Folder:
    """A folder that files are dropped into, or that hold lines that grow; what is in its folders is not looked at."""

    path: Path
    _tails: dict[Path, Tail] = field(default_factory=dict)
    _seen: dict[Path, tuple[tuple[int, int, int], float]] = field(default_factory=dict)
    _done: dict[Path, tuple[int, int, int]] = field(default_factory=dict)

    def tails(self) -> Sequence[Tail]:
        """Return the files of lines, by name. Raises NotADirectoryError or FileNotFoundError when the folder is gone."""
        for path, _ in self._files(grow=True):
            self._tails.setdefault(path, Tail(path))
        return [self._tails[path] for path in sorted(self._tails)]

    def wholes(self) -> Sequence[Path]:
        """Return dropped files that are written to their end and were not taken yet, by name."""
        now, due = time.monotonic(), []
        for path, mark in self._files(grow=False):
            if self._done.get(path) == mark:
                continue
            seen, since = self._seen.get(path, (mark, now))
            since = since if seen == mark else now
            self._seen[path] = (mark, since)
            if now - since >= _STILL_S:
                due.append(path)
        return due

    def waits(self) -> bool:
        """Say whether a dropped file is looked at that may be written still."""
        return any(self._done.get(path) != mark for path, mark in self._files(grow=False))

    def done(self, path: Path) -> None:
        """Take a dropped file as taken, as it was when it was last looked at."""
        self._done[path] = self._seen[path][0]

    def gone(self, tail: Tail) -> None:
        """Forget a file of lines that is no longer there."""
        self._tails.pop(tail.path, None)

    @property
    def ended(self) -> bool:
        """Say whether nothing will come any more: of a folder nobody knows."""
        return False

    def _files(self, *, grow: bool) -> Iterator[tuple[Path, tuple[int, int, int]]]:
        with os.scandir(self.path) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") or name.lower().endswith(_HALF_WRITTEN):
                    continue
                if grows(name) is not grow:
                    continue
                try:
                    about = entry.stat()
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(about.st_mode) and about.st_size:
                    yield Path(entry.path), (about.st_ino, about.st_size, about.st_mtime_ns)


@dataclass(slots=True)
class OneFile:
    """One file of lines, or a stream of them."""

    tail: Tail | Stream

    def tails(self) -> Sequence[Tail | Stream]:
        """Return it."""
        return [self.tail]

    def wholes(self) -> Sequence[Path]:
        """Return no file."""
        return []

    def waits(self) -> bool:
        """Say that no dropped file is looked at."""
        return False

    def done(self, path: Path) -> None:
        """Do nothing: no file is dropped."""

    def gone(self, tail: Tail) -> None:
        """Do nothing: it may come again."""

    @property
    def ended(self) -> bool:
        """Say whether the stream ended."""
        return isinstance(self.tail, Stream) and self.tail.ended


Channel = Folder | OneFile


def follow(feed: Feed, channel: Channel, wish: Wish) -> Iterator[LoadResult]:
    """Take what comes in through a channel as it comes; give what became of each part that was taken, also when it was refused.

    Raises   FileNotFoundError when the folder is gone; what the database raises before all is ready, or when it is time to
             end; later only what is no matter of waiting: NotPermitted, ...
    """
    with feed.db.arrow() as connection:
        feeding.prepare(connection, feed)
    wish.ready()
    pause = _AWAY_S
    while _something_is_due(channel, wish):
        try:
            with feed.db.arrow() as connection:
                for result in _connected(connection, feed, channel, wish):
                    pause = _AWAY_S
                    yield result
        except _WAITED_FOR as error:
            if wish.stop():
                raise
            if pause == _AWAY_S:
                wish.away(error)
            for tail in channel.tails():
                tail.placed = False
            _wait(pause, wish)
            pause = min(2 * pause, _AWAY_MOST_S)


def _something_is_due(channel: Channel, wish: Wish) -> bool:
    """Wait without a connection until there is something to take; say no when nothing will come, or it is time to end."""
    while True:
        if channel.wholes() or any(_lines(channel, tail) for tail in channel.tails()):
            return not wish.stop() or isinstance(channel, OneFile)
        if channel.ended or wish.stop() or (wish.once and not _still_to_come(channel)):
            return False
        time.sleep(_LOOK_S)


def _still_to_come(channel: Channel) -> bool:
    return channel.waits() or any(isinstance(tail, Stream) for tail in channel.tails())


def _connected(connection: Connection, feed: Feed, channel: Channel, wish: Wish) -> Iterator[LoadResult]:
    """Take what comes as long as it comes: after some idle seconds the connection is let go."""
    last = 0.0
    idle_since = time.monotonic()
    while time.monotonic() - idle_since < _IDLE_S:
        took = False
        for tail in channel.tails():
            if (lines := _lines(channel, tail)) and time.monotonic() - last < _BUSY_S:
                time.sleep(_GATHER_S)
            for result in _taken(connection, feed, channel, tail=tail):
                took, last = True, time.monotonic()
                yield result
            took |= bool(lines)
        for path in channel.wholes():
            took = True
            yield from _whole(connection, feed, channel, path)
        if took:
            idle_since = time.monotonic()
        elif channel.ended or wish.stop() or wish.once:
            break
        else:
            time.sleep(_LOOK_S)
        if wish.stop() and isinstance(channel, Folder):
            break
    if channel.ended:
        _forget(connection, feed, channel)


def _taken(
    connection: Connection, feed: Feed, channel: Channel, *, tail: Tail | Stream
) -> Iterator[LoadResult]:
    """Take the lines that are there now, load by load."""
    for lines in iter(lambda: _lines(channel, tail), []):
        if not tail.placed:
            feeding.place(connection, feed, tail)
            continue
        result = feeding.take(connection, feed, tail, lines=lines)
        if result is None:
            continue
        if result.rows_in:
            yield result
        if len(lines) <= result.rows_in:
            return


def _whole(connection: Connection, feed: Feed, channel: Channel, path: Path) -> Iterator[LoadResult]:
    try:
        known = feeds.file_known(connection, feed.source, sha256(path))
        connection.rollback()
        if not known:
            yield load(feed.db, feed.source, path, terms=feed.terms)
    except InputRefused as error:
        if error.reason in _NOT_YET:
            return
        if not isinstance(error.result, LoadResult):
            raise
        yield error.result
    except FileNotFoundError:
        return
    channel.done(path)


def _forget(connection: Connection, feed: Feed, channel: Channel) -> None:
    for tail in channel.tails():
        if isinstance(tail, Stream) and tail.head is not None:
            feeds.forget(connection, feed.source, tail.head)
    connection.commit()


def _lines(channel: Channel, tail: Tail | Stream) -> list[RawLine]:
    try:
        return tail.lines()
    except FileNotFoundError:
        if isinstance(tail, Tail):
            channel.gone(tail)
        return []


def _wait(seconds: float, wish: Wish) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not wish.stop():
        time.sleep(_LOOK_S)
