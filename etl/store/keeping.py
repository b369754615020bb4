"""A load is kept, or it is known that it was not: also when the connection breaks just as it is told to commit."""

from __future__ import annotations

import time

from etl import faults
from etl.db import Database
from etl.errors import ConnectionCut, DatabaseBusy, DatabaseUnreachable, KeepUnknown
from etl.store import writes
from etl.terms import Terms

# The server needs a moment to notice that its client is gone, or to come up again after a crash.
_PATIENCE = Terms(wait_s=20.0)
_PATIENCE_S = 5.0
_STEP_S = 0.5


def keep(db: Database, batch: writes.Batch, *, lock: str, file_sha256: str) -> None:
    """Commit a load. When the connection breaks on the way, ask anew whether it was kept, and go on if it was.

    lock         of the load: once it can be had, the lost session is surely over
    file_sha256  of the file, blank where there is none
    Raises       ConnectionCut when the load was not kept, KeepUnknown when nobody could be asked
    """
    from adbc_driver_postgresql import dbapi

    try:
        batch.connection.commit()
    except dbapi.OperationalError as error:
        if not faults.lost(error):
            raise
        if not _was_kept(db, batch, lock=lock, file_sha256=file_sha256):
            raise ConnectionCut(faults.first_line(error)) from error


def _was_kept(db: Database, batch: writes.Batch, *, lock: str, file_sha256: str) -> bool:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with writes.writing(db, lock, _PATIENCE) as connection:
                found = writes.rows(connection, "load_kept", str(batch.batch_id), file_sha256)
                return bool(found[0][0])
        except (DatabaseUnreachable, DatabaseBusy) as error:
            if time.monotonic() > until:
                raise KeepUnknown(str(error)) from error
            time.sleep(_STEP_S)
