"""Reports that were made, and the figures that they were made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import cast

from etl.db import Database
from etl.store.queries import rows, run

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One report as it is kept.

    since, until   first and last day of the period
    edition        committee or internal; internal needs purpose
    form           pdf or html
    made_by        who made it; None is the database's user
    sha256, bytes  of the document; pages: 1 for HTML
    inputs_digest  SHA-256 of `figures`
    versions       name -> version of what computed and set it
    marks          kind -> how much stood in the database
    loads          numbers of the loads that were done
    figures        JSON text, kept letter for letter
    """

    since: date
    until: date
    edition: str
    lang: str
    form: str
    made_by: str | None
    purpose: str | None
    sha256: str
    bytes: int
    pages: int
    inputs_digest: str
    versions: dict[str, str]
    marks: dict[str, int]
    loads: Sequence[int]
    figures: str


def insert_report(db: Database, report: KeptReport) -> tuple[int, bool]:
    """Keep a report and return its number, and whether it is new: the same bytes are one. `db` opened as loader."""
    values = asdict(report) | {
        "versions": json.dumps(report.versions, sort_keys=True),
        "marks": json.dumps(report.marks, sort_keys=True),
        "loads": list(report.loads),
    }
    with db.engine.begin() as connection:
        (kept,) = rows(connection, "insert_report", values)
    return int(cast(int, kept["report_id"])), bool(kept["fresh"])


def reports(db: Database, report_id: int | None = None) -> list[Row]:
    """Return the reports that were made, the last first, without their figures; of one number, or all."""
    with db.engine.connect() as connection:
        return rows(connection, "reports", {"report_id": report_id})


def read_report(db: Database, report_id: int, *, who: str | None, purpose: str | None) -> str | None:
    """Return a report's figures as the text that was kept, None for none of that number.

    who, purpose  of an internal one, which leaves a row in the access log and refuses a blank purpose
    """
    with db.engine.begin() as connection:
        asked = {"report_id": report_id, "who": who, "purpose": purpose}
        return cast(str | None, run(connection, "read_report", asked).scalar())


def report_figures(db: Database, report_id: int) -> str | None:
    """Return a report's figures as text, for computing them anew; None for none of that number. `db` opened as loader."""
    with db.engine.connect() as connection:
        return cast(str | None, run(connection, "report_figures", {"report_id": report_id}).scalar())


def report_marks(db: Database) -> dict[str, int]:
    """Return how much of each kind stands in the database now."""
    with db.engine.connect() as connection:
        (found,) = rows(connection, "report_marks")
    return {name: int(cast(int, n)) for name, n in found.items()}


def loads_since(db: Database, loads: Sequence[int]) -> list[Row]:
    """Return batch_id, source, file_name, file_sha256, reference_date and finished_at of done loads that are not among these."""
    with db.engine.connect() as connection:
        return rows(connection, "loads_since", {"loads": list(loads)})


def runs_computed(db: Database, days: Sequence[date], density_class: str) -> set[date]:
    """Return which of the days coverage was computed for, whatever was loaded since."""
    with db.engine.connect() as connection:
        asked = {"days": list(days), "density_class": density_class}
        return {cast(date, row["as_of"]) for row in rows(connection, "runs_computed", asked)}
