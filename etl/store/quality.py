"""What files were like: sizes of lists, and the counts that each load keeps of its rows. Light to import."""

from __future__ import annotations

from collections.abc import Sequence

from etl.db import Database
from etl.store.queries import rows

Row = dict[str, object]


def list_sizes(db: Database, sources: Sequence[str]) -> list[Row]:
    """Return loads that brought a whole list of one of the sources, the last first.

    batch_id, source, tables (names of its tables), file_sha256, file_name, started_at (UTC), n (rows of this district),
    kept (whether the objects it names are kept)
    """
    with db.engine.connect() as connection:
        return rows(connection, "list_sizes", {"sources": list(sources)})


def agencies_of_loads(db: Database, batches: Sequence[int]) -> list[Row]:
    """Return batch_id, agency and n (rows) of loads of camera registries."""
    with db.engine.connect() as connection:
        return rows(connection, "agencies_of_loads", {"batches": list(batches)})


def lists_alike(db: Database, batch_id: int, other_id: int) -> bool:
    """Say whether two lists share at least half of the objects of the one or the other; False where those are not kept."""
    with db.engine.connect() as connection:
        return bool(rows(connection, "lists_alike", {"batch_id": batch_id, "other_id": other_id})[0]["alike"])


def load_profile_of(db: Database, batch_id: int) -> list[Row]:
    """Return the counts over the rows of a load: table_name, agency, fact, name, n; see meta.load_profile."""
    with db.engine.connect() as connection:
        return rows(connection, "load_profile_of", {"batch_id": batch_id})
