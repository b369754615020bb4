"""Which pose sees which point is kept from one plan to the next."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0022_covers"
down_revision = "0021_references"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
