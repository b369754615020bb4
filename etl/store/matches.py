"""Records that tell of the same cameras: read, compared pairs written, decisions kept. One transaction a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import MetaData, Table, insert

from etl.db import Database
from etl.store import queries
from etl.store.writes import Batch, rows, stage

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection

# Rows as the driver gives them; their columns are said by the queries.
Row = Mapping[str, Any]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run changed: pairs written and dropped, cameras that stand behind others newly, and no longer."""

    pairs: int
    dropped: int
    behind: int
    freed: int


def current(connection: Connection, rules: str) -> bool:
    """Tell whether the last run knew all loads of cameras, all decisions and these rules."""
    return bool(rows(connection, "match_run_last", rules)[0][0])


def records(connection: Connection) -> pd.DataFrame:
    """Return every record that has cameras now: record_key, `spatial.matching.COLUMNS`."""
    with connection.cursor() as cursor:
        cursor.execute(queries.query("match_records"))
        found: pd.DataFrame = cursor.fetch_arrow_table().to_pandas(date_as_object=False)
    return found


def decided(connection: Connection) -> list[tuple[str, str, str, str | None]]:
    """Return what was said last of each pair: record_a, record_b, said (same | different), digest."""
    return [(a, b, said, digest) for a, b, said, digest in rows(connection, "match_decided")]


def write_pairs(
    batch: Batch, pairs: pd.DataFrame, *, keys: Sequence[str], reopened: Sequence[Pair]
) -> tuple[int, int]:
    """Write the pairs of a run (columns of core.same_record) over the records `keys`; return pairs written, dropped."""
    if reopened:
        stage(batch, "stage_reopen", pd.DataFrame(reopened, columns=["record_a", "record_b"]))
        rows(batch.connection, "match_reopen")
    stage(batch, "stage_match", pairs)
    stage(batch, "stage_record", pd.DataFrame({"record_key": list(keys)}))
    written, dropped = rows(batch.connection, "merge_match")[0]
    return int(written), int(dropped)


def joined_keys(connection: Connection) -> list[Pair]:
    """Return the pairs of records that are one, those of records without cameras now too."""
    return [(a, b) for a, b in rows(connection, "match_joined")]


def write_behind(batch: Batch, groups: Mapping[str, str]) -> tuple[int, int]:
    """Write which cameras stand behind which record; return rows written, dropped.

    groups  record -> name of its group, of every record that is joined with another
    """
    frame = pd.DataFrame({"record_key": list(groups), "group_key": list(groups.values())}, dtype="str")
    stage(batch, "stage_group", frame)
    written, dropped = rows(batch.connection, "merge_match_behind")[0]
    return int(written), int(dropped)


def note_run(connection: Connection, rules: str) -> None:
    """Note that a run knew all there is now."""
    rows(connection, "match_run_note", rules)


def decide(db: Database, said: Row) -> int:
    """Write one decision (columns of core.match_decision) and return its number. db: opened as loader."""
    table = _decisions(db)
    with db.engine.begin() as connection:
        made = connection.execute(insert(table).values(dict(said)).returning(table.c.decision_id))
        return int(made.scalar_one())


def pairs(db: Database, states: Sequence[str], *, limit: int | None = None) -> list[dict[str, Any]]:
    """Return pairs of some states, the best first, each with both records as their lists tell them now.

    Rows    pair_id, record_a, record_b, state, score, distance_m, parts, and `a` and `b`: the columns of api.camera_record with
            lat and lon for geom (None: no cameras now); counts, which of the two does ('a', 'b'; None: both)
    """
    with db.engine.connect() as connection:
        return queries.rows(connection, "match_pairs", {"states": list(states), "limit": limit})


def pair(db: Database, record_a: str, record_b: str) -> dict[str, Any]:
    """Return what is known of one pair, None inside for unknown: agency_a, agency_b (of records with cameras now), state,
    score."""
    with db.engine.connect() as connection:
        return queries.rows(connection, "match_pair", {"a": record_a, "b": record_b})[0]


def decisions(db: Database, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Return the log of decisions, the last first: columns of core.match_decision."""
    with db.engine.connect() as connection:
        return queries.rows(connection, "match_decisions", {"limit": limit})


def counts(db: Database, at: date) -> dict[str, Any]:
    """Return pairs by state, and cameras and sites of a day: as they count, and were every list to count of its own."""
    with db.engine.connect() as connection:
        return queries.rows(connection, "match_counts", {"at": at})[0]


def _decisions(db: Database) -> Table:
    known = MetaData(schema="core")
    known.reflect(db.engine, only=("match_decision",), resolve_fks=False)
    return known.tables["core.match_decision"]
