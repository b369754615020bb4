"""The city: every table, with its constraints and comments."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0001_city"
down_revision = None


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
