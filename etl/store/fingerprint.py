"""The hash of a district's state: what core holds by natural keys, whatever numbers the rows bear and when they came.

Two databases that were loaded with the same files in the same order have the same hash, and so has a restored one.
Left out are surrogate numbers, the numbers of loads, times of recording, `row_hash` (a merge's own mark) and what
`DERIVED` names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.db import Database
from etl.store.queries import query, run

# Each has its query state_hash_NAME.sql: the columns that count, with natural keys for numbers.
TABLES = (
    "address", "agency", "aim_evidence", "alley", "bell", "boundary", "building", "building_history", "camera",
    "camera_move", "camera_purpose", "camera_state", "camera_status", "density_class", "incident", "lamp", "layer",
    "layer_feature", "match_decision", "plan", "plan_camera", "plan_consultation", "plan_decision", "police_record", "preset", "purpose", "same_record",
    "sensitive_class", "site", "speaker", "terrain", "water", "zone",
)  # fmt: skip

# Tables of core that are not in the hash, each with the reason.
DERIVED: dict[str, str] = {
    "aim_belief": "computed from evidence, which is in it",
    "camera_behind": "made anew of same_record after each load",
    "camera_view": "what the last nightly run saw, to compare the next with",
    "coverage_gap": "computed by a run of coverage",
    "coverage_run": "a run of coverage: computed from what is in it",
    "coverage_share": "computed by a run of coverage",
    "field_of_view": "computed from states, buildings and terrain, which are in it",
    "ground_tile": "kept to save time; may be emptied",
    "place_name": "drawn from the names of rows that are in it",
    "place_spot": "drawn from the names of rows that are in it",
    "match_run": "when pairs were last looked for",
    "kept_sum": "kept to save time; may be emptied",
    "kept_cover": "kept to save time; may be emptied",
    "risk_reference": "taken from calls and layers when risk was first asked for; a backup keeps it",
}


@dataclass(frozen=True, slots=True)
class TableHash:
    """How many rows of a table of core there are, and the SHA-256 over them (hexadecimal)."""

    table: str
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class StateHash:
    """The hash of all (hexadecimal), and of each table of TABLES by its name."""

    hash: str
    tables: tuple[TableHash, ...]


def state_hash(db: Database, *, told: Callable[[int, int], None] | None = None) -> StateHash:
    """Return the hash of what core holds at one moment, whatever is written meanwhile. `told` hears (done, total).

    db   opened as loader or owner: staff may not read incidents
    """
    # rolled back at the end: nothing is written
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        return hash_within(connection, told=told)


def hash_within(connection: Connection, *, told: Callable[[int, int], None] | None = None) -> StateHash:
    """Return the same as `state_hash` within a transaction at hand: of what that one sees."""
    run(connection, "state_hash_ways")
    found = []
    for done, table in enumerate(TABLES, 1):
        found.append(_of_table(connection, table))
        if told is not None:
            told(done, len(TABLES))
    return StateHash(_of_all(found), tuple(found))


def definition() -> str:
    """Return the digest of all queries that the hash is made by: hashes made by others cannot be compared."""
    made_by = [
        query(name)
        for name in ("state_hash_ways", "state_hash", *(f"state_hash_{table}" for table in TABLES))
    ]
    return hashlib.sha256("\n".join(made_by).encode()).hexdigest()


def _of_table(connection: Connection, table: str) -> TableHash:
    sql = query("state_hash").replace("{told}", query(f"state_hash_{table}"))
    counted, digest = connection.exec_driver_sql(sql, execution_options={"no_parameters": True}).one()
    return TableHash(table, int(counted), str(digest))


def _of_all(tables: Sequence[TableHash]) -> str:
    lines = "".join(f"{each.table} {each.rows} {each.hash}\n" for each in tables)
    return hashlib.sha256(lines.encode()).hexdigest()
