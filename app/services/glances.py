"""A glance from the screen: recorded as a check, and at once part of what is believed."""

from __future__ import annotations

from typing import Any

from app.services import aims, verify
from etl.db import Database


def record(
    db: Database, camera: str, *, lat: float, lon: float, seen: bool, by: str | None = None
) -> dict[str, Any]:
    """Record whether a camera's picture shows a place now, and bring the beliefs up to date.

    db      opened as loader
    Returns what `verify.check` returns
    Raises  what `verify.check` raises
    """
    kept = verify.check(db, camera, lat=lat, lon=lon, seen=seen, by=by)
    aims.refresh(db, progress=lambda *_: None)
    return kept


def take_back(db: Database, evidence_id: int, *, by: str | None = None) -> dict[str, Any]:
    """Take a glance back and bring the beliefs up to date: the answer was a slip of the key.

    db      opened as loader
    Returns and raises what `verify.undo` does
    """
    taken = verify.undo(db, evidence_id, by=by)
    aims.refresh(db, progress=lambda *_: None)
    return taken
