"""How calls and accidents came by their places, what is flagged of them, and what is told coarsely: a part of Data."""

from __future__ import annotations

from typing import Any

from etl.db import Database
from etl.store.places import incident_places, sensitive_classes


def records(db: Database) -> dict[str, Any]:
    """Return what is known of the places of incidents, as counts.

    origins    as `etl.store.places.incident_places` gives them, and of each: without_coordinates (rows that came with
               none), matched_share (of those, placed by address; None where there were none)
    total      the same counts over all origins
    sensitive  the classes whose places are told by a grid cell, and why
    """
    origins = [_with_share(dict(row)) for row in incident_places(db)]
    counts = (
        "n",
        "by_coordinates",
        "by_address",
        "unplaced",
        "exact",
        "exercises",
        "false_alarms",
        "repeat_calls",
    )
    total = _with_share({name: sum(int(row[name]) for row in origins) for name in counts})
    return {
        "origins": origins,
        "total": total,
        "sensitive": sensitive_classes(db),
        "invented": db.district.invented,
    }


def _with_share(row: dict[str, Any]) -> dict[str, Any]:
    without = row["by_address"] + row["unplaced"]
    return row | {
        "without_coordinates": without,
        "matched_share": row["by_address"] / without if without else None,
    }
