"""Sums of coverage, kept cell by cell from one computation to the next."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0007_kept"
down_revision = "0006_beliefs"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
