"""Whole databases: what one holds at a moment, for a backup; and one put in another's place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError

from etl.cluster import Server
from etl.db import Database
from etl.errors import DatabaseUnreachable, PlatformError
from etl.store.fingerprint import StateHash, hash_within
from etl.store.queries import query, rows, run

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_IN_USE = "55006"
_TRIES = 20


class StillAtWork(PlatformError):
    """A load, a computation or another restore is at work in the database that is to be replaced."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds at one moment, which `snapshot` shows to others too as long as it is held.

    schema   the last migration
    rows     rows of every table of raw, core and meta: schema.table -> number
    """

    snapshot: str
    major: int
    postgis: str
    schema: str
    hash: StateHash
    rows: dict[str, int]


@contextmanager
def held(db: Database, *, told: Callable[[int, int], None]) -> Iterator[Held]:
    """Hold one moment of a database (opened as owner) as long as the block lasts."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        (facts,) = rows(connection, "state_snapshot")
        yield Held(
            str(facts["snapshot"]),
            int(str(facts["major"])),
            str(facts["postgis"]),
            str(facts["schema"]),
            hash_within(connection, told=told),
            _rows(connection),
        )


def rows_of(db: Database) -> dict[str, int]:
    """Return how many rows each table of raw, core and meta holds: schema.table -> number. `db` opened as owner."""
    with db.engine.connect() as connection:
        return _rows(connection)


def analyze(db: Database) -> None:
    """Tell the planner of the tables what is in them now; `db` opened as owner."""
    with db.engine.begin() as connection:
        run(connection, "state_analyze")


@contextmanager
def alone(server: Server, database: str) -> Iterator[None]:
    """Be the only one that restores a database. Raises StillAtWork when another does."""
    with _session(server) as connection:
        if not run(connection, "database_alone", {"name": database}).scalar():
            raise StillAtWork(f"another restore of {database}")
        yield


def there(server: Server, database: str) -> bool:
    """Say whether the server has a database of a name."""
    with _session(server) as connection:
        return bool(run(connection, "database_there", {"name": database}).scalar())


def named_like(server: Server, begins: str) -> list[tuple[str, int]]:
    """Return the databases whose name begins so, with their size in bytes."""
    with _session(server) as connection:
        return [
            (str(each["name"]), int(str(each["bytes"])))
            for each in rows(connection, "databases_like", {"begins": begins})
        ]


def require_idle(server: Server, database: str) -> None:
    """Raise StillAtWork when a load or a computation is at work in a database."""
    with _session(server) as connection:
        _require_idle(connection, database)


def drop(server: Server, database: str) -> None:
    """Drop a database, if it is there."""
    with _session(server) as connection:
        _do(connection, "database_drop", name=database)


def put_in_place(server: Server, fresh: str, *, place: str, kept: str) -> bool:
    """Rename `fresh` to `place`; what stood there becomes `kept`, both in one transaction. Say whether any did.

    Sessions in both are cut; each comes back at its next question. Raises StillAtWork when a load is at work there.
    """
    with _session(server) as connection:
        stood = bool(run(connection, "database_there", {"name": place}).scalar())
        if stood:
            _require_idle(connection, place)
        for left in reversed(range(_TRIES)):
            for name in (place, fresh):
                run(connection, "database_leave", {"name": name})
            try:
                _renamed(connection, [(place, kept)] if stood else [], last=(fresh, place))
            except OperationalError as error:
                # someone came back between the cut and the renaming
                if getattr(error.orig, "pgcode", None) != _IN_USE or not left:
                    raise
            else:
                return stood
    raise AssertionError("the loop ends by returning or raising")


def _renamed(connection: Connection, first: list[tuple[str, str]], *, last: tuple[str, str]) -> None:
    connection.exec_driver_sql("begin")
    try:
        for old, new in [*first, last]:
            _do(connection, "database_rename", old=old, new=new)
    except DBAPIError:
        connection.exec_driver_sql("rollback")
        raise
    connection.exec_driver_sql("commit")


def _require_idle(connection: Connection, database: str) -> None:
    if run(connection, "database_at_work", {"name": database}).scalar():
        raise StillAtWork(f"a load or a computation in {database}")


def _rows(connection: Connection) -> dict[str, int]:
    tables = [str(table) for table in run(connection, "state_tables").scalars()]
    counted = query("state_count")
    return {
        table: int(connection.exec_driver_sql(counted.format(table=table)).scalar_one()) for table in tables
    }


def _do(connection: Connection, statement: str, /, **names: str) -> None:
    for each in names.values():
        if not _NAME.fullmatch(each):
            raise ValueError(f"{each!r} is no name of a database of ours")
    connection.exec_driver_sql(query(statement).format(**names))


@contextmanager
def _session(server: Server) -> Iterator[Connection]:
    """Open a session beside the districts' databases, each statement of it a transaction."""
    engine = create_engine(
        server.url(server.database), isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 10}
    )
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) is not None:
            raise
        raise DatabaseUnreachable((str(error.orig).strip() or "no answer").splitlines()[0]) from error
    finally:
        engine.dispose()
