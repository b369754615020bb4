"""How far a command is, on stderr: bars where a person watches, plain lines where none does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Progress = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield a callable (label, done, total) that draws bars on stderr, or plain lines where no one watches."""
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Bars(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def advance(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(_in_words(label), total=total)
            bars.update(tasks[label], completed=done, total=total)

        yield advance


@contextmanager
def compiling(progress: Progress) -> Iterator[None]:
    """Say as the step `Compile` that sight is compiled within a block; nothing where the machine code is kept already."""
    from spatial.compiled import telling

    with telling(lambda done: progress("Compile", int(done), 1)):
        yield


def _plain_lines() -> Progress:
    from app import words

    told: set[tuple[str, bool]] = set()

    def advance(label: str, done: int, total: int) -> None:
        finished = done >= total
        if (label, finished) not in told:
            told.add((label, finished))
            state = words.say(f"progress.{'done' if finished else 'started'}", language())
            print(f"{_in_words(label)}: {state}", file=sys.stderr, flush=True)

    return advance


def _in_words(label: str) -> str:
    """Return a step's label in the language that is spoken: `Coverage`, `Load lamps`, `Sample: streets`."""
    from app import words

    lang = language()
    if f"progress.{label}" in words.TABLE:
        return words.say(f"progress.{label}", lang)
    head, _, rest = label.partition(" ")
    return (
        f"{words.label('progress', head.rstrip(':'), lang)}{':' if head.endswith(':') else ''} {rest}".strip()
    )


def language() -> str:
    """Return ko or en, as the settings say."""
    from etl.settings import settings

    return settings().language
