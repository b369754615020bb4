"""Files that grow and streams of lines: whole lines alone, each once, also after a restart."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from etl.feed_lines import LINE_BYTES
from etl.tails import Position, Stream, Tail


def texts(tail: Tail | Stream) -> list[bytes]:
    return [line.text for line in tail.lines()]


def take(tail: Tail | Stream) -> Position:
    """Take all lines that are there; return the position behind them."""
    position = tail.after(tail.lines())
    tail.advance(position)
    return position


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calls.jsonl"


def append(file: Path, content: bytes) -> None:
    with file.open("ab") as stream:
        stream.write(content)


def test_a_half_line_waits_until_it_is_whole(file: Path) -> None:
    append(file, b"one\ntw")
    tail = Tail(file)
    assert texts(tail) == [b"one"]
    take(tail)
    assert texts(tail) == []
    append(file, b"o\n")
    assert texts(tail) == [b"two"]


def test_a_first_line_that_is_half_has_no_head_yet(file: Path) -> None:
    append(file, b"on")
    tail = Tail(file)
    assert (texts(tail), tail.head) == ([], None)
    append(file, b"e\n")
    assert (texts(tail), tail.head) == ([b"one"], hashlib.sha256(b"one").hexdigest())


def test_looking_takes_nothing(file: Path) -> None:
    append(file, b"one\n")
    tail = Tail(file)
    assert texts(tail) == texts(tail) == [b"one"]


def test_the_position_is_of_the_bytes_that_were_taken(file: Path) -> None:
    append(file, b"one\n\ntwo\n")
    tail = Tail(file)
    position = tail.after(tail.lines()[:2])
    assert position == Position(5, 2, hashlib.sha256(b"one\n\n").hexdigest())
    tail.advance(position)
    assert take(tail) == Position(9, 3, hashlib.sha256(b"one\n\ntwo\n").hexdigest())


def test_after_a_restart_it_goes_on_behind_the_last_whole_line_under_another_name_too(file: Path) -> None:
    append(file, b"one\ntwo\nthr")
    held = take(Tail(file))
    moved = file.rename(file.with_name("old.jsonl"))
    append(moved, b"ee\n")
    tail = Tail(moved)
    tail.lines()
    tail.place(held)
    assert texts(tail) == [b"three"]


def test_another_file_that_begins_alike_begins_anew(file: Path) -> None:
    append(file, b"one\ntwo\n")
    held = take(Tail(file))
    file.write_bytes(b"one\n2\nthree\n")
    tail = Tail(file)
    tail.lines()
    tail.place(held)
    assert texts(tail) == [b"one", b"2", b"three"]


def test_a_file_that_was_emptied_or_replaced_begins_anew(file: Path) -> None:
    append(file, b"one\ntwo\n")
    tail = Tail(file)
    take(tail)
    file.write_bytes(b"x\n")
    assert texts(tail) == [b"x"]
    assert not tail.placed
    take(tail)
    other = file.with_name("other")
    other.write_bytes(b"y\nz\n")
    other.replace(file)
    assert texts(tail) == [b"y", b"z"]


def test_of_a_huge_line_the_beginning_is_kept_and_the_next_line_is_found(file: Path) -> None:
    append(file, b"first\n" + b"x" * 9_000_000 + b"\nlast\n")
    tail = Tail(file)
    take(tail)
    (huge,) = tail.lines()
    assert (len(huge.text), huge.size) == (LINE_BYTES + 1, 9_000_001)
    assert take(tail).offset_bytes == 9_000_007
    assert texts(tail) == [b"last"]


def test_a_file_loaded_once_ends_with_its_last_byte(file: Path) -> None:
    append(file, b"one\ntwo")
    tail = Tail(file, to_its_end=True)
    assert texts(tail) == [b"one"]
    take(tail)
    assert texts(tail) == [b"two"]
    assert take(tail).offset_bytes == 7
    assert texts(tail) == []


def test_a_stream_gives_its_lines_and_its_last_half_one() -> None:
    reading, writing = os.pipe()
    stream = Stream(reading, "-")
    os.write(writing, b"one\ntwo\nthr")
    os.write(writing, b"ee")
    os.close(writing)
    while len(stream.lines()) < 3:
        pass
    assert texts(stream) == [b"one", b"two", b"three"]
    stream.advance(stream.after(stream.lines()[:2]))
    assert (texts(stream), stream.ended, stream.position.lines) == ([b"three"], False, 2)
    take(stream)
    while not stream.ended:
        pass


def test_lines_that_turn_out_to_be_kept_are_forgotten() -> None:
    reading, writing = os.pipe()
    stream = Stream(reading, "-")
    os.write(writing, b"one\ntwo\nthree\n")
    while len(stream.lines()) < 3:
        pass
    stream.place(Position(8, 2))
    assert texts(stream) == [b"three"]
    os.close(writing)
