"""What `golmok load … --follow` says while it follows, and how it is ended."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from app import printing
from app.progress import language
from etl.errors import PlatformError


def follow(district: str | None, source: str, where: str, *, once: bool, as_json: bool) -> None:
    """Follow a folder or a stream until its end, or until a person says so; print the sums."""
    from app.services import follow as service

    with _until_told() as told:
        telling = service.Telling(
            ready=lambda: _say("follow.ready", where=_named(where)),
            took=_took,
            away=_away,
            waits=lambda who: _say("follow.waits", who=who),
            stop=told.is_set,
        )
        result = service.follow_feed(district, source, where, once=once, telling=telling)
    printing.answer(result, as_json, _sums)
    if result["refused_files"] and result["refused_files"] == result["loads"]:
        raise typer.Exit(3)


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """Give what is set at the first Ctrl-C, which ends the work in order; the second one stops it where it is."""
    told = threading.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        if told.is_set():
            raise KeyboardInterrupt
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _took(result: Any) -> None:  # Any: importing its type brings pandas, which --help does without
    from app import words
    from etl import clock
    from etl.reasons import sentence

    lang = language()
    if result.status == "refused":
        (code,) = result.reasons
        _say("follow.file_refused", file=result.file, why=f"{code}: {sentence(code, _lang())}")
        return
    parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    counts = [
        f"{words.label('rows', part, lang)} {words.number(n)}"
        for part in parts
        if (n := getattr(result, part))
    ]
    at = f"{clock.now().astimezone():%H:%M:%S}"
    _say(
        "follow.took",
        at=at,
        name=_named(result.file),
        n=words.number(result.rows_in),
        counts=", ".join(counts),
    )
    for code, n in result.reasons.items():
        _say("follow.refused", code=code, n=words.number(n), why=sentence(code, _lang()))


def _away(error: PlatformError) -> None:
    _say("follow.away", why=str(error))


def _sums(result: printing.Answer) -> None:
    from app import words

    lang = language()
    parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    counts = ", ".join(f"{words.label('rows', part, lang)} {words.number(result[part])}" for part in parts)
    print(words.say("follow.ended", lang, n=words.number(result["rows_in"]), counts=counts))


def _named(where: str) -> str:
    from app import words

    return words.say("follow.stream", language()) if where == "-" else where


def _lang() -> Any:  # Any: the literal that etl.reasons asks for
    return "ko" if language() == "ko" else "en"


def _say(key: str, **values: str) -> None:
    from app import words

    print(words.say(key, language(), **values), file=sys.stderr, flush=True)
