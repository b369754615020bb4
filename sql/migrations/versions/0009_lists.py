"""What a full list named, to hold the next one against it."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0009_lists"
down_revision = "0008_report"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
