"""What residents said of a plan, and what was decided of it."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0023_consultation"
down_revision = "0022_covers"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
