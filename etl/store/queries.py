"""Queries by name: each a file in sql/queries, read once, run by the function that bears its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection, text
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
    try:
        return connection.execute(text(query(name)), dict(values or {}))
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
