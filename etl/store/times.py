"""How long the database takes for one question, asked many times as a statement that is prepared once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from etl.db import Database
from etl.store.queries import prepared, rows, run

Floats = NDArray[np.float64]


def times(db: Database, name: str, asked: Sequence[Mapping[str, object]]) -> tuple[list[float], list[int]]:
    """Return the seconds and the number of rows of each question, all put through one connection.

    name    a query that `prepared` runs; it is planned once for all values
    Each question is asked twice, and the second time counts: a database at work has in memory what was asked before.
    """
    took, counts = [], []
    with db.engine.connect() as connection:
        run(connection, "time_generic")
        for values in asked:
            prepared(connection, name, values)
        for values in asked:
            start = time.perf_counter()
            found = prepared(connection, name, values)
            took.append(time.perf_counter() - start)
            counts.append(len(found))
        connection.invalidate()
    return took, counts


def places(db: Database, count: int) -> tuple[list[dict[str, object]], Floats]:
    """Return at most so many places on streets, always the same: lon and lat (degrees), and their points (n, 2) in metres."""
    with db.engine.connect() as connection:
        found = rows(connection, "time_places", {"count": count})
    spots = np.array([(row["x"], row["y"]) for row in found], dtype=np.float64).reshape(-1, 2)
    return [{"lon": row["lon"], "lat": row["lat"]} for row in found], spots


def spots(db: Database) -> Floats:
    """Return where every camera hangs, (n, 2) metres. `db` opened as owner or loader."""
    with db.engine.connect() as connection:
        found = run(connection, "time_spots").all()
    return np.array([tuple(row) for row in found], dtype=np.float64).reshape(-1, 2)
