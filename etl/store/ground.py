"""Tiles of open ground kept from one computation of coverage to the next."""

from __future__ import annotations

from collections.abc import Mapping

from etl.db import Database
from etl.store.queries import rows, run
from spatial.ground import Tile


def tiles(db: Database) -> dict[str, Tile]:
    """Return the tiles that were kept, by digest. `db` opened as loader."""
    with db.engine.connect() as connection:
        found = rows(connection, "ground_tiles")
    return {str(row["digest"]): Tile(float(str(row["open_m2"])), bytes(row["cells"])) for row in found}  # type: ignore[call-overload]  # bytea comes as memoryview


def keep_tiles(db: Database, fresh: Mapping[str, Tile]) -> None:
    """Keep tiles for the next computation, and forget those of a month ago; none is no reason to write."""
    if not fresh:
        return
    columns = {
        "digests": list(fresh),
        "open_m2": [tile.open_m2 for tile in fresh.values()],
        "cells": [tile.cells for tile in fresh.values()],
    }
    with db.engine.begin() as connection:
        run(connection, "forget_tiles")
        run(connection, "insert_tiles", columns)
