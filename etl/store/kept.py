"""Sums of coverage kept from one computation to the next, a question each for itself."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from etl.db import Database
from etl.store.queries import query, run
from spatial.kept import Kept


def kept_sums(db: Database, scope: str) -> Kept:
    """Return what was kept for a question: day, class and sampling, in the caller's words. `db` opened as loader."""
    with db.arrow() as connection, connection.cursor() as cursor:
        cursor.execute(query("kept_sums"), [scope])
        table = cursor.fetch_arrow_table()
        connection.commit()
    rows = zip(*(table.column(name).to_pylist() for name in ("digest", "shape", "numbers")), strict=True)
    return Kept(
        {digest: np.frombuffer(numbers, dtype="<f8").reshape(shape) for digest, shape, numbers in rows}
    )


def keep_sums(db: Database, scope: str, kept: Kept) -> int:
    """Keep what a computation asked for, forget what it did not; return how many sums were new."""
    fresh = {digest: sums for digest, sums in kept.now.items() if digest not in kept.before}
    idle = [digest for digest in kept.before if digest not in kept.now]
    if not fresh and not idle:
        return 0
    with db.engine.begin() as connection:
        run(connection, "forget_kept_sums", {"scope": scope, "digests": idle})
    staged = pa.table(
        {
            "scope": pa.array([scope] * len(fresh), pa.string()),
            "digest": pa.array(list(fresh), pa.string()),
            "shape": pa.array([list(sums.shape) for sums in fresh.values()], pa.list_(pa.int32())),
            "numbers": pa.array([sums.astype("<f8").tobytes() for sums in fresh.values()], pa.binary()),
        }
    )
    with db.arrow() as connection, connection.cursor() as cursor:
        cursor.adbc_ingest("staged_sum", staged, mode="create", temporary=True)
        cursor.execute(query("insert_kept_sums"))
        connection.commit()
    return len(fresh)
