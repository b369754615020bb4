"""Faults from outside by their signs, as named errors: a full disk, a busy database, commands in each other's way.

Drivers are not imported: their errors are known by SQLSTATE, which ADBC and psycopg2 both carry.
"""

from __future__ import annotations

import errno
import random
import time
from collections.abc import Callable
from typing import TypeVar

from etl.errors import (
    ConnectionCut,
    Contended,
    DatabaseBusy,
    DatabaseFull,
    DatabaseSlow,
    DiskFull,
    NotPermitted,
    PlatformError,
)

Answer = TypeVar("Answer")

_BY_STATE: dict[str, type[PlatformError]] = {
    "53100": DatabaseFull,
    "53200": DatabaseBusy,
    "53300": DatabaseBusy,
    "55P03": DatabaseBusy,
    "40001": Contended,
    "40P01": Contended,
    "25P03": ConnectionCut,
    "57014": DatabaseSlow,
    "25006": NotPermitted,
    "42501": NotPermitted,
}
# A file that may not grow, or a quota: the server calls them internal errors, and says what to look at.
_NO_ROOM = ("could not extend file", "could not write to file", "Check free disk space")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TRIES = 4
_PAUSE_S = 0.2


def named(error: BaseException) -> PlatformError | None:
    """Return what an error of a driver or of this machine's files means, None when it is no fault from outside."""
    if isinstance(error, OSError):
        return DiskFull(str(error.filename or error.strerror)) if full(error) else None
    state = sqlstate(error)
    said = first_line(error)
    if state is None:
        # ADBC forgets the state of what fails while it makes a table
        known = hasattr(error, "sqlstate") and any(sign in str(error) for sign in _NO_ROOM)
        return DatabaseFull(said) if known else None
    if state in ("XX000", "58030") and any(sign in str(error) for sign in _NO_ROOM):
        return DatabaseFull(said)
    kind = _BY_STATE.get(state)
    return kind(said) if kind else None


def full(error: OSError) -> bool:
    """Say whether a file could not be written because there is no room for it."""
    return error.errno in _FULL


def lost(error: BaseException) -> bool:
    """Say whether an operational error of ADBC means the connection: what the server itself refuses has a state."""
    state = sqlstate(error)
    return state is None or state.startswith(("08", "57P"))


def sqlstate(error: BaseException) -> str | None:
    """Return the SQLSTATE of a driver's error, or of the one that SQLAlchemy wraps; None when it bears none."""
    for bearer in (error, getattr(error, "orig", None)):
        for name in ("sqlstate", "pgcode"):
            state = getattr(bearer, name, None)
            if isinstance(state, str):
                return state
    return None


def first_line(error: BaseException) -> str:
    """Return what the server said first, without the statement that a driver quotes before it."""
    lines = (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()
    for line in lines:
        for mark in ("ERROR:  ", "FATAL:  "):
            if mark in line:
                return line.split(mark, 1)[1].strip()
    return lines[0]


def again(doing: Callable[[], Answer]) -> Answer:
    """Do a thing that is wholly undone when it fails, again a few times when it stood in another's way.

    Raises Contended when it was in the way each time, and what `doing` raises else
    """
    for left in range(_TRIES - 1, -1, -1):
        try:
            return doing()
        except Contended:
            if not left:
                raise
            # two that met once and wait equally long would meet again
            time.sleep(_PAUSE_S * (1 + random.random()))
    raise AssertionError("unreachable")
