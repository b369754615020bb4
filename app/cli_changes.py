"""The command line's part that tells changes: `coverage --explain` and `nightly`. Imported when they run."""

from __future__ import annotations

from datetime import datetime

from app import printing, printing_changes
from app.progress import progress
from app.services import explain as explain_service
from app.services import nightly as nightly_service
from etl.db import open_database


def explain(
    district: str | None, days: tuple[datetime, datetime], *, density_class: str, as_json: bool
) -> None:
    """Print who made the difference between two days."""
    start, end = (moment.date() for moment in days)
    with progress() as bar:
        db = open_database(district, role="loader")
        result = explain_service.explain(db, start, end, density_class=density_class, progress=bar)
    printing.answer(result, as_json, printing_changes.explained)


def nightly(district: str | None, *, as_json: bool) -> None:
    """Print which cameras lost view since the last nightly run."""
    with progress() as bar:
        result = nightly_service.nightly(open_database(district, role="loader"), progress=bar)
    printing.answer(result, as_json, printing_changes.nightly)
