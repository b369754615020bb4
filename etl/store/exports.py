"""The access log's entries for what leaves the house."""

from __future__ import annotations

import json
from collections.abc import Mapping

from etl.db import Database
from etl.store.queries import run


def note_export(
    db: Database, what: str, *, who: str, purpose: str, rows: int, detail: Mapping[str, object]
) -> None:
    """Write one row of the access log for an export, and one line of the server's log. Raises for a blank purpose.

    who  the person that takes it; the login that really connected is written beside it
    """
    values = {
        "what": what,
        "who": who,
        "purpose": purpose,
        "rows": rows,
        "detail": json.dumps(dict(detail), default=str),
    }
    with db.engine.begin() as connection:
        run(connection, "note_export", values)
