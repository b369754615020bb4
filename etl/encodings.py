"""Bytes to lines of text, piece by piece: which encoding they are in, and where one of them is no text."""

from __future__ import annotations

import codecs
import io
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO

from etl.reasons import InputRefused

# Opens the content anew, from its first byte.
Opener = Callable[[], AbstractContextManager[IO[bytes]]]

PIECE = 1 << 20
# Of a line so much is kept; what is longer was never a row of a registry.
LINE_CHARS = 1 << 20
PLACES_TOLD = 10
_BAD_LINES_SHARE = 0.1
_WIDE_SHARE = 0.7
# One zero in so many bytes is a flaw of a text; more are no text.
_ZERO_IN = 1000
_HEAD = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOST = "\ufffd"
# Ends of lines of old mainframes and of Unicode: they count in a file that has no other.
_RARE_ENDS = ("\x85", "\u2028", "\u2029")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a byte is that is no text: both count from 1. In UTF-16 `byte` counts characters."""

    line: int
    byte: int


@dataclass(frozen=True, slots=True)
class Coding:
    """How a file's bytes become text.

    name        utf-8, utf-8-sig, utf-16 (with a mark), utf-16-le, utf-16-be, cp949, or mixed: line by line
    by_line     every line is decoded for itself, as there are bad ones or two encodings
    bad         the numbers of the lines that hold what is no text, ascending
    places      of the first of them
    rare_ends   lines end in NEL or in Unicode's separators
    lines       how many there are, but for rare ends
    """

    name: str
    by_line: bool = False
    bad: Sequence[int] = ()
    places: Sequence[Place] = ()
    rare_ends: bool = False
    lines: int = 0


@dataclass(slots=True)
class _Tally:
    lines: int = 0
    kinds: set[str] = field(default_factory=set)
    bad: array[int] = field(default_factory=lambda: array("q"))
    places: list[Place] = field(default_factory=list)

    def note(self, byte: int) -> None:
        self.bad.append(self.lines)
        if len(self.places) < PLACES_TOLD:
            self.places.append(Place(self.lines, byte))


def find_coding(opener: Opener) -> Coding:
    """Return how a file is to be decoded, after a look at every byte of it.

    A file is strictly one encoding, or is read line by line; a tenth of its lines may be bad.
    Raises   InputRefused NOT_TEXT, with the place of what is none
    """
    with opener() as stream:
        head = stream.read(_HEAD)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    wide = "utf-16" if marked == "utf-16" else _wide(head)
    if wide is not None:
        return _find_wide(opener, wide)
    if head.count(0) * _ZERO_IN > len(head):
        raise InputRefused("NOT_TEXT", f"zero bytes, the first is byte {head.index(0) + 1}")
    name, count = _strict(opener)
    if name is not None:
        return Coding(marked or name, rare_ends=count == 1 and name == "utf-8", lines=count)
    tally = _Tally()
    for line in _byte_lines(opener):
        tally.lines += 1
        _, kind, byte = _decoded(line)
        if byte:
            tally.note(byte)
        else:
            tally.kinds.add(kind)
    _check_share(tally)
    kinds = tally.kinds - {"ascii"}
    only = next(iter(kinds), "utf-8")
    name = "mixed" if len(kinds) > 1 else marked if marked and only == "utf-8" else only
    return Coding(name, by_line=True, bad=tally.bad, places=tuple(tally.places), lines=tally.lines)


def lines(opener: Opener, coding: Coding) -> Iterator[str]:
    """Yield a file's lines without their ends, whichever these are; of an overlong line LINE_CHARS + 1 characters."""
    for several in _split(_pieces(opener, coding), coding):
        yield from several


def text_of(opener: Opener, coding: Coding) -> str:
    """Return the whole text of a file, its lines ended by line feeds."""
    return "".join(_pieces(opener, coding)).removeprefix("\ufeff")


def bytes_in_pieces(opener: Opener) -> Iterator[bytes]:
    """Yield a file's bytes, some 1 MiB at a time."""
    with opener() as stream:
        while piece := stream.read(PIECE):
            yield piece


def _wide(head: bytes) -> str | None:
    """Return the order of two-byte letters that makes the head ASCII and Hangul, None when neither does."""
    if 0 not in head:
        return None
    shares = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(name, "replace")
        shares[name] = sum("\t" <= mark <= "~" or "가" <= mark <= "힣" for mark in text) / max(len(text), 1)
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _WIDE_SHARE else None


def _find_wide(opener: Opener, name: str) -> Coding:
    tally = _Tally()
    for line in lines(opener, Coding(name)):
        tally.lines += 1
        byte = 1 + min((place for mark in (_LOST, "\x00") if (place := line.find(mark)) >= 0), default=-1)
        if byte:
            tally.note(byte)
    _check_share(tally)
    one = tally.lines == 1
    return Coding(name, bad=tally.bad, places=tuple(tally.places), rare_ends=one, lines=tally.lines)


