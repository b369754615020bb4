"""What is believed of where cameras look: written all together, known when the inputs changed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, cast

from etl.db import Database
from etl.store.queries import query, run

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def aim_inputs(db: Database, *, engine: str) -> str:
    """Return the digest of all that beliefs are computed from; `engine` names the way and its assumptions."""
    with db.engine.connect() as connection:
        return str(run(connection, "aim_inputs", {"engine": engine}).scalar())


def beliefs_current(db: Database, inputs_hash: str) -> bool:
    """Tell whether each active state has a belief, of these inputs."""
    with db.engine.connect() as connection:
        return bool(run(connection, "aim_beliefs_current", {"inputs_hash": inputs_hash}).scalar())


def streets_loaded_on(db: Database) -> date | None:
    """Return the day of the map that the streets came with, None where no map was loaded."""
    with db.engine.connect() as connection:
        return cast("date | None", run(connection, "streets_loaded_on").scalar())


def write_beliefs(db: Database, beliefs: pd.DataFrame, *, inputs_hash: str) -> int:
    """Put beliefs in place of all there were, in one transaction; return their number.

    beliefs      state_id, heading_sums (73 numbers from 0 to 1), tilt_p (3), both also with `unchecked_` before their
                 name (without what people found), sources (list of dicts)
    inputs_hash  as `aim_inputs` gave it before they were computed
    """
    staged = _staged(beliefs, inputs_hash)
    with db.arrow() as connection, connection.cursor() as cursor:
        cursor.execute(query("lock_fields"))
        cursor.fetchall()
        cursor.adbc_ingest("staged_belief", staged, mode="create", temporary=True)
        cursor.execute(query("delete_beliefs"))
        cursor.execute(query("insert_beliefs"))
        connection.commit()
    return len(beliefs)


def _staged(beliefs: pd.DataFrame, inputs_hash: str) -> pa.Table:
    import pyarrow as pa

    numbers = pa.list_(pa.float64())
    names = [f"{whether}{name}" for whether in ("", "unchecked_") for name in ("heading_sums", "tilt_p")]
    return pa.table(
        {
            "state_id": pa.array(beliefs["state_id"].astype("int64")),
            **{name: pa.array([list(each) for each in beliefs[name]], numbers) for name in names},
            "sources": pa.array([json.dumps(each, default=str) for each in beliefs["sources"]], pa.string()),
            "inputs_hash": pa.array([inputs_hash] * len(beliefs), pa.string()),
        }
    )
