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