def _strict(opener: Opener) -> tuple[str | None, int]:
    """Return the one encoding that the whole file keeps to, None without any, and how many lines it has."""
    alive = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "cp949")}
    feeds = returns = last = 0
    utf8_seen = False
    for piece in bytes_in_pieces(opener):
        if b"\x00" in piece:
            return None, 0
        feeds += piece.count(b"\n")
        returns, last = returns + piece.count(b"\r"), piece[-1]
        utf8_seen = _keep_alive(alive, piece) or utf8_seen
        if not alive or (utf8_seen and "utf-8" not in alive):
            return None, 0
    _keep_alive(alive, b"", final=True)
    if "utf-8" not in alive and utf8_seen:
        return None, 0
    return next(iter(alive), None), (feeds or returns) + (last not in b"\r\n")


def _keep_alive(alive: dict[str, codecs.IncrementalDecoder], piece: bytes, *, final: bool = False) -> bool:
    """Drop the decoders that the piece breaks; say whether it holds letters that only UTF-8 writes so."""
    utf8 = False
    for name, decoder in list(alive.items()):
        try:
            text = decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            del alive[name]
            text = error.object[: error.start].decode("utf-8", "ignore") if name == "utf-8" else ""
        if name == "utf-8" and not text.isascii():
            utf8 = utf8 or any(mark >= "\u0800" for mark in text)
    return utf8


def _pieces(opener: Opener, coding: Coding) -> Iterator[str]:
    """Yield decoded text with LF at every end of line."""
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    for text in _raw_pieces(opener, coding):
        if coding.rare_ends:
            for mark in _RARE_ENDS:
                text = text.replace(mark, "\n")
        yield ends.decode(text)
    yield ends.decode("", final=True)


def _raw_pieces(opener: Opener, coding: Coding) -> Iterator[str]:
    if coding.by_line:
        for line in _byte_lines(opener):
            yield _decoded(line)[0] + "\n"
        return
    # bad text of two bytes a letter shows as such, and leaves the others readable
    errors = "replace" if coding.name.startswith("utf-16") else "strict"
    decoder = codecs.getincrementaldecoder(coding.name)(errors)
    for piece in bytes_in_pieces(opener):
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


def _split(pieces: Iterator[str], coding: Coding) -> Iterator[list[str]]:
    rest = ""
    for text in pieces:
        whole = text.split("\n")
        # a line that goes on is kept no further than it can be used
        whole[0] = (rest + whole[0])[: LINE_CHARS + 1]
        rest = whole.pop()
        yield whole
    if rest:
        yield [rest]


def _byte_lines(opener: Opener) -> Iterator[bytes]:
    """Yield the lines of bytes in which CR and LF are never part of a letter: UTF-8 and CP949."""
    rest, first = b"", True
    for piece in bytes_in_pieces(opener):
        piece = rest + piece
        if first:
            piece, first = piece.removeprefix(b"\xef\xbb\xbf"), False
        held = b"\r" if piece.endswith(b"\r") else b""
        piece = piece[: len(piece) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *whole, rest = piece.split(b"\n")
        yield from whole
        rest = rest[: 4 * LINE_CHARS] + held
    rest = rest.removesuffix(b"\r")
    if rest:
        yield rest


def _decoded(line: bytes) -> tuple[str, str, int]:
    """Return a line's text, its encoding, and the number of its first bad byte, 0 without any."""
    zero = line.find(b"\x00") + 1
    if zero:
        line = line.replace(b"\x00", b"?")
    if line.isascii():
        return line.decode("ascii"), "ascii", zero
    broken = {}
    for name in ("utf-8", "cp949"):
        try:
            text = line.decode(name)
        except UnicodeDecodeError as error:
            broken[name] = error.start + 1
            text = line.decode(name, "replace")
        else:
            if name == "utf-8" or not _damaged_utf8(line):
                return text, name, zero
    name = "utf-8" if _damaged_utf8(line) else "cp949"
    return line.decode(name, "replace"), name, broken[name]


def _damaged_utf8(line: bytes) -> bool:
    """Say whether most letters of a line are UTF-8 although not all are: CP949 would read nearly any pair of bytes."""
    letters = sum(len(mark.encode()) for mark in line.decode("utf-8", "ignore") if mark >= "\u0800")
    return 2 * letters > sum(byte > 0x7F for byte in line)


def _check_share(tally: _Tally) -> None:
    if len(tally.bad) > max(1.0, _BAD_LINES_SHARE * tally.lines):
        first = tally.places[0]
        raise InputRefused(
            "NOT_TEXT",
            f"{len(tally.bad):,} of {tally.lines:,} lines, the first at line {first.line}, byte {first.byte}",
        )
