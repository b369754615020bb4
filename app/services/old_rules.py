"""The rule that control rooms go by: the nearest five within 500 m, whatever they see. Beside what is really seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

K = 5
RADIUS_M = 500.0

# A row of the store, or a camera of an answer: its keys are the contract of `etl.store.points.nearest` and `find.nearest`.
Row = Mapping[str, Any]


def named(near: Sequence[Row]) -> list[int]:
    """Return the cameras that the old rule names, the nearest first; `near` by distance, K of them at least."""
    return [row["camera_id"] for row in near[:K] if row["distance_m"] <= RADIUS_M]


def compared(cameras: Sequence[Row], names: Sequence[int]) -> dict[str, Any]:
    """Return what the old rule names and what it gets wrong.

    cameras    of the answer, those it names among them, and every one that sees or may
    k, radius_m             the rule
    camera_ids              whom it names, the nearest first
    seen_by, may_be_seen_by how many of them see the place, or may, in working order
    misses                  how many see it that are not named
    misses_may              how many may see it that are not named
    """
    by_name = {row["camera_id"]: row for row in cameras}
    told = [by_name[name] for name in names]
    missed = [row for row in cameras if row["camera_id"] not in set(names)]
    return {
        "k": K,
        "radius_m": RADIUS_M,
        "camera_ids": list(names),
        "seen_by": sum(row["sees"] for row in told),
        "may_be_seen_by": sum(map(_may, told)),
        "misses": sum(row["sees"] for row in missed),
        "misses_may": sum(map(_may, missed)),
    }


def _may(row: Row) -> bool:
    return bool(row["sight"] == "possible" and row["status"] == "working")
