"""Queries by name: each a file in sql/queries, read once, run by the function that bears its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError

from etl.errors import DatabaseSlow
from etl.settings import sql_folder


@lru_cache(maxsize=256)
def query(name: str) -> str:
    """Return the SQL of a named query; its comment goes along, so that the server's log says what ran."""
    path = sql_folder() / "queries" / f"{name}.sql"
    # ADBC wraps a query in COPY (...), where a closing semicolon is an error.
    return path.read_text(encoding="utf-8").rstrip().removesuffix(";")


# object: whatever the driver knows to bind
def run(
    connection: Connection, name: str, values: Mapping[str, object] | None = None
) -> CursorResult[tuple[object, ...]]:
    """Run a named query with its `:values` bound. Raises DatabaseSlow when it was cut off for taking too long."""
    with _in_time(name):
        return connection.execute(text(query(name)), dict(values or {}))


def prepared(connection: Connection, name: str, values: Mapping[str, object]) -> list[dict[str, object]]:
    """Run a named query as `rows` does, prepared once on each connection: for one that takes longer to plan than to answer.

    Every `:value` of the query must be of a type that its place in the query tells.
    """
    statement, order = _numbered(name)
    known: set[str] = connection.info.setdefault("prepared", set())
    with _in_time(name):
        if name not in known:
            connection.exec_driver_sql(f"prepare golmok_{name} as {statement}")
            known.add(name)
        places = ", ".join(["%s"] * len(order))
        given = tuple(values[value] for value in order)
        # Left to itself the server plans for the values at hand each time, which is what the statement was prepared against.
        asked = f"set local plan_cache_mode = force_generic_plan; execute golmok_{name} ({places})"
        found = connection.exec_driver_sql(asked, given)
        return [dict(row) for row in found.mappings()]


@lru_cache(maxsize=16)
def _numbered(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a query with $1, $2 ... for its values, and the values' names in that order."""
    compiled = text(query(name)).compile(dialect=postgresql.dialect(paramstyle="numeric_dollar"))  # type: ignore[no-untyped-call]
    return str(compiled), tuple(compiled.positiontup or ())


@contextmanager
def _in_time(name: str) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) == _CANCELLED:
            raise DatabaseSlow(name) from error
        raise


_CANCELLED = "57014"


def rows(
    connection: Connection, name: str, values: Mapping[str, object] | None = None
) -> list[dict[str, object]]:
    """Run a named query and return its rows as dicts."""
    return [dict(row) for row in run(connection, name, values).mappings()]
