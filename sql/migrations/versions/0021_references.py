"""What layers of risk are scaled by is frozen, so that the risk of one day compares with that of another."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0021_references"
down_revision = "0020_views"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
