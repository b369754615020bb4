"""Reports that were made, with all that they were made from."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0008_report"
down_revision = "0007_kept"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
