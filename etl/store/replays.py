"""What was kept of a load: its record, its rows as read, those that could not be shaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from etl.db import Database
from etl.store.writes import rows


def batch(db: Database, batch_id: int) -> dict[str, Any] | None:
    """Return the record of a load (columns of meta.batch), None when there is none of this number."""
    with db.arrow() as connection:
        found = rows(connection, "replay_batch", str(batch_id))
    return json.loads(found[0][0]) if found else None


def kept(db: Database, batch_id: int, *, size: int) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """Give the rows of a load as they were kept, at most `size` at once: (row_no, content), in the file's order."""
    last = 0
    with db.arrow() as connection:
        while found := rows(connection, "replay_rows", str(batch_id), str(last), str(size)):
            last = int(found[-1][0])
            yield [(int(row_no), json.loads(content)) for row_no, content in found]


def unshaped(db: Database, batch_id: int, codes: Sequence[str]) -> dict[int, str]:
    """Return row_no -> code of the rows that left for one of `codes`."""
    with db.arrow() as connection:
        found = rows(connection, "replay_unshaped", str(batch_id), ",".join(codes))
    return {int(row_no): str(code) for row_no, code in found}
