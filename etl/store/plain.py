"""A frame written as a table of its own, committed: the write alone, as `golmok bench etl` measures it."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from etl.db import Database
from etl.store.writes import arrow_table, execute


def write_plain(db: Database, frame: pd.DataFrame, table: str, *, like: str) -> None:
    """Write a frame as the new table raw.`table`, with the types of the columns of `like` and a spatial index; commit.

    db      opened as owner
    frame   columns of `like` by name; `geom`: shapely, in the district's CRS
    like    a table, or `stage_camera`, the shape of a registry's heads
    """
    with db.arrow() as connection:
        if like == "stage_camera":
            execute(connection, "load_stage_camera", srid=str(db.district.srid))
        columns = ", ".join(map(str, frame.columns))
        execute(connection, "plain_table", table=f"raw.{table}", columns=columns, like=like)
        told: pa.Table = arrow_table(connection, f"raw.{table}", frame, srid=db.district.srid)
        with connection.cursor() as cursor:
            cursor.adbc_ingest(table, told, mode="append", db_schema_name="raw")
        execute(connection, "plain_index", table=f"raw.{table}")
        connection.commit()
