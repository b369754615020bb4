"""The hash of a district's state: the answer of `golmok hash`. Light to import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etl.db import Database
from etl.store import fingerprint

Progress = Callable[[str, int, int], None]


def state(db: Database, *, progress: Progress) -> dict[str, Any]:
    """Return the hash of what is loaded, in all and by table with its rows, and what is left out and why.

    db   opened as loader
    """
    found = fingerprint.state_hash(db, told=lambda done, total: progress("Hash", done, total))
    return {
        "district": db.district.name,
        "invented": db.district.invented,
        "hash": found.hash,
        "tables": [{"table": each.table, "rows": each.rows, "hash": each.hash} for each in found.tables],
        "left_out": dict(fingerprint.DERIVED),
    }
