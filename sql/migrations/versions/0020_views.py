"""Empty fields of view stand in no index of places."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0020_views"
down_revision = "0019_ways"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
