"""Loads that are there already."""

from __future__ import annotations

from typing import cast

from etl.db import Database
from etl.store.queries import run


def done_with(db: Database, source: str, file_sha256: str, *, assumed_crs: int | None = None) -> int | None:
    """Return the last load of a source that took the same content, None without any.

    source       as batches bear it: 'cameras', 'layer child_zones'
    assumed_crs  EPSG code that was said over what the file says: with another one the content is not the same
    """
    values = {
        "source": source,
        "file_sha256": file_sha256,
        "assumed_crs": None if assumed_crs is None else str(assumed_crs),
    }
    with db.engine.connect() as connection:
        return cast("int | None", run(connection, "done_with", values).scalar())
