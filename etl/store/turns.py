"""One load after another: whose turn it is, what a waiting one is told, and that nobody holds a lock after its end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from etl import clock, faults
from etl.errors import DatabaseBusy
from etl.terms import Other, Terms

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection

# Runs a query of sql/queries with text parameters on a connection; what its rows hold is for the query to say.
Ask = Callable[..., list[tuple[Any, ...]]]

_STEP_S = 0.25
# No lock of a row or table is held long by anyone.
_LOCK_S = 30.0


def take(connection: Connection, lock: str, terms: Terms, *, ask: Ask) -> None:
    """Take the lock of loads of a name until the transaction ends; wait for another one as long as `terms` say.

    The session is told to end soon after its client, so that a killed load keeps nobody waiting.
    Raises DatabaseBusy when the other load did not end in time
    """
    until = time.monotonic() + terms.wait_s  # not the clock of the wall: that may be set meanwhile
    told = False
    while not _mine(connection, lock, ask):
        other = Other(lock, _holder(connection, lock, ask))
        if not told:
            told = True
            terms.waiting(other)
        if time.monotonic() >= until:
            raise DatabaseBusy(f"{lock} {other.says}".strip())
        # A new transaction each time: that of a load begins when its turn comes.
        connection.rollback()
        _pause()


def undo(connection: Connection) -> None:
    """Roll back what was not committed. A connection that is lost has nothing left to undo: the server did it."""
    from adbc_driver_postgresql import dbapi

    try:
        connection.rollback()
    except dbapi.Error as error:
        if not faults.lost(error):
            raise


def _pause() -> None:
    time.sleep(_STEP_S)


def _mine(connection: Connection, lock: str, ask: Ask) -> bool:
    who = f"golmok load {lock}, process {os.getpid()}, since {clock.now():%Y-%m-%d %H:%M} UTC"
    ask(connection, "load_session", who[:63], f"{round(_LOCK_S * 1000)}")
    return bool(ask(connection, "load_lock", lock)[0][0])


def _holder(connection: Connection, lock: str, ask: Ask) -> str:
    found = ask(connection, "load_holder", lock)
    says = str(found[0][0] or "") if found else ""
    return says.partition(", ")[2]
