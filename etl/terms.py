"""On what terms a load is done: what a person says of the file, and how it works beside other loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Other:
    """Another load at work under the same lock.

    lock   the name of the lock: cameras, city, ...
    says   who it is, as its session says: process and start; blank when it does not say
    """

    lock: str
    says: str


def _to_nobody(_: Other) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says of a file, and of how it is loaded.

    part         it is a part of the list: what it does not name is neither missed nor ended
    accept_loss  it is the whole list although it lost more rows than it may
    wait_s       how long it waits for another load of the same tables
    waiting      called once when it begins to wait, with the other one
    trust_clock  take this machine's day, though it is before that of the last load
    """

    part: bool = False
    accept_loss: bool = False
    wait_s: float = 600.0
    waiting: Callable[[Other], None] = _to_nobody
    trust_clock: bool = False


USUAL = Terms()
