"""What layers of risk are scaled by, frozen, and what the layers were loaded from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from etl.db import Database
from etl.store.queries import rows, run
from spatial.reference import Reference


def risk_references(db: Database) -> dict[str, Reference]:
    """Return what each layer is scaled by as last frozen, by layer; a layer that was never frozen has none."""
    with db.engine.connect() as connection:
        found: list[dict[str, Any]] = rows(connection, "risk_references")
    return {row.pop("layer"): Reference(**row) for row in found}


def keep_references(db: Database, frozen: Iterable[tuple[str, Reference]]) -> None:
    """Freeze layers, all at one time: the database's clock says when. `db` opened as loader."""
    with db.engine.begin() as connection:
        for layer, reference in frozen:
            told = {name: value for name, value in asdict(reference).items() if name != "frozen_at"}
            run(connection, "insert_risk_reference", {"layer": layer, **told})


def last_loads(db: Database) -> dict[str, Mapping[str, Any]]:
    """Return the last load that was done of each source: file_name, day and dated (whose day: file | load), by source (layers: "layer NAME")."""
    with db.engine.connect() as connection:
        found: list[dict[str, Any]] = rows(connection, "last_loads")
    return {row.pop("source"): row for row in found}


def incident_classes(db: Database, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Return the classes of incidents of a time that count in a risk, the most frequent first: code, name. No counts."""
    with db.engine.connect() as connection:
        return rows(connection, "incident_classes", {"since": since, "until": until})
