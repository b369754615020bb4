"""The command line's part that tells how a figure of the report is made. Imported when it runs."""

from __future__ import annotations

from datetime import datetime

from app import printing, printing_figure
from app.progress import progress
from app.services import WrongUse
from app.services import report_explain as service
from etl.db import open_database


def explain(
    district: str | None,
    figure: str,
    *,
    days: tuple[datetime | None, datetime | None],
    edition: str,
    as_json: bool,
) -> None:
    """Print what makes a figure, with its value when both days are given."""
    since, until = days
    if (since is None) != (until is None):
        raise WrongUse("a period has two ends: give both --from and --to, or neither")
    period = None if since is None or until is None else (since.date(), until.date())
    with progress() as bar:
        db = open_database(district, role="loader")
        result = service.explain_figure(db, figure, period=period, edition=edition, progress=bar)
    printing.answer(result, as_json, printing_figure.explained)
